/* svg_pen.h - the strokes that an SVG document is written with.
 *
 * Shared by svg.c (the document and its items) and svg_fields.c; nobody else includes
 * it. Depends on render/scene, render/color, base/buf.
 */
#ifndef ATTN_RENDER_SVG_PEN_H
#define ATTN_RENDER_SVG_PEN_H

#include "attn/base/arena.h"
#include "attn/base/buf.h"
#include "attn/render/color.h"
#include "attn/render/scene.h"

enum {
    SVG_LEVELS = 32, /* steps of a ramp: finer ones cannot be told apart */
    SVG_SLOTS = INKS * (SVG_LEVELS + 1),
    SVG_USUAL_SIZE = 12, /* font size that needs no attribute */
};

/* A document in the making. Colours are classes, so that one rule each gives them their
 * light and their dark value; only those that occur are written. */
struct svg {
    struct buf *to;
    const struct scene *scene;
    struct arena arena;
    bool fills[SVG_SLOTS], strokes[SVG_SLOTS];
    bool hatch;
    float size; /* font size and anchor that text has without attributes */
    enum text_anchor anchor;
};

/* A length, to hundredths of a pixel. */
void svg_pen_number(struct buf *to, float value);
void svg_pen_attribute(struct buf *to, const char *name, float value);

/* The slot of a colour, its class; and back. Slots of level 0 are multiples of
 * SVG_LEVELS + 1. */
unsigned svg_pen_slot(struct paint paint);
struct paint svg_pen_paint(unsigned slot);

/* class="…" for a fill, a stroke or both, and their opacities. */
void svg_pen_classes(struct svg *svg, struct paint fill, struct paint stroke);
void svg_pen_stroke(struct svg *svg, float thickness, bool dashed);

/* <rect and its measures; the caller adds the rest and closes it. */
void svg_pen_box(struct svg *svg, struct box box, float radius);

void svg_pen_text(struct svg *svg, const struct item *item);

/* A pair of path coordinates after `letter` (0: none), and a whole curve. */
void svg_pen_pair(struct buf *to, char letter, struct point at);
void svg_pen_curve(struct buf *to, struct bezier line);

#endif
