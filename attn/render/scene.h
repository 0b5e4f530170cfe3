/* scene.h - the display list: what a picture shows and where, computed once, in C.
 *
 * A view file (heatmap.c, flow.c …) lays a scene out; painters (canvas: PNG; svg; and
 * the scripts of web/ in the page) only paint it, so all of them show the same. Two
 * sorts of things stand in a scene: items   fixed marks: boxes, text, lines, dots;
 *   fields  marks bound to weights: the cells of a matrix, the links of a flow, the
 *           words of a coloured sentence. A page that runs scripts may repaint them for
 *           another head or row without asking the kernel; everyone else paints the
 *           selection that the scene states.
 * Lengths are CSS pixels at scale 1, y down, origin at the top left. Text is valid
 * UTF-8. All pointers are borrowed from the arena that the view was drawn in. Depends
 * on base only: nothing here knows what a model is.
 */
#ifndef ATTN_RENDER_SCENE_H
#define ATTN_RENDER_SCENE_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"

/* What a colour means; theme.h says which colour that is in light and in dark. */
enum ink {
    INK_NONE,
    INK_TEXT,
    INK_MUTED,     /* secondary text: captions, axis names */
    INK_LINE,      /* hairlines, outlines of boxes */
    INK_PAPER,     /* the background */
    INK_WEIGHT,    /* the ramp for weights: level 0 = paper … 1 = strongest */
    INK_ON_WEIGHT, /* text on INK_WEIGHT of that level, contrast >= 4.5 */
    INK_REST,      /* the resting place, grey; level as for weights */
    INK_MASKED,    /* hatched: not allowed to look */
    INK_CHOSEN,    /* the chosen word: purple (and underlined) */
    INK_QUERY,
    INK_KEY,
    INK_VALUE,
    INK_PLUS,  /* differences and signed terms: for */
    INK_MINUS, /* against */
    INK_HEAD, /* categorical: level is the index 0, 1, 2 … of a head in the picture */
    INKS
};

struct paint {
    enum ink ink;
    float level; /* WEIGHT, ON_WEIGHT, REST: 0…1; HEAD: index; else opacity, 0 stands
                    for 1 */
};

struct point {
    float x, y;
};

struct box {
    float x, y, width, height;
};

enum text_anchor { TEXT_START, TEXT_MIDDLE, TEXT_END };

enum item_kind { ITEM_BOX, ITEM_TEXT, ITEM_LINE, ITEM_DOT };

enum line_shape {
    LINE_STRAIGHT, /* through all points */
    LINE_CURVE,    /* from at[0] to at[1], leaving and arriving horizontally */
    LINE_ARC,      /* from at[0] to at[1], bowed upwards: scene_arc_rise() above them */
};

struct item {
    enum item_kind kind;
    struct paint fill, stroke;
    struct box box;  /* BOX: itself. TEXT: x,y = anchor on the baseline, width = room
                        (longer text ends in an ellipsis; 0: no limit).
                        DOT: x,y = centre, width = diameter */
    float radius;    /* BOX: rounded corners */
    float thickness; /* of the stroke */
    bool dashed;
    bool arrow; /* LINE: a head at its end */
    enum line_shape shape;
    const struct point *at; /* LINE */
    size_t n_points;
    const char *text; /* TEXT */
    float size;       /* TEXT: font size in px */
    float turn;       /* TEXT: degrees anticlockwise around the anchor */
    enum text_anchor anchor;
    bool bold, mono, underlined;
    const char *title;  /* what a pointer resting here reads, or NULL */
    size_t looks, seen; /* of a link between words, or of a word: the word that looks
                           and the one that is looked at, counted from 1 (0: no such). A
                           page lights up a word's own links. */
    bool at_first;      /* true only of what is shown at first (a head's name, a row's
                           numbers): a page takes it away once another slice or row is
                           chosen */
    bool names_head;    /* TEXT: says which head the following fields show (and, above a
                           matrix, what it does): a page changes it with them */
};

/* The weights that fields are bound to: a stack of slices, one for each head on offer.
 */
struct slice {
    int layer, head;  /* -1: not one head (mean, max, or each row from its own head) */
    const char *name; /* "pronoun→antecedent", or "mean of 6 heads", never NULL */
    const char *does; /* its sentence, or NULL */
    const float *weights; /* [rows, cols], row-major */
    bool rest_tells; /* copies something from the resting place too: that says something
                      */
};

struct axis_token {
    const char *text;
    int position; /* -1: special */
    bool special;
};

struct stack {
    const struct slice *slices;
    size_t n_slices;
    size_t start; /* the slice shown at first */
    const struct axis_token *rows, *cols;
    size_t n_rows, n_cols;
    bool causal; /* position of col > position of row: masked */
    bool apart;  /* rows and columns are of two sentences: no word looks at itself */
    float most;  /* weight at the ramp's end: 1, or the stated maximum */
    /* Set where each row of the shown slice comes from a head of its own: */
    const size_t *row_slice; /* [n_rows] index in `slices`, or NULL */
    /* Set where two sentences are shown and a word of one is a word of the other: */
    const size_t *partner; /* [n_rows] the row of the other, or the row itself */
};

enum field_kind {
    FIELD_CELLS, /* a matrix: a cell for each row and column */
    FIELD_LINKS, /* a line from from[row] to to[col], width and ink by weight */
    FIELD_WORDS, /* a box for each column, filled by the weight in the chosen row */
    FIELD_BARS,  /* a bar for each column, length by the weight in the chosen row */
};

struct field {
    enum field_kind kind;
    size_t slice; /* which slice it shows; follows the selection if `follows` */
    bool follows;
    bool picks; /* CELLS, small: a click shows its slice in the fields that follow */
    const size_t *rows,
        *cols; /* which rows and columns of the stack are shown, in order */
    size_t n_rows, n_cols;
    /* CELLS: the whole matrix; each cell is box.width/n_cols × box.height/n_rows */
    struct box box;
    bool values; /* print the numbers in the cells or at the bars; WORDS: those below
                    the words are items that are there at first, of another row the page
                    prints them */
    float gap;   /* between cells, 0 for dense ones */
    /* CELLS that are a strip: one row, of the word that is chosen. `rows` are those on
       offer, each from a head of its own; row `chosen` of them is painted. */
    const size_t
        *row_slice;    /* [the stack's n_rows] index in `slices`; NULL: no strip */
    const char *title; /* what the strip is of: "layer 3" */
    bool quiet;        /* the chosen row mostly rests: nothing is painted, an item that
                          is there at first says so; a page does the same for others */
    float tall, lean;  /* the names of its columns stand so high above it, and lean so
                          far to the right in each px up: a click on them counts */
    /* LINKS */
    const struct point *from, *to; /* [n_rows], [n_cols] */
    enum line_shape shape;
    float thickest;   /* stroke of weight 1 */
    float least;      /* links below this weight are not drawn */
    struct paint ink; /* LINKS: INK_WEIGHT, or INK_HEAD with a level */
    float pale;       /* LINKS: 0 as strong as the weight says … 1 invisible */
    /* WORDS, BARS */
    const struct box *boxes; /* [n_cols]; BARS: the full length */
    /* WORDS: the text in each box, centred, painted with the fill so that the two keep
       their contrast whatever row is shown; the chosen word purple and underlined */
    const char *const *labels; /* [n_cols], or NULL: the layout put items there */
    float size;                /* WORDS, BARS: font size of the labels in px */
    /* BARS: the words are ranked. Their labels are items that are there at first; a
       page that shows another row puts that row's strongest words in the boxes, and its
       own labels before them. */
    /* all */
    size_t chosen; /* row index in `rows` that is chosen; SIZE_MAX: none */
};

struct scene {
    float width, height;
    const struct item *items;
    size_t n_items;
    const struct field
        *fields; /* painted after the items below `above`, before the rest */
    size_t n_fields;
    size_t above; /* items[above …] are painted over the fields */
    struct stack stack;
};

/* A scene that is being laid out: items and fields are added, then scene_end() hands
 * out the finished scene. All memory is the arena's. */
struct sketch {
    struct arena *arena;
    struct item *items;
    size_t n_items, room_items;
    struct field *fields;
    size_t n_fields, room_fields;
    size_t above;
};

struct sketch scene_begin(struct arena *arena);
void scene_item(struct sketch *sketch, struct item item);
/* A box of hatching, as masked cells have it: thin lines that rise to the right, `step`
 * px apart along the box's edges. */
void scene_hatch(struct sketch *sketch, struct box box, float step);
/* The item at another place, points and all; what is new lives in `arena`. */
struct item scene_moved(const struct item *item, struct point by, struct arena *arena);
void scene_field(struct sketch *sketch, struct field field);
/* Items added from now on lie over the fields. */
void scene_above(struct sketch *sketch);
struct scene scene_end(const struct sketch *sketch, float width, float height,
                       const struct stack *stack);

/* How far along the ramp a weight stands: linear, 0 at 0, 1 at `most` and beyond. */
float scene_level(float weight, float most);

/* The height in px of a LINE_ARC between points `distance` px apart: 5 *
 * sqrt(distance). */
float scene_arc_rise(float distance);

/* The one cubic that every painter strokes for a shape. LINE_CURVE: handles at half the
 * way, level with the ends. LINE_ARC: handles straight above the ends, 4/3 of the rise.
 * LINE_STRAIGHT: handles on the ends. */
struct bezier {
    struct point at[4];
};
struct bezier scene_curve(enum line_shape shape, struct point from, struct point to);

/* The arrow head at the end of a LINE item of at least two points: its tip, then its
 * two other corners. 5 px and twice the thickness long. */
void scene_arrow(const struct item *line, struct point head[3]);

#endif
