#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/mem.h"
#include "attn/model/glass_dims.h"
#include "attn/model/lexicon.h"
#include "attn/model/lexicon_data.h"
#include "attn/model/lexicon_table.h"
#include "attn/model/wordlevel.h"

struct sentence {
    struct arena arena;
    const struct token *tokens;
    size_t n; /* with <s> */
    struct lexicon_word *words;
};

static struct sentence read_sentence(const char *text)
{
    struct sentence s = {0};
    s.n = 1 + wordlevel_cut(text, strlen(text), &s.arena, &s.tokens);
    s.words = mem_new(s.n, sizeof *s.words);
    lexicon_describe(s.tokens, s.n, s.words);
    return s;
}

static void end_sentence(struct sentence *s)
{
    free(s->words);
    arena_free(&s->arena);
}

static float value(const struct lexicon_word *word, unsigned dim)
{
    for (size_t i = 0; i < word->n_features; i++)
        if (word->features[i].dim == dim)
            return word->features[i].value;
    return 0;
}

/* The value of the word at `position` of a text. */
static float at(const char *text, size_t position, unsigned dim)
{
    struct sentence s = read_sentence(text);
    assert_true(position + 1 < s.n);
    float v = value(&s.words[position + 1], dim);
    end_sentence(&s);
    return v;
}

static bool is_known(const char *word)
{
    return lexicon_find(word, strlen(word)).flags & TOKEN_KNOWN;
}

static void every_word_of_the_table_is_found(void **state)
{
    char word[LEXICON_LONGEST + 1], before[LEXICON_LONGEST + 1] = "";
    const uint8_t *next = lexicon_text;
    (void)state;
    for (size_t i = 0; i < lexicon_words; i++) {
        size_t n = *next++;
        do
            word[n++] = (char)(*next & 0x7F);
        while (!(*next++ & 0x80));
        word[n] = '\0';
        assert_true(strcmp(before, word) < 0);
        assert_int_equal(lexicon_table_find(word, n), i);
        strcpy(before, word);
    }
    assert_int_equal(lexicon_table_find("", 0), SIZE_MAX);
    assert_int_equal(lexicon_table_find("zzzz", 4), SIZE_MAX);
    assert_int_equal(lexicon_table_find("!", 1), SIZE_MAX);
    assert_int_equal(lexicon_table_find("catz", 4), SIZE_MAX);
}

static void records_fit_and_name_each_value_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < lexicon_words; i++) {
        struct lexicon_word word = {0};
        lexicon_table_describe(i, &word);
        assert_true(word.n_features < LEXICON_FEATURES);
        for (size_t a = 0; a < word.n_features; a++) {
            assert_true(word.features[a].dim < GLASS_WIDTH);
            assert_true(word.features[a].value != 0);
            for (size_t b = 0; b < a; b++)
                assert_int_not_equal(word.features[a].dim, word.features[b].dim);
        }
    }
}

static void classes_of_everyday_words(void **state)
{
    const char *text = "the dog loves her because he is kind";
    (void)state;
    assert_true(at(text, 0, DIM_cD) == 1);
    assert_true(at(text, 1, DIM_N) > .5F && at(text, 1, DIM_ANI) > .5F);
    assert_true(at(text, 2, DIM_V) > .4F && at(text, 2, DIM_vS) == 1);
    assert_true(at(text, 3, DIM_wSHE) == 1);
    assert_true(at(text, 4, DIM_kCAUSE) == 1 && at(text, 4, DIM_cSUB) == 1);
    assert_true(at(text, 5, DIM_NOM) == 1 && at(text, 5, DIM_wHE) == 1);
    assert_true(at(text, 6, DIM_BE) == 1);
    assert_true(at(text, 7, DIM_nHUM) > .5F);
    assert_true(at("the apples", 1, DIM_PL) == 1 && at("the apples", 1, DIM_PLN) == 1);
    assert_true(at("they didn't", 1, DIM_NEG) == 1);
    assert_true(at("they can’t", 1, DIM_MOD) == 1);
    assert_true(at("it is 3.5 .", 2, DIM_NUM) == 1);
    assert_true(at("it is 3.5 .", 3, DIM_STOP) == 1);
    assert_true(at("the 2nd day", 1, DIM_cA) == 1);
}

static void names_titles_and_capitals(void **state)
{
    (void)state;
    assert_true(at("then Mary met Zorblax", 1, DIM_FEM) == 1);
    assert_true(at("then Mary met Zorblax", 3, DIM_PN) == 1);
    assert_true(at("john told mary", 0, DIM_MASC) == 1);
    assert_true(at("john told mary", 2, DIM_FEM) == 1);
    assert_true(at("I will go", 1, DIM_MOD) == 1); /* not Will */
    assert_true(at("Rose petals fell", 0, DIM_PN) == 0);
    assert_true(at("Mr. Smith slept", 0, DIM_tM) == 1);
    assert_true(at("Mr. Smith slept", 1, DIM_PN) == 1);
    assert_true(at("THE DOG SAW MARY", 1, DIM_ANI) > .5F); /* shouting names nobody */
    assert_true(at("THE DOG SAW MARY", 3, DIM_FEM) == 1);
    assert_true(at("we saw the NASA dog", 3, DIM_PN) == 1);
}

static void slips_are_repaired_and_strangers_survive(void **state)
{
    (void)state;
    assert_true(at("the anmial is tierd", 1, DIM_ANI) > .5F);
    assert_true(at("the anmial is tierd", 3, DIM_nANIM) == 1);
    assert_true(at("it is soooo good", 2, DIM_DEG) == 1);
    assert_true(at("he didnt go", 1, DIM_NEG) == 1);
    assert_true(at("eat an apple-pie", 2, DIM_hFOOD) > .5F);
    assert_true(at("the frozlet was tired", 1, DIM_UNK) == 1);
    assert_true(at("the frozlet was tired", 1, DIM_N) > .5F);
    assert_true(at("the watery soup", 1, DIM_hLIQ) == 0); /* English, so no slip */
    assert_true(at("the snowwoman left", 1, DIM_FEM) == 1);
}

static void grammar_is_held_back_among_strangers(void **state)
{
    const char *text = "Le chat noir mange une souris";
    (void)state;
    assert_true(at(text, 2, DIM_X) == 1);
    assert_true(at(text, 2, DIM_N) == 0);
    assert_true(at("я люблю", 1, DIM_X) == 1);
    assert_true(at("Ich liebe meine Katze", 3, DIM_PN) == 0);
    assert_true(at("Zorblax met Frodo", 2, DIM_PN) == 1);
    assert_true(at("the noir was in the house", 1, DIM_N) > .5F);
}

static void flags_and_ids(void **state)
{
    (void)state;
    assert_true(is_known("Because") && is_known("didn’t") && is_known("Mr."));
    assert_false(is_known("frozlet") || is_known("猫") || is_known("Zorblax"));
    assert_int_equal(lexicon_find("They", 4).flags,
                     TOKEN_KNOWN | TOKEN_PRONOUN | TOKEN_GRAMMAR);
    assert_int_equal(lexicon_find("I", 1).flags, TOKEN_KNOWN);
    assert_int_equal(lexicon_find("17", 2).flags, TOKEN_KNOWN | TOKEN_NUMBER);
    assert_int_equal(lexicon_find("?", 1).flags, TOKEN_KNOWN | TOKEN_PUNCTUATION);
    assert_int_equal(lexicon_find("The", 3).id, lexicon_find("the", 3).id);
    assert_true(lexicon_find("the", 3).id > LEXICON_BEGIN_ID);
    assert_true(lexicon_find("the", 3).id < LEXICON_UNKNOWN);
    assert_true(lexicon_find("frozlet", 7).id >= LEXICON_UNKNOWN);
    assert_int_equal(lexicon_find("Frozlet", 7).id, lexicon_find("frozlet", 7).id);
}

static float dot(const float *a, const float *b, size_t n)
{
    float sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void the_same_word_has_the_same_identity(void **state)
{
    struct sentence s = read_sentence("Don't don’t the cat The");
    (void)state;
    assert_true(fabsf(dot(s.words[1].identity, s.words[2].identity, 20) - 1) < 1e-6F);
    assert_true(fabsf(dot(s.words[3].identity, s.words[5].identity, 20) - 1) < 1e-6F);
    assert_true(dot(s.words[3].identity, s.words[4].identity, 20) < .7F);
    end_sentence(&s);
}

static float likeness(const char *two)
{
    struct sentence s = read_sentence(two);
    assert_true(s.words[1].has_topic && s.words[2].has_topic);
    float like = dot(s.words[1].topic, s.words[2].topic, LEXICON_TOPICS);
    assert_true(fabsf(dot(s.words[1].topic, s.words[1].topic, 24) - 1) < 1e-5F);
    end_sentence(&s);
    return like;
}

static void topics_bring_words_together(void **state)
{
    (void)state;
    assert_true(likeness("king queen") > .5F);
    assert_true(likeness("doctor nurse") > .4F);
    assert_true(likeness("king banana") < .3F);
    struct sentence s = read_sentence("the frozlet .");
    for (size_t i = 0; i < s.n; i++)
        assert_false(s.words[i].has_topic);
    end_sentence(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_of_the_table_is_found),
        cmocka_unit_test(records_fit_and_name_each_value_once),
        cmocka_unit_test(classes_of_everyday_words),
        cmocka_unit_test(names_titles_and_capitals),
        cmocka_unit_test(slips_are_repaired_and_strangers_survive),
        cmocka_unit_test(grammar_is_held_back_among_strangers),
        cmocka_unit_test(flags_and_ids),
        cmocka_unit_test(the_same_word_has_the_same_identity),
        cmocka_unit_test(topics_bring_words_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
