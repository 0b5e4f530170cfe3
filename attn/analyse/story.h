/* story.h - which heads have something to say about a sentence, and which word to look
 * at first: what `auto` means (the rule R*), so that no default picture is empty.
 *
 * Pure functions of a trace. Depends on tensor/trace.
 */
#ifndef ATTN_ANALYSE_STORY_H
#define ATTN_ANALYSE_STORY_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/tensor/trace.h"

enum story_kind {
    STORY_CODE,     /* looks like program text: position heads only, no grammar */
    STORY_UNKNOWN,  /* most words unknown to the model: position heads only */
    STORY_PRONOUN,  /* a pronoun looks back at something */
    STORY_CLAUSE,   /* who does what */
    STORY_PHRASE,   /* only phrases: the pizza */
    STORY_POSITION, /* nothing but places: previous, next */
    STORY_REPEAT,   /* no grammar, but a pattern repeats, and a head continues it */
};

struct story {
    enum story_kind kind;
    size_t layer, head; /* the one head for a view that draws one */
    size_t row;         /* the row to choose: the pronoun, else the main verb */
    size_t *row_head;   /* [T] for each row the index (layer*H + head) of the head
                           that has most to say about it */
    bool *row_rests;    /* [T] even that head mostly rests on a special token */
};

/* A link that one head draws. */
struct story_link {
    size_t layer, head, row, col;
    float weight;
    bool pale;   /* a phrase head's: background to the story */
    bool either; /* one of two candidates that are close: "could be either" */
};

/* Names are looked up in trace->heads (`story` order, names of the teaching model); a
 * trace without story heads gets, for each row, the head with the least weight on
 * special tokens (the latest of equals). A trace has at least one row. */
struct story story_of(const struct trace *trace, struct arena *arena);

/* The head with most to say about one row: of the story heads that do not rest there
 * (less than half of the row on special tokens) the one that rests least, a head
 * earlier in the story winning when it is as good within .05. A head for places
 * (previous) speaks only where no other does: it never rests, and would else speak for
 * every word. */
void story_head_for(const struct trace *trace, size_t row, size_t *layer, size_t *head);

/* The same among the heads of one layer; where none of the story speaks, the one that
 * rests least, the first of equals. Returns its number in the layer. */
size_t story_head_in_layer(const struct trace *trace, size_t layer, size_t row);

/* The links that a bare `flow` draws: weight >= .5, or two candidates (see below). The
 * pale ones last, else the strongest first. In code each use of a name is linked to the
 * use before it. Where no story head links anything, the links of the story's one head.
 * Returns how many. */
size_t story_links(const struct trace *trace, const struct story *story,
                   struct arena *arena, struct story_link **links);

/* Two candidates? The best and second best column of a row, special tokens left out.
 * True when best - second <= .35, the second is not negligible (>= .15) and neither is
 * the looking word itself, which is no candidate. */
bool story_could_be_either(const struct trace *trace, size_t layer, size_t head,
                           size_t row, size_t *best, size_t *second);

#endif
