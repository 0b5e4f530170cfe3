/* Places of a network's nodes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/analyse/layout.h"

enum { N = 10 };

static struct layout_place *places(size_t n, const struct layout_link *links,
                                   size_t n_links, struct arena *arena)
{
    struct layout_place *at;
    struct err err = {0};
    assert_true(layout_nodes(&(struct layout_graph){n, links, n_links}, NULL, arena,
                             &at, &err));
    return at;
}

static float apart(const struct layout_place *at, size_t a, size_t b)
{
    return hypotf(at[a].x - at[b].x, at[a].y - at[b].y);
}

static void all_lie_in_the_unit_square(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t n = 1; n <= 40; n++) {
        struct layout_place *at = places(n, NULL, 0, &arena);
        for (size_t k = 0; k < n; k++)
            assert_true(at[k].x >= 0 && at[k].x <= 1 && at[k].y >= 0 && at[k].y <= 1);
        for (size_t a = 0; a < n; a++)
            for (size_t b = a + 1; b < n; b++)
                assert_true(apart(at, a, b) > .02F);
    }
    arena_free(&arena);
}

static void what_is_linked_stands_nearer(void **state)
{
    (void)state;
    static const struct layout_link links[] = {{0, 1, .9F}, {1, 2, .9F}, {2, 0, .9F},
                                               {5, 6, .9F}, {6, 7, .9F}, {5, 7, .9F}};
    struct arena arena = {0};
    struct layout_place *at = places(N, links, 6, &arena);
    float inside = 0, across = 0;
    for (size_t k = 0; k < 6; k++)
        inside += apart(at, links[k].a, links[k].b) / 6;
    for (size_t a = 0; a < 3; a++)
        for (size_t b = 5; b < 8; b++)
            across += apart(at, a, b) / 9;
    assert_true(inside * 2 < across);
    arena_free(&arena);
}

static void the_same_links_give_the_same_places(void **state)
{
    (void)state;
    static const struct layout_link links[] = {{0, 1, .9F}, {3, 4, .5F}, {4, 4, 1}};
    struct arena arena = {0};
    struct layout_place *one = places(N, links, 3, &arena);
    struct layout_place *two = places(N, links, 3, &arena);
    assert_memory_equal(one, two, N * sizeof *one);
    arena_free(&arena);
}

static void a_stop_is_heard(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout_place *at;
    struct err err = {0};
    atomic_bool stop = true;
    assert_false(
        layout_nodes(&(struct layout_graph){.n = N}, &stop, &arena, &at, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_lie_in_the_unit_square),
        cmocka_unit_test(what_is_linked_stands_nearer),
        cmocka_unit_test(the_same_links_give_the_same_places),
        cmocka_unit_test(a_stop_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
