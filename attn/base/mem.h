/* mem.h - checked allocation for small things: running out of memory ends the program
 * with a line on stderr, so callers need no NULL checks. Sizes that grow with what a
 * user typed are bounded by the caller first, and become an error that names the size.
 * Depends on nothing.
 */
#ifndef ATTN_BASE_MEM_H
#define ATTN_BASE_MEM_H

#include <stddef.h>

/* `n` zeroed elements of `size` bytes; free() it. n * size may be 0. Never NULL. */
void *mem_new(size_t n, size_t size);

/* Resizes to n * size bytes; what is new is not zeroed. Never NULL. */
void *mem_resize(void *at, size_t n, size_t size);

/* Copies `length` bytes and adds a NUL; free() it. */
char *mem_copy(const char *text, size_t length);

#endif
