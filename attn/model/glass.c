/* glass.c - the forward pass. Rows of scores are built slot by slot over all keys at
 * once; a slot whose query is 0 costs nothing, and most are for most words. */
#include "attn/model/glass.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/model/embedding.h"
#include "attn/model/place.h"
#include "attn/tensor/ops.h"

enum {
    PLACE_DIMS = DIM_WORD + 1
}; /* the place and WORD are the stream's first values */

/* Scratch space of one run and what its loops share. */
struct run {
    const struct glass *glass;
    const struct model_options *options;
    struct trace *trace;
    size_t T, padded;            /* tokens; padded to whole chunks */
    double scale;                /* of this head: gain / sqrt(D) / temperature */
    float *keys;                 /* [D, padded] this head's keys, a slot a row */
    size_t n_keyed[GLASS_SLOTS]; /* how many tokens have a key in that slot */
    float *values;               /* [T, D] */
    double *places;              /* [T, PLACE_DIMS] the places of the tokens */
    float *place;                /* [2 * padded] place kernel by row - col + T */
    float *row;                  /* [padded] */
    double *add;                 /* [T, C] what the layer's heads add to the stream */
};

/* The place of a token in float64, as embedding_place() writes it, and DIM_WORD. */
static void place_of(size_t at, bool no_position, double row[PLACE_DIMS])
{
    double place = (double)at / EMBEDDING_PLACE;
    memset(row, 0, PLACE_DIMS * sizeof *row);
    row[DIM_WORD] = 1;
    if (no_position)
        return;
    for (size_t k = 0; k < PLACE_WAVES; k++) {
        double angle = place_frequency(k) * (double)at;
        row[DIM_sin0 + k] = sin(angle);
        row[DIM_cos0 + k] = cos(angle);
    }
    row[DIM_p] = place;
    row[DIM_p2] = place * place;
}

static void project_place(const struct matrix *m, uint64_t slots, const double *x,
                          double *out)
{
    for (size_t i = 0; i < m->n; i++)
        if (slots >> m->at[i].to & 1 && m->at[i].from < PLACE_DIMS)
            out[m->at[i].to] += x[m->at[i].from] * m->at[i].value;
}

/* q·k over the slots of the place kernel. */
static double place_product(const struct glass_head *head, const double *x,
                            const double *y)
{
    double q[GLASS_SLOTS] = {0}, k[GLASS_SLOTS] = {0}, sum = 0;
    project_place(&head->Q, head->place_slots, x, q);
    project_place(&head->K, head->place_slots, y, k);
    for (size_t s = 0; s < GLASS_SLOTS; s++)
        sum += q[s] * k[s];
    return sum;
}

static void project(const struct matrix *m, const float *x, double *out)
{
    for (size_t i = 0; i < m->n; i++)
        out[m->at[i].to] += (double)x[m->at[i].from] * m->at[i].value;
}

static const float *stream_at(const struct trace *trace, size_t layer, size_t token)
{
    return trace->hidden + (layer * trace->T + token) * trace->C;
}

/* x·W for every token, [T, D]. */
static void project_all(const struct run *run, size_t layer, const struct matrix *m,
                        float *out)
{
    for (size_t t = 0; t < run->T; t++) {
        double slots[GLASS_SLOTS] = {0};
        project(m, stream_at(run->trace, layer, t), slots);
        for (size_t s = 0; s < GLASS_SLOTS; s++)
            out[t * GLASS_SLOTS + s] = (float)slots[s];
    }
}

/* Turns keys [T, D] into run->keys [D, padded]. */
static void lay_keys(struct run *run, const float *key)
{
    memset(run->keys, 0, GLASS_SLOTS * run->padded * sizeof *run->keys);
    for (size_t s = 0; s < GLASS_SLOTS; s++) {
        run->n_keyed[s] = 0;
        for (size_t t = 0; t < run->T; t++) {
            float k = key[t * GLASS_SLOTS + s];
            run->keys[s * run->padded + t] = k;
            run->n_keyed[s] += k != 0;
        }
    }
}

/* Positions are subtracted before anything is rounded: p^2 terms of thousands cancel
 * here in float64, and what remains depends on the distance alone. */
static void lay_place(struct run *run, const struct glass_head *head)
{
    size_t T = run->T;
    const double *first = run->places + PLACE_DIMS, *at = first;
    for (size_t d = 0; d + 1 < T; d++, at += PLACE_DIMS) {
        run->place[T + d] = (float)(run->scale * place_product(head, at, first));
        run->place[T - d] = (float)(run->scale * place_product(head, first, at));
    }
}

/* Scores of row `i` against the first `n` columns, in run->row. */
static void score_row(struct run *run, const struct glass_head *head,
                      const float *query, size_t i, size_t n)
{
    size_t padded = ops_padded(n);
    float *row = run->row;
    memset(row, 0, padded * sizeof *row);
    if (head->place_slots && i > 0)
        for (size_t j = 1; j < n; j++)
            row[j] = run->place[run->T + i - j];
    for (size_t s = 0; s < GLASS_SLOTS; s++) {
        const float *keys = run->keys + s * run->padded;
        float q = (float)((double)query[s] * run->scale);
        if (q == 0 || run->n_keyed[s] == 0 || (head->place_slots >> s & 1))
            continue;
        if (run->n_keyed[s] == 1 && keys[0] != 0)
            row[0] += q * keys[0]; /* a key of <s> only: the resting place */
        else
            ops_add(row, keys, q, padded);
    }
}

/* What the row's weights bring: sum of weight * value, then W_O, into run->add. */
static void mix_row(struct run *run, const struct glass_head *head,
                    const float *weights, size_t i, size_t n)
{
    double mixed[GLASS_SLOTS] = {0};
    double *add = run->add + i * run->trace->C;
    size_t slots = 0;
    for (size_t v = 0; v < head->V.n; v++)
        slots = head->V.at[v].to >= slots ? head->V.at[v].to + 1u : slots;
    for (size_t j = 0; j < n && slots > 0; j++) {
        const float *value = run->values + j * GLASS_SLOTS;
        double weight = (double)weights[j];
        if (weight == 0)
            continue;
        for (size_t s = 0; s < slots; s++)
            mixed[s] += weight * (double)value[s];
    }
    for (size_t o = 0; o < head->O.n; o++)
        add[head->O.at[o].to] += mixed[head->O.at[o].from] * head->O.at[o].value;
}

/* |v·W_O| of every column: how much a weight of 1 would move. */
static void value_norms(const struct run *run, const struct glass_head *head,
                        float *norm)
{
    double *out = mem_new(GLASS_WIDTH, sizeof *out);
    for (size_t t = 0; t < run->T; t++) {
        double sum = 0;
        memset(out, 0, GLASS_WIDTH * sizeof *out);
        project(&head->O, run->values + t * GLASS_SLOTS, out);
        for (size_t c = 0; c < GLASS_WIDTH; c++)
            sum += out[c] * out[c];
        norm[t] = (float)sqrt(sum);
    }
    free(out);
}

static bool stopped(const struct run *run)
{
    const atomic_bool *stop = run->options->stop;
    return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

static double scale_of(const struct model_options *options)
{
    double scale = options->no_scale ? 1 : 1 / sqrt(GLASS_SLOTS);
    return options->temperature > 0 ? scale / (double)options->temperature : scale;
}

static bool run_head(struct run *run, size_t layer, size_t h)
{
    const struct glass_head *head = &run->glass->layers[layer].heads[h];
    struct trace *trace = run->trace;
    size_t T = run->T, at = layer * trace->H + h;
    bool adds = !run->options->no_attention &&
                !(run->options->muted && run->options->muted[at]);
    float *query = trace->query + at * T * GLASS_SLOTS;
    float *key = trace->key + at * T * GLASS_SLOTS;
    run->scale = head->gain * trace->score_scale;
    project_all(run, layer, &head->Q, query);
    project_all(run, layer, &head->K, key);
    project_all(run, layer, &head->V, run->values);
    lay_keys(run, key);
    if (head->place_slots)
        lay_place(run, head);
    for (size_t i = 0; i < T; i++) {
        size_t n = run->options->causal ? i + 1 : T;
        float *weights = trace->weights + (at * T + i) * T;
        if (stopped(run))
            return false;
        score_row(run, head, query + i * GLASS_SLOTS, i, n);
        ops_softmax(run->row, n);
        memcpy(weights, run->row, n * sizeof *weights);
        if (adds)
            mix_row(run, head, weights, i, n);
    }
    value_norms(run, head, trace->value_norm + at * T);
    return true;
}

/* relu(x W_1 + b) W_2, added to the row. */
static void feed_forward(const struct glass_layer *layer, float *row)
{
    double neurons[2 * GLASS_MAX_RAMPS] = {0}, add[GLASS_WIDTH] = {0};
    memcpy(neurons, layer->b, layer->n_neurons * sizeof *neurons);
    project(&layer->W1, row, neurons);
    for (size_t i = 0; i < layer->W2.n; i++) {
        const struct weight *w = &layer->W2.at[i];
        if (neurons[w->from] > 0)
            add[w->to] += neurons[w->from] * w->value;
    }
    for (size_t c = 0; c < GLASS_WIDTH; c++)
        row[c] = (float)((double)row[c] + add[c]);
}

static bool run_layer(struct run *run, size_t layer)
{
    struct trace *trace = run->trace;
    size_t size = run->T * trace->C;
    const float *before = trace->hidden + layer * size;
    float *after = trace->hidden + (layer + 1) * size;
    memset(run->add, 0, size * sizeof *run->add);
    for (size_t h = 0; h < trace->H; h++)
        if (!run_head(run, layer, h))
            return false;
    for (size_t i = 0; i < size; i++)
        after[i] = (float)((double)before[i] + run->add[i]);
    /* Attention off keeps each word's start vector, so no rule changes it either. */
    for (size_t t = 0; t < run->T && !run->options->no_attention; t++)
        if (run->glass->layers[layer].n_neurons)
            feed_forward(&run->glass->layers[layer], after + t * trace->C);
    return true;
}

bool glass_forward(const struct glass *glass, const struct model_options *options,
                   struct trace *trace, struct err *err)
{
    struct arena scratch = {0};
    size_t T = trace->T, padded = ops_padded(T);
    bool done = true;
    struct run run = {.glass = glass,
                      .options = options,
                      .trace = trace,
                      .T = T,
                      .padded = padded,
                      .keys = arena_new(&scratch, GLASS_SLOTS * padded, sizeof(float)),
                      .values = arena_new(&scratch, T * GLASS_SLOTS, sizeof(float)),
                      .places = arena_new(&scratch, T * PLACE_DIMS, sizeof(double)),
                      .place = arena_new(&scratch, 2 * padded, sizeof(float)),
                      .row = arena_new(&scratch, padded, sizeof(float)),
                      .add = arena_new(&scratch, T * trace->C, sizeof(double))};
    trace->score_scale = scale_of(options);
    for (size_t t = 0; t < T; t++)
        place_of(t, options->no_position, run.places + t * PLACE_DIMS);
    for (size_t layer = 0; layer < glass->L && done; layer++)
        done = run_layer(&run, layer);
    arena_free(&scratch);
    return done || err_set(err, ERR_INTERRUPTED, "Stopped.");
}

void glass_trace(const struct glass *glass, const struct token *tokens, size_t n,
                 struct trace *trace)
{
    struct arena *memory = &trace->memory;
    size_t heads = glass->L * glass->H;
    struct head_name *names = arena_new(memory, heads, sizeof *names);
    for (size_t i = 0; i < heads; i++)
        names[i] = glass->layers[i / glass->H].heads[i % glass->H].label;
    trace->synthetic = true;
    trace->attention = ATTENTION_SELF;
    trace->rows = trace->cols = tokens;
    trace->heads = names;
    trace->dim_names = glass_dim_names;
    trace->T = trace->S = n;
    trace->L = glass->L;
    trace->H = glass->H;
    trace->D = GLASS_SLOTS;
    trace->C = GLASS_WIDTH;
    trace->weights = arena_new(memory, heads * n * n, sizeof(float));
    trace->query = arena_new(memory, heads * n * GLASS_SLOTS, sizeof(float));
    trace->key = arena_new(memory, heads * n * GLASS_SLOTS, sizeof(float));
    trace->value_norm = arena_new(memory, heads * n, sizeof(float));
    trace->hidden = arena_new(memory, (glass->L + 1) * n * GLASS_WIDTH, sizeof(float));
}

double glass_place_score(const struct glass_head *head, size_t row, size_t col,
                         bool no_position)
{
    double x[PLACE_DIMS], y[PLACE_DIMS];
    place_of(row, no_position, x);
    place_of(col, no_position, y);
    return place_product(head, x, y);
}
