/* color.h - which colour an ink is, on light and on dark paper: the one place for it.
 *
 * Weights have one hue, orange, whose lightness falls (on light paper) or rises (on
 * dark) in even steps from the paper itself, so that 0 is the paper and the picture
 * still reads in grey. Heads have nine colours that stay apart under protanopia,
 * deuteranopia and tritanopia. Depends on render/scene.
 */
#ifndef ATTN_RENDER_COLOR_H
#define ATTN_RENDER_COLOR_H

#include "attn/base/err.h"
#include "attn/render/scene.h"

struct rgb {
    unsigned char r, g, b;
};

enum shade { SHADE_LIGHT, SHADE_DARK, SHADES };

enum { COLOR_RAMP = 17, COLOR_HEADS = 9, COLOR_HEX_SIZE = 10 };

/* The colour of a paint. INK_NONE gives the paper. Levels outside 0…1 are clamped;
 * heads past the ninth begin again at the first. */
struct rgb color_of(struct paint paint, enum shade shade);

/* 0…1. Inks whose level is not an opacity are opaque. */
float color_opacity(struct paint paint);

/* The weight ramp's COLOR_RAMP even steps; between them sRGB is mixed evenly, in 256
 * levels. The page's script draws from these too. */
const struct rgb *color_ramp(enum shade shade);

/* "#rrggbb". */
void color_hex(struct rgb color, char hex[COLOR_HEX_SIZE]);

/* "#rrggbbaa" to lay behind text on a page whose paper is not known: black text on
 * white and white text on black both stay at contrast 4.5 or more. For WEIGHT, REST,
 * PLUS, MINUS, QUERY, KEY and VALUE, whose level says how strong. Returns false for
 * inks that leave cells plain. */
MUST_USE bool color_tint(struct paint paint, char hex[COLOR_HEX_SIZE]);

/* WCAG 2: 1…21. */
double color_contrast(struct rgb a, struct rgb b);

#endif
