/* changed.h - what became of a run when something was changed: two traces of the same
 * sentence by the same model, head by head and word by word.
 *
 * Pure functions. Depends on tensor/trace.
 */
#ifndef ATTN_ANALYSE_CHANGED_H
#define ATTN_ANALYSE_CHANGED_H

#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/tensor/trace.h"

/* One head. How much of a row moved: half the sum of its weights' differences, 0 … 1.
 */
struct changed_head {
    size_t head;          /* layer*H + head */
    float change;         /* of the row of a typed word that moved most */
    size_t row;           /* that row */
    size_t before, after; /* the columns that it weighed and weighs most */
};

/* A row of a head that now weighs another column most. */
struct changed_flip {
    size_t head, row, before, after;
    float was, is; /* weights of `before` then and of `after` now */
    float change;  /* how much of the row moved */
};

struct changed {
    const struct changed_head *heads; /* most changed first; those under CHANGED_LEAST
                                         are left out */
    size_t n_heads;
    const struct changed_flip *flips; /* later layers first, there the most moved first;
                                         special tokens do not flip */
    size_t n_flips;
};

#define CHANGED_LEAST .01f

/* `before` and `after` have the same sizes. Heads with `skip` [L*H] set are left out;
 * NULL: none. */
struct changed changed_find(const struct trace *before, const struct trace *after,
                            const unsigned char *skip, struct arena *arena);

#endif
