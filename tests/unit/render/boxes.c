#include "tests/unit/render/hand.h"

#include <math.h>

#include "attn/render/boxes.h"
#include "attn/render/wrap.h"
#include "tests/unit/apart.h"

static const struct boxes_part parts[] = {
    {.kind = BOXES_BOX, .title = "Prompt", .text = "The cat sat"},
    {.kind = BOXES_DOWN, .text = "cut"},
    {.kind = BOXES_BOX, .name = "a", .title = "The"},
    {.kind = BOXES_BOX, .title = "cat", .arrow = true},
    {.kind = BOXES_BOX, .look = BOXES_BARE, .text = "… 1 more"},
    {.kind = BOXES_DOWN},
    {.kind = BOXES_FRAME, .title = "Inside", .text = "× 2", .rail = true},
    {.kind = BOXES_BOX, .name = "in", .look = BOXES_QUERY, .title = "▲ q"},
    {.kind = BOXES_STRAIGHT},
    {.kind = BOXES_BOX, .name = "out", .weighed = true, .weight = .25F, .text = ".25"},
    {.kind = BOXES_LINK, .name = "in", .to = "out", .text = "past it"},
    {.kind = BOXES_END},
    {.kind = BOXES_TEXT, .text = "That is all."},
};
static const struct boxes boxes = {.parts = parts, .n = sizeof parts / sizeof *parts};

static size_t count_arrows(const struct scene *scene)
{
    size_t n = 0;
    for (size_t i = 0; i < scene->n_items; i++)
        n += scene->items[i].kind == ITEM_LINE && scene->items[i].arrow;
    return n;
}

static void rows_frames_and_arrows(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct scene *scene = boxes_draw(&boxes, &arena);
    apart_check(scene, 11);
    hand_check_inside(scene);
    /* two into the row (none to what is bare), one beside, one into the frame, one in
       it, and the link */
    assert_int_equal(count_arrows(scene), 6);
    const struct item *first = hand_text(scene, "The"),
                      *second = hand_text(scene, "cat");
    assert_float_equal(first->box.y, second->box.y, .01);
    assert_true(first->box.x < second->box.x);
    assert_true(hand_text(scene, "▲ q")->box.y > first->box.y);
    arena_free(&arena);
}

static void a_bar_is_as_long_as_its_weight(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct scene *scene = boxes_draw(&boxes, &arena);
    float full = 0, part = 0;
    for (size_t i = 0; i < scene->n_items; i++) {
        const struct item *item = &scene->items[i];
        if (item->kind != ITEM_BOX || item->fill.ink != INK_WEIGHT)
            continue;
        part = item->box.width;
        full = scene->items[i - 1].box.width;
    }
    assert_float_equal(part / full, .25, .001);
    arena_free(&arena);
}

static void the_twin_draws_the_same(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(
        boxes_twin(&boxes, &arena),
        "┌──────────────────────────────────────────────────────────────────────────┐\n"
        "│                                  Prompt                                  │\n"
        "│                               The cat sat                                │\n"
        "└──────────────────────────────────────────────────────────────────────────┘\n"
        "            ▼                          ▼  cut\n"
        "┌──────────────────────┐    ┌─────────────────────┐\n"
        "│         The          │ ─▶ │         cat         │         … 1 more\n"
        "└──────────────────────┘    └─────────────────────┘\n"
        "                                      ▼\n"
        "┌──────────────────────────────────────────────────────────────────────────┐\n"
        "│ Inside                                                               × 2 │\n"
        "│ ┌──────────────────────────────────────────────────────────────────────┐ │\n"
        "│ │                                 ▲ q                                  │ │\n"
        "│ └──────────────────────────────────────────────────────────────────────┘ │\n"
        "│                                     ▼                                    │\n"
        "│ ┌──────────────────────────────────────────────────────────────────────┐ │\n"
        "│ │                                 .25                                  │ │\n"
        "│ │                             ###.........                             │ │\n"
        "│ └──────────────────────────────────────────────────────────────────────┘ │\n"
        "│ ↳ past it                                                                │\n"
        "└──────────────────────────────────────────────────────────────────────────┘\n"
        "That is all.");
    arena_free(&arena);
}

static void what_is_wrong_in_a_plan_does_no_harm(void **state)
{
    (void)state;
    static const struct boxes_part odd[] = {
        {.kind = BOXES_DOWN, .text = "from nothing"},
        {.kind = BOXES_END},
        {.kind = BOXES_LINK, .name = "no", .to = "where"},
        {.kind = BOXES_FRAME},
        {.kind = BOXES_FRAME, .title = "two"},
        {.kind = BOXES_FRAME, .title = "three"},
        {.kind = BOXES_FRAME, .title = "four is too deep"},
        {.kind = BOXES_BOX, .title = ""},
        {.kind = BOXES_ALL, .name = "no", .to = "where"},
        {.kind = BOXES_BOX, .weighed = true, .weight = NAN},
        {.kind = BOXES_SLOT, .name = "open"},
    };
    struct boxes plan = {.parts = odd, .n = sizeof odd / sizeof *odd};
    struct arena arena = {0};
    hand_check_inside(boxes_draw(&plan, &arena));
    assert_non_null(boxes_twin(&plan, &arena));
    plan.n = 0;
    assert_true(boxes_draw(&plan, &arena)->height > 0);
    assert_string_equal(boxes_twin(&plan, &arena), "");
    arena_free(&arena);
}

static void lines_wrap_at_blanks(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *lines[3];
    struct wrap wrap = {{.size = 0}, 8, 3};
    assert_int_equal(wrap_lines(&arena, "the cat sat", &wrap, lines), 2);
    assert_string_equal(lines[0], "the cat");
    assert_string_equal(lines[1], "sat");
    assert_int_equal(wrap_lines(&arena, "a\n\nb", &wrap, lines), 3);
    assert_string_equal(lines[1], "");
    assert_int_equal(wrap_lines(&arena, "one two three four five", &wrap, lines), 3);
    assert_string_equal(lines[2], "four …");
    assert_int_equal(wrap_lines(&arena, "unbreakable", &wrap, lines), 1);
    assert_string_equal(lines[0], "unbreak…");
    assert_int_equal(wrap_lines(&arena, "東京東京東", &wrap, lines), 1);
    assert_string_equal(lines[0], "東京東…");
    assert_int_equal(wrap_lines(&arena, "", &wrap, lines), 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_frames_and_arrows),
        cmocka_unit_test(a_bar_is_as_long_as_its_weight),
        cmocka_unit_test(the_twin_draws_the_same),
        cmocka_unit_test(what_is_wrong_in_a_plan_does_no_harm),
        cmocka_unit_test(lines_wrap_at_blanks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
