/* The fuzzers' dictionary is the command table's words: tests/fuzz/cell.dict. Run with
 * --update from the repository's root to write it anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/lang/command.h"
#include "attn/lang/commands.h"

static const char path[] = "tests/fuzz/cell.dict";

static void add(struct buf *to, const char *word)
{
    struct buf line;
    buf_init(&line, 4096);
    buf_char(&line, '"');
    for (; *word; word++) {
        bool plain = (unsigned char)*word < 0x80; /* a dictionary holds ASCII only */
        buf_print(&line,
                  !plain                          ? "\\x%02X"
                  : *word == '"' || *word == '\\' ? "\\%c"
                                                  : "%c",
                  (unsigned char)*word);
    }
    buf_text(&line, "\"\n");
    if (!to->at || !strstr(to->at, line.at))
        buf_add(to, line.at, line.length);
    buf_free(&line);
}

static void add_args(struct buf *to, const struct arg *args, size_t n)
{
    for (size_t i = 0; i < n && args[i].name; i++) {
        add(to, args[i].name);
        for (size_t c = 0; c < ARG_MAX_CHOICES && args[i].choices[c]; c++)
            add(to, args[i].choices[c]);
    }
}

static void write_dictionary(struct buf *to)
{
    static const char *const signs[] = {
        "\"",         "“",  "”",  "->",  "@7",   "the:2", "L3-H0", "0..3", "#",
        "\\u{1F600}", "\\", "on", "off", "auto", "all",   "mean",  "max",  "reset"};
    buf_init(to, 1 << 20);
    for (size_t i = 0; commands[i]; i++) {
        add(to, commands[i]->name);
        add_args(to, commands[i]->args, COMMAND_MAX_ARGS);
        for (size_t j = 0; j < COMMAND_MAX_EXAMPLES && commands[i]->examples[j]; j++)
            add(to, commands[i]->examples[j]);
    }
    add_args(to, view_args, n_view_args);
    add_args(to, state_args, n_state_args);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        add(to, signs[i]);
}

static void it_is_the_tables(void **state)
{
    (void)state;
    struct buf wanted;
    write_dictionary(&wanted);
    char *got = calloc(wanted.length + 2, 1);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t n = fread(got, 1, wanted.length + 1, file);
    fclose(file);
    assert_int_equal(n, wanted.length);
    assert_string_equal(got, wanted.at);
    free(got);
    buf_free(&wanted);
}

static int update(void)
{
    struct buf words;
    write_dictionary(&words);
    FILE *file = fopen(path, "wb");
    bool done = file && fwrite(words.at, 1, words.length, file) == words.length;
    done = file && fclose(file) == 0 && done;
    buf_free(&words);
    return done ? 0 : 1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_is_the_tables)};
    if (argc == 2 && strcmp(argv[1], "--update") == 0)
        return update();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
