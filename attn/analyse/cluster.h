/* cluster.h - which heads are alike: distances between them, and a tree of the nearest.
 *
 * The distance of two heads is the Jensen-Shannon divergence of their rows, in nats (0
 * alike … ln 2 = .693 apart), as a mean over the typed words, each over the columns
 * that it may look at, special ones included: to rest is to do something. (Clark et al.
 * 2019, arXiv 1906.04341, section 6, sums over all words where this is the mean, so
 * that a long sentence is no farther; and mixes in .001 of an even spread, which is not
 * needed: the divergence is finite without, 0 ln 0 being 0.) The tree joins by average
 * linkage (UPGMA, Sokal and Michener 1958): again and again the two nearest groups, the
 * distance of two groups being the mean over their pairs. Of several pairs equally near
 * the one with the lowest first members comes first. Depends on analyse/{entropy,rest},
 * tensor/trace.
 */
#ifndef ATTN_ANALYSE_CLUSTER_H
#define ATTN_ANALYSE_CLUSTER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/err.h"
#include "attn/tensor/trace.h"

/* Writes the distances of `n` heads (heads[k] = layer*H + head) to between [n,n]:
 * symmetric, 0 in the diagonal, and 0 where no word may look at two columns. The cost
 * is n² T S / 2 logarithms at most. ERR_INTERRUPTED when *stop (may be NULL) is set
 * meanwhile. */
MUST_USE bool cluster_distances(const struct trace *trace, const size_t *heads,
                                size_t n, const atomic_bool *stop, double *between,
                                struct err *err);

/* One step of the tree. Groups: 0 … n-1 the single heads, n + i what step i made. */
struct cluster_merge {
    size_t a, b; /* a holds the lowest member */
    double distance;
};

/* Writes the n - 1 steps, nearest first, to merges. between [n,n] as above. n >= 1.
 * ERR_INTERRUPTED as above. */
MUST_USE bool cluster_join(const double *between, size_t n, const atomic_bool *stop,
                           struct cluster_merge *merges, struct err *err);

/* How many groups are left when only steps nearer than `distance` are taken. */
size_t cluster_count(const struct cluster_merge *merges, size_t n, double distance);

/* The `wanted` groups (1 … n) that all steps but the last wanted - 1 make: group[k] of
 * each head, numbered from 0 in the order of their lowest members. */
void cluster_groups(const struct cluster_merge *merges, size_t n, size_t wanted,
                    size_t *group);

/* The most typical head of a group: the least mean distance to the others. */
size_t cluster_typical(const double *between, size_t n, const size_t *group,
                       size_t which);

#endif
