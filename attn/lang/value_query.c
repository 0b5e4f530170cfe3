/* value_query.c - reads `query WORD n n …`: a query set by hand. */
#include "attn/lang/commands.h"
#include "attn/lang/read.h"

static bool no_query_here(const struct reader *reader, struct err *err)
{
    err_set(err, ERR_UNSUITED,
            "A query can be set by hand in the toy only; in %s each follows from its "
            "word.",
            reader->model->name);
    return err_try(err, "Try:", "model toy");
}

/* As many numbers as fit; more are more than any query has. */
static bool read_query_numbers(struct reader *reader, struct value *value,
                               struct err *err)
{
    double *numbers = arena_new(reader->arena, HAND_QUERY_MOST, sizeof *numbers);
    const struct lexeme *item;
    double number;
    while ((item = read_peek(reader)) && read_is_number(item, &number)) {
        if (value->n == HAND_QUERY_MOST)
            return read_fail(reader, item, ERR_TOO_LARGE, err,
                             "A query here has at most %d numbers.", HAND_QUERY_MOST);
        numbers[value->n++] = number;
        reader->at++;
    }
    value->numbers = numbers;
    return value->n > 0 || read_fail(reader, item, ERR_NOT_A_NUMBER, err,
                                     "After the word I need the numbers of its query.");
}

bool read_query(struct reader *reader, const struct arg *arg, struct value *value,
                struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    (void)arg;
    if (!reader->model->takes_query)
        return no_query_here(reader, err);
    if (item && item->kind == LEX_WORD && same_word(item->text, item->length, "none") &&
        !word_stands(reader->subject, item)) {
        value->position = -1;
        reader->at++;
        return true;
    }
    if (read_word(reader, value, err) && read_query_numbers(reader, value, err))
        return true;
    const char *word = word_typed(reader->subject, 0, reader->arena);
    return err_try(err, "Try:", "set query %s 3 0 0%s", word,
                   reader->subject->n_words == 3 ? " 0" : "");
}
