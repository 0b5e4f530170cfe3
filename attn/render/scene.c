#include "attn/render/scene.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

struct sketch scene_begin(struct arena *arena)
{
    return (struct sketch){.arena = arena, .above = SIZE_MAX};
}

/* The array with room for one more element; the old one stays in the arena. */
static void *grown(struct arena *arena, void *old, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return old;
    *room = *room ? *room * 2 : 32;
    void *bigger = arena_new(arena, *room, size);
    if (n)
        memcpy(bigger, old, n * size);
    return bigger;
}

void scene_item(struct sketch *sketch, struct item item)
{
    sketch->items = grown(sketch->arena, sketch->items, sketch->n_items,
                          &sketch->room_items, sizeof item);
    sketch->items[sketch->n_items++] = item;
}

static float less(float a, float b)
{
    return a < b ? a : b;
}

void scene_hatch(struct sketch *sketch, struct box box, float step)
{
    for (float way = step; way < box.width + box.height; way += step) {
        struct point *ends = arena_new(sketch->arena, 2, sizeof *ends);
        float down = less(way, box.height), over = less(way, box.width);
        ends[0] = (struct point){box.x + way - down, box.y + down};
        ends[1] = (struct point){box.x + over, box.y + way - over};
        scene_item(sketch, (struct item){.kind = ITEM_LINE,
                                         .stroke = {INK_MASKED, 0},
                                         .thickness = 1,
                                         .at = ends,
                                         .n_points = 2});
    }
}

struct item scene_moved(const struct item *item, struct point by, struct arena *arena)
{
    struct item moved = *item;
    moved.box.x += by.x;
    moved.box.y += by.y;
    if (item->n_points == 0)
        return moved;
    struct point *at = arena_new(arena, item->n_points, sizeof *at);
    for (size_t k = 0; k < item->n_points; k++)
        at[k] = (struct point){item->at[k].x + by.x, item->at[k].y + by.y};
    moved.at = at;
    return moved;
}

void scene_field(struct sketch *sketch, struct field field)
{
    sketch->fields = grown(sketch->arena, sketch->fields, sketch->n_fields,
                           &sketch->room_fields, sizeof field);
    sketch->fields[sketch->n_fields++] = field;
}

void scene_above(struct sketch *sketch)
{
    sketch->above = sketch->n_items;
}

struct scene scene_end(const struct sketch *sketch, float width, float height,
                       const struct stack *stack)
{
    struct scene scene = {
        .width = ceilf(width),
        .height = ceilf(height),
        .items = sketch->items,
        .n_items = sketch->n_items,
        .fields = sketch->fields,
        .n_fields = sketch->n_fields,
        .above = sketch->above < sketch->n_items ? sketch->above : sketch->n_items,
    };
    if (stack)
        scene.stack = *stack;
    return scene;
}

float scene_level(float weight, float most)
{
    if (!(most > 0) || !(weight > 0))
        return 0;
    return weight < most ? weight / most : 1;
}

float scene_arc_rise(float distance)
{
    return 5 * sqrtf(fabsf(distance));
}

struct bezier scene_curve(enum line_shape shape, struct point from, struct point to)
{
    struct bezier curve = {{from, from, to, to}};
    float middle = (from.x + to.x) / 2;
    if (shape == LINE_CURVE)
        curve.at[1].x = curve.at[2].x = middle;
    if (shape == LINE_ARC) {
        /* A cubic reaches three quarters of its handles' height. */
        float handle = scene_arc_rise(to.x - from.x) * 4 / 3;
        curve.at[1].y -= handle;
        curve.at[2].y -= handle;
    }
    return curve;
}

void scene_arrow(const struct item *line, struct point head[3])
{
    struct point tip = line->at[line->n_points - 1],
                 before = line->at[line->n_points - 2];
    if (line->shape != LINE_STRAIGHT) {
        struct bezier curve = scene_curve(line->shape, line->at[0], line->at[1]);
        tip = curve.at[3];
        before = curve.at[2];
    }
    float x = tip.x - before.x, y = tip.y - before.y, far = hypotf(x, y);
    float length = 5 + 2 * line->thickness;
    x = far > 0 ? x / far * length : length;
    y = far > 0 ? y / far * length : 0;
    head[0] = tip;
    head[1] = (struct point){tip.x - x + y * 0.45F, tip.y - y - x * 0.45F};
    head[2] = (struct point){tip.x - x - y * 0.45F, tip.y - y + x * 0.45F};
}
