/* recording.h - a run of a model that was written down in a .safetensors file: its
 * attention, and as much else as the file has.
 *
 * The file is not trusted. What it must have: attention `attn` [layers, heads, n, n],
 * or `enc_attn`, `dec_attn` and `cross_attn` for two sequences, and the tokens, a JSON
 * list of texts, as "tokens" (and "target_tokens") in the metadata. What it may have:
 * `hidden` or `enc_hidden` and `dec_hidden` [layers+1, n, width], `value_norm` (also
 * with enc_, dec_, cross_) [layers, heads, n], `logits` [n, vocabulary], `ids` and
 * `target_ids`; in the metadata what the README lists. Depends on tensor/safetensors,
 * tensor/trace.
 */
#ifndef ATTN_TENSOR_RECORDING_H
#define ATTN_TENSOR_RECORDING_H

#include "attn/tensor/safetensors.h"
#include "attn/tensor/trace.h"

enum {
    RECORDING_MOST_HEADS = 1024,       /* of one attention */
    RECORDING_MOST_WEIGHTS = 40 << 20, /* numbers of attention in a file: 160 MB */
    RECORDING_MOST_OTHERS = 16 << 20,  /* numbers in any other tensor: 64 MB */
};

/* A logit of a word that cannot come at that place. */
#define RECORDING_NEVER (-1e30F)

/* The tokens of one sequence. */
struct recording_tokens {
    struct token *at; /* [n]; ids below 0 where the file has none */
    size_t n;
    size_t words;     /* of them not special */
    size_t continued; /* of them pieces that go on with the word before them */
    bool has_kinds;   /* the file says what kinds of words they are */
};

/* One attention. Its arrays are shared with traces, which never change theirs. */
struct recording_part {
    size_t L, H, T, S;             /* L is 0 where the file does not have it */
    float *weights;                /* [L,H,T,S] each row sums to 1 */
    float *value_norm;             /* [L,H,S] or NULL */
    const struct head_name *heads; /* [L*H]; a name may be NULL */
    bool causal;
};

struct recording_stream {
    float *hidden; /* [L+1,n,C] or NULL */
    size_t C;
    const char *const *names; /* [C] or NULL */
};

/* All of it lives in the arena that it was read into. Texts are valid UTF-8 without
 * control characters. */
struct recording {
    const char *model; /* whose run it was; "unnamed" where the file does not say */
    bool synthetic;    /* the file says that the model was hand-built */
    const char *licence, *real; /* NULL where the file says nothing */
    const char *settings;       /* under which it ran, as one types them, or NULL */
    const char *changed; /* those of them that were not at their default, or NULL */
    const char *sentence, *target; /* target: NULL, or of the second sequence */
    struct recording_tokens tokens[2];
    struct recording_part parts[4]; /* by enum attention */
    struct recording_stream streams[2];
    bool output_only; /* as in a trace */
    size_t D;         /* width of a head, 0 where the file does not say */
    float *logits;    /* [rows, vocabulary] or NULL; rows: the last sequence's */
    size_t vocabulary;
    const char *const *words; /* [vocabulary] */
    const int64_t *word_ids;  /* [vocabulary] */
};

/* Reads and checks. False with ERR_BAD_FILE or ERR_TOO_LARGE set; the message is a
 * clause that ends a sentence. */
MUST_USE bool recording_read(const struct safetensors *from, struct arena *arena,
                             struct recording *to, struct err *err);

/* ---- the two steps of it, apart */

/* Tokens, sentence and target from the metadata, ids from their tensors. */
MUST_USE bool recording_read_words(const struct safetensors *from, struct arena *arena,
                                   struct recording *to, struct err *err);

/* A list of the metadata, parsed: of `n` items, or (0) of any number; *list is NULL
 * where there is none of that name. */
MUST_USE bool recording_list(const struct safetensors *from, const char *name, size_t n,
                             struct arena *arena, const struct json **list,
                             struct err *err);

/* A text of the metadata without control characters; NULL where there is none, or
 * where it is longer than `most` bytes. */
const char *recording_text(const struct safetensors *from, const char *name,
                           size_t most, struct arena *arena);

/* What sort of word a token is, as the metadata has it: "known pronoun", or "". */
const char *recording_kinds(const struct token *token, struct arena *arena);

/* Any text in `arena` with U+FFFD or a blank for each control character. */
const char *recording_clean(const char *text, struct arena *arena);

#endif
