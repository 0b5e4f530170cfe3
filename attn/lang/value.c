/* value.c - reads one value of each kind and checks it. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/read.h"
#include "attn/lang/suggest.h"

enum { MAX_NUMBERS = 64, MAX_HEADS = 64, MAX_COUNT = 1000000 };

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
    return end != item->text && *end == '\0' && isfinite(*number) &&
           fabs(*number) <= 1e9;
}

/* What to write instead of a word where a number must stand. */
static const char *as_number(const char *word)
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
            buf_text(&fixed, as_number(each->text ? each->text : ""));
    }
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
static bool whole(const char *text, long *number)
{
    size_t digits = strspn(text + (*text == '-'), "0123456789");
    if (digits == 0 || digits > 8 || text[digits + (*text == '-')])
        return false;
    *number = strtol(text, NULL, 10);
    return true;
}

static bool missing_value(struct reader *reader, const struct arg *arg,
                          const char *expected, const char *example, struct err *err)
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
        return missing_value(reader, arg, "a number", "1", err);
    if (!read_is_number(item, number)) {
        read_fail(reader, item, ERR_NOT_A_NUMBER, err, "I need a number after \"%s\",",
                  arg->name);
        return err_try(err, "e.g.", "%s",
                       parse_with(reader->line, item->start, item->end,
                                  as_number(item->text ? item->text : ""),
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

/* ---- layers, heads, ranges */

static bool pick_of(const struct lexeme *item, const char *allowed, int *pick)
{
    static const struct {
        const char *word;
        int pick;
    } picks[] = {
        {"auto", PICK_AUTO}, {"mean", PICK_MEAN}, {"max", PICK_MAX}, {"all", PICK_ALL}};
    for (size_t i = 0; i < sizeof picks / sizeof *picks; i++) {
        if (!strstr(allowed, picks[i].word) ||
            !same_word(item->text, item->length, picks[i].word))
            continue;
        *pick = picks[i].pick;
        return true;
    }
    return false;
}

/* "2" or "0..3" */
static bool is_range(const struct lexeme *item, long *from, long *to)
{
    if (item->kind != LEX_WORD)
        return false;
    if (whole(item->text, from)) {
        *to = *from;
        return true;
    }
    const char *dots = strstr(item->text, "..");
    char first[12] = "";
    if (!dots || (size_t)(dots - item->text) >= sizeof first)
        return false;
    memcpy(first, item->text, (size_t)(dots - item->text));
    return whole(first, from) && whole(dots + 2, to);
}

static long clamp(long n, long most)
{
    return n < 0 ? 0 : n > most ? most : n;
}

/* A range within 0 … most of what is called `things` ("Layers … in this model"). */
static bool check_range(struct reader *reader, const struct lexeme *item,
                        struct value *value, const char *things, const char *where,
                        long most, struct err *err)
{
    long from, to;
    (void)is_range(item, &from, &to);
    bool single = from == to;
    if (from >= 0 && to <= most && from <= to) {
        value->range = (struct range){(int)from, (int)to};
        return true;
    }
    if (from > to) {
        long swap = from;
        from = to;
        to = swap;
        read_fail(reader, item, ERR_BAD_VALUE, err,
                  "A range goes from the smaller number to the larger.");
    } else {
        read_fail(reader, item, ERR_OUT_OF_RANGE, err, "%s go from 0 to %ld in %s.",
                  things, most, where);
    }
    from = clamp(from, most);
    to = clamp(to, most);
    const char *fixed = single ? arena_print(reader->arena, "%ld", from)
                               : arena_print(reader->arena, "%ld..%ld", from, to);
    return read_try(reader, item, fixed, err);
}

bool read_is_head(const struct lexeme *item, long *layer, long *head)
{
    if (item->kind != LEX_WORD || item->length < 4 || item->length > 16 ||
        (item->text[0] != 'L' && item->text[0] != 'l'))
        return false;
    char *end;
    const char *digits = item->text + 1;
    size_t n = strspn(digits, "0123456789");
    if (n == 0 || n > 6)
        return false;
    *layer = strtol(digits, &end, 10);
    if (*end == '-')
        end++;
    if (*end != 'H' && *end != 'h')
        return false;
    digits = end + 1;
    n = strspn(digits, "0123456789");
    if (n == 0 || n > 6 || digits[n])
        return false;
    *head = strtol(digits, NULL, 10);
    return true;
}

/* One L<n>-H<n>, checked. */
static bool head_name(struct reader *reader, const struct lexeme *item,
                      struct head_ref *ref, struct err *err)
{
    long layer = 0, head = 0, L = (long)reader->model->L, H = (long)reader->model->H;
    (void)read_is_head(item, &layer, &head);
    if (layer < L && head < H) {
        *ref = (struct head_ref){(size_t)layer, (size_t)head};
        return true;
    }
    if (layer >= L)
        read_fail(reader, item, ERR_OUT_OF_RANGE, err,
                  "Layers go from 0 to %ld in this model.", L - 1);
    else
        read_fail(reader, item, ERR_OUT_OF_RANGE, err,
                  "Heads go from 0 to %ld in this model.", H - 1);
    return read_try(reader, item,
                    arena_print(reader->arena, "L%ld-H%ld", clamp(layer, L - 1),
                                clamp(head, H - 1)),
                    err);
}

static bool not_a_place(struct reader *reader, const struct arg *arg,
                        const struct lexeme *item, const char *expected,
                        const char *example, struct err *err)
{
    read_fail(reader, item, ERR_NOT_A_NUMBER, err, "After \"%s\" I need %s,", arg->name,
              expected);
    return err_try(
        err, "e.g.", "%s",
        parse_with(reader->line, item->start, item->end, example, reader->arena));
}

static bool one_layer(struct reader *reader, const struct arg *arg, struct value *value,
                      struct err *err)
{
    static const char expected[] =
        "a layer's number, a range such as 0..1, all or auto";
    const struct lexeme *item = read_peek(reader);
    long from, to;
    int pick;
    if (!item)
        return missing_value(reader, arg, expected, "0", err);
    if (item->kind == LEX_WORD && pick_of(item, "auto all", &pick)) {
        value->range = (struct range){pick, pick};
    } else if (!is_range(item, &from, &to)) {
        return not_a_place(reader, arg, item, expected,
                           as_number(item->text ? item->text : ""), err);
    } else if (!check_range(reader, item, value, "Layers", "this model",
                            (long)reader->model->L - 1, err)) {
        return false;
    }
    reader->at++;
    return true;
}

static bool one_head(struct reader *reader, const struct arg *arg, struct value *value,
                     struct err *err)
{
    static const char expected[] = "a head's number, mean, max, all or auto";
    const struct lexeme *item = read_peek(reader);
    long number, other;
    if (!item)
        return missing_value(reader, arg, expected, "0", err);
    if (read_is_head(item, &number, &other)) {
        struct head_ref *ref = arena_new(reader->arena, 1, sizeof *ref);
        if (!head_name(reader, item, ref, err))
            return false;
        value->head = (int)ref->head;
        value->heads = ref;
        value->n = 1;
    } else if (item->kind == LEX_WORD && whole(item->text, &number)) {
        if (!check_range(reader, item, value, "Heads", "this model",
                         (long)reader->model->H - 1, err))
            return false;
        value->head = (int)number;
    } else if (item->kind != LEX_WORD ||
               !pick_of(item, "auto mean max all", &value->head)) {
        return not_a_place(reader, arg, item, expected,
                           as_number(item->text ? item->text : ""), err);
    }
    reader->at++;
    return true;
}

static bool several_heads(struct reader *reader, const struct arg *arg,
                          struct value *value, size_t most, struct err *err)
{
    struct head_ref *refs = arena_new(reader->arena, most, sizeof *refs);
    const struct lexeme *item;
    long layer, head;
    while ((item = read_peek(reader)) && read_is_head(item, &layer, &head) &&
           value->n < most) {
        if (!head_name(reader, item, &refs[value->n], err))
            return false;
        value->n++;
        reader->at++;
    }
    value->heads = refs;
    if (value->n > 0)
        return true;
    if (!item)
        return missing_value(reader, arg, "heads such as L3-H0", "L3-H0", err);
    return not_a_place(reader, arg, item, "heads by their numbers", "L0-H0", err);
}

static bool one_range(struct reader *reader, const struct arg *arg, struct value *value,
                      struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    long from, to;
    if (!item)
        return missing_value(reader, arg, "a range of words such as 0..3", "0", err);
    if (!is_range(item, &from, &to))
        return not_a_place(reader, arg, item, "a range of words such as 0..3", "0",
                           err);
    if (!check_range(reader, item, value, "Words", "this sentence",
                     (long)reader->subject->n_words - 1, err))
        return false;
    reader->at++;
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
        return missing_value(reader, arg, list, arg->choices[0], err);
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

static bool one_text(struct reader *reader, const struct arg *arg, struct value *value,
                     struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    if (!item)
        return missing_value(reader, arg, "a text in quotes", "\"a text\"", err);
    if (item->kind != LEX_TEXT) {
        const struct line *line = reader->line;
        read_fail(reader, item, ERR_MISSING, err, "\"%s\" needs a text in quotes.",
                  arg->name);
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
        return missing_value(reader, arg, "a name", "", err);
    value->text = item->text;
    value->length = item->length;
    reader->at++;
    return true;
}

/* ---- words */

static bool no_such_word(const struct reader *reader, const struct lexeme *item,
                         struct err *err)
{
    read_fail(reader, item, ERR_NO_SUCH_WORD, err,
              "\"%.80s\" is not in the sentence. Words: %s", item->text,
              word_list(reader->subject, reader->arena));
    double number;
    const char *near = word_near(reader->subject, item->text), *instead;
    if (near)
        instead = strpbrk(near, " \"#@:") ? lex_quote(reader->arena, near, strlen(near))
                                          : near;
    else if (read_is_number(item, &number) && number >= 0 &&
             number < (double)reader->subject->n_words)
        instead = arena_print(reader->arena, "@%d", (int)number);
    else
        instead =
            word_typed(reader->subject, word_telling(reader->subject), reader->arena);
    return read_try(reader, item, instead, err);
}

bool read_word(struct reader *reader, struct value *value, struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    const char *first =
        word_typed(reader->subject, word_telling(reader->subject), reader->arena);
    if (!item || item->kind == LEX_ARROW) {
        read_fail(reader, item, ERR_MISSING, err,
                  "I need a word of the sentence here.");
        return read_try(reader, item, first, err);
    }
    struct word word = word_find(reader->subject, item, reader->arena);
    if (word.result == WORD_ABSENT)
        return no_such_word(reader, item, err);
    if (word.result == WORD_NO_POSITION) {
        int last = (int)reader->subject->n_words - 1;
        read_fail(reader, item, ERR_OUT_OF_RANGE, err,
                  "Words go from @0 to @%d in this sentence.", last);
        return read_try(reader, item, arena_print(reader->arena, "@%d", last), err);
    }
    if (word.result == WORD_FEWER) {
        read_fail(reader, item, ERR_OUT_OF_RANGE, err,
                  "\"%s\" stands in the sentence %zu time%s.", word.name, word.count,
                  word.count == 1 ? "" : "s");
        return read_try(reader, item,
                        arena_print(reader->arena, "%s:%zu", word.name, word.count),
                        err);
    }
    value->position = word.position;
    value->first_of_many = !word.numbered && word.count > 1;
    if (value->first_of_many)
        call_note(reader->call,
                  "\"%s\" stands in the sentence %zu times; this is the first. The "
                  "second:  %s:2",
                  word.name, word.count, word.name);
    reader->at++;
    return true;
}

bool read_follows(const struct reader *reader, const struct arg *arg)
{
    const struct lexeme *item = read_peek(reader);
    long a, b;
    int pick;
    double number;
    if (!item)
        return false;
    switch (arg->kind) {
    case ARG_LAYER:
    case ARG_HEAD:
        return (item->kind == LEX_WORD && pick_of(item, "auto mean max all", &pick)) ||
               is_range(item, &a, &b) || read_is_head(item, &a, &b);
    case ARG_RANGE:
        return is_range(item, &a, &b);
    case ARG_HEADS:
        return read_is_head(item, &a, &b);
    case ARG_CHOICE:
        return choice_named(arg, item) != NULL;
    case ARG_SWITCH:
        return item->kind == LEX_WORD && (same_word(item->text, item->length, "on") ||
                                          same_word(item->text, item->length, "off"));
    case ARG_NUMBER:
    case ARG_COUNT:
    case ARG_NUMBERS_WITH:
        return read_is_number(item, &number);
    case ARG_WORD:
        return word_stands(reader->subject, item) ||
               (item->kind == LEX_WORD && item->text[0] == '@');
    case ARG_TEXT:
    case ARG_JOINED:
        return item->kind == LEX_TEXT;
    default:
        return false;
    }
}

bool read_value(struct reader *reader, const struct arg *arg, struct value *value,
                struct err *err)
{
    switch (arg->kind) {
    case ARG_WORD:
    case ARG_TARGET:
        return read_word(reader, value, err);
    case ARG_TEXT:
    case ARG_REST:
    case ARG_JOINED:
        return one_text(reader, arg, value, err);
    case ARG_NUMBERS:
    case ARG_NUMBERS_WITH:
        return read_numbers(reader, value, err);
    case ARG_NUMBER:
    case ARG_COUNT:
        return one_number(reader, arg, value, err);
    case ARG_LAYER:
        return one_layer(reader, arg, value, err);
    case ARG_HEAD:
        return one_head(reader, arg, value, err);
    case ARG_HEADS:
        return several_heads(reader, arg, value, MAX_HEADS, err);
    case ARG_ONE_HEAD:
        return several_heads(reader, arg, value, 1, err);
    case ARG_RANGE:
        return one_range(reader, arg, value, err);
    case ARG_SWITCH:
        return one_switch(reader, arg, value, err);
    case ARG_CHOICE:
    case ARG_WORDY:
        return one_choice(reader, arg, value, err);
    case ARG_NAME:
    case ARG_SETTINGS:
        return one_name(reader, arg, value, err);
    }
    return err_set(err, ERR_BUG, "\"%s\" has no way of being read.", arg->name);
}
