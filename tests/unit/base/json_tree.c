/* JSON that others wrote: what is JSON is read, all else is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "attn/base/json_tree.h"

static struct arena arena;

static const struct json *read(const char *text)
{
    struct err err = {0};
    const struct json *value = json_read(text, strlen(text), &arena, &err);
    if (!value)
        fail_msg("%s: %s", text, err.text);
    return value;
}

static void refuses(const char *text)
{
    struct err err = {0};
    if (json_read(text, strlen(text), &arena, &err))
        fail_msg("%s was read", text);
    assert_int_equal(err.code, ERR_BAD_FILE);
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void values(void **state)
{
    (void)state;
    assert_int_equal(read("null")->kind, JSON_NULL);
    assert_int_equal(read(" true ")->integer, 1);
    assert_int_equal(read("-9223372036854775808")->integer, INT64_MIN);
    assert_int_equal(read("9223372036854775808")->kind, JSON_NUMBER);
    assert_true(read("-1.5e2")->number == -150);
    assert_string_equal(read("\"a\\u00e9\\ud83d\\ude00\\n\"")->text, "aé😀\n");
    assert_string_equal(read("\"a\\u0000b\"")->text, "a\xEF\xBF\xBD"
                                                     "b");
}

static void objects_and_lists(void **state)
{
    (void)state;
    const struct json *value = read("{\"a\":[1,[],{}],\"b\":\"x\"}");
    assert_int_equal(value->n, 2);
    assert_string_equal(json_member(value, "b")->text, "x");
    assert_int_equal(json_member(value, "a")->n, 3);
    assert_int_equal(json_member(value, "a")->first->next->kind, JSON_LIST);
    assert_null(json_member(value, "c"));
    assert_null(json_member(json_member(value, "a"), "a"));
}

static void what_is_no_json(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",           " ",          "{",
        "[1,]",       "{\"a\":1,}", "{a:1}",
        "01",         "1.",         ".5",
        "1e",         "+1",         "nul",
        "tru e",      "\"a",        "\"\t\"",
        "\"\\x\"",    "\"\\u12\"",  "\"\\ud800\"",
        "[1 2]",      "{\"a\"}",    "[] []",
        "\"\xFF\"",   "'a'",        "{\"a\":1,\"a\":2}",
        "NaN",        "-",          "\"\\ud800\\u0041\"",
        "\"\\udc00\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuses(texts[i]);
}

static void brackets_inside_each_other(void **state)
{
    (void)state;
    char text[2 * JSON_TREE_DEPTH + 3] = {0};
    memset(text, '[', JSON_TREE_DEPTH);
    memset(text + JSON_TREE_DEPTH, ']', JSON_TREE_DEPTH);
    read(text);
    memset(text, '[', JSON_TREE_DEPTH + 1);
    memset(text + JSON_TREE_DEPTH + 1, ']', JSON_TREE_DEPTH + 1);
    refuses(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(objects_and_lists),
        cmocka_unit_test(what_is_no_json),
        cmocka_unit_test(brackets_inside_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
