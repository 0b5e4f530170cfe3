/* heatmap.h - token × token: a row for each token that looks, a cell for each token
 * looked at, the resting place as one grey strip left of the words.
 *
 * Depends on render/scene and render/view (its table form).
 */
#ifndef ATTN_RENDER_HEATMAP_H
#define ATTN_RENDER_HEATMAP_H

#include "attn/base/arena.h"
#include "attn/render/scene.h"
#include "attn/render/view.h"

enum {
    HEATMAP_NUMBERS = 12, /* up to so many words numbers stand in the cells */
    HEATMAP_TABLE = 32,   /* up to so many words there is a table */
};

struct heatmap_mark {
    size_t row, col; /* indices in the stack */
};

struct heatmap {
    bool big;  /* for a projector */
    bool bare; /* without a legend: a picture beside it has one */
    struct stack stack;
    const size_t *rows, *cols; /* which of the stack are shown, in order; cols without
                                  the special ones */
    size_t n_rows, n_cols;
    const size_t *rest; /* special columns: the grey strip */
    size_t n_rest;      /* 0: no strip */
    size_t chosen;      /* index in the stack of the outlined row, or SIZE_MAX */
    bool values;        /* numbers in the cells */
    bool sums;          /* an extra column: each row's sum over all tokens; an extra
                           row: what each column receives from the shown rows */
    const struct heatmap_mark *marks; /* cells of a recognised pattern, outlined */
    size_t n_marks;
    const char *mark_name; /* what those cells are: "the word before", or NULL */
};

/* Of all typed rows and columns, the special ones as the strip; no number, no row
 * outlined. */
struct heatmap heatmap_of(const struct stack *stack, bool big, struct arena *arena);

const struct scene *heatmap_draw(const struct heatmap *map, struct arena *arena);

/* What the shown rows give to a column (index in the stack), together. */
double heatmap_received(const struct heatmap *map, size_t col);

/* Several heads at once: a small map for each slice of the stack, with its name. */
const struct scene *heatmap_draw_all(const struct heatmap *map, struct arena *arena);

/* The matrix as a table with numbers. */
const struct table *heatmap_table(const struct heatmap *map, struct arena *arena);

/* Up to HEATMAP_TABLE columns the matrix; above, its strongest links. */
const char *heatmap_twin(const struct heatmap *map, struct arena *arena);

#endif
