/* glass_origin.c - where a value of the stream came from: of all that was ever added to
 * it, the largest part. */
#include <math.h>

#include "attn/model/glass.h"

/* A value whose origin is asked for. */
struct question {
    const struct glass *glass;
    const struct trace *trace;
    size_t token, dim;
};

static const float *hidden_at(const struct trace *trace, size_t layer, size_t token)
{
    return trace->hidden + (layer * trace->T + token) * trace->C;
}

/* What a weight of 1 on `col` brings: value `col` of the head, times W_O, at the dim.
 */
static double brings(const struct question *ask, size_t layer,
                     const struct glass_head *head, size_t col)
{
    const struct trace *trace = ask->trace;
    const float *x = trace->source ? trace->source + col * trace->source_C
                                   : hidden_at(trace, layer, col);
    double sum = 0;
    for (size_t o = 0; o < head->O.n; o++) {
        const struct weight *out = &head->O.at[o];
        for (size_t v = 0; v < head->V.n && out->to == ask->dim; v++)
            if (head->V.at[v].to == out->from)
                sum += (double)x[head->V.at[v].from] * head->V.at[v].value * out->value;
    }
    return sum;
}

static bool writes(const struct matrix *out, size_t dim)
{
    for (size_t i = 0; i < out->n; i++)
        if (out->at[i].to == dim)
            return true;
    return false;
}

/* The part that a head added, and the column that gave most of it. */
static double from_head(const struct question *ask, size_t layer, size_t h,
                        struct origin *origin)
{
    const struct glass_head *head = glass_head_of(ask->glass, ask->trace, layer, h);
    const float *weights = trace_row(ask->trace, layer, h, ask->token);
    double sum = 0, most = -1;
    *origin = (struct origin){.kind = ORIGIN_HEAD, .layer = layer, .head = h};
    for (size_t col = 0; col < ask->trace->S && writes(&head->O, ask->dim); col++) {
        double part = (double)weights[col] * brings(ask, layer, head, col);
        sum += part;
        if (fabs(part) > most) {
            most = fabs(part);
            origin->token = col;
            origin->share = weights[col];
        }
    }
    return sum;
}

/* The value that a layer's feed-forward saw: after the heads, before its own rules. */
static double seen_by_rules(const struct question *ask, size_t layer, size_t dim)
{
    struct question other = {ask->glass, ask->trace, ask->token, dim};
    struct origin unused;
    if (!writes(&ask->glass->layers[layer].W2, dim))
        return (double)hidden_at(ask->trace, layer + 1, ask->token)[dim];
    double value = (double)hidden_at(ask->trace, layer, ask->token)[dim];
    for (size_t h = 0; h < ask->trace->H; h++)
        value += from_head(&other, layer, h, &unused);
    return value;
}

/* Keeps the four largest inputs of neuron `neuron`; gates (a flag's +30) are no input.
 */
static void name_inputs(const struct question *ask, size_t layer, size_t neuron,
                        struct origin *origin)
{
    const struct matrix *W1 = &ask->glass->layers[layer].W1;
    double size[4] = {0};
    for (size_t i = 0; i < W1->n; i++) {
        const struct weight *w = &W1->at[i];
        if (w->to != neuron || fabs(w->value) >= 25)
            continue;
        double part = fabs(seen_by_rules(ask, layer, w->from) * w->value);
        size_t at = 4;
        while (at > 0 && part > size[at - 1] && part > 1e-6)
            at--;
        if (at == 4)
            continue;
        for (size_t k = 3; k > at; k--) {
            size[k] = size[k - 1];
            origin->dims[k] = origin->dims[k - 1];
        }
        size[at] = part;
        origin->dims[at] = w->from;
        origin->n_dims += origin->n_dims < 4;
    }
}

static double neuron_out(const struct question *ask, size_t layer, size_t neuron)
{
    const struct glass_layer *rules = &ask->glass->layers[layer];
    double in = rules->b[neuron], out = 0;
    for (size_t i = 0; i < rules->W1.n; i++)
        if (rules->W1.at[i].to == neuron)
            in +=
                seen_by_rules(ask, layer, rules->W1.at[i].from) * rules->W1.at[i].value;
    for (size_t i = 0; i < rules->W2.n; i++)
        if (rules->W2.at[i].from == neuron && rules->W2.at[i].to == ask->dim)
            out += rules->W2.at[i].value;
    return in > 0 ? in * out : 0;
}

/* The part that a layer's feed-forward added, and the rule that gave most of it. */
static double from_rules(const struct question *ask, size_t layer,
                         struct origin *origin)
{
    const struct glass_layer *rules = &ask->glass->layers[layer];
    double sum = 0, most = 0;
    size_t best = 0;
    for (size_t r = 0; 2 * r + 1 < rules->n_neurons; r++) {
        double part = neuron_out(ask, layer, 2 * r) + neuron_out(ask, layer, 2 * r + 1);
        sum += part;
        if (fabs(part) > most) {
            most = fabs(part);
            best = r;
        }
    }
    *origin = (struct origin){.kind = ORIGIN_FFN, .layer = layer};
    if (most > 0) {
        origin->rule = rules->ramps[best];
        name_inputs(ask, layer, 2 * best, origin);
    }
    return sum;
}

/* The largest part that one layer added; 0 where the stream shows that it added none
 * (a muted head would have). */
static double from_layer(const struct question *ask, size_t layer,
                         struct origin *origin)
{
    double before = (double)hidden_at(ask->trace, layer, ask->token)[ask->dim];
    double after = (double)hidden_at(ask->trace, layer + 1, ask->token)[ask->dim];
    double most = 0;
    if (fabs(after - before) < 1e-7)
        return 0;
    for (size_t h = 0; h < ask->trace->H; h++) {
        struct origin head;
        double part = fabs(from_head(ask, layer, h, &head));
        if (part > most) {
            most = part;
            *origin = head;
        }
    }
    if (writes(&ask->glass->layers[layer].W2, ask->dim)) {
        struct origin rule;
        double part = fabs(from_rules(ask, layer, &rule));
        if (part > most) {
            most = part;
            *origin = rule;
        }
    }
    return most;
}

struct origin glass_origin(const struct glass *glass, const struct trace *trace,
                           size_t layer, size_t token, size_t dim)
{
    struct question ask = {glass, trace, token, dim};
    struct origin best = {.kind = dim < FRAME_WORD ? ORIGIN_POSITION : ORIGIN_WORD};
    if (token >= trace->T || dim >= trace->C || layer > trace->L)
        return best;
    double most = fabs((double)hidden_at(trace, 0, token)[dim]);
    for (size_t l = 0; l < layer; l++) {
        struct origin origin = best;
        double part = from_layer(&ask, l, &origin);
        if (part > most) {
            most = part;
            best = origin;
        }
    }
    return best;
}
