/* translate_words.h - how the model translate reads words: English and French text cut
 * into tokens, and each token's row of the embedding.
 *
 * English: as wordlevel.h cuts, and n't stands by itself (does n't). French: l' j' n'
 * stand by themselves, au is à le, and parce que is one word. Depends on
 * model/wordlevel, model/dictionary, model/english_dims, model/french_dims.
 */
#ifndef ATTN_MODEL_TRANSLATE_WORDS_H
#define ATTN_MODEL_TRANSLATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/tensor/trace.h"

enum { TRANSLATE_MOST_WORDS = 64 }; /* of a sentence; each French word is a run */

/* Tokens of valid UTF-8 in `arena`, <s> first. Return how many words there are, which
 * may be more than TRANSLATE_MOST_WORDS; then only so many are cut. */
size_t translate_cut_english(const char *text, size_t length, struct arena *arena,
                             const struct token **tokens);
size_t translate_cut_french(const char *text, size_t length, struct arena *arena,
                            const struct token **tokens);

/* A French token of that text (borrowed): id, flags. */
struct token translate_token(const char *text, int position);

/* The n tokens (the first is <s>) as one writes them: l'homme, du chat; in `arena`. */
const char *translate_write(const struct token *tokens, size_t n, struct arena *arena);

/* Input rows [n, C] of the encoder and the decoder, zeroed before. */
void translate_fill_english(const struct token *tokens, size_t n, bool no_position,
                            float *x);
void translate_fill_french(const struct token *tokens, size_t n, bool no_position,
                           float *x);

/* What stands for an English word in the tables of codes. */
size_t translate_lemma(const struct token *english);

#endif
