/* Two hand-made traces of <s> a b: what moved, and which rows flipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attn/analyse/changed.h"

enum { T = 3, HEADS = 3 };

static const struct token tokens[T] = {
    {.text = "<s>", .position = -1, .flags = TOKEN_SPECIAL},
    {.text = "a", .position = 0},
    {.text = "b", .position = 1},
};

static struct trace trace_of(float weights[HEADS * T * T])
{
    for (int i = 0; i < HEADS * T; i++) {
        weights[i * T] = .6F;
        weights[i * T + 1] = .3F;
        weights[i * T + 2] = .1F;
    }
    return (struct trace){.T = T,
                          .S = T,
                          .L = HEADS,
                          .H = 1,
                          .rows = tokens,
                          .cols = tokens,
                          .weights = weights};
}

static void nothing_changed(void **state)
{
    float one[HEADS * T * T], other[HEADS * T * T];
    struct arena arena = {0};
    struct trace before = trace_of(one), after = trace_of(other);
    (void)state;
    other[T] += .001F; /* less than is worth a word */
    other[T + 1] -= .001F;
    struct changed changed = changed_find(&before, &after, NULL, &arena);
    assert_int_equal(changed.n_heads, 0);
    assert_int_equal(changed.n_flips, 0);
    arena_free(&arena);
}

static void moved(float *row, float a, float b, float c)
{
    row[0] = a;
    row[1] = b;
    row[2] = c;
}

static void heads_are_ranked_and_rows_flip(void **state)
{
    float one[HEADS * T * T], other[HEADS * T * T];
    const unsigned char skip[HEADS] = {0, 0, 1};
    struct arena arena = {0};
    struct trace before = trace_of(one), after = trace_of(other);
    (void)state;
    moved(other, 0, 0, 1);                     /* <s> itself: no word */
    moved(other + T, .5F, .4F, .1F);           /* head 0, a: .1 moved, no flip */
    moved(other + (T + 2) * T, .1F, .1F, .8F); /* head 1, b: .7, flips to b */
    moved(other + (2 * T + 1) * T, 0, 1, 0);   /* head 2 */
    struct changed changed = changed_find(&before, &after, NULL, &arena);
    assert_int_equal(changed.n_heads, 3);
    assert_int_equal(changed.heads[0].head, 1); /* of equals the earlier */
    assert_float_equal(changed.heads[0].change, .7, 1e-6);
    assert_int_equal(changed.heads[0].row, 2);
    assert_int_equal(changed.heads[1].head, 2);
    assert_int_equal(changed.heads[2].head, 0);
    assert_float_equal(changed.heads[2].change, .1, 1e-6);
    assert_int_equal(changed.n_flips, 2);
    assert_int_equal(changed.flips[0].head, 2); /* later layers first */
    assert_int_equal(changed.flips[1].row, 2);
    assert_int_equal(changed.flips[1].before, 0);
    assert_int_equal(changed.flips[1].after, 2);
    assert_float_equal(changed.flips[1].was, .6, 1e-6);
    assert_float_equal(changed.flips[1].is, .8, 1e-6);
    changed = changed_find(&before, &after, skip, &arena);
    assert_int_equal(changed.n_heads, 2);
    assert_int_equal(changed.n_flips, 1);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changed),
        cmocka_unit_test(heads_are_ranked_and_rows_flip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
