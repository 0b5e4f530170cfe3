/* drawings.h - what `diagram` draws, as data: a plan for each drawing, with {names} in
 * its texts for what the current sentence and model put there, and slots for boxes
 * whose number they decide. Depends on render/boxes.
 */
#ifndef ATTN_LANG_DRAWINGS_H
#define ATTN_LANG_DRAWINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/render/boxes.h"

/* In the order of the list: name, and what it shows. */
#define DRAWINGS(DRAWING)                                                              \
    DRAWING(flow, "from what one types to the next word, in seven steps")              \
    DRAWING(pipeline, "the five stages of a language model, and attention opened up")  \
    DRAWING(lookup, "attention as a dictionary that answers with a blend")             \
    DRAWING(block, "one layer: the words talk, then each thinks by itself")            \
    DRAWING(heads, "several heads look at once, each with a narrower slice")           \
    DRAWING(concat, "what the heads found, side by side, mixed into one")              \
    DRAWING(types, "self-attention, masked self-attention and cross-attention")        \
    DRAWING(rnn, "word after word, or all at once: the old way and attention")         \
    DRAWING(uses, "where attention is used, and what a token is there")                \
    DRAWING(tree, "the family of transformers: encoders, decoders, and both")

struct drawing {
    const char *name;
    const char *finding, *alt; /* with {names} */
    const char *then;          /* a line on how to go on, or NULL */
    const struct boxes_part *parts;
    size_t n;
    bool of_model; /* says something about the current model */
    bool of_word;  /* needs a word and its head: {word}, {where} … */
};

/* In the order of the list. */
extern const struct drawing drawings[];
extern const size_t n_drawings;

#endif
