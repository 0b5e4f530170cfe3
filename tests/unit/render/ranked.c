#include "tests/unit/render/hand.h"

#include <math.h>

#include "attn/render/ranked.h"

static const struct ranked_item some[] = {
    {.label = "sleep", .share = .4, .note = "awaits a verb"},
    {.label = "eat", .share = .1},
    {.label = "a word that is longer than any column could be in a picture",
     .share = .002},
    {.label = "other 30 words", .share = .498, .rest = true},
};

static const struct ranked whole = {.title = "probability", .items = some, .n = 4};

static void bars_are_drawn_to_the_longest(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct scene *scene = ranked_draw(&whole, &arena);
    float widths[4];
    size_t n = 0;
    for (size_t i = 0; i < scene->n_items; i++)
        if (scene->items[i].kind == ITEM_BOX && n < 4)
            widths[n++] = scene->items[i].box.width;
    assert_int_equal(n, 4);
    assert_true(fabsf(widths[1] * 4 - widths[0]) < .01f);
    assert_true(fabsf(widths[2] * 200 - widths[0]) < .01f);
    assert_true(widths[3] <= widths[0]); /* the rest is no bar to measure by */
    for (size_t i = 0; i < scene->n_items; i++) {
        const struct item *item = &scene->items[i];
        assert_true(item->box.x >= 0 && item->box.x <= scene->width);
        assert_true(item->box.y <= scene->height);
    }
    arena_free(&arena);
}

static void nothing_can_be_drawn(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct ranked none = {.title = "nothing", .items = some};
    assert_true(ranked_draw(&none, &arena)->height > 0);
    assert_string_equal(ranked_twin(&none, &arena), "");
    arena_free(&arena);
}

static void the_twin_says_the_same(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct ranked three = {.title = "probability", .items = some, .n = 2};
    assert_string_equal(ranked_twin(&three, &arena),
                        "  sleep  ############   0.40  awaits a verb\n"
                        "  eat    ###.........   0.10");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_drawn_to_the_longest),
        cmocka_unit_test(nothing_can_be_drawn),
        cmocka_unit_test(the_twin_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
