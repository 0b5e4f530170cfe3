/* steps.h - what the files of `steps` share: one row of one head, and which of its five
 * steps is left empty for an exercise. Internal to cmd_steps. Depends on lang/onerow.
 */
#ifndef ATTN_LANG_STEPS_H
#define ATTN_LANG_STEPS_H

#include "attn/lang/onerow.h"
#include "attn/lang/table.h"

enum step { STEP_NONE, STEP_QUERY, STEP_MATCH, STEP_SOFTMAX, STEP_BLEND, STEP_OUTPUT };

struct steps {
    struct onerow row;
    enum step blank;
    const size_t *top; /* [n_top] the columns shown one by one */
    size_t n_top;
    size_t others;      /* columns that are summed up in one line */
    const double *exps; /* [S] e to the scaled scores, 0 where masked */
    double sum;         /* of all of them */
    bool relative;      /* they are relative to the largest */
    int places;         /* decimals of weights, products and output */
    bool exact;         /* as printed, everything adds up */
    struct pile pile;
};

/* "?" where the number is the exercise, else `text`. */
const char *steps_shown(const struct steps *steps, enum step of, const char *text);

/* The third step is the same for all sizes: scores become shares. */
void steps_softmax(struct steps *steps);

/* Few words, short vectors: every number is spelled out. */
void steps_small(struct steps *steps);
/* Long vectors: the largest numbers by their names, the rest summed up. */
void steps_large(struct steps *steps);

/* Scores and weights of the words shown, but for what is the exercise. */
const struct scene *steps_picture(const struct steps *steps);

#endif
