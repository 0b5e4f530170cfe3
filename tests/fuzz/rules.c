/* Any bytes as a rule file: an error that names a line, or a model that runs. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/model/glass.h"
#include "attn/model/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* Weights stand inside their matrices; a run of three words ends. */
static void check_matrix(const struct matrix *m, size_t from, size_t to)
{
    for (size_t i = 0; i < m->n; i++)
        must(m->at[i].from < from && m->at[i].to < to);
}

static void check_layer(const struct glass_layer *layer, size_t heads)
{
    for (size_t h = 0; h < heads; h++) {
        check_matrix(&layer->heads[h].Q, GLASS_WIDTH, GLASS_SLOTS);
        check_matrix(&layer->heads[h].K, GLASS_WIDTH, GLASS_SLOTS);
        check_matrix(&layer->heads[h].V, GLASS_WIDTH, GLASS_SLOTS);
        check_matrix(&layer->heads[h].O, GLASS_SLOTS, GLASS_WIDTH);
        must(layer->heads[h].label.name != NULL);
    }
    must(layer->n_neurons <= 2 * GLASS_MAX_RAMPS);
    check_matrix(&layer->W1, GLASS_WIDTH, layer->n_neurons);
    check_matrix(&layer->W2, layer->n_neurons, GLASS_WIDTH);
}

static void run(const struct glass *glass)
{
    static const struct token tokens[3] = {
        {.text = "<s>"}, {.text = "a"}, {.text = "b"}};
    const struct model_options options = {0};
    struct trace trace = {0};
    struct arena arena = {0};
    struct score why;
    struct err err = {0};
    glass_trace(glass, tokens, 3, &trace);
    for (size_t i = 0; i < 3 * trace.C; i++)
        trace.hidden[i] = (float)(i % 7) / 8;
    must(glass_forward(glass, &options, &trace, &err));
    must(glass_why(glass, &trace, (struct score_at){glass->L - 1, 0, 2, 1}, &arena,
                   &why, &err));
    arena_free(&arena);
    trace_free(&trace);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct err err = {0};
    struct glass glass;
    char *text = malloc(size ? size : 1); /* no NUL: reading past it is seen */
    must(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    if (rules_compile(text, size, &arena, &glass, &err)) {
        for (size_t l = 0; l < glass.L; l++)
            check_layer(&glass.layers[l], glass.H);
        run(&glass);
    } else {
        must(err.code != ERR_NONE && err.text[0] != '\0');
    }
    free(text);
    arena_free(&arena);
    return 0;
}
