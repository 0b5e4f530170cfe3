/* value_place.c - reads layers, heads and ranges. */
#include <stdlib.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/read.h"

enum { MAX_HEADS = 64 };

bool read_is_pick(const struct lexeme *item, const char *allowed, int *pick)
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
bool read_is_range(const struct lexeme *item, long *from, long *to)
{
    if (item->kind != LEX_WORD)
        return false;
    if (read_whole(item->text, from)) {
        *to = *from;
        return true;
    }
    const char *dots = strstr(item->text, "..");
    char first[12] = "";
    if (!dots || (size_t)(dots - item->text) >= sizeof first)
        return false;
    memcpy(first, item->text, (size_t)(dots - item->text));
    return read_whole(first, from) && read_whole(dots + 2, to);
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
    (void)read_is_range(item, &from, &to);
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

bool read_layer(struct reader *reader, const struct arg *arg, struct value *value,
                struct err *err)
{
    bool one = reader->call->command->one_head;
    const char *expected = one ? "one layer's number, or auto"
                               : "a layer's number, a range such as 0..1, all or auto";
    const struct lexeme *item = read_peek(reader);
    long from, to;
    int pick;
    if (!item)
        return read_missing(reader, arg, expected, "0", err);
    if (item->kind == LEX_WORD &&
        read_is_pick(item, one ? "auto" : "auto all", &pick)) {
        value->range = (struct range){pick, pick};
    } else if (!read_is_range(item, &from, &to) || (one && from != to)) {
        return not_a_place(reader, arg, item, expected,
                           read_as_number(item->text ? item->text : ""), err);
    } else if (!check_range(reader, item, value, "Layers", "this model",
                            (long)reader->model->L - 1, err)) {
        return false;
    }
    reader->at++;
    return true;
}

bool read_one_head(struct reader *reader, const struct arg *arg, struct value *value,
                   struct err *err)
{
    bool one = reader->call->command->one_head;
    const char *expected =
        one ? "one head's number, or auto" : "a head's number, mean, max, all or auto";
    const struct lexeme *item = read_peek(reader);
    long number, other;
    if (!item)
        return read_missing(reader, arg, expected, "0", err);
    if (read_is_head(item, &number, &other)) {
        struct head_ref *ref = arena_new(reader->arena, 1, sizeof *ref);
        if (!head_name(reader, item, ref, err))
            return false;
        value->head = (int)ref->head;
        value->heads = ref;
        value->n = 1;
    } else if (item->kind == LEX_WORD && read_whole(item->text, &number)) {
        if (!check_range(reader, item, value, "Heads", "this model",
                         (long)reader->model->H - 1, err))
            return false;
        value->head = (int)number;
    } else if (item->kind != LEX_WORD ||
               !read_is_pick(item, one ? "auto" : "auto mean max all", &value->head)) {
        return not_a_place(reader, arg, item, expected,
                           read_as_number(item->text ? item->text : ""), err);
    }
    reader->at++;
    return true;
}

bool read_heads(struct reader *reader, const struct arg *arg, struct value *value,
                struct err *err)
{
    size_t most = arg->kind == ARG_ONE_HEAD ? 1 : MAX_HEADS;
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
    if (!item) {
        const char *one = arena_print(reader->arena, "L%zu-H0", reader->model->L - 1);
        return read_missing(
            reader, arg, arena_print(reader->arena, "heads such as %s", one), one, err);
    }
    return not_a_place(reader, arg, item, "heads by their numbers", "L0-H0", err);
}

bool read_range(struct reader *reader, const struct arg *arg, struct value *value,
                struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    long from, to;
    if (!item)
        return read_missing(reader, arg, "a range of words such as 0..3", "0", err);
    if (!read_is_range(item, &from, &to))
        return not_a_place(reader, arg, item, "a range of words such as 0..3", "0",
                           err);
    bool cols = strcmp(arg->name, "cols") == 0;
    const struct subject *subject = cols ? reader->cols : reader->subject;
    if (!check_range(reader, item, value, "Words", "this sentence",
                     (long)subject->n_words - 1, err))
        return false;
    reader->at++;
    return true;
}
