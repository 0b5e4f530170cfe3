#include "attn/render/payload.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/json_out.h"
#include "attn/base/mem.h"
#include "attn/render/color.h"
#include "attn/render/text.h"
#include "attn/render/theme.h"

/* Hundredths of a pixel are enough. */
static void length_of(struct json_out *out, float value)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%.2f", isfinite(value) ? (double)value : 0);
    while (n > 0 && text[n - 1] == '0')
        n--;
    if (n > 0 && text[n - 1] == '.')
        n--;
    json_raw(out, text, (size_t)n);
}

static void key_length(struct json_out *out, const char *key, float value)
{
    if (value == 0)
        return;
    json_key(out, key);
    length_of(out, value);
}

static void key_flag(struct json_out *out, const char *key, bool value)
{
    if (!value)
        return;
    json_key(out, key);
    json_int(out, 1);
}

static void key_code(struct json_out *out, const char *key, unsigned value)
{
    if (!value)
        return;
    json_key(out, key);
    json_int(out, value);
}

static void key_paint(struct json_out *out, const char *key, struct paint paint)
{
    if (paint.ink == INK_NONE)
        return;
    json_key(out, key);
    json_array(out);
    json_int(out, paint.ink);
    if (paint.level > 0) {
        char level[16];
        int n = snprintf(level, sizeof level, "%.4g", (double)paint.level);
        json_raw(out, level, (size_t)n);
    }
    json_end(out);
}

static void boxes(struct json_out *out, const struct box *box, size_t n)
{
    json_array(out);
    for (size_t i = 0; i < n; i++) {
        length_of(out, box[i].x);
        length_of(out, box[i].y);
        length_of(out, box[i].width);
        length_of(out, box[i].height);
    }
    json_end(out);
}

static void points(struct json_out *out, const struct point *at, size_t n)
{
    json_array(out);
    for (size_t i = 0; i < n; i++) {
        length_of(out, at[i].x);
        length_of(out, at[i].y);
    }
    json_end(out);
}

static void text_of(struct json_out *out, const struct item *item, struct arena *arena)
{
    struct type type = {item->size, item->bold, item->mono};
    const char *shown = text_fit(arena, item->text, type, item->box.width);
    json_key_text(out, "t", shown);
    key_length(out, "z", item->size);
    key_length(out, "u", item->turn);
    key_code(out, "a", item->anchor);
    key_flag(out, "o", item->bold);
    key_flag(out, "m", item->mono);
    key_flag(out, "n", item->underlined);
    if (!item->title && shown != item->text)
        json_key_text(out, "i", item->text); /* what was cut can be read */
}

static void write_item(struct json_out *out, const struct item *item,
                       struct arena *arena)
{
    json_object(out);
    json_key_int(out, "k", item->kind);
    key_paint(out, "f", item->fill);
    key_paint(out, "s", item->stroke);
    if (item->kind == ITEM_LINE) {
        json_key(out, "p");
        points(out, item->at, item->n_points);
        key_code(out, "l", item->shape);
        key_flag(out, "h", item->arrow);
    } else {
        json_key(out, "b");
        boxes(out, &item->box, 1);
    }
    if (item->kind == ITEM_TEXT && item->text)
        text_of(out, item, arena);
    key_length(out, "r", item->radius);
    key_length(out, "w", item->thickness);
    key_flag(out, "d", item->dashed);
    key_flag(out, "x", item->at_first);
    key_flag(out, "y", item->names_head);
    if (item->title)
        json_key_text(out, "i", item->title);
    if (item->looks || item->seen) {
        json_key(out, "e");
        json_array(out);
        json_int(out, (int64_t)item->looks);
        json_int(out, (int64_t)item->seen);
        json_end(out);
    }
    json_end(out);
}

/* ---- fields ---------------------------------------------------------------------- */

static void indices(struct json_out *out, const char *key, const size_t *list, size_t n)
{
    json_key(out, key);
    json_array(out);
    for (size_t i = 0; i < n; i++)
        json_int(out, (int64_t)(list ? list[i] : i));
    json_end(out);
}

static void write_links(struct json_out *out, const struct field *field)
{
    json_key(out, "from");
    points(out, field->from, field->n_rows);
    json_key(out, "to");
    points(out, field->to, field->n_cols);
    json_key_int(out, "l", field->shape);
    key_length(out, "thickest", field->thickest);
    json_key_float(out, "least", (double)field->least);
    key_paint(out, "ink", field->ink);
    key_length(out, "pale", field->pale);
}

static void write_labels(struct json_out *out, const struct field *field,
                         struct arena *arena)
{
    struct type type = {.size = field->size};
    json_key(out, "labels");
    json_array(out);
    for (size_t j = 0; j < field->n_cols; j++)
        json_text(out, text_fit(arena, field->labels[j], type, field->boxes[j].width));
    json_end(out);
}

/* n: rows of the stack. */
static void write_strip(struct json_out *out, const struct field *field, size_t n)
{
    indices(out, "rowSlice", field->row_slice, n);
    json_key_text(out, "title", field->title);
    key_flag(out, "quiet", field->quiet);
    key_length(out, "tall", field->tall);
    key_length(out, "lean", field->lean);
    key_length(out, "size", field->size);
}

static void write_field(struct json_out *out, const struct field *field, size_t n_rows,
                        struct arena *arena)
{
    json_object(out);
    json_key_int(out, "k", field->kind);
    json_key_int(out, "slice", (int64_t)field->slice);
    key_flag(out, "follows", field->follows);
    key_flag(out, "picks", field->picks);
    key_flag(out, "values", field->values);
    indices(out, "rows", field->rows, field->n_rows);
    indices(out, "cols", field->cols, field->n_cols);
    if (field->kind == FIELD_CELLS) {
        json_key(out, "box");
        boxes(out, &field->box, 1);
        key_length(out, "gap", field->gap);
        if (field->row_slice)
            write_strip(out, field, n_rows);
    } else if (field->kind == FIELD_LINKS) {
        write_links(out, field);
    } else {
        json_key(out, "boxes");
        boxes(out, field->boxes, field->n_cols);
        if (field->labels)
            write_labels(out, field, arena);
        key_length(out, "size", field->size);
    }
    bool chosen = field->chosen < field->n_rows;
    json_key_int(out, "chosen", chosen ? (int64_t)field->chosen : -1);
    json_end(out);
}

/* ---- the stack ------------------------------------------------------------------- */

static size_t put_number(unsigned char *to, size_t value)
{
    size_t n = 0;
    for (; value > 0x7F; value >>= 7)
        to[n++] = (unsigned char)(0x80 | (value & 0x7F));
    to[n++] = (unsigned char)value;
    return n;
}

/* Twice the thousandths, and one more where C's two decimals are rounded down although
 * the third one is a 5: then both ways of printing can be told from it. */
static size_t coded(float weight)
{
    if (!(weight > 0) || !(weight < 1e6F))
        return 0;
    long thousandths = lroundf(weight * 1000), hundredths = lroundf(weight * 100);
    return 2 * (size_t)thousandths + ((thousandths + 5) / 10 > hundredths ? 1 : 0);
}

static void write_weights(struct json_out *out, const float *weights, size_t n)
{
    unsigned char *bytes =
        mem_new(n + 1, 6); /* 3 for a weight, or 1 and a run's length */
    size_t used = 0;
    for (size_t i = 0, run; i < n; i += run) {
        size_t value = coded(weights[i]);
        used += put_number(bytes + used, value);
        for (run = 1; !value && i + run < n && !coded(weights[i + run]);)
            run++;
        if (!value)
            used += put_number(bytes + used, run);
    }
    struct buf text;
    buf_init(&text, out->to->most);
    buf_base64(&text, bytes, used);
    json_bytes(out, text.at, text.length);
    buf_free(&text);
    free(bytes);
}

/* True where a strip has that row of that slice on offer. */
static bool offers(const struct field *strip, size_t slice, size_t row)
{
    if (strip->row_slice[row] != slice)
        return false;
    for (size_t i = 0; i < strip->n_rows; i++)
        if (strip->rows[i] == row)
            return true;
    return false;
}

/* True where a field shows the row out of that slice at first, or may later. */
static bool is_shown(const struct scene *scene, size_t slice, size_t row)
{
    const struct stack *stack = &scene->stack;
    for (size_t k = 0; k < scene->n_fields; k++) {
        if (scene->fields[k].row_slice) {
            if (offers(&scene->fields[k], slice, row))
                return true;
            continue;
        }
        size_t from = scene->fields[k].slice;
        if (stack->row_slice && from == stack->start)
            from = stack->row_slice[row];
        if (from == slice)
            return true;
    }
    return false;
}

/* The slice with zeros in the rows that nothing shows. */
static void write_shown(struct json_out *out, const struct scene *scene, size_t slice)
{
    const struct stack *stack = &scene->stack;
    float *weights = mem_new(stack->n_rows * stack->n_cols, sizeof *weights);
    for (size_t row = 0; row < stack->n_rows; row++)
        if (is_shown(scene, slice, row))
            memcpy(weights + row * stack->n_cols,
                   stack->slices[slice].weights + row * stack->n_cols,
                   stack->n_cols * sizeof *weights);
    write_weights(out, weights, stack->n_rows * stack->n_cols);
    free(weights);
}

static void write_tokens(struct json_out *out, const struct axis_token *tokens,
                         size_t n)
{
    json_array(out);
    for (size_t i = 0; i < n; i++) {
        json_array(out);
        json_text(out, tokens[i].text);
        json_int(out, tokens[i].position);
        json_int(out, tokens[i].special);
        json_end(out);
    }
    json_end(out);
}

/* True where the reader can make a field show another slice than at first. */
static bool is_switched(const struct scene *scene)
{
    for (size_t k = 0; k < scene->n_fields; k++)
        if (scene->fields[k].follows)
            return true;
    return false;
}

static void write_slices(struct json_out *out, const struct scene *scene)
{
    const struct stack *stack = &scene->stack;
    size_t n = stack->n_rows * stack->n_cols;
    bool only =
        !is_switched(scene) || (n > 0 && stack->n_slices > PAYLOAD_MOST_WEIGHTS / n);
    json_key(out, "slices");
    json_array(out);
    for (size_t i = 0; i < stack->n_slices; i++) {
        json_array(out);
        json_int(out, stack->slices[i].layer);
        json_int(out, stack->slices[i].head);
        json_text(out, stack->slices[i].name);
        json_text(out, stack->slices[i].does);
        json_end(out);
    }
    json_end(out);
    json_key(out, "weights");
    json_array(out);
    for (size_t i = 0; i < stack->n_slices; i++) {
        if (only)
            write_shown(out, scene, i);
        else
            write_weights(out, stack->slices[i].weights, n);
    }
    json_end(out);
    key_flag(out, "only", only);
}

static void write_stack(struct json_out *out, const struct scene *scene)
{
    const struct stack *stack = &scene->stack;
    bool same = stack->rows == stack->cols && stack->n_rows == stack->n_cols;
    json_key(out, "rows");
    write_tokens(out, stack->rows, stack->n_rows);
    json_key(out, "cols");
    if (same)
        json_null(out);
    else
        write_tokens(out, stack->cols, stack->n_cols);
    write_slices(out, scene);
    json_key_int(out, "start", (int64_t)stack->start);
    if (stack->row_slice)
        indices(out, "rowSlice", stack->row_slice, stack->n_rows);
    if (stack->partner)
        indices(out, "partner", stack->partner, stack->n_rows);
    json_key_float(out, "most", (double)stack->most);
    key_flag(out, "causal", stack->causal);
}

/* ---- colours --------------------------------------------------------------------- */

static void hex_text(struct json_out *out, struct rgb color)
{
    char hex[COLOR_HEX_SIZE];
    color_hex(color, hex);
    json_text(out, hex);
}

static void write_colors(struct json_out *out, const char *key, enum shade shade)
{
    json_key(out, key);
    json_object(out);
    json_key(out, "ink");
    json_array(out);
    for (unsigned ink = 0; ink < INKS; ink++)
        hex_text(out, color_of((struct paint){ink, 1}, shade));
    json_end(out);
    json_key(out, "ramp");
    json_array(out);
    for (size_t i = 0; i < COLOR_RAMP; i++)
        hex_text(out, color_ramp(shade)[i]);
    json_end(out);
    json_key(out, "heads");
    json_array(out);
    for (unsigned i = 0; i < COLOR_HEADS; i++)
        hex_text(out, color_of((struct paint){INK_HEAD, (float)i}, shade));
    json_end(out);
    json_end(out);
}

void payload_write(const struct scene *scene, struct buf *json)
{
    struct arena arena = {0};
    struct json_out out = json_out_to(json);
    json_object(&out);
    json_key(&out, "size");
    points(&out, &(struct point){scene->width, scene->height}, 1);
    json_key(&out, "fonts");
    json_array(&out);
    json_text(&out, theme_sans());
    json_text(&out, theme_mono());
    json_end(&out);
    write_colors(&out, "light", SHADE_LIGHT);
    write_colors(&out, "dark", SHADE_DARK);
    json_key(&out, "items");
    json_array(&out);
    for (size_t i = 0; i < scene->n_items; i++)
        write_item(&out, &scene->items[i], &arena);
    json_end(&out);
    json_key_int(&out, "above", (int64_t)scene->above);
    json_key(&out, "fields");
    json_array(&out);
    for (size_t i = 0; i < scene->n_fields; i++)
        write_field(&out, &scene->fields[i], scene->stack.n_rows, &arena);
    json_end(&out);
    write_stack(&out, scene);
    json_end(&out);
    arena_free(&arena);
}
