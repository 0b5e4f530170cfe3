/* onerow.h - the arithmetic of one row of one head: how a word's query meets every key,
 * and what it takes along. For `qkv` and `steps`.
 * All arrays live in the cell's arena. Depends on lang/fill, model.
 */
#ifndef ATTN_LANG_ONEROW_H
#define ATTN_LANG_ONEROW_H

#include "attn/lang/command.h"
#include "attn/lang/table.h"

struct onerow {
    struct call *call;
    const struct trace *trace;
    const struct axis_token *cols; /* [S] */
    size_t layer, head, row;
    const char *word;       /* as the language names it: the:2 */
    const char *where;      /* " (layer 3 head 0, pronoun→antecedent)"; "" where
                               there is no other head */
    const char *line;       /* what one types after a command: it layer 3 head 0 */
    const double *query;    /* [D], gain in it */
    const double *scores;   /* [S] query·key */
    const double *scaled;   /* [S] scores times score_scale */
    const bool *masked;     /* [S] */
    const double *weights;  /* [S] after softmax */
    const double *output;   /* [D] sum of weight · value */
    const double *W[3];     /* [C,D] by enum projection */
    uint64_t place_numbers; /* numbers of query and key that tell the distance only */
    bool by_hand;           /* the query was set by hand: it is not x·W */
    size_t partner; /* whose key and value stand beside the query: the word itself; in
                       cross-attention the column that it looks at most */
    bool small;     /* few words, short vectors: every number is shown */
};

/* The row of the word named `word`, else of the story's own, in the head with most to
 * say about it or the one asked for. Fails as fill_word() does, and with ERR_UNSUITED
 * for several heads at once. */
MUST_USE bool onerow_open(struct call *call, const struct value *word,
                          struct onerow *row, struct err *err);

/* What a projection is made of: of the row's word the stream that enters the layer; in
 * cross-attention, for keys and values, the partner's of the other model. */
struct onerow_source {
    const double *x; /* [width] */
    size_t width;
    const char *const *names; /* [width], or NULL */
};
struct onerow_source onerow_source(const struct onerow *row, enum projection which);

/* What the keys of those columns are made of, all together: the size of each value of
 * their streams, added up; [width] of the projection of keys. */
const double *onerow_in_keys(const struct onerow *row, const size_t *cols, size_t n);

/* A column's key or value: [D], as doubles. */
const double *onerow_key(const struct onerow *row, size_t col);
const double *onerow_value(const struct onerow *row, size_t col);

/* The columns with most weight, at most `most`, strongest first, the earlier of equals
 * first; a masked one never. Returns how many. */
size_t onerow_top(const struct onerow *row, size_t most, size_t *top);

/* A column's word as a label: "animal", "<s> (resting place)". */
const char *onerow_label(const struct onerow *row, size_t col);

/* What number `d` of q, k or v is about, by the named values that go into it: of the
 * stream `x` where one is given (what made it this time), else by the weights alone.
 * "1st number" where the stream has no names. */
const char *onerow_name(const struct onerow *row, enum projection which,
                        const double *x, size_t d);

/* Query, key and value are told apart by letter, shape and colour. */
struct cell onerow_head(enum projection which, const char *text);
const char *onerow_mark(enum projection which); /* "▲ q" */

/* How the scores are scaled, as a column's name: "÷ √3", "÷ √3 ÷ temperature 0.5". */
const char *onerow_scale(const struct onerow *row);

#endif
