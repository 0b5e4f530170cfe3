#include "tests/unit/render/hand.h"

#include "attn/render/lookview.h"

static void the_sentence_and_the_list_choose_the_same_row(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookview look = {.stack = hand_stack(), .chosen = HAND_SAW};
    const struct scene *scene = lookview_draw(&look, &arena);
    const struct field *words = hand_field(scene, FIELD_WORDS);
    const struct field *bars = hand_field(scene, FIELD_BARS);
    assert_int_equal(words->rows[words->chosen], HAND_SAW);
    assert_int_equal(bars->rows[bars->chosen], HAND_SAW);
    hand_check_inside(scene);
    arena_free(&arena);
}

static void the_list_is_ranked_and_ends_with_the_resting_place(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookview look = {.stack = hand_stack(), .chosen = HAND_SAW};
    const struct scene *scene = lookview_draw(&look, &arena);
    const struct field *bars = hand_field(scene, FIELD_BARS);
    assert_int_equal(bars->n_cols, 5); /* dog cat the saw <s>; the second the has 0 */
    assert_int_equal(bars->cols[0], 5);
    assert_int_equal(bars->cols[1], 2);
    assert_int_equal(bars->cols[4], 0);
    assert_non_null(hand_text(scene, "resting place <s>"));
    assert_true(hand_text(scene, "resting place <s>")->at_first);
    assert_non_null(hand_text(scene, "the other word: 0.00"));
    look.top = 1;
    bars = hand_field(lookview_draw(&look, &arena), FIELD_BARS);
    assert_int_equal(bars->n_cols, 2);
    arena_free(&arena);
}

static void numbers_below_words_hold_for_the_first_row_only(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookview look = {.stack = hand_stack(), .chosen = HAND_SAW};
    const struct item *number = hand_text(lookview_draw(&look, &arena), "0.60");
    assert_non_null(number);
    assert_true(number->at_first);
    arena_free(&arena);
}

static void a_row_that_rests_wholly_still_makes_a_picture(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookview look = {.stack = hand_stack(), .chosen = 0};
    const struct scene *scene = lookview_draw(&look, &arena);
    assert_int_equal(hand_field(scene, FIELD_BARS)->n_cols, 1);
    assert_non_null(hand_text(scene, "all 5 words together: 0.00"));
    hand_check_inside(scene);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sentence_and_the_list_choose_the_same_row),
        cmocka_unit_test(the_list_is_ranked_and_ends_with_the_resting_place),
        cmocka_unit_test(numbers_below_words_hold_for_the_first_row_only),
        cmocka_unit_test(a_row_that_rests_wholly_still_makes_a_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
