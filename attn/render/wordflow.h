/* wordflow.h - a sentence's words as boxes, side by side, in lines that wrap.
 * Depends on render/scene, render/text.
 */
#ifndef ATTN_RENDER_WORDFLOW_H
#define ATTN_RENDER_WORDFLOW_H

#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"

struct wordflow_style {
    float size;      /* of the font */
    float pad;       /* inside a box, left and right */
    float least;     /* narrowest box */
    float most;      /* widest box; longer words end in … */
    float height;    /* of a box */
    float gap;       /* between boxes */
    float line;      /* from the top of one line to the top of the next */
    float left, top; /* where the first box stands */
    float right;     /* lines wrap here */
};

struct wordflow {
    size_t *cols;      /* [n] index of each word in the tokens; special ones left out */
    struct box *boxes; /* [n] */
    const char **labels; /* [n] the words, cut to fit */
    size_t n;
    float right, bottom; /* what was used */
};

struct wordflow wordflow_place(const struct axis_token *tokens, size_t n,
                               const struct wordflow_style *style, struct arena *arena);

/* The index in flow->cols of token `col`; SIZE_MAX if it has no box. */
size_t wordflow_find(const struct wordflow *flow, size_t col);

#endif
