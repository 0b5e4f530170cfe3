/* marks.h - what a field comes to: its boxes, colours and numbers, for every painter.
 *
 * i and j count the rows and columns that the field shows. Depends on render/scene.
 */
#ifndef ATTN_RENDER_MARKS_H
#define ATTN_RENDER_MARKS_H

#include "attn/render/scene.h"

enum {
    MARKS_NUMBER_SIZE = 8,
    MARKS_WORD_RADIUS = 4, /* px, as theme.h has it for word boxes */
    MARKS_OUTLINE = 2,     /* px, around the chosen word */
};

/* Their indices in the stack. A field without a list shows all, in order. */
size_t marks_row(const struct field *field, size_t i);
size_t marks_col(const struct field *field, size_t j);

/* The weight as first shown: of the row's own head where the scene says so. */
float marks_weight(const struct stack *stack, const struct field *field, size_t i,
                   size_t j);

/* The field as it is painted: of a strip only the row that is chosen, none where it is
 * quiet. */
struct field marks_shown(const struct field *field);

/* True where the row is not allowed to look. */
bool marks_masked(const struct stack *stack, const struct field *field, size_t i,
                  size_t j);

/* How the mark of a weight is filled: orange, or grey where the column is a resting
 * place. */
struct paint marks_fill(const struct stack *stack, const struct field *field, size_t i,
                        size_t j);

/* CELLS: a cell without its gap. */
struct box marks_cell(const struct field *field, size_t i, size_t j);

/* BARS: the part of boxes[j] that the weight fills: from the left, or from the bottom
 * in a box taller than wide. */
struct box marks_bar(const struct field *field, size_t j, float level);

/* LINKS: the stroke of one link. thickness 0: not drawn. */
struct marks_link {
    float thickness, opacity;
    struct paint ink;
};
struct marks_link marks_link(const struct stack *stack, const struct field *field,
                             size_t i, size_t j);

/* WORDS, BARS: what their boxes are painted with: a bar says by its length how much, so
 * its colour is never paler than the middle of the ramp. */
struct paint marks_solid(const struct field *field, struct paint fill);

/* The number that stands in a cell (marks_number) or after a bar ("0.95"), where the
 * field prints values; otherwise its text is NULL. */
struct item marks_number_item(const struct stack *stack, const struct field *field,
                              size_t i, size_t j, struct arena *arena);

/* WORDS: the label of a box, in the middle of it; text NULL without labels. In the ink
 * that can be read on the box's fill; the chosen word underlined, and purple where it
 * stands on (nearly) plain paper. */
struct item marks_label_item(const struct stack *stack, const struct field *field,
                             size_t j);

/* WORDS: true for the column that is the chosen row's own word: its box is outlined. */
bool marks_is_chosen(const struct stack *stack, const struct field *field, size_t j);

/* Two decimals without the zero before the point: ".43", "1.0"; "" below .005. */
void marks_number(float weight, char text[MARKS_NUMBER_SIZE]);

#endif
