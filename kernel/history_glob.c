#include <string.h>

#include "attn/base/utf8.h"
#include "kernel/history.h"

struct cursor {
    const char *text;
    size_t length, at;
};

/* Matches `c` against the set after `[`; moves past its `]`. A set that does not end is
 * a plain `[`. */
static bool match_set(struct cursor *pattern, uint32_t c)
{
    struct cursor in = *pattern;
    bool invert = in.at < in.length && in.text[in.at] == '^';
    bool found = false;
    in.at += invert;
    for (size_t n = 0; in.at < in.length && (in.text[in.at] != ']' || n == 0); n++) {
        uint32_t from = utf8_next(in.text, in.length, &in.at), to = from;
        if (in.at + 1 < in.length && in.text[in.at] == '-' &&
            in.text[in.at + 1] != ']') {
            in.at++;
            to = utf8_next(in.text, in.length, &in.at);
        }
        found = found || (c >= from && c <= to);
    }
    if (in.at >= in.length)
        return c == '[';
    pattern->at = in.at + 1;
    return found != invert;
}

/* Matches one character of the text against one item of the pattern; moves past both.
 */
static bool match_one(struct cursor *pattern, struct cursor *text)
{
    if (pattern->at >= pattern->length)
        return false;
    uint32_t wanted = utf8_next(pattern->text, pattern->length, &pattern->at);
    uint32_t c = utf8_next(text->text, text->length, &text->at);
    if (wanted == '?')
        return true;
    return wanted == '[' ? match_set(pattern, c) : wanted == c;
}

bool history_glob(const char *pattern, size_t pattern_length, const char *text,
                  size_t length)
{
    struct cursor p = {pattern, pattern_length, 0}, t = {text, length, 0};
    struct cursor star_p = p, star_t = t;
    bool starred = false;
    while (t.at < t.length) {
        if (p.at < p.length && pattern[p.at] == '*') {
            p.at++;
            star_p = p;
            star_t = t;
            starred = true;
            continue;
        }
        struct cursor before = p;
        if (match_one(&p, &t))
            continue;
        if (!starred)
            return false;
        p = before;
        utf8_next(text, length, &star_t.at);
        p = star_p;
        t = star_t;
    }
    while (p.at < p.length && pattern[p.at] == '*')
        p.at++;
    return p.at == p.length;
}
