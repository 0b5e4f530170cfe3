/* hand.h - a sentence with attention made up by hand, for the tests of layouts.
 *
 *     <s>  the  cat  saw  the  dog        "saw" looks at "dog" .6 and "cat" .3
 */
#ifndef TESTS_UNIT_RENDER_HAND_H
#define TESTS_UNIT_RENDER_HAND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"

enum { HAND_N = 6, HAND_SAW = 3 };

static const struct axis_token hand_tokens[HAND_N] = {
    {"<s>", -1, true}, {"the", 0, false}, {"cat", 1, false},
    {"saw", 2, false}, {"the", 3, false}, {"dog", 4, false},
};

static const float hand_weights[HAND_N * HAND_N] = {
    1,    0,    0,    0,    0,    0,    /* <s> */
    .05f, 0,    .95f, 0,    0,    0,    /* the */
    .98f, 0,    .02f, 0,    0,    0,    /* cat rests */
    .08f, .01f, .3f,  .01f, 0,    .6f,  /* saw */
    .02f, 0,    0,    0,    0,    .98f, /* the */
    .1f,  .1f,  .2f,  .25f, .15f, .2f,  /* dog: a little at many */
};

static const struct slice hand_slice = {
    .layer = 2, .head = 1, .name = "verb→object", .weights = hand_weights};

static inline struct stack hand_stack(void)
{
    return (struct stack){.slices = &hand_slice,
                          .n_slices = 1,
                          .rows = hand_tokens,
                          .cols = hand_tokens,
                          .n_rows = HAND_N,
                          .n_cols = HAND_N,
                          .most = 1};
}

static inline const struct field *hand_field(const struct scene *scene,
                                             enum field_kind kind)
{
    for (size_t i = 0; i < scene->n_fields; i++)
        if (scene->fields[i].kind == kind)
            return &scene->fields[i];
    return NULL;
}

static inline const struct item *hand_text(const struct scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->n_items; i++)
        if (scene->items[i].kind == ITEM_TEXT &&
            strcmp(scene->items[i].text, text) == 0)
            return &scene->items[i];
    return NULL;
}

/* Everything lies inside the picture. */
static inline void hand_check_inside(const struct scene *scene)
{
    for (size_t i = 0; i < scene->n_items; i++) {
        struct box box = scene->items[i].box;
        if (scene->items[i].kind == ITEM_LINE)
            continue;
        assert_true(box.x >= 0 && box.y >= 0);
        assert_true(box.x <= scene->width && box.y <= scene->height);
    }
    for (size_t i = 0; i < scene->n_fields; i++) {
        const struct field *field = &scene->fields[i];
        if (field->kind == FIELD_CELLS) {
            assert_true(field->box.x >= 0 && field->box.y >= 0);
            assert_true(field->box.x + field->box.width <= scene->width + .01f);
            assert_true(field->box.y + field->box.height <= scene->height);
        }
        for (size_t k = 0; field->boxes && k < field->n_cols; k++) {
            assert_true(field->boxes[k].x >= 0);
            assert_true(field->boxes[k].x + field->boxes[k].width <=
                        scene->width + .01f);
            assert_true(field->boxes[k].y + field->boxes[k].height <= scene->height);
        }
    }
}

#endif
