/* The rule compiler: what rules become, and that a wrong rule names its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/model/builtins.h"
#include "attn/model/decoder_dims.h"
#include "attn/model/glass_dims.h"
#include "attn/model/rules.h"

static bool compile(struct arena *arena, const char *text, struct glass *glass,
                    struct err *err)
{
    return rules_compile(text, strlen(text), arena, glass, err);
}

static double value_at(const struct matrix *m, size_t from, size_t to)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->at[i].from == from && m->at[i].to == to)
            return m->at[i].value;
    return 0;
}

static void a_small_text_becomes_these_weights(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct err err = {0};
    struct glass glass;
    assert_true(
        compile(&arena,
                "# a comment\nlayer 0\n\nhead  my   head # too\n  says it looks\n"
                "  story 3\n  gain 0.5\n"
                "  match 2 any token\n    + subject × 3 is a noun - IS A VERB\n"
                "  rest 9 but 2 for is a noun\n  copy is a noun -> object\n"
                "ramp a noun is a subject\n  of is a noun - 2 is a verb\n"
                "  from 0.5 to 1\n  only subject\n  adds 2 object\n",
                &glass, &err));
    const struct glass_head *head = &glass.layers[0].heads[0];
    const struct glass_layer *layer = &glass.layers[0];
    double root = sqrt(48);
    assert_int_equal(glass.L, 1);
    assert_int_equal(glass.H, 1);
    assert_string_equal(head->label.name, "my head");
    assert_string_equal(head->label.does, "it looks");
    assert_int_equal(head->label.story, 3);
    assert_true(head->gain == 0.5 && head->place_slots == 0);
    assert_true(fabs(value_at(&head->Q, DIM_ONE, 0) - 2 * root) < 1e-12);
    assert_true(fabs(value_at(&head->Q, DIM_SUBJ, 0) - root) < 1e-12);
    assert_true(value_at(&head->K, DIM_cN, 0) == 3);
    assert_true(value_at(&head->K, DIM_cV, 0) == -1);
    assert_true(fabs(value_at(&head->Q, DIM_ONE, 1) - 9 * root) < 1e-12);
    assert_true(fabs(value_at(&head->Q, DIM_cN, 1) + 7 * root) < 1e-12);
    assert_true(value_at(&head->K, DIM_BOS, 1) == 1);
    assert_true(value_at(&head->V, DIM_cN, 0) == 1 &&
                value_at(&head->O, 0, DIM_OBJ) == 1);
    assert_int_equal(head->n_lines, 4);
    assert_string_equal(head->lines[1],
                        "match 2 any token + subject × 3 is a noun - IS A VERB");
    assert_int_equal(layer->n_neurons, 2);
    assert_true(value_at(&layer->W1, DIM_cV, 1) == -2);
    assert_true(value_at(&layer->W1, DIM_SUBJ, 1) == 30);
    assert_true(layer->b[0] == -30.5 && layer->b[1] == -31);
    assert_true(value_at(&layer->W2, 0, DIM_OBJ) == 4);
    assert_true(value_at(&layer->W2, 1, DIM_OBJ) == -4);
    assert_string_equal(layer->ramps[0], "a noun is a subject");
    arena_free(&arena);
}

/* A text, the line that is named, and what is said. */
static const struct {
    const char *text, *line, *says, *hint;
} wrong[] = {
    {"", "Line 1:", "no \"layer 0\"", ""},
    {"head x\n", "Line 1:", "inside a layer", ""},
    {"layer 1\n", "Line 1:", "this is layer 0", ""},
    {"layer 0\n\n# c\nhed x\n", "Line 4:", "I don't know \"hed\"", ""},
    {"layer 0\nhead x\nmatch is a nuon × subject\n", "Line 3:", "\"is a nuon\"",
     "is a noun"},
    {"layer 0\nhead x\nmatch is a noun\n + 2 sbject × subject\n",
     "Line 3:", "\"sbject\"", "subject"},
    {"layer 0\nhead x\nmatch is a noun\n", "Line 3:", "stands \"×\"", ""},
    {"layer 0\nhead x\nmatch place × is a noun\n", "Line 3:", "only a place line", ""},
    {"layer 0\nhead x\ngain big\n", "Line 3:", "is a number", ""},
    {"layer 0\nhead x\ngain 99\n", "Line 3:", "between 0.01 and 10", ""},
    {"layer 0\nhead x\nrest 5000\n", "Line 3:", "between -1000 and 1000", ""},
    {"layer 0\nhead x\nplace somewhere\n", "Line 3:", "nearest before", ""},
    {"layer 0\nhead x\nplace nearest before slope 99\n", "Line 3:", "between 0 and 20",
     ""},
    {"layer 0\nhead x\nplace window 1 before falls 2\nplace window 0 falls 1\n",
     "Line 4:", "already", ""},
    {"layer 0\nhead x\nalike word 1\nalike subject 1\nalike word 1\n",
     "Line 5:", "64 slots", ""},
    {"layer 0\nhead x\ncopy is a noun → any token\n", "Line 3:", "not written", ""},
    {"layer 0\nhead x\nramp r\nof subject\nadds object\nlayer 1\n",
     "Line 3:", "no \"from\"", ""},
    {"layer 0\nhead x\nramp r\nof subject\nfrom 1 to 1\n", "Line 5:", "ends above", ""},
    {"layer 0\nhead x\nlayer 1\nhead y\nhead z\n", "Line 3:", "2 heads", ""},
    {"layer 0\nhead x\nmatch × subject\n", "Line 3:", "I don't know", ""},
    {"stream greek\n", "Line 1:", "\"greek\". There is: lesson", ""},
    {"layer 0\nhead x\nstream lesson\n", "Line 3:", "before the first layer", ""},
    {"causal now\n", "Line 1:", "\"now\"", ""},
    {"layer 0\nhead x\ncross y\n", "Line 3:", "\"source lesson\"", ""},
    {"source lesson\nlayer 0\nhead x\ncross y\nlayer 1\nhead z\n",
     "Line 5:", "0 cross heads, but layer 0 has 1", ""},
    {"layer 0\nhead x\nalike friends 2\n", "Line 3:", "\"word\" or \"subject\"", ""},
    {"layer 0\nhead x\nalike word with subject 2\n", "Line 3:", "one size", ""},
    {"words is a noun cat\n", "Line 1:", "I don't know the value", ""},
    {"words is a noun\n", "Line 1:", "stands \":\"", ""},
    {"words is a noun :\n", "Line 1:", "stand the words", ""},
    {"words any token : cat\n", "Line 1:", "not written", ""},
    {"words place : cat\n", "Line 1:", "only a place line", ""},
    {"layer 0\nhead x\nnext\n", "Line 3:", "needs words", ""},
    {"words is a noun : cat\nnext\n", "Line 2:", "inside a layer", ""},
    {"words is a noun : cat\nlayer 0\nhead x\nnext\nrest 4\n",
     "Line 5:", "said of heads", ""},
    {"words is a noun : cat\nlayer 0\nhead x\nnext\nnext\n", "Line 5:", "already", ""},
    {"layer 0\nhead x\ncopy word → subject\n", "Line 3:", "not written", ""},
};

static void a_wrong_rule_names_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena arena = {0};
        struct err err = {0};
        struct glass glass;
        assert_false(compile(&arena, wrong[i].text, &glass, &err));
        assert_int_equal(err.code, ERR_BAD_RULE);
        if (strncmp(err.text, wrong[i].line, strlen(wrong[i].line)) != 0 ||
            !strstr(err.text, wrong[i].says) || !strstr(err.hint, wrong[i].hint))
            fail_msg("case %zu: %s %s", i, err.text, err.hint);
        arena_free(&arena);
    }
}

static float value_of(const struct glass_word *word, const char *name)
{
    for (size_t i = 0; word && i < word->n; i++)
        if (strcmp(decoder_stream.names[word->at[i].dim], name) == 0)
            return word->at[i].value;
    return 0;
}

static void words_have_the_values_of_their_lines(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct err err = {0};
    struct glass glass;
    assert_true(compile(&arena,
                        "stream decoder\ncausal\n"
                        "words is a noun + 2 is common : cat\n  + apple To\n"
                        "words 0.5 is a noun : cat\n"
                        "layer 0\nhead x\nrest 1\ncopy word → copied word\n"
                        "next\ngain 2\nmatch any token × is common\n"
                        "alike copied word with word 9\n",
                        &glass, &err));
    assert_int_equal(glass.n_words, 3);
    assert_string_equal(glass.words[0].text, "apple");
    assert_ptr_equal(glass_find_word(&glass, "CAT"), &glass.words[1]);
    assert_null(glass_find_word(&glass, "dog"));
    assert_true(value_of(&glass.words[1], "is a noun") == 0.5F);
    assert_true(value_of(&glass.words[1], "is common") == 2);
    assert_true(value_of(&glass.words[0], "begins with a vowel") == 1);
    assert_true(value_of(&glass.words[2], "the word to") == 0); /* written "To" */
    assert_true(glass.causal && glass.stream == &decoder_stream);
    assert_int_equal(glass.layers[0].heads[0].V.n, 44);
    assert_non_null(glass.next);
    assert_true(glass.next->gain == 2);
    assert_int_equal(glass.next->Q.n, 1 + 44);
    arena_free(&arena);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct glass glass;
    struct err bad = {0}, control = {0}, large = {0};
    assert_false(rules_compile("layer \xff", 7, &arena, &glass, &bad));
    assert_int_equal(bad.code, ERR_BAD_RULE);
    assert_false(rules_compile("layer\0 0", 8, &arena, &glass, &control));
    assert_int_equal(control.code, ERR_BAD_RULE);
    char *text = calloc(RULES_MAX_BYTES + 1, 1);
    assert_false(rules_compile(text, RULES_MAX_BYTES + 1, &arena, &glass, &large));
    assert_int_equal(large.code, ERR_TOO_LARGE);
    free(text);
    arena_free(&arena);
}

/* ---- the teaching model's own rules ---- */

static void same_head(const struct glass_head *a, const struct glass_head *b)
{
    assert_string_equal(a->label.name, b->label.name);
    if (a->label.does)
        assert_string_equal(a->label.does, b->label.does);
    assert_int_equal(a->Q.n, b->Q.n);
    for (size_t w = 0; w < a->Q.n; w++)
        assert_true(a->Q.at[w].from == b->Q.at[w].from &&
                    a->Q.at[w].to == b->Q.at[w].to &&
                    a->Q.at[w].value == b->Q.at[w].value);
}

static void same_words(const struct glass *a, const struct glass *b)
{
    assert_int_equal(a->n_words, b->n_words);
    for (size_t i = 0; i < a->n_words; i++) {
        assert_string_equal(a->words[i].text, b->words[i].text);
        assert_int_equal(a->words[i].n, b->words[i].n);
        for (size_t k = 0; k < a->words[i].n; k++)
            assert_true(a->words[i].at[k].dim == b->words[i].at[k].dim &&
                        a->words[i].at[k].value == b->words[i].at[k].value);
    }
    assert_int_equal(a->next != NULL, b->next != NULL);
    if (a->next)
        same_head(a->next, b->next);
}

static void a_built_in_model_is_its_rule_text(const char *path, const struct glass *is)
{
    struct arena arena = {0};
    struct err err = {0};
    struct glass glass;
    char *text = calloc(RULES_MAX_BYTES, 1);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, RULES_MAX_BYTES, file);
    fclose(file);
    if (!rules_compile(text, length, &arena, &glass, &err))
        fail_msg("%s %s", err.text, err.hint);
    assert_int_equal(glass.L, is->L);
    assert_ptr_equal(glass.stream, is->stream);
    assert_int_equal(glass.causal, is->causal);
    for (size_t i = 0; i < glass.L * glass.H; i++)
        same_head(&glass.layers[i / glass.H].heads[i % glass.H],
                  &is->layers[i / glass.H].heads[i % glass.H]);
    same_words(&glass, is);
    free(text);
    arena_free(&arena);
}

static void the_built_in_models_are_their_rule_texts(void **state)
{
    (void)state;
    a_built_in_model_is_its_rule_text("attn/model/lesson.rules", &lesson_glass);
    a_built_in_model_is_its_rule_text("attn/model/decoder.rules", &decoder_glass);
}

static void heads_have_their_names(void **state)
{
    (void)state;
    static const char *const names[] = {"previous",
                                        "next",
                                        "same word",
                                        "first token",
                                        "neighbours",
                                        "bag of words",
                                        "determiner→noun",
                                        "adjective→noun",
                                        "helper→verb",
                                        "preposition→object",
                                        "who governs me?",
                                        "pronoun→predicate",
                                        "verb→subject",
                                        "verb→object",
                                        "pronoun→connective",
                                        "joined by and",
                                        "topic",
                                        "relative→noun",
                                        "pronoun→antecedent",
                                        "cause link",
                                        "same kind",
                                        "gist",
                                        "full stop",
                                        "earlier mention"};
    static const size_t story[] = {18, 12, 13, 6, 7, 9, 8, 17, 0};
    for (size_t i = 0; i < 24; i++) {
        const struct glass_head *head = &lesson_glass.layers[i / 6].heads[i % 6];
        assert_string_equal(head->label.name, names[i]);
        assert_non_null(head->label.does);
        assert_true(head->n_lines > 0);
    }
    for (size_t i = 0; i < sizeof story / sizeof *story; i++)
        assert_int_equal(
            lesson_glass.layers[story[i] / 6].heads[story[i] % 6].label.story, i + 1);
}

/* Code -> number of the reference's dimensions, to ours. */
static size_t our_dim(const json_t *dims, size_t theirs)
{
    static const char *const codes[] = {
#define CODE(code, name) #code,
        GLASS_DIMS(CODE)
#undef CODE
    };
    const char *key;
    json_t *number;
    json_object_foreach((json_t *)(uintptr_t)dims, key, number)
    {
        if ((size_t)json_integer_value(number) != theirs)
            continue;
        for (size_t d = 0; d < GLASS_WIDTH; d++)
            if (strcmp(codes[d], key) == 0)
                return d;
    }
    return SIZE_MAX;
}

/* q_from · k_to summed over slots: what the reference's head gives a pair of values. */
static double pair_product(const json_t *Q, const json_t *K, size_t from, size_t to)
{
    double sum = 0;
    size_t a, b;
    json_t *q, *k;
    json_array_foreach((json_t *)(uintptr_t)Q, a, q) json_array_foreach(
        (json_t *)(uintptr_t)K, b,
        k) if ((size_t)json_integer_value(json_array_get(q, 0)) == from &&
               (size_t)json_integer_value(json_array_get(k, 0)) == to &&
               json_integer_value(json_array_get(q, 1)) ==
                   json_integer_value(json_array_get(k, 1))) sum +=
        json_number_value(json_array_get(q, 2)) *
        json_number_value(json_array_get(k, 2));
    return sum;
}

static double our_product(const struct glass_head *head, size_t from, size_t to)
{
    double sum = 0;
    for (size_t a = 0; a < head->Q.n; a++)
        for (size_t b = 0; b < head->K.n; b++)
            if (head->Q.at[a].from == from && head->K.at[b].from == to &&
                head->Q.at[a].to == head->K.at[b].to)
                sum += head->Q.at[a].value * head->K.at[b].value;
    return sum * head->gain;
}

/* Heads whose rules are the reference's own have its weights, kernels included. */
static void rules_that_stayed_give_the_reference_weights(void **state)
{
    (void)state;
    static const size_t same[] = {1, 2, 4, 9, 14, 15, 17, 19, 22};
    json_error_t why;
    json_t *json = json_load_file("tests/data/glass/glass_weights.json", 0, &why);
    assert_non_null(json);
    const json_t *dims = json_object_get(json, "dims");
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const json_t *theirs =
            json_array_get(json_object_get(json, "layer"), same[i] / 6);
        theirs = json_array_get(json_object_get(theirs, "head"), same[i] % 6);
        const json_t *Q = json_object_get(theirs, "Q"),
                     *K = json_object_get(theirs, "K");
        const struct glass_head *ours =
            &lesson_glass.layers[same[i] / 6].heads[same[i] % 6];
        size_t a, b;
        json_t *q, *k;
        json_array_foreach(Q, a, q) json_array_foreach(K, b, k)
        {
            size_t from = (size_t)json_integer_value(json_array_get(q, 0));
            size_t to = (size_t)json_integer_value(json_array_get(k, 0));
            double want = pair_product(Q, K, from, to);
            double got = our_product(ours, our_dim(dims, from), our_dim(dims, to));
            if (fabs(want - got) > 1e-6 * (1 + fabs(want)))
                fail_msg("head %zu, %zu x %zu: %g, not %g", same[i], from, to, got,
                         want);
            if (a > 40)
                break; /* places and the first of the twenty spellings are enough */
        }
    }
    json_decref(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_text_becomes_these_weights),
        cmocka_unit_test(a_wrong_rule_names_its_line),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(words_have_the_values_of_their_lines),
        cmocka_unit_test(the_built_in_models_are_their_rule_texts),
        cmocka_unit_test(heads_have_their_names),
        cmocka_unit_test(rules_that_stayed_give_the_reference_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
