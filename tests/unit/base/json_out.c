#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/json_out.h"
#include "attn/base/mem.h"

struct fixture {
    struct buf buf;
    struct json_out out;
};

static int fresh(void **state)
{
    struct fixture *f = mem_new(1, sizeof *f);
    buf_init(&f->buf, 10000);
    f->out = json_out_to(&f->buf);
    *state = f;
    return 0;
}

static int done(void **state)
{
    struct fixture *f = *state;
    buf_free(&f->buf);
    free(f);
    return 0;
}

static void commas_and_brackets_come_by_themselves(void **state)
{
    struct fixture *f = *state;
    json_object(&f->out);
    json_key_text(&f->out, "kind", "look");
    json_key(&f->out, "row");
    json_array(&f->out);
    json_int(&f->out, -3);
    json_array(&f->out);
    json_end(&f->out);
    json_object(&f->out);
    json_end(&f->out);
    json_raw(&f->out, "{\"a\":1}", 7);
    json_end(&f->out);
    json_key_bool(&f->out, "on", true);
    json_key_int(&f->out, "big", INT64_MIN);
    json_key(&f->out, "none");
    json_null(&f->out);
    json_key_text(&f->out, "no", NULL);
    json_end(&f->out);
    assert_string_equal(f->buf.at,
                        "{\"kind\":\"look\",\"row\":[-3,[],{},{\"a\":1}],\"on\":true,"
                        "\"big\":-9223372036854775808,\"none\":null,\"no\":null}");
}

static void text_is_safe_inside_a_script_element(void **state)
{
    struct fixture *f = *state;
    json_text(&f->out, "</script>\n\"\\\t\x7F猫\xE2\x80\xA8z");
    assert_string_equal(f->buf.at,
                        "\"\\u003c/script>\\n\\\"\\\\\\u0009\\u007f猫\\u2028z\"");
}

static void broken_bytes_and_nul_stay_json(void **state)
{
    struct fixture *f = *state;
    json_bytes(&f->out,
               "a\0\xFF"
               "b\xEF\xBF\xBD",
               7);
    assert_string_equal(f->buf.at, "\"a\\u0000\\ufffdb\xEF\xBF\xBD\"");
}

static void a_float32_survives(void **state)
{
    static const float values[] = {0.1F, 1.0F / 3, 3.4028235e38F, 1e-45F, -0.70710678F};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        buf_clear(&f->buf);
        f->out = json_out_to(&f->buf);
        json_float(&f->out, (double)values[i]);
        assert_true(strtof(f->buf.at, NULL) == values[i]);
    }
}

static void what_is_no_number_is_null(void **state)
{
    struct fixture *f = *state;
    json_array(&f->out);
    json_float(&f->out, (double)NAN);
    json_float(&f->out, (double)INFINITY);
    json_float(&f->out, 0.5);
    json_end(&f->out);
    assert_string_equal(f->buf.at, "[null,null,0.5]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commas_and_brackets_come_by_themselves, fresh,
                                        done),
        cmocka_unit_test_setup_teardown(text_is_safe_inside_a_script_element, fresh,
                                        done),
        cmocka_unit_test_setup_teardown(broken_bytes_and_nul_stay_json, fresh, done),
        cmocka_unit_test_setup_teardown(a_float32_survives, fresh, done),
        cmocka_unit_test_setup_teardown(what_is_no_number_is_null, fresh, done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
