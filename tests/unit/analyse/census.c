/* Evidence summed over sentences: means, intervals, exact merging. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "attn/analyse/census.h"
#include "tests/unit/analyse/attention.h"

static void near(double got, double want, double within)
{
    if (!(fabs(got - want) <= within))
        fail_msg("got %.9f, wanted %.9f", got, want);
}

static void add(struct census *census, const struct trace *trace)
{
    struct arena arena = {0};
    struct err err = {0};
    struct pattern *patterns;
    assert_true(pattern_all(trace, NULL, &arena, &patterns, &err));
    census_add(census, trace, patterns);
    arena_free(&arena);
}

/* Sentence k: k + 2 words, 2 x 2 heads. */
static void add_random(struct census *census, size_t k)
{
    struct made made = made_new(2, 2, k + 2, NULL);
    made_random(&made, 5, 11 * k + 1);
    add(census, &made.trace);
    made_free(&made);
}

static void one_sentence_is_as_it_was(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct err err = {0};
    struct pattern *alone;
    struct made made = made_new(2, 2, 7, NULL);
    struct census census = census_new(2, 2, &arena);
    made_random(&made, 5, 3);
    assert_true(pattern_all(&made.trace, NULL, &arena, &alone, &err));
    census_add(&census, &made.trace, alone);
    for (size_t h = 0; h < 4; h++) {
        struct pattern summed = census_pattern(&census, h);
        assert_int_equal(summed.label, alone[h].label);
        assert_int_equal(summed.reach, alone[h].reach);
        assert_int_equal(summed.category, alone[h].category);
        assert_int_equal(summed.evidence.rows, alone[h].evidence.rows);
        near(summed.evidence.lift, alone[h].evidence.lift, 1e-5);
        near(summed.entropy, alone[h].entropy, 1e-5);
        near(summed.distance.mean, alone[h].distance.mean, 1e-5);
        assert_false(census_interval(census_behind(&census, h, &summed)).known);
    }
    made_free(&made);
    arena_free(&arena);
}

/* Rows count, not sentences: a perfect previous head over 3 words (2 rows), and one
 * that looks at itself over 9 words (8 rows with a word before). */
static void long_sentences_count_for_more(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct census census = census_new(1, 1, &arena);
    struct made good = made_new(1, 1, 3, NULL), bad = made_new(1, 1, 9, NULL);
    for (size_t i = 0; i < 3; i++)
        good.trace.weights[i * 3 + (i ? i - 1 : 0)] = 1;
    for (size_t i = 0; i < 9; i++)
        bad.trace.weights[i * 9 + i] = 1;
    add(&census, &good.trace);
    add(&census, &bad.trace);
    struct evidence seen = census_evidence(&census.heads[0].tests[TEST_PREVIOUS]);
    assert_int_equal(seen.rows, 10);
    near(seen.score, 2.0 / 10, 1e-6);
    near(seen.chance, (2.0 / 3 + 8.0 / 9) / 10, 1e-6);
    made_free(&good);
    made_free(&bad);
    arena_free(&arena);
}

static void shards_merge_exactly(void **state)
{
    (void)state;
    enum { SENTENCES = 40 };
    struct arena arena = {0};
    struct census whole = census_new(2, 2, &arena);
    struct census shards[3] = {census_new(2, 2, &arena), census_new(2, 2, &arena),
                               census_new(2, 2, &arena)};
    for (size_t k = 0; k < SENTENCES; k++)
        add_random(&whole, k);
    for (size_t k = SENTENCES; k-- > 0;)
        add_random(&shards[k % 3], k);
    census_merge(&shards[2], &shards[0]);
    census_merge(&shards[2], &shards[1]);
    assert_int_equal(shards[2].sentences, SENTENCES);
    assert_int_equal(shards[2].words, whole.words);
    for (size_t h = 0; h < 4; h++)
        assert_memory_equal(&shards[2].heads[h], &whole.heads[h],
                            sizeof whole.heads[h]);
    arena_free(&arena);
}

/* y = 1 2 3 4 …, x = 2: the ratio of means and its spread, worked out by hand. */
static void an_interval_by_hand(void **state)
{
    (void)state;
    struct interval_sums sums = {.n = 10, .x = 20, .xx = 40};
    for (int k = 1; k <= 10; k++) {
        sums.y += k / 10.0;
        sums.yy += k * k / 100.0;
        sums.xy += 2 * k / 10.0;
    }
    /* R = 5.5 / 20; sum (y - 2R)² = .825; s = sqrt(10/9 · .825) / 20 */
    struct interval sure = interval_ratio(&sums);
    assert_true(sure.known);
    near(sure.low, .275 - 1.959964 * .04787136, 1e-6);
    near(sure.high, .275 + 1.959964 * .04787136, 1e-6);
    sums.n = 9;
    assert_false(interval_ratio(&sums).known);
}

/* 81 of 263: Newcombe 1998, "Two-sided confidence intervals", table I, Wilson. */
static void wilson_as_published(void **state)
{
    (void)state;
    struct interval sure = interval_share(81, 263);
    near(sure.low, .2553, 5e-5);
    near(sure.high, .3662, 5e-5);
    sure = interval_share(0, 20);
    near(sure.low, 0, 0);
    near(sure.high, .1611, 5e-5);
    sure = interval_share(29, 29);
    near(sure.low, .8830, 5e-5);
    near(sure.high, 1, 1e-9);
    assert_false(interval_share(0, 0).known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_sentence_is_as_it_was),
        cmocka_unit_test(long_sentences_count_for_more),
        cmocka_unit_test(shards_merge_exactly),
        cmocka_unit_test(an_interval_by_hand),
        cmocka_unit_test(wilson_as_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
