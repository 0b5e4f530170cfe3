#include "attn/render/network.h"

#include <math.h>
#include <stdint.h>

#include "attn/render/stack.h"
#include "attn/render/text.h"

static const float LEAST_DOT = 8, MORE_DOT = 22;

struct layout {
    const struct network *network;
    struct arena *arena;
    struct theme theme;
    float width, height, margin;
    float *dots; /* [n_words] diameters */
};

static struct layout layout_for(const struct network *network, struct arena *arena)
{
    const struct flow *flow = &network->flow;
    struct layout layout = {
        .network = network,
        .arena = arena,
        .theme = theme_for(flow->big),
        .dots = arena_new(arena, flow->n_words, sizeof *layout.dots),
    };
    float most = 0, scale = layout.theme.text / 15;
    for (size_t k = 0; k < flow->n_words; k++)
        most = network->sizes[k] > most ? network->sizes[k] : most;
    for (size_t k = 0; k < flow->n_words; k++)
        layout.dots[k] =
            scale *
            (LEAST_DOT + MORE_DOT * (most > 0 ? sqrtf(network->sizes[k] / most) : 0));
    layout.margin = 4 * layout.theme.text;
    float side = scale * (260 + 62 * sqrtf((float)flow->n_words));
    layout.width = side * 1.25F + 2 * layout.margin;
    layout.height = side * 0.8F + layout.margin;
    return layout;
}

static struct point place(const struct layout *layout, size_t k)
{
    const struct point *at = &layout->network->at[k];
    return (struct point){layout->margin + at->x * (layout->width - 2 * layout->margin),
                          layout->margin / 2 +
                              at->y * (layout->height - layout->margin)};
}

static struct point toward(struct point from, struct point to, float distance)
{
    float x = to.x - from.x, y = to.y - from.y, length = sqrtf(x * x + y * y);
    if (!(length > 0))
        return from;
    return (struct point){from.x + x / length * distance,
                          from.y + y / length * distance};
}

/* A little to the right of its way, so that two words which look at each other show two
 * arrows. */
static void aside(struct point at[2])
{
    static const float ASIDE = 3;
    float x = at[1].x - at[0].x, y = at[1].y - at[0].y, length = sqrtf(x * x + y * y);
    for (int k = 0; k < 2 && length > 0; k++) {
        at[k].x -= ASIDE * y / length;
        at[k].y += ASIDE * x / length;
    }
}

/* From what is read to the reader, between the rims of their dots. */
static void draw_link(struct sketch *sketch, const struct layout *layout,
                      const struct flow_link *link)
{
    size_t row = flow_place(&layout->network->flow, link->row);
    size_t col = flow_place(&layout->network->flow, link->col);
    if (row == SIZE_MAX || col == SIZE_MAX || row == col)
        return;
    struct item line = flow_line(&layout->network->flow, link, layout->arena);
    struct point *at = arena_new(layout->arena, 2, sizeof *at);
    struct point reader = place(layout, row), source = place(layout, col);
    at[0] = toward(source, reader, layout->dots[col] / 2 + 1);
    at[1] = toward(reader, source, layout->dots[row] / 2 + 3);
    aside(at);
    line.at = at;
    line.n_points = 2;
    scene_item(sketch, line);
}

static void draw_node(struct sketch *sketch, const struct layout *layout, size_t k)
{
    const struct flow *flow = &layout->network->flow;
    struct point at = place(layout, k);
    bool chosen = flow->words[k] == flow->chosen;
    const char *label =
        stack_label(layout->arena, flow->tokens, flow->n_tokens, flow->words[k]);
    struct type type = {.size = layout->theme.text, .bold = chosen};
    scene_item(sketch,
               (struct item){.kind = ITEM_DOT,
                             .fill = {chosen ? INK_CHOSEN : INK_MUTED, 0},
                             .stroke = {INK_PAPER, 0},
                             .thickness = 1.5F,
                             .box = {at.x, at.y, layout->dots[k], 0},
                             .title = arena_print(layout->arena, "%s: %.3f", label,
                                                  (double)layout->network->sizes[k])});
    scene_item(sketch, (struct item){
                           .kind = ITEM_TEXT,
                           .fill = {chosen ? INK_CHOSEN : INK_TEXT, 0},
                           .text = text_fit(layout->arena, label, type, 9 * type.size),
                           .size = type.size,
                           .bold = chosen,
                           .underlined = chosen,
                           .anchor = TEXT_MIDDLE,
                           .title = label,
                           .box = {at.x, at.y - layout->dots[k] / 2 - 4, 0, 0}});
}

const struct scene *network_draw(const struct network *network, struct arena *arena)
{
    struct layout layout = layout_for(network, arena);
    const struct flow *flow = &network->flow;
    struct sketch sketch = scene_begin(arena);
    for (size_t k = flow->n_links; k-- > 0;)
        draw_link(&sketch, &layout, &flow->links[k]);
    for (size_t k = 0; k < flow->n_words; k++)
        draw_node(&sketch, &layout, k);
    float small = layout.theme.small, top = layout.height + small;
    float right =
        layout.width > 30 * layout.theme.text ? layout.width : 30 * layout.theme.text;
    scene_item(&sketch,
               (struct item){.kind = ITEM_TEXT,
                             .fill = {INK_MUTED, 0},
                             .size = small,
                             .text = arena_print(arena, "A bigger dot: more of %s.",
                                                 network->size_means),
                             .box = {layout.theme.pad, top + small, 0, 0}});
    float bottom = flow_legend(&sketch, flow, top + 1.8F * small, right);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&sketch, right, bottom + layout.theme.pad, NULL);
    return scene;
}
