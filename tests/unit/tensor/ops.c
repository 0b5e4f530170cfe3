/* Softmax and the chunked sum. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "attn/tensor/ops.h"

static void softmax_is_the_textbooks(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 40; n++) {
        float row[64];
        double want[64], sum = 0, total = 0;
        for (size_t i = 0; i < n; i++) {
            row[i] = (float)((double)((i * 37) % 23) - 11 + (double)i / 7);
            sum += want[i] = exp((double)row[i]);
        }
        ops_softmax(row, n);
        for (size_t i = 0; i < n; i++) {
            assert_true(fabs((double)row[i] - want[i] / sum) <= 2e-6 * want[i] / sum);
            total += (double)row[i];
        }
        assert_true(fabs(total - 1) < 1e-6);
        for (size_t i = n; i < ops_padded(n); i++)
            assert_true(row[i] == 0);
    }
}

static void what_is_far_below_is_nothing(void **state)
{
    (void)state;
    float row[8] = {1000, 0, -1e30f, 999};
    ops_softmax(row, 4);
    assert_true(row[1] == 0 && row[2] == 0);
    assert_true(fabsf(row[0] - 0.7310586f) < 1e-6f);
    float low[8] = {-1e30f, -1e30f};
    ops_softmax(low, 2);
    assert_true(low[0] == 0.5f && low[1] == 0.5f);
}

static void adding_goes_over_whole_chunks(void **state)
{
    (void)state;
    float y[16], x[16];
    for (size_t i = 0; i < 16; i++) {
        y[i] = (float)i;
        x[i] = 2;
    }
    assert_int_equal(ops_padded(9), 16);
    assert_int_equal(ops_padded(8), 8);
    ops_add(y, x, 0.5f, 16);
    for (size_t i = 0; i < 16; i++)
        assert_true(y[i] == (float)i + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(softmax_is_the_textbooks),
        cmocka_unit_test(what_is_far_below_is_nothing),
        cmocka_unit_test(adding_goes_over_whole_chunks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
