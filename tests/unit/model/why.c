/* A score taken apart: its terms add up to what softmax saw, and know their origin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/model/glass_dims.h"
#include "attn/model/model.h"

static struct model *lesson(void)
{
    struct err err = {0};
    struct model *model = model_open("lesson", &err);
    assert_non_null(model);
    return model;
}

static void run(const struct model *model, const char *text, struct trace *trace)
{
    const struct model_options options = {0};
    struct err err = {0};
    if (!model_run(model, &(struct model_input){.text = text, .length = strlen(text)},
                   &options, trace, &err))
        fail_msg("%s: %s", text, err.text);
}

static float score_of(const struct model *model, const struct trace *trace, size_t head,
                      size_t row, size_t col)
{
    struct arena arena = {0};
    struct err err = {0};
    struct score why;
    double sum = 0;
    assert_true(model_why(model, trace, (struct score_at){head / 6, head % 6, row, col},
                          &arena, &why, &err));
    for (size_t i = 0; i < why.n_terms; i++) {
        assert_non_null(why.terms[i].query);
        assert_non_null(why.terms[i].key);
        assert_true(why.terms[i].value != 0);
        assert_true(i == 0 ||
                    fabsf(why.terms[i].value) <= fabsf(why.terms[i - 1].value));
        sum += (double)why.terms[i].value;
    }
    double score = (double)why.score;
    if (fabs(sum - score) > 1e-5 * fmax(1, fabs(score)))
        fail_msg("terms give %.9g, the score is %.9g", sum, score);
    arena_free(&arena);
    return why.score;
}

/* softmax of a row's scores must be that row's weights: they are the scores it saw. */
static void check_row(const struct model *model, const struct trace *trace, size_t head,
                      size_t row)
{
    const float *weights = trace_row(trace, head / 6, head % 6, row);
    double score[TRACE_MAX_TOKENS], most = -1e9, sum = 0;
    for (size_t j = 0; j < trace->S; j++) {
        score[j] = (double)score_of(model, trace, head, row, j);
        most = fmax(most, score[j]);
    }
    for (size_t j = 0; j < trace->S; j++)
        sum += exp(score[j] - most);
    for (size_t j = 0; j < trace->S; j++)
        if (fabs(exp(score[j] - most) / sum - (double)weights[j]) > 2e-5)
            fail_msg("head %zu row %zu col %zu: %g, not %g", head, row, j,
                     exp(score[j] - most) / sum, (double)weights[j]);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void terms_add_up_on_random_sentences(void **state)
{
    (void)state;
    static const char *const words[] = {
        "the",  "animal", "didn't", "cross",  "street", "because", "it",    "was",
        "too",  "tired",  "she",    "poured", "water",  "into",    "glass", "until",
        "full", "and",    "who",    "that",   "quick",  "frozlet", ",",     ".",
        "to",   "dogs",   "her",    "not",    "Mary",   "7"};
    struct model *model = lesson();
    uint32_t seed = 20261124;
    for (size_t i = 0; i < 200; i++) {
        char text[512] = "";
        size_t n = 1 + next_random(&seed) % 14;
        for (size_t w = 0; w < n; w++) {
            strcat(text, words[next_random(&seed) % (sizeof words / sizeof *words)]);
            strcat(text, " ");
        }
        struct trace trace;
        run(model, text, &trace);
        for (size_t k = 0; k < 3; k++)
            check_row(model, &trace, next_random(&seed) % 24,
                      next_random(&seed) % trace.T);
        trace_free(&trace);
    }
    model_close(model);
}

static void terms_follow_scale_temperature_and_position(void **state)
{
    (void)state;
    static const struct model_options changed[] = {
        {.no_scale = true},
        {.temperature = 2},
        {.temperature = 0.5f, .no_scale = true},
        {.no_position = true}};
    const char text[] = "The dog chased the cat until it was tired .";
    struct model *model = lesson();
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        struct err err = {0};
        struct trace trace;
        assert_true(model_run(
            model, &(struct model_input){.text = text, .length = strlen(text)},
            &changed[i], &trace, &err));
        for (size_t head = 0; head < 24; head++)
            check_row(model, &trace, head, 7);
        trace_free(&trace);
    }
    model_close(model);
}

static const struct score_term *term(const struct score *why, const char *query,
                                     const char *key)
{
    for (size_t i = 0; i < why->n_terms; i++)
        if (strcmp(why->terms[i].query, query) == 0 &&
            strcmp(why->terms[i].key, key) == 0)
            return &why->terms[i];
    fail_msg("no term %s x %s", query, key);
    return NULL;
}

static void it_is_the_animal_since_tired_needs_life(void **state)
{
    (void)state;
    struct model *model = lesson();
    struct arena arena = {0};
    struct err err = {0};
    struct trace trace;
    struct score why;
    run(model, "The animal didn't cross the street because it was too tired", &trace);
    assert_true(
        model_why(model, &trace, (struct score_at){3, 0, 8, 2}, &arena, &why, &err));
    const struct score_term *alive =
        term(&why, "needs something alive", "is an animal");
    assert_true(alive->value > 0.5f);
    assert_int_equal(alive->query_from.kind, ORIGIN_HEAD);
    assert_int_equal(alive->query_from.layer, 1);
    assert_int_equal(alive->query_from.head, 5); /* pronoun→predicate */
    assert_string_equal(trace.cols[alive->query_from.token].text, "tired");
    assert_true(alive->query_from.share > 0.5f);
    assert_int_equal(alive->key_from.kind, ORIGIN_WORD);
    const struct score_term *role = term(&why, "wants a referent", "subject");
    assert_int_equal(role->key_from.kind, ORIGIN_FFN);
    assert_int_equal(role->key_from.layer, 1);
    assert_non_null(strstr(role->key_from.rule, "subject"));
    assert_true(role->key_from.n_dims > 0);
    const struct score_term *place = term(&why, "place", "6 words back");
    assert_true(place->query_dim == SIZE_MAX);
    assert_int_equal(place->key_from.kind, ORIGIN_POSITION);
    trace_free(&trace);
    arena_free(&arena);
    model_close(model);
}

static void same_word_and_subject_are_one_term_each(void **state)
{
    (void)state;
    struct model *model = lesson();
    struct arena arena = {0};
    struct err err = {0};
    struct trace trace;
    struct score why;
    run(model, "the dog saw the cat", &trace);
    assert_true(
        model_why(model, &trace, (struct score_at){0, 2, 1, 4}, &arena, &why, &err));
    assert_true(fabsf(term(&why, "same word", "is the same word")->value - 9) < 1e-4f);
    assert_int_equal(why.n_terms, 2); /* and the place */
    assert_true(
        model_why(model, &trace, (struct score_at){2, 4, 2, 5}, &arena, &why, &err));
    bool subject = false;
    for (size_t i = 0; i < why.n_terms; i++)
        subject = subject || strcmp(why.terms[i].query, "same subject") == 0;
    assert_true(subject);
    assert_false(
        model_why(model, &trace, (struct score_at){9, 0, 0, 0}, &arena, &why, &err));
    assert_int_equal(err.code, ERR_OUT_OF_RANGE);
    trace_free(&trace);
    arena_free(&arena);
    model_close(model);
}

static void a_head_quotes_its_rules(void **state)
{
    (void)state;
    struct model *model = lesson();
    struct arena arena = {0};
    const char *const *lines;
    size_t n = model_rules(model, ATTENTION_SELF, 1, 5, &arena, &lines), found = 0;
    for (size_t i = 0; i < n; i++)
        found += strcmp(lines[i], "copy is said of something alive → "
                                  "needs something alive") == 0;
    assert_int_equal(found, 1);
    assert_int_equal(model_rules(model, ATTENTION_SELF, 9, 9, &arena, &lines), 0);
    arena_free(&arena);
    model_close(model);
}

static void what_is_missing_is_said(void **state)
{
    (void)state;
    struct err missing = {0}, file = {0};
    assert_null(model_open("gpt2", &missing));
    assert_int_equal(missing.code, ERR_MODEL_MISSING);
    assert_non_null(strstr(missing.text, "gpt2 is not installed."));
    assert_non_null(strstr(missing.hint, "model lesson"));
    assert_null(model_open("/nowhere/my.rules", &file));
    assert_int_equal(file.code, ERR_BAD_FILE);
    model_close(NULL);
}

static void a_rule_file_opens_and_runs(void **state)
{
    (void)state;
    const char *path = "/tmp/attn-unit-why.rules";
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("layer 0\nhead back\n  place window 1 before falls 3\n  rest -3\n", out);
    fclose(out);
    struct err err = {0};
    struct model *model = model_open(path, &err);
    struct trace trace;
    if (!model)
        fail_msg("%s", err.text);
    assert_int_equal(model_info(model)->L, 1);
    run(model, "one two three", &trace);
    assert_true(trace_row(&trace, 0, 0, 3)[2] > 0.8f);
    trace_free(&trace);
    model_close(model);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_add_up_on_random_sentences),
        cmocka_unit_test(terms_follow_scale_temperature_and_position),
        cmocka_unit_test(it_is_the_animal_since_tired_needs_life),
        cmocka_unit_test(same_word_and_subject_are_one_term_each),
        cmocka_unit_test(a_head_quotes_its_rules),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(a_rule_file_opens_and_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
