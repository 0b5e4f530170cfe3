/* boxes.h - labelled boxes in rows, with arrows between them: drawings of how things
 * hang together.
 *
 * A drawing is a list of parts, read from top to bottom: boxes that follow each other
 * stand side by side; anything else begins a new row. It is as wide as half a page, so
 * that its print stays readable in a narrow window. Depends on render/scene.
 *
 *     {BOXES_BOX, .title = "Prompt", .text = "The cat sat"},
 *     {BOXES_DOWN, .text = "cut into tokens"},
 *     {BOXES_BOX, .title = "The"}, {BOXES_BOX, .title = "cat"}, …
 */
#ifndef ATTN_RENDER_BOXES_H
#define ATTN_RENDER_BOXES_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"

enum boxes_kind {
    BOXES_BOX,
    BOXES_ROW,  /* what follows stands in a new row */
    BOXES_DOWN, /* … with arrows to it: all of the row above (or, with `name`, that
                   one of its boxes) lead to all of the row below */
    BOXES_STRAIGHT, /* … from each to the one below it */
    BOXES_ALL,      /* … a line from every one to every one; `to` and `name`: the line
                       between the boxes of those names is lit; `text` says it in words
                     */
    BOXES_TEXT,     /* a paragraph across */
    BOXES_FRAME,    /* a frame begins: what it is, and `text` at its right end */
    BOXES_END,      /* the frame ends; arrows take it for a box */
    BOXES_LINK,     /* an arrow from box `name` past what is between to box `to`, along
                       the right side of the frame; `text` says so in words */
    BOXES_SLOT,     /* stands in a plan for boxes that are put there; is not drawn */
};

enum boxes_look {
    BOXES_PLAIN,
    BOXES_LIT,   /* what the drawing is about */
    BOXES_TONED, /* a second thing to tell from the plain ones */
    BOXES_QUIET, /* dashed: what is not there, or only held steady */
    BOXES_BARE,  /* no outline, and no arrow meets it */
    BOXES_QUERY,
    BOXES_KEY,
    BOXES_VALUE,
    BOXES_HEAD, /* in the colour of head number `level` */
};

/* A small matrix: who looks (rows) at whom (columns). */
struct boxes_grid {
    size_t rows, cols;
    const char *const *row_names, *const *col_names;
    const float *weights; /* [rows, cols] 0 … 1; BOXES_HIDDEN, BOXES_OPEN */
};
#define BOXES_HIDDEN (-1.0F) /* may not look there */
#define BOXES_OPEN   (-2.0F) /* may look there; how much is not known */

struct boxes_part {
    enum boxes_kind kind;
    const char *name;  /* by which links and arrows find a box, or NULL */
    const char *title; /* in bold, or NULL */
    const char *text;  /* below it, or NULL; \n begins a new line */
    enum boxes_look look;
    float level; /* HEAD: which */
    float share; /* BOX: of the row's width, against the others'; 0 stands for 1 */
    bool arrow;  /* BOX: an arrow leads to it from the one before it in the row */
    bool apart;  /* BOX: as far from that one as if an arrow led to it */
    bool tight;  /* BOX: joined to the one before it in the row */
    bool weighed;
    float weight;                  /* BOX, weighed: a bar as long, 0 … 1 */
    const struct boxes_grid *grid; /* BOX: below the text, or NULL */
    const char *to;                /* LINK, ALL */
    bool back;                     /* ALL: only to the box below it and those before */
    bool rail;                     /* FRAME: leaves room for links at its right side */
};

struct boxes {
    const struct boxes_part *parts;
    size_t n;
    bool big; /* for a projector */
};

enum { BOXES_IN_ROW = 16, BOXES_DEPTH = 3 };

/* Never NULL. Boxes past the sixteenth of a row are left out. */
const struct scene *boxes_draw(const struct boxes *boxes, struct arena *arena);

/* The same in characters, 76 columns wide. */
const char *boxes_twin(const struct boxes *boxes, struct arena *arena);

/* The end of the row of boxes that begins at parts[first]. */
size_t boxes_row_end(const struct boxes *boxes, size_t first);

#endif
