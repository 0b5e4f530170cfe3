#include "attn/render/lookview.h"

#include <stdint.h>
#include <string.h>

#include "attn/base/buf.h"
#include "attn/render/stack.h"
#include "attn/render/text.h"
#include "attn/render/text_twin.h"
#include "attn/render/theme.h"
#include "attn/render/wordflow.h"

enum {
    WRAP = 680,
    LISTED = 8,       /* words in the list, the strongest */
    LISTED_LEAST = 3, /* so many even where their weights are nothing */
    NUMBERED = 5,     /* so many words have their weight printed below them */
    TWIN_LISTED = 5,
};

static const float SHOWN = .005f; /* less prints as 0.00 */

struct layout {
    const struct lookview *look;
    struct theme theme;
    struct sketch sketch;
    const float *weights; /* of the chosen row */
    float y;              /* what is used so far */
    float right;
};

static void put_text(struct layout *at, const char *text, struct box box,
                     enum text_anchor anchor, enum ink ink)
{
    scene_item(&at->sketch,
               (struct item){.kind = ITEM_TEXT,
                             .fill = {ink, 0},
                             .box = box,
                             .text = text,
                             .size = ink == INK_TEXT ? at->theme.text : at->theme.small,
                             .anchor = anchor,
                             .at_first = true});
}

/* Which head this is: it stands in the picture, for those who get nothing else. */
static void draw_caption(struct layout *at)
{
    const struct stack *stack = &at->look->stack;
    const char *caption =
        stack_head(at->sketch.arena, stack_slice(stack, at->look->chosen));
    at->y += at->theme.small;
    scene_item(&at->sketch, (struct item){.kind = ITEM_TEXT,
                                          .fill = {INK_MUTED, 0},
                                          .box = {at->theme.pad, at->y, WRAP, 0},
                                          .text = caption,
                                          .size = at->theme.small,
                                          .names_head = true});
    at->y += at->theme.pad;
}

/* The strongest typed columns of the chosen row, strongest first. */
static size_t strongest(const struct layout *at, size_t most, size_t *top)
{
    const struct stack *stack = &at->look->stack;
    float *typed = arena_new(at->sketch.arena, stack->n_cols, sizeof *typed);
    for (size_t j = 0; j < stack->n_cols; j++)
        typed[j] = stack->cols[j].special ? 0 : at->weights[j];
    return stack_top(typed, stack->n_cols, most, top);
}

static void number_words(struct layout *at, const struct wordflow *flow)
{
    size_t top[NUMBERED], n = strongest(at, NUMBERED, top);
    for (size_t k = 0; k < n && at->weights[top[k]] >= SHOWN; k++) {
        size_t word = wordflow_find(flow, top[k]);
        if (word == SIZE_MAX)
            continue;
        struct box box = flow->boxes[word];
        put_text(at, arena_print(at->sketch.arena, "%.2f", at->weights[top[k]]),
                 (struct box){box.x + box.width / 2,
                              box.y + box.height + at->theme.small * 1.05f, 0, 0},
                 TEXT_MIDDLE, INK_MUTED);
    }
}

static size_t *typed_rows(const struct stack *stack, struct arena *arena, size_t *n,
                          size_t chosen, size_t *chosen_at)
{
    size_t *rows = arena_new(arena, stack->n_rows, sizeof *rows);
    *n = 0;
    *chosen_at = SIZE_MAX;
    for (size_t i = 0; i < stack->n_rows; i++) {
        if (stack->rows[i].special && i != chosen)
            continue;
        if (i == chosen)
            *chosen_at = *n;
        rows[(*n)++] = i;
    }
    return rows;
}

static void draw_sentence(struct layout *at)
{
    const struct stack *stack = &at->look->stack;
    struct arena *arena = at->sketch.arena;
    const struct theme *theme = &at->theme;
    struct wordflow_style style = {
        .size = theme->text * 1.1f,
        .pad = theme->pad * .75f,
        .least = 2 * theme->text,
        .most = WRAP / 2,
        .height = theme->line + theme->pad * .75f,
        .gap = theme->gap,
        .line = theme->line + theme->pad * 1.5f + theme->small * 1.2f,
        .left = theme->pad,
        .top = at->y,
        .right = WRAP * theme->text / theme_for(false).text,
    };
    struct wordflow *flow = arena_new(arena, 1, sizeof *flow);
    *flow = wordflow_place(stack->cols, stack->n_cols, &style, arena);
    struct field field = {
        .kind = FIELD_WORDS,
        .slice = stack->start,
        .follows = true,
        .cols = flow->cols,
        .n_cols = flow->n,
        .boxes = flow->boxes,
        .labels = flow->labels,
        .values = true,
        .size = style.size,
    };
    field.rows =
        typed_rows(stack, arena, &field.n_rows, at->look->chosen, &field.chosen);
    scene_field(&at->sketch, field);
    number_words(at, flow);
    at->y = flow->bottom;
    at->right = flow->right;
}

/* ---- the list */

/* Columns in the order of the list: the strongest words, then the special ones. */
static size_t *listed(const struct layout *at, size_t *n, size_t *n_words)
{
    const struct stack *stack = &at->look->stack;
    size_t most = at->look->top ? at->look->top : LISTED;
    size_t *cols = arena_new(at->sketch.arena, stack->n_cols + most, sizeof *cols);
    *n = strongest(at, most, cols);
    while (!at->look->top && *n > LISTED_LEAST && at->weights[cols[*n - 1]] < SHOWN)
        --*n;
    *n_words = *n;
    for (size_t j = 0; j < stack->n_cols; j++)
        if (stack->cols[j].special && at->weights[j] > 0)
            cols[(*n)++] = j;
    return cols;
}

static const char *list_label(const struct layout *at, size_t col)
{
    const struct stack *stack = &at->look->stack;
    if (stack->cols[col].special)
        return arena_print(at->sketch.arena, "resting place %s", stack->cols[col].text);
    return stack_label(at->sketch.arena, stack->cols, stack->n_cols, col);
}

static float widest_label(const struct layout *at, const size_t *cols, size_t n)
{
    float widest = 0;
    for (size_t k = 0; k < n; k++) {
        float width =
            text_width(list_label(at, cols[k]), (struct type){.size = at->theme.text});
        widest = width > widest ? width : widest;
    }
    return widest < WRAP / 3 ? widest : WRAP / 3;
}

/* What the words that are not listed come to; `cols` are the `n` that are, `listed` of
 * them words. */
static void sum_up_others(struct layout *at, const size_t *cols, size_t n,
                          size_t listed, float left)
{
    const struct stack *stack = &at->look->stack;
    size_t others = stack_typed(stack->cols, stack->n_cols) - listed;
    float *printed = arena_new(at->sketch.arena, n, sizeof *printed);
    if (others == 0)
        return;
    for (size_t k = 0; k < n; k++)
        printed[k] = at->weights[cols[k]];
    double sum = stack_left(stack, at->weights, printed, n);
    const char *which =
        others == 1
            ? arena_print(at->sketch.arena, "the %sword", listed ? "other " : "")
            : arena_print(at->sketch.arena, "%s %zu words together",
                          listed ? "the other" : "all", others);
    put_text(at, arena_print(at->sketch.arena, "%s: %.2f", which, sum),
             (struct box){left, at->y + at->theme.small, 0, 0}, TEXT_START, INK_MUTED);
    at->y += at->theme.small + at->theme.pad;
}

static void draw_list(struct layout *at)
{
    const struct stack *stack = &at->look->stack;
    const struct theme *theme = &at->theme;
    size_t n, n_words;
    size_t *cols = listed(at, &n, &n_words);
    if (n == 0)
        return;
    float label = widest_label(at, cols, n), bar = 16 * theme->text;
    float left = theme->pad + label + theme->pad;
    struct box *boxes = arena_new(at->sketch.arena, n, sizeof *boxes);
    for (size_t k = 0; k < n; k++) {
        float top = at->y + (float)k * theme->line;
        bool special = stack->cols[cols[k]].special;
        boxes[k] = (struct box){left, top + theme->line * .15f, bar, theme->line * .7f};
        scene_item(&at->sketch,
                   (struct item){
                       .kind = ITEM_TEXT,
                       .fill = {special ? INK_MUTED : INK_TEXT, 0},
                       .box = {left - theme->pad, top + theme->line * .72f, label, 0},
                       .text = list_label(at, cols[k]),
                       .size = theme->text,
                       .anchor = TEXT_END,
                       .at_first = true});
    }
    struct field field = {
        .kind = FIELD_BARS,
        .slice = stack->start,
        .follows = true,
        .cols = cols,
        .n_cols = n,
        .boxes = boxes,
        .values = true,
        .size = theme->text,
    };
    field.rows = typed_rows(stack, at->sketch.arena, &field.n_rows, at->look->chosen,
                            &field.chosen);
    scene_field(&at->sketch, field);
    at->y += (float)n * theme->line + theme->pad / 2;
    sum_up_others(at, cols, n, n_words, left);
    float right = left + bar + 4 * theme->text; /* the number stands after the bar */
    at->right = right > at->right ? right : at->right;
}

const struct scene *lookview_draw(const struct lookview *look, struct arena *arena)
{
    struct layout at = {
        .look = look,
        .theme = theme_for(look->big),
        .sketch = scene_begin(arena),
        .weights = stack_row(&look->stack, look->chosen),
    };
    at.y = at.theme.pad;
    draw_caption(&at);
    draw_sentence(&at);
    draw_list(&at);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&at.sketch, at.right + at.theme.pad, at.y, &look->stack);
    return scene;
}

const char *lookview_twin(const struct lookview *look, struct arena *arena)
{
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    text_twin_row(&twin, &look->stack, look->chosen,
                  look->top ? look->top : TWIN_LISTED, arena);
    return text_twin_end(&twin, arena);
}
