#include "tests/unit/render/hand.h"

#include <math.h>
#include <stdlib.h>

#include "attn/render/heatmap.h"

static const size_t all[] = {1, 2, 3, 4, 5}, special[] = {0};

static struct heatmap hand_map(void)
{
    return (struct heatmap){.stack = hand_stack(),
                            .rows = all,
                            .cols = all,
                            .n_rows = 5,
                            .n_cols = 5,
                            .rest = special,
                            .n_rest = 1,
                            .chosen = SIZE_MAX,
                            .values = true};
}

static void words_and_resting_place_stand_apart(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct heatmap map = hand_map();
    const struct scene *scene = heatmap_draw(&map, &arena);
    assert_int_equal(scene->n_fields, 2);
    const struct field *words = &scene->fields[0], *rest = &scene->fields[1];
    assert_int_equal(words->n_cols, 5);
    assert_int_equal(rest->cols[0], 0);
    assert_true(rest->box.x + rest->box.width < words->box.x);
    assert_true(rest->box.y == words->box.y && rest->box.height == words->box.height);
    assert_non_null(hand_text(scene, "from (looks) ↓"));
    assert_non_null(hand_text(scene, "to (looked at) →"));
    assert_non_null(hand_text(scene, "1/6 if even"));
    assert_non_null(hand_text(scene, "the₂"));
    hand_check_inside(scene);
    map.n_rest = 0;
    assert_int_equal(heatmap_draw(&map, &arena)->n_fields, 1);
    arena_free(&arena);
}

static void a_chosen_row_is_outlined_over_the_cells(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct heatmap map = hand_map();
    map.chosen = HAND_SAW;
    const struct scene *scene = heatmap_draw(&map, &arena);
    const struct item *outline = NULL;
    for (size_t i = scene->above; i < scene->n_items; i++)
        if (scene->items[i].kind == ITEM_BOX &&
            scene->items[i].stroke.ink == INK_CHOSEN)
            outline = &scene->items[i];
    assert_non_null(outline);
    const struct field *words = &scene->fields[0];
    float row = words->box.height / 5;
    assert_float_equal(outline->box.y, words->box.y + 2 * row, .01);
    assert_int_equal(words->chosen, 2);
    arena_free(&arena);
}

static void marks_lie_on_their_cells(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct heatmap map = hand_map();
    const struct heatmap_mark marks[] = {{HAND_SAW, 5}, {0, 0}};
    map.marks = marks;
    map.n_marks = 2; /* the second is not shown */
    map.mark_name = "its object";
    const struct scene *scene = heatmap_draw(&map, &arena);
    const struct field *words = &scene->fields[0];
    size_t found = 0;
    for (size_t i = scene->above; i < scene->n_items; i++) {
        const struct item *item = &scene->items[i];
        if (item->stroke.ink != INK_KEY || item->box.width < 20)
            continue;
        found++;
        assert_float_equal(item->box.x, words->box.x + 4 * words->box.width / 5, .01);
        assert_float_equal(item->box.y, words->box.y + 2 * words->box.height / 5, .01);
    }
    assert_int_equal(found, 1);
    assert_non_null(hand_text(scene, "its object"));
    arena_free(&arena);
}

static void large_ones_keep_to_the_column(void **state)
{
    (void)state;
    enum { N = 512 };
    struct arena arena = {0};
    struct axis_token *tokens = arena_new(&arena, N, sizeof *tokens);
    size_t *index = arena_new(&arena, N, sizeof *index);
    float *weights = arena_new(&arena, (size_t)N * N, sizeof *weights);
    for (int i = 0; i < N; i++) {
        tokens[i] = (struct axis_token){"Straßenbahnhaltestelle", i, false};
        index[i] = (size_t)i;
        weights[i * N + i] = 1;
    }
    struct slice slice = {-1, -1, "each row from its own head", NULL, weights, false};
    struct heatmap map = {.stack = {.slices = &slice,
                                    .n_slices = 1,
                                    .rows = tokens,
                                    .cols = tokens,
                                    .n_rows = N,
                                    .n_cols = N,
                                    .most = 1},
                          .rows = index,
                          .cols = index,
                          .n_rows = N,
                          .n_cols = N,
                          .chosen = SIZE_MAX};
    const struct scene *scene = heatmap_draw(&map, &arena);
    assert_true(scene->width <= 900);
    assert_true(scene->n_items <
                300); /* labels are thinned out, or they would overlap */
    hand_check_inside(scene);
    arena_free(&arena);
}

static void the_table_has_every_number_and_sums(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct heatmap map = hand_map();
    map.sums = true;
    const struct table *table = heatmap_table(&map, &arena);
    assert_int_equal(table->rows, 7);
    assert_int_equal(table->cols, 8);
    double sum = 0; /* what the columns receive is what the rows give */
    const struct cell *received = table->cells + 6 * table->cols;
    assert_string_equal(received[0].text, "received");
    for (size_t col = 1; col < 7; col++)
        sum += strtod(received[col].text, NULL);
    assert_true(fabs(sum - 5) < .035);
    const struct cell *saw = table->cells + 3 * table->cols;
    assert_string_equal(saw[0].text, "saw");
    assert_string_equal(saw[1].text, ".08");
    assert_int_equal(saw[1].fill.ink, INK_REST);
    assert_string_equal(saw[6].text, ".60");
    assert_string_equal(saw[6].title, "saw → dog: 0.600");
    assert_string_equal(saw[7].text, "1.00");
    arena_free(&arena);
}

static void what_comes_later_is_masked_in_the_table(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct heatmap map = hand_map();
    map.stack.causal = true;
    const struct table *table = heatmap_table(&map, &arena);
    const struct cell *the = table->cells + table->cols;
    assert_int_equal(the[1].fill.ink, INK_REST);
    assert_int_equal(the[2].fill.ink, INK_WEIGHT);
    assert_int_equal(the[3].fill.ink, INK_MASKED);
    assert_non_null(hand_text(heatmap_draw(&map, &arena), "comes later: not allowed"));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_resting_place_stand_apart),
        cmocka_unit_test(a_chosen_row_is_outlined_over_the_cells),
        cmocka_unit_test(marks_lie_on_their_cells),
        cmocka_unit_test(large_ones_keep_to_the_column),
        cmocka_unit_test(the_table_has_every_number_and_sums),
        cmocka_unit_test(what_comes_later_is_masked_in_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
