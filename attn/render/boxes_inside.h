/* boxes_inside.h - what the files of boxes share: one box, and what stands in it.
 * Internal to boxes. Depends on render/boxes, render/theme.
 */
#ifndef ATTN_RENDER_BOXES_INSIDE_H
#define ATTN_RENDER_BOXES_INSIDE_H

#include "attn/render/boxes.h"
#include "attn/render/theme.h"

enum { BOXES_TITLE_LINES = 3, BOXES_TEXT_LINES = 8 };

struct boxes_cell {
    const struct boxes_part *part;
    struct box box;
    const char *title[BOXES_TITLE_LINES], *text[BOXES_TEXT_LINES];
    size_t n_title, n_text;
    float tall; /* of what stands in it */
};

/* Breaks title and text into lines for a box of box.width; sets `tall`. */
void boxes_measure(struct boxes_cell *cell, const struct theme *theme,
                   struct arena *arena);

/* Outline and contents, in the middle of the box. */
void boxes_draw_cell(const struct boxes_cell *cell, const struct theme *theme,
                     struct sketch *sketch);

/* True where arrows meet it. */
bool boxes_is_met(const struct boxes_cell *cell);

#endif
