/* ranked.h - a ranked list with bars: what may come, and how probable each is.
 *
 * Bars are drawn to the longest; the number stands after each. Depends on render/scene.
 */
#ifndef ATTN_RENDER_RANKED_H
#define ATTN_RENDER_RANKED_H

#include "attn/base/arena.h"
#include "attn/render/scene.h"

struct ranked_item {
    const char *label;
    double share;     /* >= 0 */
    const char *note; /* small print after the number, or NULL */
    bool rest;        /* all that is not listed: grey, last */
};

struct ranked {
    bool big;          /* for a projector */
    const char *title; /* what is ranked; stands above */
    const struct ranked_item *items;
    size_t n;
};

const struct scene *ranked_draw(const struct ranked *ranked, struct arena *arena);

/* "  sleep   ############  0.05  awaits a verb", a line for each. */
const char *ranked_twin(const struct ranked *ranked, struct arena *arena);

#endif
