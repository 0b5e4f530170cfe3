/* The toy through the commands: its sentence, the learner's that comes back, a query
 * set by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lang/cells.h"

/* ---- its sentence, and the learner's */

static void the_learners_sentence_comes_back(void **state)
{
    (void)state;
    free(text_of("sentence My own cat sat"));
    says("model toy", "Yours comes back");
    says("set sentence", "sentence \"Thinking Machines\"");
    free(text_of("sentence i LOVE ai."));
    free(text_of("model toy"));
    says("set sentence", "sentence \"Thinking Machines\"");
    says("model lesson", "Your sentence is back: \"My own cat sat\"");
    says("set sentence", "sentence \"My own cat sat\"");
    free(text_of("set model toy"));
    says("set sentence", "sentence \"Thinking Machines\"");
    free(text_of("set model lesson"));
    says("set sentence", "sentence \"My own cat sat\"");
    free(text_of("model toy\nset reset"));
    says("set sentence", "The animal didn't cross");
    free(text_of("sentence Two\nmodel toy\nset reset\nmodel toy\nmodel lesson"));
    says("set sentence", "The animal didn't cross");
}

static void another_sentence_names_the_two_that_work(void **state)
{
    (void)state;
    free(text_of("model toy"));
    refuses("sentence I love pizza", ERR_UNSUITED, "sentence \"I love AI\"");
    refuses("sentence I love pizza", ERR_UNSUITED, "sentence \"Thinking Machines\"");
    refuses("set sentence \"x\"", ERR_UNSUITED, "sentence \"I love AI\"");
    says("set sentence", "sentence \"Thinking Machines\"");
    refuses("why Thinking words", ERR_UNSUITED, "why Thinking");
}

/* ---- a query by hand */

static void a_query_is_for_the_toy_only(void **state)
{
    (void)state;
    refuses("set query it 1 2 3", ERR_UNSUITED, "model toy");
    free(text_of("model toy"));
    refuses("set query dog 1 2 3", ERR_NO_SUCH_WORD, "Thinking");
    refuses("set query Thinking", ERR_NOT_A_NUMBER, "set query Thinking 3 0 0");
    refuses("set query Thinking one", ERR_NOT_A_NUMBER, "set query Thinking 3 0 0");
    refuses("set query Thinking 1 2", ERR_BAD_VALUE, "3 numbers");
    refuses("set query Thinking 1 2 3 4 5 6 7 8 9", ERR_TOO_LARGE, "8 numbers");
    says("set query", "query none");
}

static void a_query_is_shown_and_goes_with_its_words(void **state)
{
    (void)state;
    free(text_of("model toy\nsentence I love AI"));
    says("set query love 3 0 0 0", "query love 3 0 0 0");
    says("look love", "[query love 3 0 0 0]");
    says("look love", "\"love\" looks mostly at \"I\" (0.91)");
    says("set as json",
         "\"query\":{\"word\":\"love\",\"position\":1,\"numbers\":[3,0,0,0]}");
    says("steps love", "by hand");
    says("steps AI", "0.06*1 + 0.47*0 + 0.47*0");
    says("set query none", "query none");
    says("look love", "\"love\" looks mostly at \"AI\" (0.67)");
    free(text_of("set query love 3 0 0 0 temperature 2"));
    says("set temperature", "temperature 2");
    free(text_of("sentence Thinking Machines"));
    says("set query", "query none");
    free(text_of("set query Machines 1 0 -1"));
    free(text_of("model lesson"));
    says("set query", "query none");
    free(text_of("model toy\nset query Machines 1 0 -1\nset reset"));
    says("set as json", "\"query\":null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_session, close_session)
        TEST(the_learners_sentence_comes_back),
        TEST(another_sentence_names_the_two_that_work),
        TEST(a_query_is_for_the_toy_only),
        TEST(a_query_is_shown_and_goes_with_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
