#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/mem.h"
#include "kernel/widgets.h"

enum { MOST = 1 << 20 };

/* Opens or changes `id` with a change as it travels; false with *err set. */
static bool put(struct widgets *widgets, const char *id, const char *data,
                const struct frame *buffers, size_t n, struct err *err)
{
    struct widget_change change;
    *err = (struct err){0};
    struct json_t *value = json_in_object(data, strlen(data), NULL, err);
    struct widget *widget = widgets_find(widgets, id);
    bool good = value && widgets_read(&change, value, buffers, n, err);
    if (good && widget)
        good = widgets_update(widgets, widget, &change, err);
    else if (good)
        good = widgets_open(widgets, id, &change, err) != NULL;
    json_in_free(value);
    return good;
}

static void puts_well(struct widgets *widgets, const char *id, const char *data)
{
    struct err err;
    if (!put(widgets, id, data, NULL, 0, &err))
        fail_msg("%s: %s", data, err.text);
}

/* All states are exactly this text, with so many buffers. */
static void tells(const struct widgets *widgets, const char *wanted, size_t n)
{
    struct buf text;
    struct widget_frames frames = {0};
    buf_init(&text, MOST);
    struct json_out out = json_out_to(&text);
    json_object(&out);
    widgets_write_all(widgets, &out, &frames);
    json_end(&out);
    assert_string_equal(text.at, wanted);
    assert_int_equal(frames.n, n);
    free(frames.frames);
    buf_free(&text);
}

static void changes_take_the_place_of_values(void **state)
{
    struct widgets widgets = {0};
    (void)state;
    tells(&widgets, "{\"states\":{},\"buffer_paths\":[]}", 0);
    puts_well(&widgets, "a",
              "{\"state\":{\"_model_name\":\"M\",\"_model_module\":\"m\","
              "\"_model_module_version\":\"1\",\"value\":1,\"l\":[1,{\"x\":null}]}}");
    puts_well(&widgets, "b", "{\"state\":{}}");
    puts_well(&widgets, "a", "{\"state\":{\"value\":\"\\u20ac\",\"new\":true}}");
    tells(&widgets,
          "{\"states\":{\"a\":{\"model_name\":\"M\",\"model_module\":\"m\","
          "\"model_module_version\":\"1\",\"state\":{\"_model_name\":\"M\","
          "\"_model_module\":\"m\",\"_model_module_version\":\"1\","
          "\"l\":[1,{\"x\":null}],\"value\":\"€\",\"new\":true}},"
          "\"b\":{\"model_name\":null,\"model_module\":null,"
          "\"model_module_version\":null,\"state\":{}}},\"buffer_paths\":[]}",
          0);
    widgets_close(&widgets, widgets_find(&widgets, "a"));
    assert_null(widgets_find(&widgets, "a"));
    assert_int_equal(widgets.n, 1);
    assert_int_equal(widgets.bytes, 0);
    widgets_free(&widgets);
    assert_int_equal(widgets.n, 0);
}

static void buffers_go_with_their_keys(void **state)
{
    struct widgets widgets = {0};
    struct err err;
    const struct frame two[] = {{"\0png", 4}, {"", 0}};
    (void)state;
    assert_true(put(&widgets, "a",
                    "{\"state\":{\"k\":1},\"buffer_paths\":[[\"v\"],[\"d\",0,\"x\"]]}",
                    two, 2, &err));
    size_t bytes = widgets.bytes;
    assert_true(
        put(&widgets, "a", "{\"state\":{},\"buffer_paths\":[[\"v\"]]}", two, 1, &err));
    assert_int_equal(widgets.bytes, bytes);
    tells(&widgets,
          "{\"states\":{\"a\":{\"model_name\":null,\"model_module\":null,"
          "\"model_module_version\":null,\"state\":{\"k\":1}}},\"buffer_paths\":"
          "[[\"a\",\"d\",0,\"x\"],[\"a\",\"v\"]]}",
          2);
    /* A value in the place of a buffer takes the buffer away, and the other way. */
    puts_well(&widgets, "a", "{\"state\":{\"v\":2,\"d\":3}}");
    assert_true(
        put(&widgets, "a", "{\"state\":{},\"buffer_paths\":[[\"k\"]]}", two, 1, &err));
    tells(&widgets,
          "{\"states\":{\"a\":{\"model_name\":null,\"model_module\":null,"
          "\"model_module_version\":null,\"state\":{\"v\":2,\"d\":3}}},"
          "\"buffer_paths\":[[\"a\",\"k\"]]}",
          1);
    widgets_free(&widgets);
}

static void what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *data, *said;
    } wrong[] = {
        {"{}", "\"state\""},
        {"{\"state\":[]}", "\"state\""},
        {"{\"state\":{},\"buffer_paths\":{}}", "\"buffer_paths\""},
        {"{\"state\":{},\"buffer_paths\":[[\"v\"]]}", "0 buffers for 1"},
    };
    struct widgets widgets = {0};
    struct err err;
    const struct frame one = {"x", 1};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(put(&widgets, "a", wrong[i].data, NULL, 0, &err));
        assert_non_null(strstr(err.text, wrong[i].said));
    }
    assert_false(put(&widgets, "a", "{\"state\":{}}", &one, 1, &err));
    assert_false(
        put(&widgets, "a", "{\"state\":{},\"buffer_paths\":[[]]}", &one, 1, &err));
    assert_false(
        put(&widgets, "a", "{\"state\":{},\"buffer_paths\":[[1]]}", &one, 1, &err));
    assert_int_equal(widgets.n, 0);
}

/* A state of so many keys "k0", "k1", …, or of one key with so long a text. */
static char *large(size_t keys, size_t length)
{
    struct buf text;
    buf_init(&text, 32 << 20);
    buf_text(&text, "{\"state\":{");
    for (size_t i = 0; i < keys; i++)
        buf_print(&text, "%s\"k%zu\":0", i ? "," : "", i);
    if (length) {
        buf_text(&text, "\"k\":\"");
        for (size_t i = 0; i < length; i++)
            buf_char(&text, 'x');
        buf_char(&text, '"');
    }
    buf_text(&text, "}}");
    return text.at;
}

static void sizes_are_bounded(void **state)
{
    struct widgets widgets = {0};
    struct err err;
    char id[WIDGETS_ID_MOST + 2];
    char *keys = large(WIDGETS_FIELDS_MOST + 1, 0);
    char *much = large(0, WIDGETS_STATE_MOST),
         *fits = large(0, WIDGETS_STATE_MOST - 16);
    (void)state;
    puts_well(&widgets, "a", "{\"state\":{\"k\":1}}");
    assert_false(put(&widgets, "a", keys, NULL, 0, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_false(put(&widgets, "a", much, NULL, 0, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    tells(&widgets,
          "{\"states\":{\"a\":{\"model_name\":null,\"model_module\":null,"
          "\"model_module_version\":null,\"state\":{\"k\":1}}},\"buffer_paths\":[]}",
          0);
    for (int i = 0; i < WIDGETS_BYTES_MOST / WIDGETS_STATE_MOST; i++) {
        snprintf(id, sizeof id, "w%d", i);
        puts_well(&widgets, id, fits);
    }
    assert_false(put(&widgets, "one more", fits, NULL, 0, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_null(widgets_find(&widgets, "one more"));
    memset(id, 'i', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    assert_false(put(&widgets, id, "{\"state\":{}}", NULL, 0, &err));
    widgets_free(&widgets);
    for (int i = 0; i < WIDGETS_MOST; i++) {
        snprintf(id, sizeof id, "w%d", i);
        puts_well(&widgets, id, "{\"state\":{}}");
    }
    assert_false(put(&widgets, "one more", "{\"state\":{}}", NULL, 0, &err));
    widgets_free(&widgets);
    free(keys);
    free(much);
    free(fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_take_the_place_of_values),
        cmocka_unit_test(buffers_go_with_their_keys),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(sizes_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
