#include "attn/render/svg.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/render/color.h"
#include "attn/render/html.h"
#include "attn/render/marks.h"
#include "attn/render/text.h"
#include "attn/render/theme.h"

enum {
    LEVELS = 32, /* steps of a ramp: finer ones cannot be told apart */
    SLOTS = INKS * (LEVELS + 1),
    USUAL_SIZE = 12, /* font size that needs no attribute */
};

/* A document in the making. Colours are classes, so that one rule each gives them their
 * light and their dark value; only those that occur are written. */
struct svg {
    struct buf *to;
    const struct scene *scene;
    struct arena arena;
    bool fills[SLOTS], strokes[SLOTS];
    bool hatch;
};

static void number(struct buf *to, float value)
{
    char text[32];
    int length =
        snprintf(text, sizeof text, "%.2f", isfinite(value) ? (double)value : 0);
    while (length > 0 && text[length - 1] == '0')
        length--;
    if (length > 0 && text[length - 1] == '.')
        length--;
    buf_add(to, text, (size_t)length);
}

static void attribute(struct buf *to, const char *name, float value)
{
    buf_print(to, " %s=\"", name);
    number(to, value);
    buf_char(to, '"');
}

static unsigned slot_of(struct paint paint)
{
    unsigned level = 0;
    if (paint.ink == INK_HEAD)
        level = (unsigned)fmaxf(paint.level, 0) % COLOR_HEADS;
    else if (paint.ink == INK_WEIGHT || paint.ink == INK_REST ||
             paint.ink == INK_ON_WEIGHT)
        level = (unsigned)lroundf(scene_level(paint.level, 1) * LEVELS);
    return paint.ink * (LEVELS + 1) + level;
}

static struct paint paint_of(unsigned slot)
{
    struct paint paint = {slot / (LEVELS + 1), (float)(slot % (LEVELS + 1))};
    if (paint.ink != INK_HEAD)
        paint.level /= LEVELS;
    return paint;
}

/* class="…" for a fill, a stroke or both, and their opacities. */
static void classes(struct svg *svg, struct paint fill, struct paint stroke)
{
    const char *between = "";
    buf_text(svg->to, " class=\"");
    if (fill.ink != INK_NONE) {
        buf_print(svg->to, "f%u", slot_of(fill));
        svg->fills[slot_of(fill)] = true;
        between = " ";
    }
    if (stroke.ink != INK_NONE) {
        buf_print(svg->to, "%ss%u", between, slot_of(stroke));
        svg->strokes[slot_of(stroke)] = true;
    }
    buf_char(svg->to, '"');
    if (fill.ink != INK_NONE && color_opacity(fill) < 1)
        attribute(svg->to, "fill-opacity", color_opacity(fill));
    if (stroke.ink != INK_NONE && color_opacity(stroke) < 1)
        attribute(svg->to, "stroke-opacity", color_opacity(stroke));
}

static void stroke_form(struct svg *svg, float thickness, bool dashed)
{
    if (thickness > 0 && thickness != 1)
        attribute(svg->to, "stroke-width", thickness);
    if (dashed)
        buf_text(svg->to, " stroke-dasharray=\"4 3\"");
}

static void rectangle(struct svg *svg, struct box box, float radius)
{
    buf_text(svg->to, "<rect");
    attribute(svg->to, "x", box.x);
    attribute(svg->to, "y", box.y);
    attribute(svg->to, "width", box.width);
    attribute(svg->to, "height", box.height);
    if (radius > 0)
        attribute(svg->to, "rx", radius);
}

static void draw_box(struct svg *svg, const struct item *item)
{
    rectangle(svg, item->box, item->radius);
    classes(svg, item->fill, item->stroke);
    if (item->stroke.ink != INK_NONE)
        stroke_form(svg, item->thickness, item->dashed);
    buf_text(svg->to, "/>");
}

static void draw_dot(struct svg *svg, const struct item *item)
{
    buf_text(svg->to, "<circle");
    attribute(svg->to, "cx", item->box.x);
    attribute(svg->to, "cy", item->box.y);
    attribute(svg->to, "r", item->box.width / 2);
    classes(svg, item->fill, item->stroke);
    if (item->stroke.ink != INK_NONE)
        stroke_form(svg, item->thickness, item->dashed);
    buf_text(svg->to, "/>");
}

/* Text of simple scripts that nearly fills its room is held to its measure, should the
 * reader's font be wider; letters that join are left alone. */
static bool needs_guard(const char *text, float width, float room)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0xCA)
            return false;
    return room > 0 && width > 0.85F * room;
}

static void draw_text(struct svg *svg, const struct item *item)
{
    static const char *const anchors[] = {"", "middle", "end"};
    struct type type = {item->size, item->bold, item->mono};
    const char *text = text_fit(&svg->arena, item->text, type, item->box.width);
    float width = text_width(text, type);
    buf_text(svg->to, "<text");
    attribute(svg->to, "x", item->box.x);
    attribute(svg->to, "y", item->box.y);
    classes(svg, item->fill, (struct paint){0});
    if (item->size != USUAL_SIZE)
        attribute(svg->to, "font-size", item->size);
    if (item->anchor != TEXT_START)
        buf_print(svg->to, " text-anchor=\"%s\"", anchors[item->anchor]);
    if (item->bold)
        buf_text(svg->to, " font-weight=\"bold\"");
    if (item->mono)
        buf_print(svg->to, " font-family=\"%s\"", theme_mono());
    if (item->underlined)
        buf_text(svg->to, " text-decoration=\"underline\"");
    if (needs_guard(text, width, item->box.width)) {
        attribute(svg->to, "textLength", width);
        buf_text(svg->to, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    if (item->turn != 0) {
        buf_text(svg->to, " transform=\"rotate(");
        number(svg->to, -item->turn);
        buf_char(svg->to, ' ');
        number(svg->to, item->box.x);
        buf_char(svg->to, ' ');
        number(svg->to, item->box.y);
        buf_text(svg->to, ")\"");
    }
    buf_char(svg->to, '>');
    html_text(svg->to, text);
    buf_text(svg->to, "</text>");
}

static void pair(struct buf *to, char letter, struct point at)
{
    if (letter)
        buf_char(to, letter);
    number(to, at.x);
    buf_char(to, ' ');
    number(to, at.y);
}

static void curve(struct buf *to, struct bezier line)
{
    pair(to, 'M', line.at[0]);
    pair(to, 'C', line.at[1]);
    buf_char(to, ' ');
    pair(to, 0, line.at[2]);
    buf_char(to, ' ');
    pair(to, 0, line.at[3]);
}

static void draw_line(struct svg *svg, const struct item *item)
{
    if (item->n_points < 2)
        return;
    buf_text(svg->to, "<path d=\"");
    if (item->shape == LINE_STRAIGHT) {
        for (size_t i = 0; i < item->n_points; i++)
            pair(svg->to, i ? 'L' : 'M', item->at[i]);
    } else {
        curve(svg->to, scene_curve(item->shape, item->at[0], item->at[1]));
    }
    buf_char(svg->to, '"');
    classes(svg, item->fill, item->stroke);
    stroke_form(svg, item->thickness, item->dashed);
    buf_text(svg->to, "/>");
    if (item->arrow) {
        struct point head[3];
        scene_arrow(item, head);
        buf_text(svg->to, "<path d=\"");
        for (int i = 0; i < 3; i++)
            pair(svg->to, i ? 'L' : 'M', head[i]);
        buf_text(svg->to, "Z\"");
        classes(svg, item->stroke, (struct paint){0});
        buf_text(svg->to, "/>");
    }
}

static void draw_item(struct svg *svg, const struct item *item)
{
    switch (item->kind) {
    case ITEM_BOX:
        draw_box(svg, item);
        break;
    case ITEM_TEXT:
        if (item->text)
            draw_text(svg, item);
        break;
    case ITEM_LINE:
        draw_line(svg, item);
        break;
    case ITEM_DOT:
        draw_dot(svg, item);
        break;
    }
}

/* ---- fields ---------------------------------------------------------------------- */

/* Strokes along rows, in units of cells, draw all cells of one colour in one path. */
static void begin_cells(struct svg *svg, const struct field *field)
{
    float width = field->box.width / (float)field->n_cols;
    float height = field->box.height / (float)field->n_rows;
    buf_text(svg->to, "<g transform=\"translate(");
    number(svg->to, field->box.x + field->gap / 2);
    buf_char(svg->to, ' ');
    number(svg->to, field->box.y + height / 2);
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
    classes(svg, (struct paint){0}, paint_of(slot));
    buf_text(svg->to, "/>");
}

static void number_in_cells(struct svg *svg, const struct field *field)
{
    const struct stack *stack = &svg->scene->stack;
    for (size_t i = 0; i < field->n_rows; i++) {
        for (size_t j = 0; j < field->n_cols; j++) {
            struct item item = marks_number_item(stack, field, i, j, &svg->arena);
            if (item.text)
                draw_text(svg, &item);
        }
    }
}

static void hatch_cells(struct svg *svg, const struct field *field)
{
    const struct stack *stack = &svg->scene->stack;
    float width = field->box.width / (float)field->n_cols;
    svg->hatch = true;
    buf_text(svg->to, "<path style=\"fill:url(#hatch)\" d=\"");
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
            pair(svg->to, 'M', (struct point){first.x, first.y});
            buf_char(svg->to, 'h');
            number(svg->to, run);
            buf_char(svg->to, 'v');
            number(svg->to, first.height);
            buf_char(svg->to, 'h');
            number(svg->to, -run);
            buf_char(svg->to, 'z');
        }
    }
    buf_text(svg->to, "\"/>");
}

static void draw_cells(struct svg *svg, const struct field *field)
{
    const struct stack *stack = &svg->scene->stack;
    bool used[SLOTS] = {false};
    unsigned short *slots = arena_new(&svg->arena, field->n_rows * field->n_cols, 2);
    for (size_t i = 0; i < field->n_rows; i++) {
        for (size_t j = 0; j < field->n_cols; j++) {
            unsigned slot = slot_of(marks_fill(stack, field, i, j));
            slots[i * field->n_cols + j] = (unsigned short)slot;
            used[slot] = true;
        }
    }
    begin_cells(svg, field);
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if (used[slot] && slot % (LEVELS + 1) > 0) /* level 0 is the paper */
            cells_of(svg, field, slots, slot);
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
            curve(svg->to, scene_curve(field->shape, field->from[i], field->to[j]));
            buf_char(svg->to, '"');
            classes(svg, (struct paint){0}, link.ink);
            attribute(svg->to, "stroke-width", link.thickness);
            if (link.opacity < 1)
                attribute(svg->to, "opacity", link.opacity);
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
    rectangle(svg, box, bar ? 0 : MARKS_WORD_RADIUS);
    classes(svg, marks_solid(field, fill),
            (struct paint){outlined ? INK_CHOSEN : INK_NONE, 0});
    if (outlined)
        stroke_form(svg, MARKS_OUTLINE, false);
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
            draw_text(svg, &number);
        if (label.text)
            draw_text(svg, &label);
    }
}

static void draw_field(struct svg *svg, const struct field *field)
{
    if (!field->n_rows || !field->n_cols)
        return;
    if (field->kind == FIELD_CELLS)
        draw_cells(svg, field);
    else if (field->kind == FIELD_LINKS)
        draw_links(svg, field);
    else
        draw_columns(svg, field);
}

/* ---- the document ---------------------------------------------------------------- */

static void rules(struct svg *svg, struct buf *to, enum shade shade)
{
    char hex[COLOR_HEX_SIZE];
    for (unsigned slot = 0; slot < SLOTS; slot++) {
        color_hex(color_of(paint_of(slot), shade), hex);
        if (svg->fills[slot])
            buf_print(to, ".f%u{fill:%s}", slot, hex);
        if (svg->strokes[slot])
            buf_print(to, ".s%u{stroke:%s}", slot, hex);
    }
    color_hex(color_of((struct paint){INK_MASKED, 0}, shade), hex);
    if (svg->hatch)
        buf_print(to, ".h{stroke:%s}", hex);
}

static void head(struct svg *svg, struct buf *to)
{
    const struct scene *scene = svg->scene;
    buf_text(to, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    attribute(to, "width", scene->width);
    attribute(to, "height", scene->height);
    buf_text(to, " viewBox=\"0 0 ");
    number(to, scene->width);
    buf_char(to, ' ');
    number(to, scene->height);
    buf_print(to, "\" font-family=\"%s\" font-size=\"%d\" fill=\"none\"><style>",
              theme_sans(), USUAL_SIZE);
    rules(svg, to, SHADE_LIGHT);
    buf_text(to, "@media (prefers-color-scheme:dark){");
    rules(svg, to, SHADE_DARK);
    buf_text(to, "}</style>");
    if (svg->hatch)
        buf_text(to,
                 "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits="
                 "\"userSpaceOnUse\"><path class=\"h\" d=\"M-1 7L7-1M-1 1L1-1M5 7L7 5\""
                 "/></pattern></defs>");
}

void svg_write(const struct scene *scene, struct buf *svg)
{
    struct buf body;
    struct svg state = {.to = &body, .scene = scene};
    buf_init(&body, svg->most);
    rectangle(&state, (struct box){0, 0, scene->width, scene->height}, 0);
    classes(&state, (struct paint){INK_PAPER, 0}, (struct paint){0});
    buf_text(&body, "/>");
    for (size_t i = 0; i < scene->above; i++)
        draw_item(&state, &scene->items[i]);
    for (size_t i = 0; i < scene->n_fields; i++)
        draw_field(&state, &scene->fields[i]);
    for (size_t i = scene->above; i < scene->n_items; i++)
        draw_item(&state, &scene->items[i]);
    head(&state, svg);
    buf_add(svg, body.at, body.length);
    buf_text(svg, "</svg>");
    svg->full = svg->full || body.full;
    buf_free(&body);
    arena_free(&state.arena);
}
