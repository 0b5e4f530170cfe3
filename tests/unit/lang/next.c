/* next: its JSON, its chance, its errors, and the state around a model that predicts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/lang/session.h"

/* What the last command of a cell gave: JSON where it was asked for, else text. */
static bool keep(void *context, const struct output *output, struct err *err)
{
    struct buf *text = context;
    (void)err;
    text->length = 0;
    if (output->kind == OUTPUT_JSON)
        buf_text(text, output->json);
    else if (output->text)
        buf_add(text, output->text, output->length);
    else if (output->view)
        view_text(output->view, text);
    return true;
}

static bool run(struct session *session, const char *cell, char *said, size_t room,
                struct err *err)
{
    struct buf text;
    struct run how = {.sink = {.context = &text, .put = keep}};
    buf_init(&text, 1 << 20);
    *err = (struct err){0};
    bool done = session_run(session, cell, strlen(cell), &how, err);
    snprintf(said, room, "%.*s", (int)text.length, text.length ? text.at : "");
    buf_free(&text);
    return done;
}

enum { ROOM = 1 << 14 };
static char said[ROOM], again[ROOM];

static void must_run(struct session *session, const char *cell)
{
    struct err err;
    if (!run(session, cell, said, ROOM, &err))
        fail_msg("%s: %s", cell, err.text);
}

static int setup(void **state)
{
    *state = session_new();
    must_run(*state, "model decoder\nsentence \"I am going to\"");
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

/* The numbers that stand after a key, in order. */
static size_t numbers_after(const char *json, const char *key, double *numbers,
                            size_t most)
{
    size_t n = 0;
    for (const char *at = json; n < most && (at = strstr(at, key)); n++) {
        at += strlen(key);
        numbers[n] = strtod(at, NULL);
    }
    return n;
}

static void json_has_the_items_in_order(void **state)
{
    double p[64], logit[64];
    must_run(*state, "next 5 as json");
    assert_non_null(strstr(said,
                           "{\"schema\":1,\"kind\":\"next\",\"model\":\"decoder\","
                           "\"sentence\":\"I am going to\",\"temperature\":1,"
                           "\"items\":[{\"token\":\"sleep\",\"id\":"));
    assert_int_equal(numbers_after(said, "\"probability\":", p, 64), 5);
    assert_int_equal(numbers_after(said, "\"logit\":", logit, 64), 5);
    for (size_t i = 1; i < 5; i++)
        assert_true(p[i] <= p[i - 1] && logit[i] <= logit[i - 1]);
    must_run(*state, "next 5 temperature 0.5 as json");
    double cold[64];
    assert_int_equal(numbers_after(said, "\"probability\":", cold, 64), 5);
    assert_true(cold[0] > p[0]);
}

static void the_same_line_gives_the_same_text(void **state)
{
    must_run(*state, "next 12 words");
    memcpy(again, said, ROOM);
    must_run(*state, "next 12 words");
    assert_string_equal(again, said);
    assert_memory_equal(said, "I am going to ", 14);
    must_run(*state, "next 12 words seed 7");
    assert_string_not_equal(again, said);
}

/* As one writes: no blank before a full stop, a capital after it. */
static void text_is_written_as_one_writes(void **state)
{
    must_run(*state, "sentence \"The cat sleeps.\"\nnext 40 words seed 3");
    for (const char *c = said; *c; c++) {
        if (strchr(".,!?", *c))
            assert_true(c[-1] != ' ');
        if (strchr(".!?", *c) && c[1])
            assert_true(c[1] == ' ' && !(c[2] >= 'a' && c[2] <= 'z'));
    }
}

static void errors_have_lines_that_run(void **state)
{
    static const char *const wrong[] = {
        "next 0",
        "next 41",
        "next 2.5",
        "next 1 2",
        "next 65 words",
        "next words 0",
        "next foo",
        "next seed 0",
        "next seed x",
        "next temperature 0",
        "next temperature x",
        "next layer 1",
        "set mask none",
        "next \"text\"",
    };
    struct err err, none;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (run(*state, wrong[i], said, ROOM, &err))
            fail_msg("%s ran", wrong[i]);
        const char *line = strstr(err.hint, "  ");
        if (!line || !run(*state, line + 2, said, ROOM, &none))
            fail_msg("%s: %s %s: its line fails", wrong[i], err.text, err.hint);
    }
}

/* A model that never sees what comes later has no other mask. */
static void a_mask_that_cannot_be_goes(void **state)
{
    must_run(*state, "model lesson\nset mask none\nmodel decoder\nset mask");
    assert_string_equal(said, "mask auto");
    must_run(*state, "set model lesson\nset mask none\nset model decoder\nset mask");
    assert_string_equal(said, "mask auto");
}

static void the_sentence_stays(void **state)
{
    must_run(*state, "sentence \"blick dax\"\nmodel lesson\nset sentence");
    assert_string_equal(said, "sentence \"blick dax\"");
}

/* Above 512 words there is nothing to go on from. */
static void a_text_that_grows_too_long_is_an_error(void **state)
{
    static char cell[511 * 4 + 64] = "sentence \"";
    struct err err;
    for (size_t i = 0; i < 511; i++)
        strcat(cell, "cat ");
    strcat(cell, "\"\nnext 5 words");
    assert_false(run(*state, cell, said, ROOM, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_non_null(strstr(err.text, "512"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(json_has_the_items_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_line_gives_the_same_text, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(text_is_written_as_one_writes, setup, teardown),
        cmocka_unit_test_setup_teardown(errors_have_lines_that_run, setup, teardown),
        cmocka_unit_test_setup_teardown(a_mask_that_cannot_be_goes, setup, teardown),
        cmocka_unit_test_setup_teardown(the_sentence_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(a_text_that_grows_too_long_is_an_error, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
