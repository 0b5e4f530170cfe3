#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/buf.h"

static void it_grows_and_stays_terminated(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 10000);
    assert_string_equal(buf.at, "");
    for (int i = 0; i < 1000; i++)
        buf_print(&buf, "%d,", i % 10);
    buf_text(&buf, "end");
    buf_char(&buf, '!');
    assert_int_equal(buf.length, 2004);
    assert_string_equal(buf.at + 1998, "9,end!");
    assert_false(buf.full);
    buf_free(&buf);
}

static void past_the_ceiling_nothing_is_added(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 5);
    buf_text(&buf, "abc");
    buf_text(&buf, "de"); /* just fits */
    assert_false(buf.full);
    buf_char(&buf, 'f');
    assert_true(buf.full);
    buf_print(&buf, "%s", "");
    buf_base64(&buf, "x", 1);
    assert_string_equal(buf.at, "abcde");
    assert_int_equal(buf.length, 5);
    buf_clear(&buf);
    assert_false(buf.full);
    buf_text(&buf, "again");
    assert_string_equal(buf.at, "again");
    buf_free(&buf);
}

static void what_does_not_fit_whole_is_left_out_whole(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 5);
    buf_print(&buf, "%s", "123456");
    assert_string_equal(buf.at, "");
    buf_char(&buf, 'a'); /* full stays full, so that no hole is left in a text */
    assert_string_equal(buf.at, "");
    assert_true(buf.full);
    buf_free(&buf);
}

static void base64_of_rfc_4648(void **state)
{
    static const char *const vectors[][2] = {{"", ""},
                                             {"f", "Zg=="},
                                             {"fo", "Zm8="},
                                             {"foo", "Zm9v"},
                                             {"foob", "Zm9vYg=="},
                                             {"fooba", "Zm9vYmE="},
                                             {"foobar", "Zm9vYmFy"},
                                             {"\xFF\xEF\xBE", "/+++"}};
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        struct buf buf;
        buf_init(&buf, 100);
        buf_base64(&buf, vectors[i][0], strlen(vectors[i][0]));
        assert_string_equal(buf.at, vectors[i][1]);
        assert_int_equal(buf.length, strlen(vectors[i][1]));
        buf_free(&buf);
    }
}

static void bytes_may_be_zero(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 100);
    buf_add(&buf, "a\0b", 3);
    buf_add(&buf, NULL, 0);
    assert_int_equal(buf.length, 3);
    assert_memory_equal(buf.at, "a\0b", 4);
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_grows_and_stays_terminated),
        cmocka_unit_test(past_the_ceiling_nothing_is_added),
        cmocka_unit_test(what_does_not_fit_whole_is_left_out_whole),
        cmocka_unit_test(base64_of_rfc_4648),
        cmocka_unit_test(bytes_may_be_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
