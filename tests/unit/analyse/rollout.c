/* Rollout: the worked example, sums, what a mask and a stop do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "attn/analyse/rollout.h"
#include "tests/unit/analyse/attention.h"

static void near(double got, double want)
{
    if (!(fabs(got - want) <= 1e-6))
        fail_msg("got %.9f, wanted %.9f", got, want);
}

static float *rolled(const struct made *made, size_t layer)
{
    struct err err = {0};
    float *to = mem_new(made->trace.T * made->trace.T, sizeof *to);
    if (!rollout_upto(&made->trace, layer, NULL, to, &err))
        fail_msg("%s", err.text);
    return to;
}

static void the_worked_example(void **state)
{
    (void)state;
    static const double want[9] = {1, 0, 0, .5875, .4125, 0, .3925, .195, .4125};
    struct made made = made_new(2, 1, 3, two_layers);
    float *got = rolled(&made, 1);
    for (size_t k = 0; k < 9; k++)
        near((double)got[k], want[k]);
    free(got);
    made_free(&made);
}

static void one_layer_is_half_kept(void **state)
{
    (void)state;
    static const double want[9] = {1, 0, 0, .25, .75, 0, .1, .15, .75};
    struct made made = made_new(2, 1, 3, two_layers);
    float *got = rolled(&made, 0);
    for (size_t k = 0; k < 9; k++)
        near((double)got[k], want[k]);
    free(got);
    made_free(&made);
}

/* The heads of a layer count alike: two that differ are as one that is their mean. */
static void heads_are_averaged(void **state)
{
    (void)state;
    static const float heads[] = {1, 0, 0, 1, 0, 1, 1, 0},
                       mean[] = {.5F, .5F, .5F, .5F};
    struct made two = made_new(1, 2, 2, heads), one = made_new(1, 1, 2, mean);
    float *of_two = rolled(&two, 0), *of_one = rolled(&one, 0);
    for (size_t k = 0; k < 4; k++)
        near((double)of_two[k], (double)of_one[k]);
    free(of_two);
    free(of_one);
    made_free(&two);
    made_free(&one);
}

static void words_that_look_at_themselves_stay(void **state)
{
    (void)state;
    enum { N = 9 };
    struct made made = made_new(5, 2, N, NULL);
    for (size_t r = 0; r < 5 * 2 * N; r++)
        made.trace.weights[r * N + r % N] = 1;
    float *got = rolled(&made, 4);
    for (size_t k = 0; k < N * N; k++)
        near((double)got[k], k / N == k % N ? 1 : 0);
    free(got);
    made_free(&made);
}

static void rows_sum_to_one_and_masks_hold(void **state)
{
    (void)state;
    enum { N = 40 };
    for (int causal = 0; causal < 2; causal++) {
        struct made made = made_new(6, 3, N, NULL);
        made.trace.causal = causal;
        made_random(&made, 6, 7);
        float *got = rolled(&made, 5);
        for (size_t i = 0; i < N; i++) {
            double sum = 0;
            for (size_t j = 0; j < N; j++) {
                assert_true(got[i * N + j] >= 0);
                assert_true(!causal || j <= i || got[i * N + j] == 0);
                sum += (double)got[i * N + j];
            }
            near(sum, 1);
        }
        free(got);
        made_free(&made);
    }
}

/* Why a note is said: of an even causal stack every word's share of the first grows
 * with each layer. */
static void a_causal_stack_favours_the_first(void **state)
{
    (void)state;
    enum { N = 8 };
    struct made made = made_new(6, 1, N, NULL);
    made.trace.causal = true;
    made_random(&made, 0, 1); /* even */
    float before = 0;
    for (size_t l = 0; l < 6; l++) {
        float *got = rolled(&made, l);
        assert_true(got[(N - 1) * N] > before);
        before = got[(N - 1) * N];
        free(got);
    }
    made_free(&made);
}

static void cross_attention_is_refused(void **state)
{
    (void)state;
    struct made made = made_new(1, 1, 2, NULL);
    struct err err = {0};
    float to[4];
    made.trace.attention = ATTENTION_CROSS;
    assert_false(rollout_upto(&made.trace, 0, NULL, to, &err));
    assert_int_equal(err.code, ERR_UNSUITED);
    made_free(&made);
}

static void a_stop_is_heard(void **state)
{
    (void)state;
    struct made made = made_new(1, 1, 2, NULL);
    struct err err = {0};
    atomic_bool stop = true;
    float to[4];
    assert_false(rollout_upto(&made.trace, 0, &stop, to, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    made_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example),
        cmocka_unit_test(one_layer_is_half_kept),
        cmocka_unit_test(heads_are_averaged),
        cmocka_unit_test(words_that_look_at_themselves_stay),
        cmocka_unit_test(rows_sum_to_one_and_masks_hold),
        cmocka_unit_test(a_causal_stack_favours_the_first),
        cmocka_unit_test(cross_attention_is_refused),
        cmocka_unit_test(a_stop_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
