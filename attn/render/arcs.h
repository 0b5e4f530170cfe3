/* arcs.h - a sentence with an arc from word to word for each link.
 *
 * A short sentence stands on one line with the arcs above it; one that is wider than a
 * notebook's column stands as a column, with the arcs at its right.
 * Depends on render/flow.
 */
#ifndef ATTN_RENDER_ARCS_H
#define ATTN_RENDER_ARCS_H

#include "attn/base/arena.h"
#include "attn/render/flow.h"

/* Never NULL. Links of words that are not drawn are left out. */
const struct scene *arcs_draw(const struct flow *flow, struct arena *arena);

/* The same sentence several times, each with links of its own and a heading: under one
 * another, or side by side where the words stand in columns. n >= 1. */
struct arcs_strip {
    struct flow flow;
    const char *title;
};
const struct scene *arcs_strips(const struct arcs_strip *strips, size_t n,
                                struct arena *arena);

#endif
