/* trace.h - what one run of a model saw, as plain data.
 *
 * A model fills a trace; analyse, the commands and `save` read it. It names no model
 * type: attention of any origin (typed, recorded, loaded from a file) has this form.
 * One alphabet: T rows (tokens that look), S columns (tokens looked at), L layers,
 * H heads a layer, D values a head, C = width of the residual stream. Row-major
 * float32. Depends on base/arena.
 */
#ifndef ATTN_TENSOR_TRACE_H
#define ATTN_TENSOR_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/arena.h"

enum {
    TRACE_MAX_WORDS = 512,      /* a sentence's typed tokens */
    TRACE_MAX_TOKENS = 512 + 2, /* with special ones */
};

enum token_flags {
    TOKEN_SPECIAL = 1 << 0, /* <s>, [CLS], [SEP]: not typed, has no position */
    TOKEN_KNOWN = 1 << 1,   /* the model knows the word (else it guesses by its form) */
    TOKEN_PUNCTUATION = 1 << 2, /* no letter or digit in it */
    TOKEN_PRONOUN = 1 << 3,     /* third person, may refer back: it she him their … */
    TOKEN_NUMBER = 1 << 4,
    TOKEN_GRAMMAR = 1 << 5, /* the, was, with: words of grammar that hardly any other
                               language writes (KNOWN too) */
};

struct token {
    const char *text;  /* as typed, valid UTF-8, NUL-terminated; lives with the trace */
    int64_t id;        /* in the model's vocabulary */
    int position;      /* the learner's number of it, from 0; -1 for special tokens */
    size_t start, end; /* where it stands in the sentence: code points, half-open */
    unsigned flags;    /* enum token_flags */
};

/* What kind of attention the weights are. */
enum attention {
    ATTENTION_SELF,
    ATTENTION_ENCODER,
    ATTENTION_DECODER,
    ATTENTION_CROSS
};

/* One head, as far as a picture or a label needs to know it. Strings are borrowed from
 * the model and live as long as it. */
struct head_name {
    const char *name; /* "pronoun→antecedent", or NULL where heads have no names */
    const char *does; /* one sentence: "it, she, they … look back: whom do I mean?" */
    int story; /* 0: no; 1, 2, …: order in which `auto` tries the heads that tell
                  the sentence's story (spec: L3-H0 first) */
};

struct trace {
    struct arena memory;  /* owns every array below */
    const char *model;    /* "lesson" */
    bool synthetic;       /* hand-built, and so said on screen */
    const char *sentence; /* NUL-terminated */
    enum attention attention;
    bool causal; /* column > row is masked: weight exactly 0 */
    size_t T, S, L, H, D, C;
    const struct token *rows;      /* [T] */
    const struct token *cols;      /* [S]; the same tokens as rows for self-attention */
    const struct head_name *heads; /* [L*H], borrowed from the model */
    const char *const *dim_names;  /* [C] what each value of the stream means, borrowed,
                                      or NULL where dimensions have no names */
    float *weights;                /* [L,H,T,S] after softmax; each row sums to 1 */
    float *query, *key; /* [L,H,T,D], [L,H,S,D]; gain and score_scale not yet applied */
    float *value;       /* [L,H,S,D] before W_O; as large as `key`: 2.4 MB of the 35 MB
                           that 512 words take in 24 heads */
    const double *gain; /* [L*H] a head's own factor of its scores; NULL: 1 */
    double score_scale; /* what query·key was multiplied by beside the head's own gain:
                           1/sqrt(D), divided by the temperature */
    float *value_norm;  /* [L,H,S] length of v·W_O: what a weight of 1 would move */
    float *hidden;      /* [L+1,T,C]: 0 the input, l the stream after layer l-1 */
    bool output_only; /* no stream goes on: hidden[L] is what the last layer's one head
                         put out, D numbers and then zeros */
    /* Cross-attention only, else NULL and 0: the stream that keys and values are made
     * of, borrowed from the run of the other model, and the names of its values. */
    const float *source; /* [S, source_C] */
    size_t source_C;
    const char *const *source_names;
};

/* A token in a head. */
struct trace_at {
    size_t layer, head, token;
};

/* weights of one head: [T,S]. layer < L, head < H. */
const float *trace_head(const struct trace *trace, size_t layer, size_t head);
/* weights of one row of one head: [S]. */
const float *trace_row(const struct trace *trace, size_t layer, size_t head,
                       size_t row);

/* "L3-H0 pronoun→antecedent"; "L3-H0" where `heads` [L*H] is NULL or gives no name.
 * `head` is layer*H + head. */
const char *trace_head_name(const struct head_name *heads, size_t H, size_t head,
                            struct arena *arena);

/* The row of [L,H,n,D] (query: n = T; key, value: n = S) that stands at `at`: [D]. */
const float *trace_vector(const struct trace *trace, const float *vectors, size_t n,
                          struct trace_at at);
/* A head's own factor of its scores. */
double trace_gain(const struct trace *trace, size_t layer, size_t head);

/* The row or column index of the word with the learner's number `position`;
 * SIZE_MAX if there is none. */
size_t trace_row_at(const struct trace *trace, int position);
size_t trace_col_at(const struct trace *trace, int position);

/* Ends everything the trace owns; a zeroed trace is allowed. */
void trace_free(struct trace *trace);

#endif
