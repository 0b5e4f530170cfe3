/* Sentences whose links are known, through the teaching model: the head that is named
 * for a link must weigh the word that it points to most. Prints how many are right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "attn/base/utf8.h"
#include "attn/model/model.h"

/* The jobs of the sets, and the head that does each. */
static const struct job {
    const char *name, *head;
} jobs[] = {
    {"prev", "previous"},
    {"next", "next"},
    {"same", "same word"},
    {"first", "first token"},
    {"det", "determiner→noun"},
    {"adj", "adjective→noun"},
    {"aux", "helper→verb"},
    {"prep", "preposition→object"},
    {"subj", "verb→subject"},
    {"pred", "verb→subject"},
    {"obj", "verb→object"},
    {"conj", "joined by and"},
    {"topic", "topic"},
    {"rel", "relative→noun"},
    {"coref", "pronoun→antecedent"},
    {"corefx", "pronoun→antecedent"},
};
enum { JOBS = sizeof jobs / sizeof *jobs, KINDS = 2 * JOBS }; /* settled; ambiguous */

struct tally {
    size_t right[KINDS], all[KINDS];
    bool show; /* print the failures */
};

static size_t find_job(const char *name)
{
    for (size_t i = 0; i < JOBS; i++)
        if (strcmp(jobs[i].name, name) == 0)
            return i;
    fail_msg("no head is known for %s", name);
    return 0;
}

static size_t find_head(const struct trace *trace, const char *name)
{
    for (size_t i = 0; i < trace->L * trace->H; i++)
        if (trace->heads[i].name && strcmp(trace->heads[i].name, name) == 0)
            return i;
    fail_msg("the model has no head %s", name);
    return 0;
}

/* The code point where token `wanted` of the set begins: the sets were cut by another
 * tokenizer, which knew no "Mr." and wrote straight apostrophes. */
static size_t token_start(const char *sentence, const json_t *tokens, size_t wanted)
{
    struct buf straight;
    buf_init(&straight, 100000);
    for (const char *s = sentence; *s;) {
        bool curly = strncmp(s, "\xE2\x80\x99", 3) == 0;
        buf_char(&straight, curly ? '\'' : *s);
        s += curly ? 3 : 1;
    }
    const char *at = straight.at;
    for (size_t i = 0; at && i <= wanted; i++) {
        const char *token = json_string_value(json_array_get(tokens, i));
        at = strstr(at, token);
        if (at && i < wanted)
            at += strlen(token);
    }
    assert_non_null(at);
    size_t start = utf8_count(straight.at, (size_t)(at - straight.at));
    buf_free(&straight);
    return start;
}

/* The row of a [position, "word"] of the set; [-1, "<s>"] is row 0. */
static size_t row_of(const struct trace *trace, const json_t *item, const json_t *place)
{
    json_int_t position = json_integer_value(json_array_get(place, 0));
    if (position < 0)
        return 0;
    size_t start =
        token_start(trace->sentence, json_object_get(item, "tokens"), (size_t)position);
    for (size_t i = 1; i < trace->T; i++)
        if (trace->rows[i].start <= start && start < trace->rows[i].end)
            return i;
    fail_msg("no token at %zu of: %s", start, trace->sentence);
    return 0;
}

static bool is_right(const struct trace *trace, const json_t *item, const json_t *link,
                     size_t best)
{
    const json_t *other, *alt = json_object_get(link, "alt");
    size_t i;
    if (best == row_of(trace, item, json_object_get(link, "to")))
        return true;
    json_array_foreach(alt, i,
                       other) if (best == row_of(trace, item, other)) return true;
    return false;
}

static void judge_link(const struct trace *trace, const json_t *item,
                       const json_t *link, struct tally *score)
{
    size_t job = find_job(json_string_value(json_object_get(link, "job")));
    size_t head = find_head(trace, jobs[job].head), best = 0;
    size_t from = row_of(trace, item, json_object_get(link, "from"));
    const float *row = trace_row(trace, head / trace->H, head % trace->H, from);
    for (size_t i = 1; i < trace->S; i++)
        if (row[i] > row[best])
            best = i;
    bool right = is_right(trace, item, link, best);
    bool either = json_is_true(json_object_get(link, "ambiguous")) ||
                  json_is_true(json_object_get(item, "ambiguous"));
    size_t kind = job + (either ? JOBS : 0);
    score->all[kind]++;
    score->right[kind] += right;
    if (!right && score->show)
        print_message("  %s%s: %s -> %s, not %s: %s\n", jobs[job].name,
                      either ? " (ambiguous)" : "", trace->rows[from].text,
                      trace->cols[best].text,
                      json_string_value(json_array_get(json_object_get(link, "to"), 1)),
                      trace->sentence);
}

static void judge_sentence(const struct model *model, const json_t *item,
                           struct tally *score)
{
    const char *sentence = json_string_value(json_object_get(item, "sentence"));
    const json_t *link, *links = json_object_get(item, "links");
    const struct model_options options = {0};
    struct trace trace = {0};
    struct err err = {0};
    size_t i;
    if (!model_run(model,
                   &(struct model_input){.text = sentence, .length = strlen(sentence)},
                   &options, &trace, &err))
        fail_msg("%s: %s", sentence, err.text);
    json_array_foreach(links, i, link) judge_link(&trace, item, link, score);
    trace_free(&trace);
}

static struct tally judge(const char *path, bool show)
{
    struct tally score = {.show = show};
    struct err err = {0};
    json_error_t why;
    json_t *item, *set = json_load_file(path, 0, &why);
    if (!set)
        fail_msg("%s: %s", path, why.text);
    struct model *model = model_open("lesson", &err);
    if (!model)
        fail_msg("%s", err.text);
    size_t i;
    json_array_foreach(set, i, item) judge_sentence(model, item, &score);
    model_close(model);
    json_decref(set);
    return score;
}

static double share(const struct tally *score, size_t from, size_t to)
{
    size_t right = 0, all = 0;
    for (size_t i = from; i < to; i++) {
        right += score->right[i];
        all += score->all[i];
    }
    return all ? 100.0 * (double)right / (double)all : 100;
}

static void print_score(const struct tally *score)
{
    for (size_t i = 0; i < KINDS; i++)
        if (score->all[i])
            print_message("  %-8s%-12s %zu of %zu\n", jobs[i % JOBS].name,
                          i < JOBS ? "" : " ambiguous", score->right[i], score->all[i]);
}

static void the_public_links_stand(void **state)
{
    (void)state;
    struct tally score = judge("tests/data/glass/links_public.json", true);
    print_score(&score);
    assert_true(score.all[find_job("coref")] > 30 && score.all[find_job("subj")] > 30);
    assert_true(share(&score, 0, KINDS) >= 97);
}

struct bar {
    const char *job;
    double least; /* percent */
};
enum { BARS = 5 };

static void hold(const struct tally *score, const struct bar bars[BARS])
{
    for (size_t i = 0; i < BARS; i++) {
        size_t job = find_job(bars[i].job);
        assert_true(score->all[job] > 10);
        if (share(score, job, job + 1) < bars[i].least)
            fail_msg("%s: %.1f %%, below %.0f %%", bars[i].job,
                     share(score, job, job + 1), bars[i].least);
    }
}

/* As learners type them. An ambiguous one has no right answer to be held to. */
static void sentences_of_our_own(void **state)
{
    static const struct bar bars[BARS] = {
        {"coref", 90}, {"det", 95}, {"adj", 95}, {"subj", 90}, {"obj", 85}};
    (void)state;
    struct tally score = judge("tests/data/glass/own_open.json", true);
    print_score(&score);
    hold(&score, bars);
}

/* By people who did not know the model: the rules may be tuned on these. */
static void sentences_of_strangers(void **state)
{
    static const struct bar bars[BARS] = {
        {"coref", 87}, {"det", 96}, {"adj", 92}, {"subj", 94}, {"obj", 88}};
    (void)state;
    struct tally score = judge("tests/data/glass/strangers_open.json", true);
    print_score(&score);
    hold(&score, bars);
}

/* Of the same people, and kept apart: no failure is shown, so that nobody tunes on it.
 */
static void sentences_kept_apart(void **state)
{
    static const struct bar bars[BARS] = {
        {"coref", 89}, {"det", 95}, {"adj", 94}, {"subj", 94}, {"obj", 88}};
    (void)state;
    struct tally score = judge("tests/data/glass/strangers_kept.json", false);
    print_score(&score);
    hold(&score, bars);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_public_links_stand),
        cmocka_unit_test(sentences_of_our_own),
        cmocka_unit_test(sentences_of_strangers),
        cmocka_unit_test(sentences_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
