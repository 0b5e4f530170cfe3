/* evolveview.h - where one word looks, head after head: a strip for each layer (or each
 * head of a layer), the sentence's words as columns at the same place in all of them.
 *
 * All strips share one scale. Where a head has nothing to say about the word, words say
 * so and no empty strip is drawn. A page shows the same of another word once that is
 * clicked. Depends on render/scene.
 */
#ifndef ATTN_RENDER_EVOLVEVIEW_H
#define ATTN_RENDER_EVOLVEVIEW_H

#include "attn/base/arena.h"
#include "attn/render/scene.h"

struct evolveview_strip {
    const char *title;       /* "layer 3" */
    const size_t *row_slice; /* [the stack's n_rows] whose head each row comes from */
    const char *does;        /* what the head of the chosen row does, or NULL */
    const char *more;        /* what is added to the verdict, or NULL: "sum 1.00" */
    bool either;             /* its two strongest are candidates: "could be either" */
};

struct evolveview {
    bool big;           /* for a projector */
    bool values;        /* numbers in the cells */
    struct stack stack; /* rows: tokens that look; cols: tokens looked at */
    const struct evolveview_strip *strips;
    size_t n;           /* strips, at least one */
    const size_t *rows; /* those that a page may choose */
    size_t n_rows;
    size_t chosen;      /* index in `rows` */
    const size_t *cols; /* the words that are columns, in order */
    size_t n_cols;
    const size_t *rest; /* special columns: the grey cells on the left */
    size_t n_rest;
};

/* The weights [n_cols of the stack] of the chosen row in a strip; the slice that they
 * come from. */
const float *evolveview_row(const struct evolveview *view, size_t strip);
const struct slice *evolveview_slice(const struct evolveview *view, size_t strip);

/* What that row adds up to; writes its at most `most` strongest words to `top`, indices
 * of the stack, as stack_top() does. */
float evolveview_sum(const struct evolveview *view, size_t strip);
size_t evolveview_strongest(const struct evolveview *view, size_t strip, size_t most,
                            size_t *top, struct arena *arena);

/* True where that row mostly rests (.8 of it or more), or is empty: no picture. */
bool evolveview_is_quiet(const struct evolveview *view, size_t strip);

const struct scene *evolveview_draw(const struct evolveview *view, struct arena *arena);

/* A line for each strip: its head, the words looked at most. */
const char *evolveview_twin(const struct evolveview *view, struct arena *arena);

#endif
