#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/utf8.h"
#include "attn/lang/session.h"

/* Completes at the | of `code`. */
static struct completions complete(const struct assist *assist, const char *code,
                                   struct arena *arena)
{
    const char *bar = strchr(code, '|');
    size_t at = (size_t)(bar - code), length = strlen(code) - 1;
    char *text = arena_copy(arena, code, length + 1);
    memmove(text + at, text + at + 1, length - at + 1);
    return assist_complete(assist, text, length, utf8_count(text, at), arena);
}

static const struct completion *find(const struct completions *offered,
                                     const char *text)
{
    for (size_t i = 0; i < offered->n; i++)
        if (strcmp(offered->items[i].text, text) == 0)
            return &offered->items[i];
    return NULL;
}

static void offers(const struct assist *assist, const char *code, const char *text,
                   const char *type)
{
    struct arena arena = {0};
    struct completions offered = complete(assist, code, &arena);
    const struct completion *item = find(&offered, text);
    if (!item)
        fail_msg("%s does not offer %s", code, text);
    assert_string_equal(item->type, type);
    arena_free(&arena);
}

static void offers_not(const struct assist *assist, const char *code, const char *text)
{
    struct arena arena = {0};
    struct completions offered = complete(assist, code, &arena);
    if (find(&offered, text))
        fail_msg("%s offers %s", code, text);
    arena_free(&arena);
}

static int setup(void **state)
{
    struct session *session = session_new();
    *state = session_assist(session);
    session_free(session); /* an assist outlives its session */
    return 0;
}

static int teardown(void **state)
{
    assist_free(*state);
    return 0;
}

static void commands_come_first(void **state)
{
    offers(*state, "|", "sentence", "command");
    offers(*state, "he|", "heatmap", "command");
    offers(*state, "look it\nHE|", "heads", "command");
    offers(*state, "heatmp|", "heatmap", "command");
    offers_not(*state, "|", "echo");
    offers_not(*state, "e|", "echo");
    offers(*state, "help h|", "heatmap", "command");
    offers(*state, "quiz s|", "softmax", "topic");
    offers_not(*state, "quiz |", "heatmap");
    offers(*state, "explain |", "softmax", "topic");
    offers(*state, "explain sof|", "softmax", "topic");
    offers(*state, "ask row s|", "row sum", "topic");
    offers_not(*state, "explain \"sof|", "softmax");
    offers_not(*state, "explain why so|", "softmax");
}

static void options_and_their_values(void **state)
{
    offers(*state, "heatmap |", "layer", "option");
    offers(*state, "heatmap l|", "layer", "option");
    offers_not(*state, "heatmap layer 2 |", "layer");
    offers(*state, "heatmap layer |", "3", "value");
    offers_not(*state, "heatmap layer |", "4");
    offers(*state, "heatmap layer 3 head |", "0", "head");
    offers(*state, "heatmap mask c|", "causal", "value");
    offers(*state, "steps it blank |", "softmax", "value");
    offers(*state, "softmax 4 2 |", "dk", "option");
    offers(*state, "vectors a|", "animal", "word");
    offers(*state, "model t|", "toy", "model");
    offers(*state, "set q|", "query", "option");
    offers(*state, "set query a|", "animal", "word");
    offers(*state, "heatmap as |", "json", "value");
    offers(*state, "heatmap values |", "off", "value");
    offers(*state, "heatmap values |", "rows", "option");
    offers(*state, "set |", "temperature", "option");
    offers(*state, "set mask |", "none", "value");
    offers(*state, "set mask none |", "layer", "option");
    offers(*state, "model |", "lesson", "model");
    offers_not(*state, "look it |", "rows");
    offers(*state, "save \"it.svg\" |", "replace", "option");
    offers_not(*state, "save \"it|", "it");
    offers_not(*state, "save \"|", "replace");
    offers(*state, "heads |", "syntactic", "option");
    offers(*state, "heads syntactic |", "cluster", "option");
    offers_not(*state, "heads syntactic |", "local");
    offers_not(*state, "heads best |", "cluster");
    offers(*state, "heads best it |", "->", "option");
    offers(*state, "heads best it -> an|", "animal", "word");
    offers_not(*state, "heads best it -> animal |", "->");
    offers(*state, "heads over |", "\"samples\"", "value");
}

static void words_and_heads(void **state)
{
    struct arena arena = {0};
    offers(*state, "look |", "animal", "word");
    offers(*state, "look |", "the:2", "word");
    offers(*state, "look AN|", "animal", "word");
    offers(*state, "why it -> an|", "animal", "word");
    offers(*state, "heads |", "L3-H0", "head");
    offers(*state, "heads best |", "animal", "word");
    offers(*state, "heatmap L3|", "L3-H0", "head");
    offers(*state, "mute |", "L1-H5", "head");
    offers(*state, "mute L1-H5 as |", "shuffled", "value");
    offers(*state, "mute L1-H5 as |", "json", "value");
    struct completions offered = complete(*state, "heads L3-H0|", &arena);
    assert_int_equal(offered.n, 1);
    assert_string_equal(offered.items[0].about, "pronoun→antecedent");
    arena_free(&arena);
}

static void nothing_inside_a_text(void **state)
{
    offers_not(*state, "sentence \"he|", "heatmap");
    offers_not(*state, "sentence he|", "heatmap");
    offers_not(*state, "sentence |", "heatmap");
    offers_not(*state, "foo |", "layer");
}

static void the_span_is_in_code_points(void **state)
{
    struct arena arena = {0};
    struct completions offered = complete(*state, "# é😀\nlook an|imal layer 2", &arena);
    assert_int_equal(offered.n, 1);
    assert_int_equal(offered.start, 10);
    assert_int_equal(offered.end, 16);
    arena_free(&arena);
}

static const char *card(const struct assist *assist, const char *code, size_t cursor,
                        struct arena *arena)
{
    const struct view *view =
        assist_inspect(assist, code, strlen(code), cursor, 0, arena);
    struct buf text;
    if (!view)
        return "";
    buf_init(&text, 1 << 20);
    view_text(view, &text);
    const char *copy = arena_copy(arena, text.at, text.length);
    buf_free(&text);
    return copy;
}

static void cards_say_what_stands_there(void **state)
{
    struct arena arena = {0};
    assert_non_null(
        strstr(card(*state, "look it", 2, &arena), "look [WORD] [options]"));
    assert_non_null(strstr(card(*state, "look it", 2, &arena), "Lesson"));
    assert_non_null(strstr(card(*state, "look it", 6, &arena), "Looks most at animal"));
    assert_non_null(
        strstr(card(*state, "heatmap L3-H0", 10, &arena), "pronoun→antecedent"));
    assert_non_null(strstr(card(*state, "heatmap layer 2", 10, &arena), "which layer"));
    assert_non_null(strstr(card(*state, "set mask none", 6, &arena), "may look where"));
    assert_string_equal(card(*state, "", 0, &arena), "");
    assert_string_equal(card(*state, "foo bar", 1, &arena), "");
    arena_free(&arena);
}

static void drawings_are_offered_with_what_they_show(void **state)
{
    struct arena arena = {0};
    offers(*state, "diagram |", "flow", "value");
    offers(*state, "diagram he|", "heads", "value");
    offers(*state, "diagram flow |", "word", "option");
    offers_not(*state, "diagram flow |", "tree");
    offers_not(*state, "diagram |", "swap");
    struct completions offered = complete(*state, "diagram tr|", &arena);
    const struct completion *tree = find(&offered, "tree");
    assert_non_null(tree);
    assert_non_null(strstr(tree->about, "family"));
    const struct view *card = assist_inspect(*state, "diagram tree", 12, 10, 0, &arena);
    assert_non_null(strstr(card->finding, "family"));
    arena_free(&arena);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(commands_come_first),
        TEST(options_and_their_values),
        TEST(words_and_heads),
        TEST(nothing_inside_a_text),
        TEST(the_span_is_in_code_points),
        TEST(cards_say_what_stands_there),
        TEST(drawings_are_offered_with_what_they_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
