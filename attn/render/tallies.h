/* tallies.h - one figure for each of many heads, as bars in rows of a layer each: how
 * far above chance it does its job, and how sure that is.
 *
 * Depends on render/scene.
 */
#ifndef ATTN_RENDER_TALLIES_H
#define ATTN_RENDER_TALLIES_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"

struct tally {
    int layer, head;
    const char *name;  /* "previous", or NULL */
    const char *tag;   /* "syntactic" */
    const char *title; /* what a pointer resting on it reads, or NULL */
    bool tested;       /* false: there is no figure */
    double lift;       /* 0 … 1 is drawn; below 0 as 0 */
    bool sure;         /* an interval is known */
    double low, high;
};

struct tallies {
    const struct tally *items; /* layer by layer */
    size_t n;
    bool big; /* for a projector */
};

/* Never NULL. */
const struct scene *tallies_draw(const struct tallies *tallies, struct arena *arena);
/* A line for each. */
const char *tallies_twin(const struct tallies *tallies, struct arena *arena);

/* ".78", "-.03", "1.0"; two decimals, for figures of at most 1. */
const char *tallies_figure(double value, struct arena *arena);

#endif
