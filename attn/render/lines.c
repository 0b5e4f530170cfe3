#include "attn/render/lines.h"

#include <stdint.h>

#include "attn/render/stack.h"
#include "attn/render/text.h"

static const float RESTS = 0.05F; /* below this no stub is drawn */

struct layout {
    const struct flow *flow;
    struct arena *arena;
    struct theme theme;
    float left, right; /* where the columns of words end and begin */
    float top, step;   /* the first line of words; from line to line */
    float widest;
    /* The right side: the same words, or the other sentence's. */
    const struct axis_token *others;
    size_t n_others;
    const size_t *seen;
    size_t n_seen;
};

static float width_of(const struct axis_token *token, struct type type, float least)
{
    float width = text_width(token->text, type);
    width = width < 11 * type.size ? width : 11 * type.size;
    return width > least ? width : least;
}

static struct layout layout_for(const struct flow *flow, struct arena *arena)
{
    struct layout layout = {
        .flow = flow, .arena = arena, .theme = theme_for(flow->big)};
    struct type type = {.size = layout.theme.text};
    layout.widest = 4 * type.size;
    layout.others = flow->others ? flow->others : flow->tokens;
    layout.n_others = flow->others ? flow->n_others : flow->n_tokens;
    layout.seen = flow->others ? flow->seen : flow->words;
    layout.n_seen = flow->others ? flow->n_seen : flow->n_words;
    for (size_t k = 0; k < flow->n_words; k++)
        layout.widest = width_of(&flow->tokens[flow->words[k]], type, layout.widest);
    for (size_t k = 0; k < layout.n_seen; k++)
        layout.widest = width_of(&layout.others[layout.seen[k]], type, layout.widest);
    layout.step = layout.theme.line;
    layout.top = layout.theme.pad + 1.8F * layout.theme.small;
    layout.left = layout.theme.pad + layout.widest;
    layout.right = layout.left + 15 * layout.theme.text;
    return layout;
}

static float middle_of(const struct layout *layout, size_t place)
{
    return layout->top + layout->step * ((float)place + 0.5F);
}

static void draw_word(struct sketch *sketch, const struct layout *layout, size_t k,
                      bool looks)
{
    const struct flow *flow = layout->flow;
    float size = layout->theme.text;
    bool chosen = looks && flow->words[k] == flow->chosen;
    const char *text =
        looks ? stack_label(layout->arena, flow->tokens, flow->n_tokens, flow->words[k])
              : stack_label(layout->arena, layout->others, layout->n_others,
                            layout->seen[k]);
    scene_item(
        sketch,
        (struct item){.kind = ITEM_TEXT,
                      .fill = {chosen ? INK_CHOSEN : INK_TEXT, 0},
                      .bold = chosen,
                      .underlined = chosen,
                      .text = text_fit(layout->arena, text, (struct type){.size = size},
                                       layout->widest),
                      .size = size,
                      .anchor = looks ? TEXT_END : TEXT_START,
                      .title = text,
                      .looks = looks ? flow->words[k] + 1 : 0,
                      .seen = looks ? 0 : layout->seen[k] + 1,
                      .box = {looks ? layout->left : layout->right,
                              middle_of(layout, k) + 0.35F * size, layout->widest, 0}});
}

static void draw_headings(struct sketch *sketch, const struct layout *layout)
{
    static const char *const texts[] = {"looks", "is looked at"};
    for (int side = 0; side < 2; side++)
        scene_item(sketch, (struct item){
                               .kind = ITEM_TEXT,
                               .fill = {INK_MUTED, 0},
                               .text = texts[side],
                               .size = layout->theme.small,
                               .anchor = side ? TEXT_START : TEXT_END,
                               .box = {side ? layout->right : layout->left,
                                       layout->theme.pad + layout->theme.small, 0, 0}});
}

static void draw_link(struct sketch *sketch, const struct layout *layout,
                      const struct flow_link *link)
{
    size_t row = flow_place(layout->flow, link->row);
    size_t col = flow_seen(layout->flow, link->col);
    if (row == SIZE_MAX || col == SIZE_MAX)
        return;
    struct item line = flow_line(layout->flow, link, layout->arena);
    struct point *at = arena_new(layout->arena, 2, sizeof *at);
    at[0] = (struct point){layout->right - 4, middle_of(layout, col)};
    at[1] = (struct point){layout->left + 4, middle_of(layout, row)};
    line.at = at;
    line.n_points = 2;
    line.shape = LINE_CURVE;
    scene_item(sketch, line);
}

/* The resting place: a stub whose length is the share that rests. */
static void draw_rest(struct sketch *sketch, const struct layout *layout, size_t k)
{
    const struct flow *flow = layout->flow;
    float share = flow->rests[flow->words[k]], size = 0.8F * layout->theme.small;
    if (!(share >= RESTS))
        return;
    struct point *at = arena_new(layout->arena, 2, sizeof *at);
    float y = middle_of(layout, k) + 0.42F * layout->theme.text;
    at[0] = (struct point){layout->left + 4, y};
    at[1] = (struct point){layout->left + 4 + 3 * size * share, y};
    scene_item(sketch,
               (struct item){.kind = ITEM_LINE,
                             .stroke = {INK_REST, 1},
                             .thickness = 2.5F,
                             .at = at,
                             .n_points = 2,
                             .looks = flow->words[k] + 1,
                             .title = arena_print(layout->arena, "%s rests: %.3f",
                                                  flow->tokens[flow->words[k]].text,
                                                  (double)share)});
}

const struct scene *lines_draw(const struct flow *flow, struct arena *arena)
{
    struct layout layout = layout_for(flow, arena);
    struct sketch sketch = scene_begin(arena);
    draw_headings(&sketch, &layout);
    for (size_t k = 0; k < flow->n_words; k++) {
        if (flow->rests)
            draw_rest(&sketch, &layout, k);
        draw_word(&sketch, &layout, k, true);
    }
    for (size_t k = 0; k < layout.n_seen; k++)
        draw_word(&sketch, &layout, k, false);
    for (size_t k = flow->n_links; k-- > 0;)
        draw_link(&sketch, &layout, &flow->links[k]);
    float right = layout.right + layout.widest + layout.theme.pad;
    float least = 30 * layout.theme.text;
    right = right > least ? right : least;
    size_t lines = flow->n_words > layout.n_seen ? flow->n_words : layout.n_seen;
    float bottom = layout.top + layout.step * (float)lines;
    bottom = flow_legend(&sketch, flow, bottom + layout.theme.pad, right);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&sketch, right, bottom + layout.theme.pad, NULL);
    return scene;
}
