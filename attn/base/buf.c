#include "attn/base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"

void buf_init(struct buf *buf, size_t most)
{
    *buf = (struct buf){.most = most};
    buf->at = mem_new(64, 1);
    buf->size = 64;
}

void buf_free(struct buf *buf)
{
    free(buf->at);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    buf->full = false;
    buf->at[0] = '\0';
}

/* Room for `more` bytes and the NUL; false past the ceiling. */
static bool make_room(struct buf *buf, size_t more)
{
    if (buf->full || more > buf->most - buf->length) {
        buf->full = true;
        return false;
    }
    size_t wanted = buf->length + more + 1;
    if (wanted > buf->size) {
        size_t size = buf->size + buf->size / 2 + 64;
        buf->size = size > wanted ? size : wanted;
        buf->at = mem_resize(buf->at, buf->size, 1);
    }
    return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t length)
{
    if (!length || !make_room(buf, length))
        return;
    memcpy(buf->at + buf->length, bytes, length);
    buf->length += length;
    buf->at[buf->length] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_vprint(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length <= 0 || !make_room(buf, (size_t)length))
        return;
    vsnprintf(buf->at + buf->length, (size_t)length + 1, format, args);
    buf->length += (size_t)length;
}

void buf_print(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprint(buf, format, args);
    va_end(args);
}

void buf_base64(struct buf *buf, const void *bytes, size_t length)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *from = bytes;
    if (!make_room(buf, (length + 2) / 3 * 4))
        return;
    char *to = buf->at + buf->length;
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t three = (uint32_t)from[i] << 16;
        three |= left > 1 ? (uint32_t)from[i + 1] << 8 : 0;
        three |= left > 2 ? from[i + 2] : 0;
        *to++ = digits[three >> 18];
        *to++ = digits[three >> 12 & 63];
        *to++ = left > 1 ? digits[three >> 6 & 63] : '=';
        *to++ = left > 2 ? digits[three & 63] : '=';
    }
    *to = '\0';
    buf->length = (size_t)(to - buf->at);
}
