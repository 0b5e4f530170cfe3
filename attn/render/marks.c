#include "attn/render/marks.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

size_t marks_row(const struct field *field, size_t i)
{
    return field->rows ? field->rows[i] : i;
}

size_t marks_col(const struct field *field, size_t j)
{
    return field->cols ? field->cols[j] : j;
}

float marks_weight(const struct stack *stack, const struct field *field, size_t i,
                   size_t j)
{
    size_t row = marks_row(field, i), col = marks_col(field, j), slice = field->slice;
    if (field->row_slice && row < stack->n_rows)
        slice = field->row_slice[row];
    else if (stack->row_slice && slice == stack->start)
        slice = stack->row_slice[row];
    if (slice >= stack->n_slices || row >= stack->n_rows || col >= stack->n_cols)
        return 0;
    return stack->slices[slice].weights[row * stack->n_cols + col];
}

struct field marks_shown(const struct field *field)
{
    struct field shown = *field;
    if (!field->row_slice)
        return shown;
    bool painted = field->rows && field->chosen < field->n_rows && !field->quiet;
    shown.rows = painted ? field->rows + field->chosen : NULL;
    shown.n_rows = painted ? 1 : 0;
    shown.chosen = painted ? 0 : SIZE_MAX;
    return shown;
}

bool marks_masked(const struct stack *stack, const struct field *field, size_t i,
                  size_t j)
{
    size_t row = marks_row(field, i), col = marks_col(field, j);
    if (!stack->causal || row >= stack->n_rows || col >= stack->n_cols)
        return false;
    return stack->cols[col].position > stack->rows[row].position &&
           !stack->cols[col].special;
}

struct paint marks_fill(const struct stack *stack, const struct field *field, size_t i,
                        size_t j)
{
    size_t col = marks_col(field, j);
    bool rests = col < stack->n_cols && stack->cols[col].special;
    float weight = marks_weight(stack, field, i, j);
    return (struct paint){rests ? INK_REST : INK_WEIGHT,
                          scene_level(weight, stack->most)};
}

struct box marks_cell(const struct field *field, size_t i, size_t j)
{
    float width = field->box.width / (float)field->n_cols;
    float height = field->box.height / (float)field->n_rows;
    return (struct box){
        .x = field->box.x + (float)j * width + field->gap / 2,
        .y = field->box.y + (float)i * height + field->gap / 2,
        .width = fmaxf(width - field->gap, 0),
        .height = fmaxf(height - field->gap, 0),
    };
}

struct box marks_bar(const struct field *field, size_t j, float level)
{
    struct box box = field->boxes[j];
    if (box.height > box.width) {
        box.y += box.height * (1 - level);
        box.height *= level;
    } else {
        box.width *= level;
    }
    return box;
}

struct marks_link marks_link(const struct stack *stack, const struct field *field,
                             size_t i, size_t j)
{
    enum { FADED_PERCENT = 15 };
    float weight = marks_weight(stack, field, i, j);
    float level = scene_level(weight, stack->most);
    if (!(weight >= field->least) || level <= 0)
        return (struct marks_link){0};
    struct marks_link link = {
        .thickness = fmaxf(field->thickest * level, 0.75F),
        .opacity = (0.35F + 0.65F * level) * (1 - field->pale),
        .ink = field->ink,
    };
    /* A thin line in the colour of the paper would not be seen: begin above it. */
    if (field->ink.ink == INK_WEIGHT)
        link.ink.level = 0.4F + 0.6F * level;
    if (field->chosen != SIZE_MAX && field->chosen != i)
        link.opacity *= FADED_PERCENT / 100.0F;
    return link;
}

void marks_number(float weight, char text[MARKS_NUMBER_SIZE])
{
    text[0] = '\0';
    if (!(weight >= 0.005F))
        return;
    if (weight >= 0.995F) {
        snprintf(text, MARKS_NUMBER_SIZE, "%.1f", weight < 99 ? (double)weight : 99.0);
        return;
    }
    snprintf(text, MARKS_NUMBER_SIZE, ".%02d", (int)lroundf(weight * 100));
}

struct paint marks_solid(const struct field *field, struct paint fill)
{
    if (field->kind == FIELD_BARS && fill.level < 0.5F)
        fill.level = 0.5F;
    return fill;
}

/* In the middle of its cell, if it can be read there. */
static struct item in_cell(const struct field *field, size_t i, size_t j,
                           struct paint fill)
{
    struct box cell = marks_cell(field, i, j);
    float size = fminf(cell.width * 0.36F, cell.height * 0.42F);
    bool on_ramp = fill.ink == INK_WEIGHT;
    return (struct item){
        .kind = ITEM_TEXT,
        .fill = {on_ramp ? INK_ON_WEIGHT : INK_TEXT, on_ramp ? fill.level : 0},
        .box = {cell.x + cell.width / 2, cell.y + cell.height / 2 + size * 0.36F,
                cell.width, 0},
        .size = size,
        .anchor = TEXT_MIDDLE,
    };
}

static struct item after_bar(const struct field *field, size_t j, struct paint fill)
{
    struct box box = field->boxes[j], bar = marks_bar(field, j, fill.level);
    float size = fminf(fmaxf(box.height * 0.75F, 11), 18);
    return (struct item){
        .kind = ITEM_TEXT,
        .fill = {INK_TEXT, 0},
        .box = {bar.x + bar.width + 5, box.y + box.height / 2 + size * 0.36F, 0, 0},
        .size = size,
    };
}

struct item marks_number_item(const struct stack *stack, const struct field *field,
                              size_t i, size_t j, struct arena *arena)
{
    enum { LEAST_SIZE = 7 };
    char number[MARKS_NUMBER_SIZE];
    struct item item = {0};
    struct paint fill = marks_fill(stack, field, i, j);
    if (!field->values || marks_masked(stack, field, i, j))
        return item;
    float weight = marks_weight(stack, field, i, j);
    marks_number(weight, number);
    if (field->kind == FIELD_CELLS)
        item = in_cell(field, i, j, fill);
    else if (field->kind == FIELD_BARS) {
        item = after_bar(field, j, fill);
        snprintf(number, sizeof number, "%.2f", fminf(weight, 999));
    }
    if (item.size >= LEAST_SIZE && number[0])
        item.text = arena_copy(arena, number, strlen(number));
    return item;
}

bool marks_is_chosen(const struct stack *stack, const struct field *field, size_t j)
{
    if (field->chosen >= field->n_rows)
        return false;
    size_t i = marks_row(field, field->chosen), col = marks_col(field, j);
    if (i >= stack->n_rows || col >= stack->n_cols)
        return false;
    const struct axis_token *row = &stack->rows[i], *token = &stack->cols[col];
    return !stack->apart && row->position == token->position &&
           row->special == token->special && strcmp(row->text, token->text) == 0;
}

struct item marks_label_item(const struct stack *stack, const struct field *field,
                             size_t j)
{
    if (!field->labels)
        return (struct item){0};
    struct box box = field->boxes[j];
    struct item item = {
        .kind = ITEM_TEXT,
        .fill = {INK_TEXT, 0},
        .box = {box.x + box.width / 2, box.y + box.height / 2 + field->size * 0.36F,
                box.width, 0},
        .text = field->labels[j],
        .size = field->size,
        .anchor = TEXT_MIDDLE,
        .underlined = marks_is_chosen(stack, field, j),
    };
    if (field->chosen >= field->n_rows)
        return item;
    struct paint fill = marks_fill(stack, field, field->chosen, j);
    if (item.underlined && fill.level <= 0.1F)
        item.fill = (struct paint){INK_CHOSEN, 0};
    else if (fill.ink == INK_WEIGHT && fill.level > 0)
        item.fill = (struct paint){INK_ON_WEIGHT, fill.level};
    return item;
}
