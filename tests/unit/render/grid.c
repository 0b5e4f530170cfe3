/* Many heads as small matrices, and one of them large. */
#include <stdlib.h>

#include "attn/base/mem.h"
#include "attn/render/grid.h"
#include "tests/unit/render/linked.h"

enum { HEADS = 8, LONG = 100 };

static void make_slices(struct slice *slices, const float *weights)
{
    for (int k = 0; k < HEADS; k++)
        slices[k] = (struct slice){.layer = k / 4,
                                   .head = k % 4,
                                   .name = "pronoun→antecedent",
                                   .does = "it, she, they … look back",
                                   .weights = weights};
}

static const struct scene *draw(const struct stack *stack, size_t n,
                                struct arena *arena)
{
    size_t *shown = arena_new(arena, HEADS, sizeof *shown);
    const char **tags = arena_new(arena, HEADS, sizeof *tags);
    for (size_t k = 0; k < n; k++) {
        shown[k] = k;
        tags[k] = "previous-token";
    }
    struct grid grid = {.stack = *stack, .slices = shown, .n = n, .tags = tags};
    struct grid_part *part = arena_new(arena, 1, sizeof *part);
    *part = grid_pool(stack, arena);
    return grid_draw(&grid, part, arena);
}

static size_t count_fields(const struct scene *scene, bool picks)
{
    size_t n = 0;
    for (size_t k = 0; k < scene->n_fields; k++)
        n += scene->fields[k].picks == picks;
    return n;
}

static void a_matrix_for_each_head_and_one_large(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct slice slices[HEADS];
    struct stack stack = hand_stack();
    make_slices(slices, hand_weights);
    stack.slices = slices;
    stack.n_slices = HEADS;
    stack.start = 5;
    const struct scene *scene = draw(&stack, HEADS, &arena);
    assert_int_equal(count_fields(scene, true), HEADS);
    assert_int_equal(count_fields(scene, false), 2); /* the words, the resting place */
    size_t named = 0;
    for (size_t k = 0; k < scene->n_items; k++)
        if (scene->items[k].names_head) {
            assert_non_null(strstr(scene->items[k].text, "L1-H1"));
            named++;
        }
    assert_int_equal(named, 1);
    for (size_t k = 0; k < scene->n_fields; k++) {
        const struct field *field = &scene->fields[k];
        assert_true(field->picks != field->follows);
        if (field->follows)
            assert_int_equal(field->slice, 5);
    }
    linked_check_places(scene);
    linked_check_labels(scene);
    linked_check_same(scene, draw(&stack, HEADS, &arena));
    arena_free(&arena);
}

static void matrices_do_not_overlap(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct slice slices[HEADS];
    struct stack stack = hand_stack();
    make_slices(slices, hand_weights);
    stack.slices = slices;
    stack.n_slices = HEADS;
    for (size_t n = 1; n <= HEADS; n++) {
        const struct scene *scene = draw(&stack, n, &arena);
        hand_check_inside(scene);
        for (size_t a = 0; a < scene->n_fields; a++)
            for (size_t b = a + 1; b < scene->n_fields; b++)
                assert_false(
                    linked_overlap(scene->fields[a].box, scene->fields[b].box));
    }
    arena_free(&arena);
}

static const struct field *small_matrix(const struct scene *scene, size_t wanted)
{
    for (size_t k = 0; k < scene->n_fields; k++)
        if (scene->fields[k].picks && wanted-- == 0)
            return &scene->fields[k];
    fail();
    return NULL;
}

/* Groups of 1, 2, 4 and 1: the first two share a row, the third begins one, and the
 * last goes beside it. */
static void small_groups_share_a_row(void **state)
{
    (void)state;
    static const char *const headings[HEADS] = {"alone", "two", NULL, "four",
                                                NULL,    NULL,  NULL, "last"};
    struct arena arena = {0};
    struct slice slices[HEADS];
    size_t shown[HEADS];
    struct stack stack = hand_stack();
    make_slices(slices, hand_weights);
    stack.slices = slices;
    stack.n_slices = HEADS;
    for (size_t k = 0; k < HEADS; k++)
        shown[k] = k;
    struct grid grid = {
        .stack = stack, .slices = shown, .n = HEADS, .headings = headings};
    struct grid_part part = grid_pool(&stack, &arena);
    const struct scene *scene = grid_draw(&grid, &part, &arena);
    float y[HEADS];
    size_t found = 0;
    for (size_t k = 0; k < HEADS; k++)
        y[k] = small_matrix(scene, k)->box.y;
    assert_true(y[0] == y[1] && y[1] == y[2]);
    assert_true(y[3] > y[2] && y[3] == y[6] && y[3] == y[7]);
    for (size_t k = 0; k < scene->n_items; k++)
        for (size_t h = 0; h < HEADS; h++)
            found += scene->items[k].kind == ITEM_TEXT && headings[h] &&
                     strcmp(scene->items[k].text, headings[h]) == 0;
    assert_int_equal(found, 4);
    hand_check_inside(scene);
    linked_check_labels(scene);
    arena_free(&arena);
}

/* Pooling keeps the strongest link of a long sentence, wherever it stands. */
static void a_strong_link_survives_pooling(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct axis_token tokens[LONG];
    struct slice slice = {.layer = 0, .head = 0, .name = "previous"};
    float *weights = mem_new(LONG * LONG, sizeof *weights);
    for (int i = 0; i < LONG; i++)
        tokens[i] =
            (struct axis_token){.text = "word", .position = i - 1, .special = i == 0};
    weights[77 * LONG + 33] = .97F;
    slice.weights = weights;
    struct stack stack = {.slices = &slice,
                          .n_slices = 1,
                          .rows = tokens,
                          .cols = tokens,
                          .n_rows = LONG,
                          .n_cols = LONG,
                          .most = 1};
    struct grid_part part = grid_pool(&stack, &arena);
    float most = 0;
    assert_true(part.merged > 1);
    assert_true(part.stack.n_rows <= GRID_CELLS && part.stack.n_cols <= GRID_CELLS);
    for (size_t k = 0; k < part.stack.n_rows * part.stack.n_cols; k++)
        most = part.stack.slices[0].weights[k] > most ? part.stack.slices[0].weights[k]
                                                      : most;
    assert_true(most == .97F);
    hand_check_inside(draw(&stack, 1, &arena));
    free(weights);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_matrix_for_each_head_and_one_large),
        cmocka_unit_test(matrices_do_not_overlap),
        cmocka_unit_test(small_groups_share_a_row),
        cmocka_unit_test(a_strong_link_survives_pooling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
