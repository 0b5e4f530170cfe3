#include "tests/unit/render/hand.h"

#include "attn/render/strip.h"

static void words_are_chips_and_special_tokens_are_not(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct strip strip = {.stack = hand_stack()};
    const struct scene *scene = strip_draw(&strip, &arena);
    const struct field *words = hand_field(scene, FIELD_WORDS);
    assert_non_null(words);
    assert_int_equal(words->n_cols, HAND_N - 1);
    assert_int_equal(words->cols[0], 1);
    assert_true(words->chosen == SIZE_MAX);
    assert_false(words->follows); /* no choice of heads before the first look */
    assert_string_equal(words->labels[1], "cat");
    assert_non_null(hand_text(scene, "4"));
    assert_null(hand_text(scene, "<s>"));
    hand_check_inside(scene);
    arena_free(&arena);
}

static void chips_wrap_and_do_not_overlap(void **state)
{
    (void)state;
    enum { N = 200 };
    struct arena arena = {0};
    static struct axis_token tokens[N];
    for (int i = 0; i < N; i++)
        tokens[i] =
            (struct axis_token){i % 9 ? "word" : "Donaudampfschifffahrt", i, false};
    struct strip strip = {
        .stack = {.rows = tokens, .cols = tokens, .n_rows = N, .n_cols = N}};
    const struct scene *scene = strip_draw(&strip, &arena);
    const struct item *before = NULL;
    assert_true(scene->width <= 700);
    for (size_t i = 0; i < scene->n_items; i++) {
        const struct item *chip = &scene->items[i];
        if (chip->kind != ITEM_BOX)
            continue;
        if (before && before->box.y == chip->box.y)
            assert_true(before->box.x + before->box.width <= chip->box.x);
        else if (before)
            assert_true(before->box.y + before->box.height < chip->box.y);
        before = chip;
    }
    hand_check_inside(scene);
    arena_free(&arena);
}

static void a_word_longer_than_a_line_is_cut(void **state)
{
    (void)state;
    struct arena arena = {0};
    char word[3000];
    memset(word, 'W', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    const struct axis_token token = {word, 0, false};
    struct strip strip = {
        .stack = {.rows = &token, .cols = &token, .n_rows = 1, .n_cols = 1}};
    const struct scene *scene = strip_draw(&strip, &arena);
    assert_true(scene->width <= 700);
    arena_free(&arena);
}

static void the_twin_wraps_at_eighty_columns(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct strip strip = {.stack = hand_stack()};
    assert_string_equal(strip_twin(&strip, &arena),
                        "0 the   1 cat   2 saw   3 the   4 dog");
    assert_string_equal(strip_alt(&strip, &arena),
                        "5 words, numbered from 0: the cat saw the dog");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_chips_and_special_tokens_are_not),
        cmocka_unit_test(chips_wrap_and_do_not_overlap),
        cmocka_unit_test(a_word_longer_than_a_line_is_cut),
        cmocka_unit_test(the_twin_wraps_at_eighty_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
