/* translate_say.h - from the decoder's last stream to the next French word.
 *
 *   score(form) = 10 · (word to come · code of its lemma)
 *               + 3 · (how its gender and number agree) + 5 · (its person)
 *               + 12 for an infinitive where one is wanted
 * The forms of the dictionary, the words that are copied because the dictionary lacks
 * them, and the end are all scored alike; the best is said. Depends on tensor/trace,
 * model/dictionary, model/french_dims.
 */
#ifndef ATTN_MODEL_TRANSLATE_SAY_H
#define ATTN_MODEL_TRANSLATE_SAY_H

#include "attn/tensor/trace.h"

/* The best next word after the stream `x` [FRENCH_WIDTH], where `english` [n] is the
 * sentence that words may be copied from. NULL: the sentence is at its end. */
const char *translate_next(const float *x, const struct token *english, size_t n);

/* The score of one form of the dictionary. */
double translate_score(const float *x, size_t form);

#endif
