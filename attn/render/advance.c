#include "attn/render/advance.h"

#include <stddef.h>
#include <string.h>

#include "attn/base/utf8.h"

/* Advance widths of DejaVu Sans in hundredths of the font size, from the blank to ~. */
static const unsigned char widths[] = {
    32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36,  32, 34, 64, 64, 64,
    64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63,
    58, 78, 75, 30, 30, 66, 56, 86, 75, 79, 60, 79, 70, 64,  61, 73, 68, 99, 69,
    61, 69, 39, 34, 39, 84, 50, 50, 61, 64, 55, 64, 62, 35,  64, 63, 28, 28, 58,
    28, 97, 63, 61, 64, 64, 41, 52, 39, 63, 59, 82, 59, 59,  53, 64, 34, 64, 84,
};
static const float COLUMN = .62f; /* one terminal column of any other script, in ems */
static const float BOLD = 1.13f;

static bool is_plain(char c)
{
    return c >= ' ' && c <= '~';
}

float advance_text(const char *text, float size)
{
    float ems = 0;
    for (size_t at = 0, length = strlen(text); at < length;) {
        if (is_plain(text[at])) {
            ems += (float)widths[text[at++] - ' '] / 100;
            continue;
        }
        size_t start = at; /* a run is measured whole: joined emoji count once */
        while (at < length && !is_plain(text[at]))
            at++;
        ems += COLUMN * (float)utf8_columns(text + start, at - start);
    }
    return ems * size;
}

float advance_bold(const char *text, float size)
{
    return advance_text(text, size) * BOLD;
}
