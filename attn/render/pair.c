#include "attn/render/pair.h"

#include <stdint.h>
#include <string.h>

#include "attn/render/stack.h"
#include "attn/render/theme.h"

enum { HATCH_STEP = 8 }; /* px; as dense as a heatmap's own */

/* Where a part goes: its pixels, and its rows and columns in the joint stack. */
struct place {
    float x, y;
    size_t row, col;
};

/* Items `from` to before `to`. `stay`: what is shown at first stays. */
static void put_items(struct sketch *sketch, const struct scene *scene,
                      const size_t range[2], struct place by, bool stay)
{
    for (size_t i = range[0]; i < range[1]; i++) {
        struct item item =
            scene_moved(&scene->items[i], (struct point){by.x, by.y}, sketch->arena);
        item.at_first = item.at_first && !stay;
        item.names_head = false;
        scene_item(sketch, item);
    }
}

static size_t *shifted(struct arena *arena, const size_t *at, size_t n, size_t by)
{
    size_t *copy = arena_new(arena, n, sizeof *copy);
    for (size_t i = 0; i < n; i++)
        copy[i] = at[i] + by;
    return copy;
}

static struct box *shifted_boxes(struct arena *arena, const struct box *at, size_t n,
                                 struct place by)
{
    struct box *copy = arena_new(arena, n, sizeof *copy);
    for (size_t i = 0; i < n; i++)
        copy[i] =
            (struct box){at[i].x + by.x, at[i].y + by.y, at[i].width, at[i].height};
    return copy;
}

/* Cells, words and bars; the pictures joined here have no links. */
static void put_fields(struct sketch *sketch, const struct scene *scene,
                       struct place by)
{
    for (size_t f = 0; f < scene->n_fields; f++) {
        struct field field = scene->fields[f];
        field.slice = 0;
        field.follows = field.picks = false;
        field.box.x += by.x;
        field.box.y += by.y;
        if (field.boxes)
            field.boxes = shifted_boxes(sketch->arena, field.boxes, field.n_cols, by);
        field.rows = shifted(sketch->arena, field.rows, field.n_rows, by.row);
        field.cols = shifted(sketch->arena, field.cols, field.n_cols, by.col);
        scene_field(sketch, field);
    }
}

/* What a row may not look at, which is all that comes later. The joint stack knows
 * nothing of places, so it is drawn over the matrix, where the weights are 0. */
static void put_masked(struct sketch *sketch, const struct scene *scene,
                       const struct field *field, struct place by)
{
    const struct stack *stack = &scene->stack;
    float width = field->box.width / (float)field->n_cols;
    float height = field->box.height / (float)field->n_rows;
    for (size_t i = 0; i < field->n_rows; i++) {
        const struct axis_token *row = &stack->rows[field->rows[i]];
        size_t seen = 0;
        while (seen < field->n_cols &&
               (stack->cols[field->cols[seen]].special ||
                stack->cols[field->cols[seen]].position <= row->position))
            seen++;
        struct box box = {field->box.x + by.x + (float)seen * width + field->gap / 2,
                          field->box.y + by.y + (float)i * height + field->gap / 2,
                          (float)(field->n_cols - seen) * width - field->gap,
                          height - field->gap};
        if (seen == field->n_cols)
            continue;
        scene_hatch(sketch, box, HATCH_STEP);
        scene_item(sketch, (struct item){.kind = ITEM_BOX,
                                         .box = box,
                                         .title = "comes later: not allowed"});
    }
}

static void put_title(struct sketch *sketch, const char *title,
                      const struct theme *theme, struct place at)
{
    scene_item(sketch,
               (struct item){.kind = ITEM_TEXT,
                             .fill = {INK_TEXT, 0},
                             .bold = true,
                             .text = title,
                             .size = theme->text,
                             .box = {at.x + theme->pad, at.y - theme->pad / 2, 0, 0}});
}

/* Tokens of both, one after the other. */
static const struct axis_token *both(struct arena *arena, const struct axis_token *a,
                                     size_t n, const struct axis_token *b, size_t m)
{
    struct axis_token *all = arena_new(arena, n + m, sizeof *all);
    if (n)
        memcpy(all, a, n * sizeof *all);
    if (m)
        memcpy(all + n, b, m * sizeof *all);
    return all;
}

static void put_weights(float *to, size_t width, const struct stack *from,
                        struct place at)
{
    for (size_t i = 0; i < from->n_rows && from->n_slices; i++)
        memcpy(to + (at.row + i) * width + at.col, stack_row(from, i),
               from->n_cols * sizeof *to);
}

/* Both show one head, and the same. */
static bool same_head(const struct stack *a, const struct stack *b)
{
    if (a->n_slices == 0 || b->n_slices == 0 || a->row_slice || b->row_slice)
        return false;
    const struct slice *p = &a->slices[a->start], *q = &b->slices[b->start];
    return p->layer >= 0 && p->layer == q->layer && p->head == q->head;
}

static struct stack join_stacks(struct arena *arena, const struct stack *a,
                                const struct stack *b)
{
    struct stack joint = {.n_rows = a->n_rows + b->n_rows,
                          .n_cols = a->n_cols + b->n_cols,
                          .most = a->most > b->most ? a->most : b->most};
    struct place second = {.row = a->n_rows, .col = a->n_cols};
    joint.rows = both(arena, a->rows, a->n_rows, b->rows, b->n_rows);
    joint.cols = both(arena, a->cols, a->n_cols, b->cols, b->n_cols);
    if (a->n_slices + b->n_slices == 0)
        return joint;
    struct slice *slice = arena_new(arena, 1, sizeof *slice);
    float *weights = arena_new(arena, joint.n_rows * joint.n_cols, sizeof *weights);
    put_weights(weights, joint.n_cols, a, (struct place){0});
    put_weights(weights, joint.n_cols, b, second);
    *slice = (struct slice){
        .layer = -1, .head = -1, .name = "both pictures", .weights = weights};
    if (same_head(a, b)) {
        *slice = a->slices[a->start];
        slice->weights = weights;
    }
    joint.slices = slice;
    joint.n_slices = 1;
    return joint;
}

/* Each row's fellow in the other sentence. */
static const size_t *partners(const struct picture_pair *pair, struct arena *arena)
{
    size_t n = pair->parts[0].scene->stack.n_rows;
    size_t all = n + pair->parts[1].scene->stack.n_rows;
    if (!pair->same)
        return NULL;
    size_t *partner = arena_new(arena, all, sizeof *partner);
    for (size_t i = 0; i < all; i++)
        partner[i] = i;
    for (size_t i = 0; i < n; i++)
        if (pair->same[i] != SIZE_MAX) {
            partner[i] = n + pair->same[i];
            partner[n + pair->same[i]] = i;
        }
    return partner;
}

static void put_part(struct sketch *sketch, const struct picture_pair *pair, size_t p,
                     struct place at, bool above)
{
    const struct scene *scene = pair->parts[p].scene;
    const size_t below[] = {0, scene->above}, over[] = {scene->above, scene->n_items};
    put_items(sketch, scene, above ? over : below, at, !pair->same);
}

const struct scene *pair_draw(const struct picture_pair *pair, struct arena *arena)
{
    const struct pair_part *parts = pair->parts;
    const struct scene *a = parts[0].scene, *b = parts[1].scene;
    struct theme theme = theme_for(pair->big);
    struct sketch sketch = scene_begin(arena);
    struct stack *stack = arena_new(arena, 1, sizeof *stack);
    float head = 2 * theme.text, gap = 2 * theme.pad;
    bool beside = !pair->stacked && a->width + gap + b->width <= PAIR_WIDE;
    struct place at[2] = {{0, head, 0, 0},
                          {beside ? a->width + gap : 0,
                           beside ? head : 2 * head + a->height, a->stack.n_rows,
                           a->stack.n_cols}};
    *stack = join_stacks(arena, &a->stack, &b->stack);
    stack->partner = partners(pair, arena);
    for (size_t p = 0; p < 2; p++) {
        put_title(&sketch, parts[p].title, &theme, at[p]);
        put_part(&sketch, pair, p, at[p], false);
        put_fields(&sketch, parts[p].scene, at[p]);
    }
    scene_above(&sketch);
    for (size_t p = 0; p < 2; p++)
        for (size_t f = 0; parts[p].scene->stack.causal && f < parts[p].scene->n_fields;
             f++)
            if (parts[p].scene->fields[f].kind == FIELD_CELLS)
                put_masked(&sketch, parts[p].scene, &parts[p].scene->fields[f], at[p]);
    for (size_t p = 0; p < 2; p++)
        put_part(&sketch, pair, p, at[p], true);
    float right = at[1].x + b->width, bottom = at[1].y + b->height;
    right = right > a->width ? right : a->width;
    bottom = bottom > at[0].y + a->height ? bottom : at[0].y + a->height;
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&sketch, right, bottom, stack->n_slices ? stack : NULL);
    return scene;
}
