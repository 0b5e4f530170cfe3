#include "attn/base/json_tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/buf.h"
#include "attn/base/utf8.h"

/* A text being read. The first fault ends it. */
struct reader {
    const char *text;
    size_t length, at, depth;
    struct arena *arena;
    struct err *err;
};

static bool fault(struct reader *in, const char *what)
{
    return err_set(in->err, ERR_BAD_FILE, "this is not JSON: %s at byte %zu.", what,
                   in->at);
}

/* The next byte, or 0 at the end. */
static char peek(const struct reader *in)
{
    return in->at < in->length ? in->text[in->at] : '\0';
}

static void skip_blanks(struct reader *in)
{
    while (in->at < in->length && strchr(" \t\n\r", in->text[in->at]) &&
           in->text[in->at])
        in->at++;
}

static bool take(struct reader *in, char c)
{
    if (in->at >= in->length || in->text[in->at] != c)
        return false;
    in->at++;
    return true;
}

/* ---- text */

static bool read_hex(struct reader *in, uint32_t *unit)
{
    *unit = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = peek(in);
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit > 15)
            return fault(in, "\\u needs four digits");
        *unit = *unit * 16 + digit;
        in->at++;
    }
    return true;
}

/* What stands after \u; a pair of surrogates is one character. */
static bool read_unicode(struct reader *in, struct buf *to)
{
    uint32_t c, low;
    char bytes[4];
    if (!read_hex(in, &c))
        return false;
    if (c >= 0xD800 && c <= 0xDBFF) {
        if (!take(in, '\\') || !take(in, 'u'))
            return fault(in, "half a character");
        if (!read_hex(in, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return fault(in, "half a character");
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    } else if (c >= 0xDC00 && c <= 0xDFFF) {
        return fault(in, "half a character");
    }
    buf_add(to, bytes, utf8_put(bytes, c ? c : 0xFFFD));
    return true;
}

static bool read_escape(struct reader *in, struct buf *to)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    char c = peek(in);
    const char *found = c ? strchr(from, c) : NULL;
    if (found) {
        in->at++;
        buf_char(to, into[found - from]);
        return true;
    }
    if (!take(in, 'u'))
        return fault(in, "an unknown escape");
    return read_unicode(in, to);
}

static bool read_into(struct reader *in, struct buf *to)
{
    while (in->at < in->length) {
        size_t start = in->at;
        while (in->at < in->length && in->text[in->at] != '"' &&
               in->text[in->at] != '\\' && (unsigned char)in->text[in->at] >= 0x20)
            in->at++;
        buf_add(to, in->text + start, in->at - start);
        if (take(in, '"'))
            return true;
        if (!take(in, '\\'))
            return fault(in, "a control character or the end inside a text");
        if (!read_escape(in, to))
            return false;
    }
    return fault(in, "a text that does not end");
}

/* After its opening quote. NULL on a fault. */
static const char *read_text(struct reader *in)
{
    struct buf text;
    buf_init(&text, in->length + 4);
    bool done = read_into(in, &text);
    const char *copy = done ? arena_copy(in->arena, text.at, text.length) : NULL;
    buf_free(&text);
    return copy;
}

/* ---- numbers */

static size_t skip_digits(struct reader *in)
{
    size_t n = 0;
    for (; peek(in) >= '0' && peek(in) <= '9'; n++)
        in->at++;
    return n;
}

/* Moves past a number; *whole: it has neither fraction nor exponent. */
static bool skip_number(struct reader *in, bool *whole)
{
    *whole = true;
    (void)take(in, '-');
    if (!take(in, '0') && !skip_digits(in))
        return fault(in, "an unexpected character");
    if (peek(in) == '.') {
        in->at++;
        *whole = false;
        if (!skip_digits(in))
            return fault(in, "a number without digits after its point");
    }
    if (peek(in) == 'e' || peek(in) == 'E') {
        in->at++;
        *whole = false;
        if (!take(in, '+'))
            (void)take(in, '-');
        if (!skip_digits(in))
            return fault(in, "a number without digits in its exponent");
    }
    return true;
}

static bool read_number(struct reader *in, struct json *value)
{
    enum { LONGEST = 400 };
    char copy[LONGEST + 1];
    size_t start = in->at;
    bool whole;
    if (!skip_number(in, &whole))
        return false;
    size_t n = in->at - start;
    if (n > LONGEST)
        return fault(in, "a number of more than 400 characters");
    memcpy(copy, in->text + start, n);
    copy[n] = '\0';
    value->kind = JSON_NUMBER;
    value->number = strtod(copy, NULL);
    errno = 0;
    long long integer = whole ? strtoll(copy, NULL, 10) : 0;
    if (whole && errno == 0) {
        value->kind = JSON_INT;
        value->integer = integer;
    }
    return true;
}

/* ---- values */

static bool read_value(struct reader *in, struct json *value);

static int by_key(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has_each_once(struct reader *in, const struct json *object)
{
    size_t n = 0;
    struct arena scratch = {0};
    const char **keys = arena_new(&scratch, object->n, sizeof *keys);
    for (const struct json *at = object->first; at; at = at->next)
        keys[n++] = at->key;
    qsort(keys, n, sizeof *keys, by_key);
    bool once = true;
    for (size_t i = 1; i < n && once; i++)
        if (strcmp(keys[i - 1], keys[i]) == 0)
            once = err_set(in->err, ERR_BAD_FILE,
                           "the name \"%.60s\" stands twice in one object.", keys[i]);
    arena_free(&scratch);
    return once;
}

/* One member with its name, or one element of a list. */
static bool read_inside(struct reader *in, bool named, struct json *value)
{
    skip_blanks(in);
    if (named) {
        if (!take(in, '"'))
            return fault(in, "a name in quotes is missing");
        if (!(value->key = read_text(in)))
            return false;
        skip_blanks(in);
        if (!take(in, ':'))
            return fault(in, "a colon is missing");
        skip_blanks(in);
    }
    return read_value(in, value);
}

/* After the opening bracket. */
static bool read_many(struct reader *in, struct json *all, char close)
{
    const struct json **last = &all->first;
    bool named = all->kind == JSON_OBJECT;
    if (++in->depth > JSON_TREE_DEPTH)
        return fault(in, "too many brackets inside each other");
    skip_blanks(in);
    if (!take(in, close))
        for (;;) {
            struct json *value = arena_new(in->arena, 1, sizeof *value);
            if (!read_inside(in, named, value))
                return false;
            *last = value;
            last = &value->next;
            all->n++;
            skip_blanks(in);
            if (take(in, close))
                break;
            if (!take(in, ','))
                return fault(in, "a comma or a closing bracket is missing");
        }
    in->depth--;
    return !named || all->n < 2 || has_each_once(in, all);
}

static bool read_word(struct reader *in, struct json *value)
{
    static const struct {
        const char *word;
        enum json_kind kind;
        int64_t integer;
    } words[] = {
        {"true", JSON_BOOL, 1}, {"false", JSON_BOOL, 0}, {"null", JSON_NULL, 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].word);
        if (in->length - in->at < n || memcmp(in->text + in->at, words[i].word, n) != 0)
            continue;
        in->at += n;
        value->kind = words[i].kind;
        value->integer = words[i].integer;
        return true;
    }
    return read_number(in, value);
}

static bool read_value(struct reader *in, struct json *value)
{
    if (take(in, '{')) {
        value->kind = JSON_OBJECT;
        return read_many(in, value, '}');
    }
    if (take(in, '[')) {
        value->kind = JSON_LIST;
        return read_many(in, value, ']');
    }
    if (take(in, '"')) {
        value->kind = JSON_TEXT;
        return (value->text = read_text(in)) != NULL;
    }
    return read_word(in, value);
}

const struct json *json_read(const char *text, size_t length, struct arena *arena,
                             struct err *err)
{
    struct reader in = {.text = text, .length = length, .arena = arena, .err = err};
    if (!utf8_valid(text, length)) {
        err_set(err, ERR_BAD_FILE, "its text is not UTF-8.");
        return NULL;
    }
    struct json *value = arena_new(arena, 1, sizeof *value);
    skip_blanks(&in);
    if (!read_value(&in, value))
        return NULL;
    skip_blanks(&in);
    if (in.at < length) {
        fault(&in, "something follows the value");
        return NULL;
    }
    return value;
}

const struct json *json_member(const struct json *object, const char *key)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    for (const struct json *at = object->first; at; at = at->next)
        if (strcmp(at->key, key) == 0)
            return at;
    return NULL;
}
