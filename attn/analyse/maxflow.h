/* maxflow.h - attention flow: how much can run from a word down to each input word when
 * layers are pipes and weights their widths.
 *
 * A node for each token above each layer and below the lowest; an edge from token i
 * above layer l to token j below it, as wide as Â_l[i,j] of rollout.h. Then
 *
 *     f(i,j) = the largest flow from i above `layer` to j below layer 0.
 *
 * (Abnar and Zuidema 2020, arXiv 2005.00928, section 3, attention flow. Algorithm:
 * Dinic 1970, with sets of nodes as bits; widths are whole multiples of 2^-30, so that
 * sums are exact.) Under a causal mask it favours early tokens. Pure function of a
 * trace of self-attention. Depends on analyse/rollout, tensor/trace, base.
 */
#ifndef ATTN_ANALYSE_MAXFLOW_H
#define ATTN_ANALYSE_MAXFLOW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/err.h"
#include "attn/tensor/trace.h"

enum {
    MAXFLOW_TOKENS = 64, /* most, special ones included: a flow for each pair */
    MAXFLOW_LAYERS = 64,
};

/* Writes f to flows [T,T], `layer` < L: 0 … 1, rows do not sum to 1. ERR_TOO_LARGE past
 * the limits, ERR_UNSUITED for cross-attention, ERR_INTERRUPTED when *stop (may be
 * NULL) is set meanwhile. */
MUST_USE bool maxflow_upto(const struct trace *trace, size_t layer,
                           const atomic_bool *stop, float *flows, struct err *err);

#endif
