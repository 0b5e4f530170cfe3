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
    float *dots;           /* [n_words] diameters */
    struct segment *lines; /* [n_lines] the links as drawn */
    size_t n_lines;
    struct box *labels; /* [n_labels] where words have been put so far */
    size_t n_labels;
};

struct segment {
    struct point from, to;
};

static struct layout layout_for(const struct network *network, struct arena *arena)
{
    const struct flow *flow = &network->flow;
    struct layout layout = {
        .network = network,
        .arena = arena,
        .theme = theme_for(flow->big),
        .dots = arena_new(arena, flow->n_words, sizeof *layout.dots),
        .lines = arena_new(arena, flow->n_links, sizeof *layout.lines),
        .labels = arena_new(arena, flow->n_words, sizeof *layout.labels),
    };
    float most = 0, scale = layout.theme.text / 15;
    for (size_t k = 0; k < flow->n_words; k++)
        most = network->sizes[k] > most ? network->sizes[k] : most;
    for (size_t k = 0; k < flow->n_words; k++)
        layout.dots[k] =
            scale *
            (LEAST_DOT + MORE_DOT * (most > 0 ? sqrtf(network->sizes[k] / most) : 0));
    layout.margin = 4 * layout.theme.text;
    float root = sqrtf((float)flow->n_words); /* few words need little room */
    float side = scale * fminf(260 + 62 * root, 40 + 140 * root);
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
static void draw_link(struct sketch *sketch, struct layout *layout,
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
    layout->lines[layout->n_lines++] = (struct segment){at[0], at[1]};
    line.at = at;
    line.n_points = 2;
    scene_item(sketch, line);
}

/* ---- where a word stands: on the side of its dot where it covers least ------------
 */

static bool is_within(struct box box, struct point at, float margin)
{
    return at.x > box.x - margin && at.x < box.x + box.width + margin &&
           at.y > box.y - margin && at.y < box.y + box.height + margin;
}

static bool overlap(struct box a, struct box b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

/* How many of the points along a line lie in the box. */
static float crossed(const struct segment *line, struct box box)
{
    enum { POINTS = 32 };
    float n = 0;
    for (int k = 0; k <= POINTS; k++) {
        float t = (float)k / POINTS;
        struct point at = {line->from.x + t * (line->to.x - line->from.x),
                           line->from.y + t * (line->to.y - line->from.y)};
        n += is_within(box, at, 2);
    }
    return n;
}

static float cost_of(const struct layout *layout, struct box box, size_t own)
{
    static const float TAKEN = 100, OUTSIDE = 200;
    float cost = 0;
    for (size_t k = 0; k < layout->n_lines; k++)
        cost += crossed(&layout->lines[k], box);
    for (size_t k = 0; k < layout->n_labels; k++)
        cost += overlap(box, layout->labels[k]) ? TAKEN : 0;
    for (size_t k = 0; k < layout->network->flow.n_words; k++)
        if (k != own && is_within(box, place(layout, k), layout->dots[k] / 2))
            cost += TAKEN;
    if (box.x < 0 || box.y < 0 || box.x + box.width > layout->width ||
        box.y + box.height > layout->height)
        cost += OUTSIDE;
    return cost;
}

/* Above, below, right, left, then the corners: the first that covers least. */
static struct box best_box(struct layout *layout, size_t k, float width, float height)
{
    static const float sides[][2] = {{0, -1},   {0, 1},     {1, 0},   {-1, 0},
                                     {1, -.7F}, {-1, -.7F}, {1, .7F}, {-1, .7F}};
    struct point at = place(layout, k);
    float reach = layout->dots[k] / 2 + 3, least = 0;
    struct box best = {0};
    for (size_t s = 0; s < sizeof sides / sizeof *sides; s++) {
        float x = at.x + sides[s][0] * (reach + width / 2 + 1);
        float y = at.y + sides[s][1] * (reach + height / 2);
        struct box box = {x - width / 2, y - height / 2, width, height};
        float cost = cost_of(layout, box, k);
        if (s == 0 || cost < least) {
            best = box;
            least = cost;
        }
    }
    layout->labels[layout->n_labels++] = best;
    return best;
}

static void draw_dot(struct sketch *sketch, const struct layout *layout, size_t k)
{
    const struct flow *flow = &layout->network->flow;
    struct point at = place(layout, k);
    bool chosen = flow->words[k] == flow->chosen;
    const char *label =
        stack_label(layout->arena, flow->tokens, flow->n_tokens, flow->words[k]);
    scene_item(sketch,
               (struct item){.kind = ITEM_DOT,
                             .fill = {chosen ? INK_CHOSEN : INK_MUTED, 0},
                             .stroke = {INK_PAPER, 0},
                             .thickness = 1.5F,
                             .box = {at.x, at.y, layout->dots[k], 0},
                             .looks = flow->words[k] + 1,
                             .seen = flow->words[k] + 1,
                             .title = arena_print(layout->arena, "%s: %.3f", label,
                                                  (double)layout->network->sizes[k])});
}

static void draw_label(struct sketch *sketch, struct layout *layout, size_t k)
{
    const struct flow *flow = &layout->network->flow;
    bool chosen = flow->words[k] == flow->chosen;
    const char *label =
        stack_label(layout->arena, flow->tokens, flow->n_tokens, flow->words[k]);
    struct type type = {.size = layout->theme.text, .bold = chosen};
    const char *shown = text_fit(layout->arena, label, type, 9 * type.size);
    struct box box = best_box(layout, k, text_width(shown, type), 1.15F * type.size);
    scene_item(sketch, (struct item){.kind = ITEM_TEXT,
                                     .fill = {chosen ? INK_CHOSEN : INK_TEXT, 0},
                                     .text = shown,
                                     .size = type.size,
                                     .bold = chosen,
                                     .underlined = chosen,
                                     .anchor = TEXT_MIDDLE,
                                     .title = label,
                                     .looks = flow->words[k] + 1,
                                     .seen = flow->words[k] + 1,
                                     .box = {box.x + box.width / 2,
                                             box.y + 0.9F * type.size, 0, 0}});
}

const struct scene *network_draw(const struct network *network, struct arena *arena)
{
    struct layout layout = layout_for(network, arena);
    const struct flow *flow = &network->flow;
    struct sketch sketch = scene_begin(arena);
    for (size_t k = flow->n_links; k-- > 0;)
        draw_link(&sketch, &layout, &flow->links[k]);
    for (size_t k = 0; k < flow->n_words; k++)
        draw_dot(&sketch, &layout, k);
    for (size_t k = 0; k < flow->n_words; k++)
        draw_label(&sketch, &layout, k);
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
