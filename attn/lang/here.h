/* here.h - the numbers of the sentence at hand, for the slots of a topic's lines.
 * Internal to attn/lang. Depends on lang/fill.
 */
#ifndef ATTN_LANG_HERE_H
#define ATTN_LANG_HERE_H

#include "attn/lang/fill.h"

/* A row as `look` shows it. */
struct here {
    struct call *call;
    const struct model_info *info;
    bool has_row; /* a word looks at another, by weights of one head */
    struct fill fill;
    size_t row, best, second; /* second: SIZE_MAX for none */
    const float *weights;     /* of the row, as drawn */
};

/* The row of `word` (NULL: the one that a bare `look` shows). A run that fails,
 * settings that draw something else than one head's weights, and rows that only rest
 * leave it without one. */
struct here here_look(struct call *call, const struct value *word);

/* What the slot {name} holds (topics.txt lists them); NULL where there is nothing.
 * `context` is a struct here: a struct slots' function. */
const char *here_slot(void *context, const char *name, size_t length);

#endif
