/* What is shown of a head's arithmetic is what the run did: x·W gives the queries, keys
 * and values; query·key, scaled, gives the weights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attn/model/model.h"

static struct model *model;
static struct trace trace;

static int run_lesson(void **state)
{
    static const char sentence[] =
        "The animal didn't cross the street because it was too tired, and she said so";
    const struct model_options options = {0};
    const struct model_input input = {.text = sentence, .length = strlen(sentence)};
    struct err err = {0};
    (void)state;
    model = model_open("lesson", &err);
    return model && model_run(model, &input, &options, &trace, &err) ? 0 : -1;
}

static int end_lesson(void **state)
{
    (void)state;
    trace_free(&trace);
    model_close(model);
    return 0;
}

static const double *weights_of(size_t layer, size_t head, enum projection which,
                                struct arena *arena)
{
    const double *W;
    struct err err = {0};
    struct projection_at at = {layer, head, which};
    assert_true(model_projection(model, &trace, at, arena, &W, &err));
    return W;
}

static void check_token(const double *W, const float *used, struct trace_at at,
                        double gain)
{
    const float *x = trace.hidden + (at.layer * trace.T + at.token) * trace.C;
    const float *row = trace_vector(&trace, used, trace.T, at);
    for (size_t d = 0; d < trace.D; d++) {
        double sum = 0, most = 1;
        for (size_t c = 0; c < trace.C; c++) {
            sum += (double)x[c] * W[c * trace.D + d];
            most = fmax(most, fabs((double)x[c] * W[c * trace.D + d]));
        }
        assert_true(fabs(sum - gain * (double)row[d]) <= 1e-5 * most);
    }
}

static void projections_give_queries_keys_and_values(void **state)
{
    const float *used[] = {trace.query, trace.key, trace.value};
    (void)state;
    for (size_t h = 0; h < trace.L * trace.H; h++) {
        struct arena arena = {0};
        for (int which = PROJECT_QUERY; which <= PROJECT_VALUE; which++) {
            struct trace_at at = {h / trace.H, h % trace.H, 0};
            const double *W =
                weights_of(at.layer, at.head, (enum projection)which, &arena);
            double gain =
                which == PROJECT_QUERY ? trace_gain(&trace, at.layer, at.head) : 1;
            for (at.token = 0; at.token < trace.T; at.token++)
                check_token(W, used[which], at, gain);
        }
        arena_free(&arena);
    }
}

static void check_row(size_t layer, size_t head, size_t row)
{
    double *scores = calloc(trace.S, sizeof *scores), sum = 0, most = -1e300;
    const float *weights = trace_row(&trace, layer, head, row);
    model_scores(model, &trace, (struct score_at){layer, head, row, 0}, scores);
    for (size_t j = 0; j < trace.S; j++)
        most = fmax(most, scores[j] * trace.score_scale);
    for (size_t j = 0; j < trace.S; j++)
        sum += exp(scores[j] * trace.score_scale - most);
    for (size_t j = 0; j < trace.S; j++) {
        double weight = exp(scores[j] * trace.score_scale - most) / sum;
        if (fabs(weight - (double)weights[j]) > 1e-5)
            fail_msg("L%zu-H%zu row %zu col %zu: %.9g, not %.9g", layer, head, row, j,
                     weight, (double)weights[j]);
    }
    free(scores);
}

static void scores_give_the_weights(void **state)
{
    (void)state;
    for (size_t h = 0; h < trace.L * trace.H; h++)
        for (size_t row = 0; row < trace.T; row++)
            check_row(h / trace.H, h % trace.H, row);
}

static void outside_there_is_nothing(void **state)
{
    struct err err = {0};
    const double *W;
    (void)state;
    struct projection_at at = {trace.L, 0, PROJECT_QUERY};
    assert_false(model_projection(model, &trace, at, &trace.memory, &W, &err));
    assert_int_equal(err.code, ERR_OUT_OF_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(projections_give_queries_keys_and_values),
        cmocka_unit_test(scores_give_the_weights),
        cmocka_unit_test(outside_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, run_lesson, end_lesson);
}
