/* pattern.h - what a head does on one sentence, with evidence and chance level.
 *
 * For each pattern a test says which columns M_i a row i should look at. With K_i the
 * columns that it may look at, over the rows that the test is about:
 *
 *     score  s = mean of  sum over j in M_i of A[i,j]
 *     chance c = mean of  |M_i| / |K_i|        what an even spread would give
 *     lift     = (s - c) / (1 - c)             1 perfect, 0 chance, below 0 avoids
 *
 * (Adjusted for chance as Cohen's kappa is. Short sentences need it: an even causal
 * head of 9 words gives its first one .31.) A label is the test with the highest lift
 * >= .4, strong from .6, else "mixed". Broad is scored by entropy over that of an even
 * spread, with chance 0, and needs .7. Rows that rest on a special token say nothing
 * and are left out (rest.h), so that a head with few customers is judged by them; how
 * many there were is part of the evidence. Pure functions of a trace. Depends on
 * tensor/trace, analyse/{rest,kinds,purpose,entropy,distance}.
 */
#ifndef ATTN_ANALYSE_PATTERN_H
#define ATTN_ANALYSE_PATTERN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/analyse/distance.h"
#include "attn/analyse/kinds.h"
#include "attn/analyse/purpose.h"
#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/tensor/trace.h"

enum { PATTERN_MIXED = TESTS }; /* a label where no test reaches .4 */

struct evidence {
    double score, chance, lift;
    size_t rows; /* rows tested; 0: not testable here, and the numbers are 0 */
};

struct pattern {
    const struct purpose
        *built;             /* what it was built for, or NULL where that is unknown */
    enum category category; /* what it was built for, else what the evidence says */
    enum reach reach;
    int label;   /* enum test, or PATTERN_MIXED */
    bool shown;  /* the label's lift is >= .4 (broad: .7) on this sentence */
    bool strong; /* >= .6 (broad: .85) */
    struct evidence evidence;             /* of the label; for MIXED of the best test */
    int best;                             /* the test that `evidence` is of */
    struct evidence tests[TEST_SEARCHED]; /* every test that needs no kinds */
    size_t words, customers; /* typed words; of them rows that do not rest */
    double resting;          /* mean share on special tokens, over all typed words */
    double entropy;          /* mean share of an even spread's, over the customers */
    double effective;        /* mean e^entropy over the customers: words looked at */
    double confidence;       /* mean largest weight over the customers */
    struct distance distance;
};

struct question {
    enum test test;
    const struct kinds *kinds;     /* may be NULL for tests that need none */
    const struct purpose *purpose; /* TEST_KIND: from which kind to which */
};

/* One test on one head. TEST_FIRST is about every typed word, the others about
 * customers. Position tests are not testable on cross-attention. */
struct evidence pattern_test(const struct trace *trace, size_t layer, size_t head,
                             const struct question *question);

/* Judges one head. */
struct pattern pattern_of(const struct trace *trace, size_t layer, size_t head,
                          const struct kinds *kinds);

/* From evidence to a label, wherever it was gathered: of `pattern`, built, tests,
 * words, customers and distance are read, the rest but the plain figures is written.
 * `built`: the test of what it was built for, unused without. */
void pattern_judge(struct pattern *pattern, struct evidence built, bool first_special);
/* Column 0 is a special token: to rest there is no pattern of places. */
bool pattern_first_is_special(const struct trace *trace);

/* Judges all heads: *patterns [L*H] in `arena`. ERR_INTERRUPTED when *stop (may be
 * NULL) is set meanwhile. */
MUST_USE bool pattern_all(const struct trace *trace, const atomic_bool *stop,
                          struct arena *arena, struct pattern **patterns,
                          struct err *err);

#endif
