#include "attn/analyse/cluster.h"

#include <math.h>
#include <stdint.h>

#include "attn/analyse/entropy.h"
#include "attn/analyse/rest.h"
#include "attn/base/arena.h"

static bool is_stopped(const atomic_bool *stop)
{
    return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

static bool stopped_here(struct err *err)
{
    return err_set(err, ERR_INTERRUPTED, "Stopped while heads were compared.");
}

/* ---- distances ----------------------------------------------------------------- */

static bool counts(const struct trace *trace, size_t row)
{
    return !(trace->rows[row].flags & TOKEN_SPECIAL) && rest_allowed(trace, row) > 1;
}

/* entropy [n,T] of each head's rows: worked out once, not for every pair. */
static bool own_entropy(const struct trace *trace, const size_t *heads, size_t n,
                        const atomic_bool *stop, double *entropy)
{
    for (size_t k = 0; k < n; k++) {
        if (is_stopped(stop))
            return false;
        for (size_t i = 0; i < trace->T; i++)
            if (counts(trace, i))
                entropy[k * trace->T + i] = entropy_of(
                    trace_row(trace, heads[k] / trace->H, heads[k] % trace->H, i),
                    rest_allowed(trace, i));
    }
    return true;
}

/* Of heads a and b, whose rows have these entropies. */
static double distance_of(const struct trace *trace, size_t a, size_t b,
                          const double *entropy_a, const double *entropy_b)
{
    double sum = 0;
    size_t rows = 0;
    for (size_t i = 0; i < trace->T; i++) {
        if (!counts(trace, i))
            continue;
        double apart = entropy_mixed(trace_row(trace, a / trace->H, a % trace->H, i),
                                     trace_row(trace, b / trace->H, b % trace->H, i),
                                     rest_allowed(trace, i)) -
                       (entropy_a[i] + entropy_b[i]) / 2;
        sum += apart > 0 ? apart : 0;
        rows++;
    }
    return rows ? sum / (double)rows : 0;
}

bool cluster_distances(const struct trace *trace, const size_t *heads, size_t n,
                       const atomic_bool *stop, double *between, struct err *err)
{
    struct arena scratch = {0};
    size_t T = trace->T;
    double *entropy = arena_new(&scratch, n * T, sizeof *entropy);
    bool done = own_entropy(trace, heads, n, stop, entropy);
    for (size_t a = 0; done && a < n; a++) {
        between[a * n + a] = 0;
        for (size_t b = a + 1; done && b < n; b++) {
            double distance = distance_of(trace, heads[a], heads[b], entropy + a * T,
                                          entropy + b * T);
            between[a * n + b] = between[b * n + a] = distance;
            done = !is_stopped(stop);
        }
    }
    arena_free(&scratch);
    return done || stopped_here(err);
}

/* ---- the tree ------------------------------------------------------------------ */

/* Groups that are not yet joined stand at the place of their lowest member. */
struct forest {
    size_t n;
    double *between; /* [n,n] of the groups that stand */
    size_t *size;    /* [n] heads in it; 0: joined to a lower one */
    size_t *name;    /* [n] its number in the steps */
};

static bool nearest(const struct forest *forest, const atomic_bool *stop, size_t *a,
                    size_t *b)
{
    size_t n = forest->n;
    double least = INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (is_stopped(stop))
            return false;
        for (size_t j = i + 1; forest->size[i] && j < n; j++)
            if (forest->size[j] && forest->between[i * n + j] < least) {
                least = forest->between[i * n + j];
                *a = i;
                *b = j;
            }
    }
    return true;
}

/* Joins b to a: the mean over pairs, from the means of both. */
static void join(struct forest *forest, size_t a, size_t b, size_t name)
{
    size_t n = forest->n;
    double in_a = (double)forest->size[a], in_b = (double)forest->size[b];
    for (size_t k = 0; k < n; k++) {
        double far =
            (in_a * forest->between[a * n + k] + in_b * forest->between[b * n + k]) /
            (in_a + in_b);
        forest->between[a * n + k] = forest->between[k * n + a] = far;
    }
    forest->size[a] += forest->size[b];
    forest->size[b] = 0;
    forest->name[a] = name;
}

bool cluster_join(const double *between, size_t n, const atomic_bool *stop,
                  struct cluster_merge *merges, struct err *err)
{
    struct arena scratch = {0};
    struct forest forest = {.n = n,
                            .between = arena_new(&scratch, n * n, sizeof(double)),
                            .size = arena_new(&scratch, n, sizeof(size_t)),
                            .name = arena_new(&scratch, n, sizeof(size_t))};
    bool done = true;
    for (size_t k = 0; k < n * n; k++)
        forest.between[k] = between[k];
    for (size_t k = 0; k < n; k++) {
        forest.size[k] = 1;
        forest.name[k] = k;
    }
    for (size_t step = 0; done && step + 1 < n; step++) {
        size_t a = 0, b = 1;
        done = nearest(&forest, stop, &a, &b) || stopped_here(err);
        merges[step] = (struct cluster_merge){forest.name[a], forest.name[b],
                                              forest.between[a * n + b]};
        join(&forest, a, b, n + step);
    }
    arena_free(&scratch);
    return done;
}

size_t cluster_count(const struct cluster_merge *merges, size_t n, double distance)
{
    size_t groups = n;
    for (size_t step = 0; step + 1 < n && merges[step].distance < distance; step++)
        groups--;
    return groups;
}

void cluster_groups(const struct cluster_merge *merges, size_t n, size_t wanted,
                    size_t *group)
{
    struct arena scratch = {0};
    size_t *under = arena_new(&scratch, 2 * n, sizeof *under); /* SIZE_MAX: a root */
    size_t *number = arena_new(&scratch, 2 * n, sizeof *number);
    size_t numbered = 0;
    for (size_t k = 0; k < 2 * n; k++)
        under[k] = number[k] = SIZE_MAX;
    for (size_t step = 0; step + wanted < n; step++)
        under[merges[step].a] = under[merges[step].b] = n + step;
    for (size_t k = 0; k < n; k++) {
        size_t root = k;
        while (under[root] != SIZE_MAX)
            root = under[root];
        if (number[root] == SIZE_MAX)
            number[root] = numbered++;
        group[k] = number[root];
    }
    arena_free(&scratch);
}

size_t cluster_typical(const double *between, size_t n, const size_t *group,
                       size_t which)
{
    size_t best = SIZE_MAX;
    double least = INFINITY;
    for (size_t k = 0; k < n; k++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += group[j] == which ? between[k * n + j] : 0;
        if (group[k] == which && sum < least) {
            least = sum;
            best = k;
        }
    }
    return best;
}
