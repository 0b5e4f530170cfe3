/* pair.h - two pictures in one: side by side where there is room, else one below the
 * other, each under its title.
 *
 * A scene has one stack of weights, so the two become one of a single slice, in which
 * each has its own rows and columns and the rest is 0: what was shown at first is what
 * is shown. Depends on render/scene, render/stack.
 */
#ifndef ATTN_RENDER_PAIR_H
#define ATTN_RENDER_PAIR_H

#include <stdbool.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"

enum { PAIR_WIDE = 720 }; /* px that two pictures side by side may take */

struct pair_part {
    const char *title;
    const struct scene *scene;
};

struct picture_pair {
    struct pair_part parts[2];
    bool stacked; /* one below the other in any case */
    bool big;     /* for a projector */
    /* Of pictures of words: which row of the second is which of the first (SIZE_MAX:
     * none), [rows of the first]. A word chosen in one is then chosen in both. NULL:
     * what is shown at first stays. */
    const size_t *same;
};

/* Never NULL. */
const struct scene *pair_draw(const struct picture_pair *pair, struct arena *arena);

#endif
