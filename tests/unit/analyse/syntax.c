/* Relations counted on hand-made attention. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "attn/analyse/syntax.h"
#include "tests/unit/analyse/attention.h"

enum { WORDS = 4 };

static void count(struct syntax *syntax, const struct made *made,
                  const struct syntax_case *cases, size_t n)
{
    static const size_t each[] = {0, 1, 2, 3};
    struct err err = {0};
    struct syntax_words words = {.n = WORDS, .of = each, .cases = cases, .n_cases = n};
    assert_true(syntax_add(syntax, &made->trace, &words, NULL, &err));
}

/* "the black cat sleeps": det 0→2, amod 1→2, nsubj 2→3. Head 0 looks at them; head 1
 * the other way round; head 2 always at the next word. */
static struct made sentence(void)
{
    const float weights[3 * WORDS * WORDS] = {
        /* to the head */
        .6F, 0, .4F, 0, .1F, .5F, .4F, 0, 0, .1F, .5F, .4F, .3F, .2F, .3F, .2F,
        /* from the head: rows 2 and 3 look at their dependents */
        0, .9F, .1F, 0, .9F, 0, .1F, 0, .5F, .5F, 0, 0, .1F, .1F, .8F, 0,
        /* the next word */
        0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0};
    return made_new(1, 3, WORDS, weights);
}

static void heads_are_right_either_way(void **state)
{
    (void)state;
    const struct syntax_case cases[] = {{"det", 0, 2}, {"amod", 1, 2}, {"nsubj", 2, 3}};
    struct arena arena = {0};
    struct made made = sentence();
    struct syntax syntax = syntax_new(1, 3, &arena);
    count(&syntax, &made, cases, 3);
    assert_int_equal(syntax.n, 3);
    const struct syntax_relation *det = &syntax.relations[0];
    assert_string_equal(det->name, "det");
    assert_int_equal(det->cases, 1);
    assert_int_equal(det->right[0 * SYNTAX_WAYS], 1); /* itself does not count */
    assert_int_equal(det->right[1 * SYNTAX_WAYS], 0);
    assert_int_equal(det->right[2 * SYNTAX_WAYS], 0); /* the next word is black */
    /* Column "the" of head 1: black looks at it most (.9), not cat (.5). */
    assert_int_equal(det->right[1 * SYNTAX_WAYS + 1], 0);
    const struct syntax_relation *subject = &syntax.relations[2];
    assert_int_equal(subject->right[0 * SYNTAX_WAYS], 1);
    assert_int_equal(subject->right[1 * SYNTAX_WAYS + 1], 1);
    assert_int_equal(subject->right[2 * SYNTAX_WAYS], 1);
    made_free(&made);
    arena_free(&arena);
}

static void the_best_head_and_the_best_fixed_place(void **state)
{
    (void)state;
    const struct syntax_case cases[] = {{"r", 0, 2}, {"r", 1, 2}, {"r", 2, 3}};
    struct arena arena = {0};
    struct made made = sentence();
    struct syntax syntax = syntax_new(1, 3, &arena);
    count(&syntax, &made, cases, 3);
    struct syntax_best best = syntax_best(&syntax, 0);
    assert_int_equal(best.head, 0);
    assert_int_equal(best.way, 0);
    assert_int_equal(best.right, 3);
    assert_int_equal(best.offset, 1); /* 1 → 2 and 2 → 3 */
    assert_int_equal(best.fixed, 2);
    made_free(&made);
    arena_free(&arena);
}

/* Two tokens make a word: summed where looked at, mean where looking. */
static void words_of_several_tokens(void **state)
{
    (void)state;
    static const size_t of[] = {SIZE_MAX, 0, 1, 1, 2};
    const struct syntax_case cases[] = {{"r", 0, 1}, {"s", 1, 0}, {"t", 2, 3}};
    float weights[25] = {0};
    weights[1 * 5 + 0] = .5F; /* the special token does not count */
    weights[1 * 5 + 2] = .15F;
    weights[1 * 5 + 3] = .15F; /* word 0 looks at word 1 with .3 */
    weights[1 * 5 + 4] = .2F;
    weights[2 * 5 + 1] = 1;   /* word 1 at word 0 with (1 + 0) / 2, */
    weights[3 * 5 + 4] = .9F; /* at word 2 with (0 + .9) / 2 */
    struct arena arena = {0};
    struct made made = made_new(1, 1, 5, weights);
    struct syntax syntax = syntax_new(1, 1, &arena);
    struct err err = {0};
    struct syntax_words words = {.n = 4, .of = of, .cases = cases, .n_cases = 3};
    assert_true(syntax_add(&syntax, &made.trace, &words, NULL, &err));
    assert_int_equal(syntax.relations[0].right[0], 1);
    assert_int_equal(syntax.relations[1].right[0], 1);
    assert_int_equal(syntax.n, 2);
    assert_int_equal(syntax.unheard, 1); /* word 3 has no token */
    made_free(&made);
    arena_free(&arena);
}

static void there_is_room_for_so_many_kinds(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct made made = sentence();
    struct syntax syntax = syntax_new(1, 3, &arena);
    for (size_t k = 0; k < SYNTAX_RELATIONS + 5; k++) {
        struct syntax_case one = {arena_print(&arena, "kind %zu", k), 0, 1};
        count(&syntax, &made, &one, 1);
    }
    assert_int_equal(syntax.n, SYNTAX_RELATIONS);
    assert_int_equal(syntax.others, 5);
    made_free(&made);
    arena_free(&arena);
}

static void a_stop_is_heard(void **state)
{
    (void)state;
    static const size_t each[] = {0, 1, 2, 3};
    const struct syntax_case one = {"r", 0, 1};
    struct arena arena = {0};
    struct err err = {0};
    atomic_bool stop = true;
    struct made made = sentence();
    struct syntax syntax = syntax_new(1, 3, &arena);
    struct syntax_words words = {.n = WORDS, .of = each, .cases = &one, .n_cases = 1};
    assert_false(syntax_add(&syntax, &made.trace, &words, &stop, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    made_free(&made);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_are_right_either_way),
        cmocka_unit_test(the_best_head_and_the_best_fixed_place),
        cmocka_unit_test(words_of_several_tokens),
        cmocka_unit_test(there_is_room_for_so_many_kinds),
        cmocka_unit_test(a_stop_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
