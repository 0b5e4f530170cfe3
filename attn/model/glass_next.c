/* glass_next.c - what may come next: the last stream of a token is matched with every
 * word that the model has or that stands in the sentence, as a head matches words. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attn/model/glass.h"
#include "attn/model/lexicon.h"

enum { REASONS_GIVEN = 32 }; /* items that say why; beyond, nobody looks */

void glass_word_row(const struct glass *glass, const char *text,
                    const struct glass_word *word, float *row)
{
    const struct stream_block *spelling = &glass->stream->blocks[0];
    uint64_t hash = lexicon_hash(text, strlen(text));
    float size = 1 / sqrtf((float)spelling->n);
    row[FRAME_WORD] = row[FRAME_ONE] = 1;
    for (size_t i = 0; i < spelling->n; i++)
        row[spelling->first + i] = hash >> i & 1 ? size : -size;
    for (size_t i = 0; word && i < word->n; i++)
        row[word->at[i].dim] += word->at[i].value;
}

/* A word that may come: of the vocabulary, or of the sentence. */
struct candidate {
    const char *text;
    int64_t id;
    const struct glass_word *word; /* NULL: of the sentence */
    size_t token;                  /* then: which */
    double logit;
};

struct choice {
    const struct glass *glass;
    const struct trace *trace;
    const float *x; /* [C] the last stream of the token */
    double query[GLASS_NEXT_SLOTS], scale;
    float *row; /* [C] scratch */
    struct arena *arena;
    struct candidate *all;
    size_t n;
};

static void project(const struct matrix *m, const float *x, double *out)
{
    for (size_t i = 0; i < m->n; i++)
        out[m->at[i].to] += (double)x[m->at[i].from] * m->at[i].value;
}

/* A candidate's row of the embedding; until the next call. A word of the sentence has
 * the row with which it entered the model: its own column of the unembedding. */
static const float *row_of(const struct choice *choice, const struct candidate *of)
{
    size_t C = choice->glass->stream->width;
    if (!of->word)
        return choice->trace->hidden + of->token * C;
    memset(choice->row, 0, C * sizeof *choice->row);
    glass_word_row(choice->glass, of->text, of->word, choice->row);
    return choice->row;
}

static void add_candidate(struct choice *choice, struct candidate candidate)
{
    double key[GLASS_NEXT_SLOTS] = {0}, sum = 0;
    project(&choice->glass->next->K, row_of(choice, &candidate), key);
    for (size_t s = 0; s < GLASS_NEXT_SLOTS; s++)
        sum += choice->query[s] * key[s];
    candidate.logit = sum * choice->scale;
    choice->all[choice->n++] = candidate;
}

static void add_vocabulary(struct choice *choice)
{
    for (size_t i = 0; i < choice->glass->n_words; i++) {
        const struct glass_word *word = &choice->glass->words[i];
        int64_t id = lexicon_find(word->text, strlen(word->text)).id;
        add_candidate(choice, (struct candidate){word->text, id, .word = word});
    }
}

/* A word of the sentence that the vocabulary lacks can be repeated. */
static void add_prompt(struct choice *choice, size_t row)
{
    size_t first = choice->n;
    for (size_t t = 0; t <= row; t++) {
        const struct token *token = &choice->trace->rows[t];
        bool known = (token->flags & TOKEN_SPECIAL) ||
                     glass_find_word(choice->glass, token->text);
        for (size_t i = first; i < choice->n && !known; i++)
            known = glass_compare_words(choice->all[i].text, token->text) == 0;
        if (!known)
            add_candidate(choice,
                          (struct candidate){token->text, token->id, .token = t});
    }
}

static int by_logit(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->logit != y->logit)
        return x->logit < y->logit ? 1 : -1;
    return strcmp(x->text, y->text);
}

/* ---- why ---- */

/* One product of a query value and a key value, or of two whole blocks. */
struct reason {
    const char *query, *key;
    double value;
};

static struct reason reason_of(const struct choice *choice, const struct weight *q,
                               const struct weight *k, const float *row)
{
    const struct stream *stream = choice->glass->stream;
    const struct stream_block *query = stream_block_of(stream, q->from);
    const struct stream_block *key = stream_block_of(stream, k->from);
    return (struct reason){query ? query->name : stream->names[q->from],
                           key ? key->name : stream->names[k->from],
                           (double)choice->x[q->from] * q->value *
                               (double)row[k->from] * k->value};
}

enum { MOST_REASONS = 64 };

static void add_reason(struct reason *all, size_t *n, const struct reason *one)
{
    for (size_t i = 0; i < *n; i++)
        if (all[i].query == one->query && all[i].key == one->key) {
            all[i].value += one->value;
            return;
        }
    if (*n < MOST_REASONS)
        all[(*n)++] = *one;
}

/* What speaks most for a word, in the names of the stream. */
static const char *because(const struct choice *choice, const float *row)
{
    const struct matrix *Q = &choice->glass->next->Q, *K = &choice->glass->next->K;
    struct reason all[MOST_REASONS];
    const struct reason *best = NULL;
    size_t n = 0;
    for (size_t a = 0; a < Q->n; a++)
        for (size_t b = 0; b < K->n && choice->x[Q->at[a].from] != 0; b++)
            if (K->at[b].to == Q->at[a].to && row[K->at[b].from] != 0) {
                struct reason one = reason_of(choice, &Q->at[a], &K->at[b], row);
                add_reason(all, &n, &one);
            }
    for (size_t i = 0; i < n; i++)
        if (all[i].value > (best ? best->value : 0))
            best = &all[i];
    return best ? arena_print(choice->arena, "%s × %s", best->query, best->key) : "";
}

/* ---- probabilities ---- */

static struct next_item *items_of(const struct choice *choice, float temperature)
{
    struct next_item *items = arena_new(choice->arena, choice->n, sizeof *items);
    double by = temperature > 0 ? (double)temperature : 1, sum = 0;
    double most = choice->all[0].logit;
    for (size_t i = 0; i < choice->n; i++)
        sum += exp((choice->all[i].logit - most) / by);
    for (size_t i = 0; i < choice->n; i++) {
        const struct candidate *from = &choice->all[i];
        items[i] = (struct next_item){
            .token = arena_copy(choice->arena, from->text, strlen(from->text)),
            .id = from->id,
            .probability = (float)(exp((from->logit - most) / by) / sum),
            .logit = (float)from->logit,
            .because = i < REASONS_GIVEN ? because(choice, row_of(choice, from)) : ""};
    }
    return items;
}

const struct next *glass_next(const struct glass *glass, const struct trace *trace,
                              struct next_ask ask, struct arena *arena, struct err *err)
{
    struct next *next = arena_new(arena, 1, sizeof *next);
    if (ask.row >= trace->T) {
        err_set(err, ERR_OUT_OF_RANGE, "There is no such word here.");
        return NULL;
    }
    struct choice choice = {
        .glass = glass,
        .trace = trace,
        .row = arena_new(arena, trace->C, sizeof(float)),
        .x = trace->hidden + (trace->L * trace->T + ask.row) * trace->C,
        .scale = glass->next->gain / sqrt(GLASS_NEXT_SLOTS),
        .arena = arena,
        .all = arena_new(arena, glass->n_words + trace->T, sizeof *choice.all)};
    project(&glass->next->Q, choice.x, choice.query);
    add_vocabulary(&choice);
    add_prompt(&choice, ask.row);
    qsort(choice.all, choice.n, sizeof *choice.all, by_logit);
    next->items = items_of(&choice, ask.temperature);
    next->n = choice.n;
    return next;
}
