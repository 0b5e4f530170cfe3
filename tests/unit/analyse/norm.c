/* Weights times lengths of values, and rows as shares. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attn/analyse/norm.h"
#include "attn/analyse/shares.h"
#include "tests/unit/analyse/attention.h"

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-6))
        fail_msg("got %.9f, wanted %.9f", got, want);
}

/* Three tokens, the first special: much weight lies on it, but its value is small. */
static struct made sink(void)
{
    static const float weights[] = {1, 0, 0, .5F, .5F, 0, .8F, .15F, .05F};
    struct made made = made_new(1, 1, 3, weights);
    made.tokens[0].flags = TOKEN_SPECIAL;
    made.trace.value_norm[0] = .1F;
    made.trace.value_norm[1] = 4;
    made.trace.value_norm[2] = 2;
    return made;
}

static void a_weight_moves_the_length_of_its_value(void **state)
{
    (void)state;
    static const double want[] = {.08, .6, .1};
    struct made made = sink();
    float lengths[3];
    norm_row(&made.trace, 0, 0, 2, lengths);
    for (size_t j = 0; j < 3; j++)
        near((double)lengths[j], want[j]);
    near(norm_from_words(&made.trace, 0, 0, 2), .7);
    made_free(&made);
}

static void rows_become_shares(void **state)
{
    (void)state;
    float row[] = {.08F, .6F, .1F}, none[] = {0, 0};
    near(shares_of(row, 3), .78);
    near((double)(row[0] + row[1] + row[2]), 1);
    near((double)row[1], .6 / .78);
    near(shares_of(none, 2), 0);
    near((double)none[0], 0);
}

static void a_sink_vanishes(void **state)
{
    (void)state;
    struct made made = sink();
    float lengths[3];
    norm_row(&made.trace, 0, 0, 2, lengths);
    assert_true(lengths[1] > lengths[0]); /* by weight it is .15 against .8 */
    made_free(&made);
}

static void the_head_that_brings_most_from_words(void **state)
{
    (void)state;
    static const float weights[] = {0, 1, 0, 1,  /* head 0: from word 1 */
                                    1, 0, 1, 0,  /* head 1: from the special one */
                                    0, 1, 0, 1}; /* head 2: as head 0, longer */
    struct made made = made_new(1, 3, 2, weights);
    made.tokens[0].flags = TOKEN_SPECIAL;
    assert_int_equal(norm_head_for(&made.trace, 1), 0); /* none brings anything */
    made.trace.value_norm[1] = 1;
    made.trace.value_norm[2] = 9;
    made.trace.value_norm[5] = 2;
    assert_int_equal(norm_head_for(&made.trace, 1), 2);
    made_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weight_moves_the_length_of_its_value),
        cmocka_unit_test(rows_become_shares),
        cmocka_unit_test(a_sink_vanishes),
        cmocka_unit_test(the_head_that_brings_most_from_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
