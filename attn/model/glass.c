/* glass.c - the forward pass. Rows of scores are built slot by slot over all keys at
 * once; a slot whose query is 0 costs nothing, and most are for most words. */
#include "attn/model/glass.h"

#include <math.h>
#include <string.h>

#include "attn/model/embedding.h"
#include "attn/model/mute.h"
#include "attn/model/place.h"
#include "attn/tensor/ops.h"

enum {
    PLACE_DIMS = FRAME_WORD + 1
}; /* the place and WORD are the stream's first values */

/* Scratch space of one run and what its loops share. */
struct run {
    const struct glass *glass;
    const struct model_options *options;
    struct trace *trace;
    struct trace *cross; /* of the cross heads, or NULL */
    size_t D, C;
    size_t most, padded; /* rows or columns, whichever are more; in whole chunks */
    double scale;        /* of this head: gain / sqrt(D) / temperature */
    float *keys;         /* [D, padded] this head's keys, a slot a row */
    size_t n_keyed[STREAM_MAX_SLOTS]; /* how many tokens have a key in that slot */
    float *values;                    /* [S, D] of this head, in the trace */
    double *places;                   /* [most, PLACE_DIMS] the places of the tokens */
    float *place; /* [2 * padded] place kernel by row - col + most */
    float *row;   /* [padded] */
    double *add;  /* [T, C] what the layer's heads add to the stream */
};

struct size {
    size_t n, width;
};

/* One head at work: whose trace it fills, and what its keys and values are made of. */
struct task {
    const struct glass_head *head;
    struct trace *trace;
    size_t at;           /* its place among the trace's heads */
    const float *x;      /* [T, C] */
    const float *source; /* [S, source_C] */
    size_t source_C;
    enum mute mute;
    bool causal, adds;
};

/* The place of a token in float64, as embedding_place() writes it, and WORD. */
static void place_of(size_t at, bool no_position, double row[PLACE_DIMS])
{
    double place = (double)at / EMBEDDING_PLACE;
    memset(row, 0, PLACE_DIMS * sizeof *row);
    row[FRAME_WORD] = 1;
    if (no_position)
        return;
    for (size_t k = 0; k < PLACE_WAVES; k++) {
        double angle = place_frequency(k) * (double)at;
        row[FRAME_sin0 + k] = sin(angle);
        row[FRAME_cos0 + k] = cos(angle);
    }
    row[FRAME_p] = place;
    row[FRAME_p2] = place * place;
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
    double q[STREAM_MAX_SLOTS] = {0}, k[STREAM_MAX_SLOTS] = {0}, sum = 0;
    project_place(&head->Q, head->place_slots, x, q);
    project_place(&head->K, head->place_slots, y, k);
    for (size_t s = 0; s < STREAM_MAX_SLOTS; s++)
        sum += q[s] * k[s];
    return sum;
}

static void project(const struct matrix *m, const float *x, double *out)
{
    for (size_t i = 0; i < m->n; i++)
        out[m->at[i].to] += (double)x[m->at[i].from] * m->at[i].value;
}

/* x·W for `n` rows of x, each `width` wide: [n, D]. */
static void project_all(const struct run *run, const struct matrix *m, const float *x,
                        struct size size, float *out)
{
    for (size_t t = 0; t < size.n; t++) {
        double slots[STREAM_MAX_SLOTS] = {0};
        project(m, x + t * size.width, slots);
        for (size_t s = 0; s < run->D; s++)
            out[t * run->D + s] = (float)slots[s];
    }
}

/* Turns keys [n, D] into run->keys [D, padded]. */
static void lay_keys(struct run *run, const float *key, size_t n)
{
    memset(run->keys, 0, run->D * run->padded * sizeof *run->keys);
    for (size_t s = 0; s < run->D; s++) {
        run->n_keyed[s] = 0;
        for (size_t t = 0; t < n; t++) {
            float k = key[t * run->D + s];
            run->keys[s * run->padded + t] = k;
            run->n_keyed[s] += k != 0;
        }
    }
}

/* Positions are subtracted before anything is rounded: p^2 terms of thousands cancel
 * here in float64, and what remains depends on the distance alone. */
static void lay_place(struct run *run, const struct glass_head *head)
{
    size_t most = run->most;
    const double *first = run->places + PLACE_DIMS, *at = first;
    for (size_t d = 0; d + 1 < most; d++, at += PLACE_DIMS) {
        run->place[most + d] = (float)(run->scale * place_product(head, at, first));
        run->place[most - d] = (float)(run->scale * place_product(head, first, at));
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
            row[j] = run->place[run->most + i - j];
    for (size_t s = 0; s < run->D; s++) {
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
    double mixed[STREAM_MAX_SLOTS] = {0};
    double *add = run->add + i * run->C;
    size_t slots = 0;
    for (size_t v = 0; v < head->V.n; v++)
        slots = head->V.at[v].to >= slots ? head->V.at[v].to + 1u : slots;
    for (size_t j = 0; j < n && slots > 0; j++) {
        const float *value = run->values + j * run->D;
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
                        float *norm, size_t n)
{
    double out[STREAM_MAX_WIDTH];
    for (size_t t = 0; t < n && head->O.n > 0; t++) {
        double sum = 0;
        memset(out, 0, run->C * sizeof *out);
        project(&head->O, run->values + t * run->D, out);
        for (size_t c = 0; c < run->C; c++)
            sum += out[c] * out[c];
        norm[t] = (float)sqrt(sum);
    }
}

static bool stopped(const struct run *run)
{
    const atomic_bool *stop = run->options->stop;
    return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

static double scale_of(const struct model_options *options, size_t D)
{
    double scale = options->no_scale ? 1 : 1 / sqrt((double)D);
    return options->temperature > 0 ? scale / (double)options->temperature : scale;
}

static bool run_head(struct run *run, const struct task *task)
{
    const struct glass_head *head = task->head;
    struct trace *trace = task->trace;
    size_t T = trace->T, S = trace->S;
    struct size own = {T, run->C}, other = {S, task->source_C};
    float *query = trace->query + task->at * T * run->D;
    float *key = trace->key + task->at * S * run->D;
    run->scale = head->gain * trace->score_scale;
    project_all(run, &head->Q, task->x, own, query);
    project_all(run, &head->K, task->source, other, key);
    run->values = trace->value + task->at * S * run->D;
    project_all(run, &head->V, task->source, other, run->values);
    lay_keys(run, key, S);
    if (head->place_slots)
        lay_place(run, head);
    for (size_t i = 0; i < T; i++) {
        size_t n = task->causal ? i + 1 : S;
        float *weights = trace->weights + (task->at * T + i) * S;
        if (stopped(run))
            return false;
        score_row(run, head, query + i * run->D, i, n);
        ops_softmax(run->row, n);
        mute_row(task->mute, run->row, n, task->at * T + i);
        memcpy(weights, run->row, n * sizeof *weights);
        if (task->adds)
            mix_row(run, head, weights, i, n);
    }
    if (task->mute != MUTE_ZERO) /* what is cut off moves nothing */
        value_norms(run, head, trace->value_norm + task->at * S, S);
    return true;
}

static bool run_heads(struct run *run, size_t layer)
{
    const struct glass *glass = run->glass;
    const struct model_options *options = run->options;
    struct trace *self = run->trace, *cross = run->cross;
    const float *x = self->hidden + layer * self->T * run->C;
    for (size_t h = 0; h < glass->H; h++) {
        size_t at = layer * glass->H + h;
        enum mute mute = options->muted ? (enum mute)options->muted[at] : MUTE_NOT;
        struct task task = {.head = &glass->layers[layer].heads[h],
                            .trace = self,
                            .at = at,
                            .x = x,
                            .source = x,
                            .source_C = run->C,
                            .causal = self->causal,
                            .mute = mute,
                            .adds = !options->no_attention && mute != MUTE_ZERO};
        if (!run_head(run, &task))
            return false;
    }
    for (size_t h = 0; cross && h < glass->X; h++) {
        struct task task = {.head = &glass->layers[layer].cross[h],
                            .trace = cross,
                            .at = layer * glass->X + h,
                            .x = x,
                            .source = cross->source,
                            .source_C = cross->source_C,
                            .adds = !options->no_attention};
        if (!run_head(run, &task))
            return false;
    }
    return true;
}

/* relu(x W_1 + b) W_2, added to the row. */
static void feed_forward(const struct glass_layer *layer, size_t C, float *row)
{
    double neurons[2 * GLASS_MAX_RAMPS] = {0}, add[STREAM_MAX_WIDTH] = {0};
    memcpy(neurons, layer->b, layer->n_neurons * sizeof *neurons);
    project(&layer->W1, row, neurons);
    for (size_t i = 0; i < layer->W2.n; i++) {
        const struct weight *w = &layer->W2.at[i];
        if (neurons[w->from] > 0)
            add[w->to] += neurons[w->from] * w->value;
    }
    for (size_t c = 0; c < C; c++)
        row[c] = (float)((double)row[c] + add[c]);
}

static bool run_layer(struct run *run, size_t layer)
{
    struct trace *trace = run->trace;
    size_t size = trace->T * trace->C;
    const float *before = trace->hidden + layer * size;
    float *after = trace->hidden + (layer + 1) * size;
    memset(run->add, 0, size * sizeof *run->add);
    if (!run_heads(run, layer))
        return false;
    for (size_t i = 0; i < size; i++)
        after[i] = (float)((double)before[i] + run->add[i]);
    /* Attention off keeps each word's start vector, so no rule changes it either. */
    for (size_t t = 0; t < trace->T && !run->options->no_attention; t++)
        if (run->glass->layers[layer].n_neurons)
            feed_forward(&run->glass->layers[layer], run->C, after + t * run->C);
    return true;
}

bool glass_forward(const struct glass *glass, const struct model_options *options,
                   struct trace *trace, struct trace *cross, struct err *err)
{
    struct arena scratch = {0};
    size_t most = cross && cross->S > trace->T ? cross->S : trace->T;
    size_t D = trace->D, padded = ops_padded(most);
    bool done = true;
    struct run run = {.glass = glass,
                      .options = options,
                      .trace = trace,
                      .cross = cross,
                      .D = D,
                      .C = trace->C,
                      .most = most,
                      .padded = padded,
                      .keys = arena_new(&scratch, D * padded, sizeof(float)),
                      .places = arena_new(&scratch, most * PLACE_DIMS, sizeof(double)),
                      .place = arena_new(&scratch, 2 * padded, sizeof(float)),
                      .row = arena_new(&scratch, padded, sizeof(float)),
                      .add = arena_new(&scratch, trace->T * trace->C, sizeof(double))};
    trace->causal = glass->causal || options->causal;
    trace->score_scale = scale_of(options, D);
    if (cross)
        cross->score_scale = trace->score_scale;
    for (size_t t = 0; t < most; t++)
        place_of(t, options->no_position, run.places + t * PLACE_DIMS);
    for (size_t layer = 0; layer < glass->L && done; layer++)
        done = run_layer(&run, layer);
    arena_free(&scratch);
    return done || err_set(err, ERR_INTERRUPTED, "Stopped.");
}

/* What traces of both kinds of heads have: `n` names of heads, arrays for T x S. */
static void lay_trace(const struct glass *glass, struct trace *trace)
{
    struct arena *memory = &trace->memory;
    size_t heads = glass->L * trace->H;
    struct head_name *names = arena_new(memory, heads, sizeof *names);
    trace->synthetic = true;
    trace->L = glass->L;
    trace->D = glass->stream->slots;
    trace->C = glass->stream->width;
    trace->dim_names = glass->stream->names;
    double *gain = arena_new(memory, heads, sizeof *gain);
    for (size_t i = 0; i < heads; i++) {
        const struct glass_head *head =
            glass_head_of(glass, trace, i / trace->H, i % trace->H);
        names[i] = head->label;
        gain[i] = head->gain;
    }
    trace->heads = names;
    trace->gain = gain;
    trace->weights = arena_new(memory, heads * trace->T * trace->S, sizeof(float));
    trace->query = arena_new(memory, heads * trace->T * trace->D, sizeof(float));
    trace->key = arena_new(memory, heads * trace->S * trace->D, sizeof(float));
    trace->value = arena_new(memory, heads * trace->S * trace->D, sizeof(float));
    trace->value_norm = arena_new(memory, heads * trace->S, sizeof(float));
}

void glass_trace(const struct glass *glass, const struct token *tokens, size_t n,
                 struct trace *trace)
{
    trace->attention = ATTENTION_SELF;
    trace->rows = trace->cols = tokens;
    trace->T = trace->S = n;
    trace->H = glass->H;
    lay_trace(glass, trace);
    trace->hidden =
        arena_new(&trace->memory, (glass->L + 1) * n * trace->C, sizeof(float));
}

void glass_cross_trace(const struct glass *glass, const struct trace *self,
                       const struct trace *source, struct trace *cross)
{
    cross->attention = ATTENTION_CROSS;
    cross->rows = self->rows;
    cross->cols = source->rows;
    cross->T = self->T;
    cross->S = source->T;
    cross->H = glass->X;
    lay_trace(glass, cross);
    cross->hidden = self->hidden;
    cross->source = source->hidden + source->L * source->T * source->C;
    cross->source_C = source->C;
    cross->source_names = source->dim_names;
}

const struct glass_head *glass_head_of(const struct glass *glass,
                                       const struct trace *trace, size_t layer,
                                       size_t head)
{
    bool cross = trace->attention == ATTENTION_CROSS;
    return &(cross ? glass->layers[layer].cross : glass->layers[layer].heads)[head];
}

double glass_place_score(const struct glass_head *head, size_t row, size_t col,
                         bool no_position)
{
    double x[PLACE_DIMS], y[PLACE_DIMS];
    place_of(row, no_position, x);
    place_of(col, no_position, y);
    return place_product(head, x, y);
}
