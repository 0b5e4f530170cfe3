#include "tests/unit/render/hand.h"

#include "attn/render/text_twin.h"

static void check(struct buf *twin, const char *wanted)
{
    assert_string_equal(twin->at, wanted);
    buf_free(twin);
}

static void bars_round_to_the_nearest_mark(void **state)
{
    (void)state;
    struct buf twin;
    buf_init(&twin, 100);
    text_twin_bar(&twin, .95f, 12);
    text_twin_bar(&twin, 0, 2);
    text_twin_bar(&twin, 7, 2);
    check(&twin, "###########...##");
}

static void cells_count_columns_not_bytes(void **state)
{
    (void)state;
    struct buf twin;
    buf_init(&twin, 100);
    text_twin_cell(&twin, "日本語", 8, TEXT_START);
    text_twin_cell(&twin, "日本語", 4, TEXT_START);
    text_twin_cell(&twin, "né", 4, TEXT_END);
    check(&twin, "日本語  日…   né");
}

static void a_row_is_told_with_its_rest_and_its_sum(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stack stack = hand_stack();
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    text_twin_row(&twin, &stack, HAND_SAW, 2, &arena);
    check(&twin, "\"saw\" (position 2), layer 2 head 1, looks at:\n"
                 "  dog             #######.....  0.60\n"
                 "  cat             ####........  0.30\n"
                 "  (rests on <s>)  #...........  0.08\n"
                 "  other 3 words                 0.02\n"
                 "  sum                           1.00\n");
    arena_free(&arena);
}

static void a_matrix_has_numbers_while_they_fit(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stack stack = hand_stack();
    static const size_t rows[] = {HAND_SAW, 4}, cols[] = {0, 2, 5};
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    text_twin_matrix(&twin, &stack, &(struct text_twin_part){rows, cols, 2, 3, false},
                     &arena);
    check(&twin, "           <s> cat dog\n"
                 "  2  saw   .08 .30 .60\n"
                 "  3 the₂   .02   · .98\n");
    arena_free(&arena);
}

static void links_leave_the_resting_place_out(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stack stack = hand_stack();
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    text_twin_links(&twin, &stack, 3, &arena);
    check(&twin, "  the:2 -> dog  0.98  verb→object\n"
                 "    the -> cat  0.95  verb→object\n"
                 "    saw -> dog  0.60  verb→object\n");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_round_to_the_nearest_mark),
        cmocka_unit_test(cells_count_columns_not_bytes),
        cmocka_unit_test(a_row_is_told_with_its_rest_and_its_sum),
        cmocka_unit_test(a_matrix_has_numbers_while_they_fit),
        cmocka_unit_test(links_leave_the_resting_place_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
