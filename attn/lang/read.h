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
    const struct subject *subject;  /* whose words are rows */
    const struct subject *cols;     /* whose words are columns */
    const struct model_info *model; /* of the attention that the line shows */
    size_t side; /* index of the item that says which attention; SIZE_MAX: none */
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

/* ---- of each kind: what read_value() calls, and how it tells what may follow */

MUST_USE bool read_layer(struct reader *reader, const struct arg *arg,
                         struct value *value, struct err *err);
MUST_USE bool read_one_head(struct reader *reader, const struct arg *arg,
                            struct value *value, struct err *err);
MUST_USE bool read_heads(struct reader *reader, const struct arg *arg,
                         struct value *value, struct err *err);
MUST_USE bool read_range(struct reader *reader, const struct arg *arg,
                         struct value *value, struct err *err);

MUST_USE bool read_side(struct reader *reader, const struct arg *arg,
                        struct value *value, struct err *err);

MUST_USE bool read_query(struct reader *reader, const struct arg *arg,
                         struct value *value, struct err *err);

/* The settings of `set`, applied to call->settings as they are read. */
MUST_USE bool read_pairs(struct reader *reader, struct value *value, struct err *err);

/* True when the item is one of the words of `allowed` ("auto mean max all"). */
bool read_is_pick(const struct lexeme *item, const char *allowed, int *pick);
/* True when it is "2" or "0..3"; no bounds are checked. */
bool read_is_range(const struct lexeme *item, long *from, long *to);
/* True when the text is a whole number, also a negative one, of at most 8 digits. */
bool read_whole(const char *text, long *number);

/* What to write instead of a word where a number must stand: "2" for "two". */
const char *read_as_number(const char *word);

/* The line ends where arg's value should stand. Returns false. */
bool read_missing(struct reader *reader, const struct arg *arg, const char *expected,
                  const char *example, struct err *err);

#endif
