#include "attn/analyse/rollout.h"

#include <string.h>

#include "attn/tensor/ops.h"

void rollout_layer(const struct trace *trace, size_t layer, float *mixed)
{
    size_t n = trace->T;
    float share = 0.5F / (float)trace->H;
    memset(mixed, 0, n * n * sizeof *mixed);
    for (size_t h = 0; h < trace->H; h++) {
        const float *weights = trace_head(trace, layer, h);
        for (size_t k = 0; k < n * n; k++)
            mixed[k] += share * weights[k];
    }
    for (size_t i = 0; i < n; i++)
        mixed[i * n + i] += 0.5F;
}

bool rollout_suits(const struct trace *trace, struct err *err)
{
    if (trace->attention != ATTENTION_CROSS && trace->T == trace->S)
        return true;
    return err_set(err, ERR_UNSUITED,
                   "Layers of cross-attention do not build on one another, so there is "
                   "nothing to accumulate.");
}

static bool stopped(const atomic_bool *stop)
{
    return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

/* What the loops share: rows of `before` and `after` are `padded` floats long. */
struct rolling {
    size_t n, padded;
    float *mixed, *before, *after;
};

/* after = mixed · before */
static bool chain(struct rolling *rolling, const atomic_bool *stop)
{
    size_t n = rolling->n, padded = rolling->padded;
    memset(rolling->after, 0, n * padded * sizeof *rolling->after);
    for (size_t i = 0; i < n; i++) {
        if (stopped(stop))
            return false;
        for (size_t k = 0; k < n; k++)
            if (rolling->mixed[i * n + k] > 0)
                ops_add(rolling->after + i * padded, rolling->before + k * padded,
                        rolling->mixed[i * n + k], padded);
    }
    float *swap = rolling->before;
    rolling->before = rolling->after;
    rolling->after = swap;
    return true;
}

bool rollout_upto(const struct trace *trace, size_t layer, const atomic_bool *stop,
                  float *made, struct err *err)
{
    struct arena scratch = {0};
    size_t n = trace->T, padded = ops_padded(n);
    bool done = true;
    if (!rollout_suits(trace, err))
        return false;
    struct rolling rolling = {
        .n = n,
        .padded = padded,
        .mixed = arena_new(&scratch, n * n, sizeof(float)),
        .before = arena_new(&scratch, n * padded, sizeof(float)),
        .after = arena_new(&scratch, n * padded, sizeof(float)),
    };
    for (size_t i = 0; i < n; i++)
        rolling.before[i * padded + i] = 1;
    for (size_t l = 0; l <= layer && done; l++) {
        rollout_layer(trace, l, rolling.mixed);
        done = chain(&rolling, stop);
    }
    for (size_t i = 0; i < n && done; i++)
        memcpy(made + i * n, rolling.before + i * padded, n * sizeof *made);
    arena_free(&scratch);
    return done || err_set(err, ERR_INTERRUPTED, "Interrupted.");
}
