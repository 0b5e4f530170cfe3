/* view.h - what a command answers with: a picture, a text body, or both, in every form.
 *
 * One `struct view` becomes: html (complete without script, upgraded by its own), png,
 * a text twin for terminals. The command that made it also writes its JSON.
 * All pointers live in the cell's arena. Depends on render/scene.
 */
#ifndef ATTN_RENDER_VIEW_H
#define ATTN_RENDER_VIEW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"
#include "attn/render/scene.h"

struct cell {
    const char *text;  /* never NULL */
    const char *title; /* longer text for a pointer resting on it, or NULL */
    struct paint fill; /* INK_WEIGHT tints it; INK_NONE leaves it plain */
    bool header;       /* a row's or column's name */
    bool number;       /* right-aligned, tabular figures */
    bool strong;
    bool code; /* a line of the language, to copy */
};

struct table {
    const char *caption;      /* or NULL */
    const struct cell *cells; /* [rows, cols]; header cells say so themselves */
    size_t rows, cols;
    bool grid; /* a matrix of weights: square compact cells */
};

enum block_kind {
    BLOCK_HEADING,
    BLOCK_TEXT, /* a paragraph; a line of the language in it stands after a colon and
                   two blanks, and ends at two blanks, at a full stop or with the text
                 */
    BLOCK_NOTE, /* a paragraph in small print: which default was used, caveats */
    BLOCK_CODE, /* a line of the language, to copy */
    BLOCK_TABLE,
    BLOCK_FOLD, /* folded away under `text` until asked for; holds `inside` */
};

struct block {
    enum block_kind kind;
    bool of_first; /* speaks of what the picture shows at first: hidden while the
                      reader makes it show another word or head (notes and folds) */
    const char *text;
    const struct table *table;
    const struct block *inside;
    size_t n_inside;
};

struct view {
    const char *kind;    /* "heatmap": the JSON kind, and the class of its element */
    const char *ribbon;  /* why the view is no longer what one would see now, or NULL */
    const char *finding; /* one sentence, the finding first; shown above the picture */
    const char *alt;     /* <= 300 characters, the finding first */
    const struct scene *scene; /* NULL: no picture */
    const struct block
        *blocks; /* what stands below the picture, or is the whole answer */
    size_t n_blocks;
    const struct table *numbers; /* the picture's numbers, where neither a table among
                                    the blocks nor a field has them; for csv */
    bool table_first;   /* the first block is a table with the picture's numbers: in
                           html it stands in the picture's place until the script
                           puts the picture there */
    const char *footer; /* sentence, model, head by name, mask, what is synthetic */
    const char *twin;   /* the picture in text, for a terminal; NULL without scene */
    bool own_page;      /* it stands in a page of its own (view_page()) */
    bool big;           /* `size big`: for a projector */
    bool animate;
};

/* The text/html form: ends in a newline; at most `most` bytes (ERR_TOO_LARGE beyond).
 * No ids, no request to anywhere, same bytes for the same view. */
MUST_USE bool view_html(const struct view *view, struct buf *html, struct err *err);

/* What a file of a view says of who made it; files are known again by it. */
#define VIEW_MADE_BY "attn"

/* A whole page of html with the view in it, light or dark as the reader prefers, for a
 * browser to open as a file; it allows itself no request. Errors as view_html(). */
MUST_USE bool view_page(const struct view *view, struct buf *html, struct err *err);

/* The picture as an SVG file. Only for views with a scene. ERR_TOO_LARGE. */
MUST_USE bool view_svg(const struct view *view, struct buf *svg, struct err *err);

/* The text/plain form: finding, twin, blocks, footer; no escape sequences. Folded
 * blocks only where there is no twin. */
void view_text(const struct view *view, struct buf *text);

/* The image/png form, white background, at `scale` (2 for sharp screens; pictures of
 * more than a million square pixels come at 1). Only for
 * views with a scene. *width and *height: CSS pixels. ERR_INTERRUPTED when *stop (may
 * be NULL) is set meanwhile. */
MUST_USE bool view_png(const struct view *view, float scale, const atomic_bool *stop,
                       struct buf *png, int *width, int *height, struct err *err);

/* The same picture as a file, twice as sharp, that says who made it. */
MUST_USE bool view_png_file(const struct view *view, const atomic_bool *stop,
                            struct buf *png, struct err *err);

/* The picture as a page of PDF. Only for views with a scene. Errors as view_png(). */
MUST_USE bool view_pdf(const struct view *view, const atomic_bool *stop,
                       struct buf *pdf, struct err *err);

#endif
