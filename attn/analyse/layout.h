/* layout.h - places for the nodes of a network, so that what is linked stands together.
 *
 * Fruchterman and Reingold 1991 (Graph drawing by force-directed placement), from a
 * fixed start and without chance: same links, same picture. Depends on base.
 */
#ifndef ATTN_ANALYSE_LAYOUT_H
#define ATTN_ANALYSE_LAYOUT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"

enum { LAYOUT_NODES = 128 }; /* most nodes: each step takes n * n */

struct layout_link {
    size_t a, b;  /* nodes */
    float weight; /* 0 … 1: how strongly they pull */
};

struct layout_place {
    float x, y; /* 0 … 1 */
};

struct layout_graph {
    size_t n; /* nodes */
    const struct layout_link *links;
    size_t n_links;
};

/* Places [n] in `arena`. `n` <= LAYOUT_NODES (ERR_TOO_LARGE). ERR_INTERRUPTED when
 * *stop (may be NULL) is set meanwhile. */
MUST_USE bool layout_nodes(const struct layout_graph *graph, const atomic_bool *stop,
                           struct arena *arena, struct layout_place **places,
                           struct err *err);

#endif
