/* The forward pass: against reference weights and attention, at its edges, its options,
 * and in time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attn/model/glass.h"
#include "attn/model/glass_dims.h"

/* ---- the reference ---- */

static json_t *load(const char *path)
{
    json_error_t why;
    json_t *json = json_load_file(path, 0, &why);
    if (!json)
        fail_msg("%s: %s", path, why.text);
    return json;
}

static struct matrix read_matrix(struct arena *arena, const json_t *list)
{
    size_t n = json_array_size(list), i;
    struct weight *at = arena_new(arena, n, sizeof *at);
    const json_t *item;
    json_array_foreach(list, i, item)
    {
        at[i].from = (uint16_t)json_integer_value(json_array_get(item, 0));
        at[i].to = (uint16_t)json_integer_value(json_array_get(item, 1));
        at[i].value = json_number_value(json_array_get(item, 2));
    }
    return (struct matrix){at, n};
}

/* A slot that multiplies places only is part of the place kernel. */
static uint64_t place_slots(const struct glass_head *head)
{
    uint64_t slots = 0;
    for (size_t i = 0; i < head->K.n; i++)
        if (head->K.at[i].from <= DIM_WORD)
            slots |= (uint64_t)1 << head->K.at[i].to;
    return slots;
}

static void read_head(struct arena *arena, const json_t *json, struct glass_head *head)
{
    head->gain = 1; /* multiplied into Q there */
    head->Q = read_matrix(arena, json_object_get(json, "Q"));
    head->K = read_matrix(arena, json_object_get(json, "K"));
    head->V = read_matrix(arena, json_object_get(json, "V"));
    head->O = read_matrix(arena, json_object_get(json, "O"));
    head->place_slots = place_slots(head);
}

static void read_layer(struct arena *arena, const json_t *json,
                       struct glass_layer *layer)
{
    const json_t *ffn = json_object_get(json, "ffn"), *b = json_object_get(ffn, "b");
    struct glass_head *heads = arena_new(arena, 6, sizeof *heads);
    for (size_t h = 0; h < 6; h++)
        read_head(arena, json_array_get(json_object_get(json, "head"), h), &heads[h]);
    layer->heads = heads;
    layer->n_neurons = json_array_size(b);
    double *bias = arena_new(arena, layer->n_neurons, sizeof *bias);
    for (size_t i = 0; i < layer->n_neurons; i++)
        bias[i] = json_number_value(json_array_get(b, i));
    layer->b = bias;
    layer->W1 = read_matrix(arena, json_object_get(ffn, "W1"));
    layer->W2 = read_matrix(arena, json_object_get(ffn, "W2"));
}

static void read_glass(struct arena *arena, struct glass *glass)
{
    json_t *json = load("tests/data/glass/glass_weights.json");
    struct glass_layer *layers = arena_new(arena, 4, sizeof *layers);
    *glass = (struct glass){.stream = &lesson_stream, .L = 4, .H = 6, .layers = layers};
    for (size_t l = 0; l < 4; l++)
        read_layer(arena, json_array_get(json_object_get(json, "layer"), l),
                   &layers[l]);
    json_decref(json);
}

static double compare_sentence(const struct glass *glass, const json_t *item)
{
    const json_t *rows = json_object_get(item, "embedding_dense");
    const struct model_options options = {0};
    size_t n = json_array_size(rows);
    struct trace trace = {0};
    struct err err = {0};
    struct token *tokens = arena_new(&trace.memory, n, sizeof *tokens);
    double worst = 0;
    glass_trace(glass, tokens, n, &trace);
    for (size_t i = 0; i < n * trace.C; i++)
        trace.hidden[i] = (float)json_number_value(
            json_array_get(json_array_get(rows, i / trace.C), i % trace.C));
    assert_true(glass_forward(glass, &options, &trace, NULL, &err));
    for (size_t head = 0; head < 24; head++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                const json_t *a =
                    json_array_get(json_object_get(item, "attn"), head / 6);
                a = json_array_get(json_array_get(json_array_get(a, head % 6), i), j);
                double got = (double)trace_row(&trace, head / 6, head % 6, i)[j];
                worst = fmax(worst, fabs(got - json_number_value(a)));
            }
    trace_free(&trace);
    return worst;
}

static void the_arithmetic_is_the_references(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct glass glass;
    read_glass(&arena, &glass);
    json_t *item, *golden = load("tests/data/glass/golden.json");
    size_t i;
    assert_int_equal(json_array_size(golden), 6);
    json_array_foreach(golden, i, item)
    {
        double worst = compare_sentence(&glass, item);
        if (worst > 1e-5)
            fail_msg("sentence %zu differs by %g", i, worst);
    }
    json_decref(golden);
    arena_free(&arena);
}

/* ---- the teaching model ---- */

static struct model *lesson(void)
{
    struct err err = {0};
    struct model *model = model_open("lesson", &err);
    assert_non_null(model);
    return model;
}

static void run(const struct model *model, const char *text,
                const struct model_options *options, struct trace *trace)
{
    struct err err = {0};
    if (!model_run(model, &(struct model_input){.text = text, .length = strlen(text)},
                   options, trace, &err))
        fail_msg("%s: %s", text, err.text);
}

static void assert_rows_sum(const struct trace *trace)
{
    for (size_t r = 0; r < trace->L * trace->H * trace->T; r++) {
        double sum = 0;
        for (size_t j = 0; j < trace->S; j++) {
            float w = trace->weights[r * trace->S + j];
            assert_true(w >= 0 && w <= 1.000001f);
            sum += (double)w;
        }
        if (fabs(sum - 1) > 1e-6)
            fail_msg("a row sums to %.9f", sum);
    }
}

static char *many_words(size_t n)
{
    static const char *const words[] = {"the ", "dog ", "sees ", "a ", "red ", "bird "};
    char *text = calloc(n + 1, 8);
    for (size_t i = 0; i < n; i++)
        strcat(text, words[i % 6]);
    return text;
}

static void rows_sum_to_one_at_any_length(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 2, 7, 8, 9, 16, 100, 512};
    const struct model_options options = {0};
    struct model *model = lesson();
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct trace trace;
        char *text = many_words(lengths[i]);
        run(model, text, &options, &trace);
        assert_int_equal(trace.T, lengths[i] + 1);
        assert_rows_sum(&trace);
        trace_free(&trace);
        free(text);
    }
    model_close(model);
}

static void too_many_words_is_an_error_that_names_the_limit(void **state)
{
    (void)state;
    const struct model_options options = {0};
    struct model *model = lesson();
    struct trace trace;
    struct err err = {0};
    char *text = many_words(513);
    assert_false(model_run(model,
                           &(struct model_input){.text = text, .length = strlen(text)},
                           &options, &trace, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_non_null(strstr(err.text, "512"));
    assert_null(trace.weights);
    struct err none = {0};
    assert_false(model_run(model, &(struct model_input){.text = " \n", .length = 2},
                           &options, &trace, &none));
    assert_int_equal(none.code, ERR_NO_SENTENCE);
    free(text);
    model_close(model);
}

static void the_causal_mask_is_exactly_zero(void **state)
{
    (void)state;
    const struct model_options options = {.causal = true};
    struct model *model = lesson();
    struct trace trace;
    run(model, "The animal didn't cross the street because it was too tired", &options,
        &trace);
    assert_true(trace.causal);
    assert_rows_sum(&trace);
    for (size_t r = 0; r < trace.L * trace.H * trace.T; r++)
        for (size_t j = r % trace.T + 1; j < trace.S; j++)
            assert_true(trace.weights[r * trace.S + j] == 0);
    trace_free(&trace);
    model_close(model);
}

static void attention_off_keeps_the_start_vectors(void **state)
{
    (void)state;
    const struct model_options options = {.no_attention = true};
    struct model *model = lesson();
    struct trace trace;
    run(model, "I love AI", &options, &trace);
    size_t size = trace.T * trace.C * sizeof(float);
    for (size_t l = 1; l <= trace.L; l++)
        assert_memory_equal(trace.hidden, trace.hidden + l * trace.T * trace.C, size);
    trace_free(&trace);
    model_close(model);
}

static float weight_between(const struct model *model, const char *text,
                            const struct model_options *options, const char *from,
                            const char *to)
{
    struct trace trace;
    size_t row = 0, col = 0;
    run(model, text, options, &trace);
    for (size_t i = 1; i < trace.T; i++) {
        if (strcmp(trace.rows[i].text, from) == 0)
            row = i;
        if (strcmp(trace.rows[i].text, to) == 0)
            col = i;
    }
    assert_true(row > 0 && col > 0);
    float weight = trace_row(&trace, 3, 0, row)[col];
    trace_free(&trace);
    return weight;
}

static void a_muted_head_adds_nothing(void **state)
{
    (void)state;
    const char *tired = "The animal didn't cross the street because it was too tired";
    const char *wide = "The animal didn't cross the street because it was too wide";
    unsigned char muted[24] = {0};
    muted[1 * 6 + 5] = MUTE_ZERO; /* pronoun→predicate */
    const struct model_options cut = {.muted = muted}, whole = {0};
    struct model *model = lesson();
    assert_true(weight_between(model, wide, &whole, "it", "street") > 0.7f);
    float a = weight_between(model, tired, &cut, "it", "animal");
    float b = weight_between(model, wide, &cut, "it", "animal");
    assert_true(a > 0.5f && fabsf(a - b) < 0.01f); /* without it both look the same */
    model_close(model);
}

/* The better a head finds what it is for, the likelier it is to find it where it is
 * not: whoever is no customer of a phrase head must rest, or flow draws arcs that are
 * none. */
static void who_is_no_customer_rests(void **state)
{
    (void)state;
    static const struct {
        size_t head, dims[3];
    } heads[] = {{0, {DIM_cD, DIM_POSS, DIM_NUM}},
                 {1, {DIM_cA, DIM_cA, DIM_cA}},
                 {2, {DIM_AUX, DIM_NEG, DIM_cTO}},
                 {3, {DIM_cP, DIM_cP, DIM_cP}}};
    static const char *const texts[] = {
        "My grandmother baked a cake and she gave it to the neighbours .",
        "The old woman sold her boat to a fisherman because it leaked .",
        "Three students finished their exam early , and the professor thanked them ."};
    const struct model_options options = {0};
    struct model *model = lesson();
    for (size_t k = 0; k < 3; k++) {
        struct trace trace;
        run(model, texts[k], &options, &trace);
        const float *stream = trace.hidden + trace.T * trace.C; /* enters layer 1 */
        for (size_t h = 0; h < 4; h++)
            for (size_t t = 1; t < trace.T; t++) {
                float wants = 0;
                for (size_t d = 0; d < 3; d++)
                    wants = fmaxf(wants, stream[t * trace.C + heads[h].dims[d]]);
                if (wants < 0.05f && trace_row(&trace, 1, heads[h].head, t)[0] < 0.5f)
                    fail_msg("L1-H%zu: %s does not rest", heads[h].head,
                             trace.rows[t].text);
            }
        trace_free(&trace);
    }
    model_close(model);
}

static void temperature_and_scale_change_the_choice(void **state)
{
    (void)state;
    const char *text = "The animal didn't cross the street because it was too tired";
    const struct model_options plain = {0}, hot = {.temperature = 4};
    const struct model_options same = {.temperature = 1}, sharp = {.no_scale = true};
    struct model *model = lesson();
    float w = weight_between(model, text, &plain, "it", "animal");
    assert_true(weight_between(model, text, &same, "it", "animal") == w);
    assert_true(weight_between(model, text, &hot, "it", "animal") < w - 0.1f);
    assert_true(weight_between(model, text, &sharp, "it", "animal") > 0.999f);
    model_close(model);
}

static void without_places_order_does_not_matter(void **state)
{
    (void)state;
    static const size_t order[] = {0, 5, 3, 1, 6, 2, 4}; /* of <s> and six words */
    const struct model_options options = {.no_position = true};
    struct model *model = lesson();
    struct trace a, b;
    run(model, "dogs chase small birds near water", &options, &a);
    run(model, "near small dogs water chase birds", &options, &b);
    for (size_t i = 0; i < a.T; i++)
        for (size_t c = 0; c < a.C; c++) {
            float x = a.hidden[(a.L * a.T + order[i]) * a.C + c];
            float y = b.hidden[(b.L * b.T + i) * b.C + c];
            if (fabsf(x - y) > 1e-6f)
                fail_msg("%s %s: %g %g", a.rows[order[i]].text, a.dim_names[c],
                         (double)x, (double)y);
        }
    trace_free(&a);
    trace_free(&b);
    model_close(model);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    const struct model_options options = {0};
    struct model *model = lesson();
    struct trace a, b;
    run(model, "Dog bites man.", &options, &a);
    run(model, "Dog bites man.", &options, &b);
    assert_memory_equal(a.weights, b.weights, 24 * a.T * a.T * sizeof(float));
    assert_memory_equal(a.hidden, b.hidden, 5 * a.T * a.C * sizeof(float));
    trace_free(&a);
    trace_free(&b);
    model_close(model);
}

static void a_stop_from_outside_is_heard(void **state)
{
    (void)state;
    atomic_bool stop = true;
    const struct model_options options = {.stop = &stop};
    struct model *model = lesson();
    struct trace trace;
    struct err err = {0};
    assert_false(model_run(model,
                           &(struct model_input){.text = "I love AI", .length = 9},
                           &options, &trace, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    assert_int_equal(trace.T, 0);
    model_close(model);
}

/* ---- the sentences that turn on one word ---- */

static void one_word_turns_the_referent(void **state)
{
    (void)state;
    static const struct {
        const char *text, *to, *other;
    } flips[] = {
        {"The animal didn't cross the street because it was too tired.", "animal",
         "street"},
        {"The animal didn't cross the street because it was too wide.", "street",
         "animal"},
        {"She poured water from the bottle into the glass until it was full.", "glass",
         "bottle"},
        {"She poured water from the bottle into the glass until it was empty.",
         "bottle", "glass"},
        {"She poured water from the bottle into the glass because it was full.",
         "bottle", "glass"},
        {"She poured water from the bottle into the glass because it was empty.",
         "glass", "bottle"},
        {"The table won't fit through the doorway because it is too wide.", "table",
         "doorway"},
        {"The table won't fit through the doorway because it is too narrow.", "doorway",
         "table"},
    };
    const struct model_options options = {0};
    struct model *model = lesson();
    for (size_t i = 0; i < sizeof flips / sizeof *flips; i++) {
        float to = weight_between(model, flips[i].text, &options, "it", flips[i].to);
        float other =
            weight_between(model, flips[i].text, &options, "it", flips[i].other);
        print_message("  %s %.2f: %s\n", flips[i].to, (double)to, flips[i].text);
        assert_true(to > 0.5f && to > other);
    }
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_arithmetic_is_the_references),
        cmocka_unit_test(rows_sum_to_one_at_any_length),
        cmocka_unit_test(too_many_words_is_an_error_that_names_the_limit),
        cmocka_unit_test(the_causal_mask_is_exactly_zero),
        cmocka_unit_test(attention_off_keeps_the_start_vectors),
        cmocka_unit_test(a_muted_head_adds_nothing),
        cmocka_unit_test(who_is_no_customer_rests),
        cmocka_unit_test(temperature_and_scale_change_the_choice),
        cmocka_unit_test(without_places_order_does_not_matter),
        cmocka_unit_test(the_same_input_gives_the_same_bytes),
        cmocka_unit_test(a_stop_from_outside_is_heard),
        cmocka_unit_test(one_word_turns_the_referent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
