/* What the painters share: the shapes of lines, and moving what was laid out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attn/render/scene.h"

static void arcs_rise_and_arrows_point(void **state)
{
    (void)state;
    struct point ends[2] = {{10, 100}, {110, 100}};
    struct bezier arc = scene_curve(LINE_ARC, ends[0], ends[1]);
    float top = (arc.at[0].y + 3 * arc.at[1].y + 3 * arc.at[2].y + arc.at[3].y) / 8;
    assert_float_equal(100 - top, scene_arc_rise(100), 0.01);
    struct item line = {.kind = ITEM_LINE, .at = ends, .n_points = 2, .thickness = 1};
    struct point head[3];
    scene_arrow(&line, head);
    assert_float_equal(head[0].x, 110, 0.01);
    assert_float_equal(head[1].x, 103, 0.01);
    assert_float_equal(head[1].y + head[2].y, 200, 0.01);
}

/* A line is where its points are: the hatching of a legend moves with the legend. */
static void items_move_with_their_points(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct point ends[2] = {{1, 2}, {3, 4}};
    struct item line = {.kind = ITEM_LINE, .at = ends, .n_points = 2};
    struct item moved = scene_moved(&line, (struct point){10, 20}, &arena);
    assert_float_equal(moved.at[0].x, 11, 0);
    assert_float_equal(moved.at[1].y, 24, 0);
    assert_float_equal(ends[0].x, 1, 0);
    struct item text = {.kind = ITEM_TEXT, .box = {5, 6, 7, 0}};
    moved = scene_moved(&text, (struct point){10, 20}, &arena);
    assert_float_equal(moved.box.x, 15, 0);
    assert_float_equal(moved.box.y, 26, 0);
    assert_float_equal(moved.box.width, 7, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arcs_rise_and_arrows_point),
        cmocka_unit_test(items_move_with_their_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
