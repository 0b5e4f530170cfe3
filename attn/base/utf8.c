#include "attn/base/utf8.h"

#include "attn/base/utf8_table.h"

/* Length of the sequence that `lead` begins, and its payload bits; 0 for no lead byte.
 */
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

static bool is_in(const struct utf8_set *set, uint32_t c)
{
    size_t low = 0, high = set->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->spans[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->n && set->spans[low].first <= c;
}

static uint32_t mapped(const struct utf8_map *map, uint32_t c)
{
    size_t low = 0, high = map->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (map->shifts[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == map->n || map->shifts[low].first > c)
        return c;
    const struct utf8_shift *shift = &map->shifts[low];
    if ((c - shift->first) % shift->step != 0)
        return c;
    return (uint32_t)((int64_t)c + shift->delta);
}

static bool is_ascii_letter(uint32_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool utf8_is_letter(uint32_t c)
{
    return c < 0x80 ? is_ascii_letter(c) : is_in(&utf8_table_letter, c);
}

bool utf8_is_mark(uint32_t c)
{
    return c >= 0x300 && is_in(&utf8_table_mark, c);
}

bool utf8_is_digit(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : is_in(&utf8_table_digit, c);
}

bool utf8_is_space(uint32_t c)
{
    return is_in(&utf8_table_space, c);
}

bool utf8_is_control(uint32_t c)
{
    return c < 0x80 ? c < 0x20 || c == 0x7F : is_in(&utf8_table_control, c);
}

uint32_t utf8_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    return mapped(&utf8_table_lower, c);
}

uint32_t utf8_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? c - 0x20 : c;
    return mapped(&utf8_table_upper, c);
}

bool utf8_is_upper(uint32_t c)
{
    return utf8_lower(c) != c;
}

int utf8_width(uint32_t c)
{
    if (c >= 0x20 && c < 0x7F)
        return 1;
    if (is_in(&utf8_table_zero, c))
        return 0;
    return is_in(&utf8_table_wide, c) ? 2 : 1;
}

/* ---- pictures of several characters (Unicode TS #51, without its long tables) ------
 */

enum { JOINER = 0x200D, KEYCAP = 0x20E3, AS_TEXT = 0xFE0E, AS_PICTURE = 0xFE0F };

static bool is_flag_letter(uint32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

static bool is_skin_tone(uint32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

static bool is_tag(uint32_t c)
{
    return c >= 0xE0020 && c <= 0xE007F;
}

/* Symbols that can be part of a picture: arrows to dingbats, and the emoji planes. */
static bool is_pictorial(uint32_t c)
{
    return (c >= 0x1F000 && c <= 0x1FAFF && !is_flag_letter(c)) ||
           (c >= 0x2190 && c <= 0x2BFF) || c == 0xA9 || c == 0xAE || c == 0x203C ||
           c == 0x2049 || c == 0x2122 || c == 0x2139 || c == 0x3030 || c == 0x303D ||
           c == 0x3297 || c == 0x3299;
}

/* The character at text[at]; 0 at the end. *after is where the next one begins. */
static uint32_t peek(const char *text, size_t length, size_t at, size_t *after)
{
    *after = at;
    return at < length ? utf8_next(text, length, after) : 0;
}

/* Skips what dresses the symbol before text[at]: selector, skin tone, keycap, tags. */
static size_t skip_dress(const char *text, size_t length, size_t at)
{
    size_t after;
    uint32_t c = peek(text, length, at, &after);
    while (c == AS_PICTURE || c == AS_TEXT || c == KEYCAP || is_skin_tone(c) ||
           is_tag(c)) {
        at = after;
        c = peek(text, length, at, &after);
    }
    return at;
}

static size_t keycap_length(const char *text, size_t length, size_t at, size_t after)
{
    size_t end;
    uint32_t c = peek(text, length, after, &end);
    if (c == AS_PICTURE)
        c = peek(text, length, end, &end);
    return c == KEYCAP ? end - at : 0;
}

size_t utf8_picture(const char *text, size_t length, size_t at)
{
    size_t end, next;
    uint32_t c = peek(text, length, at, &end);
    if (is_flag_letter(c))
        return is_flag_letter(peek(text, length, end, &next)) ? next - at : 0;
    if ((c >= '0' && c <= '9') || c == '#' || c == '*')
        return keycap_length(text, length, at, end);
    if (!is_pictorial(c))
        return 0;
    size_t first = end;
    end = skip_dress(text, length, end);
    while (peek(text, length, end, &next) == JOINER &&
           is_pictorial(peek(text, length, next, &next)))
        end = skip_dress(text, length, next);
    return end == first ? 0 : end - at;
}

/* A picture is wide, unless all that was added asks for plain text. */
static size_t picture_columns(const char *text, size_t length)
{
    size_t at = 0;
    uint32_t c = utf8_next(text, length, &at);
    bool plain = at < length && utf8_next(text, length, &at) == AS_TEXT && at == length;
    return plain ? (size_t)utf8_width(c) : 2;
}

size_t utf8_columns(const char *text, size_t length)
{
    size_t columns = 0, at = 0;
    while (at < length) {
        size_t picture = utf8_picture(text, length, at);
        if (picture)
            columns += picture_columns(text + at, picture);
        else
            columns += (size_t)utf8_width(utf8_next(text, length, &at));
        at += picture;
    }
    return columns;
}
