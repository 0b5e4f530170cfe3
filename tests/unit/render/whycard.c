#include "tests/unit/render/hand.h"

#include <math.h>

#include "attn/render/whycard.h"

static double cents(double value)
{
    return floor(value * 100 + .5);
}

static void rounded_terms_still_add_up(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (int turn = 0; turn < 1000; turn++) {
        double values[9], exact[9], total = 0, sum = 0;
        for (int i = 0; i < 9; i++) {
            seed = seed * 1664525u + 1013904223u;
            total += exact[i] = values[i] = (double)(seed >> 8) / 1e6 - 8;
        }
        double before = total;
        whycard_round(values, 9, &total);
        for (int i = 0; i < 9; i++) {
            assert_true(fabs(values[i] - exact[i]) < .01);
            assert_true(fabs(values[i] * 100 - cents(values[i])) < 1e-6);
            sum += values[i];
        }
        assert_true(cents(sum) == cents(total));
        assert_true(cents(total) == cents(before));
    }
}

static const struct whycard_term terms[] = {
    {"wants a referent × is a noun", 6.5, 6.5},
    {"needs something alive × is alive", 2.86, 0},
    {"place: 6 words back / 2 words back", -1.2, .31},
};

static const struct whycard card = {
    .from = "it",
    .to = "animal",
    .other = "street",
    .head = "layer 3 head 0 · pronoun→antecedent",
    .terms = terms,
    .n_terms = 3,
    .score = 8.16,
    .other_score = 6.81,
    .weight = .95f,
    .other_weight = .02f,
};

static void bars_start_at_one_zero_and_share_a_scale(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct scene *scene = whycard_draw(&card, &arena);
    const struct item *bars[8];
    size_t n = 0;
    for (size_t i = 0; i < scene->n_items; i++)
        if (scene->items[i].kind == ITEM_BOX)
            bars[n++] = &scene->items[i];
    assert_int_equal(n, 8); /* three terms and the sum, twice */
    assert_float_equal(bars[0]->box.x, bars[2]->box.x, .01);
    assert_float_equal(bars[4]->box.x + bars[4]->box.width, bars[0]->box.x, .01);
    assert_int_equal(bars[4]->fill.ink, INK_MINUS);
    assert_float_equal(bars[0]->box.width, bars[1]->box.width, .01);
    assert_float_equal(bars[2]->box.width / bars[0]->box.width, 2.86 / 6.5, .001);
    assert_non_null(hand_text(scene, "+8.16"));
    assert_non_null(hand_text(scene, "−1.20"));
    hand_check_inside(scene);
    arena_free(&arena);
}

static void without_a_runner_up_there_is_one_column(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct whycard alone = card;
    alone.other = NULL;
    const struct scene *scene = whycard_draw(&alone, &arena);
    assert_null(hand_text(scene, "it → street"));
    assert_non_null(hand_text(scene, "it → animal"));
    hand_check_inside(scene);
    arena_free(&arena);
}

static void the_twin_is_a_sum_to_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(whycard_twin(&card, &arena),
                        "  it →                                  animal      street\n"
                        "  wants a referent × is a noun           +6.50       +6.50\n"
                        "  needs something alive × is alive       +2.86        0.00\n"
                        "  place: 6 words back / 2 words back     −1.20       +0.31\n"
                        "  score: the sum                         +8.16       +6.81\n"
                        "  weight after softmax                    0.95        0.02");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounded_terms_still_add_up),
        cmocka_unit_test(bars_start_at_one_zero_and_share_a_scale),
        cmocka_unit_test(without_a_runner_up_there_is_one_column),
        cmocka_unit_test(the_twin_is_a_sum_to_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
