/* dictionary_data.h - the generated tables of English words and French forms.
 * Between dictionary_data.c and dictionary.c only.
 */
#ifndef ATTN_MODEL_DICTIONARY_DATA_H
#define ATTN_MODEL_DICTIONARY_DATA_H

#include "attn/model/dictionary.h"

extern const size_t dictionary_lemmas;
extern const struct dictionary_entry dictionary_english[]; /* by text, bytewise */
extern const size_t dictionary_english_n;
extern const struct dictionary_form dictionary_french[]; /* by text, bytewise */
extern const size_t dictionary_french_n;

/* Two words and what they become. */
struct dictionary_joint {
    const char *before, *after, *becomes;
};
extern const struct dictionary_joint dictionary_before_vowel[], dictionary_contracted[];
extern const size_t dictionary_before_vowel_n, dictionary_contracted_n;

#endif
