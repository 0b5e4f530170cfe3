/* Muted rows: still distributions, masked cells still 0, the same at every run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/model/model.h"
#include "attn/model/mute.h"

static const char SENTENCE[] =
    "The animal didn't cross the street because it was too tired.";
enum { HEADS = 24, GATHERS = 1 * 6 + 5 }; /* pronoun→predicate */

static int ascending(const void *a, const void *b)
{
    float one = *(const float *)a, other = *(const float *)b;
    return one < other ? -1 : one > other;
}

static void rows_alone(void **state)
{
    float row[6] = {.5F, .25F, .125F, .0625F, .0625F, 9};
    const float still[6] = {.0625F, .0625F, .125F, .25F, .5F, 9};
    float again[6], before[6];
    (void)state;
    memcpy(before, row, sizeof row);
    memcpy(again, row, sizeof row);
    mute_row(MUTE_NOT, row, 5, 1);
    mute_row(MUTE_ZERO, row, 5, 1);
    assert_memory_equal(row, before, sizeof row);
    mute_row(MUTE_SHUFFLED, row, 5, 1);
    mute_row(MUTE_SHUFFLED, again, 5, 1);
    assert_memory_equal(row, again, sizeof row);
    assert_memory_not_equal(row, before, sizeof row);
    qsort(row, 5, sizeof *row, ascending);
    assert_memory_equal(row, still, sizeof row); /* the sixth was not its affair */
    mute_row(MUTE_UNIFORM, row, 5, 1);
    for (int j = 0; j < 5; j++)
        assert_float_equal(row[j], .2, 1e-7);
    assert_float_equal(row[5], 9, 0);
}

static struct trace run(const struct model *model, enum mute how, bool causal)
{
    unsigned char muted[HEADS] = {0};
    struct trace trace = {0};
    struct err err = {0};
    muted[GATHERS] = (unsigned char)how;
    const struct model_options options = {.muted = muted, .causal = causal};
    const struct model_input input = {.text = SENTENCE, .length = strlen(SENTENCE)};
    if (!model_run(model, &input, &options, &trace, &err))
        fail_msg("%s", err.text);
    return trace;
}

static void check_rows(const struct trace *trace)
{
    for (size_t i = 0; i < trace->T; i++) {
        const float *row = trace_row(trace, GATHERS / trace->H, GATHERS % trace->H, i);
        double sum = 0;
        for (size_t j = 0; j < trace->S; j++) {
            sum += (double)row[j];
            if (trace->causal && j > i)
                assert_true(row[j] == 0);
        }
        assert_float_equal(sum, 1, 1e-6);
    }
}

static void in_a_run(void **state)
{
    struct err err = {0};
    struct model *model = model_open("lesson", &err);
    (void)state;
    assert_non_null(model);
    struct trace whole = run(model, MUTE_NOT, false);
    for (int how = MUTE_ZERO; how <= MUTE_SHUFFLED; how++) {
        struct trace open = run(model, (enum mute)how, false);
        struct trace masked = run(model, (enum mute)how, true);
        check_rows(&open);
        check_rows(&masked);
        size_t size = whole.T * whole.S * sizeof *whole.weights;
        /* zero looks as before and brings nothing; the others look otherwise */
        assert_int_equal(
            memcmp(trace_head(&open, 1, 5), trace_head(&whole, 1, 5), size) != 0,
            how != MUTE_ZERO);
        assert_memory_equal(trace_head(&open, 0, 0), trace_head(&whole, 0, 0), size);
        assert_memory_not_equal(trace_head(&open, 3, 0), trace_head(&whole, 3, 0),
                                size);
        trace_free(&open);
        trace_free(&masked);
    }
    trace_free(&whole);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_alone),
        cmocka_unit_test(in_a_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
