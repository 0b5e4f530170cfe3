/* without.h - which other words settle where a word looks: the sentence is read again
 * without each of them in turn. Depends on model, lang/command.
 */
#ifndef ATTN_LANG_WITHOUT_H
#define ATTN_LANG_WITHOUT_H

#include "attn/lang/command.h"

enum { WITHOUT_MOST_WORDS = 64 };

struct without {
    int position;     /* of the word left out */
    const char *word; /* it */
    bool same_cut;    /* the other words were cut as before; else nothing below holds */
    float weight;     /* of the link now */
    const char *best; /* the word looked at most now; NULL: none */
    float best_weight;
};

struct link_ref {
    size_t layer, head, row, col;
};

/* The words left out of a sentence. */
struct withouts {
    struct without *at; /* in the cell's arena, in the order of the sentence */
    size_t n;
};

/* For each typed word but `row` and `col`: *results.
 * Fails with ERR_TOO_LARGE over WITHOUT_MOST_WORDS words, or as model_run() does. */
MUST_USE bool without_each(struct call *call, const struct trace *trace,
                           const struct link_ref *link, struct withouts *results,
                           struct err *err);

#endif
