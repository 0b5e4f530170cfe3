/* cost: n words, n x n cells, exactly, from one word to a thousand million. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lang/cells.h"

static void cells_are_the_square(void **state)
{
    (void)state;
    says("cost 10 100 1000", "1,000,000");
    says("cost 10 100 1000", "100 times the words need 10,000 times the cells");
    says("cost 1", "1 word: 1 cell");
    says("cost 999 as json", "\"words\":999,\"cells\":998001,\"bytes\":3992004");
    says("cost 1000", "1,000 words: 1,000,000 cells");
}

static void the_largest_is_exact(void **state)
{
    (void)state;
    says("cost 1000000000", "1,000,000,000,000,000,000 cells");
    says("cost 1000000000 as json",
         "\"cells\":1000000000000000000,\"bytes\":4000000000000000000");
    says("cost 999999999 as json", "\"cells\":999999998000000001");
    says("model lesson144\ncost 1000000000", "576 EB");
    free(text_of("set reset"));
}

static void what_is_not_whole_is_said_to_be_about(void **state)
{
    (void)state;
    says("cost 3 100", "≈ 33.3 times the words need ≈ 1,110 times the cells");
    says("cost 3 1000000000", "≈ 111,000,000,000,000,000 times the cells");
}

static void without_numbers_it_is_the_sentence(void **state)
{
    (void)state;
    says("cost", "This sentence: 11 words, 121 cells.");
    says("cost", "12 × 12 cells");
    says("sentence \"Hello\"\ncost", "This sentence: 1 word, 1 cell.");
    says("model decoder\ncost", "n × (n + 1) / 2");
    says("model translate\ncost", "Between two sentences");
    free(text_of("set reset"));
}

static void other_numbers_are_refused(void **state)
{
    (void)state;
    static const char *const cells[] = {"cost 0", "cost -3", "cost 1.5", "cost 10 0"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        refuses(cells[i], ERR_OUT_OF_RANGE, "cost 10 100 1000");
    refuses("cost 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21", ERR_TOO_LARGE,
            "at most 20");
    refuses("cost ten", ERR_NOT_A_NUMBER, "numbers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_the_square),
        cmocka_unit_test(the_largest_is_exact),
        cmocka_unit_test(what_is_not_whole_is_said_to_be_about),
        cmocka_unit_test(without_numbers_it_is_the_sentence),
        cmocka_unit_test(other_numbers_are_refused),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
