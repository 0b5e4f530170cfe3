#include "attn/render/text.h"

#include <stdint.h>
#include <string.h>

#include "attn/base/utf8.h"

/* Advances of the printable ASCII characters, from space to tilde, in 1/1000 of the
 * font size: Noto Sans, close to Segoe UI, Roboto and Helvetica. */
static const unsigned short ascii[95] = {
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372,
    572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434,
    899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781,
    605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444,
    281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605,
    615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572,
};

enum {
    WIDE = 1000,  /* East Asian */
    EMOJI = 1245, /* and their sequences */
    OTHER = 620,  /* letters of other scripts */
    OTHER_UPPER = 690,
    MONO = 602,
    ZWJ = 0x200D,
};

static unsigned advance(uint32_t c, bool mono)
{
    int columns = utf8_width(c);
    if (columns == 0)
        return 0;
    if (columns == 2)
        return c >= 0x1F000 && c < 0x20000 ? EMOJI : WIDE;
    if (mono)
        return MONO;
    if (c >= 0x20 && c < 0x7F)
        return ascii[c - 0x20];
    return utf8_is_upper(c) ? OTHER_UPPER : OTHER;
}

/* True where a grapheme goes on: marks, joiners, and what follows a joiner. */
static bool goes_on(uint32_t before, uint32_t c)
{
    bool skin = c >= 0x1F3FB && c <= 0x1F3FF;
    return before == ZWJ || utf8_width(c) == 0 || skin;
}

/* One grapheme from *at on: moves *at past it, returns its width in 1/1000 em. */
static unsigned next_grapheme(const char *text, size_t length, size_t *at, bool mono)
{
    uint32_t before = utf8_next(text, length, at);
    bool flag = before >= 0x1F1E6 && before <= 0x1F1FF; /* two letters make one flag */
    unsigned width = advance(before, mono);
    while (*at < length) {
        size_t ahead = *at;
        uint32_t c = utf8_next(text, length, &ahead);
        bool second = flag && c >= 0x1F1E6 && c <= 0x1F1FF;
        if (!second && !goes_on(before, c))
            break;
        flag = false;
        before = c;
        *at = ahead;
    }
    return width;
}

static float in_px(unsigned long thousandths, struct type type)
{
    float bold = type.bold && !type.mono ? 1.06F : 1;
    return (float)thousandths / 1000 * type.size * bold;
}

float text_width(const char *text, struct type type)
{
    unsigned long sum = 0;
    size_t length = strlen(text);
    for (size_t at = 0; at < length;)
        sum += next_grapheme(text, length, &at, type.mono);
    return in_px(sum, type);
}

static bool is_override(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* What an XML file must not hold, and what would break the line. */
static bool is_unshowable(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF ||
           c == 0x2028 || c == 0x2029;
}

static const char *cleaned(struct arena *arena, const char *text)
{
    size_t length = strlen(text), at = 0, used = 0;
    bool clean = true;
    while (at < length && clean) {
        size_t start = at;
        uint32_t c = utf8_next(text, length, &at);
        clean =
            !is_override(c) && !is_unshowable(c) && (c != 0xFFFD || at - start == 3);
    }
    if (clean)
        return text;
    char *copy = arena_new(arena, 3 * length + 1, 1);
    for (at = 0; at < length;) {
        uint32_t c = utf8_next(text, length, &at);
        if (!is_override(c))
            used += utf8_put(copy + used, is_unshowable(c) ? 0xFFFD : c);
    }
    return copy;
}

const char *text_fit(struct arena *arena, const char *text, struct type type,
                     float room)
{
    const char *shown = cleaned(arena, text);
    if (!(room > 0) || text_width(shown, type) <= room)
        return shown;
    size_t length = strlen(shown), at = 0, keep = 0;
    float left = room - text_width("…", type);
    for (unsigned long sum = 0; at < length; keep = at) {
        size_t ahead = at;
        sum += next_grapheme(shown, length, &ahead, type.mono);
        if (in_px(sum, type) > left)
            break;
        at = ahead;
    }
    while (keep > 0 && shown[keep - 1] == ' ')
        keep--;
    return arena_print(arena, "%.*s…", (int)keep, shown);
}

bool text_runs_left(const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        uint32_t c = utf8_next(text, length, &at);
        if ((c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
            (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF))
            return true;
    }
    return false;
}
