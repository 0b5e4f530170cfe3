#include "attn/render/grid.h"

#include <stdint.h>
#include <string.h>

#include "attn/render/heatmap.h"
#include "attn/render/stack.h"
#include "attn/render/text.h"
#include "attn/render/theme.h"

/* ---- long sentences: max-pooling ----------------------------------------------- */

/* How many tokens one cell stands for. Special tokens keep cells of their own. */
static size_t merge_for(const struct stack *stack)
{
    size_t n = stack->n_rows > stack->n_cols ? stack->n_rows : stack->n_cols;
    size_t most = stack->n_slices > GRID_MANY ? GRID_CELLS_OF_MANY : GRID_CELLS;
    return n <= most ? 1 : (n + most - 2) / (most - 1);
}

struct bins {
    struct axis_token *tokens;
    size_t *of; /* [tokens before] which bin each is in */
    size_t n;
};

static const char *span_name(struct arena *arena, const struct axis_token *tokens,
                             size_t from, size_t to)
{
    return to == from + 1
               ? tokens[from].text
               : arena_print(arena, "%s … %s", tokens[from].text, tokens[to - 1].text);
}

static struct bins bins_of(const struct axis_token *tokens, size_t n, size_t merge,
                           struct arena *arena)
{
    struct bins bins = {.tokens = arena_new(arena, n, sizeof *bins.tokens),
                        .of = arena_new(arena, n, sizeof *bins.of)};
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (!tokens[i].special && end < n && end < i + merge && !tokens[end].special)
            end++;
        bins.tokens[bins.n] = tokens[i];
        bins.tokens[bins.n].text = span_name(arena, tokens, i, end);
        for (; i < end; i++)
            bins.of[i] = bins.n;
        bins.n++;
    }
    return bins;
}

static const float *pool(const struct stack *stack, const float *weights,
                         const struct bins *rows, const struct bins *cols,
                         struct arena *arena)
{
    float *pooled = arena_new(arena, rows->n * cols->n, sizeof *pooled);
    for (size_t i = 0; i < stack->n_rows; i++)
        for (size_t j = 0; j < stack->n_cols; j++) {
            float *cell = &pooled[rows->of[i] * cols->n + cols->of[j]];
            float weight = weights[i * stack->n_cols + j];
            *cell = weight > *cell ? weight : *cell;
        }
    return pooled;
}

struct grid_part grid_pool(const struct stack *stack, struct arena *arena)
{
    struct grid_part part = {.stack = *stack, .merged = merge_for(stack)};
    if (part.merged == 1)
        return part;
    struct bins rows = bins_of(stack->rows, stack->n_rows, part.merged, arena);
    struct bins cols = bins_of(stack->cols, stack->n_cols, part.merged, arena);
    struct slice *slices = arena_new(arena, stack->n_slices, sizeof *slices);
    for (size_t k = 0; k < stack->n_slices; k++) {
        slices[k] = stack->slices[k];
        slices[k].weights = pool(stack, slices[k].weights, &rows, &cols, arena);
    }
    part.stack.slices = slices;
    part.stack.rows = rows.tokens;
    part.stack.cols = cols.tokens;
    part.stack.n_rows = rows.n;
    part.stack.n_cols = cols.n;
    part.stack.row_slice = NULL;
    return part;
}

/* ---- layout -------------------------------------------------------------------- */

/* Matrices side by side; twice as many, half as wide, where a layer has more heads. */
enum { ACROSS = 6 };

struct layout {
    struct theme theme;
    struct arena *arena;
    size_t across;     /* matrices side by side */
    float side, pitch; /* of a matrix; from one to the next */
    float name;        /* room for its name */
    float head;        /* room above a matrix for its names */
    const size_t *rows, *cols;
    size_t n_rows, n_cols;
};

static const size_t *typed(const struct axis_token *tokens, size_t n, bool all,
                           size_t *n_typed, struct arena *arena)
{
    size_t *which = arena_new(arena, n, sizeof *which);
    for (size_t i = 0; i < n; i++)
        if (all || !tokens[i].special)
            which[(*n_typed)++] = i;
    return which;
}

/* The most matrices of one layer. */
static size_t widest(const struct grid *grid)
{
    const struct slice *slices = grid->stack.slices;
    size_t most = 0;
    for (size_t k = 0, n = 0; k < grid->n; k++) {
        bool goes_on =
            k && slices[grid->slices[k]].layer == slices[grid->slices[k - 1]].layer;
        n = goes_on ? n + 1 : 1;
        most = n > most ? n : most;
    }
    return most;
}

static struct layout layout_for(const struct grid *grid, const struct stack *stack,
                                struct arena *arena)
{
    struct layout layout = {.theme = theme_for(grid->big), .arena = arena};
    bool many = grid->n > GRID_MANY || (!grid->headings && widest(grid) > ACROSS);
    layout.across = many ? 2 * ACROSS : ACROSS;
    layout.side = (many ? 4.7F : 9.4F) * layout.theme.small;
    layout.pitch = layout.side + (many ? .5F : 1) * layout.theme.small;
    layout.name = many ? layout.side : layout.pitch - 4;
    layout.head = 3.9F * layout.theme.small;
    layout.rows = typed(stack->rows, stack->n_rows, false, &layout.n_rows, arena);
    layout.cols = typed(stack->cols, stack->n_cols, true, &layout.n_cols, arena);
    return layout;
}

static void write(struct sketch *sketch, const struct layout *layout, struct item text)
{
    text.kind = ITEM_TEXT;
    if (text.box.width > 0)
        text.text = text_fit(layout->arena, text.text,
                             (struct type){.size = text.size, .bold = text.bold},
                             text.box.width);
    scene_item(sketch, text);
}

static void draw_names(struct sketch *sketch, const struct layout *layout,
                       const struct slice *slice, const char *tag, struct point at)
{
    float size = layout->theme.small, line = 1.2F * size;
    const char *number =
        arena_print(layout->arena, "L%d-H%d", slice->layer, slice->head);
    write(sketch, layout,
          (struct item){.text = number,
                        .fill = {INK_TEXT, 0},
                        .bold = true,
                        .size = size,
                        .box = {at.x, at.y + size, layout->name, 0}});
    float used = text_width(number, (struct type){.size = size, .bold = true});
    if (tag)
        write(sketch, layout,
              (struct item){.text = tag,
                            .fill = {INK_MUTED, 0},
                            .size = .85F * size,
                            .anchor = TEXT_END,
                            .box = {at.x + layout->side, at.y + size,
                                    layout->side - used - 4, 0}});
    if (!stack_is_named(slice))
        return; /* it has no other name */
    write(sketch, layout,
          (struct item){.text = slice->name,
                        .fill = {INK_TEXT, 0},
                        .size = .92F * size,
                        .title = slice->does,
                        .box = {at.x, at.y + size + line, layout->name, 0}});
}

static void draw_matrix(struct sketch *sketch, const struct layout *layout,
                        size_t slice, struct point at)
{
    struct box box = {at.x, at.y, layout->side, layout->side};
    scene_field(sketch, (struct field){.kind = FIELD_CELLS,
                                       .slice = slice,
                                       .picks = true,
                                       .rows = layout->rows,
                                       .n_rows = layout->n_rows,
                                       .cols = layout->cols,
                                       .n_cols = layout->n_cols,
                                       .box = box,
                                       .chosen = SIZE_MAX});
    scene_item(sketch, (struct item){.kind = ITEM_BOX,
                                     .stroke = {INK_LINE, 0},
                                     .thickness = layout->theme.stroke,
                                     .box = box});
}

/* What stands over the k-th matrix and those after it, or NULL. */
static const char *heading(const struct grid *grid, const struct layout *layout,
                           size_t k)
{
    const struct slice *slices = grid->stack.slices;
    if (grid->headings)
        return grid->headings[k];
    int layer = slices[grid->slices[k]].layer;
    bool begins = k == 0 || slices[grid->slices[k - 1]].layer != layer;
    return begins ? arena_print(layout->arena, "layer %d", layer) : NULL;
}

static void draw_heading(struct sketch *sketch, const struct layout *layout,
                         const char *text, struct box box)
{
    box.y += layout->theme.small;
    write(sketch, layout,
          (struct item){.text = text,
                        .fill = {INK_MUTED, 0},
                        .size = layout->theme.small,
                        .box = box});
}

/* ---- one head large ------------------------------------------------------------ */

static struct heatmap map_of(const struct grid *grid, const struct layout *layout,
                             const struct stack *stack)
{
    struct heatmap map = {.big = grid->big, .stack = *stack, .chosen = SIZE_MAX};
    size_t *rest = arena_new(layout->arena, stack->n_cols, sizeof *rest);
    map.rows = layout->rows;
    map.n_rows = layout->n_rows;
    map.cols = typed(stack->cols, stack->n_cols, false, &map.n_cols, layout->arena);
    for (size_t j = 0; j < stack->n_cols; j++)
        if (stack->cols[j].special)
            rest[map.n_rest++] = j;
    map.rest = rest;
    map.values = map.n_cols <= HEATMAP_NUMBERS;
    return map;
}

/* A finished scene of items and matrices, moved down. */
static void append(struct sketch *sketch, const struct scene *scene, float down)
{
    for (size_t k = 0; k < scene->n_items; k++)
        scene_item(sketch, scene_moved(&scene->items[k], (struct point){0, down},
                                       sketch->arena));
    for (size_t k = 0; k < scene->n_fields; k++) {
        struct field field = scene->fields[k];
        field.box.y += down;
        scene_field(sketch, field);
    }
}

/* The matrix of the slice that is shown at first, with its words; a page shows here the
 * one that was clicked. */
static float draw_large(struct sketch *sketch, const struct grid *grid,
                        const struct layout *layout, const struct stack *stack,
                        struct box *used)
{
    const struct slice *slice = &stack->slices[stack->start];
    const struct theme *theme = &layout->theme;
    float top = used->height + 2 * theme->pad;
    struct heatmap map = map_of(grid, layout, stack);
    const struct scene *large = heatmap_draw(&map, layout->arena);
    float width = large->width > used->width ? large->width : used->width;
    scene_item(sketch,
               (struct item){
                   .kind = ITEM_TEXT,
                   .fill = {INK_TEXT, 0},
                   .bold = true,
                   .size = theme->small,
                   .names_head = true,
                   .text = arena_print(
                       layout->arena, "%s%s%s", stack_head(layout->arena, slice),
                       slice->does ? ": " : "", slice->does ? slice->does : ""),
                   .box = {theme->pad, top + theme->small, width - 2 * theme->pad, 0}});
    append(sketch, large, top + 1.8F * theme->small);
    used->width = width;
    return top + 1.8F * theme->small + large->height;
}

/* How many matrices stand under the heading of the k-th. */
static size_t group_size(const struct grid *grid, size_t k)
{
    size_t n = 1;
    while (k + n < grid->n && !grid->headings[k + n])
        n++;
    return n;
}

/* Where the next matrix goes. */
struct place {
    float x, y, right;
    size_t across;
    bool below_heading; /* a heading stands over this row */
};

static void next_row(struct place *place, const struct layout *layout)
{
    if (place->across)
        place->y += layout->head + layout->side + layout->theme.small;
    place->x = layout->theme.pad;
    place->across = 0;
    place->below_heading = false;
}

/* Moves to where the k-th matrix goes, under its heading where it has one. */
static void find_place(struct sketch *sketch, const struct layout *layout,
                       const struct grid *grid, size_t k, struct place *place)
{
    const char *above = heading(grid, layout, k);
    float line = 1.6F * layout->theme.small;
    bool shares = above && grid->headings && place->below_heading &&
                  place->across + group_size(grid, k) <= layout->across;
    if ((above && !shares) || place->across == layout->across)
        next_row(place, layout);
    if (!above)
        return;
    if (!shares)
        place->y += line;
    else
        place->x += layout->theme.small;
    place->below_heading = true;
    size_t matrices = grid->headings ? group_size(grid, k) : 1;
    float room =
        (float)(matrices < layout->across ? matrices : layout->across) * layout->pitch;
    draw_heading(sketch, layout, above,
                 (struct box){place->x, place->y - line, room, 0});
}

const struct scene *grid_draw(const struct grid *grid, const struct grid_part *part,
                              struct arena *arena)
{
    struct layout layout = layout_for(grid, &part->stack, arena);
    struct sketch sketch = scene_begin(arena);
    struct place place = {.x = layout.theme.pad, .y = layout.theme.pad};
    for (size_t k = 0; k < grid->n; k++) {
        find_place(&sketch, &layout, grid, k, &place);
        bool tagged = grid->tags && layout.across == ACROSS; /* else there is no room */
        draw_names(&sketch, &layout, &part->stack.slices[grid->slices[k]],
                   tagged ? grid->tags[k] : NULL, (struct point){place.x, place.y});
        draw_matrix(
            &sketch, &layout, grid->slices[k],
            (struct point){place.x, place.y + layout.head - layout.theme.small});
        place.x += layout.pitch;
        place.right = place.x > place.right ? place.x : place.right;
        place.across++;
    }
    struct box used = {0, 0, place.right, place.y + layout.head + layout.side};
    used.height = draw_large(&sketch, grid, &layout, &part->stack, &used);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&sketch, used.width, used.height, &part->stack);
    return scene;
}
