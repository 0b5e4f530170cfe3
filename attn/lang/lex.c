#include "attn/lang/lex.h"

#include <string.h>

#include "attn/base/utf8.h"

enum {
    QUOTE = '"',
    LEFT_CURLY = 0x201C,
    RIGHT_CURLY = 0x201D,
    LOW = 0x201E,
    LEFT_ANGLE = 0xAB,
    RIGHT_ANGLE = 0xBB,
    ARROW = 0x2192,
    HINT_ROOM = 600, /* bytes of a suggested line that surely fit into a hint */
};

/* The character at `at` without moving; 0 at the end. */
static uint32_t peek(const struct lexer *lexer, size_t at)
{
    if (at >= lexer->length)
        return 0;
    return utf8_next(lexer->code, lexer->length, &at);
}

static bool is_line_end(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static bool is_blank(uint32_t c)
{
    return (utf8_is_space(c) || c == 0xFEFF) && !is_line_end(c);
}

/* The quotes that close what `opener` opened; none if it opens nothing. */
static bool closes(uint32_t opener, uint32_t c)
{
    switch (opener) {
    case QUOTE:
        return c == QUOTE;
    case LEFT_CURLY:
    case RIGHT_CURLY:
        return c == RIGHT_CURLY;
    case LOW:
        return c == LEFT_CURLY || c == RIGHT_CURLY;
    case LEFT_ANGLE:
        return c == RIGHT_ANGLE;
    default:
        return false;
    }
}

static bool opens(uint32_t c)
{
    return c == QUOTE || c == LEFT_CURLY || c == RIGHT_CURLY || c == LOW ||
           c == LEFT_ANGLE;
}

/* A comment begins at the start of a line or after white space. */
static bool at_comment(const struct lexer *lexer)
{
    if (peek(lexer, lexer->at) != '#')
        return false;
    if (lexer->at == 0)
        return true;
    size_t before = lexer->at - 1;
    while (before > 0 && ((unsigned char)lexer->code[before] & 0xC0) == 0x80)
        before--;
    uint32_t c = peek(lexer, before);
    return is_blank(c) || is_line_end(c);
}

void lex_skip(struct lexer *lexer)
{
    while (lexer->at < lexer->length) {
        size_t next = lexer->at;
        if (!is_blank(utf8_next(lexer->code, lexer->length, &next)))
            break;
        lexer->at = next;
    }
    if (!at_comment(lexer))
        return;
    while (lexer->at < lexer->length && !is_line_end(peek(lexer, lexer->at)))
        (void)utf8_next(lexer->code, lexer->length, &lexer->at);
}

bool lex_at_quote(const struct lexer *lexer)
{
    return opens(peek(lexer, lexer->at));
}

size_t lex_line(const char *code, size_t length, size_t at, size_t *end)
{
    if (at > length)
        at = length;
    size_t start = at;
    while (start > 0 && code[start - 1] != '\n' && code[start - 1] != '\r')
        start--;
    while (at < length && code[at] != '\n' && code[at] != '\r')
        at++;
    *end = at;
    return start;
}

const char *lex_quote(struct arena *arena, const char *text, size_t length)
{
    char *quoted = arena_new(arena, 2 * length + 3, 1);
    size_t n = 0;
    quoted[n++] = '"';
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '"' || c == '\\' || c == '\n' || c == '\t')
            quoted[n++] = '\\';
        quoted[n++] = c == '\n' ? 'n' : c == '\t' ? 't' : c;
    }
    quoted[n] = '"';
    return quoted;
}

/* The number between braces of \u{…}; *at stands after the u. */
static bool read_code_point(const struct lexer *lexer, size_t *at, uint32_t *c)
{
    size_t i = *at, digits = 0;
    if (i >= lexer->length || lexer->code[i++] != '{')
        return false;
    *c = 0;
    for (; i < lexer->length && digits < 7; i++, digits++) {
        const char *hex = "0123456789abcdef", *found;
        int digit = (unsigned char)lexer->code[i];
        found = digit ? strchr(hex, digit >= 'A' && digit <= 'F' ? digit + 32 : digit)
                      : NULL;
        if (!found)
            break;
        *c = *c * 16 + (uint32_t)(found - hex);
    }
    if (digits == 0 || i >= lexer->length || lexer->code[i] != '}')
        return false;
    *at = i + 1;
    return *c <= 0x10FFFF && (*c < 0xD800 || *c > 0xDFFF);
}

/* Undoes the escape whose backslash stands before *at; moves past it. */
static bool read_escape(const struct lexer *lexer, size_t *at, uint32_t *c)
{
    size_t i = *at;
    if (i >= lexer->length)
        return false;
    *c = utf8_next(lexer->code, lexer->length, &i);
    bool good = true;
    if (*c == 'n')
        *c = '\n';
    else if (*c == 't')
        *c = '\t';
    else if (*c == 'u')
        good = read_code_point(lexer, &i, c);
    else
        good = *c == '\\' || opens(*c) || *c == RIGHT_ANGLE;
    if (good)
        *at = i;
    return good;
}

/* A quoted text as it is read; bad escapes stand for themselves. */
struct quoted {
    size_t end; /* just past what was read */
    bool closed;
    size_t bad_escape; /* where the first stands; SIZE_MAX: none */
    char *text;
    size_t length;
};

/* Reads from just after the opening quote to its end, or to `stop`. Twice: the first
 * pass measures, so that many short texts do not each take room for the whole cell. */
static struct quoted read_quoted(const struct lexer *lexer, size_t from,
                                 uint32_t opener, size_t stop)
{
    struct quoted quoted = {.bad_escape = SIZE_MAX};
    for (int pass = 0; pass < 2; pass++) {
        size_t at = from, n = 0;
        char c4[4];
        while (at < stop && !(pass && at >= quoted.end)) {
            size_t here = at;
            uint32_t c = utf8_next(lexer->code, lexer->length, &at);
            if (closes(opener, c)) {
                quoted.closed = true;
                break;
            }
            if (c == '\\' && !read_escape(lexer, &at, &c) &&
                quoted.bad_escape == SIZE_MAX)
                quoted.bad_escape = here;
            if (c == '\r' && peek(lexer, at) == '\n')
                continue;
            n += utf8_put(pass ? quoted.text + n : c4, c);
        }
        quoted.end = at;
        quoted.length = n;
        if (pass == 0)
            quoted.text = arena_new(lexer->arena, n + 1, 1);
    }
    return quoted;
}

/* The closing quote is missing: the hint closes it at the end of its line, around words
 * of ours where there are none. */
static bool open_quote(const struct lexer *lexer, size_t start, size_t after,
                       uint32_t opener, struct err *err)
{
    size_t line_end, line = lex_line(lexer->code, lexer->length, start, &line_end);
    size_t most = line_end - after > HINT_ROOM / 2 ? HINT_ROOM / 2 : line_end - after;
    while (most > 0 && after + most < line_end &&
           ((unsigned char)lexer->code[after + most] & 0xC0) == 0x80)
        most--;
    struct quoted quoted = read_quoted(lexer, after, opener, after + most);
    while (quoted.length > 0 && quoted.text[quoted.length - 1] == ' ')
        quoted.length--;
    const char *words = quoted.length ? quoted.text : "I love AI";
    size_t length = quoted.length ? quoted.length : strlen(words);
    err_set(err, ERR_OPEN_QUOTE, "The closing quote is missing.");
    err_span(err, start, line_end);
    return err_try(err, "Try:", "%.*s%s", (int)(start - line), lexer->code + line,
                   lex_quote(lexer->arena, words, length));
}

static bool bad_escape(const struct lexer *lexer, size_t at, struct err *err)
{
    size_t end, line = lex_line(lexer->code, lexer->length, at, &end);
    err_set(err, ERR_BAD_ESCAPE,
            "A backslash in quotes stands before \" \\ n t or u{1F600} only. To show a "
            "backslash, type two.");
    err_span(err, at, at + 1 < lexer->length ? at + 2 : at + 1);
    return err_try(err, "Try:", "%.*s\\%.*s", (int)(at - line), lexer->code + line,
                   (int)(end - at), lexer->code + at);
}

static bool lex_text(struct lexer *lexer, struct lexeme *lexeme, struct err *err)
{
    size_t after = lexer->at;
    uint32_t opener = utf8_next(lexer->code, lexer->length, &after);
    struct quoted quoted = read_quoted(lexer, after, opener, lexer->length);
    if (!quoted.closed)
        return open_quote(lexer, lexer->at, after, opener, err);
    if (quoted.bad_escape != SIZE_MAX)
        return bad_escape(lexer, quoted.bad_escape, err);
    lexeme->kind = LEX_TEXT;
    lexeme->text = quoted.text;
    lexeme->length = quoted.length;
    lexer->at = quoted.end;
    return true;
}

/* Bytes of an arrow that stands at `at`; 0 if none does. */
static size_t arrow_at(const struct lexer *lexer, size_t at)
{
    if (at + 1 < lexer->length && memcmp(lexer->code + at, "->", 2) == 0)
        return 2;
    return peek(lexer, at) == ARROW ? 3 : 0;
}

static void lex_word(struct lexer *lexer, struct lexeme *lexeme)
{
    size_t start = lexer->at;
    while (lexer->at < lexer->length) {
        uint32_t c = peek(lexer, lexer->at);
        if (is_blank(c) || is_line_end(c) || opens(c) || arrow_at(lexer, lexer->at))
            break;
        (void)utf8_next(lexer->code, lexer->length, &lexer->at);
    }
    lexeme->kind = LEX_WORD;
    lexeme->length = lexer->at - start;
    lexeme->text = arena_copy(lexer->arena, lexer->code + start, lexeme->length);
}

bool lex_next(struct lexer *lexer, struct lexeme *lexeme, struct err *err)
{
    lex_skip(lexer);
    *lexeme = (struct lexeme){.start = lexer->at, .end = lexer->at};
    if (lexer->at >= lexer->length)
        return true;
    size_t arrow = arrow_at(lexer, lexer->at);
    if (is_line_end(peek(lexer, lexer->at))) {
        (void)utf8_next(lexer->code, lexer->length, &lexer->at);
        lexeme->kind = LEX_LINE;
        return true;
    }
    if (arrow) {
        lexer->at += arrow;
        lexeme->kind = LEX_ARROW;
    } else if (lex_at_quote(lexer)) {
        if (!lex_text(lexer, lexeme, err))
            return false;
    } else {
        lex_word(lexer, lexeme);
    }
    lexeme->end = lexer->at;
    return true;
}

/* True where ` with "` or ` to "` begins at `at`, which is a blank. */
static bool joiner_at(const struct lexer *lexer, size_t at)
{
    struct lexer ahead = *lexer;
    ahead.at = at;
    lex_skip(&ahead);
    size_t left = ahead.length - ahead.at;
    const char *word = ahead.code + ahead.at;
    if (left > 4 && memcmp(word, "with", 4) == 0)
        ahead.at += 4;
    else if (left > 2 && memcmp(word, "to", 2) == 0)
        ahead.at += 2;
    else
        return false;
    if (!is_blank(peek(&ahead, ahead.at)))
        return false;
    lex_skip(&ahead);
    return lex_at_quote(&ahead);
}

struct lexeme lex_rest(struct lexer *lexer)
{
    lex_skip(lexer);
    struct lexeme rest = {.kind = LEX_TEXT, .start = lexer->at, .end = lexer->at};
    bool blank = false; /* a run of blanks is looked past once, at its first */
    while (lexer->at < lexer->length) {
        uint32_t c = peek(lexer, lexer->at);
        if (is_line_end(c) || at_comment(lexer) ||
            (is_blank(c) && !blank && joiner_at(lexer, lexer->at)))
            break;
        (void)utf8_next(lexer->code, lexer->length, &lexer->at);
        blank = is_blank(c);
        if (!blank)
            rest.end = lexer->at;
    }
    rest.length = rest.end - rest.start;
    rest.text = arena_copy(lexer->arena, lexer->code + rest.start, rest.length);
    return rest;
}
