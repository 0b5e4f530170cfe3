/* glass.h - the glass family: transformers whose every weight follows from a rule.
 *
 *   x = embedding; per layer:
 *   x += sum over heads of softmax(q k^T · gain / sqrt(D)) v W_O
 *   x += relu(x W_1 + b) W_2
 *
 * Residual stream, ReLU feed-forward, no layer norm (as in Tracr): the stream holds
 * named quantities (stream.h) and stays readable. A model that follows another (a
 * decoder its encoder) has cross heads beside its own: they read the same x for
 * queries, the other model's last stream for keys and values, and add to x with the
 * others. Matrices are lists of their non-zero weights. What a rule file compiles to,
 * at build time or at run time, is one `struct glass`, which never changes. Depends on
 * model/stream, tensor/trace.
 */
#ifndef ATTN_MODEL_GLASS_H
#define ATTN_MODEL_GLASS_H

#include <stddef.h>
#include <stdint.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/model/model.h"
#include "attn/model/stream.h"
#include "attn/tensor/trace.h"

enum {
    GLASS_MAX_LAYERS = 12,
    GLASS_MAX_HEADS = 12,   /* a layer, of each kind */
    GLASS_MAX_RAMPS = 64,   /* a layer's feed-forward; two neurons each */
    GLASS_MAX_WORDS = 1024, /* of a model's own vocabulary */
    GLASS_NEXT_SLOTS = 256  /* of the match with the vocabulary */
};

/* One non-zero weight. Query, key, value and W_1: stream -> slot (or neuron); W_O and
 * W_2: slot (or neuron) -> stream. Keys and values of a cross head: source stream ->
 * slot. */
struct weight {
    uint16_t from, to;
    double value;
};

struct matrix {
    const struct weight *at; /* borrowed; [n] */
    size_t n;
};

struct glass_head {
    struct head_name label;
    double gain; /* the score's factor, an inverse temperature */
    struct matrix Q, K, V, O;
    uint64_t place_slots;     /* bit s: slot s of q and k belongs to the place kernel,
                                 whose score depends on the distance alone */
    const char *const *lines; /* [n_lines] its rules as they stand in the rule text */
    size_t n_lines;
};

struct glass_layer {
    const struct glass_head *heads; /* [H] */
    const struct glass_head *cross; /* [X] */
    struct matrix W1, W2;           /* neurons 2r and 2r+1 are ramp r's */
    const double *b;                /* [n_neurons] */
    size_t n_neurons;
    const char *const *ramps; /* [n_neurons / 2] what each ramp says, readable */
};

/* A word of a model's own vocabulary, and the values that its row of the embedding has
 * beside spelling and marks. */
struct glass_word {
    const char *text;
    const struct word_value {
        uint16_t dim;
        float value;
    } * at; /* [n] */
    size_t n;
};

struct glass {
    const struct stream *stream; /* what its values are called, C and D */
    const struct stream
        *source;    /* of the model that its cross heads look at, or NULL */
    bool causal;    /* no token sees what comes later, whatever is asked */
    size_t L, H, X; /* layers; heads and cross heads of each */
    const struct glass_layer *layers; /* [L] */
    const struct glass_word *words;   /* [n_words] sorted by glass_compare_words() */
    size_t n_words;
    /* What comes next: the last stream's query is matched with the key that each word
     * of the vocabulary has by its own row, in GLASS_NEXT_SLOTS slots. NULL: the model
     * predicts nothing. */
    const struct glass_head *next;
};

/* Order of two words, letter case aside (ASCII). */
int glass_compare_words(const char *a, const char *b);

/* Writes a word's own row of the embedding, without a place, into `row` (zeroed, C
 * wide): marks, spelling (the first block of the stream), and the values of its entry
 * in the vocabulary (NULL: none). */
void glass_word_row(const struct glass *glass, const char *text,
                    const struct glass_word *word, float *row);

/* The vocabulary's entry for a word as typed, or NULL. */
const struct glass_word *glass_find_word(const struct glass *glass, const char *text);

/* Runs the layers. `trace` comes with memory, rows, cols, T, S set and hidden[0] (the
 * first T*C floats of trace->hidden) filled; glass_trace() prepares that. Fills causal,
 * weights, query, key, value, value_norm and the rest of hidden. False with
 * ERR_INTERRUPTED.
 *
 * `cross` (NULL for a model without cross heads) is filled for those in the same way;
 * it comes from glass_cross_trace(), and shares `trace`'s rows and hidden.
 * options->muted mutes heads of `trace`. */
MUST_USE bool glass_forward(const struct glass *glass,
                            const struct model_options *options, struct trace *trace,
                            struct trace *cross, struct err *err);

/* Allocates a trace's arrays for `n` tokens and sets its sizes, names and flags; the
 * arrays are zero. `trace->memory` may hold things already. */
void glass_trace(const struct glass *glass, const struct token *tokens, size_t n,
                 struct trace *trace);

/* The same for the cross heads of a model whose own tokens are `self`'s rows and whose
 * source is the last stream of `source`, a run of the other model. Borrows the arrays
 * of both: they live at least as long. */
void glass_cross_trace(const struct glass *glass, const struct trace *self,
                       const struct trace *source, struct trace *cross);

/* The head that row `head` of a layer of `trace` shows: one of the heads or, where the
 * trace is of cross-attention, of the cross heads. */
const struct glass_head *glass_head_of(const struct glass *glass,
                                       const struct trace *trace, size_t layer,
                                       size_t head);

/* All its weights but for the embedding; and those that are not 0. */
size_t glass_parameters(const struct glass *glass);
size_t glass_nonzero(const struct glass *glass);

/* model_next, model_why, model_origin of this family (contracts in model.h). */
MUST_USE const struct next *glass_next(const struct glass *glass,
                                       const struct trace *trace, struct next_ask ask,
                                       struct arena *arena, struct err *err);
MUST_USE bool glass_why(const struct glass *glass, const struct trace *trace,
                        struct score_at at, struct arena *arena, struct score *why,
                        struct err *err);
struct origin glass_origin(const struct glass *glass, const struct trace *trace,
                           size_t layer, size_t token, size_t dim);

/* model_projection, model_scores of this family (contracts in model.h). */
const double *glass_projection(const struct glass *glass, const struct trace *trace,
                               struct projection_at at, struct arena *arena);
void glass_scores(const struct glass *glass, const struct trace *trace,
                  struct score_at at, double *scores);

/* The place kernel's part of a head's score (gain and score_scale not applied) for a
 * token at index `row` looking at one at `col`, neither 0. Where `no_position`, of two
 * tokens without a place. */
double glass_place_score(const struct glass_head *head, size_t row, size_t col,
                         bool no_position);

#endif
