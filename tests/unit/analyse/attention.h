/* attention.h - hand-made attention for the tests of what is computed from it. */
#ifndef TESTS_UNIT_ANALYSE_ATTENTION_H
#define TESTS_UNIT_ANALYSE_ATTENTION_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "attn/base/mem.h"
#include "attn/tensor/trace.h"

/* The worked example of two layers with one head over three tokens. */
static const float two_layers[2 * 3 * 3] = {1, 0, 0, .5F, .5F, 0, .2F, .3F, .5F,
                                            1, 0, 0, .9F, .1F, 0, .6F, .3F, .1F};

struct made {
    struct trace trace;
    struct token *tokens;
};

/* A trace of L layers of H heads over `n` words; weights, value_norm are copied where
 * given, else 0. */
static inline struct made made_new(size_t L, size_t H, size_t n, const float *weights)
{
    struct made made = {.tokens = mem_new(n, sizeof *made.tokens)};
    made.trace = (struct trace){.T = n,
                                .S = n,
                                .L = L,
                                .H = H,
                                .rows = made.tokens,
                                .cols = made.tokens,
                                .weights = mem_new(L * H * n * n, sizeof(float)),
                                .value_norm = mem_new(L * H * n, sizeof(float))};
    for (size_t i = 0; i < n; i++)
        made.tokens[i] =
            (struct token){.text = "w", .id = (int64_t)i, .position = (int)i};
    for (size_t k = 0; weights && k < L * H * n * n; k++)
        made.trace.weights[k] = weights[k];
    return made;
}

static inline void made_free(struct made *made)
{
    free(made->tokens);
    free(made->trace.weights);
    free(made->trace.value_norm);
}

/* Softmax of random scores, wide enough to be sparse-ish; the same for the same seed.
 */
static inline void made_random(struct made *made, double sharp, uint64_t seed)
{
    struct trace *trace = &made->trace;
    size_t n = trace->T;
    for (size_t r = 0; r < trace->L * trace->H * n; r++) {
        float *row = trace->weights + r * n;
        size_t allowed = trace->causal ? r % n + 1 : n;
        double sum = 0;
        for (size_t j = 0; j < allowed; j++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            row[j] = (float)exp(sharp * (double)(seed >> 40) / (1 << 24));
            sum += (double)row[j];
        }
        for (size_t j = 0; j < allowed; j++)
            row[j] = (float)((double)row[j] / sum);
    }
}

#endif
