/* rollout.h - attention through several layers at once: where what a word holds after a
 * layer can have come from.
 *
 *     Â_l = ½ · mean over the heads of A_l + ½ · I        (I: what a word keeps)
 *     R_l = Â_l · R_(l-1),  R_0 = Â_0                     (layers from 0)
 *
 * (Abnar and Zuidema 2020, "Quantifying attention flow in transformers", arXiv
 * 2005.00928, section 3, attention rollout.) Under a causal mask it favours early
 * tokens: all paths end there. Pure functions of a trace of self-attention. Depends on
 * tensor/{trace,ops}, base.
 */
#ifndef ATTN_ANALYSE_ROLLOUT_H
#define ATTN_ANALYSE_ROLLOUT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/err.h"
#include "attn/tensor/trace.h"

/* Writes Â of one layer to mixed [T,T]; rows sum to 1. */
void rollout_layer(const struct trace *trace, size_t layer, float *mixed);

/* Writes R of `layer` < L to made [T,T]; rows sum to 1. ERR_UNSUITED for
 * cross-attention, ERR_INTERRUPTED when *stop (may be NULL) is set meanwhile. */
MUST_USE bool rollout_upto(const struct trace *trace, size_t layer,
                           const atomic_bool *stop, float *made, struct err *err);

/* True when the trace's layers can be chained; else ERR_UNSUITED. */
MUST_USE bool rollout_suits(const struct trace *trace, struct err *err);

#endif
