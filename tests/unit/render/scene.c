/* What the painters share: the shapes of lines. */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arcs_rise_and_arrows_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
