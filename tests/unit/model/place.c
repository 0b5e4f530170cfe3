/* Kernels of distance: their shapes, near and far. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "attn/model/place.h"

static void a_window_is_exact(void **state)
{
    (void)state;
    const struct place_shape shape = {.kind = PLACE_WINDOW, .at = 1, .fall = 2.2};
    struct place place = place_fit(&shape);
    for (int d = -511; d <= 511; d++)
        assert_true(fabs(place_value(&place, d) + 2.2 * (d - 1) * (d - 1)) < 1e-8);
}

static void the_nearest_wins_at_every_distance(void **state)
{
    (void)state;
    const struct place_shape shape = {
        .kind = PLACE_NEAR, .slope = 0.85, .against = 9, .reach = 14, .bend = 0.004};
    struct place place = place_fit(&shape);
    double before = place_value(&place, 1);
    assert_true(fabs(before) < 0.5);
    assert_true(place_value(&place, -1) < -5);
    for (int d = 2; d <= 6; d++) { /* each step back costs about the slope */
        assert_true(place_value(&place, d) < before - 0.1);
        before = place_value(&place, d);
    }
    for (int d = 56; d <= 511; d++) { /* no wave comes back from afar */
        assert_true(place_value(&place, d) < -5);
        assert_true(place_value(&place, -d) < -5);
    }
}

static void ahead_is_the_mirror_of_back(void **state)
{
    (void)state;
    struct place_shape shape = {
        .kind = PLACE_NEAR, .slope = 0.3, .against = 8, .reach = 18, .bend = 0.003};
    struct place back = place_fit(&shape);
    shape.ahead = true;
    struct place ahead = place_fit(&shape);
    for (int d = -30; d <= 30; d++)
        assert_true(fabs(place_value(&back, d) - place_value(&ahead, -d)) < 0.5);
}

static void around_falls_on_both_sides(void **state)
{
    (void)state;
    const struct place_shape shape = {.kind = PLACE_BOTH, .slope = 0.4, .bend = 0.002};
    struct place place = place_fit(&shape);
    for (int d = 1; d < 12; d++) {
        assert_true(place_value(&place, d + 1) < place_value(&place, d));
        assert_true(place_value(&place, -d - 1) < place_value(&place, -d));
    }
    assert_true(place_value(&place, 200) < -5 && place_value(&place, -200) < -5);
}

static void others_dents_the_word_itself(void **state)
{
    (void)state;
    const struct place_shape shape = {.kind = PLACE_OTHERS, .against = 9};
    struct place place = place_fit(&shape);
    for (int d = 6; d <= 60; d++)
        assert_true(place_value(&place, 0) < place_value(&place, d) - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_is_exact),
        cmocka_unit_test(the_nearest_wins_at_every_distance),
        cmocka_unit_test(ahead_is_the_mirror_of_back),
        cmocka_unit_test(around_falls_on_both_sides),
        cmocka_unit_test(others_dents_the_word_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
