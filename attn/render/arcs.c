#include "attn/render/arcs.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "attn/render/text.h"

enum { CURVE_POINTS = 17 };

struct layout {
    const struct flow *flow;
    struct arena *arena;
    struct theme theme;
    struct box *boxes;   /* [n_words] */
    const char **labels; /* [n_words] */
    struct point origin; /* the upper left corner */
    bool column;         /* words stand under one another */
    float right, bottom;
};

/* One end of a link at a word. */
struct end {
    size_t link;
    size_t at, other; /* places of this word and of the other one */
    bool reader;      /* this end is the word that looks */
};

/* ---- words ------------------------------------------------------------------------
 */

static void measure_words(struct layout *layout)
{
    const struct flow *flow = layout->flow;
    struct type type = {.size = layout->theme.text};
    for (size_t k = 0; k < flow->n_words; k++) {
        const char *text = flow->tokens[flow->words[k]].text;
        layout->labels[k] = text_fit(layout->arena, text, type, 12 * type.size);
        layout->boxes[k].width =
            text_width(layout->labels[k], type) + layout->theme.pad;
        layout->boxes[k].height = layout->theme.line;
    }
}

static float line_width(const struct layout *layout)
{
    float width = 0;
    for (size_t k = 0; k < layout->flow->n_words; k++)
        width += layout->boxes[k].width + 3 * layout->theme.gap;
    return width;
}

/* The highest arc over a line of words. */
static float arcs_height(const struct layout *layout)
{
    float most = 0;
    for (size_t k = 0; k < layout->flow->n_links; k++) {
        size_t a = flow_place(layout->flow, layout->flow->links[k].row);
        size_t b = flow_place(layout->flow, layout->flow->links[k].col);
        if (a == SIZE_MAX || b == SIZE_MAX)
            continue;
        float rise = scene_arc_rise(layout->boxes[a].x - layout->boxes[b].x +
                                    layout->theme.column / 20);
        most = rise > most ? rise : most;
    }
    return most;
}

static void place_in_line(struct layout *layout)
{
    float x = layout->origin.x + layout->theme.pad;
    for (size_t k = 0; k < layout->flow->n_words; k++) {
        layout->boxes[k].x = x;
        x += layout->boxes[k].width + 3 * layout->theme.gap;
        layout->right = x;
    }
    float top = layout->origin.y + arcs_height(layout) + 2 * layout->theme.pad;
    for (size_t k = 0; k < layout->flow->n_words; k++)
        layout->boxes[k].y = top;
    layout->bottom = top + layout->theme.line;
}

/* The farthest that an arc bows out of a column of words. */
static float longest_arc(const struct layout *layout)
{
    const struct flow *flow = layout->flow;
    float most = 0;
    for (size_t k = 0; k < flow->n_links; k++) {
        size_t a = flow_place(flow, flow->links[k].row);
        size_t b = flow_place(flow, flow->links[k].col);
        if (a == SIZE_MAX || b == SIZE_MAX)
            continue;
        float rise = scene_arc_rise(((float)a - (float)b) * layout->theme.line);
        most = rise > most ? rise : most;
    }
    return most;
}

static void place_in_column(struct layout *layout)
{
    float y = layout->origin.y + layout->theme.pad, widest = 0, reach = 0;
    float left = layout->origin.x + layout->theme.pad + 3 * layout->theme.small;
    for (size_t k = 0; k < layout->flow->n_words; k++)
        widest = layout->boxes[k].width > widest ? layout->boxes[k].width : widest;
    for (size_t k = 0; k < layout->flow->n_words; k++) {
        struct box *box = &layout->boxes[k];
        box->x = left + widest - box->width;
        box->y = y;
        y += layout->theme.line;
    }
    reach = longest_arc(layout) * 1.6F + layout->theme.pad;
    layout->right = left + widest + reach;
    layout->bottom = y;
}

static struct layout layout_at(const struct flow *flow, struct point origin,
                               struct arena *arena)
{
    struct layout layout = {
        .flow = flow,
        .arena = arena,
        .origin = origin,
        .theme = theme_for(flow->big),
        .boxes = arena_new(arena, flow->n_words, sizeof *layout.boxes),
        .labels = arena_new(arena, flow->n_words, sizeof *layout.labels),
    };
    measure_words(&layout);
    layout.column = line_width(&layout) > layout.theme.column;
    if (layout.column)
        place_in_column(&layout);
    else
        place_in_line(&layout);
    return layout;
}

static void draw_words(struct sketch *sketch, const struct layout *layout)
{
    const struct flow *flow = layout->flow;
    const struct theme *theme = &layout->theme;
    for (size_t k = 0; k < flow->n_words; k++) {
        struct box box = layout->boxes[k];
        bool chosen = flow->words[k] == flow->chosen;
        scene_item(sketch,
                   (struct item){.kind = ITEM_TEXT,
                                 .fill = {chosen ? INK_CHOSEN : INK_TEXT, 0},
                                 .text = layout->labels[k],
                                 .size = theme->text,
                                 .anchor = TEXT_MIDDLE,
                                 .bold = chosen,
                                 .underlined = chosen,
                                 .title = flow->tokens[flow->words[k]].text,
                                 .looks = flow->words[k] + 1,
                                 .seen = flow->words[k] + 1,
                                 .box = {box.x + box.width / 2,
                                         box.y + box.height - 0.4F * theme->text,
                                         box.width, 0}});
        if (!layout->column)
            continue;
        scene_item(
            sketch,
            (struct item){.kind = ITEM_TEXT,
                          .fill = {INK_MUTED, 0},
                          .size = 0.85F * theme->small,
                          .box = {layout->origin.x + theme->pad,
                                  box.y + box.height - 0.4F * theme->text, 0, 0},
                          .text = arena_print(layout->arena, "%d",
                                              flow->tokens[flow->words[k]].position)});
    }
}

/* ---- links ------------------------------------------------------------------------
 */

/* Ends at one word, so ordered that arcs which nest do not cross: those that go back
 * from the nearest to the farthest, then those that go on from the farthest in. */
static int order_ends(const void *a, const void *b)
{
    const struct end *one = a, *two = b;
    if (one->at != two->at)
        return one->at < two->at ? -1 : 1;
    bool back = one->other < one->at, back2 = two->other < two->at;
    if (back != back2)
        return back ? -1 : 1;
    if (one->other != two->other)
        return one->other > two->other ? -1 : 1;
    /* Twin arcs of two heads nest too. */
    if (one->link == two->link)
        return 0;
    return (one->link < two->link) == back ? -1 : 1;
}

static size_t collect_ends(const struct layout *layout, struct end *ends)
{
    const struct flow *flow = layout->flow;
    size_t n = 0;
    for (size_t k = 0; k < flow->n_links; k++) {
        size_t row = flow_place(flow, flow->links[k].row);
        size_t col = flow_place(flow, flow->links[k].col);
        if (row == SIZE_MAX || col == SIZE_MAX || row == col)
            continue;
        ends[n++] = (struct end){k, row, col, true};
        ends[n++] = (struct end){k, col, row, false};
    }
    qsort(ends, n, sizeof *ends, order_ends);
    return n;
}

/* Where the i-th of n ends stands at its word. */
static struct point stand(const struct layout *layout, size_t word, size_t i, size_t n)
{
    struct box box = layout->boxes[word];
    float part = ((float)i + 1) / ((float)n + 1) - 0.5F;
    if (layout->column)
        return (struct point){box.x + box.width + 2,
                              box.y + box.height * (0.5F + 0.7F * part)};
    float spread = box.width - 2 < 9 * (float)n ? box.width - 2 : 9 * (float)n;
    return (struct point){box.x + box.width / 2 + part * spread, box.y};
}

/* Fills from/to [n_links] with where each link leaves and arrives. Links that are not
 * drawn keep `drawn` false. */
static void stand_all(const struct layout *layout, struct point *from, struct point *to,
                      bool *drawn)
{
    struct end *ends =
        arena_new(layout->arena, 2 * layout->flow->n_links, sizeof *ends);
    size_t n = collect_ends(layout, ends);
    for (size_t first = 0, last; first < n; first = last) {
        for (last = first; last < n && ends[last].at == ends[first].at;)
            last++;
        for (size_t i = first; i < last; i++) {
            struct point at = stand(layout, ends[i].at, i - first, last - first);
            drawn[ends[i].link] = true;
            if (ends[i].reader)
                to[ends[i].link] = at;
            else
                from[ends[i].link] = at;
        }
    }
}

/* An arc that bows to the right: a cubic, cut into short pieces. */
static void bow_right(struct item *line, struct point from, struct point to,
                      struct arena *arena)
{
    struct point *at = arena_new(arena, CURVE_POINTS, sizeof *at);
    float reach = scene_arc_rise(to.y - from.y) * 4 / 3 * 1.5F;
    for (int k = 0; k < CURVE_POINTS; k++) {
        float t = (float)k / (CURVE_POINTS - 1), u = 1 - t;
        float bow = 3 * u * u * t + 3 * u * t * t;
        at[k].x = (u * u * u + 3 * u * u * t) * from.x +
                  (t * t * t + 3 * u * t * t) * to.x + bow * reach;
        at[k].y =
            (u * u * u + 3 * u * u * t) * from.y + (t * t * t + 3 * u * t * t) * to.y;
    }
    line->at = at;
    line->n_points = CURVE_POINTS;
}

static void draw_link(struct sketch *sketch, const struct layout *layout, size_t k,
                      struct point from, struct point to)
{
    struct item line = flow_line(layout->flow, &layout->flow->links[k], layout->arena);
    if (layout->column) {
        bow_right(&line, from, to, layout->arena);
    } else {
        struct point *at = arena_new(layout->arena, 2, sizeof *at);
        at[0] = from;
        at[1] = to;
        line.at = at;
        line.n_points = 2;
        line.shape = LINE_ARC;
    }
    scene_item(sketch, line);
}

static void draw_links(struct sketch *sketch, const struct layout *layout)
{
    size_t n = layout->flow->n_links;
    struct point *from = arena_new(layout->arena, n, sizeof *from);
    struct point *to = arena_new(layout->arena, n, sizeof *to);
    bool *drawn = arena_new(layout->arena, n, sizeof *drawn);
    stand_all(layout, from, to, drawn);
    for (size_t k = n; k-- > 0;) /* the first, strongest, on top */
        if (drawn[k])
            draw_link(sketch, layout, k, from[k], to[k]);
}

const struct scene *arcs_draw(const struct flow *flow, struct arena *arena)
{
    struct layout layout = layout_at(flow, (struct point){0, 0}, arena);
    struct sketch sketch = scene_begin(arena);
    float least = 30 * layout.theme.text;
    float right = layout.right > least ? layout.right : least;
    draw_links(&sketch, &layout);
    draw_words(&sketch, &layout);
    float bottom = flow_legend(&sketch, flow, layout.bottom + layout.theme.pad, right);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene =
        scene_end(&sketch, right + layout.theme.pad, bottom + layout.theme.pad, NULL);
    return scene;
}

/* ---- several, one for each layer --------------------------------------------------
 */

struct strip_room {
    struct point at;     /* where the next one begins */
    float right, bottom; /* used so far */
    float width;         /* of the last one */
};

/* A heading, the words and arcs, the names of the heads. */
static void draw_strip(struct sketch *sketch, const struct arcs_strip *strip,
                       struct strip_room *room)
{
    struct theme theme = theme_for(strip->flow.big);
    float head = 1.7F * theme.small;
    if (room->at.x > 0 && room->at.x + room->width > theme.column)
        room->at = (struct point){0, room->bottom + 2 * theme.pad};
    scene_item(sketch,
               (struct item){.kind = ITEM_TEXT,
                             .fill = {INK_TEXT, 0},
                             .bold = true,
                             .text = strip->title,
                             .size = theme.small,
                             .box = {room->at.x + theme.pad,
                                     room->at.y + theme.pad + theme.small, 0, 0}});
    struct layout layout = layout_at(
        &strip->flow, (struct point){room->at.x, room->at.y + head}, sketch->arena);
    float least = room->at.x + (layout.column ? 17 : 40) * theme.small;
    float right = layout.right > least ? layout.right : least;
    draw_links(sketch, &layout);
    draw_words(sketch, &layout);
    struct box legend = {room->at.x, layout.bottom + theme.pad, right - room->at.x, 0};
    float bottom = flow_legend_heads(sketch, &strip->flow, legend);
    room->width = right - room->at.x;
    room->right = right > room->right ? right : room->right;
    room->bottom = bottom > room->bottom ? bottom : room->bottom;
    if (layout.column)
        room->at.x = right + 2 * theme.pad;
    else
        room->at.y = bottom + 2 * theme.pad;
}

const struct scene *arcs_strips(const struct arcs_strip *strips, size_t n,
                                struct arena *arena)
{
    struct theme theme = theme_for(strips[0].flow.big);
    struct sketch sketch = scene_begin(arena);
    struct strip_room room = {0};
    for (size_t k = 0; k < n; k++)
        draw_strip(&sketch, &strips[k], &room);
    float bottom = flow_legend_notes(&sketch, &strips[0].flow,
                                     (struct box){0, room.bottom, room.right, 0});
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&sketch, room.right + theme.pad, bottom + theme.pad, NULL);
    return scene;
}
