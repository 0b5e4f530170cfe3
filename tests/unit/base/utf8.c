#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/utf8.h"

static uint32_t first(const char *text)
{
    size_t at = 0;
    return utf8_next(text, strlen(text), &at);
}

static void every_scalar_value_survives_a_round_trip(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[4];
        size_t at = 0, n = utf8_put(bytes, c);
        if (utf8_next(bytes, n, &at) != c || at != n || !utf8_valid(bytes, n))
            fail_msg("U+%04X does not survive", (unsigned)c);
    }
}

static void bad_bytes_are_one_replacement_each(void **state)
{
    static const char *const bad[] = {
        "\x80",             /* a continuation alone */
        "\xC0\xAF",         /* overlong */
        "\xE0\x80\x80",     /* overlong */
        "\xED\xA0\x80",     /* surrogate */
        "\xF4\x90\x80\x80", /* past U+10FFFF */
        "\xE2\x82",         /* cut short */
        "\xFF",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf out;
        buf_init(&out, 100);
        assert_false(utf8_valid(bad[i], strlen(bad[i])));
        assert_int_equal(first(bad[i]), 0xFFFD);
        utf8_clean(&out, bad[i], strlen(bad[i]));
        assert_int_equal(out.length, 3 * strlen(bad[i]));
        assert_true(utf8_valid(out.at, out.length));
        buf_free(&out);
    }
}

static void offsets_count_code_points(void **state)
{
    const char *text = "añ猫😀z";
    (void)state;
    assert_int_equal(utf8_count(text, strlen(text)), 5);
    assert_int_equal(utf8_offset(text, strlen(text), 0), 0);
    assert_int_equal(utf8_offset(text, strlen(text), 2), 3);
    assert_int_equal(utf8_offset(text, strlen(text), 4), 10);
    assert_int_equal(utf8_offset(text, strlen(text), 9), 11);
}

static void classes(void **state)
{
    (void)state;
    assert_true(utf8_is_letter('q') && utf8_is_letter(0xE9) && utf8_is_letter(0x732B));
    assert_true(utf8_is_letter(0x0301) && utf8_is_mark(0x0301)); /* combining acute */
    assert_true(utf8_is_letter(0x093F) && utf8_is_mark(0x093F)); /* Hindi vowel sign */
    assert_false(utf8_is_mark('a') || utf8_is_letter('4') || utf8_is_letter('_'));
    assert_false(utf8_is_letter('@') || utf8_is_letter('[') || utf8_is_letter('`'));
    assert_true(utf8_is_digit('7') && utf8_is_digit(0x0967) && !utf8_is_digit('x'));
}

static void spaces_and_controls(void **state)
{
    (void)state;
    assert_true(utf8_is_space(' ') && utf8_is_space('\t') && utf8_is_space(0x3000));
    assert_false(utf8_is_space('a') || utf8_is_space(0x200B));
    assert_true(utf8_is_control(0) && utf8_is_control(0x7F) && utf8_is_control(0x202E));
    assert_true(utf8_is_control(0x2028) && !utf8_is_control('a'));
}

static void simple_case(void **state)
{
    static const uint32_t pairs[][2] = {
        {'A', 'a'},     {0xC9, 0xE9},   {0x100, 0x101},    {0x178, 0xFF},
        {0x416, 0x436}, {0x1E9E, 0xDF}, {0x10400, 0x10428}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_int_equal(utf8_lower(pairs[i][0]), pairs[i][1]);
        assert_int_equal(utf8_lower(pairs[i][1]), pairs[i][1]);
        assert_true(utf8_is_upper(pairs[i][0]) && !utf8_is_upper(pairs[i][1]));
        if (pairs[i][1] != 0xDF) /* sharp s grows to SS: not simple */
            assert_int_equal(utf8_upper(pairs[i][1]), pairs[i][0]);
    }
    assert_int_equal(utf8_lower(0x101), 0x101); /* between two capitals of a range */
    assert_int_equal(utf8_upper('1'), '1');
}

static void widths(void **state)
{
    (void)state;
    assert_int_equal(utf8_width('a'), 1);
    assert_int_equal(utf8_width(0xE9), 1);
    assert_int_equal(utf8_width(0x0301), 0);
    assert_int_equal(utf8_width(0x200D), 0);
    assert_int_equal(utf8_width(0xFE0F), 0);
    assert_int_equal(utf8_width(0x732B), 2);
    assert_int_equal(utf8_width(0x1F600), 2);
    assert_int_equal(utf8_width(0xFF21), 2);
}

static void columns_of_sequences(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {
        {"", 0},
        {"cat", 3},
        {"e\u0301", 1},
        {"猫が", 4},
        {"👩‍👩‍👧‍👦", 2}, /* a family */
        {"👍🏽", 2},                  /* skin tone */
        {"🇫🇷🇩🇪", 4},                      /* two flags */
        {"🇫", 1},                         /* half a flag */
        {"1️⃣", 2},                   /* keycap */
        {"❤️a", 3},
        {"❤", 1},
        {"🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2}, /* England, by tags */
        {"😂😂", 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (utf8_columns(cases[i].text, strlen(cases[i].text)) != cases[i].columns)
            fail_msg("%s takes %zu columns", cases[i].text,
                     utf8_columns(cases[i].text, strlen(cases[i].text)));
}

static void pictures_end_where_they_end(void **state)
{
    const char *two = "👍🏽👍";
    const char *cut = "👩‍"; /* a joiner that joins nothing */
    (void)state;
    assert_int_equal(utf8_picture(two, strlen(two), 0), 8);
    assert_int_equal(utf8_picture(two, strlen(two), 8), 0);
    assert_int_equal(utf8_picture(cut, strlen(cut), 0), 0);
    assert_int_equal(utf8_picture("a", 1, 0), 0);
    assert_int_equal(utf8_picture("1", 1, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_survives_a_round_trip),
        cmocka_unit_test(bad_bytes_are_one_replacement_each),
        cmocka_unit_test(offsets_count_code_points),
        cmocka_unit_test(classes),
        cmocka_unit_test(spaces_and_controls),
        cmocka_unit_test(simple_case),
        cmocka_unit_test(widths),
        cmocka_unit_test(columns_of_sequences),
        cmocka_unit_test(pictures_end_where_they_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
