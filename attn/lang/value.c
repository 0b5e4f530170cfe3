/* value.c - reads one value of each kind and checks it. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/read.h"
#include "attn/lang/suggest.h"

enum { MAX_NUMBERS = 64, MAX_COUNT = 1000000 };
static const double MOST_NUMBER = 1e9;

const struct lexeme *read_peek(const struct reader *reader)
{
    return reader->at < reader->line->n ? &reader->line->items[reader->at] : NULL;
}

bool read_fail(const struct reader *reader, const struct lexeme *item,
               enum err_code code, struct err *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprint(reader->arena, format, args);
    va_end(args);
    err_set(err, code, "%s", text);
    size_t end = reader->line->end;
    return item ? err_span(err, item->start, item->end) : err_span(err, end, end);
}

bool read_try(const struct reader *reader, const struct lexeme *item,
              const char *instead, struct err *err)
{
    const struct line *line = reader->line;
    const char *text =
        item ? parse_with(line, item->start, item->end, instead, reader->arena)
             : arena_print(reader->arena, "%.*s %s", (int)(line->end - line->start),
                           line->code + line->start, instead);
    return err_try(err, "Try:", "%s", text);
}

/* ---- numbers */

bool read_is_number(const struct lexeme *item, double *number)
{
    char *end;
    if (!item || item->kind != LEX_WORD || item->length > 32)
        return false;
    if (item->text[strspn(item->text, "+-.0123456789eE")] != '\0')
        return false; /* strtod would take inf, nan and hexadecimal */
    *number = strtod(item->text, &end);
    return end != item->text && *end == '\0' && fabs(*number) <= MOST_NUMBER;
}

/* A number, but one that no exercise needs and that sums would not keep exact. */
static bool too_large(const struct lexeme *item)
{
    char *end;
    if (!item || item->kind != LEX_WORD ||
        item->text[strspn(item->text, "+-.0123456789eE")] != '\0')
        return false;
    return fabs(strtod(item->text, &end)) > MOST_NUMBER && end != item->text &&
           *end == '\0';
}

/* What to write instead of a word where a number must stand. */
const char *read_as_number(const char *word)
{
    static const char *const words[] = {"zero",  "one",  "two", "three",
                                        "four",  "five", "six", "seven",
                                        "eight", "nine", "ten", NULL};
    static const char *const numbers[] = {"0", "1", "2", "3", "4", "5",
                                          "6", "7", "8", "9", "10"};
    for (size_t i = 0; words[i]; i++)
        if (same_word(word, strlen(word), words[i]))
            return numbers[i];
    return "1";
}

/* Where numbers must stand: the line with every word that is none turned into one. */
static bool need_numbers(const struct reader *reader, const struct lexeme *item,
                         struct err *err)
{
    const struct line *line = reader->line;
    struct buf fixed;
    buf_init(&fixed, ERR_HINT_SIZE);
    buf_text(&fixed, line->command->name);
    for (size_t i = 0; i < line->n; i++) {
        double number;
        const struct lexeme *each = &line->items[i];
        bool keep = read_is_number(each, &number) ||
                    same_word(each->text ? each->text : "", each->length, "with");
        buf_char(&fixed, ' ');
        if (keep)
            buf_add(&fixed, each->text, each->length);
        else
            buf_text(&fixed, read_as_number(each->text ? each->text : ""));
    }
    if (too_large(item))
        read_fail(reader, item, ERR_OUT_OF_RANGE, err,
                  "Numbers go up to 1,000,000,000 here,");
    else
        read_fail(reader, item, ERR_NOT_A_NUMBER, err, "I need numbers here,");
    err_try(err, "e.g.", "%s", fixed.at);
    buf_free(&fixed);
    return false;
}

bool read_numbers(struct reader *reader, struct value *value, struct err *err)
{
    double *numbers = arena_new(reader->arena, MAX_NUMBERS, sizeof *numbers);
    const struct lexeme *item;
    while ((item = read_peek(reader)) && read_is_number(item, &numbers[value->n])) {
        if (++value->n == MAX_NUMBERS) {
            read_fail(reader, item, ERR_TOO_LARGE, err, "That is more than %d numbers.",
                      MAX_NUMBERS - 1);
            return err_try(err, "Try:", "%s", reader->line->command->examples[0]);
        }
        reader->at++;
    }
    value->numbers = numbers;
    if (value->n == 0)
        return need_numbers(reader, item, err);
    return true;
}

/* A whole number, also a negative one, that is the whole item. */
bool read_whole(const char *text, long *number)
{
    size_t digits = strspn(text + (*text == '-'), "0123456789");
    if (digits == 0 || digits > 8 || text[digits + (*text == '-')])
        return false;
    *number = strtol(text, NULL, 10);
    return true;
}

bool read_missing(struct reader *reader, const struct arg *arg, const char *expected,
                  const char *example, struct err *err)
{
    read_fail(reader, NULL, ERR_MISSING, err, "%s needs %s.", arg->name, expected);
    return read_try(reader, NULL, example, err);
}

static bool one_number(struct reader *reader, const struct arg *arg,
                       struct value *value, struct err *err)
{
    double *number = arena_new(reader->arena, 1, sizeof *number);
    const struct lexeme *item = read_peek(reader);
    if (!item)
        return read_missing(reader, arg, "a number", "1", err);
    if (!read_is_number(item, number)) {
        read_fail(reader, item, ERR_NOT_A_NUMBER, err, "I need a number after \"%s\",",
                  arg->name);
        return err_try(err, "e.g.", "%s",
                       parse_with(reader->line, item->start, item->end,
                                  read_as_number(item->text ? item->text : ""),
                                  reader->arena));
    }
    if (arg->kind == ARG_COUNT &&
        (*number < 1 || *number > MAX_COUNT || *number != floor(*number))) {
        read_fail(reader, item, ERR_OUT_OF_RANGE, err,
                  "\"%s\" takes a whole number from 1 to %d.", arg->name, MAX_COUNT);
        return read_try(reader, item, *number > MAX_COUNT ? "1000" : "1", err);
    }
    reader->at++;
    value->numbers = number;
    value->n = 1;
    return true;
}

/* ---- choices, switches, texts */

static size_t choices_of(const struct arg *arg)
{
    size_t n = 0;
    while (n < ARG_MAX_CHOICES && arg->choices[n])
        n++;
    return n;
}

static const char *list_choices(const struct arg *arg, struct arena *arena)
{
    size_t n = choices_of(arg);
    const char *list = n ? arg->choices[0] : "";
    for (size_t i = 1; i < n; i++)
        list = arena_print(arena, "%s%s%s", list, i + 1 < n ? ", " : " or ",
                           arg->choices[i]);
    return list;
}

static const char *choice_named(const struct arg *arg, const struct lexeme *item)
{
    if (!item || item->kind != LEX_WORD)
        return NULL;
    for (size_t i = 0; i < choices_of(arg); i++)
        if (same_word(item->text, item->length, arg->choices[i]))
            return arg->choices[i];
    return NULL;
}

static const char *near_choice(const struct arg *arg, const char *typed)
{
    const char *names[ARG_MAX_CHOICES + 1] = {0};
    for (size_t i = 0; i < choices_of(arg); i++)
        names[i] = arg->choices[i];
    const char *near = suggest_name(typed, names);
    return near ? near : arg->choices[0];
}

static bool one_choice(struct reader *reader, const struct arg *arg,
                       struct value *value, struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    const char *list = list_choices(arg, reader->arena);
    if (!item)
        return read_missing(reader, arg, list, arg->choices[0], err);
    value->text = choice_named(arg, item);
    if (!value->text) {
        const char *typed = item->text ? item->text : "->";
        read_fail(reader, item, ERR_BAD_VALUE, err, "\"%s\" takes %s, not \"%.60s\".",
                  arg->name, list, typed);
        return read_try(reader, item, near_choice(arg, typed), err);
    }
    value->length = strlen(value->text);
    reader->at++;
    return true;
}

static bool one_switch(struct reader *reader, const struct arg *arg,
                       struct value *value, struct err *err)
{
    static const char *const strange[] = {"yes", "no", "true", "false", "0", "1"};
    const struct lexeme *item = read_peek(reader);
    value->on = true;
    if (!item || item->kind != LEX_WORD)
        return true;
    if (same_word(item->text, item->length, "on") ||
        same_word(item->text, item->length, "off")) {
        value->on = item->length == 2;
        reader->at++;
        return true;
    }
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        if (!same_word(item->text, item->length, strange[i]))
            continue;
        read_fail(reader, item, ERR_BAD_VALUE, err,
                  "\"%s\" takes on or off, not \"%s\".", arg->name, item->text);
        return read_try(reader, item, i % 2 ? "off" : "on", err);
    }
    return true;
}

/* `swap tired wide`: a command that begins with two texts, and bare words where they
 * should stand. */
static bool bare_texts(struct reader *reader, const struct arg *arg, struct err *err)
{
    static const char *const between[] = {"with", "to", "by", "into", "for"};
    const struct line *line = reader->line;
    const struct arg *args = line->command->args;
    const char *texts = "";
    size_t n = 0, wanted = 0;
    if (arg < args || arg >= args + COMMAND_MAX_ARGS)
        return false;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && args[i].name; i++)
        wanted += args[i].kind == ARG_TEXT;
    for (size_t k = 0; k < line->n && n < wanted; k++) {
        const struct lexeme *item = &line->items[k];
        bool joins = item->kind == LEX_ARROW;
        for (size_t i = 0; !joins && i < sizeof between / sizeof *between; i++)
            joins = same_word(item->text, item->length, between[i]);
        if (joins)
            continue;
        texts = arena_print(reader->arena, "%s%s%s", texts, n++ ? " " : "",
                            lex_quote(reader->arena, item->text, item->length));
    }
    if (wanted < 2 || n < wanted)
        return false;
    read_fail(reader, read_peek(reader), ERR_MISSING, err, "%s needs %s.",
              line->command->name, arg->about);
    (void)err_try(err, "Try:", "%s %s", line->command->name, texts);
    return true;
}

static bool one_text(struct reader *reader, const struct arg *arg, struct value *value,
                     struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    if (!item)
        return read_missing(reader, arg, "a text in quotes",
                            arg->choices[0] ? arg->choices[0] : "\"a text\"", err);
    if (item->kind != LEX_TEXT && bare_texts(reader, arg, err))
        return false;
    if (item->kind != LEX_TEXT) {
        const struct line *line = reader->line;
        read_fail(reader, item, ERR_MISSING, err, "\"%s\" needs a text in quotes.",
                  arg->name);
        if (arg->choices[0]) /* a text that is known to do, as this one may not */
            return err_try(err, "Try:", "%s",
                           parse_with(line, item->start, line->end, arg->choices[0],
                                      reader->arena));
        if (arg->kind == ARG_JOINED && reader->at > 1)
            return err_try(err, "Try:", "%.*s",
                           (int)(line->items[reader->at - 2].end - line->start),
                           line->code + line->start);
        return err_try(err, "Try:", "%s",
                       parse_with(line, item->start, line->end,
                                  lex_quote(reader->arena, line->code + item->start,
                                            line->end - item->start),
                                  reader->arena));
    }
    value->text = item->text;
    value->length = item->length;
    reader->at++;
    return true;
}

static bool one_name(struct reader *reader, const struct arg *arg, struct value *value,
                     struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    if (!item || item->kind == LEX_ARROW)
        return read_missing(reader, arg, "a name", "", err);
    value->text = item->text;
    value->length = item->length;
    reader->at++;
    return true;
}

/* A value of a layer, a head or a range. */
static bool place_follows(const struct lexeme *item, enum arg_kind kind)
{
    long a, b;
    int pick;
    bool picks = kind == ARG_LAYER || kind == ARG_HEAD;
    if (picks && item->kind == LEX_WORD &&
        read_is_pick(item, "auto mean max all", &pick))
        return true;
    return (kind != ARG_HEADS && read_is_range(item, &a, &b)) ||
           (kind != ARG_RANGE && read_is_head(item, &a, &b));
}

bool read_follows(const struct reader *reader, const struct arg *arg)
{
    const struct lexeme *item = read_peek(reader);
    double number;
    if (!item)
        return false;
    switch (arg->kind) {
    case ARG_LAYER:
    case ARG_HEAD:
    case ARG_HEADS:
    case ARG_RANGE:
        return place_follows(item, arg->kind);
    case ARG_CHOICE:
        return choice_named(arg, item) != NULL;
    case ARG_NUMBER:
    case ARG_COUNT:
    case ARG_NUMBERS_WITH:
        return read_is_number(item, &number);
    case ARG_WORD:
        return word_stands(reader->subject, item);
    case ARG_JOINED:
        return item->kind == LEX_TEXT;
    default:
        return false;
    }
}

static bool numbers(struct reader *reader, const struct arg *arg, struct value *value,
                    struct err *err)
{
    (void)arg;
    return read_numbers(reader, value, err);
}

static bool word(struct reader *reader, const struct arg *arg, struct value *value,
                 struct err *err)
{
    (void)arg;
    return read_word(reader, value, err);
}

bool read_value(struct reader *reader, const struct arg *arg, struct value *value,
                struct err *err)
{
    typedef bool read_kind(struct reader *, const struct arg *, struct value *,
                           struct err *);
    static read_kind *const by_kind[] = {
        [ARG_WORD] = word,
        [ARG_TARGET] = word,
        [ARG_TEXT] = one_text,
        [ARG_REST] = one_text,
        [ARG_JOINED] = one_text,
        [ARG_NUMBERS] = numbers,
        [ARG_NUMBERS_WITH] = numbers,
        [ARG_ONE_NUMBER] = one_number,
        [ARG_NUMBER] = one_number,
        [ARG_COUNT] = one_number,
        [ARG_LAYER] = read_layer,
        [ARG_HEAD] = read_one_head,
        [ARG_HEADS] = read_heads,
        [ARG_ONE_HEAD] = read_heads,
        [ARG_SOME_HEADS] = read_heads,
        [ARG_RANGE] = read_range,
        [ARG_SWITCH] = one_switch,
        [ARG_CHOICE] = one_choice,
        [ARG_WORDY] = one_choice,
        [ARG_NAME] = one_name,
        [ARG_SETTINGS] = one_name,
        [ARG_SIDE] = read_side,
        [ARG_OTHER_SIDE] = read_side,
        [ARG_QUERY] = read_query,
    };
    return by_kind[arg->kind](reader, arg, value, err);
}
