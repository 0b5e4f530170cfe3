/* The questions: what is built in is sound, wrong text is named by its line, answers
 * are marked as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "attn/learn/bank.h"

static struct arena memory;
static struct bank built_in;

static const struct question *question(const char *id)
{
    const struct question *found = bank_find(&built_in, id, strlen(id));
    assert_non_null(found);
    return found;
}

static int read_built_in(void **state)
{
    struct err err = {0};
    (void)state;
    return bank_read(bank_text(), strlen(bank_text()), &memory, &built_in, &err) ? 0
                                                                                 : -1;
}

static int forget(void **state)
{
    (void)state;
    arena_free(&memory);
    return 0;
}

/* Every choice and slip says something of its own; the right letters are spread. */
static void the_questions_are_sound(void **state)
{
    size_t letters[BANK_CHOICES] = {0}, choices = 0;
    (void)state;
    assert_true(built_in.n >= 25);
    for (size_t i = 0; i < built_in.n; i++) {
        const struct question *q = &built_in.questions[i];
        assert_true(q->n_hints > 0);
        for (size_t k = 0; k < q->n_choices; k++)
            for (size_t j = 0; j < k; j++)
                assert_string_not_equal(q->choices[k].why, q->choices[j].why);
        choices += q->n_choices > 0;
        if (q->n_choices)
            letters[q->right]++;
    }
    for (size_t k = 0; k < 3; k++)
        assert_true(letters[k] * 2 >= choices / 3 && letters[k] <= choices / 2);
}

/* No slip is marked right, and every right answer is. */
static void slips_are_not_right(void **state)
{
    (void)state;
    for (size_t i = 0; i < built_in.n; i++) {
        const struct question *q = &built_in.questions[i];
        for (size_t k = 0; k < q->n_choices; k++) {
            char letter[] = {(char)('A' + k), '\0'};
            assert_int_equal(bank_mark(q, letter).right, k == q->right);
            assert_int_equal(bank_mark(q, q->choices[k].text).right, k == q->right);
        }
        for (size_t k = 0; k < q->n_slips; k++) {
            char typed[200] = "";
            for (size_t j = 0; j < q->slips[k].answer.n; j++)
                sprintf(typed + strlen(typed), "%.10g ", q->slips[k].answer.at[j]);
            struct verdict verdict = bank_mark(q, typed);
            assert_false(verdict.right);
            assert_string_equal(verdict.why, q->slips[k].what);
        }
    }
}

static void numbers_are_read_as_people_write_them(void **state)
{
    static const char *const right[] = {"0.36 0.64",   ".36 .64",    "36% 64%",
                                        "9/25 16/25",  "0.36, 0.64", "0.360;0.640",
                                        " 0.37  0.63 "};
    static const char *const wrong[] = {
        "0.36", "0.36 0.64 0", "0.5 0.7", "0.34 0.66", "0.36 much", "", "1/0 0.64"};
    (void)state;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_true(bank_mark(question("3.3"), right[i]).right);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(bank_mark(question("3.3"), wrong[i]).right);
    assert_true(bank_mark(question("10.1"), "1,000,000").right);
    assert_false(bank_mark(question("3.3"), "many").understood);
    assert_non_null(strstr(bank_mark(question("3.3"), "0.5 0.7").why, "add up to 1"));
}

static void wrong_text_is_named_by_its_line(void **state)
{
    static const struct {
        const char *text, *line;
    } cases[] = {
        {"", "Line 1:"},
        {"topic x\n", "Line 1:"},
        {"question 1\nask a\n", "Line 3:"},
        {"question 1\ntopic t\nlesson 01\nask a\n", "Line 5:"},
        {"question 1\ntopic t\nlesson 01\nask a\nchoice b\n", "Line 5:"},
        {"question 1\ntopic t\nlesson 01\nask a\nchoice b\n  c\n", "Line 7:"},
        {"question 1\ntopic t\nlesson 01\nask a\nnumber x\n  c\n", "Line 5:"},
        {"question 1\ntopic t\nlesson 01\nask a\nnumber 1\n  c\nslip 2\n", "Line 7:"},
        {"question 1\ntopic t\nlesson 01\nask a\nnumber 1\n  c\nquestion 1\n",
         "Line 7:"},
        {"question 1\nnonsense here\n", "Line 2:"},
        {"question two words\n", "Line 1:"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct err err = {0};
        struct bank bank;
        assert_false(
            bank_read(cases[i].text, strlen(cases[i].text), &arena, &bank, &err));
        assert_int_equal(err.code, ERR_BAD_FILE);
        if (strncmp(err.text, cases[i].line, strlen(cases[i].line)) != 0)
            fail_msg("%s: %s", cases[i].text, err.text);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_questions_are_sound),
        cmocka_unit_test(slips_are_not_right),
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(wrong_text_is_named_by_its_line),
    };
    return cmocka_run_group_tests(tests, read_built_in, forget);
}
