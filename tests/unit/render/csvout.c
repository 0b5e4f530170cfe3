/* What stands in a csv file of a view, byte for byte. */
#include "attn/render/csvout.h"
#include "tests/unit/render/hand.h"

static void gives(const struct view *view, const char *wanted)
{
    struct buf csv;
    buf_init(&csv, 1 << 20);
    assert_true(csvout_write(view, &csv));
    assert_string_equal(csv.at, wanted);
    buf_free(&csv);
}

/* A picture with one field. */
static struct scene picture(const struct field *field, bool causal)
{
    struct scene scene = {.fields = field, .n_fields = 1, .stack = hand_stack()};
    scene.stack.causal = causal;
    return scene;
}

static void a_matrix_has_its_words(void **state)
{
    (void)state;
    static const size_t rows[] = {3, 4}, cols[] = {0, 2, 4, 5};
    const struct field cells = {.kind = FIELD_CELLS,
                                .rows = rows,
                                .n_rows = 2,
                                .cols = cols,
                                .n_cols = 4,
                                .chosen = SIZE_MAX};
    struct scene scene = picture(&cells, false);
    struct view view = {.scene = &scene};
    gives(&view, "head,name,word,<s>,cat,the:2,dog\r\n"
                 "L2-H1,verb→object,saw,0.0799999982,0.300000012,0,0.600000024\r\n"
                 "L2-H1,verb→object,the:2,0.0199999996,0,0,0.980000019\r\n");
    scene = picture(&cells, true); /* what comes later is empty, which 0 is not */
    gives(&view, "head,name,word,<s>,cat,the:2,dog\r\n"
                 "L2-H1,verb→object,saw,0.0799999982,0.300000012,,\r\n"
                 "L2-H1,verb→object,the:2,0.0199999996,0,0,\r\n");
}

static void a_row_is_a_list(void **state)
{
    (void)state;
    const struct field words = {
        .kind = FIELD_WORDS, .n_rows = HAND_N, .n_cols = HAND_N, .chosen = HAND_SAW};
    struct scene scene = picture(&words, false);
    struct view view = {.scene = &scene};
    gives(&view, "word,position,weight\r\n<s>,,0.0799999982\r\nthe,0,0.00999999978\r\n"
                 "cat,1,0.300000012\r\nsaw,2,0.00999999978\r\nthe:2,3,0\r\n"
                 "dog,4,0.600000024\r\n");
}

static void tables_are_quoted_and_kept_apart(void **state)
{
    (void)state;
    static const struct cell first[] = {{.text = "a, b", .header = true},
                                        {.text = "=1+1", .header = true},
                                        {.text = "say \"x\""},
                                        {.text = "two\nlines"}};
    static const struct cell second[] = {
        {.text = " edge"}, {.text = ""}, {.text = "–"}};
    static const struct table one = {.cells = first, .rows = 2, .cols = 2};
    static const struct table two = {.cells = second, .rows = 1, .cols = 3};
    const struct block inside[] = {{.kind = BLOCK_TABLE, .table = &two}};
    const struct block blocks[] = {
        {.kind = BLOCK_HEADING, .text = "Top"},
        {.kind = BLOCK_TABLE, .table = &one},
        {.kind = BLOCK_FOLD, .text = "Under, it", .inside = inside, .n_inside = 1}};
    struct view view = {.blocks = blocks, .n_blocks = 2};
    gives(&view, "\"a, b\",=1+1\r\n\"say \"\"x\"\"\",\"two\nlines\"\r\n");
    view.n_blocks = 3;
    gives(&view, "Top\r\n\"a, b\",=1+1\r\n\"say \"\"x\"\"\",\"two\nlines\"\r\n\r\n"
                 "\"Under, it\"\r\n\" edge\",,–\r\n");
}

static void tables_of_one_form_are_one(void **state)
{
    (void)state;
    static const struct cell first[] = {
        {.text = "n", .header = true}, {.text = "1"}, {.text = "2"}};
    static const struct cell second[] = {{.text = "n", .header = true}, {.text = "3"}};
    static const struct table one = {.cells = first, .rows = 3, .cols = 1};
    static const struct table two = {.cells = second, .rows = 2, .cols = 1};
    const struct block a = {.kind = BLOCK_TABLE, .table = &one};
    const struct block b = {.kind = BLOCK_TABLE, .table = &two};
    const struct block blocks[] = {
        {.kind = BLOCK_FOLD, .text = "low", .inside = &a, .n_inside = 1},
        {.kind = BLOCK_FOLD, .text = "high", .inside = &b, .n_inside = 1}};
    const struct view view = {.blocks = blocks, .n_blocks = 2};
    gives(&view, "group,n\r\nlow,1\r\nlow,2\r\nhigh,3\r\n");
}

static void without_numbers_there_is_none(void **state)
{
    (void)state;
    const struct block block = {.kind = BLOCK_TEXT, .text = "words, words"};
    const struct view view = {.blocks = &block, .n_blocks = 1};
    struct buf csv;
    buf_init(&csv, 100);
    assert_false(csvout_write(&view, &csv));
    buf_free(&csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_matrix_has_its_words),
        cmocka_unit_test(a_row_is_a_list),
        cmocka_unit_test(tables_are_quoted_and_kept_apart),
        cmocka_unit_test(tables_of_one_form_are_one),
        cmocka_unit_test(without_numbers_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
