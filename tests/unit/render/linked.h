/* linked.h - a sentence with links between its words, and what every picture of links
 * must keep: nothing outside, no two labels over each other, the same marks twice. */
#ifndef TESTS_UNIT_RENDER_LINKED_H
#define TESTS_UNIT_RENDER_LINKED_H

#include "attn/render/flow.h"
#include "attn/render/text.h"
#include "tests/unit/render/hand.h"

enum { LINKED_MOST = 80 };

static const struct flow_head linked_heads[] = {
    {.name = "L2-H0 verb→subject", .color = 0},
    {.name = "L2-H1 verb→object", .color = 1, .dashed = true},
    {.name = "L1-H0 determiner→noun", .pale = true},
};

struct linked {
    struct axis_token tokens[LINKED_MOST];
    size_t words[LINKED_MOST];
    struct flow_link links[LINKED_MOST];
    struct flow flow;
};

/* n words, each looking at an earlier one some places back, and the first two at each
 * other. */
static inline void linked_make(struct linked *made, const char *const *texts, size_t n)
{
    size_t k = 0;
    memset(made, 0, sizeof *made);
    for (size_t i = 0; i < n; i++) {
        made->tokens[i] = (struct axis_token){.text = texts[i % 6], .position = (int)i};
        made->words[i] = i;
        if (i > 0)
            made->links[k++] = (struct flow_link){.row = i,
                                                  .col = i - 1 - (i * 5 % 7) % i,
                                                  .head = i % 3,
                                                  .weight = 1 - (float)i / 100,
                                                  .either = i == 4};
    }
    if (n > 1)
        made->links[k++] = (struct flow_link){.row = 0, .col = 1, .weight = .5F};
    made->flow = (struct flow){.tokens = made->tokens,
                               .n_tokens = n,
                               .words = made->words,
                               .n_words = n,
                               .links = made->links,
                               .n_links = k,
                               .heads = linked_heads,
                               .n_heads = 3,
                               .chosen = n > 2 ? 2 : SIZE_MAX};
}

static const char *const linked_plain[6] = {"the",   "animal", "didn't",
                                            "cross", "a",      "street"};
static const char *const linked_odd[6] = {
    "東京", "القطة", "Donaudampfschifffahrtsgesellschaftskapitän", "👩‍👩‍👧",
    "!",    "naïve"};

/* Where an upright text is painted. */
static inline struct box linked_text_box(const struct item *item)
{
    struct type type = {item->size, item->bold, item->mono};
    float width = text_width(item->text, type);
    if (item->box.width > 0 && width > item->box.width)
        width = item->box.width;
    float part = item->anchor == TEXT_START ? 0 : item->anchor == TEXT_END ? 1 : .5F;
    return (struct box){item->box.x - part * width, item->box.y - .7F * item->size,
                        width, .7F * item->size};
}

static inline bool linked_overlap(struct box a, struct box b)
{
    return a.x + .5F < b.x + b.width && b.x + .5F < a.x + a.width &&
           a.y + .5F < b.y + b.height && b.y + .5F < a.y + a.height;
}

static inline void linked_check_inside(const struct scene *scene, struct point at)
{
    if (!(at.x >= 0 && at.y >= 0 && at.x <= scene->width && at.y <= scene->height))
        fail_msg("%g %g is outside %g x %g", (double)at.x, (double)at.y,
                 (double)scene->width, (double)scene->height);
}

/* Labels and lines inside the picture; arcs as high as they rise. */
static inline void linked_check_places(const struct scene *scene)
{
    for (size_t k = 0; k < scene->n_items; k++) {
        const struct item *item = &scene->items[k];
        if (item->kind == ITEM_TEXT && item->turn == 0) {
            struct box box = linked_text_box(item);
            linked_check_inside(scene, (struct point){box.x, box.y});
            linked_check_inside(scene,
                                (struct point){box.x + box.width, box.y + box.height});
        } else if (item->kind == ITEM_LINE) {
            for (size_t p = 0; p < item->n_points; p++)
                linked_check_inside(scene, item->at[p]);
            float rise = item->shape == LINE_ARC
                             ? scene_arc_rise(item->at[1].x - item->at[0].x)
                             : 0;
            linked_check_inside(scene,
                                (struct point){item->at[0].x, item->at[0].y - rise});
        } else if (item->kind == ITEM_DOT) {
            float r = item->box.width / 2;
            linked_check_inside(scene,
                                (struct point){item->box.x - r, item->box.y - r});
            linked_check_inside(scene,
                                (struct point){item->box.x + r, item->box.y + r});
        }
    }
}

static inline void linked_check_labels(const struct scene *scene)
{
    for (size_t a = 0; a < scene->n_items; a++)
        for (size_t b = a + 1; b < scene->n_items; b++) {
            const struct item *one = &scene->items[a], *two = &scene->items[b];
            if (one->kind == ITEM_TEXT && two->kind == ITEM_TEXT && one->turn == 0 &&
                two->turn == 0 &&
                linked_overlap(linked_text_box(one), linked_text_box(two)))
                fail_msg("\"%s\" lies over \"%s\"", one->text, two->text);
        }
}

static inline size_t linked_count(const struct scene *scene, enum item_kind kind,
                                  bool arrows)
{
    size_t n = 0;
    for (size_t k = 0; k < scene->n_items; k++)
        n += scene->items[k].kind == kind && (!arrows || scene->items[k].arrow);
    return n;
}

/* The same marks at the same places. */
static inline void linked_check_same(const struct scene *a, const struct scene *b)
{
    assert_int_equal(a->n_items, b->n_items);
    assert_true(a->width == b->width && a->height == b->height);
    for (size_t k = 0; k < a->n_items; k++) {
        const struct item *one = &a->items[k], *two = &b->items[k];
        assert_int_equal(one->kind, two->kind);
        assert_memory_equal(&one->box, &two->box, sizeof one->box);
        assert_int_equal(one->n_points, two->n_points);
        if (one->n_points)
            assert_memory_equal(one->at, two->at, one->n_points * sizeof *one->at);
        if (one->text)
            assert_string_equal(one->text, two->text);
    }
}

#endif
