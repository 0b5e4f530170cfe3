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

static void check_head(const struct glass_head *head, const struct stream *own,
                       const struct stream *other)
{
    check_matrix(&head->Q, own->width, own->slots);
    check_matrix(&head->K, other->width, own->slots);
    check_matrix(&head->V, other->width, own->slots);
    check_matrix(&head->O, own->slots, own->width);
    must(head->label.name != NULL);
}

static void check_layer(const struct glass *glass, const struct glass_layer *layer)
{
    size_t C = glass->stream->width;
    for (size_t h = 0; h < glass->H; h++)
        check_head(&layer->heads[h], glass->stream, glass->stream);
    for (size_t h = 0; h < glass->X; h++)
        check_head(&layer->cross[h], glass->stream, glass->source);
    must(layer->n_neurons <= 2 * GLASS_MAX_RAMPS);
    check_matrix(&layer->W1, C, layer->n_neurons);
    check_matrix(&layer->W2, layer->n_neurons, C);
}

static void check_words(const struct glass *glass)
{
    size_t C = glass->stream->width;
    for (size_t i = 0; i < glass->n_words; i++) {
        must(glass->words[i].text[0] != '\0');
        for (size_t k = 0; k < glass->words[i].n; k++)
            must(glass->words[i].at[k].dim < C);
        if (i > 0)
            must(glass_compare_words(glass->words[i - 1].text, glass->words[i].text) <
                 0);
    }
    if (!glass->next)
        return;
    must(glass->n_words > 0);
    check_matrix(&glass->next->Q, C, GLASS_NEXT_SLOTS);
    check_matrix(&glass->next->K, C, GLASS_NEXT_SLOTS);
}

static const struct token tokens[3] = {{.text = "<s>"}, {.text = "a"}, {.text = "b"}};

static void fill(struct trace *trace)
{
    for (size_t i = 0; i < trace->T * trace->C; i++)
        trace->hidden[i] = (float)(i % 7) / 8;
}

/* What a model with cross heads looks at: a run of no layers. */
static void fill_source(const struct stream *stream, struct trace *source)
{
    const struct glass none = {.stream = stream};
    glass_trace(&none, tokens, 2, source);
    fill(source);
}

static void run(const struct glass *glass)
{
    const struct model_options options = {0};
    struct trace trace = {0}, source = {0}, cross = {0};
    struct arena arena = {0};
    struct score why;
    struct err err = {0};
    struct score_at at = {glass->L - 1, 0, 2, 1};
    glass_trace(glass, tokens, 3, &trace);
    fill(&trace);
    if (glass->X > 0) {
        fill_source(glass->source, &source);
        glass_cross_trace(glass, &trace, &source, &cross);
    }
    must(glass_forward(glass, &options, &trace, glass->X ? &cross : NULL, &err));
    must(glass_why(glass, &trace, at, &arena, &why, &err));
    if (glass->next)
        must(glass_next(glass, &trace, (struct next_ask){.row = 2}, &arena, &err) !=
             NULL);
    if (glass->X > 0)
        must(glass_why(glass, &cross, at, &arena, &why, &err));
    arena_free(&arena);
    trace_free(&trace);
    trace_free(&source);
    trace_free(&cross);
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
            check_layer(&glass, &glass.layers[l]);
        check_words(&glass);
        run(&glass);
    } else {
        must(err.code != ERR_NONE && err.text[0] != '\0');
    }
    free(text);
    arena_free(&arena);
    return 0;
}
