/* One word's rows of several heads, one below the other. */
#include "tests/unit/render/hand.h"

#include "attn/base/buf.h"
#include "attn/render/evolveview.h"
#include "attn/render/marks.h"
#include "attn/render/payload.h"
#include "attn/render/svg.h"

enum { STRIPS = 2, CAT = 2, WORDS = 5 };

static const float other_weights[HAND_N * HAND_N] = {
    1,    0, 0,    0,    0, 0,   /* <s> */
    .02f, 0, 0,    .98f, 0, 0,   /* the */
    .3f,  0, 0,    .7f,  0, 0,   /* cat */
    .9f,  0, .1f,  0,    0, 0,   /* saw rests */
    0,    0, .25f, .25f, 0, .5f, /* the */
    0,    0, 0,    0,    0, 0,   /* dog: nothing at all */
};

static const struct slice slices[STRIPS] = {
    {.layer = 0, .head = 1, .name = "verb→object", .weights = hand_weights},
    {.layer = 1, .head = 0, .name = "next verb", .weights = other_weights},
};
static const size_t first[HAND_N] = {0}, second[HAND_N] = {1, 1, 1, 1, 1, 1};
static const struct evolveview_strip strips[STRIPS] = {
    {.title = "layer 0", .row_slice = first},
    {.title = "layer 1", .row_slice = second},
};
static const size_t words[WORDS] = {1, 2, 3, 4, 5}, rest[1] = {0};

/* The rows of the word with that index in the stack. */
static struct evolveview view_of(size_t row)
{
    struct evolveview view = {.values = true,
                              .stack = hand_stack(),
                              .strips = strips,
                              .n = STRIPS,
                              .rows = words,
                              .n_rows = WORDS,
                              .chosen = row - 1,
                              .cols = words,
                              .n_cols = WORDS,
                              .rest = rest,
                              .n_rest = 1};
    view.stack.slices = slices;
    view.stack.n_slices = STRIPS;
    return view;
}

static void every_strip_shows_the_chosen_word_at_the_same_place(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct evolveview view = view_of(HAND_SAW);
    const struct scene *scene = evolveview_draw(&view, &arena);
    assert_int_equal(scene->n_fields, 2 * STRIPS);
    for (size_t k = 0; k < scene->n_fields; k++) {
        const struct field *field = &scene->fields[k];
        assert_int_equal(field->kind, FIELD_CELLS);
        assert_int_equal(field->rows[field->chosen], HAND_SAW);
        assert_true(field->box.x == scene->fields[k % 2].box.x);
        assert_true(field->box.width == scene->fields[k % 2].box.width);
    }
    struct field words_of_0 = marks_shown(&scene->fields[1]);
    assert_int_equal(words_of_0.n_rows, 1);
    assert_true(marks_weight(&scene->stack, &words_of_0, 0, 4) == .6f);
    hand_check_inside(scene);
    arena_free(&arena);
}

static void what_rests_is_told_and_not_drawn(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct evolveview view = view_of(HAND_SAW);
    const struct scene *scene = evolveview_draw(&view, &arena);
    assert_false(evolveview_is_quiet(&view, 0));
    assert_true(evolveview_is_quiet(&view, 1));
    assert_int_equal(marks_shown(&scene->fields[3]).n_rows, 0); /* its words */
    assert_int_equal(marks_shown(&scene->fields[2]).n_rows, 1); /* its grey cell */
    assert_non_null(hand_text(scene, "rests"));
    assert_non_null(hand_text(scene, "rests 0.90"));
    assert_true(hand_text(scene, "rests 0.90")->at_first);
    view = view_of(5); /* an empty row */
    assert_true(evolveview_is_quiet(&view, 1));
    scene = evolveview_draw(&view, &arena);
    assert_non_null(hand_text(scene, "nothing"));
    arena_free(&arena);
}

static void the_strongest_word_stands_beside_a_strip(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct evolveview view = view_of(HAND_SAW);
    assert_non_null(hand_text(evolveview_draw(&view, &arena), "dog 0.60"));
    assert_non_null(hand_text(evolveview_draw(&view, &arena), "L0-H1 verb→object"));
    view = view_of(4);
    assert_non_null(hand_text(evolveview_draw(&view, &arena), "dog 0.98"));
    view = view_of(5);
    assert_non_null(hand_text(evolveview_draw(&view, &arena), "no word above 0.25"));
    struct evolveview_strip either[STRIPS] = {strips[0], strips[1]};
    either[0].either = true;
    either[0].more = "sum 1.00";
    view = view_of(HAND_SAW);
    view.strips = either;
    assert_non_null(
        hand_text(evolveview_draw(&view, &arena), "dog 0.60 or cat 0.30 · sum 1.00"));
    arena_free(&arena);
}

static void the_twin_has_a_line_for_each(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct evolveview view = view_of(HAND_SAW);
    assert_string_equal(
        evolveview_twin(&view, &arena),
        "layer 0  verb→object dog          #######..... 0.60, cat 0.30, the 0.01\n"
        "layer 1  next verb   rests: 0.90 on the resting place");
    arena_free(&arena);
}

/* "cat" is not the word that is shown, but a page can choose it: its rows go along,
 * and no others. */
static void the_rows_on_offer_go_along(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct evolveview view = view_of(HAND_SAW);
    struct buf all, one;
    static const size_t saw[1] = {HAND_SAW};
    buf_init(&all, 1 << 20);
    buf_init(&one, 1 << 20);
    payload_write(evolveview_draw(&view, &arena), &all);
    view.rows = saw;
    view.n_rows = 1;
    view.chosen = 0;
    payload_write(evolveview_draw(&view, &arena), &one);
    assert_non_null(strstr(all.at, "\"rowSlice\":[1,1,1,1,1,1]"));
    assert_non_null(strstr(all.at, "\"title\":\"layer 1\""));
    assert_non_null(strstr(all.at, "\"quiet\":1"));
    assert_non_null(strstr(all.at, "\"only\":1"));
    assert_true(one.length < all.length);
    buf_free(&all);
    buf_free(&one);
    arena_free(&arena);
}

static void a_mask_is_that_of_the_chosen_word(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct evolveview view = view_of(CAT);
    view.stack.causal = true;
    struct field field = marks_shown(&evolveview_draw(&view, &arena)->fields[3]);
    assert_int_equal(field.n_rows, 1);
    assert_false(marks_masked(&view.stack, &field, 0, 1));
    assert_true(marks_masked(&view.stack, &field, 0, 2));
    arena_free(&arena);
}

static void one_word_and_many_fit(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct evolveview view = view_of(HAND_SAW);
    view.n_cols = 1;
    hand_check_inside(evolveview_draw(&view, &arena));
    enum { MANY = 512 };
    size_t *cols = arena_new(&arena, MANY, sizeof *cols);
    for (size_t j = 0; j < MANY; j++)
        cols[j] = 1 + j % WORDS; /* as wide as a long text */
    view.cols = cols;
    view.n_cols = MANY;
    view.values = false;
    const struct scene *scene = evolveview_draw(&view, &arena);
    hand_check_inside(scene);
    assert_true(scene->width < 1000);
    view.big = true;
    hand_check_inside(evolveview_draw(&view, &arena));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_strip_shows_the_chosen_word_at_the_same_place),
        cmocka_unit_test(what_rests_is_told_and_not_drawn),
        cmocka_unit_test(the_strongest_word_stands_beside_a_strip),
        cmocka_unit_test(the_twin_has_a_line_for_each),
        cmocka_unit_test(the_rows_on_offer_go_along),
        cmocka_unit_test(a_mask_is_that_of_the_chosen_word),
        cmocka_unit_test(one_word_and_many_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
