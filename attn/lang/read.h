/* read.h - what args.c and value.c share: reading one line's items in order.
 * Internal to attn/lang. Depends on lang/args, lang/words.
 */
#ifndef ATTN_LANG_READ_H
#define ATTN_LANG_READ_H

#include "attn/lang/args.h"
#include "attn/lang/words.h"

struct reader {
    struct call *call;
    const struct line *line;
    const struct subject *subject;
    const struct model_info *model;
    struct arena *arena;
    size_t at; /* index of the item that is read next */
};

/* The next item, or NULL at the end of the line. */
const struct lexeme *read_peek(const struct reader *reader);

/* Sets an error at `item` (NULL: at the end of the line). Returns false. */
bool read_fail(const struct reader *reader, const struct lexeme *item,
               enum err_code code, struct err *err, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Adds the hint: the line with `item` replaced (NULL: `instead` added at its end). */
bool read_try(const struct reader *reader, const struct lexeme *item,
              const char *instead, struct err *err);

/* Reads the value of an arg whose name, if it has one, stands before reader->at, into
 * *value, and moves past it. */
MUST_USE bool read_value(struct reader *reader, const struct arg *arg,
                         struct value *value, struct err *err);

/* True when the next item could be a value of `arg`, which takes one. */
bool read_follows(const struct reader *reader, const struct arg *arg);

/* A word of the sentence; notes when it is the first of several. */
MUST_USE bool read_word(struct reader *reader, struct value *value, struct err *err);

/* True when the item is L3-H0, L3H0, l3-h0; then where. No bounds are checked. */
bool read_is_head(const struct lexeme *item, long *layer, long *head);

/* Numbers as long as there are any; at least one. */
MUST_USE bool read_numbers(struct reader *reader, struct value *value, struct err *err);
bool read_is_number(const struct lexeme *item, double *number);

#endif
