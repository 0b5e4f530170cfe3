/* flow.h - links between words, for the views that draw them: which are drawn, which
 * colour is which head, what the legend says.
 *
 * Information flows to the word that looks: an arrow head points at the reader, from
 * the word that it reads. Depends on render/scene, render/theme.
 */
#ifndef ATTN_RENDER_FLOW_H
#define ATTN_RENDER_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"
#include "attn/render/theme.h"

enum {
    FLOW_WORDS = 96, /* most words of one drawing */
    FLOW_LINKS = 40, /* most links of lines and network */
    FLOW_HEADS = 9,  /* most heads that have colours of their own */
};

struct flow_link {
    size_t row, col; /* indices in the tokens: the reader, and what it reads */
    size_t head;     /* index in the heads */
    float weight;
    bool either; /* one of two candidates: drawn dashed */
};

struct flow_head {
    const char *name; /* "L3-H0 pronoun→antecedent" */
    const char *does; /* or NULL */
    bool pale;        /* background to the story: grey */
    size_t color;     /* which categorical colour, unless pale */
    bool dashed;      /* told apart from its neighbours by more than colour */
};

struct flow {
    const struct axis_token *tokens;
    size_t n_tokens;
    const size_t *words; /* indices of the tokens that are drawn, in order */
    size_t n_words;
    /* Where another sentence is looked at: its tokens, and which are drawn; else NULL
       and 0: the same words. Only lines draw two sentences. */
    const struct axis_token *others;
    size_t n_others;
    const size_t *seen;
    size_t n_seen;
    const struct flow_link *links;
    size_t n_links;
    const struct flow_head *heads;
    size_t n_heads;
    const float *rests; /* [n_tokens] what a row gives to special tokens (lines
                            draw it as a stub), or NULL */
    size_t chosen;      /* a token that stands out, or SIZE_MAX */
    bool causal;        /* words see only earlier ones */
    bool big;
};

/* Index in flow->words of a token; SIZE_MAX if it is not drawn. */
size_t flow_place(const struct flow *flow, size_t token);

/* The place of a token that is looked at, among the words drawn on that side. */
size_t flow_seen(const struct flow *flow, size_t token);

/* A token that is looked at, as the language names it. */
const char *flow_looked_at(const struct flow *flow, size_t token, struct arena *arena);

/* What a pointer resting on a link reads: it ← animal: 0.953 (L3-H0 …). */
const char *flow_title(const struct flow *flow, const struct flow_link *link,
                       struct arena *arena);

/* Colour, thickness and dashes of a link's line. */
struct item flow_line(const struct flow *flow, const struct flow_link *link,
                      struct arena *arena);

/* The legend from `top` on: a sample line and a name for each head that drew a link,
 * then what arrows and dashes mean. Wraps at `right`. Returns its lower edge. */
float flow_legend(struct sketch *sketch, const struct flow *flow, float top,
                  float right);

/* Its two parts, each in a box of which the height does not count: the heads, then what
 * arrows and dashes mean. Return the lower edge. */
float flow_legend_heads(struct sketch *sketch, const struct flow *flow, struct box box);
float flow_legend_notes(struct sketch *sketch, const struct flow *flow, struct box box);

/* The links in text, strongest first, then their heads. */
const char *flow_twin(const struct flow *flow, struct arena *arena);

/* The `most` links to speak of first: the chosen word's, then the strongest; those of
 * phrases last. "it" looks at "animal" (0.91), "was" at "it" (0.95) */
const char *flow_say(const struct flow *flow, size_t most, struct arena *arena);

#endif
