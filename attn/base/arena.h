/* arena.h - memory that is freed all at once: what a cell makes lives in its arena.
 *
 * Nothing in an arena is freed one by one. Out of memory is as in mem.h.
 * Depends on base/mem.
 */
#ifndef ATTN_BASE_ARENA_H
#define ATTN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "attn/base/err.h"

struct arena_block;

/* Zero-initialise one, end it with arena_free(). */
struct arena {
    struct arena_block *last; /* owned chain */
    size_t total;             /* bytes handed out since the start or the last reset */
};

/* `n` zeroed elements of `size` bytes, aligned for any type. Never NULL. */
void *arena_new(struct arena *arena, size_t n, size_t size);

/* A copy of `length` bytes with a NUL after it. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

/* printf into the arena. */
char *arena_print(struct arena *arena, const char *format, ...) PRINTF_LIKE(2);
char *arena_vprint(struct arena *arena, const char *format, va_list args);

/* Takes over all that `from` made: it lives as long as `arena` now. `from` is empty
 * then, and can be used again. */
void arena_adopt(struct arena *arena, struct arena *from);

/* Gives everything back. The arena can be used again. */
void arena_free(struct arena *arena);

#endif
