/* syntax.h - which heads draw a grammatical relation: the literature's method.
 *
 * For a word d that depends on a word g, a head is right when d looks at g more than at
 * any other word (special tokens and d itself left out), or, asked the other way round,
 * when of all words g looks at d; the better way counts. That is compared with the best
 * of the answers "always the word k places on", k = -3 … +2. (Clark et al. 2019, "What
 * does BERT look at?", arXiv 1906.04341, section 4.2 and the code released with it.)
 * Words of several tokens: summed over the tokens looked at, mean over those that look.
 * Counts are whole numbers and add exactly. For traces of self-attention. Depends on
 * tensor/trace, base.
 */
#ifndef ATTN_ANALYSE_SYNTAX_H
#define ATTN_ANALYSE_SYNTAX_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/tensor/trace.h"

enum {
    SYNTAX_RELATIONS = 64, /* kinds of relation that are counted, the first ones seen */
    SYNTAX_NAME = 32,      /* bytes of a name, NUL included; longer ones are cut */
    SYNTAX_FIRST_OFFSET = -3,
    SYNTAX_OFFSETS = 6,
    SYNTAX_WAYS = 2, /* the dependent looks at its head; the head at its dependent */
};

/* One relation in one sentence: words by index. */
struct syntax_case {
    const char *relation;
    size_t dependent, head;
};

/* A sentence as its annotation cuts it. */
struct syntax_words {
    size_t n;
    const size_t *of; /* [T] the word that each token of the trace belongs to; SIZE_MAX
                         for none */
    const struct syntax_case *cases;
    size_t n_cases;
};

struct syntax_relation {
    char name[SYNTAX_NAME];
    size_t cases;
    size_t fixed[SYNTAX_OFFSETS]; /* right answers of each fixed place */
    size_t *right;                /* [L*H, SYNTAX_WAYS] */
};

struct syntax {
    size_t L, H;
    struct arena *arena;
    struct syntax_relation relations[SYNTAX_RELATIONS];
    size_t n;
    size_t others;  /* cases of relations beyond the first SYNTAX_RELATIONS */
    size_t unheard; /* cases of words that the model does not see as words */
};

struct syntax syntax_new(size_t L, size_t H, struct arena *arena);

/* Adds the cases of one sentence. ERR_INTERRUPTED when *stop (may be NULL) is set
 * meanwhile. */
MUST_USE bool syntax_add(struct syntax *syntax, const struct trace *trace,
                         const struct syntax_words *words, const atomic_bool *stop,
                         struct err *err);

struct syntax_best {
    size_t head; /* layer*H + head; of several equally good ones the first */
    int way;     /* 0: the dependent looks at its head; 1: the other way round */
    size_t right;
    int offset; /* the best fixed place, -3 … 2 */
    size_t fixed;
};

struct syntax_best syntax_best(const struct syntax *syntax, size_t relation);

#endif
