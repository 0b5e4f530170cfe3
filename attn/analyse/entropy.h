/* entropy.h - how widely a row of attention is spread.
 *
 * Pure functions of one row: `n` weights >= 0 that sum to 1. Depends on nothing.
 */
#ifndef ATTN_ANALYSE_ENTROPY_H
#define ATTN_ANALYSE_ENTROPY_H

#include <stddef.h>

/* Shannon entropy in nats, -sum p ln p; 0 ln 0 is 0. */
double entropy_of(const float *weights, size_t n);

/* Entropy over that of an even spread, ln n: 0 one word, 1 all alike. `n` counts the
 * columns a row may look at. 0 where n < 2. */
double entropy_share(const float *weights, size_t n);

/* How many words an even spread of the same entropy would look at: e^entropy. */
double entropy_effective(const float *weights, size_t n);

/* Entropy in nats of the mean of two rows. */
double entropy_mixed(const float *one, const float *other, size_t n);

/* Jensen-Shannon divergence of two rows in nats: 0 alike … ln 2 apart:
 * entropy_mixed less the mean of their entropies. */
double entropy_divergence(const float *one, const float *other, size_t n);

#endif
