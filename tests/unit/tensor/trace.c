/* Finding heads, rows and words in a trace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attn/tensor/trace.h"

static void rows_and_words_are_found(void **state)
{
    (void)state;
    const struct token tokens[] = {{.text = "<s>", .position = -1},
                                   {.text = "a", .position = 0},
                                   {.text = "b", .position = 1}};
    float weights[2 * 2 * 3 * 3];
    struct trace trace = {.T = 3,
                          .S = 3,
                          .L = 2,
                          .H = 2,
                          .rows = tokens,
                          .cols = tokens,
                          .weights = weights};
    assert_ptr_equal(trace_head(&trace, 1, 1), weights + 27);
    assert_ptr_equal(trace_row(&trace, 0, 1, 2), weights + 15);
    assert_int_equal(trace_row_at(&trace, 1), 2);
    assert_int_equal(trace_col_at(&trace, 0), 1);
    assert_true(trace_row_at(&trace, 2) == SIZE_MAX);
    assert_true(trace_row_at(&trace, -1) ==
                SIZE_MAX); /* special tokens have no number */
}

static void a_freed_trace_is_zero(void **state)
{
    (void)state;
    struct trace trace = {.T = 1};
    trace.weights = arena_new(&trace.memory, 4, sizeof(float));
    trace_free(&trace);
    assert_int_equal(trace.T, 0);
    assert_null(trace.weights);
    trace_free(&trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_words_are_found),
        cmocka_unit_test(a_freed_trace_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
