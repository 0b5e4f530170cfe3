/* Number bars: which side of zero, how long, and the numbers as they were given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "attn/render/bars.h"

static const char *const names[] = {"first", "second", "nothing"};
static const double values[] = {2, -1, 0}, doubled[] = {4, -2, NAN};
static const char *const texts[] = {"+2", "-1", "0"};
static const char *const doubled_texts[] = {"+4", "-2", "–"};

static struct bars two_columns(bool one_scale)
{
    return (struct bars){
        .one_scale = one_scale,
        .names = names,
        .n = 3,
        .columns = {{.heading = "q",
                     .values = values,
                     .texts = texts,
                     .plus = INK_QUERY,
                     .minus = INK_QUERY},
                    {.heading = "twice", .values = doubled, .texts = doubled_texts}},
        .n_columns = 2};
}

/* The bars of the scene in their order. */
static size_t boxes_of(const struct scene *scene, const struct item **boxes)
{
    size_t n = 0;
    for (size_t i = 0; i < scene->n_items; i++)
        if (scene->items[i].kind == ITEM_BOX)
            boxes[n++] = &scene->items[i];
    return n;
}

static bool has_text(const struct scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->n_items; i++)
        if (scene->items[i].kind == ITEM_TEXT &&
            strcmp(scene->items[i].text, text) == 0)
            return true;
    return false;
}

static void bars_lie_on_their_side_of_zero(void **state)
{
    struct arena arena = {0};
    const struct item *boxes[8];
    struct bars bars = two_columns(true);
    const struct scene *scene = bars_draw(&bars, &arena);
    (void)state;
    assert_int_equal(boxes_of(scene, boxes), 4); /* none for 0 and for no number */
    assert_int_equal(boxes[0]->fill.ink, INK_QUERY);
    assert_int_equal(boxes[1]->fill.ink, INK_PLUS);
    assert_int_equal(boxes[3]->fill.ink, INK_MINUS);
    /* +2 begins at zero, where -1 ends */
    float zero = boxes[0]->box.x;
    assert_true(fabsf(boxes[2]->box.x + boxes[2]->box.width - zero) < .01f);
    assert_true(fabsf(boxes[0]->box.width - 2 * boxes[2]->box.width) < .01f);
    assert_true(fabsf(boxes[1]->box.width - 2 * boxes[0]->box.width) < .01f);
    arena_free(&arena);
}

static void each_column_may_have_its_own_scale(void **state)
{
    struct arena arena = {0};
    const struct item *boxes[8];
    struct bars bars = two_columns(false);
    (void)state;
    assert_int_equal(boxes_of(bars_draw(&bars, &arena), boxes), 4);
    assert_true(fabsf(boxes[0]->box.width - boxes[1]->box.width) < .01f);
    arena_free(&arena);
}

static void everything_stands_inside_and_is_said(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        struct arena arena = {0};
        struct bars bars = two_columns(true);
        bars.big = big;
        const struct scene *scene = bars_draw(&bars, &arena);
        for (size_t i = 0; i < scene->n_items; i++) {
            const struct item *item = &scene->items[i];
            assert_true(item->box.x >= 0 && item->box.y >= 0);
            assert_true(item->box.x <= scene->width && item->box.y <= scene->height);
            assert_true(item->kind != ITEM_BOX ||
                        item->box.x + item->box.width <= scene->width);
        }
        for (size_t i = 0; i < 3; i++) {
            assert_true(has_text(scene, names[i]));
            assert_true(has_text(scene, texts[i]));
            assert_true(has_text(scene, doubled_texts[i]));
        }
        assert_true(has_text(scene, "twice"));
        arena_free(&arena);
    }
}

static void the_twin_says_the_same(void **state)
{
    struct arena arena = {0};
    struct bars bars = two_columns(true);
    (void)state;
    assert_string_equal(bars_twin(&bars, &arena), "                  q     twice\n"
                                                  "  first          +2        +4\n"
                                                  "  second         -1        -2\n"
                                                  "  nothing         0         –");
    bars.n_columns = 1;
    assert_string_equal(bars_twin(&bars, &arena), "                  q\n"
                                                  "  first          +2  ##########\n"
                                                  "  second         -1  -----\n"
                                                  "  nothing         0");
    arena_free(&arena);
}

static void nothing_to_draw_is_no_division_by_zero(void **state)
{
    static const double zeros[] = {0, 0};
    static const char *const zero_texts[] = {"0", "0"};
    struct arena arena = {0};
    struct bars bars = {.names = names, .n = 2, .n_columns = 1};
    (void)state;
    bars.columns[0] =
        (struct bars_column){.heading = "", .values = zeros, .texts = zero_texts};
    const struct scene *scene = bars_draw(&bars, &arena);
    assert_true(isfinite(scene->width) && scene->width > 0);
    bars.n = 0;
    scene = bars_draw(&bars, &arena);
    assert_true(isfinite(scene->width) && scene->width > 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_lie_on_their_side_of_zero),
        cmocka_unit_test(each_column_may_have_its_own_scale),
        cmocka_unit_test(everything_stands_inside_and_is_said),
        cmocka_unit_test(the_twin_says_the_same),
        cmocka_unit_test(nothing_to_draw_is_no_division_by_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
