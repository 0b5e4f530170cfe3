/* strip.h - the sentence as numbered tokens: chips that wrap.
 *
 * At rest nothing is coloured, so that one can guess first; a page that runs scripts
 * colours the words by where the word under the pointer looks (a field over the same
 * boxes, nothing chosen). Depends on render/scene.
 */
#ifndef ATTN_RENDER_STRIP_H
#define ATTN_RENDER_STRIP_H

#include "attn/base/arena.h"
#include "attn/render/scene.h"

struct strip {
    bool big;            /* for a projector */
    struct stack stack;  /* rows = cols = the tokens, special ones too; row_slice: each
                            row's own head. n_slices 0: nothing to colour by */
    bool ids;            /* the vocabulary's id below each token */
    const long long *id; /* [n_cols], with `ids` */
};

/* Never NULL. Special tokens get no chip, but count in what the page colours by. */
const struct scene *strip_draw(const struct strip *strip, struct arena *arena);

/* The strip in text:  0 The   1 animal   2 didn't …, wrapped at 80 columns. */
const char *strip_twin(const struct strip *strip, struct arena *arena);

/* "12 words, numbered from 0: The animal didn't …" */
const char *strip_alt(const struct strip *strip, struct arena *arena);

#endif
