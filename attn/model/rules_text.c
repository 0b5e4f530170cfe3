#include "attn/model/rules_text.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_NAME = 64, BIGGEST_NUMBER = 1000 };

bool rules_fail(const struct rules_text *in, const struct rules_statement *at,
                const char *format, ...)
{
    struct arena scratch = {0};
    va_list args;
    va_start(args, format);
    const char *what = arena_vprint(&scratch, format, args);
    va_end(args);
    err_set(in->err, ERR_BAD_RULE, "Line %zu: %s", at->line, what);
    arena_free(&scratch);
    return false;
}

/* ---- statements ---- */

/* One line of the text, without its comment and the space around it. */
struct piece {
    const char *at;
    size_t length;
    size_t end; /* offset in the text of the next line */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static struct piece piece_at(const struct rules_text *in, size_t at)
{
    const char *line = in->text + at, *stop = in->text + in->length;
    const char *newline = memchr(line, '\n', (size_t)(stop - line));
    const char *end = newline ? newline : stop;
    struct piece piece = {.end = (size_t)((newline ? newline + 1 : stop) - in->text)};
    for (const char *c = line; c < end; c++)
        if (*c == '#' && (c == line || is_space(c[-1])))
            end = c;
    while (line < end && is_space(*line))
        line++;
    while (end > line && is_space(end[-1]))
        end--;
    piece.at = line;
    piece.length = (size_t)(end - line);
    return piece;
}

/* A line that begins with a sign and a space goes on with the statement before it. */
static bool goes_on(const struct piece *piece)
{
    static const char *const signs[] = {"+ ", "- ", "× ", "* "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (piece->length >= strlen(signs[i]) &&
            memcmp(piece->at, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

/* Appends a piece to `to`, every run of white space as one space. */
static char *append(char *to, const struct piece *piece)
{
    for (size_t i = 0; i < piece->length; i++)
        if (!is_space(piece->at[i]))
            *to++ = piece->at[i];
        else if (!is_space(piece->at[i - 1]))
            *to++ = ' ';
    return to;
}

void rules_split(struct rules_text *in, struct rules_statement *statement,
                 const char *whole)
{
    size_t word = strcspn(whole, " ");
    statement->whole = whole;
    statement->word = arena_copy(in->arena, whole, word);
    statement->rest = whole + word + (whole[word] == ' ');
}

bool rules_next(struct rules_text *in, struct rules_statement *statement)
{
    struct piece piece = {0};
    while (in->at < in->length && piece.length == 0) {
        piece = piece_at(in, in->at);
        statement->line = in->line++;
        in->at = piece.end;
    }
    if (piece.length == 0)
        return false;
    size_t end = in->at, lines = 0, room = piece.length + 2;
    while (end < in->length) { /* measure first, then copy */
        struct piece more = piece_at(in, end);
        if (more.length > 0 && !goes_on(&more))
            break;
        room += more.length + 1;
        end = more.end;
    }
    char *whole = arena_new(in->arena, room, 1), *to = append(whole, &piece);
    while (in->at < end) {
        struct piece more = piece_at(in, in->at);
        if (more.length > 0) {
            *to++ = ' ';
            to = append(to, &more);
        }
        in->at = more.end;
        lines++;
    }
    in->line += lines;
    rules_split(in, statement, whole);
    return true;
}

/* ---- words and numbers ---- */

static void skip_space(struct rules_cursor *cursor)
{
    while (*cursor->at == ' ')
        cursor->at++;
}

bool rules_take(struct rules_cursor *cursor, const char *word)
{
    size_t length = strlen(word);
    skip_space(cursor);
    if (strncmp(cursor->at, word, length) != 0 ||
        (cursor->at[length] != ' ' && cursor->at[length] != '\0'))
        return false;
    cursor->at += length;
    return true;
}

/* The length of the number at `text`, 0 if there is none; its value into *value. */
static size_t number_at(const char *text, double *value)
{
    double sum = 0, unit = 1, sign = 1;
    size_t at = 0, digits = 0;
    if (text[at] == '-' || text[at] == '+')
        sign = text[at++] == '-' ? -1 : 1;
    for (; isdigit((unsigned char)text[at]) && digits < 15; at++, digits++)
        sum = sum * 10 + (text[at] - '0');
    if (text[at] == '.')
        for (at++; isdigit((unsigned char)text[at]) && digits < 15; at++, digits++) {
            sum = sum * 10 + (text[at] - '0');
            unit *= 10;
        }
    if (digits == 0 || (text[at] != ' ' && text[at] != '\0'))
        return 0;
    *value = sign * (sum / unit);
    return at;
}

/* The next word, for an error to quote. */
static const char *next_word(const struct rules_cursor *cursor)
{
    return arena_copy(cursor->in->arena, cursor->at, strcspn(cursor->at, " "));
}

bool rules_number(struct rules_cursor *cursor, const char *what, double *value)
{
    skip_space(cursor);
    size_t length = number_at(cursor->at, value);
    if (length == 0)
        return rules_fail(cursor->in, cursor->statement,
                          "%s is a number, such as 2.5, but here stands \"%s\".", what,
                          next_word(cursor));
    if (*value > BIGGEST_NUMBER || *value < -BIGGEST_NUMBER)
        return rules_fail(cursor->in, cursor->statement,
                          "%s is between -%d and %d, but here stands %s.", what,
                          BIGGEST_NUMBER, BIGGEST_NUMBER, next_word(cursor));
    cursor->at += length;
    return true;
}

bool rules_end(struct rules_cursor *cursor)
{
    skip_space(cursor);
    if (*cursor->at == '\0')
        return true;
    return rules_fail(cursor->in, cursor->statement,
                      "I don't know what \"%s\" means at the end of this line.",
                      cursor->at);
}

/* ---- named values ---- */

/* Steps from one text to the other (Levenshtein), for texts of at most LONGEST_NAME. */
static size_t steps_between(const char *a, size_t n, const char *b)
{
    size_t row[LONGEST_NAME + 1], m = strlen(b);
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]);
            size_t skip = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            corner = row[j];
            row[j] = change < skip ? change : skip;
        }
    }
    return row[m];
}

static bool unknown_dim(struct rules_cursor *cursor, const char *name, size_t length)
{
    const char *const *names = cursor->stream->names;
    size_t best = SIZE_MAX, fewest = SIZE_MAX;
    if (length == 0)
        return rules_fail(cursor->in, cursor->statement,
                          "a named value is missing, such as \"%s\".",
                          names[FRAME_ONE]);
    for (size_t d = 0; d < cursor->stream->width && length <= LONGEST_NAME; d++) {
        size_t steps = steps_between(name, length, names[d]);
        if (steps < fewest) {
            fewest = steps;
            best = d;
        }
    }
    rules_fail(cursor->in, cursor->statement, "I don't know the value \"%.*s\".",
               (int)(length < 80 ? length : 80), name);
    if (best != SIZE_MAX && fewest <= 2 + length / 4)
        err_try(cursor->in->err, "Did you mean:", "%s", names[best]);
    return false;
}

static bool find_dim(struct rules_cursor *cursor, const char *name, size_t length,
                     uint16_t *dim)
{
    const struct stream *stream = cursor->stream;
    for (size_t d = 0; d < stream->width; d++)
        if (strlen(stream->names[d]) == length &&
            strncasecmp(stream->names[d], name, length) == 0) {
            *dim = (uint16_t)d;
            return true;
        }
    return unknown_dim(cursor, name, length);
}

/* Where the name that begins at `at` ends: at the end, or before a space and a sign or
 * joiner that stands alone. */
static const char *name_end(const char *at)
{
    static const char *const joiners[] = {"+", "-", "*", "×", "→", "->", ":"};
    for (const char *c = at; *c; c++)
        for (size_t i = 0; *c == ' ' && i < sizeof joiners / sizeof *joiners; i++) {
            size_t length = strlen(joiners[i]);
            if (strncmp(c + 1, joiners[i], length) == 0 &&
                (c[1 + length] == ' ' || c[1 + length] == '\0'))
                return c;
        }
    return at + strlen(at);
}

bool rules_dim(struct rules_cursor *cursor, uint16_t *dim)
{
    skip_space(cursor);
    const char *end = name_end(cursor->at);
    if (!find_dim(cursor, cursor->at, (size_t)(end - cursor->at), dim))
        return false;
    cursor->at = end;
    return true;
}

const struct stream_block *rules_block(struct rules_cursor *cursor)
{
    const struct stream_block *longest = NULL;
    for (size_t i = 0; i < cursor->stream->n_blocks; i++) {
        struct rules_cursor look = *cursor;
        const struct stream_block *block = &cursor->stream->blocks[i];
        if (rules_take(&look, block->name) &&
            (!longest || strlen(block->name) > strlen(longest->name)))
            longest = block;
    }
    if (longest)
        rules_take(cursor, longest->name);
    return longest;
}

bool rules_list(struct rules_cursor *cursor, size_t most, struct rules_list *list)
{
    double sign = rules_take(cursor, "-") ? -1 : 1;
    list->n = 0;
    for (;;) {
        struct rules_part part = {.value = 1};
        double unused;
        skip_space(cursor);
        if (number_at(cursor->at, &unused) &&
            !rules_number(cursor, "what stands before a value", &part.value))
            return false;
        if (list->n == most)
            return rules_fail(cursor->in, cursor->statement,
                              "this list has more than %zu values.", most);
        if (!rules_dim(cursor, &part.dim))
            return false;
        part.value *= sign;
        list->parts[list->n++] = part;
        if (rules_take(cursor, "+"))
            sign = 1;
        else if (rules_take(cursor, "-"))
            sign = -1;
        else
            return true;
    }
}
