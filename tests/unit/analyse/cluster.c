/* Distances between heads and the tree of the nearest, with known answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "attn/analyse/cluster.h"
#include "tests/unit/analyse/attention.h"

static void near(double got, double want)
{
    if (!(fabs(got - want) < 1e-6))
        fail_msg("got %.9f, wanted %.9f", got, want);
}

static void distances(const struct made *made, size_t n, double *between)
{
    size_t heads[16];
    struct err err = {0};
    for (size_t k = 0; k < n; k++)
        heads[k] = k;
    assert_true(cluster_distances(&made->trace, heads, n, NULL, between, &err));
}

static void tree(const double *between, size_t n, struct cluster_merge *merges)
{
    struct err err = {0};
    assert_true(cluster_join(between, n, NULL, merges, &err));
}

/* [.2 .3 .5] against an even spread: .017251 nats, in one of three rows alike
 * otherwise. */
static void a_distance_by_hand(void **state)
{
    (void)state;
    const float third = 1.0F / 3;
    const float weights[] = {1, 0, 0, 0, 1, 0, .2F,   .3F,   .5F,
                             1, 0, 0, 0, 1, 0, third, third, third};
    struct made made = made_new(1, 2, 3, weights);
    double between[4];
    distances(&made, 2, between);
    near(between[1], .017251132 / 3);
    near(between[2], between[1]);
    near(between[0], 0);
    made_free(&made);
}

static void nothing_in_common_is_ln_2(void **state)
{
    (void)state;
    const float weights[] = {1, 0, 1, 0, 0, 1, 0, 1};
    struct made made = made_new(1, 2, 2, weights);
    double between[4];
    distances(&made, 2, between);
    near(between[1], 0.69314718);
    made.tokens[0].flags = TOKEN_SPECIAL; /* its row does not count */
    made.trace.weights[2] = 0;
    made.trace.weights[3] = 1; /* the other rows are alike now */
    distances(&made, 2, between);
    near(between[1], 0);
    made_free(&made);
}

/* Three quarters in common: where `heads cluster` stops. */
static void a_quarter_apart(void **state)
{
    (void)state;
    const float weights[] = {.75F, .25F, 0,    .75F, .25F, 0,    .75F, .25F, 0,
                             .75F, 0,    .25F, .75F, 0,    .25F, .75F, 0,    .25F};
    struct made made = made_new(1, 2, 3, weights);
    double between[4];
    distances(&made, 2, between);
    near(between[1], 0.69314718 / 4);
    made_free(&made);
}

/* A causal head's first word has no choice: that row says nothing. */
static void masked_columns_do_not_count(void **state)
{
    (void)state;
    const float weights[] = {1, 0, 1, 0, 1, 0, 0, 1};
    struct made made = made_new(1, 2, 2, weights);
    double between[4];
    made.trace.causal = true;
    distances(&made, 2, between);
    near(between[1], 0.69314718);
    made_free(&made);
}

/* Four points on a line at 0, 1, 5, 7: 0-1 at 1, 5-7 at 2, then the mean of 5, 7, 4, 6.
 */
static void average_linkage_by_hand(void **state)
{
    (void)state;
    const double at[] = {0, 1, 5, 7};
    double between[16];
    struct cluster_merge merges[3];
    size_t group[4];
    for (size_t a = 0; a < 4; a++)
        for (size_t b = 0; b < 4; b++)
            between[a * 4 + b] = fabs(at[a] - at[b]);
    tree(between, 4, merges);
    assert_int_equal(merges[0].a, 0);
    assert_int_equal(merges[0].b, 1);
    near(merges[0].distance, 1);
    assert_int_equal(merges[1].a, 2);
    assert_int_equal(merges[1].b, 3);
    near(merges[1].distance, 2);
    assert_int_equal(merges[2].a, 4);
    assert_int_equal(merges[2].b, 5);
    near(merges[2].distance, 5.5);
    assert_int_equal(cluster_count(merges, 4, .5), 4);
    assert_int_equal(cluster_count(merges, 4, 2), 3); /* 2 is not nearer than 2 */
    assert_int_equal(cluster_count(merges, 4, 2.1), 2);
    assert_int_equal(cluster_count(merges, 4, 9), 1);
    cluster_groups(merges, 4, 2, group);
    assert_int_equal(group[0], 0);
    assert_int_equal(group[1], 0);
    assert_int_equal(group[2], 1);
    assert_int_equal(group[3], 1);
    cluster_groups(merges, 4, 1, group);
    assert_int_equal(group[3], 0);
    assert_int_equal(cluster_typical(between, 4, group, 0), 1);
}

/* A group of two and one: the mean is over pairs, not over the two groups before. */
static void means_are_over_pairs(void **state)
{
    (void)state;
    const double at[] = {0, 1, 3, 100};
    double between[16];
    struct cluster_merge merges[3];
    for (size_t a = 0; a < 4; a++)
        for (size_t b = 0; b < 4; b++)
            between[a * 4 + b] = fabs(at[a] - at[b]);
    tree(between, 4, merges);
    near(merges[1].distance, 2.5);
    near(merges[2].distance, (100 + 99 + 97) / 3.0);
}

/* All equally far: the lowest first. */
static void ties_go_to_the_lowest(void **state)
{
    (void)state;
    double between[25];
    struct cluster_merge merges[4];
    for (size_t k = 0; k < 25; k++)
        between[k] = k % 6 == 0 ? 0 : 1;
    tree(between, 5, merges);
    const size_t wanted[4][2] = {{0, 1}, {5, 2}, {6, 3}, {7, 4}};
    for (size_t step = 0; step < 4; step++) {
        assert_int_equal(merges[step].a, wanted[step][0]);
        assert_int_equal(merges[step].b, wanted[step][1]);
        near(merges[step].distance, 1);
    }
}

/* The heads in another order give the same groups at the same distances. */
static void the_order_of_heads_does_not_matter(void **state)
{
    (void)state;
    enum { N = 12, GROUPS = 4 };
    struct made made = made_new(2, 6, 9, NULL);
    double between[N * N], turned[N * N];
    struct cluster_merge one[N], other[N];
    size_t group[N], back[N];
    made_random(&made, 6, 7);
    distances(&made, N, between);
    for (size_t a = 0; a < N; a++)
        for (size_t b = 0; b < N; b++)
            turned[(a * 5 % N) * N + b * 5 % N] = between[a * N + b];
    tree(between, N, one);
    tree(turned, N, other);
    for (size_t step = 0; step + 1 < N; step++)
        near(one[step].distance, other[step].distance);
    cluster_groups(one, N, GROUPS, group);
    cluster_groups(other, N, GROUPS, back);
    for (size_t a = 0; a < N; a++)
        for (size_t b = 0; b < N; b++)
            assert_int_equal(group[a] == group[b], back[a * 5 % N] == back[b * 5 % N]);
    made_free(&made);
}

static void distances_never_shrink(void **state)
{
    (void)state;
    enum { N = 144 };
    struct made made = made_new(12, 12, 6, NULL);
    double *between = mem_new(N * N, sizeof *between);
    struct cluster_merge merges[N];
    size_t heads[N], group[N];
    struct err err = {0};
    made_random(&made, 6, 3);
    for (size_t k = 0; k < N; k++)
        heads[k] = k;
    assert_true(cluster_distances(&made.trace, heads, N, NULL, between, &err));
    tree(between, N, merges);
    for (size_t step = 0; step + 2 < N; step++)
        assert_true(merges[step].distance <= merges[step + 1].distance + 1e-12);
    for (size_t wanted = 1; wanted <= N; wanted++) {
        size_t most = 0;
        cluster_groups(merges, N, wanted, group);
        for (size_t k = 0; k < N; k++)
            most = group[k] > most ? group[k] : most;
        assert_int_equal(most + 1, wanted);
    }
    free(between);
    made_free(&made);
}

static void a_stop_is_heard(void **state)
{
    (void)state;
    struct made made = made_new(1, 2, 2, NULL);
    struct err err = {0};
    atomic_bool stop = true;
    size_t heads[2] = {0, 1};
    double between[4] = {0};
    struct cluster_merge merges[1];
    assert_false(cluster_distances(&made.trace, heads, 2, &stop, between, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    err = (struct err){0};
    assert_false(cluster_join(between, 2, &stop, merges, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    made_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_distance_by_hand),
        cmocka_unit_test(nothing_in_common_is_ln_2),
        cmocka_unit_test(a_quarter_apart),
        cmocka_unit_test(masked_columns_do_not_count),
        cmocka_unit_test(average_linkage_by_hand),
        cmocka_unit_test(means_are_over_pairs),
        cmocka_unit_test(ties_go_to_the_lowest),
        cmocka_unit_test(the_order_of_heads_does_not_matter),
        cmocka_unit_test(distances_never_shrink),
        cmocka_unit_test(a_stop_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
