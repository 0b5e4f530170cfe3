#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/lang/suggest.h"

static void edits_are_counted(void **state)
{
    (void)state;
    assert_int_equal(suggest_distance("heat", "head", 5), 1);
    assert_int_equal(suggest_distance("haet", "heat", 5), 1);
    assert_int_equal(suggest_distance("", "abc", 5), 3);
    assert_int_equal(suggest_distance("Look", "look", 5), 0);
    assert_int_equal(suggest_distance("kitten", "sitting", 5), 3);
    assert_int_equal(suggest_distance("kitten", "sitting", 2), 3);
    char long_word[80];
    memset(long_word, 'a', sizeof long_word - 1);
    long_word[sizeof long_word - 1] = '\0';
    assert_int_equal(suggest_distance(long_word, "a", 5), 6);
}

static void the_nearest_name_is_found(void **state)
{
    (void)state;
    const char *const names[] = {"look", "heatmap", "heads", "set", NULL};
    assert_string_equal(suggest_name("heatmp", names), "heatmap");
    assert_string_equal(suggest_name("heat", names), "heatmap");
    assert_string_equal(suggest_name("head", names), "heads");
    assert_string_equal(suggest_name("LOOKS", names), "look");
    assert_null(suggest_name("banana", names));
    assert_null(suggest_name("x", names));
    assert_null(suggest_name("", names));
}

/* What is said about an unknown first word of a line. */
static void told(const char *line, const char *text, const char *hint)
{
    struct arena arena = {0};
    struct err err = {0};
    struct lexer lexer = {.code = line, .length = strlen(line), .arena = &arena};
    struct lexeme name, rest;
    assert_true(lex_next(&lexer, &name, &err));
    lexer.at = 0;
    rest = lex_rest(&lexer);
    assert_false(suggest_command(&name, &rest, &arena, &err));
    assert_int_equal(err.code, ERR_UNKNOWN_COMMAND);
    assert_string_equal(err.text, text);
    assert_string_equal(err.hint, hint);
    arena_free(&arena);
}

static void unknown_commands_are_understood(void **state)
{
    (void)state;
    static const char python[] =
        "This notebook speaks the attention language, not Python.";
    told("heatmp layer 2", "I don't know \"heatmp\".",
         "Did you mean:  heatmap layer 2");
    told("print(\"hi\")", python, "Type  help  for the commands.");
    told("x = 3", python, "Type  help  for the commands.");
    told("import os", python, "Type  help  for the commands.");
    told("%time look", python, "Type  help  for the commands.");
    told("for you I sing", "I don't know \"for\".",
         "Did you mean:  sentence \"for you I sing\"");
    told("zzzz", "I don't know \"zzzz\".", "Try:  help");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_counted),
        cmocka_unit_test(the_nearest_name_is_found),
        cmocka_unit_test(unknown_commands_are_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
