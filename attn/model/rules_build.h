/* rules_build.h - grows the weights of one head or one feed-forward from what its rules
 * say. What rules.c writes to. Depends on model/glass, model/place, model/rules_text.
 */
#ifndef ATTN_MODEL_RULES_BUILD_H
#define ATTN_MODEL_RULES_BUILD_H

#include "attn/model/glass.h"
#include "attn/model/place.h"
#include "attn/model/rules_text.h"

struct weight_list {
    struct weight *at; /* in the arena */
    size_t n, room;
};

/* A head in the making. */
struct head_work {
    struct glass_head made; /* all but its matrices and lines, which finish it */
    bool cross;
    size_t D;
    struct weight_list Q, K, V, O;
    size_t slots, copies; /* used so far, of D each */
    bool has_place;
    struct place_shape shape;
    size_t place_slot; /* the first of its slots */
    const char **lines;
    size_t n_lines, room;
    const struct head_work *like;   /* an earlier head that fills in what is missing */
    struct rules_statement like_at; /* where that was said */
};

/* The slots that a place of this shape takes. */
size_t build_place_slots(const struct place_shape *shape);

/* One channel: score += (sum of wants) * (sum of has), in one slot. Fitting it in was
 * checked by the caller, for all of these. */
void build_match(struct head_work *work, const struct rules_list *wants,
                 const struct rules_list *has, struct arena *arena);

/* A slot for each of the n values from `wants` on, matched with those from `has` on. */
void build_alike(struct head_work *work, const struct stream_block *wants,
                 const struct stream_block *has, double factor, struct arena *arena);

/* One value slot that carries `from` to `to`. */
void build_copy(struct head_work *work, size_t from, size_t to, struct arena *arena);

/* Fits and writes the place kernel into the slots kept for it. */
void build_place(struct head_work *work, struct arena *arena);

/* Keeps a line for the head's card. */
void build_line(struct head_work *work, const char *line, struct arena *arena);

/* A feed-forward in the making. */
struct forward_work {
    struct weight_list W1, W2;
    double b[2 * GLASS_MAX_RAMPS];
    const char *ramps[GLASS_MAX_RAMPS];
    size_t n; /* ramps */
};

/* adds += clip((of - from) / (to - from), 0, 1), as two neurons; where `gate` is not
 * SIZE_MAX, only while that value is 1 (neurons get +30 of it and -30). */
struct ramp {
    const char *says;
    struct rules_list of, adds;
    double from, to;
    size_t gate;
};
void build_ramp(struct forward_work *work, const struct ramp *ramp,
                struct arena *arena);

#endif
