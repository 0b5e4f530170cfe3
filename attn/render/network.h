/* network.h - words as dots, an arrow for each link; the size of a dot is the attention
 * that its word receives or gives. Depends on render/flow.
 */
#ifndef ATTN_RENDER_NETWORK_H
#define ATTN_RENDER_NETWORK_H

#include "attn/base/arena.h"
#include "attn/render/flow.h"

struct network {
    struct flow flow;
    const struct point *at; /* [flow.n_words] 0 … 1 in both directions */
    const float *sizes;     /* [flow.n_words] attention received or given, >= 0 */
    const char *size_means; /* "the attention it receives from other words" */
};

const struct scene *network_draw(const struct network *network, struct arena *arena);

#endif
