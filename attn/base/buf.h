/* buf.h - bytes that grow, up to a ceiling that is stated when the buffer is made.
 *
 * Past the ceiling nothing more is added and `full` stays true: write freely, look
 * once. `at` is always NUL-terminated (the NUL is not counted). Depends on base/mem.
 */
#ifndef ATTN_BASE_BUF_H
#define ATTN_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/err.h"

struct buf {
    char *at;      /* owned */
    size_t length; /* bytes used */
    size_t size;   /* bytes allocated */
    size_t most;   /* the ceiling, in bytes */
    bool full;     /* something did not fit */
};

/* `most`: the ceiling in bytes. */
void buf_init(struct buf *buf, size_t most);
void buf_free(struct buf *buf);

/* Empties it and keeps its memory. */
void buf_clear(struct buf *buf);

void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_print(struct buf *buf, const char *format, ...) PRINTF_LIKE(2);
void buf_vprint(struct buf *buf, const char *format, va_list args);

/* Adds base64 (RFC 4648, with padding) of `length` bytes. */
void buf_base64(struct buf *buf, const void *bytes, size_t length);

#endif
