/* Cross heads: what a decoder's words see of an encoder's, computed apart by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "attn/model/glass.h"
#include "attn/model/glass_dims.h"
#include "attn/model/rules.h"

static const char text[] = "source lesson\ncausal\n"
                           "layer 0\n"
                           "head own\n  rest 2\n  copy is a noun → object\n"
                           "cross across\n"
                           "  match is a verb × 3 is a noun\n"
                           "  match 2 place × 64 place\n"
                           "  rest 1\n"
                           "  copy is a noun → subject\n";

enum { OWN = 2, OTHER = 3 };

static const struct token tokens[OTHER] = {
    {.text = "<s>", .flags = TOKEN_SPECIAL}, {.text = "a"}, {.text = "b"}};

/* One run of that model: 2 words that look at 3 of another. */
struct fixture {
    struct arena arena;
    struct glass glass;
    struct trace self, source, cross;
};

static void set(struct trace *trace, size_t token, size_t dim, float value)
{
    trace->hidden[token * trace->C + dim] = value;
}

static int setup(void **state)
{
    static struct fixture f;
    const struct glass other = {.stream = &lesson_stream};
    struct err err = {0};
    f = (struct fixture){0};
    if (!rules_compile(text, strlen(text), &f.arena, &f.glass, &err))
        fail_msg("%s", err.text);
    glass_trace(&other, tokens, OTHER, &f.source);
    set(&f.source, 0, DIM_BOS, 1);
    set(&f.source, 1, DIM_cN, 1);
    set(&f.source, 1, DIM_p, 1 / 64.0F);
    set(&f.source, 2, DIM_cN, 0.5F);
    set(&f.source, 2, DIM_p, 2 / 64.0F);
    glass_trace(&f.glass, tokens, OWN, &f.self);
    set(&f.self, 0, DIM_ONE, 1);
    set(&f.self, 1, DIM_ONE, 1);
    set(&f.self, 1, DIM_cV, 1);
    set(&f.self, 1, DIM_p, 1 / 64.0F);
    glass_cross_trace(&f.glass, &f.self, &f.source, &f.cross);
    const struct model_options options = {0};
    assert_true(glass_forward(&f.glass, &options, &f.self, &f.cross, &err));
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    trace_free(&f->self);
    trace_free(&f->source);
    trace_free(&f->cross);
    arena_free(&f->arena);
    return 0;
}

static void rows_look_at_the_other_models_words(void **state)
{
    struct fixture *f = *state;
    /* rest; 3 · 1 + 2/64 · 64/64; 3 · 0.5 + 2/64 · 128/64 */
    double score[OTHER] = {1, 3 + 2.0 / 64, 1.5 + 4.0 / 64}, sum = 0;
    for (size_t j = 0; j < OTHER; j++)
        sum += exp(score[j]);
    const float *row = trace_row(&f->cross, 0, 0, 1);
    for (size_t j = 0; j < OTHER; j++)
        assert_true(fabs((double)row[j] - exp(score[j]) / sum) < 1e-6);
    assert_int_equal(f->cross.T, OWN);
    assert_int_equal(f->cross.S, OTHER);
    assert_int_equal(f->cross.attention, ATTENTION_CROSS);
    assert_string_equal(f->cross.heads[0].name, "across");
}

/* Causal concerns the model's own words: the first row sees all of the source. */
static void the_other_sentence_is_never_masked(void **state)
{
    struct fixture *f = *state;
    const float *first = trace_row(&f->cross, 0, 0, 0);
    assert_true(first[1] > 0 && first[2] > 0);
    assert_true(trace_row(&f->self, 0, 0, 0)[1] == 0);
    assert_true(f->self.causal && !f->cross.causal);
}

static void what_is_seen_is_added(void **state)
{
    struct fixture *f = *state;
    const float *row = trace_row(&f->cross, 0, 0, 1);
    const float *after = f->self.hidden + (OWN + 1) * f->self.C;
    double seen = (double)row[1] + 0.5 * (double)row[2];
    assert_true(fabs((double)after[DIM_SUBJ] - seen) < 1e-6);
    assert_true(fabs((double)after[DIM_OBJ]) < 1e-6);
}

static void why_names_values_of_both_and_adds_up(void **state)
{
    struct fixture *f = *state;
    struct arena arena = {0};
    struct err err = {0};
    struct score why;
    double sum = 0;
    struct score_at at = {.layer = 0, .head = 0, .row = 1, .col = 1};
    assert_true(glass_why(&f->glass, &f->cross, at, &arena, &why, &err));
    for (size_t i = 0; i < why.n_terms; i++)
        sum += (double)why.terms[i].value;
    assert_true(fabs((double)why.score - 3 - 2.0 / 64) < 1e-5);
    assert_true(fabs(sum - (double)why.score) < 1e-5);
    assert_string_equal(why.terms[0].query, "is a verb");
    assert_string_equal(why.terms[0].key, "is a noun");
    arena_free(&arena);
}

/* Half a model does not run by itself. */
static void it_does_not_open_alone(void **state)
{
    (void)state;
    struct err err = {0};
    assert_null(model_open("tests/data/rules/half.rules", &err));
    assert_int_equal(err.code, ERR_BAD_FILE);
    assert_non_null(strstr(err.text, "half a model"));
}

static void a_model_of_one_sentence_refuses_a_second(void **state)
{
    (void)state;
    struct err target_err = {0}, cross_err = {0}, err = {0};
    struct model *model = model_open("lesson", &err);
    const struct model_options options = {0};
    struct model_input target = {
        .text = "I run", .length = 5, .target = "je cours", .target_length = 8};
    struct model_input cross = {
        .text = "I run", .length = 5, .attention = ATTENTION_CROSS};
    struct trace trace;
    assert_non_null(model);
    assert_false(model_run(model, &target, &options, &trace, &target_err));
    assert_int_equal(target_err.code, ERR_UNSUITED);
    assert_false(model_run(model, &cross, &options, &trace, &cross_err));
    assert_int_equal(cross_err.code, ERR_UNSUITED);
    assert_null(trace.weights);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_look_at_the_other_models_words),
        cmocka_unit_test(the_other_sentence_is_never_masked),
        cmocka_unit_test(what_is_seen_is_added),
        cmocka_unit_test(why_names_values_of_both_and_adds_up),
        cmocka_unit_test(it_does_not_open_alone),
        cmocka_unit_test(a_model_of_one_sentence_refuses_a_second),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
