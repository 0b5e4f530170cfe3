#include "tests/unit/render/hand.h"

#include "attn/render/stack.h"

static void top_is_ranked_and_leaves_zeros_out(void **state)
{
    (void)state;
    size_t top[HAND_N];
    assert_int_equal(stack_top(hand_weights + HAND_SAW * HAND_N, HAND_N, 3, top), 3);
    assert_int_equal(top[0], 5);
    assert_int_equal(top[1], 2);
    assert_int_equal(top[2], 0);
    assert_int_equal(stack_top(hand_weights, HAND_N, HAND_N, top), 1);
    assert_int_equal(stack_top(hand_weights, HAND_N, 0, top), 0);
}

static void equals_keep_their_order(void **state)
{
    (void)state;
    static const float even[] = {.25f, .25f, .25f, .25f};
    size_t top[2];
    assert_int_equal(stack_top(even, 4, 2, top), 2);
    assert_int_equal(top[0], 0);
    assert_int_equal(top[1], 1);
}

static void rows_come_from_their_own_heads(void **state)
{
    (void)state;
    static const float other[HAND_N * HAND_N] = {[HAND_N + 4] = 1};
    const struct slice slices[] = {hand_slice, {.name = "next", .weights = other}};
    static const size_t own[HAND_N] = {0, 1, 0, 0, 0, 0};
    struct stack stack = hand_stack();
    stack.slices = slices;
    stack.n_slices = 2;
    stack.row_slice = own;
    assert_float_equal(stack_row(&stack, 1)[4], 1, 0);
    assert_string_equal(stack_slice(&stack, 1)->name, "next");
    assert_float_equal(stack_row(&stack, HAND_SAW)[5], .6, 1e-6);
    assert_float_equal(stack_strongest(&stack), 1, 0);
}

static void words_that_repeat_are_numbered(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(stack_word(&arena, hand_tokens, HAND_N, 1), "the");
    assert_string_equal(stack_word(&arena, hand_tokens, HAND_N, 4), "the:2");
    assert_string_equal(stack_label(&arena, hand_tokens, HAND_N, 1), "the₁");
    assert_string_equal(stack_label(&arena, hand_tokens, HAND_N, 4), "the₂");
    assert_string_equal(stack_label(&arena, hand_tokens, HAND_N, 2), "cat");
    assert_int_equal(stack_typed(hand_tokens, HAND_N), 5);
    arena_free(&arena);
}

static void resting_counts_special_columns(void **state)
{
    (void)state;
    struct stack stack = hand_stack();
    assert_float_equal(stack_resting(&stack, hand_weights + 2 * HAND_N), .98, 1e-6);
}

/* What is printed adds up to 1.00, though each number is rounded by itself. */
static void what_is_left_adds_up_as_printed(void **state)
{
    (void)state;
    struct stack stack = hand_stack();
    const float row[HAND_N] = {.014f, .614f, .314f, .019f, .019f, .02f};
    const float printed[] = {.014f, .614f, .314f};
    assert_float_equal(stack_left(&stack, row, printed, 3), 1 - .01 - .61 - .31, 1e-9);
    assert_float_equal(stack_left(&stack, row, NULL, 0), 1, 1e-9);
    const float most[] = {.496f, .505f};
    const float full[HAND_N] = {.496f, .504f, 0, 0, 0, 0};
    assert_float_equal(stack_left(&stack, full, most, 2), 0, 1e-9); /* never below 0 */
    const float norms[HAND_N] = {2, 1, .5f, 0, 0, 0};
    assert_float_equal(stack_left(&stack, norms, norms, 1), 1.5, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(top_is_ranked_and_leaves_zeros_out),
        cmocka_unit_test(equals_keep_their_order),
        cmocka_unit_test(rows_come_from_their_own_heads),
        cmocka_unit_test(words_that_repeat_are_numbered),
        cmocka_unit_test(resting_counts_special_columns),
        cmocka_unit_test(what_is_left_adds_up_as_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
