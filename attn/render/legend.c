#include "attn/render/legend.h"

#include "attn/render/stack.h"
#include "attn/render/text.h"

enum { STEPS = 12 };

struct pen {
    const struct legend *legend;
    struct sketch *sketch;
    float x, y, indent, right;
};

static float width_of(const struct pen *pen, const char *text)
{
    return text_width(text, (struct type){.size = pen->legend->theme->small});
}

static void put_text(struct pen *pen, const char *text, struct point where,
                     enum text_anchor anchor, bool at_first)
{
    scene_item(pen->sketch, (struct item){.kind = ITEM_TEXT,
                                          .fill = {INK_MUTED, 0},
                                          .box = {where.x, where.y, 0, 0},
                                          .text = text,
                                          .size = pen->legend->theme->small,
                                          .anchor = anchor,
                                          .at_first = at_first});
}

/* A text, with a sample of what it explains before it unless that is plain. */
static void put_entry(struct pen *pen, struct paint fill, struct paint stroke,
                      const char *text, bool at_first)
{
    const struct theme *theme = pen->legend->theme;
    bool sample = fill.ink != INK_NONE || stroke.ink != INK_NONE;
    float box = sample ? theme->small + theme->pad / 2 : 0;
    float width = box + width_of(pen, text);
    if (pen->x > pen->indent && pen->x + width > pen->legend->right) {
        pen->x = pen->indent;
        pen->y += theme->small * 1.5f;
    }
    struct box at = {pen->x, pen->y, theme->small, theme->small};
    bool hatched = fill.ink == INK_MASKED;
    if (hatched)
        scene_hatch(pen->sketch, at, at.width / 2);
    if (sample)
        scene_item(pen->sketch,
                   (struct item){.kind = ITEM_BOX,
                                 .fill = hatched ? (struct paint){INK_NONE, 0} : fill,
                                 .stroke = stroke,
                                 .thickness = theme->stroke,
                                 .box = at,
                                 .at_first = at_first});
    put_text(pen, text, (struct point){pen->x + box, pen->y + theme->small * .85f},
             TEXT_START, at_first);
    pen->x += width + 2 * theme->pad;
    pen->right = pen->x > pen->right ? pen->x : pen->right;
}

/* Below the ramp: 0, what each token would get if all got the same, the end. */
static void put_scale(struct pen *pen, float width)
{
    const struct stack *stack = pen->legend->stack;
    struct arena *arena = pen->sketch->arena;
    float even = 1 / (float)stack->n_cols, x = pen->x;
    float at = x + width * scene_level(even, stack->most);
    float below = pen->y + pen->legend->theme->small * 2;
    const char *share = arena_print(arena, "1/%zu if even", stack->n_cols);
    float least = x + width_of(pen, "0   ") + width_of(pen, share) / 2;
    put_text(pen, "0", (struct point){x, below}, TEXT_START, false);
    if (stack->n_cols > 1)
        put_text(pen, share, (struct point){at > least ? at : least, below},
                 TEXT_MIDDLE, false);
    put_text(pen, arena_print(arena, "%.3g", (double)stack->most),
             (struct point){x + width, below}, TEXT_END, false);
}

static void put_ramp(struct pen *pen)
{
    const struct theme *theme = pen->legend->theme;
    float step = theme->small * .9f, width = step * STEPS;
    for (int k = 0; k < STEPS; k++)
        scene_item(pen->sketch,
                   (struct item){.kind = ITEM_BOX,
                                 .fill = {INK_WEIGHT, (float)k / (STEPS - 1)},
                                 .box = {pen->x + (float)k * step, pen->y, step + .5f,
                                         theme->small}});
    scene_item(pen->sketch,
               (struct item){.kind = ITEM_BOX,
                             .stroke = {INK_LINE, 0},
                             .thickness = theme->stroke,
                             .box = {pen->x, pen->y, width + .5f, theme->small}});
    put_scale(pen, width);
    pen->x += width + 2 * theme->pad;
    pen->indent = pen->x;
}

/* The largest weight that one typed word gives to another, or to itself. */
static float strongest_word(const struct stack *stack)
{
    float most = 0;
    for (size_t i = 0; i < stack->n_rows; i++)
        for (size_t j = 0; j < stack->n_cols && !stack->rows[i].special; j++)
            if (!stack->cols[j].special && stack_row(stack, i)[j] > most)
                most = stack_row(stack, i)[j];
    return most;
}

void legend_draw(const struct legend *legend, struct sketch *sketch, float *right,
                 float *bottom)
{
    static const struct paint nothing = {INK_NONE, 0};
    const struct theme *theme = legend->theme;
    struct pen pen = {legend, sketch, legend->left, legend->top, 0, 0};
    put_ramp(&pen);
    put_entry(
        &pen, nothing, nothing,
        arena_print(sketch->arena, "max %.2f", (double)strongest_word(legend->stack)),
        true);
    if (legend->rest)
        put_entry(&pen, (struct paint){INK_REST, .6f}, nothing, "resting place", false);
    if (legend->stack->causal)
        put_entry(&pen, (struct paint){INK_MASKED, 0}, (struct paint){INK_LINE, 0},
                  "comes later: not allowed", false);
    if (legend->mark)
        put_entry(&pen, nothing, (struct paint){INK_KEY, 0}, legend->mark, true);
    float ramp = legend->top + 2.4f * theme->small, last = pen.y + 1.5f * theme->small;
    *right = pen.right;
    *bottom = (last > ramp ? last : ramp) + theme->pad;
}
