/* Two sentences in the language: which attention a line shows, whose words it names,
 * and that nothing of it is mixed up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/lang/session.h"

static bool keep(void *context, const struct output *output, struct err *err)
{
    struct buf *json = context;
    (void)err;
    buf_text(json, output->json ? output->json : "");
    return true;
}

/* The JSON of all that a cell gives; the caller frees it. NULL where the cell fails. */
static char *json_of(struct session *session, const char *cell)
{
    struct buf json;
    struct err err = {0};
    struct run how = {.sink = {.context = &json, .put = keep}, .want_json = true};
    buf_init(&json, 16 << 20);
    buf_text(&json, " ");
    if (session_run(session, cell, strlen(cell), &how, &err))
        return json.at;
    buf_free(&json);
    return NULL;
}

static int setup(void **state)
{
    *state = session_new();
    char *json = json_of(*state, "sentence \"The black cat sleeps\" to \"Le chat noir "
                                 "dort\"");
    assert_non_null(json);
    assert_non_null(strstr(json, "\"target\":\"Le chat noir dort\""));
    assert_non_null(strstr(json, "\"target_by_hand\":true"));
    free(json);
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

static void says(struct session *session, const char *cell, const char *wanted)
{
    char *json = json_of(session, cell);
    if (!json || !strstr(json, wanted))
        fail_msg("%s says no %s: %s", cell, wanted, json ? json : "it fails");
    free(json);
}

static void says_not(struct session *session, const char *cell, const char *unwanted)
{
    char *json = json_of(session, cell);
    assert_non_null(json);
    assert_null(strstr(json, unwanted));
    free(json);
}

static void fails(struct session *session, const char *cell)
{
    char *json = json_of(session, cell);
    if (json)
        fail_msg("%s ran: %s", cell, json);
}

static void each_attention_has_its_own_words(void **state)
{
    says(*state, "heatmap", "\"attention\":\"cross\"");
    says(*state, "heatmap cross", "\"attention\":\"cross\"");
    says(*state, "heatmap encoder", "\"attention\":\"encoder\"");
    says(*state, "heatmap decoder", "\"attention\":\"decoder\"");
    says(*state, "look noir", "\"token\":\"black\"");
    says(*state, "look noir cross", "\"token\":\"black\"");
    says(*state, "look cross noir", "\"token\":\"black\"");
    says(*state, "look noir decoder", "\"token\":\"chat\"");
    says_not(*state, "look noir decoder", "\"token\":\"black\"");
    says(*state, "look black encoder", "\"token\":\"cat\"");
    says_not(*state, "look black encoder", "noir\",");
    says(*state, "why noir -> black", "\"to\":\"black\"");
    says(*state, "heads cross", "\"attention\":\"cross\"");
    says(*state, "heads encoder", "\"attention\":\"encoder\"");
    says(*state, "explore noir", "\"token\":\"black\"");
    says(*state, "explore encoder", "\"attention\":\"encoder\"");
    fails(*state, "look black");
    fails(*state, "look noir encoder");
    fails(*state, "why noir -> noir");
    fails(*state, "heatmap cross encoder");
}

/* Traces are kept: what one flag asked for is no other's answer. */
static void answers_are_not_mixed_up(void **state)
{
    static const char *const cells[] = {"heatmap cross layer 1 head 0",
                                        "heatmap encoder layer 1 head 0",
                                        "heatmap decoder layer 1 head 0"};
    char *first[3];
    for (size_t i = 0; i < 3; i++)
        first[i] = json_of(*state, cells[i]);
    for (size_t i = 0; i < 3; i++) {
        char *again = json_of(*state, cells[i]);
        assert_string_equal(first[i], again);
        assert_string_not_equal(first[i], first[(i + 1) % 3]);
        free(again);
    }
    for (size_t i = 0; i < 3; i++)
        free(first[i]);
}

static void a_mask_concerns_the_encoder(void **state)
{
    free(json_of(*state, "set mask causal"));
    says(*state, "heatmap encoder", "\"mask\":\"causal\"");
    says(*state, "heatmap cross", "\"mask\":\"none\"");
    says(*state, "heatmap decoder", "\"mask\":\"causal\"");
    free(json_of(*state, "set mask auto"));
    says(*state, "heatmap encoder", "\"mask\":\"none\"");
    says(*state, "heatmap decoder", "\"mask\":\"causal\"");
}

static void a_target_can_be_set_and_goes_with_its_model(void **state)
{
    says(*state, "set target \"le chien\"", "\"target\":\"le chien\"");
    says(*state, "sentence \"the cat\"", "\"target\":\"le chat\"");
    says(*state, "model lesson\nset", "\"target\":null");
    says(*state, "model translate\nset", "\"target\":\"le chat\"");
    says(*state, "set reset", "\"target\":null");
    fails(*state, "heatmap cross");
}

static void compare_changes_nothing(void **state)
{
    free(json_of(*state, "model lesson"));
    char *before = json_of(*state, "set");
    says(*state, "compare self with cross", "\"b\":{\"attention\":\"cross\"");
    char *after = json_of(*state, "set");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void a_word_wins_in_a_words_place(void **state)
{
    free(json_of(*state, "sentence \"They cross the street\""));
    says(*state, "look cross encoder", "\"word\":\"cross\"");
    says(*state, "look traversent cross", "\"token\":\"cross\"");
    says(*state, "why traversent -> cross", "\"to\":\"cross\"");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_attention_has_its_own_words),
        TEST(answers_are_not_mixed_up),
        TEST(a_mask_concerns_the_encoder),
        TEST(a_target_can_be_set_and_goes_with_its_model),
        TEST(compare_changes_nothing),
        TEST(a_word_wins_in_a_words_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
