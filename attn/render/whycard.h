/* whycard.h - why one word looks at another: a score as named terms that add up, beside
 * those of the runner-up.
 *
 * Depends on render/scene and render/view.
 */
#ifndef ATTN_RENDER_WHYCARD_H
#define ATTN_RENDER_WHYCARD_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"
#include "attn/render/view.h"

struct whycard_term {
    const char *name;    /* "needs something alive × is alive" */
    double value, other; /* what it adds to the score, and to the runner-up's */
};

struct whycard {
    bool big;                         /* for a projector */
    const char *from, *to;            /* words: it, animal */
    const char *other;                /* the runner-up, or NULL */
    const char *head;                 /* "layer 3 head 0 · pronoun→antecedent" */
    const struct whycard_term *terms; /* in the order to be shown; rounded, so that they
                                         add up as shown (whycard_round) */
    size_t n_terms;
    double score, other_score; /* the sums, rounded */
    float weight, other_weight;
};

/* Rounds `n` values to hundredths so that they still add up: their sum is then *total
 * rounded to hundredths, and each lies less than .01 from its value (as long as the
 * values do add up to *total). Writes the rounded total back. */
void whycard_round(double *values, size_t n, double *total);

const struct scene *whycard_draw(const struct whycard *card, struct arena *arena);
const char *whycard_twin(const struct whycard *card, struct arena *arena);
/* The terms, their sum and the weight as a table. */
const struct table *whycard_table(const struct whycard *card, struct arena *arena);

#endif
