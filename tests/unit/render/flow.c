/* Pictures of links: arcs, strips of arcs, lines, a network. */
#include "attn/render/arcs.h"
#include "attn/render/lines.h"
#include "attn/render/network.h"
#include "tests/unit/render/linked.h"

typedef const struct scene *draw_function(const struct flow *flow, struct arena *arena);

/* Words on a spiral: places as a layout would give them. */
static const struct scene *draw_network(const struct flow *flow, struct arena *arena)
{
    static const float turns[][2] = {{1, .5F}, {.5F, 1}, {0, .5F}, {.5F, 0}};
    struct point *at = arena_new(arena, flow->n_words, sizeof *at);
    float *sizes = arena_new(arena, flow->n_words, sizeof *sizes);
    for (size_t k = 0; k < flow->n_words; k++) {
        float part = 1 - (float)k / (float)flow->n_words;
        at[k].x = .5F + (turns[k % 4][0] - .5F) * part;
        at[k].y = .5F + (turns[k % 4][1] - .5F) * part;
        sizes[k] = (float)(k % 4);
    }
    struct network network = {
        .flow = *flow, .at = at, .sizes = sizes, .size_means = "what it receives"};
    return network_draw(&network, arena);
}

static const struct scene *draw_strips(const struct flow *flow, struct arena *arena)
{
    struct arcs_strip strips[] = {{*flow, "layer 0"}, {*flow, "layer 1"}};
    return arcs_strips(strips, 2, arena);
}

static void check(draw_function *draw, const char *const *texts, size_t n)
{
    struct arena arena = {0};
    struct linked made;
    linked_make(&made, texts, n);
    const struct scene *scene = draw(&made.flow, &arena);
    linked_check_places(scene);
    linked_check_labels(scene);
    linked_check_same(scene, draw(&made.flow, &arena));
    arena_free(&arena);
}

static void check_all(draw_function *draw)
{
    static const size_t sizes[] = {1, 2, 6, 12, 70};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        check(draw, linked_plain, sizes[k]);
    check(draw, linked_odd, 6);
    check(draw, linked_odd, 30);
}

static void arcs_stay_in_their_picture(void **state)
{
    (void)state;
    check_all(arcs_draw);
}

static void strips_stay_in_their_picture(void **state)
{
    (void)state;
    check_all(draw_strips);
}

static void lines_stay_in_their_picture(void **state)
{
    (void)state;
    check_all(lines_draw);
}

/* More words than the network has room for may touch; a sentence of 12 may not. */
static void a_network_stays_in_its_picture(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 12; n++)
        check(draw_network, linked_plain, n);
    check(draw_network, linked_odd, 6);
}

static void every_link_is_drawn_once(void **state)
{
    (void)state;
    draw_function *const draws[] = {arcs_draw, lines_draw, draw_network};
    struct arena arena = {0};
    struct linked made;
    linked_make(&made, linked_plain, 12);
    for (size_t k = 0; k < 3; k++) {
        const struct scene *scene = draws[k](&made.flow, &arena);
        assert_int_equal(linked_count(scene, ITEM_LINE, true), made.flow.n_links);
    }
    assert_int_equal(linked_count(draw_strips(&made.flow, &arena), ITEM_LINE, true),
                     2 * made.flow.n_links);
    arena_free(&arena);
}

/* In a line the reader's arrow ends above the reader: links do not start where they
 * should end. */
static void arrows_point_at_the_reader(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct linked made;
    linked_make(&made, linked_plain, 2);
    made.flow.n_links = 1; /* the second looks at the first */
    const struct scene *scene = arcs_draw(&made.flow, &arena);
    for (size_t k = 0; k < scene->n_items; k++)
        if (scene->items[k].kind == ITEM_LINE && scene->items[k].arrow)
            assert_true(scene->items[k].at[0].x < scene->items[k].at[1].x);
    arena_free(&arena);
}

static void a_wide_sentence_stands_in_a_column(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct linked made;
    linked_make(&made, linked_plain, 70);
    const struct scene *scene = arcs_draw(&made.flow, &arena);
    assert_true(scene->height > scene->width);
    const struct scene *strips = draw_strips(&made.flow, &arena);
    assert_true(strips->height < 1.2F * scene->height); /* side by side */
    linked_make(&made, linked_plain, 6);
    scene = arcs_draw(&made.flow, &arena);
    assert_true(scene->width > scene->height);
    arena_free(&arena);
}

static void the_legend_says_what_is_drawn(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct linked made;
    linked_make(&made, linked_plain, 6);
    const struct scene *scene = arcs_draw(&made.flow, &arena);
    assert_non_null(hand_text(scene, "L2-H1 verb→object"));
    assert_non_null(hand_text(scene, "Dashed: two candidates, could be either."));
    made.flow.n_links = 1; /* of head 1 */
    scene = arcs_draw(&made.flow, &arena);
    assert_null(hand_text(scene, "L2-H0 verb→subject"));
    assert_null(hand_text(scene, "Dashed: two candidates, could be either."));
    made.flow.causal = true;
    scene = arcs_draw(&made.flow, &arena);
    assert_non_null(hand_text(scene, "Words see only what stands before them."));
    arena_free(&arena);
}

static void the_twin_has_the_strongest_first(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct linked made;
    linked_make(&made, linked_plain, 3);
    const char *twin = flow_twin(&made.flow, &arena);
    const char *first = strstr(twin, "0.99"), *last = strstr(twin, "0.50");
    assert_non_null(first);
    assert_non_null(last);
    assert_true(first < last);
    assert_string_equal(flow_say(&made.flow, 1, &arena),
                        "\"didn't\" looks at \"the\" (0.98)"); /* the chosen word */
    made.flow.chosen = SIZE_MAX;
    assert_string_equal(flow_say(&made.flow, 1, &arena),
                        "\"animal\" looks at \"the\" (0.99)");
    arena_free(&arena);
}

static void a_word_from_right_to_left_turns_nothing_else(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct linked made;
    linked_make(&made, linked_odd, 3);
    made.flow.n_links = 1; /* the Arabic word looks at the Japanese one */
    assert_string_equal(flow_say(&made.flow, 1, &arena),
                        "\u200E\"القطة\"\u200E looks at \"東京\" (0.99)");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arcs_stay_in_their_picture),
        cmocka_unit_test(strips_stay_in_their_picture),
        cmocka_unit_test(lines_stay_in_their_picture),
        cmocka_unit_test(a_network_stays_in_its_picture),
        cmocka_unit_test(every_link_is_drawn_once),
        cmocka_unit_test(arrows_point_at_the_reader),
        cmocka_unit_test(a_wide_sentence_stands_in_a_column),
        cmocka_unit_test(the_legend_says_what_is_drawn),
        cmocka_unit_test(the_twin_has_the_strongest_first),
        cmocka_unit_test(a_word_from_right_to_left_turns_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
