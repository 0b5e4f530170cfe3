/* rules_state.h - what the statements of rule text share while a text is compiled.
 * Between rules.c, rules_head.c, rules_ramp.c and rules_words.c only. Depends on
 * model/rules_build, rules_text.
 */
#ifndef ATTN_MODEL_RULES_STATE_H
#define ATTN_MODEL_RULES_STATE_H

#include "attn/model/rules_build.h"
#include "attn/model/rules_text.h"

struct layer_work {
    size_t line, n_heads, n_cross;
    struct head_work heads[GLASS_MAX_HEADS], cross[GLASS_MAX_HEADS];
    struct forward_work forward;
};

struct word_work {
    const char *text;
    struct word_value *at; /* in the arena */
    size_t n, room;
};

/* What stands open: the statements that may follow depend on it. */
enum place_in_text { IN_NOTHING, IN_LAYER, IN_HEAD, IN_RAMP };

struct compiler {
    struct rules_text in;
    struct glass *glass;
    struct rules_statement now;
    struct rules_cursor cursor; /* in the rest of `now` */
    enum place_in_text open;
    struct layer_work *layers; /* [GLASS_MAX_LAYERS] */
    struct head_work *head;    /* the one that stands open, of either kind */
    struct head_work *next;    /* what the last stream is matched with, or NULL */
    struct word_work *words;   /* [GLASS_MAX_WORDS] or NULL */
    size_t n_words;
    struct rules_statement ramp_at;
    struct ramp ramp;
    bool ramp_from;
};

/* The layer that stands open. */
struct layer_work *rules_layer(struct compiler *c);

/* No list may name parts of a word's place. */
MUST_USE bool rules_no_places(struct compiler *c, const struct rules_list *list);
/* Only the model itself writes places, marks, identity and topic. */
MUST_USE bool rules_may_write(struct compiler *c, size_t dim);

/* The text after the statement's word, which it cannot do without. */
MUST_USE bool rules_said(struct compiler *c, const char **text);

/* The statements of a ramp, and what is done when it ends. */
MUST_USE bool rules_ramp(struct compiler *c);
MUST_USE bool rules_only(struct compiler *c);
MUST_USE bool rules_of(struct compiler *c);
MUST_USE bool rules_from(struct compiler *c);
MUST_USE bool rules_adds(struct compiler *c);
MUST_USE bool rules_close_ramp(struct compiler *c);

/* The statement of the vocabulary, and its words once all are read. */
MUST_USE bool rules_words(struct compiler *c);
void rules_finish_words(struct compiler *c);

/* Quotes the statement that is read on the card of the head that stands open. */
MUST_USE bool rules_keep_line(struct compiler *c);

/* Fills in what the head that stands open has from the head that it is like. */
MUST_USE bool rules_close_head(struct compiler *c);

/* The statements of a head that make scores and copies, each read from c->cursor. */
MUST_USE bool rules_like(struct compiler *c);
MUST_USE bool rules_gain(struct compiler *c);
MUST_USE bool rules_place(struct compiler *c);
MUST_USE bool rules_match(struct compiler *c);
MUST_USE bool rules_alike(struct compiler *c);
MUST_USE bool rules_rest(struct compiler *c);
MUST_USE bool rules_copy(struct compiler *c);

#endif
