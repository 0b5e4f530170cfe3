/* apart.h - what must hold of any drawing of boxes: nothing lies across anything else.
 * Include it after cmocka.h.
 */
#ifndef TESTS_UNIT_APART_H
#define TESTS_UNIT_APART_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "attn/render/scene.h"
#include "attn/render/text.h"

static const float APART_NEAR = .6F;

static inline bool apart_meet(struct box a, struct box b)
{
    return a.x < b.x + b.width - APART_NEAR && b.x < a.x + a.width - APART_NEAR &&
           a.y < b.y + b.height - APART_NEAR && b.y < a.y + a.height - APART_NEAR;
}

static inline bool apart_holds(struct box outer, struct box inner)
{
    return inner.x >= outer.x - APART_NEAR && inner.y >= outer.y - APART_NEAR &&
           inner.x + inner.width <= outer.x + outer.width + APART_NEAR &&
           inner.y + inner.height <= outer.y + outer.height + APART_NEAR;
}

/* Where the letters of a text stand. */
static inline struct box apart_letters(const struct item *item, struct arena *arena)
{
    struct type type = {item->size, item->bold, item->mono};
    float wide = text_width(text_fit(arena, item->text, type, item->box.width), type);
    float up = item->size * .75F, down = item->size * .2F;
    float left = item->box.x - (item->anchor == TEXT_MIDDLE ? wide / 2
                                : item->anchor == TEXT_END  ? wide
                                                            : 0);
    if (item->turn == 0)
        return (struct box){left, item->box.y - up, wide, up + down};
    return (struct box){item->box.x - up, item->box.y - wide, up + down, wide};
}

/* A piece of a line passes through a box. */
static inline bool apart_crosses(struct point a, struct point b, struct box box)
{
    float from = 0, to = 1, d[2] = {b.x - a.x, b.y - a.y};
    float least[2] = {box.x + 1 - a.x, box.y + 1 - a.y};
    float most[2] = {box.x + box.width - 1 - a.x, box.y + box.height - 1 - a.y};
    for (int k = 0; k < 2; k++) {
        if (fabsf(d[k]) < 1e-6F) {
            if (least[k] > 0 || most[k] < 0)
                return false;
            continue;
        }
        float enter = fminf(least[k] / d[k], most[k] / d[k]);
        float leave = fmaxf(least[k] / d[k], most[k] / d[k]);
        from = fmaxf(from, enter);
        to = fminf(to, leave);
    }
    return from < to;
}

static inline void apart_fail(const char *what, const struct item *a)
{
    print_error("%s: \"%s\" at %.1f %.1f\n", what, a->text ? a->text : "box",
                (double)a->box.x, (double)a->box.y);
    fail();
}

static inline void apart_text(const struct scene *scene, size_t i, struct arena *arena)
{
    const struct item *text = &scene->items[i];
    struct box letters = apart_letters(text, arena);
    struct box page = {0, 0, scene->width, scene->height};
    if (!apart_holds(page, letters))
        apart_fail("outside", text);
    for (size_t j = 0; j < scene->n_items; j++) {
        const struct item *other = &scene->items[j];
        if (other->kind == ITEM_BOX && apart_meet(other->box, letters) &&
            !apart_holds(other->box, letters))
            apart_fail("over the edge of a box", text);
        if (other->kind == ITEM_TEXT && j != i &&
            apart_meet(apart_letters(other, arena), letters))
            apart_fail("over another text", text);
        for (size_t k = 0; other->kind == ITEM_LINE && k + 1 < other->n_points; k++)
            if (apart_crosses(other->at[k], other->at[k + 1], letters))
                apart_fail("a line runs through it", text);
    }
}

/* No box lies partly on another, no text over an edge, a text or a line; print is never
 * smaller than `least` px. */
static inline void apart_check(const struct scene *scene, float least)
{
    struct arena arena = {0};
    for (size_t i = 0; i < scene->n_items; i++) {
        const struct item *item = &scene->items[i];
        for (size_t j = 0; item->kind == ITEM_BOX && j < i; j++) {
            struct box other = scene->items[j].box;
            if (scene->items[j].kind == ITEM_BOX && apart_meet(other, item->box) &&
                !apart_holds(other, item->box) && !apart_holds(item->box, other))
                apart_fail("partly on another box", item);
        }
        if (item->kind == ITEM_TEXT) {
            assert_true(item->size >= least);
            apart_text(scene, i, &arena);
        }
    }
    arena_free(&arena);
}

#endif
