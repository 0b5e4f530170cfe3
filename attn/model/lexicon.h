/* lexicon.h - what the teaching model knows of English words: for each word of a
 * sentence the named values that its row of the embedding holds.
 *
 * The words stand in static tables that gen/lexicon.py makes from WordNet, SCOWL and
 * lists of names (see NOTICES); a word that is in none of them is judged by its form,
 * so any sentence gets values. Pure functions, no state: any number of threads. Depends
 * on model/glass_dims, tensor/trace.
 */
#ifndef ATTN_MODEL_LEXICON_H
#define ATTN_MODEL_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/tensor/trace.h"

enum {
    LEXICON_FEATURES = 48, /* most named values of one word */
    LEXICON_TOPICS = 24,   /* length of a topic vector */
    LEXICON_SIGNS = 20,    /* length of a word's identity */
};

/* One named value: an enum of glass_dims.h, and how much of it. */
struct lexicon_feature {
    uint16_t dim;
    float value;
};

/* A word's part of the embedding. Position, WORD, BOS and ONE are the model's own. */
struct lexicon_word {
    size_t n_features;
    struct lexicon_feature features[LEXICON_FEATURES]; /* each dim once, value not 0 */
    bool has_topic;                /* false: all zero (function words, strangers) */
    float topic[LEXICON_TOPICS];   /* unit length: words of one subject are alike */
    float identity[LEXICON_SIGNS]; /* ±1/sqrt(20): the same word has product 1 */
};

/* Describes all `n` tokens of a sentence, words[i] for tokens[i]. Special tokens get an
 * all-zero description. Whole sentences, since a capital means a name only where not
 * every word has one, and grammar is held back where most words are unknown. */
void lexicon_describe(const struct token *tokens, size_t n, struct lexicon_word *words);

/* What is known of one word by itself: flags (enum token_flags, never TOKEN_SPECIAL)
 * and id. `word` as typed, valid UTF-8. The id of a word of the lexicon is its index
 * there, that of any other word a hash of its lower-case form, never below
 * LEXICON_UNKNOWN. */
struct lexicon_entry {
    unsigned flags;
    int64_t id;
};
struct lexicon_entry lexicon_find(const char *word, size_t length);

enum {
    LEXICON_BEGIN_ID = 0,
    LEXICON_UNKNOWN = 1 << 20
}; /* <s>; first id of strangers */

/* Hash of the lower-case form with straight apostrophes: FNV-1a (64 bit) over its
 * UTF-8, mixed by the finaliser of MurmurHash3. Bit i gives the sign of identity[i]. */
uint64_t lexicon_hash(const char *word, size_t length);

#endif
