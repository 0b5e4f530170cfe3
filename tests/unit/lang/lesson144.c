/* What the head dashboard finds in the large model: the five categories, and a story
 * told from layer to layer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "attn/analyse/pattern.h"
#include "attn/analyse/story.h"
#include "attn/model/model.h"

enum { LAYERS = 12, HEADS = 12, ALL = LAYERS * HEADS };

static const char *const sentences[] = {
    "The animal didn't cross the street because it was too tired.",
    "The old farmer opened the wooden gate because his dog wanted to run.",
    "She gave the tired horse some water and it drank slowly.",
    "The children who lived near the river watched the boats all day.",
    "Yesterday the new doctor visited the hospital, and the nurse showed her the way.",
    "My brother put the red book on the table in the kitchen.",
};

enum { SENTENCES = sizeof sentences / sizeof *sentences };

/* The model, and every sentence as it sees it. */
struct seen {
    struct model *model;
    struct arena arena;
    struct trace traces[SENTENCES];
    struct pattern *patterns[SENTENCES]; /* [ALL] each */
};

static int look(void **state)
{
    static struct seen seen;
    const struct model_options options = {0};
    struct err err = {0};
    seen.model = model_open("lesson144", &err);
    for (size_t s = 0; s < SENTENCES; s++) {
        struct model_input input = {.text = sentences[s],
                                    .length = strlen(sentences[s])};
        if (!seen.model ||
            !model_run(seen.model, &input, &options, &seen.traces[s], &err) ||
            !pattern_all(&seen.traces[s], NULL, &seen.arena, &seen.patterns[s], &err))
            return -1;
    }
    *state = &seen;
    return 0;
}

static int forget(void **state)
{
    struct seen *seen = *state;
    for (size_t s = 0; s < SENTENCES; s++)
        trace_free(&seen->traces[s]);
    arena_free(&seen->arena);
    model_close(seen->model);
    return 0;
}

static void all_five_categories_are_there_on_every_sentence(void **state)
{
    static const struct {
        size_t least, most;
    } wanted[CATEGORIES] = {[CATEGORY_PREVIOUS] = {6, 10},
                            [CATEGORY_FIRST] = {25, 35},
                            [CATEGORY_BAG] = {20, 30},
                            [CATEGORY_SYNTACTIC] = {30, 40},
                            [CATEGORY_OTHER] = {45, 60}};
    const struct seen *seen = *state;
    for (size_t s = 0; s < SENTENCES; s++) {
        size_t n[CATEGORIES] = {0};
        for (size_t h = 0; h < ALL; h++)
            n[seen->patterns[s][h].category]++;
        for (int c = 0; c < CATEGORIES; c++)
            if (n[c] < wanted[c].least || n[c] > wanted[c].most)
                fail_msg("%s: %zu are %s", sentences[s], n[c],
                         purpose_category((enum category)c));
    }
}

/* A category is not a name: most of its heads show on these sentences what they were
 * built for, clearly above chance. */
static void what_they_are_called_is_what_they_do(void **state)
{
    const struct seen *seen = *state;
    size_t tested[CATEGORIES] = {0}, shown[CATEGORIES] = {0};
    for (size_t s = 0; s < SENTENCES; s++)
        for (size_t h = 0; h < ALL; h++) {
            const struct pattern *pattern = &seen->patterns[s][h];
            if (!pattern->built || pattern->evidence.rows == 0)
                continue;
            tested[pattern->category]++;
            shown[pattern->category] += pattern->shown;
        }
    for (int c = 0; c < CATEGORIES; c++)
        if (tested[c] < 6 * SENTENCES || shown[c] * 10 < tested[c] * 7)
            fail_msg("%s: %zu of %zu", purpose_category((enum category)c), shown[c],
                     tested[c]);
}

/* Every head but the odd mixture does what it was built for somewhere. */
static void no_head_is_idle(void **state)
{
    static const char *const rare[] = {/* these sentences have nothing for them */
                                       "joined by and", "induction", "pronoun→pronoun",
                                       "same kind", "full stop"};
    const struct seen *seen = *state;
    for (size_t h = 0; h < ALL; h++) {
        const char *name = seen->traces[0].heads[h].name;
        size_t busy = 0;
        for (size_t s = 0; s < SENTENCES; s++)
            busy += seen->patterns[s][h].evidence.rows > 0;
        for (size_t k = 0; k < sizeof rare / sizeof *rare; k++)
            busy += strncmp(name, rare[k], strlen(rare[k])) == 0;
        if (busy == 0)
            fail_msg("%s", name);
    }
}

/* Of layers from … to, over all sentences: how far heads that do not rest look. */
static double mean_distance(const struct seen *seen, size_t from, size_t to)
{
    double sum = 0, n = 0;
    for (size_t s = 0; s < SENTENCES; s++)
        for (size_t h = from * HEADS; h < (to + 1) * HEADS; h++)
            if (seen->patterns[s][h].distance.rows > 0) {
                sum += seen->patterns[s][h].distance.mean;
                n++;
            }
    return sum / n;
}

static size_t count(const struct seen *seen, enum category category, size_t from,
                    size_t to)
{
    size_t n = 0;
    for (size_t h = from * HEADS; h < (to + 1) * HEADS; h++)
        n += seen->patterns[0][h].category == category;
    return n;
}

static double mean_rest(const struct seen *seen, size_t from, size_t to)
{
    double sum = 0;
    for (size_t s = 0; s < SENTENCES; s++)
        for (size_t h = from * HEADS; h < (to + 1) * HEADS; h++)
            sum += seen->patterns[s][h].resting;
    return sum / (double)(SENTENCES * (to + 1 - from) * HEADS);
}

/* Near words first, phrases and clauses then, the whole sentence late. */
static void layers_look_farther_and_farther(void **state)
{
    const struct seen *seen = *state;
    double early = mean_distance(seen, 0, 1), middle = mean_distance(seen, 2, 5),
           late = mean_distance(seen, 6, 9);
    assert_true(early < 2);
    assert_true(middle > early + 1);
    assert_true(late > middle + .5);
}

static void kinds_of_heads_come_in_their_order(void **state)
{
    const struct seen *seen = *state;
    assert_true(count(seen, CATEGORY_PREVIOUS, 0, 3) >
                count(seen, CATEGORY_PREVIOUS, 4, 11));
    assert_true(count(seen, CATEGORY_SYNTACTIC, 1, 5) >
                2 * (count(seen, CATEGORY_SYNTACTIC, 6, 11) +
                     count(seen, CATEGORY_SYNTACTIC, 0, 0)));
    assert_true(count(seen, CATEGORY_BAG, 8, 11) > count(seen, CATEGORY_BAG, 0, 7));
    assert_true(count(seen, CATEGORY_FIRST, 7, 11) >
                2 * count(seen, CATEGORY_FIRST, 0, 5));
    assert_true(mean_rest(seen, 0, 1) + .15 < mean_rest(seen, 4, 9));
}

/* What a bare look draws rests for 80 % at most, and is a head of the story. */
static void no_default_picture_is_empty(void **state)
{
    const struct seen *seen = *state;
    for (size_t s = 0; s < SENTENCES; s++) {
        struct arena arena = {0};
        struct story_link *links;
        const struct trace *trace = &seen->traces[s];
        struct story story = story_of(trace, &arena);
        const float *row = trace_row(trace, story.layer, story.head, story.row);
        assert_true(row[0] < .8F);
        assert_true(trace->heads[story.layer * HEADS + story.head].story > 0);
        assert_true(story_links(trace, &story, &arena, &links) >= 4);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_five_categories_are_there_on_every_sentence),
        cmocka_unit_test(what_they_are_called_is_what_they_do),
        cmocka_unit_test(no_head_is_idle),
        cmocka_unit_test(layers_look_farther_and_farther),
        cmocka_unit_test(kinds_of_heads_come_in_their_order),
        cmocka_unit_test(no_default_picture_is_empty),
    };
    return cmocka_run_group_tests(tests, look, forget);
}
