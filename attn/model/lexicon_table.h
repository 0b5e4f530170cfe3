/* lexicon_table.h - finds words in the generated table, and reads what stands there.
 * Depends on model/lexicon, model/lexicon_data.
 */
#ifndef ATTN_MODEL_LEXICON_TABLE_H
#define ATTN_MODEL_LEXICON_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/model/lexicon.h"

enum { LEXICON_LONGEST = 40 }; /* bytes; no word of the table is longer */

/* What a word of the table is. */
enum lexicon_kind {
    LEXICON_GENDER = 3, /* a first name: 1 a man's, 2 a woman's, 3 either's */
    LEXICON_SURNAME = 4,
    LEXICON_LOWER = 8,   /* a first name in lower case too */
    LEXICON_FIRST = 16,  /* a first name even where a sentence begins */
    LEXICON_CLOSED = 32, /* grammar: the, he, because */
    LEXICON_ENTRY = 64,  /* its values are its own, not those of a stranger */
};

/* Index of a word in lower case with straight apostrophes, or SIZE_MAX. */
size_t lexicon_table_find(const char *word, size_t length);

/* 0 for SIZE_MAX. */
unsigned lexicon_table_kind(size_t at);

/* How common a word is; 0 where nothing may be repaired to it. */
float lexicon_table_weight(size_t at);

/* False means: it is not in the table, or nothing may be repaired to it. */
bool lexicon_table_sieve(const char *word, size_t length);

/* Whether a word that is not in the table is English all the same, so that it is no
 * slip of the pen. Wrongly true for 3 strangers in 1000. */
bool lexicon_table_is_english(const char *word, size_t length);

/* Adds the word's values and topic to `out`, which is zeroed. */
void lexicon_table_describe(size_t at, struct lexicon_word *out);

/* The value of one dim; 0 where the word has none. */
float lexicon_table_value(size_t at, unsigned dim);

#endif
