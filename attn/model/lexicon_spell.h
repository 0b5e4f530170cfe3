/* lexicon_spell.h - what a misspelt word was meant to be. Depends on
 * model/lexicon_table.
 */
#ifndef ATTN_MODEL_LEXICON_SPELL_H
#define ATTN_MODEL_LEXICON_SPELL_H

#include <stddef.h>

/* Index in the table of the most common word that `word` (small letters a-z, not in the
 * table) becomes when two neighbours are swapped, or a letter is left out or put in; a
 * letter drawn out (sooo) is shortened. SIZE_MAX where nothing common is near. No
 * letter is ever replaced by another, so that invented words stay invented. */
size_t lexicon_spell(const char *word, size_t length);

#endif
