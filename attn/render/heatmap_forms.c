/* The matrix in its other forms: many small ones, a table, text. */
#include <math.h>
#include <stdint.h>

#include "attn/base/buf.h"
#include "attn/render/heatmap.h"
#include "attn/render/marks.h"
#include "attn/render/stack.h"
#include "attn/render/text.h"
#include "attn/render/text_twin.h"
#include "attn/render/theme.h"

static const float NOTHING = .005f; /* its cell is empty */

enum { SMALL = 132, SIX = 6, TWIN_LINKS = 20 };

static void draw_small(struct sketch *sketch, const struct heatmap *map, size_t slice,
                       struct box box, const struct theme *theme)
{
    const struct slice *from = &map->stack.slices[slice];
    bool one = from->layer >= 0 && from->head >= 0;
    scene_item(sketch,
               (struct item){.kind = ITEM_TEXT,
                             .fill = {INK_TEXT, 0},
                             .box = {box.x, box.y - theme->small * .4f, box.width, 0},
                             .text = one ? stack_head(sketch->arena, from) : from->name,
                             .size = theme->small * .9f,
                             .title = from->does});
    scene_item(sketch, (struct item){.kind = ITEM_BOX,
                                     .stroke = {INK_LINE, 0},
                                     .thickness = theme->stroke,
                                     .box = box});
    scene_field(sketch, (struct field){.kind = FIELD_CELLS,
                                       .slice = slice,
                                       .rows = map->rows,
                                       .n_rows = map->n_rows,
                                       .cols = map->cols,
                                       .n_cols = map->n_cols,
                                       .box = box,
                                       .chosen = SIZE_MAX});
}

const struct scene *heatmap_draw_all(const struct heatmap *map, struct arena *arena)
{
    struct theme theme = theme_for(map->big);
    struct sketch sketch = scene_begin(arena);
    size_t across = map->stack.n_slices < SIX ? map->stack.n_slices : SIX;
    float side = SMALL * theme.text / theme_for(false).text;
    float step = side + 1.5f * theme.pad, line = side + theme.small * 2.2f;
    for (size_t s = 0; s < map->stack.n_slices; s++) {
        struct box box = {theme.pad + (float)(s % across) * step,
                          theme.pad + theme.small * 1.4f + (float)(s / across) * line,
                          side, side};
        draw_small(&sketch, map, s, box, &theme);
    }
    size_t down = (map->stack.n_slices + across - 1) / across;
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&sketch, 2 * theme.pad + (float)across * step,
                       2 * theme.pad + (float)down * line, &map->stack);
    return scene;
}

/* ---- the table */

static struct cell weight_cell(const struct heatmap *map, size_t row, size_t col,
                               struct arena *arena)
{
    const struct stack *stack = &map->stack;
    float weight = stack_row(stack, row)[col];
    bool special = stack->cols[col].special;
    bool masked = stack->causal && !special &&
                  stack->cols[col].position > stack->rows[row].position;
    if (masked)
        return (struct cell){.text = "",
                             .title = "comes later: not allowed",
                             .fill = {INK_MASKED, 0},
                             .number = true};
    char number[MARKS_NUMBER_SIZE];
    marks_number(weight, number);
    return (struct cell){
        .text = arena_print(arena, "%s", number),
        .title = weight < NOTHING
                     ? NULL
                     : arena_print(arena, "%s → %s: %.3f", stack->rows[row].text,
                                   special ? "resting place" : stack->cols[col].text,
                                   (double)weight),
        .fill = {special ? INK_REST : INK_WEIGHT, scene_level(weight, stack->most)},
        .number = true,
    };
}

static struct cell heading(const char *text)
{
    return (struct cell){.text = text, .header = true};
}

static void head_row(const struct heatmap *map, struct cell *row, struct arena *arena)
{
    const struct stack *stack = &map->stack;
    size_t at = 0;
    row[at++] = heading("from ↓  to →");
    for (size_t j = 0; j < map->n_rest; j++)
        row[at++] = heading(stack->cols[map->rest[j]].text);
    for (size_t j = 0; j < map->n_cols; j++)
        row[at++] =
            heading(stack_label(arena, stack->cols, stack->n_cols, map->cols[j]));
    if (map->sums)
        row[at++] = heading("sum");
    if (stack->row_slice)
        row[at++] = heading("head");
}

static void body_row(const struct heatmap *map, size_t row, struct cell *to,
                     struct arena *arena)
{
    const struct stack *stack = &map->stack;
    const struct slice *slice = stack_slice(stack, row);
    size_t at = 0;
    to[at] = heading(stack_label(arena, stack->rows, stack->n_rows, row));
    if (row == map->chosen) {
        to[at].strong = true;
        to[at].fill = (struct paint){INK_CHOSEN, 0};
    }
    at++;
    for (size_t j = 0; j < map->n_rest; j++)
        to[at++] = weight_cell(map, row, map->rest[j], arena);
    for (size_t j = 0; j < map->n_cols; j++)
        to[at++] = weight_cell(map, row, map->cols[j], arena);
    if (map->sums) {
        double sum = 0;
        for (size_t j = 0; j < stack->n_cols; j++)
            sum += stack_row(stack, row)[j];
        to[at++] =
            (struct cell){.text = arena_print(arena, "%.2f", sum), .number = true};
    }
    if (stack->row_slice)
        to[at++] =
            (struct cell){.text = stack_head(arena, slice), .title = slice->does};
}

/* Indices of the tokens that are special, or of those that are not. */
static size_t *tokens_of(const struct axis_token *tokens, size_t n, bool special,
                         size_t *found, struct arena *arena)
{
    size_t *at = arena_new(arena, n, sizeof *at);
    *found = 0;
    for (size_t i = 0; i < n; i++)
        if (tokens[i].special == special)
            at[(*found)++] = i;
    return at;
}

struct heatmap heatmap_of(const struct stack *stack, bool big, struct arena *arena)
{
    struct heatmap map = {.big = big, .stack = *stack, .chosen = SIZE_MAX};
    map.rows = tokens_of(stack->rows, stack->n_rows, false, &map.n_rows, arena);
    map.cols = tokens_of(stack->cols, stack->n_cols, false, &map.n_cols, arena);
    map.rest = tokens_of(stack->cols, stack->n_cols, true, &map.n_rest, arena);
    return map;
}

double heatmap_received(const struct heatmap *map, size_t col)
{
    double sum = 0;
    for (size_t i = 0; i < map->n_rows; i++)
        sum += (double)stack_row(&map->stack, map->rows[i])[col];
    return sum;
}

static struct cell received_cell(const struct heatmap *map, size_t col,
                                 struct arena *arena)
{
    return (struct cell){.text = arena_print(arena, "%.2f", heatmap_received(map, col)),
                         .number = true};
}

static void received_row(const struct heatmap *map, struct cell *to,
                         struct arena *arena)
{
    size_t at = 0;
    to[at++] = heading("received");
    for (size_t j = 0; j < map->n_rest; j++)
        to[at++] = received_cell(map, map->rest[j], arena);
    for (size_t j = 0; j < map->n_cols; j++)
        to[at++] = received_cell(map, map->cols[j], arena);
    to[at++].text = "";
    if (map->stack.row_slice)
        to[at++].text = "";
}

const struct table *heatmap_table(const struct heatmap *map, struct arena *arena)
{
    struct table *table = arena_new(arena, 1, sizeof *table);
    table->rows = map->n_rows + 1 + (map->sums ? 1 : 0);
    table->cols = 1 + map->n_rest + map->n_cols + (map->sums ? 1 : 0) +
                  (map->stack.row_slice ? 1 : 0);
    table->grid = true;
    table->caption =
        "Weights, rounded: each row adds up to 1 with the grey resting place.";
    struct cell *cells = arena_new(arena, table->rows * table->cols, sizeof *cells);
    head_row(map, cells, arena);
    for (size_t i = 0; i < map->n_rows; i++)
        body_row(map, map->rows[i], cells + (i + 1) * table->cols, arena);
    if (map->sums)
        received_row(map, cells + (map->n_rows + 1) * table->cols, arena);
    table->cells = cells;
    return table;
}

/* ---- text */

static void twin_matrix(const struct heatmap *map, struct buf *twin,
                        struct arena *arena)
{
    size_t n = map->n_rest + map->n_cols;
    size_t *cols = arena_new(arena, n, sizeof *cols);
    for (size_t j = 0; j < map->n_rest; j++)
        cols[j] = map->rest[j];
    for (size_t j = 0; j < map->n_cols; j++)
        cols[map->n_rest + j] = map->cols[j];
    text_twin_matrix(
        twin, &map->stack,
        &(struct text_twin_part){map->rows, cols, map->n_rows, n, map->sums}, arena);
}

const char *heatmap_twin(const struct heatmap *map, struct arena *arena)
{
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    buf_text(&twin, "from (looks) ↓   to (looked at) →\n");
    if (map->n_cols <= HEATMAP_TABLE) {
        twin_matrix(map, &twin, arena);
    } else {
        buf_text(&twin, "the strongest links:\n");
        text_twin_links(&twin, &map->stack, TWIN_LINKS, arena);
    }
    return text_twin_end(&twin, arena);
}
