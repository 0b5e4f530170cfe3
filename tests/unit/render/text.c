/* Widths without fonts: sums of advances, cuts between graphemes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/render/text.h"

static const struct type sans = {.size = 10};

static void assert_width(const char *text, float wanted)
{
    float width = text_width(text, sans);
    if (fabsf(width - wanted) > 0.01F)
        fail_msg("\"%s\" is %g px wide, not %g", text, (double)width, (double)wanted);
}

static void widths_are_sums_of_advances(void **state)
{
    (void)state;
    assert_width("", 0);
    assert_width("i", 2.58F);
    assert_width("it", 2.58F + 3.61F);
    assert_width("東京", 20);
    assert_width("e\u0301", text_width("e", sans)); /* a mark takes no room */
    assert_width("👩‍👩‍👧", 12.45F);     /* one picture */
    assert_width("🇨🇭", text_width("🇫🇷", sans));
    assert_true(text_width("🇨🇭🇫🇷", sans) > 1.5F * text_width("🇨🇭", sans));
}

static void bold_is_wider_and_mono_is_even(void **state)
{
    (void)state;
    assert_true(text_width("animal", (struct type){10, true, false}) >
                text_width("animal", sans));
    assert_float_equal(text_width("iiii", (struct type){10, false, true}),
                       text_width("WWWW", (struct type){10, false, true}), 0.01);
}

static void what_fits_is_left_alone(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *text = "animal";
    assert_ptr_equal(text_fit(&arena, text, sans, 0), text);
    assert_ptr_equal(text_fit(&arena, text, sans, 100), text);
    arena_free(&arena);
}

static void what_is_cut_fits_and_ends_in_an_ellipsis(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char *const texts[] = {
        "Donaudampfschifffahrtsgesellschaft", "東京は大きい町です",
        "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧",
        "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (float room = 8; room < 40; room++) {
            const char *cut = text_fit(&arena, texts[i], sans, room);
            size_t length = strlen(cut), kept = length - strlen("…");
            assert_true(text_width(cut, sans) <= room + 0.01F);
            assert_string_equal(cut + kept, "…");
            assert_true(utf8_valid(cut, length));
            assert_memory_equal(cut, texts[i], kept);
            /* No mark or joiner is parted from what it belongs to. */
            size_t at = kept;
            if (kept > 0 && kept < strlen(texts[i])) {
                uint32_t next = utf8_next(texts[i], strlen(texts[i]), &at);
                assert_true(utf8_width(next) > 0);
            }
            assert_false(kept >= 3 && memcmp(cut + kept - 3, "\u200D", 3) == 0);
        }
    arena_free(&arena);
}

static void nothing_that_breaks_a_picture_remains(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(text_fit(&arena, "a\nb\tc\x01\x7F", sans, 0),
                        "a\uFFFDb\uFFFDc\uFFFD\uFFFD");
    assert_string_equal(text_fit(&arena, "a\u202Eb\u2066c", sans, 0), "abc");
    assert_string_equal(text_fit(&arena, "a\xFF", sans, 0), "a\uFFFD");
    assert_string_equal(text_fit(&arena, "x\uFFFEy", sans, 0), "x\uFFFDy");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_sums_of_advances),
        cmocka_unit_test(bold_is_wider_and_mono_is_even),
        cmocka_unit_test(what_fits_is_left_alone),
        cmocka_unit_test(what_is_cut_fits_and_ends_in_an_ellipsis),
        cmocka_unit_test(nothing_that_breaks_a_picture_remains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
