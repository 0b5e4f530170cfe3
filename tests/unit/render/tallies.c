/* A bar for each head: lengths, intervals, words. */
#include "attn/render/tallies.h"
#include "tests/unit/render/linked.h"

enum { HEADS = 9 };

static struct tally *made(struct arena *arena)
{
    struct tally *items = arena_new(arena, HEADS, sizeof *items);
    for (int k = 0; k < HEADS; k++)
        items[k] = (struct tally){.layer = k / 7,
                                  .head = k % 7,
                                  .name = "pronoun→antecedent",
                                  .tag = "previous-token",
                                  .tested = k != 3,
                                  .lift = .1 * k - .1,
                                  .sure = k % 2 == 0,
                                  .low = .1 * k - .2,
                                  .high = .1 * k};
    return items;
}

static void bars_are_as_long_as_they_say(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct tallies tallies = {.items = made(&arena), .n = HEADS};
    const struct scene *scene = tallies_draw(&tallies, &arena);
    float widest = 0;
    size_t frames = 0, filled = 0, lines = 0;
    for (size_t k = 0; k < scene->n_items; k++) {
        const struct item *item = &scene->items[k];
        frames += item->kind == ITEM_BOX && item->stroke.ink == INK_LINE;
        filled += item->kind == ITEM_BOX && item->fill.ink == INK_WEIGHT;
        lines += item->kind == ITEM_LINE;
        if (item->kind == ITEM_BOX && item->stroke.ink == INK_LINE)
            widest = item->box.width;
    }
    assert_int_equal(frames, HEADS);
    assert_int_equal(filled, HEADS - 3); /* below 0, 0, and not tested have no bar */
    assert_int_equal(lines, 3 * 5);
    for (size_t k = 0; k < scene->n_items; k++) {
        const struct item *item = &scene->items[k];
        for (size_t p = 0; item->kind == ITEM_LINE && p < item->n_points; p++)
            assert_true(item->at[p].x >= 0 && item->at[p].x <= scene->width);
        if (item->kind == ITEM_BOX && item->fill.ink == INK_WEIGHT)
            assert_true(item->box.width > 0 && item->box.width < .71F * widest);
    }
    hand_check_inside(scene);
    linked_check_labels(scene);
    linked_check_same(scene, tallies_draw(&tallies, &arena));
    arena_free(&arena);
}

static void figures_are_short(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *said;
    } cases[] = {{.777, ".78"}, {0, "0"},     {-.001, "0"},    {.996, "1.0"},
                 {1, "1.0"},    {.04, ".04"}, {-.126, "-.13"}, {-1, "-1.0"}};
    struct arena arena = {0};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_string_equal(tallies_figure(cases[k].value, &arena), cases[k].said);
    arena_free(&arena);
}

static void the_twin_says_what_is_drawn(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct tallies tallies = {.items = made(&arena), .n = 5};
    const char *twin = tallies_twin(&tallies, &arena);
    assert_non_null(strstr(twin, "L0-H3  pronoun→antecedent  previous-token  nothing "
                                 "tested it"));
    assert_non_null(strstr(twin, "####........   .30  .20 to .40"));
    assert_null(strstr(twin, "\x1B"));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_as_long_as_they_say),
        cmocka_unit_test(figures_are_short),
        cmocka_unit_test(the_twin_says_what_is_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
