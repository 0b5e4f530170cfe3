/* lexicon_read.h - which row of the table a typed word stands for: itself, a name, a
 * misspelt word, or the kind of stranger that its ending tells.
 * Depends on base/utf8, model/lexicon_spell, model/lexicon_table.
 */
#ifndef ATTN_MODEL_LEXICON_READ_H
#define ATTN_MODEL_LEXICON_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/model/lexicon_table.h"

/* A word as it is looked up: lower case, straight apostrophes. */
struct lexicon_form {
    char text[LEXICON_LONGEST + 1]; /* of a longer word its last bytes */
    size_t length;
    bool longer; /* so it is in no table */
    bool ascii;
    bool letters; /* has a letter or a digit */
    bool digits;  /* begins with a digit */
    bool capital; /* its first character is a capital */
    bool upper;   /* has capitals and no small letter */
};

/* What the sentence around a word says about its spelling. */
struct lexicon_place {
    bool first;   /* begins a sentence: its capital is no evidence of a name */
    bool shouted; /* THE WHOLE SENTENCE IS IN CAPITALS: none is */
    bool foreign; /* most words are strangers: nothing is guessed of them */
};

/* `word` as typed, valid UTF-8. */
struct lexicon_form lexicon_read_form(const char *word, size_t length);

/* Index in the table, of a word or of a `*` key. */
size_t lexicon_read(const struct lexicon_form *form, struct lexicon_place place);

#endif
