/* words.h - finding a word of the sentence as a learner names it: animal, the:2, @7, or
 * in quotes. Depends on lang/state.
 */
#ifndef ATTN_LANG_WORDS_H
#define ATTN_LANG_WORDS_H

#include "attn/lang/lex.h"
#include "attn/lang/state.h"

enum word_result {
    WORD_FOUND,
    WORD_ABSENT,      /* no such word */
    WORD_FEWER,       /* `the:3` where it stands twice: `count` says how often */
    WORD_NO_POSITION, /* `@99` */
};

struct word {
    enum word_result result;
    int position;
    size_t count;     /* how often the word stands in the sentence */
    bool numbered;    /* the n-th was asked for */
    const char *name; /* the word without its number; in the arena or the item's */
};

/* Finds `item` (a LEX_WORD or LEX_TEXT) among the words of `subject`, letter case
 * aside; a word that stands so exactly is found before it is read as `word:n` or `@n`.
 */
struct word word_find(const struct subject *subject, const struct lexeme *item,
                      struct arena *arena);

/* True when the item, as it stands, is a word of the sentence. */
bool word_stands(const struct subject *subject, const struct lexeme *item);

/* The word of the sentence nearest to what was typed; NULL if none is near. */
const char *word_near(const struct subject *subject, const char *typed);

/* The words of the sentence in order, as a text; a long sentence ends in an ellipsis.
 */
const char *word_list(const struct subject *subject, struct arena *arena);

/* The position of a word worth looking at: the first pronoun, else the first word. */
int word_telling(const struct subject *subject);

/* The position of a word to look at from there: the first long one, else any other. */
int word_other(const struct subject *subject, int position);

/* How one types the word at `position` so that it is found: animal, the:2, "cross". */
const char *word_typed(const struct subject *subject, int position,
                       struct arena *arena);

#endif
