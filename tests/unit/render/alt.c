#include "tests/unit/render/hand.h"

#include "attn/base/utf8.h"
#include "attn/render/alt.h"

static void findings_say_what_kind_of_row_it_is(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stack stack = hand_stack();
    assert_string_equal(alt_finding(&arena, &stack, HAND_SAW, false),
                        "\"saw\" looks mostly at \"dog\" (0.60).");
    assert_string_equal(alt_finding(&arena, &stack, HAND_SAW, true),
                        "\"saw\" could be either: \"dog\" (0.60) or \"cat\" (0.30).");
    assert_string_equal(alt_finding(&arena, &stack, 2, false),
                        "\"cat\" mostly rests (0.98 on the resting place): verb→object "
                        "has nothing to say about it.");
    assert_string_equal(
        alt_finding(&arena, &stack, 5, false),
        "\"dog\" looks a little at many words, most at \"saw\" (0.25).");
    arena_free(&arena);
}

static void an_alt_text_names_head_and_runner_up(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stack stack = hand_stack();
    assert_string_equal(alt_row(&arena, &stack, HAND_SAW, false),
                        "Layer 2 head 1: \"saw\" looks mostly at \"dog\" (0.60), then "
                        "\"cat\" (0.30); 5 words.");
    arena_free(&arena);
}

static void alt_texts_are_cut_at_a_blank(void **state)
{
    (void)state;
    struct arena arena = {0};
    char words[4000];
    for (size_t i = 0; i + 1 < sizeof words; i++)
        words[i] = i % 7 == 6 ? ' ' : 'a';
    words[sizeof words - 1] = '\0';
    const char *alt = alt_print(&arena, "%s", words);
    assert_true(utf8_count(alt, strlen(alt)) <= ALT_MOST);
    assert_string_equal(alt + strlen(alt) - strlen("a…"), "a…");
    memset(words, 'b', sizeof words - 1); /* no blank to cut at */
    alt = alt_print(&arena, "%s", words);
    assert_int_equal(utf8_count(alt, strlen(alt)), ALT_MOST);
    arena_free(&arena);
}

static void links_are_the_strongest_between_words(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stack stack = hand_stack();
    assert_string_equal(alt_links(&arena, &stack, 2),
                        "\"the:2\" → \"dog\" 0.98, \"the\" → \"cat\" 0.95");
    assert_string_equal(alt_links(&arena, &stack, 0), "");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_say_what_kind_of_row_it_is),
        cmocka_unit_test(an_alt_text_names_head_and_runner_up),
        cmocka_unit_test(alt_texts_are_cut_at_a_blank),
        cmocka_unit_test(links_are_the_strongest_between_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
