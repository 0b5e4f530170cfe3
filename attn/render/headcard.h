/* headcard.h - what one head does, as a card: what it was seen to do, how sure that is,
 * how far it looks, and by which rules.
 *
 * Depends on render/view.
 */
#ifndef ATTN_RENDER_HEADCARD_H
#define ATTN_RENDER_HEADCARD_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/view.h"

enum { HEADCARD_BINS = 11 };

/* One test: how much of the weight lies where it says, against chance. */
struct headcard_test {
    const char *looks_at; /* "the word before" */
    double score, chance, lift;
    size_t rows; /* 0: not testable here */
    bool label;  /* the one that the head is called by */
};

struct headcard {
    const char *does;               /* NULL where nobody has said */
    const char *category, *pattern; /* "syntactic", "semantic" */
    const struct headcard_test *tests;
    size_t n_tests;
    size_t words, customers;
    double resting, entropy, effective, confidence, distance;
    double bins[HEADCARD_BINS]; /* share of the weight at j - i = -5 … 5 */
    const char *const *rules;   /* as they stand in the rule text */
    size_t n_rules;
};

/* The card's blocks; *n of them. */
const struct block *headcard_blocks(const struct headcard *card, struct arena *arena,
                                    size_t *n);

#endif
