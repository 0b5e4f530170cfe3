#include "attn/base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"

enum { BLOCK_SIZE = 64 * 1024 };

struct arena_block {
    struct arena_block *before;
    size_t used, size;
    max_align_t at[]; /* `size` bytes */
};

static struct arena_block *block_for(struct arena *arena, size_t bytes)
{
    struct arena_block *block = arena->last;
    if (block && block->size - block->used >= bytes)
        return block;
    size_t size = bytes > BLOCK_SIZE ? bytes : BLOCK_SIZE;
    block = mem_new(1, sizeof *block + size);
    block->size = size;
    block->before = arena->last;
    arena->last = block;
    return block;
}

void *arena_new(struct arena *arena, size_t n, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size && n > (SIZE_MAX / 2 - BLOCK_SIZE) / size)
        mem_new(n, size); /* says how much, and ends */
    size_t bytes = (n * size + align - 1) / align * align;
    struct arena_block *block = block_for(arena, bytes);
    void *at = (char *)block->at + block->used;
    block->used += bytes;
    arena->total += bytes;
    return at; /* a block is zeroed when it is made, and never handed out twice */
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_new(arena, length + 1, 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_vprint(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return arena_copy(arena, "", 0);
    char *text = arena_new(arena, (size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprint(arena, format, args);
    va_end(args);
    return text;
}

/* Its blocks go to the far end: the one in use stays the last. */
void arena_adopt(struct arena *arena, struct arena *from)
{
    struct arena_block **end = &arena->last;
    while (*end)
        end = &(*end)->before;
    *end = from->last;
    arena->total += from->total;
    *from = (struct arena){0};
}

void arena_free(struct arena *arena)
{
    while (arena->last) {
        struct arena_block *before = arena->last->before;
        free(arena->last);
        arena->last = before;
    }
    arena->total = 0;
}
