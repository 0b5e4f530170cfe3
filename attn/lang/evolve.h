/* evolve.h - what `evolve` shows: for one word a row of weights from each layer, or
 * from each head of a layer. Depends on lang/fill, render/evolveview.
 */
#ifndef ATTN_LANG_EVOLVE_H
#define ATTN_LANG_EVOLVE_H

#include "attn/lang/fill.h"
#include "attn/render/evolveview.h"

enum evolve_of { EVOLVE_LAYERS, EVOLVE_HEADS };

enum { EVOLVE_HEADS_MOST = 24 }; /* heads of one picture */

/* One row of the picture. */
struct evolve_row {
    int layer, head;     /* as the slice has them; -1: not one head */
    size_t best, second; /* the columns of words with most weight; SIZE_MAX: none */
    bool either;         /* these two could be either */
    bool story;          /* its head is one that tells the sentence's story */
    double removed;      /* what `hide` took out of it */
};

struct evolve {
    enum evolve_of of;
    struct fill fill;
    struct evolveview view;
    struct evolve_row *rows; /* [view.n] */
    bool largest;    /* rows hold the largest weight of any head, and are no shares */
    int layer, head; /* what the footer and the JSON say: numbers or PICK_ */
};

/* The rows of the word that the line names, or of the story's own. */
MUST_USE bool evolve_gather(struct call *call, struct evolve *evolve, struct err *err);

/* The finding: where the word that is looked at most is first seen, and what the other
 * layers do. */
const char *evolve_say(struct call *call, const struct evolve *evolve);

#endif
