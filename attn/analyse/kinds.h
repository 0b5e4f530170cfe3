/* kinds.h - what kind of word each token is, read from the model's named dimensions.
 *
 * To call a head syntactic one must know which words are nouns or verbs. A model whose
 * stream has named values says so itself: the stream after the last layer is read,
 * where all of them are decided. A trace without names has no kinds, and what needs
 * them is not testable on it. Depends on tensor/trace, base/arena.
 */
#ifndef ATTN_ANALYSE_KINDS_H
#define ATTN_ANALYSE_KINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/tensor/trace.h"

enum word_kind {
    KIND_NOUN = 1 << 0,
    KIND_VERB = 1 << 1,
    KIND_ADJECTIVE = 1 << 2,
    KIND_DETERMINER = 1 << 3, /* possessives and numbers too */
    KIND_PREPOSITION = 1 << 4,
    KIND_HELPER = 1 << 5, /* did, not, will, the to of a verb */
    KIND_PRONOUN = 1 << 6,
    KIND_CONNECTIVE = 1 << 7, /* because, until, and */
    KIND_RELATIVE = 1 << 8,
    KIND_PUNCTUATION = 1 << 9,
    KIND_SUBJECT = 1 << 10,
    KIND_OBJECT = 1 << 11,
};

enum { KINDS_TOPICS = 24 };

struct kinds {
    bool known; /* the trace has named dimensions */
    const unsigned
        *word; /* [T] enum word_kind, several at once; 0 for special tokens */
    const unsigned *meaning; /* [T] a bit for each thing that it is: person, food … */
    const float *topic;      /* [T, KINDS_TOPICS] unit vectors, or all 0 */
};

/* In `arena`; all zero and not known where dimensions have no names. */
struct kinds kinds_of(const struct trace *trace, struct arena *arena);

/* "nouns or pronouns" for a set of kinds. In `arena`. */
const char *kinds_say(unsigned bits, struct arena *arena);

/* How alike two words' topics are: -1 … 1; 0 where one has none. */
double kinds_likeness(const struct kinds *kinds, size_t a, size_t b);

#endif
