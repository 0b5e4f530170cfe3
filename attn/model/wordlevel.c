#include "attn/model/wordlevel.h"

#include <stdbool.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/model/lexicon.h"

enum { NON_JOINER = 0x200C, JOINER = 0x200D };

/* A place in the text, counted both ways. */
struct cut {
    const char *text;
    size_t length;
    size_t at, point; /* byte and code point */
};

static uint32_t peek(const struct cut *cut, size_t at)
{
    return at < cut->length ? utf8_next(cut->text, cut->length, &at) : 0;
}

static size_t after(const struct cut *cut, size_t at)
{
    if (at < cut->length)
        utf8_next(cut->text, cut->length, &at);
    return at;
}

/* Scripts that put no spaces between words: Thai and its neighbours, Han, Kana, Hangul.
 */
static bool is_unspaced(uint32_t c)
{
    static const uint32_t spans[][2] = {
        {0x0E00, 0x0EFF}, {0x1000, 0x109F},   {0x1100, 0x11FF},   {0x1780, 0x17FF},
        {0x2E80, 0x2FDF}, {0x3005, 0x3007},   {0x3021, 0x31FF},   {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF}, {0xA960, 0xA97F},   {0xAC00, 0xD7FF},   {0xF900, 0xFAFF},
        {0xFF66, 0xFFDC}, {0x1B000, 0x1B16F}, {0x20000, 0x3FFFF},
    };
    for (size_t i = 0; i < sizeof spans / sizeof *spans && spans[i][0] <= c; i++)
        if (c <= spans[i][1])
            return true;
    return false;
}

/* Letters, digits and _, which join into words. */
static bool is_word(uint32_t c)
{
    return c == '_' || ((utf8_is_letter(c) || utf8_is_digit(c)) && !is_unspaced(c));
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* Between tokens. Controls and invisible format characters are nothing to look at. */
static bool is_gap(uint32_t c)
{
    return utf8_is_space(c) || utf8_is_control(c);
}

static size_t skip_marks(const struct cut *cut, size_t at)
{
    uint32_t c = peek(cut, at);
    while (utf8_is_mark(c) || c == JOINER || c == NON_JOINER) {
        at = after(cut, at);
        c = peek(cut, at);
    }
    return at;
}

/* The run of word characters from `at`; joiners inside it belong to it. */
static size_t skip_run(const struct cut *cut, size_t at)
{
    while (is_word(peek(cut, at)))
        at = skip_marks(cut, after(cut, at));
    return at;
}

/* Length of the clitic at `at`: 's 'm 're 've 'll 'd before the end of a word; else 0.
 */
static size_t clitic(const struct cut *cut, size_t at)
{
    static const char *const clitics[] = {"s", "m", "d", "re", "ve", "ll"};
    if (!is_apostrophe(peek(cut, at)))
        return 0;
    size_t start = after(cut, at);
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++) {
        size_t end = start;
        const char *c = clitics[i];
        while (*c && (peek(cut, end) | 0x20) == (uint32_t)*c) {
            end++;
            c++;
        }
        if (!*c && !is_word(peek(cut, end)))
            return end - at;
    }
    return 0;
}

/* The n't that ends the word text[start..end) + text[end..]: end of it, or 0. */
static size_t with_not(const struct cut *cut, size_t start, size_t end)
{
    if (end - start < 2 || (cut->text[end - 1] | 0x20) != 'n' ||
        !is_apostrophe(peek(cut, end)))
        return 0;
    size_t t = after(cut, end);
    if ((peek(cut, t) | 0x20) != 't' || is_word(peek(cut, t + 1)))
        return 0;
    return t + 1;
}

/* What may stand between two runs of one word: a hyphen; the apostrophe of o'clock and
 * O'Brien; the point or comma of a number. Returns where the next run begins, or 0. */
static size_t link_to_next(const struct cut *cut, size_t start, size_t end)
{
    uint32_t c = peek(cut, end);
    size_t next = after(cut, end);
    uint32_t last = (unsigned char)cut->text[end - 1];
    if (!is_word(peek(cut, next)))
        return 0;
    if (c == '-' || c == 0x2010 || c == 0x2011)
        return next;
    if (c == '.' || c == ',')
        return utf8_is_digit(last) && utf8_is_digit(peek(cut, next)) &&
                       utf8_is_digit(peek(cut, start))
                   ? next
                   : 0;
    return is_apostrophe(c) && clitic(cut, end) == 0 ? next : 0;
}

static bool is_title(const char *word, size_t length)
{
    static const char *const titles[] = {"Mr", "Mrs", "Ms", "Dr", "Prof", "St"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strlen(titles[i]) == length && memcmp(titles[i], word, length) == 0)
            return true;
    return false;
}

static size_t word_end(const struct cut *cut, size_t start)
{
    size_t end = skip_run(cut, start);
    size_t not_end = with_not(cut, start, end), next;
    if (not_end)
        return not_end;
    if (peek(cut, end) == '.' && is_title(cut->text + start, end - start) &&
        utf8_is_space(peek(cut, end + 1)))
        return end + 1;
    while ((next = link_to_next(cut, start, end)) != 0)
        end = skip_run(cut, next);
    return end;
}

/* Where the token that begins at cut->at ends. */
static size_t token_end(const struct cut *cut)
{
    uint32_t c = peek(cut, cut->at);
    size_t picture = utf8_picture(cut->text, cut->length, cut->at);
    if (picture)
        return cut->at + picture;
    size_t part = clitic(cut, cut->at);
    if (part)
        return cut->at + part;
    if (is_word(c))
        return word_end(cut, cut->at);
    return skip_marks(cut, after(cut, cut->at));
}

static void skip_gaps(struct cut *cut)
{
    while (cut->at < cut->length && is_gap(peek(cut, cut->at))) {
        cut->at = after(cut, cut->at);
        cut->point++;
    }
}

static struct token make_token(const struct cut *cut, size_t end, int position,
                               struct arena *arena)
{
    const char *text = cut->text + cut->at;
    size_t length = end - cut->at;
    struct lexicon_entry entry = lexicon_find(text, length);
    return (struct token){
        .text = arena_copy(arena, text, length),
        .id = entry.id,
        .position = position,
        .start = cut->point,
        .end = cut->point + utf8_count(text, length),
        .flags = entry.flags,
    };
}

/* Counts words, and makes tokens[1 + i] of the first `room` of them. */
static size_t cut_words(struct cut cut, struct token *tokens, size_t room,
                        struct arena *arena)
{
    size_t n = 0;
    for (skip_gaps(&cut); cut.at < cut.length; skip_gaps(&cut)) {
        size_t end = token_end(&cut);
        if (n < room)
            tokens[1 + n] = make_token(&cut, end, (int)n, arena);
        cut.point += utf8_count(cut.text + cut.at, end - cut.at);
        cut.at = end;
        n++;
    }
    return n;
}

size_t wordlevel_cut(const char *text, size_t length, struct arena *arena,
                     const struct token **tokens)
{
    struct cut cut = {.text = text, .length = length};
    size_t n = cut_words(cut, NULL, 0, arena);
    size_t room = n < TRACE_MAX_WORDS ? n : TRACE_MAX_WORDS;
    struct token *made = arena_new(arena, room + 1, sizeof *made);
    made[0] = (struct token){
        .text = "<s>", .id = LEXICON_BEGIN_ID, .position = -1, .flags = TOKEN_SPECIAL};
    cut_words(cut, made, room, arena);
    *tokens = made;
    return n;
}
