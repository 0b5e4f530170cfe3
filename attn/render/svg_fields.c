#include "attn/render/svg_fields.h"

#include <stdio.h>

#include "attn/render/marks.h"

/* Strokes along rows, in units of cells, draw all cells of one colour in one path. */
static void begin_cells(struct svg *svg, const struct field *field)
{
    float width = field->box.width / (float)field->n_cols;
    float height = field->box.height / (float)field->n_rows;
    buf_text(svg->to, "<g transform=\"translate(");
    svg_pen_number(svg->to, field->box.x + field->gap / 2);
    buf_char(svg->to, ' ');
    svg_pen_number(svg->to, field->box.y + height / 2);
    buf_print(svg->to, ")scale(%.6g %.6g)\" stroke-width=\"%.4g\"", (double)width,
              (double)height, (double)(1 - field->gap / height));
    buf_text(svg->to, field->gap > 0 ? ">" : " shape-rendering=\"crispEdges\">");
}

/* The cells of one slot as runs: M column row h length. */
static void cells_of(struct svg *svg, const struct field *field,
                     const unsigned short *slots, unsigned slot)
{
    float step = field->box.width / (float)field->n_cols;
    char alone[16];
    snprintf(alone, sizeof alone, "%.3g", (double)(1 - field->gap / step));
    buf_text(svg->to, "<path d=\"");
    for (size_t i = 0; i < field->n_rows; i++) {
        const unsigned short *row = slots + i * field->n_cols;
        for (size_t j = 0, end; j < field->n_cols; j = end) {
            for (end = j + 1; field->gap <= 0 && row[j] == slot &&
                              end < field->n_cols && row[end] == slot;)
                end++;
            if (row[j] != slot)
                continue;
            buf_print(svg->to, "M%zu %zuh", j, i);
            if (field->gap > 0)
                buf_text(svg->to, alone);
            else
                buf_print(svg->to, "%zu", end - j);
        }
    }
    buf_char(svg->to, '"');
    svg_pen_classes(svg, (struct paint){0}, svg_pen_paint(slot));
    buf_text(svg->to, "/>");
}

/* All of one size and in the middle of their cells, so that is said once. */
static void number_in_cells(struct svg *svg, const struct field *field)
{
    const struct stack *stack = &svg->scene->stack;
    bool begun = false;
    for (size_t i = 0; i < field->n_rows; i++) {
        for (size_t j = 0; j < field->n_cols; j++) {
            struct item item = marks_number_item(stack, field, i, j, &svg->arena);
            if (!item.text)
                continue;
            if (!begun) {
                buf_text(svg->to, "<g text-anchor=\"middle\"");
                svg_pen_attribute(svg->to, "font-size", item.size);
                buf_char(svg->to, '>');
                svg->size = item.size;
                svg->anchor = TEXT_MIDDLE;
                begun = true;
            }
            svg_pen_text(svg, &item);
        }
    }
    if (begun)
        buf_text(svg->to, "</g>");
    svg->size = SVG_USUAL_SIZE;
    svg->anchor = TEXT_START;
}

/* The column from which on a row is masked; n_cols: none. */
static size_t masked_from(const struct stack *stack, const struct field *field,
                          size_t row)
{
    size_t from = field->n_cols;
    while (from > 0 && marks_masked(stack, field, row, from - 1))
        from--;
    return from;
}

/* Is the mask of a field without gaps one flight of stairs, as of all words in order?
 */
static bool is_stairs(const struct stack *stack, const struct field *field)
{
    for (size_t i = 0; i < field->n_rows; i++)
        for (size_t j = 0; j < masked_from(stack, field, i); j++)
            if (marks_masked(stack, field, i, j))
                return false;
    return field->gap <= 0;
}

/* One outline, down the steps: many small matrices with a box a row would be large. */
static void hatch_stairs(struct svg *svg, const struct field *field)
{
    const struct box *box = &field->box;
    float width = box->width / (float)field->n_cols;
    float height = box->height / (float)field->n_rows;
    svg_pen_pair(svg->to, 'M', (struct point){box->x + box->width, box->y});
    for (size_t i = 0; i < field->n_rows; i++) {
        size_t from = masked_from(&svg->scene->stack, field, i);
        buf_char(svg->to, 'H');
        svg_pen_number(svg->to, box->x + (float)from * width);
        buf_char(svg->to, 'V');
        svg_pen_number(svg->to, box->y + (float)(i + 1) * height);
    }
    buf_char(svg->to, 'H');
    svg_pen_number(svg->to, box->x + box->width);
    buf_char(svg->to, 'z');
}

/* The masked cells as runs, each a box. */
static void hatch_runs(struct svg *svg, const struct field *field)
{
    const struct stack *stack = &svg->scene->stack;
    float width = field->box.width / (float)field->n_cols;
    for (size_t i = 0; i < field->n_rows; i++) {
        for (size_t j = 0, end; j < field->n_cols; j = end) {
            bool masked = marks_masked(stack, field, i, j);
            for (end = j + 1;
                 end < field->n_cols && marks_masked(stack, field, i, end) == masked;)
                end++;
            if (!masked)
                continue;
            struct box first = marks_cell(field, i, j);
            float run = (float)(end - j) * width - field->gap;
            svg_pen_pair(svg->to, 'M', (struct point){first.x, first.y});
            buf_char(svg->to, 'h');
            svg_pen_number(svg->to, run);
            buf_char(svg->to, 'v');
            svg_pen_number(svg->to, first.height);
            buf_char(svg->to, 'h');
            svg_pen_number(svg->to, -run);
            buf_char(svg->to, 'z');
        }
    }
}

static void hatch_cells(struct svg *svg, const struct field *field)
{
    svg->hatch = true;
    buf_text(svg->to, "<path style=\"fill:url(#hatch)\" d=\"");
    if (is_stairs(&svg->scene->stack, field))
        hatch_stairs(svg, field);
    else
        hatch_runs(svg, field);
    buf_text(svg->to, "\"/>");
}

static void draw_cells(struct svg *svg, const struct field *field)
{
    const struct stack *stack = &svg->scene->stack;
    bool used[SVG_SLOTS] = {false};
    unsigned short *slots = arena_new(&svg->arena, field->n_rows * field->n_cols, 2);
    for (size_t i = 0; i < field->n_rows; i++) {
        for (size_t j = 0; j < field->n_cols; j++) {
            unsigned slot = svg_pen_slot(marks_fill(stack, field, i, j));
            slots[i * field->n_cols + j] = (unsigned short)slot;
            used[slot] = true;
        }
    }
    bool begun = false;
    for (unsigned slot = 0; slot < SVG_SLOTS; slot++) {
        if (!used[slot] || slot % (SVG_LEVELS + 1) == 0) /* level 0 is the paper */
            continue;
        if (!begun)
            begin_cells(svg, field);
        begun = true;
        cells_of(svg, field, slots, slot);
    }
    if (begun)
        buf_text(svg->to, "</g>");
    if (stack->causal)
        hatch_cells(svg, field);
    if (field->values)
        number_in_cells(svg, field);
}

static void draw_links(struct svg *svg, const struct field *field)
{
    for (size_t i = 0; i < field->n_rows; i++) {
        for (size_t j = 0; j < field->n_cols; j++) {
            struct marks_link link = marks_link(&svg->scene->stack, field, i, j);
            if (link.thickness <= 0)
                continue;
            buf_text(svg->to, "<path d=\"");
            svg_pen_curve(svg->to,
                          scene_curve(field->shape, field->from[i], field->to[j]));
            buf_char(svg->to, '"');
            svg_pen_classes(svg, (struct paint){0}, link.ink);
            svg_pen_attribute(svg->to, "stroke-width", link.thickness);
            if (link.opacity < 1)
                svg_pen_attribute(svg->to, "opacity", link.opacity);
            buf_text(svg->to, "/>");
        }
    }
}

static void draw_filled(struct svg *svg, const struct field *field, size_t j)
{
    struct paint fill = marks_fill(&svg->scene->stack, field, field->chosen, j);
    bool bar = field->kind == FIELD_BARS;
    struct box box = bar ? marks_bar(field, j, fill.level) : field->boxes[j];
    bool outlined = !bar && marks_is_chosen(&svg->scene->stack, field, j);
    if (!(fill.level > 0) && !outlined)
        return;
    svg_pen_box(svg, box, bar ? 0 : MARKS_WORD_RADIUS);
    svg_pen_classes(svg, marks_solid(field, fill),
                    (struct paint){outlined ? INK_CHOSEN : INK_NONE, 0});
    if (outlined)
        svg_pen_stroke(svg, MARKS_OUTLINE, false);
    buf_text(svg->to, "/>");
}

/* Words and bars: one box a column, for the chosen row. */
static void draw_columns(struct svg *svg, const struct field *field)
{
    const struct stack *stack = &svg->scene->stack;
    bool chosen = field->chosen < field->n_rows;
    for (size_t j = 0; j < field->n_cols; j++) {
        struct item number = {0}, label = {0};
        if (chosen) {
            draw_filled(svg, field, j);
            number = marks_number_item(stack, field, field->chosen, j, &svg->arena);
        }
        if (field->kind == FIELD_WORDS)
            label = marks_label_item(stack, field, j);
        if (number.text)
            svg_pen_text(svg, &number);
        if (label.text)
            svg_pen_text(svg, &label);
    }
}

void svg_fields_draw(struct svg *svg, const struct field *field)
{
    struct field shown = marks_shown(field);
    if (!shown.n_rows || !shown.n_cols)
        return;
    if (shown.kind == FIELD_CELLS)
        draw_cells(svg, &shown);
    else if (shown.kind == FIELD_LINKS)
        draw_links(svg, &shown);
    else
        draw_columns(svg, &shown);
}
