#include "attn/analyse/changed.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const float *row_of(const struct trace *trace, size_t head, size_t row)
{
    return trace_row(trace, head / trace->H, head % trace->H, row);
}

static size_t best_column(const float *weights, size_t n)
{
    size_t best = 0;
    for (size_t j = 1; j < n; j++)
        if (weights[j] > weights[best])
            best = j;
    return best;
}

static float moved(const float *a, const float *b, size_t n)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++)
        sum += fabs((double)a[j] - (double)b[j]);
    return (float)(sum / 2);
}

static struct changed_flip compare_row(const struct trace *before,
                                       const struct trace *after, size_t head,
                                       size_t row)
{
    const float *was = row_of(before, head, row), *is = row_of(after, head, row);
    struct changed_flip flip = {.head = head,
                                .row = row,
                                .before = best_column(was, before->S),
                                .after = best_column(is, after->S),
                                .change = moved(was, is, before->S)};
    flip.was = was[flip.before];
    flip.is = is[flip.after];
    return flip;
}

static int most_changed_first(const void *a, const void *b)
{
    const struct changed_head *one = a, *other = b;
    if (one->change > other->change)
        return -1;
    if (one->change < other->change)
        return 1;
    return one->head < other->head ? -1 : one->head > other->head;
}

static int later_layers_first(const void *a, const void *b)
{
    const struct changed_flip *one = a, *other = b;
    if (one->head != other->head)
        return one->head > other->head ? -1 : 1;
    if (one->change > other->change)
        return -1;
    if (one->change < other->change)
        return 1;
    return one->row < other->row ? -1 : one->row > other->row;
}

/* Adds a head's flips to `flips`; returns how it changed. */
static struct changed_head compare_head(const struct trace *before,
                                        const struct trace *after, size_t head,
                                        struct changed_flip *flips, size_t *n)
{
    struct changed_head most = {.head = head};
    for (size_t i = 0; i < before->T; i++) {
        if (before->rows[i].flags & TOKEN_SPECIAL)
            continue;
        struct changed_flip row = compare_row(before, after, head, i);
        if (row.change > most.change)
            most = (struct changed_head){head, row.change, i, row.before, row.after};
        if (row.change >= CHANGED_LEAST && row.before != row.after)
            flips[(*n)++] = row;
    }
    return most;
}

struct changed changed_find(const struct trace *before, const struct trace *after,
                            const unsigned char *skip, struct arena *arena)
{
    size_t n = before->L * before->H;
    struct changed_head *heads = arena_new(arena, n, sizeof *heads);
    struct changed_flip *flips = arena_new(arena, n * before->T, sizeof *flips);
    struct changed changed = {.heads = heads, .flips = flips};
    for (size_t head = 0; head < n; head++) {
        if (skip && skip[head])
            continue;
        struct changed_head most =
            compare_head(before, after, head, flips, &changed.n_flips);
        if (most.change >= CHANGED_LEAST)
            heads[changed.n_heads++] = most;
    }
    if (changed.n_heads)
        qsort(heads, changed.n_heads, sizeof *heads, most_changed_first);
    if (changed.n_flips)
        qsort(flips, changed.n_flips, sizeof *flips, later_layers_first);
    return changed;
}
