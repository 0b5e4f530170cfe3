/* rest.h - which rows of a head say something, and which rest on a special token.
 *
 * A head with nothing to say about a word parks its attention on a special token (the
 * attention sink). A row that gives a special token more than any word rests; a typed
 * word whose row does not rest is a customer of the head. In a text without special
 * tokens every word is a customer. Depends on tensor/trace.
 */
#ifndef ATTN_ANALYSE_REST_H
#define ATTN_ANALYSE_REST_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/tensor/trace.h"

/* The share of a row [S] that lies on special tokens. */
double rest_share(const struct trace *trace, const float *weights);

/* Is word `row` a customer of the head that wrote this row [S]? */
bool rest_is_customer(const struct trace *trace, const float *weights, size_t row);

/* The columns that a row may look at: all, or those up to itself under a causal mask.
 */
size_t rest_allowed(const struct trace *trace, size_t row);

#endif
