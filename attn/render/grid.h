/* grid.h - many heads at once, each as a small matrix, in rows of a layer (or of a
 * group with a heading) each; below them one, with its words, large: the slice
 * stack.start, or the one that is clicked.
 *
 * All matrices have one scale. Above GRID_CELLS tokens neighbouring rows and columns
 * are drawn as one cell that holds the largest of their weights, so that a single
 * strong link is never lost and a long sentence costs no more than a short one. Depends
 * on render/scene.
 */
#ifndef ATTN_RENDER_GRID_H
#define ATTN_RENDER_GRID_H

#include <stdbool.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"

enum {
    GRID_CELLS = 40,
    GRID_MANY = 72,         /* heads on offer; of more, */
    GRID_CELLS_OF_MANY = 34 /* each has less room, and less of a page */
};

struct grid {
    struct stack stack;   /* a slice for each head on offer */
    const size_t *slices; /* which are shown, layer by layer */
    size_t n;
    const char *const *tags; /* [n] a few words below each name: "syntactic", or NULL */
    const char *const *headings; /* [n] a line over a group that begins here; NULL goes
                                    on with it. Small groups share a row. NULL: the
                                    groups are the layers, each in rows of its own */
    bool big;
};

struct grid_part {
    struct stack stack; /* at most GRID_CELLS (of many heads GRID_CELLS_OF_MANY) rows
                           and columns */
    size_t merged; /* how many tokens one cell stands for; 1: every token its own */
};

/* The stack that grid_draw paints. */
struct grid_part grid_pool(const struct stack *stack, struct arena *arena);

/* `part` as made by grid_pool of grid->stack. Never NULL. */
const struct scene *grid_draw(const struct grid *grid, const struct grid_part *part,
                              struct arena *arena);

#endif
