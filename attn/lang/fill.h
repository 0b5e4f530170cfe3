/* fill.h - from what a run saw to what a picture needs: a trace becomes a stack.
 *
 * Here, and only here, it is decided which head (or which head for each row) a view
 * draws, what `hide` makes of its weights, and how many heads go along for the page to
 * switch to. Depends on lang/command, lang/measured, analyse/story, render/scene.
 */
#ifndef ATTN_LANG_FILL_H
#define ATTN_LANG_FILL_H

#include "attn/analyse/story.h"
#include "attn/lang/command.h"
#include "attn/render/scene.h"
#include "attn/tensor/trace.h"

enum {
    /* Weights that go into one page (most are 0 and cost next to nothing): all heads of
       a sentence of 40 words, the rows' own heads up to 64 or so, one head above. */
    FILL_WEIGHTS = 40000,
};

struct fill {
    const struct trace *trace;
    struct story story;
    struct stack stack;     /* weights as drawn, in the cell's arena */
    int layer, head;        /* what the footer and the JSON say: numbers or PICK_ */
    const size_t *row_head; /* [rows] layer*H + head of each row where every row has its
                               own, else NULL */
};

/* The stack for a view of all rows. With layer and head on auto each row has its own
 * head; with one of them given, the head of that layer (the layer of that head) that
 * rests least, and a note says which. */
MUST_USE bool fill_rows(struct call *call, struct fill *fill, struct err *err);

/* The stack for a view of one row: the row named `word` (or the story's own, where it
 * is NULL or not given) goes to *row; it is drawn from the head with most to say about
 * it, or the one asked for; other rows each from their own. */
MUST_USE bool fill_word(struct call *call, const struct value *word, struct fill *fill,
                        size_t *row, struct err *err);

/* For views that choose heads in a way of their own: the trace, the story and the axes,
 * no slices yet; and one head's slice. */
MUST_USE bool fill_begin(struct call *call, struct fill *fill, struct err *err);
MUST_USE bool fill_slice(struct call *call, const struct trace *trace, size_t head,
                         struct slice *slice, struct err *err);

/* True when the line asks for several heads: `layer all`, `layer 1..2`, `head all`,
 * `heads L0-H0 L3-H0`. */
bool fill_is_several(const struct call *call);

/* Then: a stack with a slice for each of them, layer by layer. */
MUST_USE bool fill_several(struct call *call, struct fill *fill, struct err *err);

/* Where most words are unknown: a note that says so, for views whose finding does not.
 */
void fill_note_unknown(struct call *call, const struct fill *fill);

/* Tokens as the labels of an axis. */
const struct axis_token *fill_tokens(struct arena *arena, const struct token *tokens,
                                     size_t n);

/* The shown slice as JSON rows; [layer, head] of each row's own head where it has one.
 */
void fill_json_weights(struct json_out *out, const struct stack *stack);
/* "heads" and "weights" of several: [layer][head][row][col] of a range of heads,
 * [head][row][col] of a list of them. */
void fill_json_several(struct json_out *out, const struct stack *stack, bool listed);
void fill_json_row_heads(struct json_out *out, const struct fill *fill);

#endif
