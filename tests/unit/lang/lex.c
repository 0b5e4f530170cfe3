#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "attn/lang/lex.h"

/* The lexemes of `code` as one text: words as they are, texts in <>, | for lines. */
static const char *shape(const char *code, struct arena *arena, struct err *err)
{
    struct lexer lexer = {.code = code, .length = strlen(code), .arena = arena};
    struct lexeme item;
    const char *text = "";
    while (lex_next(&lexer, &item, err) && item.kind != LEX_END) {
        char joined[512];
        int n = 0;
        if (item.kind == LEX_TEXT)
            n = snprintf(joined, sizeof joined, "%s<%s>", text, item.text);
        else if (item.kind == LEX_LINE)
            n = snprintf(joined, sizeof joined, "%s|", text);
        else if (item.kind == LEX_ARROW)
            n = snprintf(joined, sizeof joined, "%s->", text);
        else
            n = snprintf(joined, sizeof joined, "%s %s", text, item.text);
        text = arena_copy(arena, joined, (size_t)n);
    }
    return text;
}

static void same(const char *code, const char *wanted)
{
    struct arena arena = {0};
    struct err err = {0};
    assert_string_equal(shape(code, &arena, &err), wanted);
    assert_int_equal(err.code, ERR_NONE);
    arena_free(&arena);
}

static void words_texts_and_lines(void **state)
{
    (void)state;
    same("look it\nheatmap", " look it| heatmap");
    same("look it\r\nset", " look it|| set");
    same("look\tit", " look it");
    same("why it->animal", " why it-> animal");
    same("why it → animal", " why it-> animal");
    same("print(\"hi\")", " print(<hi> )");
}

static void comments_begin_after_a_blank_only(void **state)
{
    (void)state;
    same("# all of it", "");
    same("look it # this", " look it");
    same("look c#", " look c#");
    same("echo \"a # b\" # c", " echo<a # b>");
}

static void quotes_of_every_form(void **state)
{
    (void)state;
    same("“I don't”", "<I don't>");
    same("„Wir“ „wir”", "<Wir><wir>");
    same("«nous»", "<nous>");
    same("\"a\nb\"", "<a\nb>");
    same("\"a\r\nb\"", "<a\nb>");
    same("\"\\\"\\\\\\n\\t\\u{1F600}\"", "<\"\\\n\t😀>");
}

static void fails(const char *code, enum err_code wanted, const char *hint)
{
    struct arena arena = {0};
    struct err err = {0};
    (void)shape(code, &arena, &err);
    assert_int_equal(err.code, wanted);
    assert_string_equal(err.hint, hint);
    arena_free(&arena);
}

static void open_quotes_and_bad_escapes(void **state)
{
    (void)state;
    fails("sentence \"I love", ERR_OPEN_QUOTE, "Try:  sentence \"I love\"");
    fails("sentence \"I love  \nlook", ERR_OPEN_QUOTE, "Try:  sentence \"I love\"");
    fails("sentence “I \"love", ERR_OPEN_QUOTE, "Try:  sentence \"I \\\"love\"");
    fails("sentence \"\\", ERR_OPEN_QUOTE, "Try:  sentence \"\\\\\"");
    fails("echo \"a\\q\"", ERR_BAD_ESCAPE, "Try:  echo \"a\\\\q\"");
    fails("echo \"\\u{D800}\"", ERR_BAD_ESCAPE, "Try:  echo \"\\\\u{D800}\"");
    fails("echo \"\\u{110000}\"", ERR_BAD_ESCAPE, "Try:  echo \"\\\\u{110000}\"");
    fails("echo \"\\u{}\"", ERR_BAD_ESCAPE, "Try:  echo \"\\\\u{}\"");
}

static void spans_are_bytes_of_the_cell(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct err err = {0};
    const char *code = "look “é” x";
    struct lexer lexer = {.code = code, .length = strlen(code), .arena = &arena};
    struct lexeme item;
    assert_true(lex_next(&lexer, &item, &err) && lex_next(&lexer, &item, &err));
    assert_int_equal(item.start, 5);
    assert_int_equal(item.end, 13);
    assert_int_equal(item.length, 2);
    arena_free(&arena);
}

static const char *rest_of(const char *code, struct arena *arena)
{
    struct lexer lexer = {.code = code, .length = strlen(code), .arena = arena};
    return lex_rest(&lexer).text;
}

static void the_rest_of_a_line(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(rest_of("  I want \"this\"  # no\nlook", &arena),
                        "I want \"this\"");
    assert_string_equal(rest_of("I go to school with you", &arena),
                        "I go to school with you");
    assert_string_equal(rest_of("The cat  to  \"Le chat\"", &arena), "The cat");
    assert_string_equal(rest_of("The cat with “Le chat”", &arena), "The cat");
    assert_string_equal(rest_of(" # nothing", &arena), "");
    arena_free(&arena);
}

static void what_is_quoted_reads_back(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct err err = {0};
    const char text[] = "a \"b\" \\ c\n\td “e”";
    const char *quoted = lex_quote(&arena, text, sizeof text - 1);
    struct lexer lexer = {.code = quoted, .length = strlen(quoted), .arena = &arena};
    struct lexeme item;
    assert_true(lex_next(&lexer, &item, &err));
    assert_string_equal(item.text, text);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_texts_and_lines),
        cmocka_unit_test(comments_begin_after_a_blank_only),
        cmocka_unit_test(quotes_of_every_form),
        cmocka_unit_test(open_quotes_and_bad_escapes),
        cmocka_unit_test(spans_are_bytes_of_the_cell),
        cmocka_unit_test(the_rest_of_a_line),
        cmocka_unit_test(what_is_quoted_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
