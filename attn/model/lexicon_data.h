/* lexicon_data.h - the generated tables of lexicon_data.c; for lexicon_table.c alone.
 *
 * Words are sorted by their bytes; arrays that go by word have one element for each.
 * Words stand in blocks of 16, each as: how many bytes it shares with the word before
 * it (0 for a block's first), then the rest, the last byte with bit 7 set. Keys that
 * begin with `*` are no words but kinds of token ("*number") and endings ("*-ly").
 * Depends on nothing.
 */
#ifndef ATTN_MODEL_LEXICON_DATA_H
#define ATTN_MODEL_LEXICON_DATA_H

#include <stddef.h>
#include <stdint.h>

#include "attn/model/glass_dims.h"

enum {
    LEXICON_BLOCK = 16,
    LEXICON_SIEVE_BITS = 17,
    LEXICON_ENGLISH_BITS = 18,
    LEXICON_VALUE_SCALE = 20
};

extern const size_t lexicon_words, lexicon_blocks;
extern const size_t lexicon_bytes;         /* of all arrays below together */
extern const uint8_t lexicon_text[];       /* the blocks, one after another */
extern const uint32_t lexicon_block_at[];  /* [blocks] where each begins */
extern const uint16_t lexicon_record[];    /* [words] what is known of the word */
extern const uint16_t lexicon_topic[];     /* [words] 0: none; i: topic vector i - 1 */
extern const uint8_t lexicon_kind[];       /* [words] enum lexicon_kind */
extern const uint8_t lexicon_weight[];     /* [words] 16 log2(1 + how common) */
extern const uint32_t lexicon_record_at[]; /* [records + 1] first value of each */
extern const int8_t lexicon_values[];   /* pairs: index in dims, value in twentieths */
extern const uint16_t lexicon_dims[];   /* enum of glass_dims.h */
extern const uint8_t lexicon_topics[];  /* [topics, 12] two signed halves a byte */
extern const uint8_t lexicon_english[]; /* Bloom filter of English words not above */
extern const uint8_t lexicon_sieve[];   /* Bloom filter of words worth repairing to */

#endif
