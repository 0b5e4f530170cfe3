/* reasons.h - the terms of two scores side by side, and the heads that brought them.
 * Depends on model, lang/command.
 */
#ifndef ATTN_LANG_REASONS_H
#define ATTN_LANG_REASONS_H

#include "attn/lang/command.h"

/* A named term of a score, and the same of the runner-up's. */
struct reason {
    const char *name; /* "needs something alive × is alive", "place: 6 words back" */
    double value, other;
    struct score_term term; /* whose origin is told: the larger of the two */
    bool of_other;          /* it is the runner-up's */
};

struct reasons {
    struct reason *at; /* the most telling first */
    size_t n;
    size_t smaller; /* how many terms the last one stands for; 0: it is one term */
};

/* Joins the terms of `score` and `other` (which may be NULL) by what they match. At
 * most `most` are left, the rest summed up in the last, "and 9 smaller terms". */
struct reasons reasons_join(struct arena *arena, const struct score *score,
                            const struct score *other, size_t most);

/* How a value came to a word: a sentence, and the line that shows that head. */
struct bringer {
    const char *what; /* "needs something alive" */
    const char *how; /* "“it” got it from “tired” (0.93): pronoun→predicate" */
    const char *line; /* "look it layer 1 head 5" */
    size_t layer, head;
};

struct bringers {
    struct bringer *at; /* [most], the caller's */
    size_t n, most;
};

/* The heads that brought what the first reasons are made of, through the rules of the
 * feed-forwards where need be; each once; `ends`: the row, the target and the
 * runner-up. */
void reasons_bringers(struct call *call, const struct trace *trace,
                      const struct reasons *reasons, const size_t ends[3],
                      struct bringers *bringers);

#endif
