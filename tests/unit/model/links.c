/* Sentences whose links are known, through the teaching model: the head that is named
 * for a link must weigh the word that it points to most. Prints how many are right. */
#include "tests/unit/gold.h"

#include <stdio.h>
#include <stdlib.h>

enum { KINDS = 2 * JOBS }; /* settled; ambiguous */

struct tally {
    size_t right[KINDS], all[KINDS];
    bool show; /* print the failures */
};

static void judge_link(const struct trace *trace, const json_t *item,
                       const json_t *link, struct tally *score)
{
    size_t job = find_job(json_string_value(json_object_get(link, "job")));
    size_t from = row_of(trace, item, json_object_get(link, "from"));
    size_t best = best_of(trace, find_head(trace, jobs[job].head), from);
    bool right = is_right(trace, item, link, best), either = is_ambiguous(item, link);
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

static void judge_sentence(const struct trace *trace, const json_t *item, void *context)
{
    const json_t *links = json_object_get(item, "links");
    for (size_t i = 0; i < json_array_size(links); i++)
        judge_link(trace, item, json_array_get(links, i), context);
}

static struct tally judge(const char *path, bool show)
{
    struct tally score = {.show = show};
    gold_each(path, judge_sentence, &score);
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
