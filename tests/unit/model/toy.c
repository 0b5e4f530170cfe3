/* The toy's numbers: those that a learner works out by hand, from its matrices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "attn/model/model.h"

static const double EXACT = 1e-6;

static struct model *toy;

static int open_toy(void **state)
{
    struct err err = {0};
    (void)state;
    toy = model_open("toy", &err);
    return toy ? 0 : -1;
}

static int close_toy(void **state)
{
    (void)state;
    model_close(toy);
    return 0;
}

static struct trace run(const char *sentence, struct model_options options)
{
    struct trace trace;
    struct err err = {0};
    struct model_input input = {.text = sentence, .length = strlen(sentence)};
    if (!model_run(toy, &input, &options, &trace, &err))
        fail_msg("%s: %s", sentence, err.text);
    return trace;
}

static void near(const float *got, const double *wanted, size_t n, double tolerance)
{
    for (size_t i = 0; i < n; i++)
        if (!(fabs((double)got[i] - wanted[i]) <= tolerance))
            fail_msg("number %zu is %.9g, not %.9g", i, (double)got[i], wanted[i]);
}

#define NEAR(got, tolerance, ...)                                                      \
    near((got), (const double[]){__VA_ARGS__},                                         \
         sizeof((const double[]){__VA_ARGS__}) / sizeof(double), (tolerance))

static void scores_are(const struct trace *trace, size_t row, const double *wanted)
{
    double scores[4];
    model_scores(toy, trace, (struct score_at){0, 0, row, 0}, scores);
    for (size_t j = 0; j < trace->S; j++)
        assert_true(fabs(scores[j] - wanted[j]) <= EXACT);
}

static void thinking_machines_is_the_lessons_example(void **state)
{
    (void)state;
    struct trace trace = run("Thinking Machines", (struct model_options){0});
    assert_int_equal(trace.T, 2);
    assert_int_equal(trace.S, 2);
    assert_int_equal(trace.D, 3);
    assert_true(trace.synthetic);
    NEAR(trace.hidden, 0, 1, 0, 1, 0, 0, 1, 0, 1);
    NEAR(trace.query, 0, 2, 0, 1, 1, 2, 0);
    NEAR(trace.key, 0, 1, 0, 2, 0, 1, 2);
    NEAR(trace.value, 0, 1, 0, 2, 0, 2, 1);
    scores_are(&trace, 0, (const double[]){4, 2});
    scores_are(&trace, 1, (const double[]){1, 2});
    assert_true(fabs(trace.score_scale - 1 / sqrt(3)) < 1e-12);
    NEAR(trace.weights, .0005, .760, .240, .360, .640);
    NEAR(trace.hidden + 8, .0005, .760, .479, 1.760, 0, .360, 1.281, 1.360, 0);
    /* and to the last digit that float32 holds */
    double a = 1 / (1 + exp(-2 / sqrt(3))), b = 1 / (1 + exp(1 / sqrt(3)));
    NEAR(trace.weights, EXACT, a, 1 - a, b, 1 - b);
    NEAR(trace.hidden + 8, EXACT, a, 2 * (1 - a), 2 * a + 1 - a, 0, b, 2 * (1 - b),
         2 * b + 1 - b, 0);
    NEAR(trace.value_norm, EXACT, sqrt(5), sqrt(5));
    assert_true(trace.output_only);
    assert_true(fabsf(trace.weights[1] - trace.weights[2]) > .1f); /* not symmetric */
    trace_free(&trace);
}

static void i_love_ai_is_the_lessons_example(void **state)
{
    (void)state;
    struct trace trace = run("I love AI", (struct model_options){0});
    assert_int_equal(trace.T, 3);
    assert_int_equal(trace.D, 4);
    NEAR(trace.query, 0, 2, 2, 0, 0, 1, 2, 3, 0, 0, 2, 2, 0);
    NEAR(trace.key, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0);
    scores_are(&trace, 0, (const double[]){4, 4, 0});
    scores_are(&trace, 1, (const double[]){2, 4, 6});
    scores_are(&trace, 2, (const double[]){0, 4, 4});
    assert_true(fabs(trace.score_scale - .5) < 1e-12);
    NEAR(trace.weights, .0005, .468, .468, .063, .090, .245, .665, .063, .468, .468);
    double e = exp(1), sum = e + e * e + e * e * e;
    NEAR(trace.weights + 3, EXACT, e / sum, e * e / sum, e * e * e / sum);
    /* W_V copies x: the output shows the mixture, and that it is one whole */
    for (size_t t = 0; t < 3; t++)
        for (size_t d = 0; d < 4; d++)
            assert_true(fabs((double)trace.hidden[12 + 4 * t + d] -
                             (d < 3 ? (double)trace.weights[3 * t + d] : 1)) < EXACT);
    trace_free(&trace);
}

static void scale_and_temperature_are_honoured(void **state)
{
    (void)state;
    struct trace trace =
        run("Thinking Machines", (struct model_options){.no_scale = 1});
    NEAR(trace.weights, .0005, .881, .119, .269, .731);
    NEAR(trace.weights, EXACT, 1 / (1 + exp(-2)), 1 / (1 + exp(2)));
    trace_free(&trace);
    trace = run("I love AI", (struct model_options){.temperature = .5f});
    NEAR(trace.weights + 3, .0005, .016, .117, .867);
    trace_free(&trace);
    trace = run("I love AI", (struct model_options){.temperature = 2});
    NEAR(trace.weights + 3, .0005, .186, .307, .506);
    trace_free(&trace);
}

static void masks_attention_off_and_mutes_are_honoured(void **state)
{
    (void)state;
    static const unsigned char muted[] = {MUTE_ZERO};
    struct trace trace = run("Thinking Machines", (struct model_options){.causal = 1});
    NEAR(trace.weights, .0005, 1, 0, .360, .640);
    assert_true(trace.weights[1] == 0);
    trace_free(&trace);
    trace = run("Thinking Machines", (struct model_options){.no_attention = true});
    NEAR(trace.hidden + 8, 0, 1, 0, 1, 0, 0, 1, 0, 1);
    assert_false(trace.output_only);
    trace_free(&trace);
    trace = run("Thinking Machines", (struct model_options){.muted = muted});
    NEAR(trace.hidden + 8, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    trace_free(&trace);
}

/* x·W of what is shown is what was used. */
static void projections_give_what_the_run_used(void **state)
{
    static const char *const sentences[] = {"Thinking Machines", "I love AI"};
    (void)state;
    for (size_t s = 0; s < 2; s++) {
        struct trace trace = run(sentences[s], (struct model_options){0});
        const float *used[] = {trace.query, trace.key, trace.value};
        for (int which = PROJECT_QUERY; which <= PROJECT_VALUE; which++) {
            struct projection_at at = {0, 0, (enum projection)which};
            const double *W;
            struct err err = {0};
            assert_true(model_projection(toy, &trace, at, &trace.memory, &W, &err));
            for (size_t t = 0; t < trace.T; t++)
                for (size_t d = 0; d < trace.D; d++) {
                    double sum = 0;
                    for (size_t c = 0; c < trace.C; c++)
                        sum +=
                            (double)trace.hidden[t * trace.C + c] * W[c * trace.D + d];
                    assert_true(fabs(sum - (double)used[which][t * trace.D + d]) <
                                EXACT);
                }
        }
        struct err err = {0};
        const double *W;
        struct projection_at outside = {1, 0, PROJECT_KEY};
        assert_false(model_projection(toy, &trace, outside, &trace.memory, &W, &err));
        assert_int_equal(err.code, ERR_OUT_OF_RANGE);
        trace_free(&trace);
    }
}

static void forgiving_about_how_it_is_typed(void **state)
{
    static const char *const ways[] = {
        "thinking machines",  "THINKING MACHINES.", "  Thinking \t Machines  !",
        "Thinking Machines…", "i love ai",          "I LOVE AI!!!",
        "I love Ai ?"};
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct trace trace = run(ways[i], (struct model_options){0});
        assert_int_equal(trace.T, i < 4 ? 2 : 3);
        assert_int_equal(trace.rows[0].id, i < 4 ? 0 : 2);
        assert_int_equal(trace.rows[1].position, 1);
        trace_free(&trace);
    }
    struct trace trace = run(" thinking  machines.", (struct model_options){0});
    assert_string_equal(trace.rows[1].text, "machines");
    assert_int_equal(trace.rows[1].start, 11);
    assert_int_equal(trace.rows[1].end, 19);
    trace_free(&trace);
}

static void other_sentences_are_refused(void **state)
{
    static const char *const others[] = {
        "Thinking",       "Machines Thinking", "I love AI too",
        "I love pizza",   "I. love AI",        "ThinkingMachines",
        "I\u00B7love AI", "K love AI",         "thinking machines machines"};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct trace trace;
        struct err err = {0};
        struct model_options options = {0};
        struct model_input input = {.text = others[i], .length = strlen(others[i])};
        if (model_run(toy, &input, &options, &trace, &err))
            fail_msg("%s ran", others[i]);
        assert_int_equal(err.code, ERR_UNSUITED);
        assert_non_null(strstr(err.text, "sentence \"I love AI\""));
        assert_non_null(strstr(err.hint, "sentence \"Thinking Machines\""));
    }
    struct trace trace;
    struct err err = {0};
    struct model_options options = {0};
    struct model_input marks = {.text = " . ", .length = 3};
    assert_false(model_run(toy, &marks, &options, &trace, &err));
    assert_int_equal(err.code, ERR_NO_SENTENCE);
}

static void why_adds_up_and_has_plain_names(void **state)
{
    (void)state;
    struct trace trace = run("Thinking Machines", (struct model_options){0});
    struct score why;
    struct err err = {0};
    assert_true(model_why(toy, &trace, (struct score_at){0, 0, 0, 0}, &trace.memory,
                          &why, &err));
    assert_int_equal(why.n_terms, 2);
    assert_string_equal(why.terms[0].query, "1st number of q");
    assert_string_equal(why.terms[1].key, "3rd number of k");
    assert_true(fabs((double)why.score - 4 / sqrt(3)) < EXACT);
    assert_true(fabs((double)(why.terms[0].value + why.terms[1].value) -
                     (double)why.score) < EXACT);
    assert_false(model_why(toy, &trace, (struct score_at){0, 0, 2, 0}, &trace.memory,
                           &why, &err));
    trace_free(&trace);
}

static void a_query_by_hand_takes_the_words_place(void **state)
{
    (void)state;
    struct hand_query query = {.position = 1, .n = 4, .numbers = {3, 0, 0, 0}};
    struct trace trace = run("I love AI", (struct model_options){.query = &query});
    NEAR(trace.query, 0, 2, 2, 0, 0, 3, 0, 0, 0, 0, 2, 2, 0);
    scores_are(&trace, 1, (const double[]){6, 0, 0});
    NEAR(trace.weights + 3, .0005, .909, .045, .045);
    trace_free(&trace);
    struct model_options options = {.query = &query};
    struct err err = {0};
    query.n = 3;
    struct model_input input = {.text = "I love AI", .length = 9};
    assert_false(model_run(toy, &input, &options, &trace, &err));
    assert_int_equal(err.code, ERR_BAD_VALUE);
    assert_non_null(strstr(err.text, "4 numbers"));
}

/* A small generator of our own: the same numbers on every machine. */
static double number_from(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 40) / (double)(1 << 24) * 10 - 5;
}

static void one_random_query(uint64_t *seed, size_t i)
{
    const char *sentence = i % 2 ? "I love AI" : "Thinking Machines";
    size_t D = i % 2 ? 4 : 3, n = D - 1;
    struct hand_query query = {.position = (int)(i % n), .n = D};
    for (size_t d = 0; d < D; d++)
        query.numbers[d] = (float)number_from(seed);
    struct model_options options = {.query = &query,
                                    .temperature = i % 3 ? 1 : .5f,
                                    .no_scale = i % 5 == 0,
                                    .causal = i % 7 == 0};
    struct trace trace = run(sentence, options);
    size_t row = (size_t)query.position;
    double e[4], sum = 0, scores[4];
    model_scores(toy, &trace, (struct score_at){0, 0, row, 0}, scores);
    size_t seen = options.causal ? row + 1 : n;
    for (size_t j = 0; j < seen; j++)
        sum += e[j] = exp(scores[j] / (options.no_scale ? 1 : sqrt((double)D)) /
                          (double)options.temperature);
    double total = 0;
    for (size_t j = 0; j < n; j++) {
        double weight = (double)trace.weights[row * n + j];
        total += weight;
        assert_true(fabs(weight - (j < seen ? e[j] / sum : 0)) < 2e-6);
    }
    assert_true(fabs(total - 1) < EXACT);
    trace_free(&trace);
}

static void any_query_gives_the_softmax_of_its_scores(void **state)
{
    uint64_t seed = 20;
    (void)state;
    for (size_t i = 0; i < 500; i++)
        one_random_query(&seed, i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thinking_machines_is_the_lessons_example),
        cmocka_unit_test(i_love_ai_is_the_lessons_example),
        cmocka_unit_test(scale_and_temperature_are_honoured),
        cmocka_unit_test(masks_attention_off_and_mutes_are_honoured),
        cmocka_unit_test(projections_give_what_the_run_used),
        cmocka_unit_test(forgiving_about_how_it_is_typed),
        cmocka_unit_test(other_sentences_are_refused),
        cmocka_unit_test(why_adds_up_and_has_plain_names),
        cmocka_unit_test(a_query_by_hand_takes_the_words_place),
        cmocka_unit_test(any_query_gives_the_softmax_of_its_scores),
    };
    return cmocka_run_group_tests(tests, open_toy, close_toy);
}
