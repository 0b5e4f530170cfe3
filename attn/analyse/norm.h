/* norm.h - how much attention moves: each weight times the length of what it brings.
 *
 *     | A[i,j] · v[j] · W_O |  =  A[i,j] · value_norm[j]
 *
 * (Kobayashi et al. 2020, "Attention is not only a weight", arXiv 2004.10102.) A token
 * with much weight but a value near 0, as resting places have, brings nothing. Pure
 * functions of a trace. Depends on tensor/trace.
 */
#ifndef ATTN_ANALYSE_NORM_H
#define ATTN_ANALYSE_NORM_H

#include <stddef.h>

#include "attn/tensor/trace.h"

/* Writes the lengths that one head brings to `row` to lengths [S]; >= 0, in units of
 * the residual stream. They do not sum to 1. */
void norm_row(const struct trace *trace, size_t layer, size_t head, size_t row,
              float *lengths);

/* Their sum over the columns that are words: special tokens are left out. */
double norm_from_words(const struct trace *trace, size_t layer, size_t head,
                       size_t row);

/* The head (layer*H + head) that brings most to `row` from words; the earlier of
 * equals, 0 where none brings anything. */
size_t norm_head_for(const struct trace *trace, size_t row);

#endif
