/* What must hold for any sentence: seeded random ones, of words, strangers and signs.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/model/model.h"

enum { SENTENCES = 60, MOST_WORDS = 40, ROOM = 2000 };

/* Lower-case words alone: their order is nothing but their places. */
static const char *const words[] = {
    "the",     "a",       "her",   "dog",   "cat",    "king",  "river", "glass",
    "sees",    "chased",  "bites", "is",    "was",    "did",   "can",   "tired",
    "wide",    "very",    "too",   "it",    "she",    "they",  "him",   "because",
    "until",   "and",     "to",    "into",  "that",   "who",   "what",  "frozlet",
    "gloppy",  "blimmed", "seven", "cross", "light",  "love",  "said",  "water",
    "raining", "himself", "not",   "often", "before", "house", "table", "pizza",
};
static const char *const others[] = {".",    ",",      "?",  "!",     "\"", "Anna",
                                     "Mr.",  "didn't", "17", "ÉCOLE", "猫", "🙂",
                                     "it's", "DOGS",   "(",  "x_1"};
enum {
    WORDS = sizeof words / sizeof *words,
    OTHERS = sizeof others / sizeof *others,
};

/* A linear congruential generator (Knuth, MMIX); the high bits are good enough. */
static size_t draw(uint64_t *state, size_t n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(*state >> 33) % n;
}

static void run(const struct model *model, const char *text,
                const struct model_options *options, struct trace *trace)
{
    const struct model_input input = {.text = text, .length = strlen(text)};
    struct err err = {0};
    if (!model_run(model, &input, options, trace, &err))
        fail_msg("%s: %s", text, err.text);
}

static struct model *lesson(void)
{
    struct err err = {0};
    struct model *model = model_open("lesson", &err);
    assert_non_null(model);
    return model;
}

static void join(const char *const *list, size_t n, char text[ROOM])
{
    text[0] = '\0';
    for (size_t i = 0; i < n; i++)
        strcat(strcat(text, i ? " " : ""), list[i]);
}

static void check_rows(const struct trace *trace)
{
    for (size_t r = 0; r < trace->L * trace->H * trace->T; r++) {
        const float *row = trace->weights + r * trace->S;
        double sum = 0;
        for (size_t j = 0; j < trace->S; j++) {
            assert_true(row[j] >= 0);
            if (trace->causal && j > r % trace->T && row[j] != 0)
                fail_msg("a masked cell is %g: %s", (double)row[j], trace->sentence);
            sum += (double)row[j];
        }
        if (fabs(sum - 1) > 1e-6)
            fail_msg("a row sums to %.9f: %s", sum, trace->sentence);
    }
    for (size_t i = 0; i < (trace->L + 1) * trace->T * trace->C; i++)
        assert_true(isfinite(trace->hidden[i]));
}

static void rows_are_distributions_and_masked_cells_are_zero(void **state)
{
    struct model *model = lesson();
    uint64_t seed = 20261125;
    (void)state;
    for (size_t s = 0; s < SENTENCES; s++) {
        const char *list[MOST_WORDS];
        char text[ROOM];
        size_t n = 1 + draw(&seed, MOST_WORDS);
        for (size_t i = 0; i < n; i++)
            list[i] = draw(&seed, 3) ? words[draw(&seed, WORDS)]
                                     : others[draw(&seed, OTHERS)];
        join(list, n, text);
        for (int causal = 0; causal < 2; causal++) {
            const struct model_options options = {.causal = causal != 0};
            struct trace trace;
            run(model, text, &options, &trace);
            assert_int_equal(trace.causal, causal);
            check_rows(&trace);
            trace_free(&trace);
        }
    }
    model_close(model);
}

static void shuffle(size_t *order, size_t n, uint64_t *seed)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i-- > 1;) {
        size_t j = draw(seed, i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

/* Row i of `b` is row 1 + order[i - 1] of `a`. */
static void check_same(const struct trace *a, const struct trace *b,
                       const size_t *order)
{
    for (size_t i = 0; i < a->T; i++) {
        size_t from = i ? order[i - 1] + 1 : 0;
        const float *x = a->hidden + (a->L * a->T + from) * a->C;
        const float *y = b->hidden + (b->L * b->T + i) * b->C;
        for (size_t c = 0; c < a->C; c++)
            if (fabsf(x[c] - y[c]) > 1e-6f)
                fail_msg("%s, %s: %g and %g in: %s", b->rows[i].text, a->dim_names[c],
                         (double)x[c], (double)y[c], a->sentence);
    }
}

static void without_places_order_does_not_matter(void **state)
{
    const struct model_options options = {.no_position = true};
    struct model *model = lesson();
    uint64_t seed = 7;
    (void)state;
    for (size_t s = 0; s < SENTENCES; s++) {
        const char *list[MOST_WORDS], *mixed[MOST_WORDS];
        size_t order[MOST_WORDS], n = 2 + draw(&seed, MOST_WORDS - 1);
        char text[ROOM];
        struct trace a, b;
        shuffle(order, n, &seed);
        for (size_t i = 0; i < n; i++)
            list[i] = words[draw(&seed, WORDS)];
        for (size_t i = 0; i < n; i++)
            mixed[i] = list[order[i]];
        join(list, n, text);
        run(model, text, &options, &a);
        join(mixed, n, text);
        run(model, text, &options, &b);
        check_same(&a, &b, order);
        trace_free(&a);
        trace_free(&b);
    }
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_distributions_and_masked_cells_are_zero),
        cmocka_unit_test(without_places_order_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
