/* translate.c - the model translate: two models of the glass family, of which the
 * second looks at the first. */
#include "attn/model/translate.h"

#include <string.h>

#include "attn/base/utf8.h"
#include "attn/model/builtins.h"
#include "attn/model/dictionary.h"
#include "attn/model/glass.h"
#include "attn/model/translate_say.h"
#include "attn/model/translate_words.h"

/* One run of both. All of it lives in one arena, which moves from trace to trace as
 * each is made and ends in the one that is kept. */
struct pair {
    const struct model_options *options;
    struct trace encoder, decoder, cross;
};

static bool check_length(size_t words, const char *which, struct err *err)
{
    if (words == 0) {
        err_set(err, ERR_NO_SENTENCE, "There is no word in the %s.", which);
        return err_try(err, "Try:", "sentence \"The black cat sleeps\"");
    }
    return words <= TRANSLATE_MOST_WORDS ||
           err_set(
               err, ERR_TOO_LARGE,
               "The %s has %zu words; the model translate reads at most %d at once. "
               "Take a shorter part of it.",
               which, words, TRANSLATE_MOST_WORDS);
}

static bool tokenize(const void *self, const char *text, size_t length,
                     struct arena *arena, const struct token **tokens, size_t *n,
                     struct err *err)
{
    (void)self;
    size_t words = translate_cut_english(text, length, arena, tokens);
    *n = words + 1;
    return check_length(words, "sentence", err);
}

/* What all traces of a run say of it. */
static void begin_trace(struct trace *trace, const struct trace *like,
                        struct arena *memory)
{
    *trace = (struct trace){
        .memory = *memory, .model = like->model, .sentence = like->sentence};
    *memory = (struct arena){0};
}

static void end_trace(struct trace *trace, struct arena *memory)
{
    *memory = trace->memory;
    trace->memory = (struct arena){0};
}

static bool encode(struct pair *pair, const struct token *tokens, size_t n,
                   const struct trace *like, struct arena *memory, struct err *err)
{
    struct model_options options = *pair->options;
    options.muted = NULL; /* no head of this model is muted */
    begin_trace(&pair->encoder, like, memory);
    glass_trace(&english_glass, tokens, n, &pair->encoder);
    pair->encoder.attention = ATTENTION_ENCODER;
    translate_fill_english(tokens, n, pair->options->no_position, pair->encoder.hidden);
    bool done = glass_forward(&english_glass, &options, &pair->encoder, NULL, err);
    end_trace(&pair->encoder, memory);
    return done;
}

/* The decoder's mask is its own: what `causal` asks concerns the encoder. */
static bool decode(struct pair *pair, const struct token *tokens, size_t n,
                   const struct trace *like, struct arena *memory, struct err *err)
{
    struct model_options options = *pair->options;
    options.causal = false;
    options.muted = NULL;
    begin_trace(&pair->decoder, like, memory);
    glass_trace(&translate_glass, tokens, n, &pair->decoder);
    translate_fill_french(tokens, n, options.no_position, pair->decoder.hidden);
    end_trace(&pair->decoder, memory);
    begin_trace(&pair->cross, like, memory);
    glass_cross_trace(&translate_glass, &pair->decoder, &pair->encoder, &pair->cross);
    bool done =
        glass_forward(&translate_glass, &options, &pair->decoder, &pair->cross, err);
    pair->decoder.attention = ATTENTION_DECODER;
    end_trace(&pair->cross, memory);
    return done;
}

/* Before a vowel the word before changes its form: le ami is l'ami. */
static void elide(struct token *tokens, size_t n, const char *next)
{
    const char *joined = n > 1 ? dictionary_before(tokens[n - 1].text) : NULL;
    if (joined && dictionary_vowel(next, strlen(next)))
        tokens[n - 1] = translate_token(joined, tokens[n - 1].position);
}

/* Greedy: the decoder runs on what it has said so far, and says the best next word. */
static bool write_french(struct pair *pair, const struct trace *like,
                         struct token *tokens, size_t *n, struct err *err)
{
    const struct trace *encoder = &pair->encoder;
    tokens[0] = encoder->rows[0];
    for (*n = 1; *n <= TRANSLATE_MOST_WORDS;) {
        struct arena scratch = {0};
        bool done = decode(pair, tokens, *n, like, &scratch, err);
        const float *last =
            pair->decoder.hidden + (pair->decoder.L * *n + *n - 1) * pair->decoder.C;
        const char *next =
            done ? translate_next(last, encoder->rows, encoder->T) : NULL;
        arena_free(&scratch);
        if (!next)
            return done;
        elide(tokens, *n, next);
        tokens[*n] = translate_token(next, (int)*n - 1);
        ++*n;
    }
    return true;
}

/* Where each word stands in the text that they make together. */
static void place_words(struct token *tokens, size_t n, struct arena *arena)
{
    for (size_t i = 1; i < n; i++) {
        const char *before = translate_write(tokens, i, arena);
        const char *with = translate_write(tokens, i + 1, arena);
        size_t length = strlen(with), points = utf8_count(with, length);
        size_t own = utf8_count(tokens[i].text, strlen(tokens[i].text));
        (void)before;
        tokens[i].end = points;
        tokens[i].start = points > own ? points - own : 0;
    }
}

static bool second(const void *self, const struct model_input *input,
                   struct arena *arena, struct second *made, struct err *err)
{
    const struct model_options options = {0};
    struct pair pair = {.options = &options};
    const struct trace like = {.model = "translate"};
    const struct token *english, *typed;
    struct arena memory = {0};
    size_t n, m;
    *made = (struct second){0};
    if (!tokenize(self, input->text, input->length, arena, &english, &n, err))
        return false;
    if (input->target) {
        made->n =
            translate_cut_french(input->target, input->target_length, arena, &typed) +
            1;
        made->tokens = typed;
        made->text = arena_copy(arena, input->target, input->target_length);
        return check_length(made->n - 1, "second sentence", err);
    }
    struct token *tokens = arena_new(arena, TRANSLATE_MOST_WORDS + 1, sizeof *tokens);
    bool done = encode(&pair, english, n, &like, &memory, err) &&
                write_french(&pair, &like, tokens, &m, err);
    if (done) {
        for (size_t i = 0; i < m; i++)
            tokens[i].text = arena_copy(arena, tokens[i].text, strlen(tokens[i].text));
        place_words(tokens, m, arena);
        made->tokens = tokens;
        made->n = m;
        made->text = translate_write(tokens, m, arena);
    }
    arena_free(&memory);
    return done;
}

static bool run(const void *self, const struct model_input *input,
                const struct model_options *options, struct trace *trace,
                struct err *err)
{
    struct pair pair = {.options = options};
    struct arena memory = trace->memory;
    const struct trace like = {.model = trace->model, .sentence = trace->sentence};
    const struct token *english;
    struct second given = {.tokens = input->second, .n = input->n_second};
    size_t n;
    trace->memory = (struct arena){0};
    bool done =
        tokenize(self, input->text, input->length, &memory, &english, &n, err) &&
        (given.tokens || second(self, input, &memory, &given, err)) &&
        encode(&pair, english, n, &like, &memory, err) &&
        decode(&pair, given.tokens, given.n, &like, &memory, err);
    if (done)
        *trace = input->attention == ATTENTION_ENCODER   ? pair.encoder
                 : input->attention == ATTENTION_DECODER ? pair.decoder
                                                         : pair.cross;
    trace->memory = memory;
    return done;
}

static const struct glass *glass_of(enum attention attention)
{
    return attention == ATTENTION_ENCODER ? &english_glass : &translate_glass;
}

static bool why(const void *self, const struct trace *trace, struct score_at at,
                struct arena *arena, struct score *score, struct err *err)
{
    (void)self;
    return glass_why(glass_of(trace->attention), trace, at, arena, score, err);
}

static struct origin origin(const void *self, const struct trace *trace, size_t layer,
                            size_t token, size_t dim)
{
    (void)self;
    return glass_origin(glass_of(trace->attention), trace, layer, token, dim);
}

static size_t rules(const void *self, enum attention attention, size_t layer,
                    size_t head, struct arena *arena, const char *const **lines)
{
    const struct glass *glass = glass_of(attention);
    bool cross = attention != ATTENTION_ENCODER && attention != ATTENTION_DECODER;
    (void)self;
    (void)arena; /* they live as long as the model */
    if (layer >= glass->L || head >= (cross ? glass->X : glass->H))
        return 0;
    const struct glass_head *at =
        &(cross ? glass->layers[layer].cross : glass->layers[layer].heads)[head];
    *lines = at->lines;
    return at->n_lines;
}

static bool projection(const void *self, const struct trace *trace,
                       struct projection_at at, struct arena *arena,
                       const double **weights, struct err *err)
{
    (void)self;
    (void)err; /* every matrix can be shown */
    *weights = glass_projection(glass_of(trace->attention), trace, at, arena);
    return true;
}

static void scores(const void *self, const struct trace *trace, struct score_at at,
                   double *to)
{
    (void)self;
    glass_scores(glass_of(trace->attention), trace, at, to);
}

static uint64_t place_numbers(const void *self, const struct trace *trace, size_t layer,
                              size_t head)
{
    (void)self;
    return glass_head_of(glass_of(trace->attention), trace, layer, head)->place_slots;
}

const struct family translate_family = {
    .name = "translate",
    .tokenize = tokenize,
    .run = run,
    .why = why,
    .origin = origin,
    .projection = projection,
    .scores = scores,
    .place_numbers = place_numbers,
    .rules = rules,
    .second = second,
};

static void describe_part(struct model *model, enum attention attention,
                          const struct glass *glass, size_t H)
{
    struct model_info *info = arena_new(&model->memory, 1, sizeof *info);
    const struct trace like = {.attention = attention};
    struct head_name *heads = arena_new(&model->memory, glass->L * H, sizeof *heads);
    *info = model->info;
    for (size_t i = 0; i < glass->L * H; i++)
        heads[i] = glass_head_of(glass, &like, i / H, i % H)->label;
    info->L = glass->L;
    info->H = H;
    info->D = glass->stream->slots;
    info->C = glass->stream->width;
    info->causal = attention == ATTENTION_DECODER;
    info->heads = heads;
    model->parts[attention] = info;
}

void translate_open(struct model *model)
{
    struct model_info *info = &model->info;
    model->family = &translate_family;
    model->self = &translate_glass;
    info->architecture = arena_print(
        &model->memory,
        "encoder, %zu layers x %zu heads, and causal decoder, %zu layers x (%zu heads "
        "of its own + %zu that look at the encoder), ReLU feed-forward",
        english_glass.L, english_glass.H, translate_glass.L, translate_glass.H,
        translate_glass.X);
    info->real = arena_print(
        &model->memory,
        "The arithmetic is that of a real transformer; rules and dictionary are "
        "written "
        "by hand: %zu English words, %zu French forms. It knows the present tense, "
        "agreement, word order, not, and me, him, her; no past, no questions, no "
        "possessive 's, no second adjective behind a noun. A word that it lacks is "
        "copied.",
        dictionary_size(), dictionary_forms());
    info->max_words = TRANSLATE_MOST_WORDS;
    info->synthetic = true;
    info->pairs = true;
    info->nonzero = glass_nonzero(&english_glass) + glass_nonzero(&translate_glass);
    info->parameters =
        glass_parameters(&english_glass) + glass_parameters(&translate_glass);
    describe_part(model, ATTENTION_ENCODER, &english_glass, english_glass.H);
    describe_part(model, ATTENTION_DECODER, &translate_glass, translate_glass.H);
    describe_part(model, ATTENTION_CROSS, &translate_glass, translate_glass.X);
    model->parts[ATTENTION_SELF] = model->parts[ATTENTION_CROSS];
    info->L = translate_glass.L;
    info->H = translate_glass.X;
    info->D = translate_glass.stream->slots;
    info->C = translate_glass.stream->width;
    info->heads = model->parts[ATTENTION_CROSS]->heads;
}
