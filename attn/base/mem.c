#include "attn/base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(size_t n, size_t size)
{
    fprintf(stderr, "attn: out of memory (%zu x %zu bytes)\n", n, size);
    abort();
}

void *mem_new(size_t n, size_t size)
{
    void *at = calloc(n ? n : 1, size ? size : 1);
    if (!at)
        die(n, size);
    return at;
}

void *mem_resize(void *at, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        die(n, size);
    void *now = realloc(at, n && size ? n * size : 1);
    if (!now)
        die(n, size);
    return now;
}

char *mem_copy(const char *text, size_t length)
{
    char *copy = mem_new(length + 1, 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}
