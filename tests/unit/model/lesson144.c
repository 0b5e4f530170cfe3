/* The large teaching model: its shape, its mask, and heads that do what they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "attn/model/builtins.h"
#include "attn/model/lesson144_dims.h"
#include "attn/model/model.h"

enum { LAYERS = 12, HEADS = 12, ALL = LAYERS * HEADS };

static struct model *open_it(void)
{
    struct err err = {0};
    struct model *model = model_open("lesson144", &err);
    if (!model)
        fail_msg("%s", err.text);
    return model;
}

static bool try_run(const struct model *model, const char *text, struct trace *trace,
                    struct err *err)
{
    const struct model_options options = {0};
    return model_run(model, &(struct model_input){.text = text, .length = strlen(text)},
                     &options, trace, err);
}

static void run(const struct model *model, const char *text, struct trace *trace)
{
    struct err err = {0};
    if (!try_run(model, text, trace, &err))
        fail_msg("%s: %s", text, err.text);
}

static size_t head_named(const char *name)
{
    for (size_t i = 0; i < ALL; i++)
        if (strcmp(lesson144_glass.layers[i / HEADS].heads[i % HEADS].label.name,
                   name) == 0)
            return i;
    fail_msg("no head is called %s", name);
    return 0;
}

static float weight(const struct trace *trace, const char *name, size_t row, size_t col)
{
    size_t head = head_named(name);
    return trace_row(trace, head / HEADS, head % HEADS, row)[col];
}

/* The column that the row looks at most. */
static size_t most(const struct trace *trace, const char *name, size_t row)
{
    size_t best = 0;
    for (size_t j = 1; j < trace->S; j++)
        if (weight(trace, name, row, j) > weight(trace, name, row, best))
            best = j;
    return best;
}

static void it_has_the_shape_of_gpt2_small_and_says_whose_weights_it_has(void **state)
{
    (void)state;
    struct model *model = open_it();
    const struct model_info *info = model_info(model);
    assert_true(info->L == 12 && info->H == 12 && info->D == 64 && info->C == 768);
    assert_true(info->causal && info->synthetic && !info->pairs);
    assert_int_equal(info->max_words, 512);
    assert_true(info->parameters >= 12u * 4 * 768 * 768);
    assert_true(info->nonzero < info->parameters / 1000);
    assert_null(strstr(info->name, "gpt"));
    assert_non_null(strstr(info->does, "none of its weights"));
    assert_non_null(strstr(info->real, "written by hand"));
    assert_non_null(strstr(info->real, "cannot see"));
    model_close(model);
}

static void every_head_has_a_name_of_its_own_a_sentence_and_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < ALL; i++) {
        const struct glass_head *head =
            &lesson144_glass.layers[i / HEADS].heads[i % HEADS];
        assert_int_equal(head_named(head->label.name), i);
        assert_non_null(head->label.does);
        assert_true(head->n_lines > 0 && head->Q.n > 0 && head->K.n > 0);
        for (size_t k = 0; k < head->n_lines; k++)
            assert_true(strncmp(head->lines[k], "like ", 5) != 0);
    }
}

/* A variant differs from all others in what it scores, not in its name alone. */
static bool same_matrix(const struct matrix *a, const struct matrix *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->at[i].from != b->at[i].from || a->at[i].to != b->at[i].to ||
            a->at[i].value != b->at[i].value)
            return false;
    return true;
}

static void heads_of_one_layer_all_differ(void **state)
{
    (void)state;
    for (size_t i = 0; i < ALL; i++)
        for (size_t h = i % HEADS + 1; h < HEADS; h++) {
            const struct glass_head *a =
                &lesson144_glass.layers[i / HEADS].heads[i % HEADS];
            const struct glass_head *b = &lesson144_glass.layers[i / HEADS].heads[h];
            if (a->gain == b->gain && same_matrix(&a->Q, &b->Q) &&
                same_matrix(&a->K, &b->K))
                fail_msg("%s and %s are one head", a->label.name, b->label.name);
        }
}

static void check_rows(const struct trace *trace)
{
    for (size_t h = 0; h < ALL; h++)
        for (size_t i = 0; i < trace->T; i++) {
            const float *row = trace_row(trace, h / HEADS, h % HEADS, i);
            double sum = 0;
            for (size_t j = 0; j < trace->S; j++) {
                if (j > i ? row[j] != 0 : !(row[j] >= 0))
                    fail_msg("head %zu, row %zu, column %zu: %g", h, i, j,
                             (double)row[j]);
                sum += (double)row[j];
            }
            if (fabs(sum - 1) > 1e-6)
                fail_msg("head %zu, row %zu sums to %.9g", h, i, sum);
        }
}

static const char *words(struct arena *arena, size_t n)
{
    static const char *const some[] = {"the", "dog",     "saw", "a",   "red",
                                       "cat", "because", "it",  "was", "tired"};
    char *text = arena_new(arena, n * 8 + 1, 1), *at = text;
    for (size_t i = 0; i < n; i++)
        at += sprintf(at, "%s ", some[(i * i + i / 7) % 10]);
    return text;
}

static void rows_sum_to_1_and_what_comes_later_is_exactly_0(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 2, 12, 64, 512};
    struct model *model = open_it();
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        struct arena arena = {0};
        struct trace trace = {0};
        run(model, words(&arena, lengths[k]), &trace);
        assert_int_equal(trace.T, lengths[k] + 1);
        assert_true(trace.causal);
        check_rows(&trace);
        trace_free(&trace);
        arena_free(&arena);
    }
    model_close(model);
}

/* The largest sentence: its weights alone are 144 x 513 x 513 x 4 = 152 MB. */
static void
the_longest_sentence_takes_less_than_400_MB_and_one_word_more_is_refused(void **state)
{
    (void)state;
    struct model *model = open_it();
    struct arena arena = {0};
    struct trace trace = {0};
    struct err err = {0};
    run(model, words(&arena, 512), &trace);
    assert_true(trace.memory.total < 400u * 1000 * 1000);
    trace_free(&trace);
    assert_false(try_run(model, words(&arena, 513), &trace, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_non_null(strstr(err.text, "513"));
    assert_non_null(strstr(err.text, "512"));
    assert_non_null(strstr(err.text, "Take a shorter part"));
    arena_free(&arena);
    model_close(model);
}

/* A causal model reads a word without knowing what follows it: all that it made of the
 * first words stays, whatever comes. */
static void what_comes_later_changes_nothing_before(void **state)
{
    (void)state;
    struct model *model = open_it();
    struct trace tired = {0}, wide = {0};
    run(model, "The animal didn't cross the street because it was too tired", &tired);
    run(model, "The animal didn't cross the street because it was too wide .", &wide);
    for (size_t l = 0; l <= LAYERS; l++)
        for (size_t c = 0; c < 11 * tired.C; c++) /* <s> and ten words */
            assert_true(tired.hidden[l * tired.T * tired.C + c] ==
                        wide.hidden[l * wide.T * wide.C + c]);
    for (size_t h = 0; h < ALL; h++)
        for (size_t i = 0; i < 11; i++)
            assert_memory_equal(trace_row(&tired, h / HEADS, h % HEADS, i),
                                trace_row(&wide, h / HEADS, h % HEADS, i),
                                11 * sizeof(float));
    trace_free(&tired);
    trace_free(&wide);
    model_close(model);
}

/* ... but the word that says it looks back and finds who it is said of. */
static void tired_and_wide_look_back_at_what_they_can_be_said_of(void **state)
{
    (void)state;
    struct model *model = open_it();
    struct trace tired = {0}, wide = {0};
    run(model, "The animal didn't cross the street because it was too tired", &tired);
    run(model, "The animal didn't cross the street because it was too wide", &wide);
    assert_int_equal(most(&tired, "predicate→bearer", 11), 2);
    assert_int_equal(most(&wide, "predicate→bearer", 11), 6);
    assert_true(weight(&tired, "predicate→bearer", 11, 2) > .6F);
    assert_true(weight(&wide, "predicate→bearer", 11, 6) > .6F);
    trace_free(&tired);
    trace_free(&wide);
    model_close(model);
}

static void a_pronoun_uses_what_stands_before_it(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t row, col;
    } links[] = {
        {"The boy met the queen because she wanted help", 7, 5},
        {"The queen met the boy because he wanted help", 7, 5},
        {"The girls saw the dog because they looked up", 7, 2},
        {"The boy baked a cake and the girl ate it", 10, 5},
    };
    struct model *model = open_it();
    for (size_t k = 0; k < sizeof links / sizeof *links; k++) {
        struct trace trace = {0};
        run(model, links[k].text, &trace);
        size_t found = most(&trace, "pronoun→antecedent", links[k].row);
        if (found != links[k].col)
            fail_msg("%s: column %zu", links[k].text, found);
        trace_free(&trace);
    }
    model_close(model);
}

static void phrases_look_back(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        size_t row, col;
    } links[] = {
        {"noun→determiner", 3, 1},     {"noun→adjective", 3, 2},
        {"verb→helper", 5, 4},         {"verb→subject", 5, 3},
        {"object→verb", 7, 5},         {"noun→determiner", 7, 6},
        {"object→preposition", 10, 8}, {"connective→verb", 11, 5},
        {"object→subject", 7, 3},      {"clause start", 13, 11},
        {"who governs me?", 10, 8},    {"pronoun→connective", 12, 11},
    };
    struct model *model = open_it();
    struct trace trace = {0};
    run(model, "The old woman will feed the dogs in her garden because they bark",
        &trace);
    for (size_t k = 0; k < sizeof links / sizeof *links; k++) {
        float found = weight(&trace, links[k].head, links[k].row, links[k].col);
        if (!(found > .5F))
            fail_msg("%s: %.2f", links[k].head, (double)found);
    }
    trace_free(&trace);
    model_close(model);
}

/* Words of no language: only that they repeat is known. */
static void induction_finds_what_followed_the_same_word(void **state)
{
    (void)state;
    struct model *model = open_it();
    struct trace trace = {0};
    run(model, "blick dax wug flim blick dax wug", &trace);
    for (size_t i = 5; i < 8; i++) {
        assert_true(weight(&trace, "induction", i, i - 3) > .9F);
        assert_true(weight(&trace, "induction (content)", i, i - 3) > .9F);
        assert_true(weight(&trace, "induction", i - 4, 0) > .9F); /* new words rest */
    }
    assert_true(weight(&trace, "induction (soft)", 6, 3) <
                weight(&trace, "induction", 6, 3));
    trace_free(&trace);
    run(model, "saw the dog near the cat saw the", &trace);
    assert_true(weight(&trace, "induction", 8, 3) < .6F); /* dog or cat? */
    assert_int_equal(most(&trace, "induction (two words)", 8), 3);
    assert_true(weight(&trace, "induction (two words)", 8, 3) > .7F);
    trace_free(&trace);
    model_close(model);
}

static void previous_is_sharp_or_soft_as_its_name_says_at_any_length(void **state)
{
    (void)state;
    struct model *model = open_it();
    struct arena arena = {0};
    struct trace trace = {0};
    run(model, words(&arena, 512), &trace);
    for (size_t i = 5; i < trace.T; i += 101) {
        assert_true(weight(&trace, "previous (sharp)", i, i - 1) > .99F);
        assert_true(weight(&trace, "previous", i, i - 1) > .9F);
        assert_true(weight(&trace, "previous (firm)", i, i - 1) > .6F);
        assert_true(weight(&trace, "previous (soft)", i, i - 1) < .6F);
        assert_int_equal(most(&trace, "previous (soft)", i), i - 1);
        assert_true(weight(&trace, "itself", i, i) > .85F);
        assert_true(weight(&trace, "two back", i, i - 2) > .9F);
    }
    trace_free(&trace);
    arena_free(&arena);
    model_close(model);
}

/* In some row of every head the terms of a score add up to it. */
static void every_heads_scores_are_sums_of_named_terms(void **state)
{
    (void)state;
    struct model *model = open_it();
    struct trace trace = {0};
    run(model, "The old woman fed the dogs because they barked at the old woman",
        &trace);
    for (size_t h = 0; h < ALL; h++) {
        struct arena arena = {0};
        struct err err = {0};
        struct score why;
        double sum = 0;
        size_t row = 3 + h % 10, col = 1 + h % 3;
        assert_true(model_why(model, &trace,
                              (struct score_at){h / HEADS, h % HEADS, row, col}, &arena,
                              &why, &err));
        for (size_t i = 0; i < why.n_terms; i++) {
            assert_true(why.terms[i].query[0] && why.terms[i].key[0]);
            assert_null(strstr(why.terms[i].key, "spare"));
            sum += (double)why.terms[i].value;
        }
        double score = (double)why.score;
        assert_true(fabs(sum - score) <= 1e-5 * fmax(1, fabs(score)));
        arena_free(&arena);
    }
    trace_free(&trace);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_the_shape_of_gpt2_small_and_says_whose_weights_it_has),
        cmocka_unit_test(every_head_has_a_name_of_its_own_a_sentence_and_rules),
        cmocka_unit_test(heads_of_one_layer_all_differ),
        cmocka_unit_test(rows_sum_to_1_and_what_comes_later_is_exactly_0),
        cmocka_unit_test(
            the_longest_sentence_takes_less_than_400_MB_and_one_word_more_is_refused),
        cmocka_unit_test(what_comes_later_changes_nothing_before),
        cmocka_unit_test(tired_and_wide_look_back_at_what_they_can_be_said_of),
        cmocka_unit_test(a_pronoun_uses_what_stands_before_it),
        cmocka_unit_test(phrases_look_back),
        cmocka_unit_test(induction_finds_what_followed_the_same_word),
        cmocka_unit_test(previous_is_sharp_or_soft_as_its_name_says_at_any_length),
        cmocka_unit_test(every_heads_scores_are_sums_of_named_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
