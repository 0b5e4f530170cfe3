/* family.h - a kind of model as a table of functions: what model.h's calls go to.
 *
 * `self` is the opened model's own data (struct model's `self`). The contracts are
 * those of the functions of the same name in model.h. Depends on model/model.
 */
#ifndef ATTN_MODEL_FAMILY_H
#define ATTN_MODEL_FAMILY_H

#include "attn/model/model.h"

struct glass;

struct family {
    const char *name; /* "glass" */
    bool (*tokenize)(const void *self, const char *text, size_t length,
                     struct arena *arena, const struct token **tokens, size_t *n,
                     struct err *err);
    /* Sentence and model of the trace are set; tokens go into its memory. */
    bool (*run)(const void *self, const struct model_input *input,
                const struct model_options *options, struct trace *trace,
                struct err *err);
    /* NULL where models of the family predict nothing. */
    const struct next *(*next)(const void *self, const struct trace *trace,
                               struct next_ask ask, struct arena *arena,
                               struct err *err);
    bool (*why)(const void *self, const struct trace *trace, struct score_at at,
                struct arena *arena, struct score *why, struct err *err);
    /* NULL: no head brought anything; each value is the word's own. */
    struct origin (*origin)(const void *self, const struct trace *trace, size_t layer,
                            size_t token, size_t dim);
    bool (*projection)(const void *self, const struct trace *trace,
                       struct projection_at at, struct arena *arena,
                       const double **weights, struct err *err);
    /* NULL: plain products of trace->query and trace->key. */
    void (*scores)(const void *self, const struct trace *trace, struct score_at at,
                   double *scores);
    /* NULL: none. */
    uint64_t (*place_numbers)(const void *self, const struct trace *trace, size_t layer,
                              size_t head);
    /* NULL: no head has rules. */
    size_t (*rules)(const void *self, enum attention attention, size_t layer,
                    size_t head, struct arena *arena, const char *const **lines);
    /* NULL where models of the family read one sequence. */
    bool (*second)(const void *self, const struct model_input *input,
                   struct arena *arena, struct second *second, struct err *err);
};

/* An opened model. */
struct model {
    const struct family *family;
    struct arena memory; /* owns what was made when it was opened */
    struct model_info info;
    const struct model_info *parts[4]; /* by enum attention; NULL: that is `info` */
    const void *self;                  /* in `memory`, or static */
};

/* The glass family (glass_family.c): self is a struct glass. */
extern const struct family glass_family;

/* Makes a zeroed model one of that family: self, family, and info's sizes and heads.
 * `glass` lives at least as long. False with ERR_BAD_FILE for one that cannot run
 * alone.
 */
MUST_USE bool glass_open(struct model *model, const struct glass *glass,
                         struct err *err);

/* Makes a zeroed model of the recording in a file (recorded.c). False with ERR_BAD_FILE
 * or ERR_TOO_LARGE. */
MUST_USE bool recorded_open(struct model *model, const char *path, struct err *err);
/* The same of n files in memory (n >= 1), runs of one model. `name`: what they are of.
 */
struct recorded_bytes {
    const unsigned char *bytes;
    size_t size;
};
MUST_USE bool recorded_open_bytes(struct model *model,
                                  const struct recorded_bytes *runs, size_t n,
                                  const char *name, struct err *err);

/* The same for the toy (toy.c), which has no data but its tables. */
void toy_open(struct model *model);

#endif
