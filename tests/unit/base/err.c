#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/err.h"
#include "attn/base/utf8.h"

static void the_first_error_wins(void **state)
{
    struct err err = {0};
    (void)state;
    assert_false(err_set(&err, ERR_BAD_VALUE, "layer %d", 9));
    assert_false(err_set(&err, ERR_IO, "later"));
    assert_int_equal(err.code, ERR_BAD_VALUE);
    assert_string_equal(err.text, "layer 9");
    assert_false(err_span(&err, 3, 5));
    assert_false(err_span(&err, 0, 1));
    assert_true(err.has_span);
    assert_int_equal(err.start, 3);
    assert_int_equal(err.end, 5);
    assert_false(err_try(&err, "Try:", "layer %d", 3));
    assert_false(err_try(&err, "Try:", "other"));
    assert_string_equal(err.hint, "Try:  layer 3");
}

static void nobody_need_listen(void **state)
{
    (void)state;
    assert_false(err_set(NULL, ERR_IO, "x"));
    assert_false(err_span(NULL, 0, 0));
    assert_false(err_try(NULL, "Try:", "x"));
}

static void long_text_is_cut_at_a_character(void **state)
{
    char text[2000];
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        struct err err = {0};
        memset(text, 'a', shift);
        for (size_t i = shift; i + 4 < sizeof text; i += 4)
            memcpy(text + i, "😀", 5);
        err_set(&err, ERR_IO, "%s", text);
        err_try(&err, "Try:", "%s", text);
        assert_true(strlen(err.text) > ERR_TEXT_SIZE - 10);
        assert_true(strlen(err.hint) > ERR_HINT_SIZE - 10);
        assert_true(utf8_valid(err.text, strlen(err.text)));
        assert_true(utf8_valid(err.hint, strlen(err.hint)));
    }
}

static void every_code_has_a_name_of_its_own(void **state)
{
    (void)state;
    assert_string_equal(err_name(ERR_NONE), "");
    assert_string_equal(err_name(ERR_OUT_OF_RANGE), "OutOfRange");
    for (int i = 1; i < ERR_CODES; i++) {
        assert_true(err_name((enum err_code)i)[0] != '\0');
        for (int k = 1; k < i; k++)
            assert_string_not_equal(err_name((enum err_code)i),
                                    err_name((enum err_code)k));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_wins),
        cmocka_unit_test(nobody_need_listen),
        cmocka_unit_test(long_text_is_cut_at_a_character),
        cmocka_unit_test(every_code_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
