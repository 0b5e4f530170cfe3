/* whycard.h - why one word looks at another: a score as named terms that add up, beside
 * those of the runner-up, and what softmax makes of the two.
 *
 * Depends on render/scene.
 */
#ifndef ATTN_RENDER_WHYCARD_H
#define ATTN_RENDER_WHYCARD_H

#include "attn/base/arena.h"
#include "attn/render/scene.h"

struct whycard_term {
    const char *query, *key; /* "needs something alive" × "is alive" */
    double value;            /* what it adds to the score */
    double other;            /* what it adds to the runner-up's; 0 when it does not */
};

struct whycard {
    bool big; /* for a projector */
    const char *from, *to;   /* words: it, animal */
    const char *other;       /* the runner-up, or NULL */
    const struct whycard_term *terms; /* in the order to be shown */
    size_t n_terms;
    size_t smaller;          /* how many smaller terms the last entry stands for; 0: none */
    double score, other_score;
    float weight, other_weight;
};

/* Rounds `n` values to hundredths so that they still add up to the rounded sum: each
 * lies less than .01 from its value. */
void whycard_round(const double *values, size_t n, double *rounded);

const struct scene *whycard_draw(const struct whycard *card, struct arena *arena);
const char *whycard_twin(const struct whycard *card, struct arena *arena);

#endif
