/* History: the glob, what is found, and what stays in the file. */
#define _GNU_SOURCE

#include "kernel/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "attn/base/json_out.h"

static bool glob(const char *pattern, const char *text)
{
    return history_glob(pattern, strlen(pattern), text, strlen(text));
}

static void globs_match_whole_texts(void **state)
{
    (void)state;
    assert_true(glob("", ""));
    assert_true(glob("*", "a\nb"));
    assert_true(glob("look*", "look it"));
    assert_false(glob("look", "look it"));
    assert_true(glob("*it", "look it it"));
    assert_true(glob("l??k", "l\xC3\xA9ok"));
    assert_false(glob("l?k", "look"));
    assert_true(glob("[a-c]x[^0-9]", "bx-"));
    assert_false(glob("[a-c]x[^0-9]", "bx7"));
    assert_true(glob("[]]", "]"));
    assert_true(glob("a[b", "a[b"));
    assert_false(glob("a*b*c", "acb"));
    assert_true(glob("a*b*c", "a-b-b-c"));
}

static void a_glob_of_stars_ends_soon(void **state)
{
    (void)state;
    char text[5001], pattern[201];
    memset(text, 'a', 5000);
    text[5000] = '\0';
    for (size_t i = 0; i < 200; i += 2)
        memcpy(pattern + i, "*a", 2);
    pattern[199] = 'b';
    pattern[200] = '\0';
    assert_false(glob(pattern, text)); /* exponential matchers never come back */
}

/* Each test has a data folder of its own. */
static int new_folder(void **state)
{
    char *folder = strdup("/tmp/attn-history-XXXXXX");
    *state = folder;
    if (!mkdtemp(folder))
        return -1;
    return setenv("XDG_DATA_HOME", folder, 1);
}

static int drop_folder(void **state)
{
    char path[256];
    snprintf(path, sizeof path, "%s/attn/history", (char *)*state);
    unlink(path);
    snprintf(path, sizeof path, "%s/attn", (char *)*state);
    rmdir(path);
    rmdir(*state);
    free(*state);
    return 0;
}

static void add(struct history *history, int64_t line, const char *input)
{
    history_add(history, remembered_new(line, input, strlen(input)));
}

static void expect(struct history *history, struct history_query query,
                   const char *expected)
{
    struct buf text;
    buf_init(&text, 1 << 20);
    struct json_out out = json_out_to(&text);
    history_write(history, &query, &out);
    assert_string_equal(text.at, expected);
    buf_free(&text);
}

static void asks_find_what_was_run(void **state)
{
    (void)state;
    struct history *history = history_open();
    add(history, 1, "look it");
    add(history, 2, "why it");
    add(history, 3, "look it");
    expect(history, (struct history_query){.access = HISTORY_TAIL, .n = 2},
           "[[1,2,\"why it\"],[1,3,\"look it\"]]");
    expect(history,
           (struct history_query){
               .access = HISTORY_RANGE, .start = 1, .stop = 2, .output = true},
           "[[1,1,[\"look it\",null]]]");
    struct history_query search = {.access = HISTORY_SEARCH,
                                   .pattern = "*it",
                                   .pattern_length = 3,
                                   .n = -1,
                                   .unique = true};
    expect(history, search, "[[1,2,\"why it\"],[1,3,\"look it\"]]");
    search.unique = false;
    search.n = 1;
    expect(history, search, "[[1,3,\"look it\"]]");
    history_close(history);
}

static void the_next_session_knows_the_last(void **state)
{
    (void)state;
    struct history *one = history_open();
    add(one, 1, "echo \"\xF0\x9F\x98\x80\"\n");
    history_close(one);
    struct history *two = history_open();
    add(two, 1, "look");
    expect(two, (struct history_query){.access = HISTORY_TAIL, .n = 9},
           "[[1,1,\"echo \\\"\xF0\x9F\x98\x80\\\"\\n\"],[2,1,\"look\"]]");
    expect(two,
           (struct history_query){
               .access = HISTORY_RANGE, .session = -1, .start = 1, .stop = 100},
           "[[1,1,\"echo \\\"\xF0\x9F\x98\x80\\\"\\n\"]]");
    history_close(two);
}

static void more_than_memory_holds_comes_from_the_file(void **state)
{
    (void)state;
    struct history *history = history_open();
    for (int64_t line = 1; line <= 1500; line++)
        add(history, line, line == 3 ? "third" : "wait 0");
    struct history_query search = {
        .access = HISTORY_SEARCH, .pattern = "t*", .pattern_length = 2, .n = -1};
    expect(history, search, "[[1,3,\"third\"]]");
    struct buf text;
    buf_init(&text, 1 << 20);
    struct json_out out = json_out_to(&text);
    history_write(history, &(struct history_query){.n = -1}, &out);
    size_t n = 0;
    for (const char *at = text.at; (at = strstr(at, "[1,")); at++)
        n++;
    assert_int_equal(n, 1500);
    buf_free(&text);
    history_close(history);
}

static void write_file(const char *folder, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/attn", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/attn/history", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Anybody may write the file: numbers at the ends of their ranges are left out. */
static void hostile_numbers_are_not_ours(void **state)
{
    write_file(*state, "[4,1,\"ours\"]\n[-9223372036854775808,1,\"a\"]\n[0,1,\"b\"]\n"
                       "[9007199254740992,1,\"c\"]\n[4,-1,\"d\"]\n"
                       "[9223372036854775807,1,\"e\"]\n");
    struct history *history = history_open();
    add(history, 1, "look");
    expect(history, (struct history_query){.n = 99}, "[[4,1,\"ours\"],[5,1,\"look\"]]");
    struct history_query range = {.access = HISTORY_RANGE, .stop = INT64_MAX};
    range.session = INT64_MIN;
    expect(history, range, "[]");
    range.session = -5;
    expect(history, range, "[]");
    range.session = -1;
    expect(history, range, "[[4,1,\"ours\"]]");
    history_close(history);
}

/* What was typed comes back as it was; what we would not have written is left out. */
static void lines_are_read_as_they_are_written(void **state)
{
    write_file(*state, "[1,1,\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"]\n"
                       "[1,2,\"\\u00e9\\u4E16\\ud83d\\ude00\"]\n"
                       "[1,3,\"\\ud83d|\\ude00|\\ud83d\\u0041\"]\n"
                       "[1,4,\"\\u0000\"]\n"
                       "[1,5,\"\\x\"]\n[1,5,\"\\u12\"]\n[1,5,\"\\u12\n"
                       "[1,5,\"open]\n[1,5,\"x\"\n[1,5,\"x\"]]\n[1,5,\"x\",1]\n"
                       "[1,5,\"\xFF\"]\n[1,5,\"\t\"]\n[1,5,x]\n[1,\"x\"]\n[,1,\"x\"]\n"
                       "[1,5,\"\\\n[\n\n\\\n[1,5\n[1,6,\"last\"]\n[1,7,\"cut");
    struct history *history = history_open();
    expect(history, (struct history_query){.n = 99},
           "[[1,1,\"a\\\"\\\\/\\u0008\\u000c\\n\\u000d\\u0009\"],"
           "[1,2,\"\xC3\xA9\xE4\xB8\x96\xF0\x9F\x98\x80\"],"
           "[1,3,\"\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF\xBF\xBD"
           "A\"],"
           "[1,4,\"\\u0000\"],[1,6,\"last\"]]");
    history_close(history);
}

static void the_last_session_there_can_be_stays(void **state)
{
    write_file(*state, "[9007199254740991,1,\"z\"]\n");
    struct history *history = history_open();
    add(history, 2, "look");
    expect(history, (struct history_query){.n = 9},
           "[[9007199254740991,1,\"z\"],[9007199254740991,2,\"look\"]]");
    history_close(history);
}

/* Opening a pipe for reading would wait for a writer. */
static void a_pipe_is_no_history(void **state)
{
    char path[256];
    snprintf(path, sizeof path, "%s/attn", (char *)*state);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/attn/history", (char *)*state);
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(10);
    struct history *history = history_open();
    add(history, 1, "look");
    expect(history, (struct history_query){.n = 9}, "[[1,1,\"look\"]]");
    history_close(history);
    alarm(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(globs_match_whole_texts),
        cmocka_unit_test(a_glob_of_stars_ends_soon),
        cmocka_unit_test_setup_teardown(asks_find_what_was_run, new_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(the_next_session_knows_the_last, new_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(lines_are_read_as_they_are_written, new_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(hostile_numbers_are_not_ours, new_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(the_last_session_there_can_be_stays, new_folder,
                                        drop_folder),
        cmocka_unit_test_setup_teardown(a_pipe_is_no_history, new_folder, drop_folder),
        cmocka_unit_test_setup_teardown(more_than_memory_holds_comes_from_the_file,
                                        new_folder, drop_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
