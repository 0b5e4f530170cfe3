/* Numbers as they are printed: short, rounded, and adding up where they can. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "attn/lang/numbers.h"

static struct arena arena;

static void whole_numbers_stay_short(void **state)
{
    (void)state;
    assert_string_equal(number_plain(&arena, 2, 6), "2");
    assert_string_equal(number_plain(&arena, -0.0, 6), "0");
    assert_string_equal(number_plain(&arena, (double)0.1f, 6), "0.1");
    assert_string_equal(number_fixed(&arena, 0.4793, 2), "0.48");
    assert_string_equal(number_fixed(&arena, -0.004, 2), "0.00");
    assert_string_equal(number_signed(&arena, 0.004, 2), "0.00");
    assert_string_equal(number_signed(&arena, 1, -1), "+1");
    assert_string_equal(number_signed(&arena, -1.5, 2), "-1.50");
    assert_string_equal(number_signed(&arena, 0, -1), "0");
    const double list[] = {2, 0, 1};
    assert_string_equal(number_list(&arena, list, 3, -1), "2 0 1");
    assert_string_equal(number_list(&arena, list, 2, 1), "2.0 0.0");
    assert_string_equal(number_list(&arena, list, 0, 1), "");
    arena_free(&arena);
}

static void a_product_is_spelled_out(void **state)
{
    const double a[] = {2, 0, 1}, b[] = {1, 0, 2}, c[] = {-0.5, 1, 0.1};
    (void)state;
    assert_string_equal(number_dot(&arena, a, b, 3, 10), "2*1 + 0*0 + 1*2 = 4");
    assert_string_equal(number_dot(&arena, a, c, 3, 10), "2*-0.5 + 0*1 + 1*0.1 = -0.9");
    assert_string_equal(number_dot(&arena, a, c, 0, 10), " = 0");
    arena_free(&arena);
}

static void as_many_places_as_adding_up_takes(void **state)
{
    const double good[] = {.468310535, .468310535, .0633789375};
    const double thirds[] = {1. / 3, 1. / 3, 1. / 3};
    const int range[] = {2, 4}, from_three[] = {3, 6};
    bool exact = true;
    (void)state;
    assert_int_equal(number_places(good, 3, 1, range, &exact), 2);
    assert_int_equal(number_places(good, 3, 1, from_three, &exact), 4);
    assert_true(exact);
    assert_int_equal(number_places(thirds, 3, 1, range, &exact), 2);
    assert_false(exact);
}

static void the_largest_come_first(void **state)
{
    const double values[] = {1, -3, 0, 3, 2, 1e-12};
    size_t order[6];
    (void)state;
    assert_int_equal(number_rank(values, 6, 0, order), 4);
    assert_int_equal(order[0], 1);
    assert_int_equal(order[1], 3);
    assert_int_equal(order[2], 4);
    assert_int_equal(order[3], 0);
    assert_int_equal(number_rank(values, 6, 1 << 1 | 1 << 4, order), 2);
    assert_int_equal(order[0], 3);
    assert_int_equal(number_rank(values, 0, 0, order), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_stay_short),
        cmocka_unit_test(a_product_is_spelled_out),
        cmocka_unit_test(as_many_places_as_adding_up_takes),
        cmocka_unit_test(the_largest_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
