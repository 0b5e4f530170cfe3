/* dictionary.h - English words and the French forms that stand for them.
 *
 * The words stand in french.dictionary, from which gen/dictionary.py makes the tables.
 * A lemma is a French word with all its forms; its code is a word of the extended Golay
 * code, so that two lemmas agree in at most 16 of 24 signs: what looks for one of them
 * finds it and no other. Pure functions of constant tables. Depends on base/utf8.
 */
#ifndef ATTN_MODEL_DICTIONARY_H
#define ATTN_MODEL_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/arena.h"

enum {
    DICTIONARY_SIGNS = 24,
    DICTIONARY_CODES = 4096,   /* lemmas and strangers */
    DICTIONARY_STRANGER = 1024 /* codes of strangers are from here on */
};

/* What an English word can be: bits of dictionary_entry.marks. gen/dictionary.py writes
 * them in this order. */
enum dictionary_mark {
    MARK_NOUN,
    MARK_VERB,
    MARK_ADJECTIVE,
    MARK_DETERMINER,
    MARK_PREPOSITION,
    MARK_PRONOUN,
    MARK_OBJECT, /* a pronoun that stands before its verb in French */
    MARK_NOT,
    MARK_BE,
    MARK_DO,
    MARK_MODAL,
    MARK_TO,
    MARK_AND,
    MARK_CLAUSE,
    MARK_RELATIVE,
    MARK_DEGREE,
    MARK_ADVERB,
    MARK_PUNCTUATION,
    MARK_AFTER,    /* an adjective that follows its noun in French */
    MARK_FEMININE, /* in French */
    MARK_PLURAL,
    MARK_ING,
    MARK_HE,   /* verb form of he, she, it */
    MARK_THEY, /* of they, and of all but he */
    MARK_LIKES,
    MARK_BARE, /* no article stands after it */
    MARK_PERSON1,
    MARK_PERSON2,
    MARK_PERSON3,
    MARK_PERSON4,
    MARK_PERSON6,
    MARKS
};

struct dictionary_entry {
    const char *text; /* lower case */
    int16_t first;    /* its lemma: noun, adjective, or what it is else */
    int16_t second;   /* that of its other reading (verb, object, who), or -1 */
    uint32_t marks;   /* of both readings */
};

enum { AGREES_MS = 1, AGREES_FS = 2, AGREES_MP = 4, AGREES_FP = 8 };

struct dictionary_form {
    const char *text;
    uint16_t lemma;
    uint8_t agreement; /* AGREES_ bits; 0: with nothing */
    uint8_t persons;   /* bit 0 je … bit 5 ils */
    bool infinitive;
    bool vowel;  /* begins with a vowel, or an h that is not heard */
    bool joined; /* stands only before a vowel: l', mon for ma */
    bool noun;
};

/* Lemmas that rules speak of: the articles le and du (de la), ne, de. */
extern const size_t dictionary_le, dictionary_du, dictionary_ne, dictionary_de;

/* Letter case and the form of apostrophes aside. NULL for a stranger. */
const struct dictionary_entry *dictionary_find(const char *word, size_t length);

/* How many English forms, French lemmas and French forms there are. */
size_t dictionary_size(void);
size_t dictionary_lemma_count(void);
size_t dictionary_forms(void);
const struct dictionary_form *dictionary_form_at(size_t i);

/* The forms with that text (letter case aside): the first one's index, and how many
 * there are from there on; 0 for a word that is no form. */
size_t dictionary_form_find(const char *word, size_t length, size_t *first);

/* The code of a lemma, or of a stranger: each sign ±1/sqrt(24). */
void dictionary_code(size_t lemma, float signs[DICTIONARY_SIGNS]);

/* What stands for a word that is in no table. */
size_t dictionary_stranger(const char *word, size_t length);

/* What `text` becomes before a word that begins with a vowel; NULL: nothing else. */
const char *dictionary_before(const char *text);
/* True for a French word, or one that was copied, that begins with a vowel sound. */
bool dictionary_vowel(const char *text, size_t length);
/* What two words become together (de le: du); NULL: they stay. */
const char *dictionary_contract(const char *text, const char *after);

#endif
