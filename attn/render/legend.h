/* legend.h - what the colours of a picture of weights mean: the ramp with 0, the even
 * share and its end, and a box for each other thing that is drawn.
 * Depends on render/scene, render/theme.
 */
#ifndef ATTN_RENDER_LEGEND_H
#define ATTN_RENDER_LEGEND_H

#include <stdbool.h>

#include "attn/render/scene.h"
#include "attn/render/theme.h"

struct legend {
    const struct stack *stack;
    const struct theme *theme;
    float left, top, right; /* where it may stand; entries wrap at `right` */
    bool rest;              /* the grey resting place is drawn */
    const char *mark;       /* what outlined cells are, or NULL */
};

/* Adds it to the sketch. Writes its right end and its bottom. */
void legend_draw(const struct legend *legend, struct sketch *sketch, float *right,
                 float *bottom);

#endif
