/* decoder.h - the decoder's input: one row of the stream for each token.
 *
 * A word of the rules' own vocabulary has the values that the rules give it. Any other
 * word has those that the lexicon knows or guesses, turned into the decoder's, and is
 * marked as not in the vocabulary: it can be repeated, never invented. Depends on
 * model/glass, model/decoder_dims, model/lexicon, model/embedding.
 */
#ifndef ATTN_MODEL_DECODER_H
#define ATTN_MODEL_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/model/glass.h"

/* Fills `x` [n, C], zeroed before, for `n` tokens of which the first is <s>.
 * `no_position` leaves the places out. */
void decoder_fill(const struct glass *glass, const struct token *tokens, size_t n,
                  bool no_position, float *x);

#endif
