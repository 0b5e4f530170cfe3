/* glass_family.c - the glass family behind the one face of all models. */
#include "attn/model/decoder.h"
#include "attn/model/decoder_dims.h"
#include "attn/model/embedding.h"
#include "attn/model/family.h"
#include "attn/model/glass.h"
#include "attn/model/glass_dims.h"
#include "attn/model/lesson144_dims.h"
#include "attn/model/wordlevel.h"

static void lesson_fill(const struct glass *glass, const struct token *tokens, size_t n,
                        bool no_position, float *x)
{
    (void)glass; /* its words are all in the lexicon */
    embedding_fill(tokens, n, no_position, x);
}

static void lesson144_fill(const struct glass *glass, const struct token *tokens,
                           size_t n, bool no_position, float *x)
{
    (void)glass;
    embedding_fill_144(tokens, n, no_position, x);
}

/* What the models of one stream share beside their rules. */
static const struct kit {
    const struct stream *stream;
    /* Writes the input rows [n, C], zeroed before, of tokens of which the first is <s>.
     */
    void (*fill)(const struct glass *glass, const struct token *tokens, size_t n,
                 bool no_position, float *x);
} kits[] = {{&lesson_stream, lesson_fill},
            {&decoder_stream, decoder_fill},
            {&lesson144_stream, lesson144_fill}};

static const struct kit *kit_of(const struct glass *glass)
{
    for (size_t i = 0; i < sizeof kits / sizeof *kits; i++)
        if (kits[i].stream == glass->stream)
            return &kits[i];
    return NULL;
}

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

static bool run(const void *self, const struct model_input *input,
                const struct model_options *options, struct trace *trace,
                struct err *err)
{
    const struct token *tokens;
    size_t n;
    if (!tokenize(self, input->text, input->length, &trace->memory, &tokens, &n, err))
        return false;
    glass_trace(self, tokens, n, trace);
    kit_of(self)->fill(self, tokens, n, options->no_position, trace->hidden);
    return glass_forward(self, options, trace, NULL, err);
}

static const struct next *next(const void *self, const struct trace *trace,
                               struct next_ask ask, struct arena *arena,
                               struct err *err)
{
    return glass_next(self, trace, ask, arena, err);
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

static size_t rules(const void *self, enum attention attention, size_t layer,
                    size_t head, struct arena *arena, const char *const **lines)
{
    (void)attention; /* it has one */
    const struct glass *glass = self;
    (void)arena; /* they live as long as the model */
    if (layer >= glass->L || head >= glass->H)
        return 0;
    *lines = glass->layers[layer].heads[head].lines;
    return glass->layers[layer].heads[head].n_lines;
}

static bool projection(const void *self, const struct trace *trace,
                       struct projection_at at, struct arena *arena,
                       const double **weights, struct err *err)
{
    (void)err; /* every matrix can be shown */
    *weights = glass_projection(self, trace, at, arena);
    return true;
}

static void scores(const void *self, const struct trace *trace, struct score_at at,
                   double *to)
{
    glass_scores(self, trace, at, to);
}

static uint64_t place_numbers(const void *self, const struct trace *trace, size_t layer,
                              size_t head)
{
    return glass_head_of(self, trace, layer, head)->place_slots;
}

const struct family glass_family = {
    .name = "glass",
    .tokenize = tokenize,
    .run = run,
    .next = next,
    .why = why,
    .origin = origin,
    .projection = projection,
    .scores = scores,
    .place_numbers = place_numbers,
    .rules = rules,
};

static size_t head_nonzero(const struct glass_head *head)
{
    return head->Q.n + head->K.n + head->V.n + head->O.n;
}

size_t glass_nonzero(const struct glass *glass)
{
    size_t n = 0;
    for (size_t l = 0; l < glass->L; l++) {
        const struct glass_layer *layer = &glass->layers[l];
        for (size_t h = 0; h < glass->H; h++)
            n += head_nonzero(&layer->heads[h]);
        for (size_t h = 0; h < glass->X; h++)
            n += head_nonzero(&layer->cross[h]);
        n += layer->W1.n + layer->W2.n + layer->n_neurons;
    }
    if (glass->next)
        n += glass->next->Q.n + glass->next->K.n;
    return n;
}

size_t glass_parameters(const struct glass *glass)
{
    size_t C = glass->stream->width, D = glass->stream->slots;
    size_t source = glass->source ? glass->source->width : 0;
    size_t n = glass->L * D * (glass->H * 4 * C + glass->X * 2 * (C + source));
    for (size_t l = 0; l < glass->L; l++)
        n += glass->layers[l].n_neurons * (2 * C + 1);
    return n + (glass->next ? 2 * C * GLASS_NEXT_SLOTS : 0);
}

static void describe(struct model *model, const struct glass *glass)
{
    struct model_info *info = &model->info;
    struct head_name *heads =
        arena_new(&model->memory, glass->L * glass->H, sizeof *heads);
    for (size_t i = 0; i < glass->L * glass->H; i++)
        heads[i] = glass->layers[i / glass->H].heads[i % glass->H].label;
    info->architecture =
        arena_print(&model->memory, "%s, %zu layers x %zu heads, ReLU feed-forward",
                    glass->causal ? "causal decoder" : "encoder", glass->L, glass->H);
    info->L = glass->L;
    info->H = glass->H;
    info->D = glass->stream->slots;
    info->C = glass->stream->width;
    info->max_words = TRACE_MAX_WORDS;
    info->synthetic = true;
    info->causal = glass->causal;
    info->predicts = glass->next != NULL;
    info->nonzero = glass_nonzero(glass);
    info->parameters = glass_parameters(glass);
    info->heads = heads;
}

bool glass_open(struct model *model, const struct glass *glass, struct err *err)
{
    if (glass->X > 0 || !kit_of(glass))
        return err_set(
            err, ERR_BAD_FILE,
            "These rules are half a model: their cross heads look at the words "
            "of another one.");
    model->family = &glass_family;
    model->self = glass;
    describe(model, glass);
    return true;
}
