#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "attn/lang/command.h"
#include "attn/lang/session.h"

/* What a cell gave: texts and JSON, one a line. */
struct seen {
    struct buf text;
    size_t outputs, results;
    size_t most; /* take no more than so many outputs; 0: any number */
};

static bool keep(void *context, const struct output *output, struct err *err)
{
    struct seen *seen = context;
    if (seen->most && seen->outputs == seen->most)
        return err_set(err, ERR_IO, "enough");
    seen->outputs++;
    seen->results += output->result;
    if (output->json)
        buf_text(&seen->text, output->json);
    else if (output->text)
        buf_add(&seen->text, output->text, output->length);
    else if (output->view)
        view_text(output->view, &seen->text);
    buf_char(&seen->text, '\n');
    return true;
}

static bool answer(void *context, const char *prompt, struct buf *to, struct err *err)
{
    (void)context, (void)err;
    buf_print(to, "%sAnn", prompt);
    return true;
}

static bool run(struct session *session, const char *cell, struct seen *seen,
                struct err *err)
{
    *seen = (struct seen){.most = seen->most};
    buf_init(&seen->text, 16 << 20);
    struct run how = {.sink = {.context = seen, .put = keep}, .asker = {NULL, answer}};
    *err = (struct err){0};
    return session_run(session, cell, strlen(cell), &how, err);
}

/* The cell runs and gives exactly that. */
static void gives(struct session *session, const char *cell, const char *wanted)
{
    struct seen seen = {0};
    struct err err;
    if (!run(session, cell, &seen, &err))
        fail_msg("%s: %s", cell, err.text);
    assert_string_equal(seen.text.at, wanted);
    buf_free(&seen.text);
}

static char *state_of(struct session *session)
{
    struct seen seen = {0};
    struct err err;
    assert_true(run(session, "set as json", &seen, &err));
    return seen.text.at;
}

static int setup(void **state)
{
    *state = session_new();
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

static void values_are_exact(void **state)
{
    gives(*state, "set layer", "layer auto\n");
    gives(*state, "set layer 2\nset layer", "layer 2\nlayer 2\n");
    gives(*state, "SET Layer AUTO", "layer auto\n");
    gives(*state, "dot 2 0 1 with 1 0 2", "2*1 + 0*0 + 1*2 = 4\n");
    gives(*state, "echo \"a{n}\" times 2", "a0\n\na1\n\n");
    gives(*state, "", "");
    gives(*state, " # nothing\n\t\r\n", "");
}

static void only_the_last_value_is_the_result(void **state)
{
    struct seen seen = {0};
    struct err err;
    assert_true(run(*state, "set layer\nset head\n\n# end\n  ", &seen, &err));
    assert_int_equal(seen.outputs, 2);
    assert_int_equal(seen.results, 1);
    buf_free(&seen.text);
    assert_true(run(*state, "set layer\nlook it", &seen, &err));
    assert_int_equal(seen.results, 0);
    buf_free(&seen.text);
}

/* The model that a command's examples need. */
static void use_model(struct session *session, const char *name)
{
    struct seen seen = {0};
    struct err err;
    char line[64];
    if (!name)
        return;
    snprintf(line, sizeof line, "model %s", name);
    assert_true(run(session, line, &seen, &err));
    buf_free(&seen.text);
}

/* A session in which a command's examples run. */
static struct session *session_for(const struct command *command)
{
    struct session *session = session_new();
    struct seen seen = {0};
    struct err err;
    use_model(session, command->model);
    if (command->after) {
        assert_true(run(session, command->after, &seen, &err));
        buf_free(&seen.text);
    }
    return session;
}

/* A new folder, in which one works from now on: examples write files. */
static void work_in(char *folder)
{
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
}

static void leave(const char *folder)
{
    static const char *const saved[] = {"it.svg", "it.safetensors", "it.pdf"};
    for (size_t i = 0; i < sizeof saved / sizeof *saved; i++)
        assert_int_equal(unlink(saved[i]), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* What a line of the one changes is there for the other's next line, and no failing
 * line is heard of. */
static void joined_sessions_have_one_state(void **state)
{
    struct session *one = *state, *two = session_join(one);
    gives(two, "set layer", "layer auto\n");
    gives(one, "set layer 2\nset layer", "layer 2\nlayer 2\n");
    gives(two, "set layer\nset head 1", "layer 2\nhead 1\n");
    gives(one, "set head\nset layer", "head 1\nlayer 2\n");
    struct seen seen = {0};
    struct err err;
    assert_false(run(two, "set layer 1 head 99", &seen, &err));
    buf_free(&seen.text);
    assert_true(run(two, "sentence \"zebras graze\"", &seen, &err));
    buf_free(&seen.text);
    char *first = state_of(one), *second = state_of(two);
    assert_non_null(strstr(first, "zebras graze"));
    assert_string_equal(first, second);
    free(first);
    free(second);
    session_free(two);
    gives(one, "set layer", "layer 2\n");
}

static void every_example_runs_twice_the_same(void **state)
{
    (void)state;
    char folder[] = "/tmp/attn-examples-XXXXXX";
    work_in(folder);
    for (size_t i = 0; commands[i]; i++) {
        for (size_t j = 0; j < COMMAND_MAX_EXAMPLES; j++) {
            const char *line = commands[i]->examples[j];
            if (!line)
                continue;
            struct seen one = {0}, two = {0};
            struct err err;
            struct session *first = session_for(commands[i]);
            struct session *second = session_for(commands[i]);
            if (!run(first, line, &one, &err))
                fail_msg("%s: %s", line, err.text);
            assert_true(run(second, line, &two, &err));
            assert_string_equal(one.text.at, two.text.at);
            buf_free(&one.text);
            buf_free(&two.text);
            session_free(first);
            session_free(second);
        }
    }
    leave(folder);
}

static const char *const wrong[] = {
    "heatmap layer 12",  "look dog",
    "sentence \"\"",     "sentence \"a\" with \"b\"",
    "set layer 9",       "set layer 1 head 99",
    "set sentence \"\"", "set model gpt2",
    "model gpt2",        "set target \"\"",
    "set mask foo",      "set temperature 0",
    "sentence \"open",   "set words off",
    "set layer 2 foo 3", "set sentence \"ok\" model none",
    "dot 1 with 2 3",    "heatmap layer 1 layer 2",
    "look it rows 1..2", "set temperature 2 temperature x",
};

static void a_line_that_fails_changes_nothing(void **state)
{
    char *before = state_of(*state);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct seen seen = {0};
        struct err err;
        if (run(*state, wrong[i], &seen, &err))
            fail_msg("%s ran", wrong[i]);
        buf_free(&seen.text);
        char *after = state_of(*state);
        assert_string_equal(before, after);
        free(after);
    }
    free(before);
}

static void a_cell_stops_at_its_first_error(void **state)
{
    struct seen seen = {0};
    struct err err;
    assert_false(run(*state, "set layer 2\nlook dog\nset layer 3", &seen, &err));
    assert_int_equal(err.code, ERR_NO_SUCH_WORD);
    assert_int_equal(seen.outputs, 1);
    assert_int_equal(err.start, 17);
    assert_int_equal(err.end, 20);
    buf_free(&seen.text);
    gives(*state, "set layer", "layer 2\n");
}

static void a_sink_that_is_full_leaves_the_state(void **state)
{
    struct seen seen = {.most = 1};
    struct err err;
    assert_false(run(*state, "set layer 2\nset layer 3", &seen, &err));
    assert_int_equal(err.code, ERR_IO);
    buf_free(&seen.text);
    gives(*state, "set layer", "layer 2\n");
}

static void the_stop_flag_ends_a_cell(void **state)
{
    atomic_bool stop = true;
    struct seen seen = {0};
    buf_init(&seen.text, 1 << 20);
    struct run how = {.sink = {.context = &seen, .put = keep}, .stop = &stop};
    struct err err = {0};
    const char *cell = "set layer 2\nwait 100";
    assert_false(session_run(*state, cell, strlen(cell), &how, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    assert_string_equal(err.hint, "");
    buf_free(&seen.text);
    gives(*state, "set layer", "layer auto\n");
}

static void reset_brings_all_back(void **state)
{
    char *before = state_of(*state);
    struct seen seen = {0};
    struct err err;
    assert_true(run(*state,
                    "sentence I love pizza\nset layer 2 head 3 mask causal "
                    "temperature 0.5 position off size big\nset reset",
                    &seen, &err));
    buf_free(&seen.text);
    char *after = state_of(*state);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void spans_are_of_the_code_as_it_came(void **state)
{
    const char code[] = "look \xFF\xFE\0 it\nlook dog";
    struct seen seen = {0};
    buf_init(&seen.text, 1 << 20);
    struct run how = {.sink = {.context = &seen, .put = keep}};
    struct err err = {0};
    assert_false(session_run(*state, code, sizeof code - 1, &how, &err));
    assert_int_equal(err.start, 5);
    assert_int_equal(err.end, 8);
    buf_free(&seen.text);
}

static void a_cell_may_be_too_large(void **state)
{
    size_t length = 40u << 20;
    char *code = calloc(length, 1);
    struct seen seen = {0};
    buf_init(&seen.text, 1 << 20);
    struct run how = {.sink = {.context = &seen, .put = keep}};
    struct err err = {0};
    assert_non_null(code);
    memset(code, ' ', length);
    assert_false(session_run(*state, code, length, &how, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    free(code);
    buf_free(&seen.text);
}

static void errors_point_with_a_caret(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *code = "set layer 2\nlook dög cat";
    struct err err = {0};
    err_set(&err, ERR_UNKNOWN_OPTION, "No.");
    err_span(&err, 17, 21);
    err_try(&err, "Try:", "look it");
    assert_string_equal(session_explain(code, strlen(code), &err, &arena),
                        "No. Try:  look it\n  look dög cat\n       ^^^");
    arena_free(&arena);
}

static void completeness(void **state)
{
    (void)state;
    static const char *const complete[] = {"",
                                           "look",
                                           "sentence \"a\"",
                                           "foo",
                                           "sentence I say \"hi",
                                           "echo \"\\q\"",
                                           "# \"open"};
    static const char *const incomplete[] = {"sentence \"I love", "look it\necho \"",
                                             "sentence “a\nb"};
    for (size_t i = 0; i < sizeof complete / sizeof *complete; i++)
        assert_int_equal(session_is_complete(complete[i], strlen(complete[i])),
                         CELL_COMPLETE);
    for (size_t i = 0; i < sizeof incomplete / sizeof *incomplete; i++)
        assert_int_equal(session_is_complete(incomplete[i], strlen(incomplete[i])),
                         CELL_INCOMPLETE);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

/* Nobody writes into the pipe: to wait for it would be to wait for ever. */
static void a_pipe_is_no_rule_file(void **state)
{
    (void)state;
    char folder[] = "/tmp/attn-pipe-XXXXXX", cell[64], path[48];
    struct seen seen = {0};
    struct err err = {0};
    struct session *session = session_new();
    assert_non_null(session);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/p.rules", folder);
    snprintf(cell, sizeof cell, "model \"%s\"", path);
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(20);
    bool ran = run(session, cell, &seen, &err);
    alarm(0);
    unlink(path);
    rmdir(folder);
    assert_false(ran);
    assert_int_equal(err.code, ERR_BAD_FILE);
    buf_free(&seen.text);
    session_free(session);
}

/* The JSON of a cell; the caller frees it. */
static char *json_of(struct session *session, const char *cell)
{
    struct seen seen = {0};
    struct err err;
    if (!run(session, cell, &seen, &err))
        fail_msg("%s: %s", cell, err.text);
    return seen.text.at;
}

static void json_holds(struct session *session, const char *cell, const char *part)
{
    char *json = json_of(session, cell);
    if (!strstr(json, part))
        fail_msg("%s: no %s in %.600s", cell, part, json);
    free(json);
}

static void json_of_several_heads_names_each(void **state)
{
    struct session *session = *state;
    free(json_of(session, "sentence \"dogs run\""));
    json_holds(session, "heatmap heads L0-H0 L3-H0 as json",
               "\"layer\":null,\"head\":null,");
    json_holds(session, "heatmap heads L0-H0 L3-H0 as json",
               "\"heads\":[{\"layer\":0,\"head\":0},{\"layer\":3,\"head\":0}],"
               "\"weights\":[[[");
    json_holds(session, "heatmap layer 0..1 as json", "\"layer\":\"0..1\"");
    json_holds(session, "heatmap layer all as json", "\"layer\":\"all\"");
    json_holds(session, "heatmap layer all as json", "\"weights\":[[[[");
}

static void flow_gives_the_heatmaps_json(void **state)
{
    static const char *const wishes[] = {"", "layer all", "head all", "layer 0..1",
                                         "heads L0-H0 L3-H0"};
    struct session *session = *state;
    free(json_of(session, "sentence \"dogs run\""));
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        char cell[64];
        snprintf(cell, sizeof cell, "heatmap %s as json", wishes[i]);
        char *heatmap = json_of(session, cell);
        snprintf(cell, sizeof cell, "flow %s as json", wishes[i]);
        char *flow = json_of(session, cell);
        assert_string_equal(flow, heatmap);
        free(heatmap);
        free(flow);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_are_exact),
        TEST(joined_sessions_have_one_state),
        TEST(only_the_last_value_is_the_result),
        cmocka_unit_test(every_example_runs_twice_the_same),
        TEST(a_line_that_fails_changes_nothing),
        TEST(a_cell_stops_at_its_first_error),
        TEST(a_sink_that_is_full_leaves_the_state),
        TEST(the_stop_flag_ends_a_cell),
        TEST(reset_brings_all_back),
        TEST(spans_are_of_the_code_as_it_came),
        TEST(a_cell_may_be_too_large),
        cmocka_unit_test(errors_point_with_a_caret),
        cmocka_unit_test(completeness),
        cmocka_unit_test(a_pipe_is_no_rule_file),
        TEST(json_of_several_heads_names_each),
        TEST(flow_gives_the_heatmaps_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
