/* glass_family.c - the glass family behind the one face of all models. */
#include "attn/model/embedding.h"
#include "attn/model/family.h"
#include "attn/model/glass.h"
#include "attn/model/wordlevel.h"

static bool tokenize(const void *self, const char *text, size_t length,
                     struct arena *arena, const struct token **tokens, size_t *n,
                     struct err *err)
{
    (void)self; /* all of this family share the words */
    size_t words = wordlevel_cut(text, length, arena, tokens);
    if (words == 0) {
        err_set(err, ERR_NO_SENTENCE, "There is no word in this sentence.");
        return err_try(err, "Try:", "sentence \"I love AI\"");
    }
    if (words > TRACE_MAX_WORDS)
        return err_set(err, ERR_TOO_LARGE,
                       "This text has %zu words; this model reads at most %d at once. "
                       "Take a shorter part of it.",
                       words, TRACE_MAX_WORDS);
    *n = words + 1;
    return true;
}

static bool run(const void *self, const struct token *tokens, size_t n,
                const struct model_options *options, struct trace *trace,
                struct err *err)
{
    glass_trace(self, tokens, n, trace);
    trace->causal = options->causal;
    embedding_fill(tokens, n, options->no_position, trace->hidden);
    return glass_forward(self, options, trace, err);
}

static bool why(const void *self, const struct trace *trace, struct score_at at,
                struct arena *arena, struct score *score, struct err *err)
{
    return glass_why(self, trace, at, arena, score, err);
}

static struct origin origin(const void *self, const struct trace *trace, size_t layer,
                            size_t token, size_t dim)
{
    return glass_origin(self, trace, layer, token, dim);
}

static size_t rules(const void *self, size_t layer, size_t head, struct arena *arena,
                    const char *const **lines)
{
    const struct glass *glass = self;
    (void)arena; /* they live as long as the model */
    if (layer >= glass->L || head >= glass->H)
        return 0;
    *lines = glass->layers[layer].heads[head].lines;
    return glass->layers[layer].heads[head].n_lines;
}

const struct family glass_family = {"glass", tokenize, run, why, origin, rules};

static size_t nonzero(const struct glass *glass)
{
    size_t n = 0;
    for (size_t l = 0; l < glass->L; l++) {
        const struct glass_layer *layer = &glass->layers[l];
        for (size_t h = 0; h < glass->H; h++)
            n += layer->heads[h].Q.n + layer->heads[h].K.n + layer->heads[h].V.n +
                 layer->heads[h].O.n;
        n += layer->W1.n + layer->W2.n + layer->n_neurons;
    }
    return n;
}

void glass_describe(struct model *model)
{
    const struct glass *glass = model->self;
    struct model_info *info = &model->info;
    struct head_name *heads =
        arena_new(&model->memory, glass->L * glass->H, sizeof *heads);
    info->architecture = arena_print(
        &model->memory, "encoder, %zu layers x %zu heads, ReLU feed-forward", glass->L,
        glass->H);
    info->L = glass->L;
    info->H = glass->H;
    info->D = GLASS_SLOTS;
    info->C = GLASS_WIDTH;
    info->max_words = TRACE_MAX_WORDS;
    info->synthetic = true;
    info->nonzero = nonzero(glass);
    info->parameters = glass->L * glass->H * 4 * (size_t)GLASS_WIDTH * GLASS_SLOTS;
    for (size_t l = 0; l < glass->L; l++) {
        info->parameters += glass->layers[l].n_neurons * (2 * GLASS_WIDTH + 1);
        for (size_t h = 0; h < glass->H; h++)
            heads[l * glass->H + h] = glass->layers[l].heads[h].label;
    }
    info->heads = heads;
}
