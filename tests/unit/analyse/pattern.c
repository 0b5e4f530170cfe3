/* Hand-made attention with known answers. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/analyse/entropy.h"
#include "attn/analyse/pattern.h"
#include "attn/base/mem.h"

enum { MOST = 64 };

struct made {
    struct trace trace;
    struct token tokens[MOST];
    float weights[MOST * MOST];
};

/* One head over `n` different words, all weights 0. */
static struct made *make(size_t n)
{
    struct made *made = mem_new(1, sizeof *made);
    for (size_t i = 0; i < n; i++)
        made->tokens[i] =
            (struct token){.text = "w", .id = (int64_t)i, .position = (int)i};
    made->trace = (struct trace){.T = n,
                                 .S = n,
                                 .L = 1,
                                 .H = 1,
                                 .rows = made->tokens,
                                 .cols = made->tokens,
                                 .weights = made->weights};
    return made;
}

static void put(struct made *made, size_t row, size_t col, float weight)
{
    made->weights[row * made->trace.S + col] = weight;
}

static struct evidence test(const struct made *made, enum test which)
{
    return pattern_test(&made->trace, 0, 0, &(struct question){.test = which});
}

static void near(double got, double want)
{
    if (!(fabs(got - want) < 1e-6))
        fail_msg("got %.9f, wanted %.9f", got, want);
}

static void an_even_causal_head_is_chance(void **state)
{
    (void)state;
    for (size_t n = 2; n <= MOST; n++) {
        struct made *made = make(n);
        double harmonic = 0;
        made->trace.causal = true;
        for (size_t i = 0; i < n; i++) {
            harmonic += 1 / (double)(i + 1);
            for (size_t j = 0; j <= i; j++)
                put(made, i, j, 1 / (float)(i + 1));
        }
        struct evidence first = test(made, TEST_FIRST);
        struct evidence previous = test(made, TEST_PREVIOUS);
        near(first.score, (harmonic - 1) / (double)(n - 1));
        near(first.lift, 0);
        near(previous.score, (harmonic - 1) / (double)(n - 1));
        near(previous.lift, 0);
        near(test(made, TEST_BROAD).score, 1);
        struct pattern pattern = pattern_of(&made->trace, 0, 0, NULL);
        /* Two words of a causal head see at most two: nothing is narrower than that. */
        assert_int_equal(pattern.label, TEST_BROAD);
        assert_int_equal(pattern.category, CATEGORY_BAG);
        free(made);
    }
}

static void a_perfect_previous_head(void **state)
{
    (void)state;
    struct made *made = make(8);
    put(made, 0, 0, 1);
    for (size_t i = 1; i < 8; i++)
        put(made, i, i - 1, 1);
    struct pattern pattern = pattern_of(&made->trace, 0, 0, NULL);
    assert_int_equal(pattern.label, TEST_PREVIOUS);
    assert_int_equal(pattern.category, CATEGORY_PREVIOUS);
    assert_int_equal(pattern.reach, REACH_LOCAL);
    assert_true(pattern.strong);
    assert_int_equal(pattern.evidence.rows, 7);
    near(pattern.evidence.score, 1);
    near(pattern.evidence.chance, 1.0 / 8);
    near(pattern.evidence.lift, 1);
    near(pattern.distance.mean, 7.0 / 8);
    near(pattern.distance.bins[DISTANCE_FAR - 1], 7.0 / 8);
    near(test(made, TEST_NEXT).score, 0);
    assert_true(test(made, TEST_NEXT).lift < 0);
    free(made);
}

/* <s> and one word: there is no word before it, and nobody is farther than 2 away. */
static void one_word_tests_no_places(void **state)
{
    (void)state;
    struct made *made = make(2);
    made->tokens[0].flags = TOKEN_SPECIAL;
    put(made, 0, 0, 1);
    put(made, 1, 0, .3F);
    put(made, 1, 1, .7F);
    assert_int_equal(test(made, TEST_PREVIOUS).rows, 0);
    assert_int_equal(test(made, TEST_NEXT).rows, 0);
    assert_int_equal(test(made, TEST_LOCAL).rows, 0);
    assert_int_equal(test(made, TEST_ITSELF).rows, 1);
    free(made);
}

static void repeats(void **state)
{
    (void)state;
    static const int64_t ids[] = {1, 2, 3, 1, 2}; /* A B C A B */
    struct made *made = make(5);
    for (size_t i = 0; i < 5; i++) {
        made->tokens[i].id = ids[i];
        put(made, i, i, i < 3 ? 1 : 0);
    }
    assert_int_equal(test(made, TEST_DUPLICATE).rows, 2);
    put(made, 3, 0, 1);
    put(made, 4, 1, 1);
    near(test(made, TEST_DUPLICATE).score, 1);
    near(test(made, TEST_INDUCTION).score, 0);
    put(made, 3, 0, 0);
    put(made, 4, 1, 0);
    put(made, 3, 1, 1); /* what followed the earlier A */
    put(made, 4, 2, 1);
    assert_int_equal(test(made, TEST_INDUCTION).rows, 2);
    near(test(made, TEST_INDUCTION).score, 1);
    near(test(made, TEST_DUPLICATE).score, 0);
    free(made);
}

static void induction_does_not_hit_the_diagonal(void **state)
{
    (void)state;
    struct made *made = make(3); /* A A B: row 1 must not count column 1 */
    made->tokens[1].id = 0;
    for (size_t i = 0; i < 3; i++)
        put(made, i, i, 1);
    assert_int_equal(test(made, TEST_INDUCTION).rows, 0);
    free(made);
}

static void without_repeats_induction_is_not_testable(void **state)
{
    (void)state;
    struct made *made = make(6);
    for (size_t i = 0; i < 6; i++)
        put(made, i, i, 1);
    assert_int_equal(test(made, TEST_INDUCTION).rows, 0);
    assert_int_equal(test(made, TEST_DUPLICATE).rows, 0);
    free(made);
}

/* <s> and nine words; all but word 5 rest. */
static struct made *resting_head(void)
{
    struct made *made = make(10);
    made->tokens[0].flags = TOKEN_SPECIAL;
    made->tokens[0].position = -1;
    for (size_t i = 0; i < 10; i++) {
        put(made, i, 0, 0.9F);
        put(made, i, 2, 0.1F);
    }
    put(made, 5, 0, 0.1F);
    put(made, 5, 2, 0.9F);
    return made;
}

static void a_nameless_head_that_rests_is_a_sink(void **state)
{
    (void)state;
    struct made *made = resting_head();
    struct pattern pattern = pattern_of(&made->trace, 0, 0, NULL);
    assert_int_equal(pattern.words, 9);
    assert_int_equal(pattern.customers, 1);
    assert_int_equal(pattern.label, TEST_FIRST);
    assert_int_equal(pattern.category, CATEGORY_FIRST);
    assert_int_equal(pattern.reach, REACH_POSITIONAL);
    assert_int_equal(pattern.evidence.rows, 9);
    free(made);
}

static void a_named_head_is_judged_by_its_customers(void **state)
{
    (void)state;
    struct made *made = resting_head();
    struct head_name name = {.name = "verb→subject"};
    unsigned word[10] = {0}, meaning[10] = {0};
    float topic[10 * KINDS_TOPICS] = {0};
    struct kinds kinds = {true, word, meaning, topic};
    word[5] = KIND_VERB;
    word[2] = KIND_NOUN | KIND_SUBJECT;
    made->trace.heads = &name;
    struct pattern pattern = pattern_of(&made->trace, 0, 0, &kinds);
    assert_int_equal(pattern.category, CATEGORY_SYNTACTIC);
    assert_int_equal(pattern.evidence.rows, 1);
    near(pattern.evidence.score, (double)0.9F);
    near(pattern.evidence.chance, 0.1);
    assert_true(pattern.strong);
    word[2] = KIND_PREPOSITION; /* it looks elsewhere than it was built for */
    pattern = pattern_of(&made->trace, 0, 0, &kinds);
    assert_int_equal(pattern.category, CATEGORY_SYNTACTIC);
    assert_false(pattern.shown);
    assert_int_equal(pattern.label, PATTERN_MIXED);
    free(made);
}

static void a_named_head_without_customers_is_not_testable(void **state)
{
    (void)state;
    struct made *made = resting_head();
    struct head_name name = {.name = "verb→object"};
    struct kinds none = {0};
    put(made, 5, 0, 0.9F);
    put(made, 5, 2, 0.1F);
    made->trace.heads = &name;
    struct pattern pattern = pattern_of(&made->trace, 0, 0, &none);
    assert_int_equal(pattern.customers, 0);
    assert_int_equal(pattern.evidence.rows, 0);
    assert_int_equal(pattern.category, CATEGORY_SYNTACTIC);
    free(made);
}

static void entropy_has_the_known_values(void **state)
{
    (void)state;
    static const float row[] = {.2F, .3F, .5F}, even[] = {1 / 3.F, 1 / 3.F, 1 / 3.F};
    near(entropy_of(row, 3), 1.029653);
    assert_true(fabs(entropy_share(row, 3) - .937231) < 1e-5);
    assert_true(fabs(entropy_effective(row, 3) - 2.8001) < 1e-4);
    assert_true(fabs(entropy_divergence(row, even, 3) - .017251) < 1e-5);
    near(entropy_share(row, 1), 0);
}

static void distance_has_the_known_value(void **state)
{
    (void)state;
    static const float a[] = {1, 0, 0, .5F, .5F, 0, .2F, .3F, .5F};
    struct made *made = make(3);
    memcpy(made->weights, a, sizeof a);
    near(distance_of(&made->trace, 0, 0).mean, .4);
    near(distance_of(&made->trace, 0, 0).signed_mean, -.4);
    free(made);
}

static void a_stop_is_heard(void **state)
{
    (void)state;
    struct made *made = make(4);
    struct arena arena = {0};
    struct pattern *patterns;
    struct err err = {0};
    atomic_bool stop = true;
    assert_false(pattern_all(&made->trace, &stop, &arena, &patterns, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    arena_free(&arena);
    free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_even_causal_head_is_chance),
        cmocka_unit_test(a_perfect_previous_head),
        cmocka_unit_test(one_word_tests_no_places),
        cmocka_unit_test(repeats),
        cmocka_unit_test(induction_does_not_hit_the_diagonal),
        cmocka_unit_test(without_repeats_induction_is_not_testable),
        cmocka_unit_test(a_nameless_head_that_rests_is_a_sink),
        cmocka_unit_test(a_named_head_is_judged_by_its_customers),
        cmocka_unit_test(a_named_head_without_customers_is_not_testable),
        cmocka_unit_test(entropy_has_the_known_values),
        cmocka_unit_test(distance_has_the_known_value),
        cmocka_unit_test(a_stop_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
