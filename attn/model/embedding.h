/* embedding.h - the teaching model's input: one row of the stream for each token.
 *
 * A row is what lexicon_describe() says of the word (its named values, topic and
 * identity, lexicon.h) plus what is the model's own: the place (waves and plain
 * number), DIM_WORD and DIM_ONE; <s> has DIM_BOS and DIM_ONE only. The lexicon may
 * write any dimension of glass_dims.h but these five kinds; the first layer copies
 * neighbours' values from DIM_N .. DIM_PUN, DIM_TOO, DIM_DEG, DIM_BE, DIM_MOD,
 * DIM_HAVE, DIM_vBASE, DIM_tM, DIM_tF and DIM_PLN. Depends on model/glass_dims,
 * model/lexicon.
 */
#ifndef ATTN_MODEL_EMBEDDING_H
#define ATTN_MODEL_EMBEDDING_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/tensor/trace.h"

enum {
    EMBEDDING_PLACE = 64
}; /* the plain place is counted in units of so many tokens */

/* Writes the places of a sentence's tokens, the first (<s>) being 0 and without a
 * place: values FRAME_sin0 … FRAME_p2 of `row` for the token at index `at`. */
void embedding_place(size_t at, float *row);

/* Fills `x` [n, GLASS_WIDTH], zeroed before, for `n` tokens of which the first is <s>.
 * `no_position` leaves the places out. */
void embedding_fill(const struct token *tokens, size_t n, bool no_position, float *x);

/* The same in rows of L144_WIDTH, which begin alike; what lies beyond stays 0. */
void embedding_fill_144(const struct token *tokens, size_t n, bool no_position,
                        float *x);

#endif
