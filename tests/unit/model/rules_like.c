/* "like NAME" in rule text: what a head has from another, and what it keeps its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "attn/model/builtins.h"
#include "attn/model/rules.h"

static bool compile(struct arena *arena, const char *text, struct glass *glass,
                    struct err *err)
{
    return rules_compile(text, strlen(text), arena, glass, err);
}

static void same_matrix(const struct matrix *a, const struct matrix *b)
{
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        assert_int_equal(a->at[i].from, b->at[i].from);
        assert_int_equal(a->at[i].to, b->at[i].to);
        assert_true(a->at[i].value == b->at[i].value);
    }
}

/* The head that `text` ends with, and one written out, have the same weights. */
static void is_the_same_as(const char *text, const char *written_out)
{
    struct arena arena = {0};
    struct err err = {0};
    struct glass one, other;
    if (!compile(&arena, text, &one, &err) ||
        !compile(&arena, written_out, &other, &err))
        fail_msg("%s", err.text);
    const struct glass_head *a = &one.layers[one.L - 1].heads[one.H - 1];
    const struct glass_head *b = &other.layers[0].heads[0];
    assert_true(a->gain == b->gain && a->place_slots == b->place_slots);
    same_matrix(&a->Q, &b->Q);
    same_matrix(&a->K, &b->K);
    same_matrix(&a->V, &b->V);
    same_matrix(&a->O, &b->O);
    assert_int_equal(a->n_lines, b->n_lines);
    for (size_t i = 0; i < a->n_lines; i++)
        assert_string_equal(a->lines[i], b->lines[i]);
    arena_free(&arena);
}

#define FIRST                                                                          \
    "layer 0\nhead first\n says it looks\n gain 0.5\n story 3\n"                       \
    "place window 1 before falls 2\n match subject × 3 is a noun\n"                   \
    " alike word 2\n rest 9 but 2 for subject\n copy is a noun → object\n"

static void a_head_takes_over_all_but_copies(void **state)
{
    (void)state;
    is_the_same_as(FIRST "layer 1\nhead second\n like first\n",
                   "layer 0\nhead x\n gain 0.5\n place window 1 before falls 2\n"
                   " match subject × 3 is a noun\n alike word 2\n"
                   " rest 9 but 2 for subject\n");
}

static void its_own_gain_place_and_rest_stand_instead(void **state)
{
    (void)state;
    is_the_same_as(FIRST "layer 1\nhead second\n like first\n rest 4\n"
                         " place nearest before slope 0.4\n gain 2\n"
                         " copy is a verb → object\n",
                   "layer 0\nhead x\n rest 4\n place nearest before slope 0.4\n"
                   " gain 2\n copy is a verb → object\n"
                   " match subject × 3 is a noun\n alike word 2\n");
}

static void its_own_matches_count_besides(void **state)
{
    (void)state;
    is_the_same_as(FIRST "layer 1\nhead second\n match object × subject\n like first\n",
                   "layer 0\nhead x\n match object × subject\n gain 0.5\n"
                   " place window 1 before falls 2\n match subject × 3 is a noun\n"
                   " alike word 2\n rest 9 but 2 for subject\n");
}

static void a_variant_of_a_variant_and_the_nearest_of_a_name(void **state)
{
    (void)state;
    is_the_same_as("layer 0\nhead first\n rest 1\nlayer 1\nhead first\n rest 2\n"
                   "layer 2\nhead second\n like first\n gain 3\n"
                   "layer 3\nhead third\n like second\n",
                   "layer 0\nhead x\n gain 3\n rest 2\n");
}

/* The sentence comes along where there is no other; the turn in the story does not. */
static void the_sentence_may_be_taken_over(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct err err = {0};
    struct glass glass;
    assert_true(compile(&arena,
                        FIRST "layer 1\nhead a\n like first\n"
                              "layer 2\nhead b\n like first\n says more\n",
                        &glass, &err));
    assert_string_equal(glass.layers[1].heads[0].label.does, "it looks");
    assert_string_equal(glass.layers[2].heads[0].label.does, "more");
    assert_int_equal(glass.layers[0].heads[0].label.story, 3);
    assert_int_equal(glass.layers[1].heads[0].label.story, 0);
    arena_free(&arena);
}

static void a_wrong_like_names_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *line, *says;
    } wrong[] = {
        {"layer 0\nhead x\nlike y\n", "Line 3:", "no head before this one"},
        {"layer 0\nhead x\nlike x\n", "Line 3:", "no head before this one"},
        {"layer 0\nhead x\nlike\n", "Line 3:", "called \"\""},
        {"layer 0\nlike x\n", "Line 2:", "inside a head"},
        {"layer 0\nhead x\nrest 1\nhead y\nlike x\nlike x\n", "Line 6:", "already"},
        {"layer 0\nhead x\nalike subject 1\nhead y\nalike subject 1\n\nlike x\n"
         "alike word 1\nlayer 1\n",
         "Line 7:", "slots"},
        {"source lesson\nlayer 0\nhead x\nrest 1\ncross y\nlike x\n",
         "Line 6:", "no head before this one"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena arena = {0};
        struct err err = {0};
        struct glass glass;
        assert_false(compile(&arena, wrong[i].text, &glass, &err));
        assert_int_equal(err.code, ERR_BAD_RULE);
        if (strncmp(err.text, wrong[i].line, strlen(wrong[i].line)) != 0 ||
            !strstr(err.text, wrong[i].says))
            fail_msg("%s\n%s", wrong[i].text, err.text);
        arena_free(&arena);
    }
}

/* A head of the large model on its card: whoever copies these lines has that head. */
static void a_card_shows_all_rules_of_a_variant(void **state)
{
    (void)state;
    const struct glass_head *soft = &lesson144_glass.layers[0].heads[1];
    assert_string_equal(soft->label.name, "previous (soft)");
    assert_int_equal(soft->n_lines, 2);
    assert_string_equal(soft->lines[0], "place window 1 before falls 0.7");
    assert_string_equal(soft->lines[1], "rest -3");
    assert_int_equal(soft->V.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_takes_over_all_but_copies),
        cmocka_unit_test(its_own_gain_place_and_rest_stand_instead),
        cmocka_unit_test(its_own_matches_count_besides),
        cmocka_unit_test(a_variant_of_a_variant_and_the_nearest_of_a_name),
        cmocka_unit_test(the_sentence_may_be_taken_over),
        cmocka_unit_test(a_wrong_like_names_its_line),
        cmocka_unit_test(a_card_shows_all_rules_of_a_variant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
