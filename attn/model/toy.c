/* toy.c - the toy family: two sentences whose every number one can follow by hand.
 *
 * One head and nothing around it: no positions, no resting place, no W_O, no stream
 * that goes on. What it prints follows from the tables below by the arithmetic of any
 * head: q = x·W_Q, k = x·W_K, v = x·W_V, scores q·k, divided by sqrt(d_k), softmax,
 * weighted sum of v. */
#include <math.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/model/family.h"
#include "attn/model/mute.h"
#include "attn/tensor/ops.h"

enum { WORDS = 3, C = 4, MOST_D = 4 };

/* The numbers for one sentence. */
struct toy_text {
    const char *sentence;
    const char *words[WORDS]; /* lower case */
    size_t n, D;
    int64_t first_id;
    double x[WORDS][C];
    double W[3][C][MOST_D]; /* by enum projection */
};

static const struct toy_text texts[] = {
    {"Thinking Machines",
     {"thinking", "machines"},
     2,
     3,
     0,
     {{1, 0, 1, 0}, {0, 1, 0, 1}},
     {{{1, 0, 1}, {1, 1, 0}, {1, 0, 0}, {0, 1, 0}},
      {{1, 0, 1}, {0, 1, 1}, {0, 0, 1}, {0, 0, 1}},
      {{1, 0, 1}, {0, 1, 0}, {0, 0, 1}, {0, 1, 1}}}},
    /* The last number of x is 1 in every word; W_V copies x, so that the output shows
       how the words were mixed. */
    {"I love AI",
     {"i", "love", "ai"},
     3,
     4,
     2,
     {{1, 0, 0, 1}, {0, 1, 0, 1}, {0, 0, 1, 1}},
     {{{2, 0, 0, 0}, {1, 0, 3, 0}, {0, 0, 2, 0}, {0, 2, 0, 0}},
      {{2, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 2, 0}, {0, 0, 0, 0}},
      {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}}},
};

enum { TEXTS = sizeof texts / sizeof *texts };

static const char *const sentences[] = {"Thinking Machines", "I love AI", NULL};

/* ---- the two sentences */

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ',' || c == ';' || c == ':' ||
           c == 0x2026;
}

/* A text cut at blanks; `n` counts on past what there is room for. */
struct pieces {
    struct token at[WORDS];
    size_t n;
};

/* Bytes of the text without the blanks and marks that end it. */
static size_t length_of_words(const char *text, size_t length)
{
    size_t kept = 0;
    for (size_t at = 0; at < length;) {
        uint32_t c = utf8_next(text, length, &at);
        if (!ends_sentence(c) && !utf8_is_space(c))
            kept = at;
    }
    return kept;
}

static void take_piece(struct pieces *pieces, const char *text, size_t start,
                       size_t end, struct arena *arena)
{
    if (pieces->n < WORDS)
        pieces->at[pieces->n] = (struct token){
            .text = arena_copy(arena, text + start, end - start),
            .start = utf8_count(text, start),
            .end = utf8_count(text, end),
            .position = (int)pieces->n,
            .flags = TOKEN_KNOWN,
        };
    pieces->n++;
}

/* Where the word that goes on at byte `at` ends. */
static size_t word_end(const char *text, size_t length, size_t at)
{
    for (size_t next = at; next < length; at = next)
        if (utf8_is_space(utf8_next(text, length, &next)))
            break;
    return at;
}

/* More words than any of the sentences has end the search. */
static struct pieces cut(const char *text, size_t length, struct arena *arena)
{
    struct pieces pieces = {.n = 0};
    length = length_of_words(text, length);
    for (size_t at = 0; at < length && pieces.n <= WORDS;) {
        size_t start = at;
        if (utf8_is_space(utf8_next(text, length, &at)))
            continue;
        at = word_end(text, length, at);
        take_piece(&pieces, text, start, at, arena);
    }
    return pieces;
}

static bool same_letters(const char *typed, const char *lower)
{
    size_t at = 0, n = strlen(typed);
    for (; at < n && *lower; lower++)
        if (utf8_lower(utf8_next(typed, n, &at)) != (uint32_t)*lower)
            return false;
    return at == n && !*lower;
}

static const struct toy_text *text_of(const struct token *tokens, size_t n)
{
    for (size_t t = 0; t < TEXTS; t++) {
        size_t same = 0;
        while (same < n && n == texts[t].n &&
               same_letters(tokens[same].text, texts[t].words[same]))
            same++;
        if (same == texts[t].n)
            return &texts[t];
    }
    return NULL;
}

static bool tokenize(const void *self, const char *text, size_t length,
                     struct arena *arena, const struct token **tokens, size_t *n,
                     struct err *err)
{
    (void)self;
    struct pieces pieces = cut(text, length, arena);
    const struct toy_text *known =
        pieces.n > 0 && pieces.n <= WORDS ? text_of(pieces.at, pieces.n) : NULL;
    if (!known) {
        err_set(err, pieces.n ? ERR_UNSUITED : ERR_NO_SENTENCE,
                "The toy has numbers for two sentences only. One line that works is "
                "sentence \"%s\", and",
                sentences[1]);
        return err_try(err, "the other:", "sentence \"%s\"", sentences[0]);
    }
    struct token *list = arena_new(arena, pieces.n, sizeof *list);
    for (size_t i = 0; i < pieces.n; i++) {
        list[i] = pieces.at[i];
        list[i].id = known->first_id + (int64_t)i;
    }
    *tokens = list;
    *n = pieces.n;
    return true;
}

/* ---- the head */

/* x·W of every token, [T, D]. */
static void project(const struct toy_text *text, enum projection which, float *out)
{
    for (size_t t = 0; t < text->n; t++)
        for (size_t d = 0; d < text->D; d++) {
            double sum = 0;
            for (size_t c = 0; c < C; c++)
                sum += text->x[t][c] * text->W[which][c][d];
            out[t * text->D + d] = (float)sum;
        }
}

/* Puts the query that was set by hand in the place of the word's own. */
static bool take_query(const struct hand_query *query, const struct trace *trace,
                       struct err *err)
{
    if (!query || query->position < 0)
        return true;
    size_t row = trace_row_at(trace, query->position);
    if (row == SIZE_MAX)
        return err_set(err, ERR_NO_SUCH_WORD, "There is no word at position %d.",
                       query->position);
    if (query->n != trace->D) {
        err_set(err, ERR_BAD_VALUE,
                "A query of this sentence has %zu numbers, as many as a key; here %s "
                "%zu.",
                trace->D, query->n == 1 ? "is" : "are", query->n);
        return err_try(err, "Try:", "set query %s 3 0 0%s", trace->rows[row].text,
                       trace->D == 4 ? " 0" : "");
    }
    memcpy(trace->query + row * trace->D, query->numbers,
           trace->D * sizeof *trace->query);
    return true;
}

static double product(const float *a, const float *b, size_t n)
{
    double sum = 0;
    for (size_t d = 0; d < n; d++)
        sum += (double)a[d] * (double)b[d];
    return sum;
}

static void weigh(struct trace *trace, size_t row)
{
    float scores[OPS_CHUNK] = {0};
    size_t D = trace->D, n = trace->causal ? row + 1 : trace->S;
    _Static_assert((int)WORDS <= (int)OPS_CHUNK, "a row of scores is one chunk");
    for (size_t j = 0; j < n; j++)
        scores[j] = (float)(trace->score_scale *
                            product(trace->query + row * D, trace->key + j * D, D));
    ops_softmax(scores, n);
    memcpy(trace->weights + row * trace->S, scores, n * sizeof *scores);
}

/* What the head puts out: the weighted sum of the values. */
static void blend(struct trace *trace, size_t row)
{
    float *out = trace->hidden + (trace->T + row) * C;
    for (size_t d = 0; d < trace->D; d++) {
        double sum = 0;
        for (size_t j = 0; j < trace->S; j++)
            sum += (double)trace->weights[row * trace->S + j] *
                   (double)trace->value[j * trace->D + d];
        out[d] = (float)sum;
    }
}

static const struct head_name the_head = {
    .name = "the only head",
    .does = "Each of its weights can be worked out with a pencil.",
    .story = 1,
};

static void prepare(const struct toy_text *text, const struct token *tokens,
                    struct trace *trace)
{
    struct arena *memory = &trace->memory;
    size_t n = text->n, D = text->D;
    trace->synthetic = true;
    trace->attention = ATTENTION_SELF;
    trace->rows = trace->cols = tokens;
    trace->heads = &the_head;
    trace->T = trace->S = n;
    trace->L = trace->H = 1;
    trace->D = D;
    trace->C = C;
    trace->weights = arena_new(memory, n * n, sizeof(float));
    trace->query = arena_new(memory, n * D, sizeof(float));
    trace->key = arena_new(memory, n * D, sizeof(float));
    trace->value = arena_new(memory, n * D, sizeof(float));
    trace->value_norm = arena_new(memory, n, sizeof(float));
    trace->hidden = arena_new(memory, 2 * n * C, sizeof(float));
    for (size_t t = 0; t < n; t++)
        for (size_t c = 0; c < C; c++)
            trace->hidden[t * C + c] = (float)text->x[t][c];
}

static double scale_of(const struct model_options *options, size_t D)
{
    double scale = options->no_scale ? 1 : 1 / sqrt((double)D);
    return options->temperature > 0 ? scale / (double)options->temperature : scale;
}

static bool run(const void *self, const struct model_input *input,
                const struct model_options *options, struct trace *trace,
                struct err *err)
{
    const struct token *tokens;
    size_t n;
    if (!tokenize(self, input->text, input->length, &trace->memory, &tokens, &n, err))
        return false;
    const struct toy_text *text = text_of(tokens, n);
    enum mute mute = options->muted ? (enum mute)options->muted[0] : MUTE_NOT;
    prepare(text, tokens, trace);
    trace->causal = options->causal;
    trace->score_scale = scale_of(options, text->D);
    project(text, PROJECT_QUERY, trace->query);
    project(text, PROJECT_KEY, trace->key);
    project(text, PROJECT_VALUE, trace->value);
    if (!take_query(options->query, trace, err))
        return false;
    trace->output_only = !options->no_attention;
    for (size_t t = 0; t < n; t++) {
        const float *value = trace->value + t * text->D;
        trace->value_norm[t] = (float)sqrt(product(value, value, text->D));
        weigh(trace, t);
        mute_row(mute, trace->weights + t * n, trace->causal ? t + 1 : n, t);
        if (options->no_attention) /* each word keeps its start vector */
            memcpy(trace->hidden + (n + t) * C, trace->hidden + t * C,
                   C * sizeof(float));
        else if (mute != MUTE_ZERO)
            blend(trace, t);
    }
    return true;
}

/* ---- asked afterwards */

static const char *const ordinals[MOST_D] = {"1st", "2nd", "3rd", "4th"};

static bool why(const void *self, const struct trace *trace, struct score_at at,
                struct arena *arena, struct score *score, struct err *err)
{
    (void)self;
    *score = (struct score){0};
    if (at.layer >= 1 || at.head >= 1 || at.row >= trace->T || at.col >= trace->S)
        return err_set(err, ERR_OUT_OF_RANGE, "There is no such head or word here.");
    struct score_term *terms = arena_new(arena, trace->D, sizeof *terms);
    double sum = 0;
    for (size_t d = 0; d < trace->D; d++) {
        double value = trace->score_scale *
                       (double)trace->query[at.row * trace->D + d] *
                       (double)trace->key[at.col * trace->D + d];
        struct score_term term = {
            .query = arena_print(arena, "%s number of q", ordinals[d]),
            .key = arena_print(arena, "%s number of k", ordinals[d]),
            .query_dim = d,
            .key_dim = d,
            .value = (float)value,
        };
        size_t place = score->n_terms;
        if (value == 0)
            continue;
        for (; place > 0 && fabsf(terms[place - 1].value) < fabsf(term.value); place--)
            terms[place] = terms[place - 1];
        terms[place] = term;
        score->n_terms++;
        sum += value;
    }
    score->terms = terms;
    score->score = (float)sum;
    return true;
}

static bool projection(const void *self, const struct trace *trace,
                       struct projection_at at, struct arena *arena,
                       const double **weights, struct err *err)
{
    const struct toy_text *text = text_of(trace->rows, trace->T);
    (void)self;
    if (!text)
        return err_set(err, ERR_BUG, "This run is not the toy's.");
    double *dense = arena_new(arena, C * text->D, sizeof *dense);
    for (size_t c = 0; c < C; c++)
        for (size_t d = 0; d < text->D; d++)
            dense[c * text->D + d] = text->W[at.which][c][d];
    *weights = dense;
    return true;
}

static const struct family toy_family = {
    .name = "toy",
    .tokenize = tokenize,
    .run = run,
    .why = why,
    .projection = projection,
};

void toy_open(struct model *model)
{
    struct model_info *info = &model->info;
    model->family = &toy_family;
    info->architecture = "one attention head and nothing around it; d_k = 3 for "
                         "\"Thinking Machines\", 4 for \"I love AI\"";
    info->L = info->H = 1;
    info->D = texts[0].D;
    info->C = C;
    info->max_words = WORDS;
    info->synthetic = true;
    info->takes_query = true;
    info->sentences = sentences;
    info->heads = &the_head;
    for (size_t t = 0; t < TEXTS; t++)
        for (size_t m = 0; m < 3; m++)
            for (size_t c = 0; c < C; c++)
                for (size_t d = 0; d < texts[t].D; d++) {
                    info->parameters++;
                    info->nonzero += texts[t].W[m][c][d] != 0;
                }
}
