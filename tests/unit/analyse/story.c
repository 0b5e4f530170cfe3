/* Hand-made traces: one head a layer, named as the teaching model names its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attn/analyse/story.h"

enum { T = 5, H = 3 };

static const struct head_name heads[2 * H] = {
    {.name = "previous", .story = 9},
    {.name = "same word"},
    {.name = "bag of words"},
    {.name = "determiner→noun", .story = 4},
    {.name = "pronoun→antecedent", .story = 1},
    {.name = "verb→subject", .story = 2},
};

/* <s> the dog sees it: everything rests on <s>, but for `previous`. */
static struct trace resting_trace(struct token tokens[T], float weights[2 * H * T * T])
{
    static const char *const words[T] = {"<s>", "the", "dog", "sees", "it"};
    for (int i = 0; i < T; i++)
        tokens[i] = (struct token){.text = words[i],
                                   .position = i - 1,
                                   .flags = i ? TOKEN_KNOWN : TOKEN_SPECIAL};
    tokens[4].flags |= TOKEN_PRONOUN;
    for (int h = 0; h < 2 * H; h++)
        for (int i = 0; i < T; i++)
            for (int j = 0; j < T; j++)
                weights[(h * T + i) * T + j] = j == (h == 0 && i > 1 ? i - 1 : 0);
    return (struct trace){.sentence = "the dog sees it",
                          .T = T,
                          .S = T,
                          .L = 2,
                          .H = H,
                          .rows = tokens,
                          .cols = tokens,
                          .heads = heads,
                          .weights = weights};
}

static void look(struct trace *trace, int head, int row, int col, float weight)
{
    float *at = trace->weights + (head * T + row) * T;
    at[0] = 1 - weight;
    for (int j = 1; j < T; j++)
        at[j] = 0;
    at[col] = weight;
}

static void prefers_the_pronoun(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    look(&trace, 4, 4, 2, .9f);
    look(&trace, 5, 3, 2, .9f);
    struct story story = story_of(&trace, &arena);
    assert_int_equal(story.kind, STORY_PRONOUN);
    assert_int_equal(story.layer, 1);
    assert_int_equal(story.head, 1);
    assert_int_equal(story.row, 4);
    assert_int_equal(story.row_head[3], 5);
    assert_int_equal(story.row_head[2],
                     0); /* nobody but `previous` speaks for the noun */
    assert_false(story.row_rests[2]);
    arena_free(&arena);
}

static void a_layer_lets_its_story_head_speak(void **state)
{
    (void)state;
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    assert_int_equal(story_head_in_layer(&trace, 0, 3), 0); /* `previous` rests least */
    assert_int_equal(story_head_in_layer(&trace, 1, 4), 0); /* all rest: the first */
    look(&trace, 1, 3, 2, .99f);
    assert_int_equal(story_head_in_layer(&trace, 0, 3), 0);
    look(&trace, 2, 1, 2, .4f);
    assert_int_equal(story_head_in_layer(&trace, 0, 1), 2); /* it rests least */
    look(&trace, 4, 4, 2, .6f);
    assert_int_equal(story_head_in_layer(&trace, 1, 4), 1);
    trace.heads = NULL;
    look(&trace, 5, 4, 3, .7f);
    assert_int_equal(story_head_in_layer(&trace, 1, 4), 2); /* without names */
}

static void falls_back_step_by_step(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    assert_int_equal(story_of(&trace, &arena).kind, STORY_POSITION);
    look(&trace, 3, 1, 2, .9f);
    assert_int_equal(story_of(&trace, &arena).kind, STORY_PHRASE);
    assert_int_equal(story_of(&trace, &arena).row, 1);
    look(&trace, 5, 3, 2, .9f);
    assert_int_equal(story_of(&trace, &arena).kind, STORY_CLAUSE);
    assert_int_equal(story_of(&trace, &arena).row, 3);
    for (int i = 1; i < T; i++)
        tokens[i].flags &= ~(unsigned)TOKEN_KNOWN;
    assert_int_equal(story_of(&trace, &arena).kind, STORY_UNKNOWN);
    assert_int_equal(story_of(&trace, &arena).head, 0);
    trace.sentence = "f(x) = x";
    assert_int_equal(story_of(&trace, &arena).kind, STORY_CODE);
    arena_free(&arena);
}

static void draws_links_and_candidates(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    struct story_link *links;
    struct story story = story_of(&trace, &arena);
    assert_int_equal(story_links(&trace, &story, &arena, &links), 3); /* previous */
    look(&trace, 3, 1, 2, .9f);
    look(&trace, 4, 4, 2, .5f);
    trace.weights[(4 * T + 4) * T + 0] = 0.1f;
    trace.weights[(4 * T + 4) * T + 1] = 0.4f;
    story = story_of(&trace, &arena);
    assert_int_equal(story_links(&trace, &story, &arena, &links), 3);
    assert_true(links[0].either && links[1].either && links[2].pale);
    assert_int_equal(links[0].col, 2);
    assert_int_equal(links[1].col, 1);
    arena_free(&arena);
}

/* A word that looks at itself has one candidate less, and two that take a quarter each
 * are none. */
static void itself_and_faint_ones_are_no_candidates(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    struct story_link *links;
    size_t best, second;
    float *row = trace.weights + (4 * T + 4) * T; /* it, in pronoun→antecedent */
    look(&trace, 4, 4, 2, .5f);
    row[0] = .1f;
    row[4] = .4f;
    assert_false(story_could_be_either(&trace, 1, 1, 4, &best, &second));
    assert_int_equal(best, 2);
    row[4] = 0;
    row[1] = .4f;
    assert_true(story_could_be_either(&trace, 1, 1, 4, &best, &second));
    row[0] = .4f;
    row[1] = row[2] = .2f;
    row[3] = row[4] = .1f;
    assert_true(story_could_be_either(&trace, 1, 1, 4, &best, &second));
    struct story story = story_of(&trace, &arena);
    size_t n = story_links(&trace, &story, &arena, &links);
    for (size_t i = 0; i < n; i++)
        assert_false(links[i].either);
    arena_free(&arena);
}

static void options_and_doubled_ands_are_code(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    trace.sentence = "git commit -m --amend";
    assert_int_equal(story_of(&trace, &arena).kind, STORY_CODE);
    trace.sentence = "make && run";
    assert_int_equal(story_of(&trace, &arena).kind, STORY_CODE);
    trace.sentence = "a well-known dog - and a cat & a bird";
    assert_int_equal(story_of(&trace, &arena).kind, STORY_POSITION);
    arena_free(&arena);
}

static void a_trace_without_names_works(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    trace.heads = NULL;
    struct story story = story_of(&trace, &arena);
    assert_int_equal(story.row_head[3], 0); /* the only head that does not rest */
    trace.T = trace.S = 1;                  /* nothing but <s> */
    story = story_of(&trace, &arena);
    assert_int_equal(story.row, 0);
    arena_free(&arena);
}

/* Head 1 is `same word`. */
static void code_follows_its_names(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    struct story_link *links;
    trace.sentence = "n ( n )";
    tokens[2].flags = tokens[4].flags = TOKEN_PUNCTUATION;
    look(&trace, 1, 1, 3, .9f); /* n looks at the other n, and back */
    look(&trace, 1, 3, 1, .9f);
    look(&trace, 1, 2, 4, .9f); /* brackets do so too */
    look(&trace, 1, 4, 2, .9f);
    struct story story = story_of(&trace, &arena);
    assert_int_equal(story.kind, STORY_CODE);
    assert_int_equal(story.head, 1);
    assert_int_equal(story.row, 3); /* the second n, not a bracket */
    assert_int_equal(story.row_head[3], 1);
    assert_int_equal(story.row_head[4], 0); /* brackets: the word before */
    assert_int_equal(story_links(&trace, &story, &arena, &links), 1);
    assert_int_equal(links[0].row, 3);
    assert_int_equal(links[0].col, 1);
    look(&trace, 1, 1, 1, .9f); /* a name that stands there once finds itself: */
    look(&trace, 1, 3, 3, .9f); /* that is no news */
    story = story_of(&trace, &arena);
    assert_int_equal(story.head, 0);
    assert_int_equal(story.row_head[3], 0);
    arena_free(&arena);
}

static void unknown_words_have_places_only(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    for (int i = 1; i < T; i++)
        tokens[i].flags = 0;
    look(&trace, 1, 4, 2, .9f); /* le … le */
    look(&trace, 1, 3, 3, .9f);
    struct story story = story_of(&trace, &arena);
    assert_int_equal(story.kind, STORY_UNKNOWN);
    for (int i = 2; i < T; i++)
        assert_int_equal(story.row_head[i], 0);
    arena_free(&arena);
}

static const struct head_name decoder_heads[2 * H] = {
    {.name = "previous", .story = 4},        {.name = "two back"},
    {.name = "who governs me?", .story = 5}, {.name = "induction", .story = 1},
    {.name = "subject", .story = 3},         {.name = "object wanted"},
};

/* A decoder: the last word that looks at another is told, for what comes next hangs on
 * it; a phrase head and a word that looks at itself do not count. */
static void a_decoder_tells_of_its_last_word(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct trace trace = resting_trace(tokens, weights);
    trace.heads = decoder_heads;
    trace.causal = true;
    look(&trace, 4, 2, 2, .9f);
    look(&trace, 4, 3, 2, .9f);
    look(&trace, 2, 4, 3, .9f);
    struct story story = story_of(&trace, &arena);
    assert_int_equal(story.kind, STORY_PHRASE);
    assert_int_equal(story.row, 3);
    assert_int_equal(story.layer * H + story.head, 4);
    assert_int_equal(story.row_head[4], 2);
    arena_free(&arena);
}

/* A pattern of words that nobody knows is more than their places. */
static void a_pattern_of_unknown_words_is_told(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct token tokens[T];
    float weights[2 * H * T * T];
    struct story_link *links;
    struct trace trace = resting_trace(tokens, weights);
    trace.heads = decoder_heads;
    for (int i = 1; i < T; i++)
        tokens[i].flags = 0;
    assert_int_equal(story_of(&trace, &arena).kind, STORY_UNKNOWN);
    look(&trace, 3, 3, 2, .9f);
    struct story story = story_of(&trace, &arena);
    assert_int_equal(story.kind, STORY_REPEAT);
    assert_int_equal(story.row, 3);
    assert_int_equal(story.row_head[3], 3);
    assert_int_equal(story.row_head[4], 0);
    assert_int_equal(story_links(&trace, &story, &arena, &links), 1);
    assert_int_equal(links[0].col, 2);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prefers_the_pronoun),
        cmocka_unit_test(a_layer_lets_its_story_head_speak),
        cmocka_unit_test(falls_back_step_by_step),
        cmocka_unit_test(draws_links_and_candidates),
        cmocka_unit_test(itself_and_faint_ones_are_no_candidates),
        cmocka_unit_test(options_and_doubled_ands_are_code),
        cmocka_unit_test(a_trace_without_names_works),
        cmocka_unit_test(code_follows_its_names),
        cmocka_unit_test(unknown_words_have_places_only),
        cmocka_unit_test(a_decoder_tells_of_its_last_word),
        cmocka_unit_test(a_pattern_of_unknown_words_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
