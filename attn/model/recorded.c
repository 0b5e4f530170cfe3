/* recorded.c - the family of recordings: models of which only runs are left.
 *
 * Each knows the sentences that it was recorded with. Nothing can be computed anew: not
 * another sentence, nor the same one under other settings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/file.h"
#include "attn/base/utf8.h"
#include "attn/model/family.h"
#include "attn/model/lexicon.h"
#include "attn/tensor/recording.h"

enum { SHOWN = 100 }; /* characters of a sentence in a message */

/* Runs of one model, each of another sentence; traces borrow from them. */
struct recorded {
    struct recording *at; /* [n] */
    size_t n;
};

/* ---- the sentence */

static void no_blanks(const char **text, size_t *length)
{
    while (*length && strchr(" \t\n\r", (*text)[0]) && (*text)[0]) {
        ++*text;
        --*length;
    }
    while (*length && strchr(" \t\n\r", (*text)[*length - 1]) && (*text)[*length - 1])
        --*length;
}

static bool is_sentence(const char *text, size_t length, const char *own)
{
    size_t n = strlen(own);
    no_blanks(&text, &length);
    no_blanks(&own, &n);
    return n == length && memcmp(text, own, n) == 0;
}

static const char *list_of(const struct recorded *self, struct arena *arena)
{
    const char *list = "";
    for (size_t i = 0; i < self->n; i++) {
        const char *text = self->at[i].sentence;
        size_t length = strlen(text), shown = utf8_offset(text, length, SHOWN);
        list = arena_print(arena, "%s%s\"%.*s%s\"", list, i ? ", " : "", (int)shown,
                           text, shown < length ? "…" : "");
    }
    return list;
}

static bool other_sentence(const struct recorded *self, struct err *err)
{
    struct arena scratch = {0};
    if (self->n == 1)
        err_set(err, ERR_UNSUITED,
                "A recording knows one sentence and cannot read another. This one's is "
                "%s. A model that reads any sentence:",
                list_of(self, &scratch));
    else
        err_set(err, ERR_UNSUITED,
                "This recording holds %zu sentences and cannot read another; the model "
                "lesson reads any. Here are: %s.",
                self->n, list_of(self, &scratch));
    arena_free(&scratch);
    if (self->n == 1)
        return err_try(err, "type", "model lesson");
    return err_try(err, "Try:", "sentence \"%s\"", self->at[0].sentence);
}

/* The run of that sentence; NULL with *err set where there is none. */
static const struct recording *find(const struct recorded *self,
                                    const struct model_input *input, struct err *err)
{
    for (size_t i = 0; i < self->n; i++)
        if (is_sentence(input->text, input->length, self->at[i].sentence))
            return &self->at[i];
    other_sentence(self, err);
    return NULL;
}

/* The run that a trace was lent from. */
static const struct recording *lender(const struct recorded *self,
                                      const struct trace *trace)
{
    for (size_t i = 1; i < self->n; i++)
        if (self->at[i].tokens[0].at == trace->cols)
            return &self->at[i];
    return &self->at[0];
}

static bool tokenize(const void *self, const char *text, size_t length,
                     struct arena *arena, const struct token **tokens, size_t *n,
                     struct err *err)
{
    const struct model_input input = {.text = text, .length = length};
    const struct recording *of = find(self, &input, err);
    (void)arena; /* they live as long as the model */
    if (!of)
        return false;
    *tokens = of->tokens[0].at;
    *n = of->tokens[0].n;
    return true;
}

static bool second(const void *self, const struct model_input *input,
                   struct arena *arena, struct second *made, struct err *err)
{
    const struct recording *of = find(self, input, err);
    (void)arena;
    if (!of)
        return false;
    if (input->target && !is_sentence(input->target, input->target_length, of->target))
        return other_sentence(self, err);
    *made = (struct second){of->tokens[1].at, of->tokens[1].n, of->target};
    return true;
}

/* ---- a run */

static bool fixed(struct err *err, const char *what, const char *line)
{
    err_set(err, ERR_UNSUITED,
            "A recording cannot be run again: %s would need the model itself.", what);
    return err_try(err, "Try:", "%s", line);
}

static bool is_muted(const unsigned char *muted, size_t n)
{
    for (size_t i = 0; muted && i < n; i++)
        if (muted[i])
            return true;
    return false;
}

/* That nothing is asked for but what was recorded. */
static bool as_recorded(const struct recording_part *part, enum attention which,
                        const struct model_options *options, struct err *err)
{
    bool own = which == ATTENTION_SELF || which == ATTENTION_ENCODER;
    if (options->causal && own && !part->causal)
        return fixed(err, "a mask", "set mask auto");
    if (options->no_position)
        return fixed(err, "position off", "set position on");
    if (options->no_scale)
        return fixed(err, "scale off", "set scale on");
    if (options->no_attention)
        return fixed(err, "attention off", "set attention on");
    if (options->temperature > 0 && fabsf(options->temperature - 1) > 1e-6F)
        return fixed(err, "another temperature", "set temperature 1");
    return !is_muted(options->muted, part->L * part->H) ||
           fixed(err, "a muted head", "mute none");
}

static void lend(const struct recording *of, enum attention which, struct trace *trace)
{
    const struct recording_part *part = &of->parts[which];
    bool second = which == ATTENTION_DECODER || which == ATTENTION_CROSS;
    const struct recording_stream *stream = &of->streams[second];
    trace->attention = which;
    trace->synthetic = of->synthetic;
    trace->causal = part->causal;
    trace->T = part->T;
    trace->S = part->S;
    trace->L = part->L;
    trace->H = part->H;
    trace->C = stream->C;
    trace->D = of->D;
    trace->rows = of->tokens[second].at;
    trace->cols = of->tokens[which == ATTENTION_DECODER].at;
    trace->heads = part->heads;
    trace->weights = part->weights;
    trace->value_norm = part->value_norm;
    trace->hidden = stream->hidden;
    trace->dim_names = stream->names;
    trace->score_scale = 1;
    trace->output_only = of->output_only;
    if (which != ATTENTION_CROSS || !of->streams[0].hidden)
        return;
    trace->source = of->streams[0].hidden +
                    of->parts[ATTENTION_ENCODER].L * part->S * of->streams[0].C;
    trace->source_C = of->streams[0].C;
    trace->source_names = of->streams[0].names;
}

static bool run(const void *self, const struct model_input *input,
                const struct model_options *options, struct trace *trace,
                struct err *err)
{
    const struct recording *of = find(self, input, err);
    if (!of)
        return false;
    enum attention which = input->attention == ATTENTION_SELF && of->target
                               ? ATTENTION_CROSS
                               : input->attention;
    if (!as_recorded(&of->parts[which], which, options, err))
        return false;
    lend(of, which, trace);
    return true;
}

/* ---- asked afterwards */

static int by_logit(const void *a, const void *b)
{
    const struct next_item *x = a, *y = b;
    if (x->logit > y->logit || x->logit < y->logit)
        return x->logit < y->logit ? 1 : -1;
    return strcmp(x->token, y->token);
}

static const struct next *next(const void *self, const struct trace *trace,
                               struct next_ask ask, struct arena *arena,
                               struct err *err)
{
    const struct recording *of = lender(self, trace);
    struct next *all = arena_new(arena, 1, sizeof *all);
    struct next_item *items = arena_new(arena, of->vocabulary, sizeof *items);
    double by = ask.temperature > 0 ? (double)ask.temperature : 1, sum = 0;
    if (ask.row >= trace->T) {
        err_set(err, ERR_OUT_OF_RANGE, "There is no such word here.");
        return NULL;
    }
    for (size_t k = 0; k < of->vocabulary; k++) {
        float logit = of->logits[ask.row * of->vocabulary + k];
        if (logit > RECORDING_NEVER / 2)
            items[all->n++] = (struct next_item){.token = of->words[k],
                                                 .id = of->word_ids[k],
                                                 .logit = logit,
                                                 .because = ""};
    }
    qsort(items, all->n, sizeof *items, by_logit);
    for (size_t k = 0; k < all->n; k++)
        sum += exp(((double)items[k].logit - (double)items[0].logit) / by);
    for (size_t k = 0; k < all->n; k++)
        items[k].probability =
            (float)(exp(((double)items[k].logit - (double)items[0].logit) / by) / sum);
    all->items = items;
    if (all->n > 0)
        return all;
    err_set(err, ERR_UNSUITED, "The recording has no word for this place.");
    return NULL;
}

static bool lacks_vectors(struct err *err)
{
    err_set(err, ERR_UNSUITED,
            "The recording holds where each word looked, but no queries, keys and "
            "values: why it looked there cannot be worked out.");
    return err_try(err, "Try:", "look");
}

static bool why(const void *self, const struct trace *trace, struct score_at at,
                struct arena *arena, struct score *score, struct err *err)
{
    (void)self, (void)trace, (void)at, (void)arena;
    *score = (struct score){0};
    return lacks_vectors(err);
}

static bool projection(const void *self, const struct trace *trace,
                       struct projection_at at, struct arena *arena,
                       const double **weights, struct err *err)
{
    (void)self, (void)trace, (void)at, (void)arena;
    *weights = NULL;
    return lacks_vectors(err);
}

static void scores(const void *self, const struct trace *trace, struct score_at at,
                   double *to)
{
    (void)self, (void)at;
    memset(to, 0, trace->S * sizeof *to);
}

static const struct family recorded_family = {
    .name = "recorded",
    .tokenize = tokenize,
    .run = run,
    .next = next,
    .why = why,
    .projection = projection,
    .scores = scores,
    .second = second,
};

/* ---- opening */

/* What kinds of words these are, where the file does not say: their looks, and which
 * pronouns English has. All count as known, since the model that read them had them in
 * its vocabulary. */
static void judge_words(struct recording_tokens *tokens)
{
    const unsigned seen = TOKEN_PUNCTUATION | TOKEN_PRONOUN | TOKEN_NUMBER;
    for (size_t i = 0; i < tokens->n && !tokens->has_kinds; i++) {
        struct token *token = &tokens->at[i];
        if (token->flags & TOKEN_SPECIAL)
            continue;
        token->flags |= lexicon_find(token->text, strlen(token->text)).flags & seen;
        token->flags |= token->flags & TOKEN_PUNCTUATION ? 0 : TOKEN_KNOWN;
    }
}

static const char *architecture(const struct recording *of, struct arena *arena)
{
    const struct recording_part *part = &of->parts[ATTENTION_SELF];
    if (of->target)
        return "encoder and decoder, recorded";
    return arena_print(arena, "%zu layer%s x %zu head%s, %s, recorded", part->L,
                       part->L == 1 ? "" : "s", part->H, part->H == 1 ? "" : "s",
                       part->causal ? "causal" : "without a mask");
}

static const char *what_is_real(const struct recording *of, struct arena *arena)
{
    size_t cut = of->tokens[0].continued + of->tokens[1].continued;
    const char *pieces =
        cut ? arena_print(arena,
                          " It reads words in pieces: %zu of the tokens go on with the "
                          "word before them, and each is shown by itself.",
                          cut)
            : "";
    const char *made =
        of->changed ? arena_print(arena, ", made with %s", of->changed) : "";
    const char *said = of->real ? of->real
                       : of->synthetic
                           ? "The file says that the model was hand-built, not learned."
                           : "The file is taken at its word about the model.";
    return arena_print(arena,
                       "Recorded numbers%s: they were not worked out here, and nothing "
                       "can be run again.%s %s",
                       made, pieces, said);
}

static void describe_part(struct model *model, const struct recording *of,
                          enum attention which, struct model_info *info)
{
    const struct recording_part *part = &of->parts[which];
    const struct recording_stream *stream =
        &of->streams[which == ATTENTION_DECODER || which == ATTENTION_CROSS];
    *info = model->info;
    info->L = part->L;
    info->H = part->H;
    info->C = stream->C;
    info->D = of->D;
    info->causal = which != ATTENTION_CROSS && part->causal;
    info->heads = part->heads;
    info->no_stream = !stream->hidden;
    info->no_lengths = !part->value_norm;
}

static void describe_pair(struct model *model, const struct recording *of)
{
    for (int which = ATTENTION_ENCODER; which <= ATTENTION_CROSS; which++) {
        struct model_info *info = arena_new(&model->memory, 1, sizeof *info);
        describe_part(model, of, (enum attention)which, info);
        model->parts[which] = info;
    }
    model->parts[ATTENTION_SELF] = model->parts[ATTENTION_CROSS];
    model->info = *model->parts[ATTENTION_CROSS];
}

static void describe(struct model *model, const struct recorded *self, const char *name)
{
    const struct recording *of = &self->at[0];
    struct arena *arena = &model->memory;
    const char **sentences = arena_new(arena, self->n + 1, sizeof *sentences);
    struct model_info *info = &model->info;
    for (size_t i = 0; i < self->n; i++)
        sentences[i] = self->at[i].sentence;
    *info = (struct model_info){
        .name = of->model,
        .does =
            self->n == 1
                ? arena_print(arena, "a recorded run of %s, from %s", of->model, name)
                : arena_print(arena,
                              "a real model's attention, recorded: %s on %zu "
                              "sentences",
                              name, self->n),
        .architecture = architecture(of, arena),
        .real = what_is_real(of, arena),
        .licence = of->licence ? of->licence : "the file does not say",
        .max_words = of->tokens[0].words,
        .synthetic = of->synthetic,
        .predicts = of->logits != NULL,
        .pairs = of->target != NULL,
        .sentences = sentences,
        .recorded = name,
        .settings = of->settings,
        .changed = of->changed && *of->changed ? of->changed : NULL,
        .in_pieces = of->tokens[0].continued + of->tokens[1].continued > 0,
        .no_vectors = true,
    };
    if (of->target)
        describe_pair(model, of);
    else
        describe_part(model, of, ATTENTION_SELF, info);
}

/* The last part of a path: what one calls the file. */
static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static bool read_run(struct model *model, const struct safetensors *from,
                     struct recording *to, struct err *err)
{
    if (!recording_read(from, &model->memory, to, err))
        return false;
    judge_words(&to->tokens[0]);
    judge_words(&to->tokens[1]);
    return true;
}

static void finish(struct model *model, const struct recorded *self, const char *name)
{
    model->family = &recorded_family;
    model->self = self;
    describe(model, self, recording_clean(name, &model->memory));
}

static struct recorded *begin(struct model *model, size_t n)
{
    struct recorded *self = arena_new(&model->memory, 1, sizeof *self);
    self->at = arena_new(&model->memory, n, sizeof *self->at);
    self->n = n;
    return self;
}

bool recorded_open(struct model *model, const char *path, struct err *err)
{
    struct safetensors from;
    struct err inner = {0};
    struct recorded *self = begin(model, 1);
    FILE *file = file_open(path, "a .safetensors file", err);
    if (!file)
        return false;
    bool done = safetensors_open(&from, file, &model->memory, &inner) &&
                read_run(model, &from, self->at, &inner);
    fclose(file);
    if (!done)
        return err_set(err, inner.code, "\"%.100s\" cannot be shown: %s",
                       file_name(path), inner.text);
    finish(model, self, file_name(path));
    return true;
}

bool recorded_open_bytes(struct model *model, const struct recorded_bytes *runs,
                         size_t n, const char *name, struct err *err)
{
    struct recorded *self = begin(model, n);
    for (size_t i = 0; i < n; i++) {
        struct safetensors from;
        if (!safetensors_open_bytes(&from, runs[i].bytes, runs[i].size, &model->memory,
                                    err) ||
            !read_run(model, &from, &self->at[i], err))
            return false;
    }
    finish(model, self, name);
    return true;
}
