#include "attn/base/utf8.h"

/* Length of the sequence that `lead` begins, and its payload bits; 0 for no lead byte. */
static size_t lead_length(unsigned char lead, uint32_t *bits)
{
    if (lead < 0x80) {
        *bits = lead;
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        *bits = lead & 0x1F;
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *bits = lead & 0x0F;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *bits = lead & 0x07;
        return 4;
    }
    return 0;
}

/* Reads one character; false when the bytes are not valid UTF-8 (*size is then 1). */
static bool read_one(const char *text, size_t length, uint32_t *c, size_t *size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = lead_length((unsigned char)text[0], c);
    *size = 1;
    if (n == 0 || n > length)
        return false;
    for (size_t i = 1; i < n; i++) {
        unsigned char next = (unsigned char)text[i];
        if ((next & 0xC0) != 0x80)
            return false;
        *c = *c << 6 | (next & 0x3F);
    }
    if (*c < least[n] || *c > 0x10FFFF || (*c >= 0xD800 && *c <= 0xDFFF))
        return false;
    *size = n;
    return true;
}

uint32_t utf8_next(const char *text, size_t length, size_t *at)
{
    uint32_t c;
    size_t size;
    if (!read_one(text + *at, length - *at, &c, &size))
        c = 0xFFFD;
    *at += size;
    return c;
}

size_t utf8_put(char to[4], uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3F));
    to[2] = (char)(0x80 | (c >> 6 & 0x3F));
    to[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t at = 0; at < length; n++)
        utf8_next(text, length, &at);
    return n;
}

size_t utf8_offset(const char *text, size_t length, size_t n)
{
    size_t at = 0;
    while (n-- > 0 && at < length)
        utf8_next(text, length, &at);
    return at;
}

bool utf8_valid(const char *text, size_t length)
{
    uint32_t c;
    for (size_t at = 0, size; at < length; at += size)
        if (!read_one(text + at, length - at, &c, &size))
            return false;
    return true;
}

void utf8_clean(struct buf *to, const char *text, size_t length)
{
    uint32_t c;
    for (size_t at = 0, size; at < length; at += size) {
        if (read_one(text + at, length - at, &c, &size))
            buf_add(to, text + at, size);
        else
            buf_text(to, "\xEF\xBF\xBD");
    }
}
