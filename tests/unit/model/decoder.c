/* The decoder: what it must hold on any sentence, and what it says on sentences that
 * nobody tuned its rules to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/model/builtins.h"
#include "attn/model/decoder_dims.h"
#include "attn/model/model.h"

static struct model *model;

static int setup(void **state)
{
    struct err err = {0};
    (void)state;
    model = model_open("decoder", &err);
    return model ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    model_close(model);
    return 0;
}

/* What the model says after a text. */
struct said {
    struct arena arena;
    struct trace trace;
    const struct next *next;
};

static struct said say(const char *text, const struct model_options *options)
{
    struct said said = {0};
    struct err err = {0};
    struct model_input input = {.text = text, .length = strlen(text)};
    if (!model_run(model, &input, options, &said.trace, &err))
        fail_msg("%s: %s", text, err.text);
    struct next_ask ask = {.row = said.trace.T - 1,
                           .temperature = options->temperature};
    said.next = model_next(model, &said.trace, ask, &said.arena, &err);
    assert_non_null(said.next);
    return said;
}

static void forget(struct said *said)
{
    trace_free(&said->trace);
    arena_free(&said->arena);
}

static double probability(const struct next *next, const char *word)
{
    for (size_t i = 0; i < next->n; i++)
        if (strcmp(next->items[i].token, word) == 0)
            return (double)next->items[i].probability;
    return 0;
}

/* The sum over words with blanks between. */
static double together(const struct next *next, const char *words)
{
    char word[64];
    double sum = 0;
    for (const char *c = words; *c; c += strspn(c, " ")) {
        size_t n = strcspn(c, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, c);
        sum += probability(next, word);
        c += n;
    }
    return sum;
}

/* ---- any sentence ---- */

static unsigned random_below(unsigned *seed, unsigned n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % n;
}

/* A word of the vocabulary, or one that nobody knows. */
static const char *random_word(unsigned *seed, char room[16])
{
    static const char vowels[] = "aeiou", others[] = "bdfgklmnprstvz";
    if (random_below(seed, 3) > 0)
        return decoder_glass.words[random_below(seed, (unsigned)decoder_glass.n_words)]
            .text;
    size_t n = 3 + random_below(seed, 4);
    for (size_t i = 0; i < n; i++)
        room[i] =
            i % 2 ? vowels[random_below(seed, 5)] : others[random_below(seed, 14)];
    room[n] = '\0';
    return room;
}

static void check_rows(const struct trace *trace)
{
    for (size_t l = 0; l < trace->L; l++)
        for (size_t h = 0; h < trace->H; h++)
            for (size_t i = 0; i < trace->T; i++) {
                const float *row = trace_row(trace, l, h, i);
                double sum = 0;
                for (size_t j = 0; j < trace->S; j++) {
                    sum += (double)row[j];
                    assert_true(row[j] >= 0);
                    if (j > i)
                        assert_true(row[j] == 0);
                }
                assert_true(fabs(sum - 1) < 1e-6);
            }
}

static void check_next(const struct next *next)
{
    double sum = 0;
    for (size_t i = 0; i < next->n; i++) {
        sum += (double)next->items[i].probability;
        if (i > 0)
            assert_true(next->items[i].logit <= next->items[i - 1].logit);
    }
    assert_true(fabs(sum - 1) < 1e-5);
}

static void on_any_sentence_rows_and_probabilities_add_up(void **state)
{
    (void)state;
    const struct model_options options = {0},
                               other = {.no_position = true, .temperature = 0.3F};
    unsigned seed = 7;
    for (int turn = 0; turn < 60; turn++) {
        char text[1024] = "", room[16];
        size_t n = 1 + random_below(&seed, 30);
        for (size_t i = 0; i < n; i++) {
            strcat(text, i ? " " : "");
            strcat(text, random_word(&seed, room));
        }
        struct said said = say(text, turn % 4 == 3 ? &other : &options);
        check_rows(&said.trace);
        check_next(said.next);
        forget(&said);
    }
}

/* What stands later changes nothing before it: the mask is whole. */
static void what_comes_later_is_not_seen(void **state)
{
    (void)state;
    const struct model_options options = {0};
    struct said one = say("The keys to the cabinet are", &options);
    struct said two = say("The keys to the cabinet of Mary sleeps", &options);
    size_t C = one.trace.C, L = one.trace.L;
    for (size_t t = 0; t <= 5; t++)
        for (size_t c = 0; c < C; c++)
            assert_true(one.trace.hidden[(L * one.trace.T + t) * C + c] ==
                        two.trace.hidden[(L * two.trace.T + t) * C + c]);
    forget(&one);
    forget(&two);
}

static void it_reads_512_words_and_no_more(void **state)
{
    (void)state;
    static char text[513 * 4 + 1];
    struct err err = {0};
    struct trace trace;
    const struct model_options options = {0};
    for (size_t i = 0; i < 512; i++)
        memcpy(text + 4 * i, i % 3 ? "cat " : "dog ", 5);
    struct said said = say(text, &options);
    assert_int_equal(said.trace.T, 513);
    check_next(said.next);
    forget(&said);
    strcat(text, "cat");
    struct model_input input = {.text = text, .length = strlen(text)};
    assert_false(model_run(model, &input, &options, &trace, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

/* ---- patterns, and words of the prompt ---- */

static void made_up_word(unsigned *seed, char word[16])
{
    static const char vowels[] = "aeiou", others[] = "bdfgklmnprstvz";
    size_t n = 4 + random_below(seed, 4);
    for (size_t i = 0; i < n; i++)
        word[i] =
            i % 2 ? vowels[random_below(seed, 5)] : others[random_below(seed, 14)];
    word[n] = '\0';
}

/* A B C … A B: what came after B the last time comes again, with words that nobody
 * knows, so that only the pattern can tell. */
static void a_pattern_goes_on(void **state)
{
    (void)state;
    const struct model_options options = {0};
    unsigned seed = 11;
    int right = 0, turns = 200;
    for (int turn = 0; turn < turns; turn++) {
        char words[6][16], text[256] = "";
        size_t n = 2 + random_below(&seed, 5),
               again = 1 + random_below(&seed, (unsigned)n);
        for (size_t i = 0; i < n; i++)
            made_up_word(&seed, words[i]);
        for (size_t i = 0; i < n + again; i++)
            strcat(strcat(text, words[i % n]), " ");
        struct said said = say(text, &options);
        right += strcmp(said.next->items[0].token, words[again % n]) == 0 &&
                 (double)said.next->items[0].probability > .5;
        forget(&said);
    }
    if (right < turns * 95 / 100)
        fail_msg("only %d of %d patterns went on", right, turns);
}

static void the_induction_head_looks_at_what_came_next(void **state)
{
    (void)state;
    const struct model_options options = {0};
    struct said said = say("Mary saw a zorp and later Mary", &options);
    const float *row = trace_row(&said.trace, 1, 0, said.trace.T - 1);
    assert_string_equal(said.trace.heads[4].name, "induction");
    assert_true(row[2] > 0.9F); /* saw */
    assert_true(probability(said.next, "saw") > 0.5);
    forget(&said);
}

/* "the" was said twice; the word before it tells which of its followers comes. */
static void two_words_tell_more_than_one(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"The queen saw the zorp and the king saw the", "zorp"},
        {"Tom likes the gloppy and Anna wants the blick because Tom likes the",
         "gloppy"},
        {"We went to the flurb and they stayed in the norp. You stayed in the", "norp"},
    };
    const struct model_options options = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct said said = say(cases[i][0], &options);
        if (strcmp(said.next->items[0].token, cases[i][1]) != 0)
            fail_msg("%s -> %s", cases[i][0], said.next->items[0].token);
        forget(&said);
    }
}

/* Words of the sentence can be repeated; no other unknown word can come. */
static void words_are_repeated_never_invented(void **state)
{
    (void)state;
    const struct model_options options = {0};
    struct said with = say("The zorp saw the zorp", &options);
    struct said without = say("The dog saw the dog", &options);
    assert_true(probability(with.next, "zorp") > 0);
    assert_int_equal(with.next->n, decoder_glass.n_words + 1);
    assert_int_equal(without.next->n, decoder_glass.n_words);
    forget(&with);
    forget(&without);
}

/* ---- grammar ---- */

/* Subjects, most of them no words of its vocabulary, and the forms that suit. */
static const struct agreement {
    const char *text;
    bool plural;
} agreements[] = {
    {"The zebra", false},
    {"The zebras", true},
    {"My neighbour", false},
    {"Our neighbours", true},
    {"The nurse in the hospital", false},
    {"The nurses in the hospital", true},
    {"The lamps on the ceiling", true},
    {"The lamp near the windows", false},
    {"The letters from my aunt", true},
    {"The letter from my uncles", false},
    {"A mountain", false},
    {"These mountains", true},
    {"The farmer and the baker", true},
    {"Sarah and Peter", true},
    {"Sarah", false},
    {"The blick", false},
    {"The cook in the tiny kitchen", false},
    {"They", true},
    {"She", false},
    {"The soup is hot and the plates", true},
    {"The plates are hot because the soup", false},
    {"The captain of the ships", false},
    {"The wheels of the old wagon", true},
    {"I like the sheep. The shepherd", false},
};

static void verbs_agree_with_their_subject(void **state)
{
    (void)state;
    static const char one[] = "is was has does doesn't sleeps likes";
    static const char many[] = "are were have do don't sleep like";
    const struct model_options options = {0};
    size_t n = sizeof agreements / sizeof *agreements, right = 0;
    for (size_t i = 0; i < n; i++) {
        struct said said = say(agreements[i].text, &options);
        double singular = together(said.next, one), plural = together(said.next, many);
        bool good = agreements[i].plural ? plural > 5 * singular && plural > .15
                                         : singular > 5 * plural && singular > .15;
        right += good;
        if (!good)
            print_message("  %s: singular %.3f, plural %.3f\n", agreements[i].text,
                          singular, plural);
        forget(&said);
    }
    print_message("  agreement: %zu of %zu\n", right, n);
    assert_true(right * 100 >= n * 90);
}

/* After the text, these words together are at least this probable. */
static const struct expectation {
    const char *text, *words;
    double least;
} expectations[] = {
    {"I am going to", "sleep eat read buy go see play walk work the", .2},
    {"I am going", "to home", .4},
    {"I", "am was", .4},
    {"She will eat", "the a my bread rice soup pasta apples", .4},
    {"My aunt eats the", "cake apple apples bread rice soup pasta", .6},
    {"My aunt drinks the", "water milk coffee tea", .5},
    {"The sailor reads a", "book letter story poem", .5},
    {"The sailors crossed the", "street road river bridge", .5},
    {"The nurse is very", "tired happy sad young old hungry kind clever", .5},
    {"They are playing the", "piano guitar game song", .5},
    {"I have an", "animal apple idea old open", .8},
    {"She can", "see buy go play read eat love think sleep work sing dance", .3},
    {"The horse jumped over the fence and", "the a I he she it they we", .4},
    {"We sat in the garden because", "the a I he she it they we", .4},
};

static void what_comes_next_is_sensible(void **state)
{
    (void)state;
    const struct model_options options = {0};
    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++) {
        const struct expectation *want = &expectations[i];
        struct said said = say(want->text, &options);
        double got = together(said.next, want->words);
        if (got < want->least)
            fail_msg("%s: %.3f, at least %.2f", want->text, got, want->least);
        forget(&said);
    }
}

/* Nothing but a pattern or a fixed phrase makes it sure: language is flat here. */
static void it_is_unsure_where_language_is(void **state)
{
    (void)state;
    static const char *const open[] = {
        "I am going to",  "The cat",      "It is a",     "We saw the",    "She can",
        "The farmer has", "My friend is", "He wants to", "They walked to"};
    const struct model_options options = {0};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        struct said said = say(open[i], &options);
        if (said.next->items[0].probability > 0.5F)
            fail_msg("%s: %s %.2f", open[i], said.next->items[0].token,
                     (double)said.next->items[0].probability);
        forget(&said);
    }
}

static void a_lower_temperature_is_surer(void **state)
{
    (void)state;
    const struct model_options cold = {.temperature = 0.5F}, warm = {.temperature = 2};
    struct said one = say("I am going to", &cold), two = say("I am going to", &warm);
    assert_true(one.next->items[0].probability > 2 * two.next->items[0].probability);
    forget(&one);
    forget(&two);
}

static void what_speaks_for_a_word_is_named(void **state)
{
    (void)state;
    const struct model_options options = {0};
    struct said grammar = say("The old", &options);
    struct said copied = say("dax wug dax", &options);
    assert_string_equal(grammar.next->items[0].because, "awaits a noun × is a noun");
    assert_string_equal(copied.next->items[0].because, "copied word × word");
    forget(&grammar);
    forget(&copied);
}

static void a_model_that_predicts_nothing_says_so(void **state)
{
    (void)state;
    struct err err = {0};
    struct model *lesson = model_open("lesson", &err);
    struct trace trace;
    struct arena arena = {0};
    const struct model_options options = {0};
    struct model_input input = {.text = "I run", .length = 5};
    assert_non_null(lesson);
    assert_false(model_info(lesson)->predicts);
    assert_true(model_info(model)->predicts && model_info(model)->causal);
    assert_true(model_run(lesson, &input, &options, &trace, &err));
    assert_null(model_next(lesson, &trace, (struct next_ask){0}, &arena, &err));
    assert_int_equal(err.code, ERR_UNSUITED);
    assert_string_equal(err.hint, "Try:  model decoder");
    trace_free(&trace);
    model_close(lesson);
    struct said said = say("I run", &options);
    struct err range = {0};
    assert_null(model_next(model, &said.trace, (struct next_ask){.row = 3}, &said.arena,
                           &range));
    assert_int_equal(range.code, ERR_OUT_OF_RANGE);
    forget(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_any_sentence_rows_and_probabilities_add_up),
        cmocka_unit_test(what_comes_later_is_not_seen),
        cmocka_unit_test(it_reads_512_words_and_no_more),
        cmocka_unit_test(a_pattern_goes_on),
        cmocka_unit_test(the_induction_head_looks_at_what_came_next),
        cmocka_unit_test(two_words_tell_more_than_one),
        cmocka_unit_test(words_are_repeated_never_invented),
        cmocka_unit_test(verbs_agree_with_their_subject),
        cmocka_unit_test(what_comes_next_is_sensible),
        cmocka_unit_test(it_is_unsure_where_language_is),
        cmocka_unit_test(a_lower_temperature_is_surer),
        cmocka_unit_test(what_speaks_for_a_word_is_named),
        cmocka_unit_test(a_model_that_predicts_nothing_says_so),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
