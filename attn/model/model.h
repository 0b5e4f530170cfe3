/* model.h - the one face of every model: what it is, running it, and asking it why.
 *
 * A model never changes after model_open(), so any number of threads may run it.
 * Families (glass now; gpt2, bert, llama … later) stand behind it as tables of
 * functions. Depends on tensor/trace.
 */
#ifndef ATTN_MODEL_MODEL_H
#define ATTN_MODEL_MODEL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/tensor/trace.h"

struct model; /* opened object */

struct model_info {
    const char *name;         /* "lesson" */
    const char *does;         /* one line for the list of models */
    const char *architecture; /* "encoder, 4 layers x 6 heads, ReLU feed-forward" */
    const char *real;    /* what is real in it and what is not, one or two sentences */
    const char *licence; /* of the weights and of the data that they came from */
    size_t L, H, D, C;
    size_t parameters;             /* all weights, zeros included */
    size_t nonzero;                /* of them not zero */
    size_t max_words;              /* most typed tokens in a sentence */
    bool synthetic;                /* hand-built */
    bool causal;                   /* always masks what comes later */
    bool predicts;                 /* says what may come next */
    bool pairs;                    /* reads a second sequence: it has cross-attention */
    bool takes_query;              /* a query may be set by hand */
    const char *const *sentences;  /* the only ones that it reads, the first to begin
                                      with, NULL at the end; NULL: any sentence */
    const struct head_name *heads; /* [L*H] */
    /* Of a recording, which cannot be run again; else NULL and false. */
    const char *recorded; /* where it stands: a file's name, or "built in" */
    const char *settings; /* under which it was made, or NULL where it does not say */
    const char *changed;  /* those of them that were not at their default, or NULL */
    bool in_pieces;       /* some of its words are cut, and each piece is a token */
    bool no_stream;       /* it lacks what layers pass on (hidden) */
    bool no_vectors;      /* it lacks queries, keys and values */
    bool no_lengths;      /* it lacks the lengths of what heads bring (value_norm) */
};

/* How many models are built in, and each one's name (for lists and completion). */
size_t model_count(void);
const char *model_name(size_t i);

enum { MODEL_MOST_HEADS = 1024 }; /* L * H of any opened model */

/* Opens a built-in model by name, a rule file by path (ends in .rules), or a recorded
 * run (ends in .safetensors), which knows the sentence that it was made of and no
 * other. NULL with *err set: ERR_MODEL_MISSING, ERR_BAD_FILE, ERR_BAD_RULE (names the
 * line).
 */
MUST_USE struct model *model_open(const char *name, struct err *err);
void model_close(struct model *model); /* NULL is allowed */
const struct model_info *model_info(const struct model *model);

/* The same of one of its attentions: layers, heads, widths and mask are those of the
 * part whose weights they are. Of a model of one sequence, model_info(). */
const struct model_info *model_part(const struct model *model,
                                    enum attention attention);
enum { HAND_QUERY_MOST = 8 };

/* A query that a learner wrote instead of the one that x·W_Q gives. */
struct hand_query {
    int position; /* of the word whose query it is; -1: none is set by hand */
    size_t n;     /* numbers; D of them, else the run fails with ERR_BAD_VALUE */
    float numbers[HAND_QUERY_MOST];
};

/* What is done to a head. Its scores stay as they are. */
enum mute {
    MUTE_NOT,
    MUTE_ZERO,     /* it looks as always, but its output is 0 */
    MUTE_UNIFORM,  /* every row is even over the columns that it may see */
    MUTE_SHUFFLED, /* each row's weights in another order, the same at every run */
};

struct model_options {
    bool causal;       /* mask what comes later (always so where info->causal) */
    bool no_position;  /* leave positions out of the input */
    bool no_scale;     /* do not divide scores by sqrt(D) */
    bool no_attention; /* heads add nothing: each word keeps its start vector */
    float temperature; /* 0 stands for 1; scores are divided by it */
    const unsigned char *muted;     /* [L*H] enum mute of each head; NULL: none */
    const struct hand_query *query; /* where info->takes_query; NULL: none */
    const atomic_bool *stop;        /* set from outside to give up; NULL: never */
};

/* Cuts a text into the model's tokens, special ones included, in `arena`. Text is valid
 * UTF-8. Fails with ERR_NO_SENTENCE (no token in it) or ERR_TOO_LARGE (over max_words;
 * the message names the limit, how many there are, and what to do). */
MUST_USE bool model_tokenize(const struct model *model, const char *text, size_t length,
                             struct arena *arena, const struct token **tokens,
                             size_t *n, struct err *err);

/* What a model reads, and which of its attentions is asked for. Texts are valid UTF-8.
 */
struct model_input {
    const char *text;
    size_t length;
    const char *target; /* the second sequence; NULL: none, or the model makes it */
    size_t target_length;
    const struct token *second; /* [n_second] the same as model_second() gave it, so
                                   that it is not made again; then `target` is not read.
                                   Lives as long as the trace */
    size_t n_second;
    enum attention attention; /* SELF: a model's only one; of a model that reads pairs,
                                 CROSS */
};

/* Tokenizes and runs `input`, fills `trace` (which owns what it gets; trace_free it)
 * with the attention asked for. Fails as model_tokenize does, with ERR_INTERRUPTED, or
 * with ERR_UNSUITED (a second sequence, or an attention between two, where a model
 * reads but one); `trace` is then all zero. */
MUST_USE bool model_run(const struct model *model, const struct model_input *input,
                        const struct model_options *options, struct trace *trace,
                        struct err *err);

/* A second sequence: as it was typed, or as the model makes it. */
struct second {
    const struct token *tokens; /* [n] special ones included */
    size_t n;
    const char *text; /* as one writes it */
};

/* Cuts input->target, or (NULL) makes the second sequence of input->text, in `arena`.
 * Fails as model_tokenize does, or with ERR_UNSUITED. */
MUST_USE bool model_second(const struct model *model, const struct model_input *input,
                           struct arena *arena, struct second *second, struct err *err);
/* ---- the arithmetic of a head, for showing */

/* Which score: of which head, of which row for which column. */
struct score_at {
    size_t layer, head, row, col;
};

enum projection { PROJECT_QUERY, PROJECT_KEY, PROJECT_VALUE };

struct projection_at {
    size_t layer, head;
    enum projection which;
};

/* W_Q, W_K or W_V as it is used: dense [C,D] ([source_C,D] for keys and values of
 * cross-attention) in `arena`, a head's gain multiplied into
 * W_Q, so that x·W is what trace->query (times its gain), key and value hold. Fails
 * with ERR_OUT_OF_RANGE, or ERR_UNSUITED where a matrix is too large to be shown. */
MUST_USE bool model_projection(const struct model *model, const struct trace *trace,
                               struct projection_at at, struct arena *arena,
                               const double **weights, struct err *err);

/* query·key (gain in it; score_scale and mask not) of the row at.row for every column;
 * at.col is not read. `scores`: [S]. Where a part of the product depends on distance
 * alone it is computed so, which is more exact than the numbers of trace->query. */
void model_scores(const struct model *model, const struct trace *trace,
                  struct score_at at, double *scores);

/* Which numbers of a head's query and key (bit s: number s) make a product that depends
 * on the distance of two words alone; 0: none. */
uint64_t model_place_numbers(const struct model *model, const struct trace *trace,
                             size_t layer, size_t head);

/* One word that may come next. */
struct next_item {
    const char *token;   /* as it would be written; in the arena */
    int64_t id;          /* in the model's vocabulary */
    float probability;   /* of all items together 1 */
    float logit;         /* before the temperature */
    const char *because; /* what speaks most for it: "awaits a noun × is a noun" */
};

struct next {
    const struct next_item *items; /* [n] most probable first, then by text */
    size_t n;
};

/* After which token, and how boldly: logits are divided by the temperature (0: 1). */
struct next_ask {
    size_t row;
    float temperature;
};

/* Whether it says what may come next; if not, false with ERR_UNSUITED, which names one
 * that does. */
MUST_USE bool model_predicts(const struct model *model, struct err *err);

/* What may come after token `ask.row` of a trace of this model, in `arena`. NULL with
 * *err set: ERR_UNSUITED as by model_predicts(), ERR_OUT_OF_RANGE. */
MUST_USE const struct next *model_next(const struct model *model,
                                       const struct trace *trace, struct next_ask ask,
                                       struct arena *arena, struct err *err);

/* Where a value of the stream came from. */
enum origin_kind {
    ORIGIN_WORD,     /* the word itself: the embedding */
    ORIGIN_POSITION, /* its place in the sentence */
    ORIGIN_HEAD,     /* a head copied it from `token` */
    ORIGIN_FFN,      /* a rule of a layer's feed-forward made it of other values */
};

struct origin {
    enum origin_kind kind;
    size_t layer, head; /* HEAD: which; FFN: layer */
    size_t token;       /* HEAD: the column that gave most */
    float share;        /* HEAD: that column's weight in the head's row */
    const char *rule;   /* FFN: "wants the goal if full and until", else NULL */
    size_t dims[4];     /* FFN: the values that it was made of (n_dims of them) */
    size_t n_dims;
};

/* One named part of a score: (what the row wants) × (what the column has). */
struct score_term {
    const char *query, *key;   /* readable: "needs something alive", "is alive" */
    size_t query_dim, key_dim; /* in the stream; SIZE_MAX for the whole of a position
                                  kernel, a same-word or a topic match */
    float value;               /* what it adds to the score */
    struct origin query_from, key_from;
};

/* A score (after scale and gain, before mask and softmax) taken apart into named terms,
 * largest first by absolute value. Terms of exactly 0 are left out. Their sum is the
 * score: |sum - score| <= 1e-5 * max(1, |score|). */
struct score {
    float score;
    const struct score_term *terms;
    size_t n_terms;
};

/* Fills `why` with what lives in `arena`. `trace` is of this model. Fails with
 * ERR_OUT_OF_RANGE, or ERR_UNSUITED where dimensions have no names. */
MUST_USE bool model_why(const struct model *model, const struct trace *trace,
                        struct score_at at, struct arena *arena, struct score *why,
                        struct err *err);

/* Origin of value `dim` of `token` in the stream that enters `layer`. */
struct origin model_origin(const struct model *model, const struct trace *trace,
                           size_t layer, size_t token, size_t dim);

/* The rules of a head of that attention as readable lines, as they stand in the rule
 * text, for its card. Returns how many; *lines in `arena`. 0 where there are none. */
size_t model_rules(const struct model *model, enum attention attention, size_t layer,
                   size_t head, struct arena *arena, const char *const **lines);

#endif
