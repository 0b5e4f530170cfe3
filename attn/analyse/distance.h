/* distance.h - how far a head looks, in words.
 *
 * Special tokens are no words: what lies on them has no distance and is left out, and
 * so are rows that rest. Pure functions of a trace of self-attention. Depends on
 * tensor/trace and analyse/rest.
 */
#ifndef ATTN_ANALYSE_DISTANCE_H
#define ATTN_ANALYSE_DISTANCE_H

#include <stddef.h>

#include "attn/tensor/trace.h"

enum { DISTANCE_BINS = 11, DISTANCE_FAR = (DISTANCE_BINS - 1) / 2 };

struct distance {
    double mean; /* sum A |i - j| / sum A over the rows that do not rest; 0 for none */
    double signed_mean; /* sum A (j - i) / sum A: below 0 it looks back */
    double
        bins[DISTANCE_BINS]; /* share of that weight at j - i = -5 … 5; the outermost
                                hold all that is farther; sums to 1 unless rows = 0 */
    size_t rows;             /* rows counted */
};

struct distance distance_of(const struct trace *trace, size_t layer, size_t head);

#endif
