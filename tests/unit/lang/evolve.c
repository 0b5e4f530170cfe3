/* evolve through a session: which heads, what is said, what is refused; and that its
 * numbers are those that look shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>

#include "tests/unit/lang/cells.h"

static json_t *json_of(const char *cell)
{
    char *text = text_of(cell);
    json_error_t error;
    json_t *json = json_loads(text, 0, &error);
    if (!json)
        fail_msg("%s: %s in %s", cell, error.text, text);
    free(text);
    return json;
}

/* The weights that `look` shows of the same word and head. */
static void is_what_look_shows(const char *word, const json_t *row)
{
    char cell[128];
    snprintf(cell, sizeof cell, "look %s layer %d head %d as json", word,
             (int)json_integer_value(json_object_get(row, "layer")),
             (int)json_integer_value(json_object_get(row, "head")));
    json_t *look = json_of(cell);
    const json_t *weights = json_object_get(row, "weights");
    const json_t *wanted = json_object_get(look, "weights");
    assert_int_equal(json_array_size(weights), json_array_size(wanted));
    double sum = 0;
    for (size_t j = 0; j < json_array_size(weights); j++) {
        double weight = json_number_value(json_array_get(weights, j));
        sum += weight;
        assert_true(weight == json_number_value(json_object_get(
                                  json_array_get(wanted, j), "weight")));
    }
    assert_true(fabs(sum - 1) < 1e-5);
    json_decref(look);
}

static void its_numbers_are_those_of_look(void **state)
{
    (void)state;
    json_t *json = json_of("evolve it as json");
    const json_t *rows = json_object_get(json, "rows");
    assert_string_equal(json_string_value(json_object_get(json, "kind")), "evolve");
    assert_string_equal(json_string_value(json_object_get(json, "word")), "it");
    assert_int_equal(json_integer_value(json_object_get(json, "position")), 7);
    assert_int_equal(json_array_size(rows), 4);
    for (size_t l = 0; l < 4; l++) {
        const json_t *row = json_array_get(rows, l);
        assert_int_equal(json_integer_value(json_object_get(row, "layer")), l);
        is_what_look_shows("it", row);
    }
    json_decref(json);
    json = json_of("evolve animal layer 2 as json");
    rows = json_object_get(json, "rows");
    assert_int_equal(json_array_size(rows), 6);
    for (size_t h = 0; h < 6; h++) {
        assert_int_equal(
            json_integer_value(json_object_get(json_array_get(rows, h), "head")), h);
        is_what_look_shows("animal", json_array_get(rows, h));
    }
    json_decref(json);
}

static void the_head_of_a_layer_is_the_one_that_look_takes(void **state)
{
    (void)state;
    static const char *const words[] = {"it", "animal", "street", "was", "The"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        char cell[64];
        snprintf(cell, sizeof cell, "evolve %s as json", words[w]);
        json_t *json = json_of(cell);
        const json_t *rows = json_object_get(json, "rows");
        for (size_t l = 0; l < json_array_size(rows); l++) {
            snprintf(cell, sizeof cell, "look %s layer %zu as json", words[w], l);
            json_t *look = json_of(cell);
            assert_int_equal(
                json_integer_value(json_object_get(look, "head")),
                json_integer_value(json_object_get(json_array_get(rows, l), "head")));
            json_decref(look);
        }
        json_decref(json);
    }
}

static void the_finding_says_where_the_word_comes_in(void **state)
{
    (void)state;
    says("evolve it", "\"it\" looks mostly at \"animal\" only in layer 3 (0.91).");
    says("evolve it", "in layer 1 \"tired\" (0.97)");
    says("evolve it layer 3", "4 of the 6 heads of layer 3 have something to say");
    says("evolve it layer 3", "The others rest.");
    says("evolve street layer 1 head 0", "rests in layer 1");
    says("sentence \"Hello\"\nevolve layer 1", "None of the 6 heads of layer 1");
    free(text_of("set reset"));
}

/* The story's head speaks in its layer although another rests less: the pronoun's. */
static void a_layer_with_the_storys_head_lets_it_speak(void **state)
{
    (void)state;
    free(text_of("sentence The cat sat on the mat and the dog, who loved her, slept"));
    says("evolve her", "layer 3  pronoun→antecedent");
    says("look her layer 3", "pronoun→antecedent");
    free(text_of("set reset"));
}

static void measures_go_layer_by_layer(void **state)
{
    (void)state;
    json_t *all = json_of("evolve it measure rollout as json");
    const json_t *rows = json_object_get(all, "rows");
    for (size_t l = 0; l < 4; l++) {
        char cell[64];
        snprintf(cell, sizeof cell, "look it layer %zu measure rollout as json", l);
        json_t *look = json_of(cell);
        const json_t *mine = json_object_get(json_array_get(rows, l), "weights");
        const json_t *wanted = json_object_get(look, "weights");
        for (size_t j = 0; j < json_array_size(mine); j++)
            assert_true(json_number_value(json_array_get(mine, j)) ==
                        json_number_value(
                            json_object_get(json_array_get(wanted, j), "weight")));
        json_decref(look);
    }
    json_decref(all);
    says("evolve it measure norm", "each weight times the length of what it brings");
    says("set hide first\nevolve animal", "how much that was stands beside each row");
    free(text_of("set reset"));
}

static void decoder_and_translation_have_their_rows(void **state)
{
    (void)state;
    says("model decoder\nevolve", "layer 1  subject");
    says("evolve The", "rests in every layer");
    says("model translate\nevolve", "cross-attention");
    says("evolve encoder", "encoder: English words");
    says("evolve il decoder", "decoder: French words");
    says("model toy\nevolve", "one layer with one head");
    free(text_of("set reset"));
}

#define FOUR  "the cat and her "
#define LARGE FOUR FOUR FOUR FOUR FOUR FOUR FOUR FOUR

static void a_page_carries_it(void **state)
{
    (void)state;
    weighs_at_most("sentence The old animal didn't cross the street because it was too "
                   "tired\nevolve",
                   68000);
    weighs_at_most("sentence " LARGE LARGE "\nevolve", 300000);
    weighs_at_most("model lesson144\nevolve", 300000);
    weighs_at_most("evolve layer 5", 300000);
    free(text_of("set reset"));
}

static void what_cannot_be_drawn_is_refused(void **state)
{
    (void)state;
    refuses("evolve rows 0..2", ERR_UNSUITED, "rows");
    refuses("evolve dog", ERR_NO_SUCH_WORD, "evolve it");
    refuses("model lesson144\nevolve head all", ERR_TOO_LARGE, "evolve layer 11");
    free(text_of("set reset"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_numbers_are_those_of_look),
        cmocka_unit_test(the_head_of_a_layer_is_the_one_that_look_takes),
        cmocka_unit_test(the_finding_says_where_the_word_comes_in),
        cmocka_unit_test(a_layer_with_the_storys_head_lets_it_speak),
        cmocka_unit_test(measures_go_layer_by_layer),
        cmocka_unit_test(decoder_and_translation_have_their_rows),
        cmocka_unit_test(a_page_carries_it),
        cmocka_unit_test(what_cannot_be_drawn_is_refused),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
