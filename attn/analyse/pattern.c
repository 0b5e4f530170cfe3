#include "attn/analyse/pattern.h"

#include <string.h>

#include "attn/analyse/entropy.h"
#include "attn/analyse/rest.h"

static const double LABEL = 0.4, STRONG = 0.6;
static const double BROAD = 0.7, STRONGLY_BROAD = 0.85;
static const double ALIKE = 0.3; /* topics this like one another are one subject */
static const double FEW_CUSTOMERS = 0.25; /* of its words: a nameless head is a sink */
static const double MOST_CUSTOMERS = 0.5; /* a head for places has no reason to rest */

struct test_run {
    const struct trace *trace;
    enum test test;
    const struct kinds *kinds;
    const struct purpose *purpose;
};

struct span {
    size_t from, to; /* half-open */
};

/* The columns that a test may want, before the finer look of wanted(). */
static struct span candidates(const struct test_run *run, size_t i)
{
    size_t S = run->trace->S;
    switch (run->test) {
    case TEST_FIRST:
        return (struct span){0, i > 0 && S > 0 ? 1 : 0};
    case TEST_PREVIOUS:
        return (struct span){i > 0 ? i - 1 : 0, i};
    case TEST_NEXT:
        return (struct span){i + 1, i + 1 < S ? i + 2 : i + 1};
    case TEST_ITSELF:
        return (struct span){i, i + 1};
    case TEST_LOCAL:
        return (struct span){i > TEST_WINDOW ? i - TEST_WINDOW : 0,
                             i + TEST_WINDOW < S ? i + TEST_WINDOW + 1 : S};
    case TEST_DUPLICATE:
    case TEST_INDUCTION:
        return (struct span){0, i};
    default:
        return (struct span){0, S};
    }
}

static bool same_text(const struct trace *trace, size_t i, size_t j)
{
    return !((trace->rows[i].flags | trace->cols[j].flags) & TOKEN_SPECIAL) &&
           trace->rows[i].id == trace->cols[j].id;
}

static bool of_kinds(const struct test_run *run, size_t i, size_t j)
{
    return i != j && run->kinds->word[i] & run->purpose->rows &&
           run->kinds->word[j] & run->purpose->cols;
}

/* Is candidate j one that row i should look at? */
static bool wanted(const struct test_run *run, size_t i, size_t j)
{
    switch (run->test) {
    case TEST_PREVIOUS:
    case TEST_NEXT: /* a special token is no word */
        return !(run->trace->cols[j].flags & TOKEN_SPECIAL);
    case TEST_DUPLICATE:
    case TEST_SAME_WORD:
        return same_text(run->trace, i, j);
    case TEST_INDUCTION:
        return j > 0 && same_text(run->trace, i, j - 1);
    case TEST_KIND:
        return of_kinds(run, i, j);
    case TEST_MEANING:
        return i != j && (run->kinds->meaning[i] & run->kinds->meaning[j]) != 0;
    case TEST_TOPIC:
        return i != j && kinds_likeness(run->kinds, i, j) >= ALIKE;
    default:
        return true;
    }
}

/* A row without a column to want is no test; but a head for one kind of word that has
 * other customers is wrong about them. */
static bool needs_match(enum test test)
{
    return test != TEST_KIND;
}

static bool is_testable(const struct test_run *run)
{
    const struct trace *trace = run->trace;
    if (run->test == TEST_KIND && !run->purpose)
        return false;
    if (run->test >= TEST_KIND && !(run->kinds && run->kinds->known))
        return false;
    return run->test == TEST_BROAD || trace->attention != ATTENTION_CROSS;
}

/* Adds one row to the sums of an evidence. */
static void test_row(const struct test_run *run, const float *weights, size_t i,
                     struct evidence *sum)
{
    size_t allowed = rest_allowed(run->trace, i), columns = 0;
    double weight = 0;
    if (allowed < 2)
        return;
    if (run->test == TEST_BROAD) {
        sum->score += entropy_share(weights, allowed);
        sum->rows++;
        return;
    }
    struct span span = candidates(run, i);
    for (size_t j = span.from; j < span.to && j < allowed; j++) {
        if (!wanted(run, i, j))
            continue;
        weight += weights[j];
        columns++;
    }
    if (columns == allowed || (columns == 0 && needs_match(run->test)))
        return; /* nothing to miss, or nothing to find */
    sum->score += weight;
    sum->chance += (double)columns / (double)allowed;
    sum->rows++;
}

static struct evidence mean_of(struct evidence sum)
{
    if (sum.rows == 0)
        return (struct evidence){0};
    sum.score /= (double)sum.rows;
    sum.chance /= (double)sum.rows;
    sum.lift = sum.chance < 1 ? (sum.score - sum.chance) / (1 - sum.chance) : 0;
    return sum;
}

struct evidence pattern_test(const struct trace *trace, size_t layer, size_t head,
                             const struct question *question)
{
    struct test_run run = {trace, question->test, question->kinds, question->purpose};
    struct evidence sum = {0};
    if (!is_testable(&run))
        return sum;
    for (size_t i = 0; i < trace->T; i++) {
        const float *weights = trace_row(trace, layer, head, i);
        bool counts = run.test == TEST_FIRST ? !(trace->rows[i].flags & TOKEN_SPECIAL)
                                             : rest_is_customer(trace, weights, i);
        if (counts)
            test_row(&run, weights, i, &sum);
    }
    return mean_of(sum);
}

/* ---- plain figures -------------------------------------------------------------- */

static void measure_row(struct pattern *pattern, const struct trace *trace,
                        const float *weights, size_t i)
{
    size_t allowed = rest_allowed(trace, i);
    float most = 0;
    for (size_t j = 0; j < allowed; j++)
        most = weights[j] > most ? weights[j] : most;
    pattern->customers++;
    pattern->entropy += entropy_share(weights, allowed);
    pattern->effective += entropy_effective(weights, allowed);
    pattern->confidence += (double)most;
}

static void measure(struct pattern *pattern, const struct trace *trace, size_t layer,
                    size_t head)
{
    for (size_t i = 0; i < trace->T; i++) {
        const float *weights = trace_row(trace, layer, head, i);
        if (trace->rows[i].flags & TOKEN_SPECIAL)
            continue;
        pattern->words++;
        pattern->resting += rest_share(trace, weights);
        if (rest_is_customer(trace, weights, i))
            measure_row(pattern, trace, weights, i);
    }
    double words = pattern->words ? (double)pattern->words : 1;
    double customers = pattern->customers ? (double)pattern->customers : 1;
    pattern->resting /= words;
    pattern->entropy /= customers;
    pattern->effective /= customers;
    pattern->confidence /= customers;
    if (trace->attention != ATTENTION_CROSS)
        pattern->distance = distance_of(trace, layer, head);
}

/* ---- labels ---------------------------------------------------------------------- */

static double bar_of(int test)
{
    return test == TEST_BROAD ? BROAD : LABEL;
}

static bool passes(const struct evidence *evidence, int test)
{
    return evidence->rows > 0 && evidence->lift >= bar_of(test);
}

bool pattern_first_is_special(const struct trace *trace)
{
    return trace->S > 0 && trace->cols[0].flags & TOKEN_SPECIAL;
}

/* The sink is looked for first: a head that only rests would else be judged by its one
 * odd row. */
static bool is_sink(const struct pattern *pattern, bool first_special)
{
    if (!passes(&pattern->tests[TEST_FIRST], TEST_FIRST))
        return false;
    return !first_special ||
           (double)pattern->customers < FEW_CUSTOMERS * (double)pattern->words;
}

static bool is_for_places(int test)
{
    return test == TEST_PREVIOUS || test == TEST_NEXT || test == TEST_ITSELF;
}

/* Narrow tests first: whoever looks one word back also looks at a near word. */
static int search(const struct pattern *pattern, bool first_special)
{
    static const int narrow[] = {TEST_PREVIOUS, TEST_NEXT, TEST_ITSELF, TEST_DUPLICATE,
                                 TEST_INDUCTION};
    bool busy = (double)pattern->customers >= MOST_CUSTOMERS * (double)pattern->words;
    int best = PATTERN_MIXED;
    double most = 0;
    if (is_sink(pattern, first_special))
        return TEST_FIRST;
    for (size_t k = 0; k < sizeof narrow / sizeof *narrow; k++) {
        const struct evidence *evidence = &pattern->tests[narrow[k]];
        if (!passes(evidence, narrow[k]) || (is_for_places(narrow[k]) && !busy) ||
            evidence->lift <= most)
            continue;
        best = narrow[k];
        most = evidence->lift;
    }
    if (best == PATTERN_MIXED && busy &&
        passes(&pattern->tests[TEST_LOCAL], TEST_LOCAL))
        best = TEST_LOCAL;
    if (best == PATTERN_MIXED && passes(&pattern->tests[TEST_BROAD], TEST_BROAD))
        best = TEST_BROAD;
    return best;
}

static enum category category_of(int label)
{
    switch (label) {
    case TEST_PREVIOUS:
        return CATEGORY_PREVIOUS;
    case TEST_FIRST:
        return CATEGORY_FIRST;
    case TEST_BROAD:
        return CATEGORY_BAG;
    default:
        return CATEGORY_OTHER;
    }
}

static enum reach reach_of(const struct pattern *pattern)
{
    switch (pattern->label) {
    case TEST_FIRST:
        return REACH_POSITIONAL;
    case TEST_DUPLICATE:
    case TEST_INDUCTION:
        return REACH_SEMANTIC;
    case TEST_BROAD:
        return REACH_GLOBAL;
    case PATTERN_MIXED:
        return pattern->distance.mean <= TEST_WINDOW ? REACH_LOCAL : REACH_GLOBAL;
    default:
        return REACH_LOCAL;
    }
}

static int best_test(const struct pattern *pattern)
{
    int best = TEST_FIRST;
    for (int test = TEST_FIRST; test < TEST_BROAD; test++)
        if (pattern->tests[test].rows > 0 &&
            pattern->tests[test].lift > pattern->tests[best].lift)
            best = test;
    return best;
}

static void judge_built(struct pattern *pattern, struct evidence evidence)
{
    pattern->category = pattern->built->category;
    pattern->reach = pattern->built->reach;
    pattern->evidence = evidence;
    pattern->best = (int)pattern->built->test;
    pattern->shown = passes(&evidence, pattern->best);
    pattern->label = pattern->shown ? pattern->best : PATTERN_MIXED;
}

static void judge_unknown(struct pattern *pattern, bool first_special)
{
    pattern->label = search(pattern, first_special);
    pattern->shown = pattern->label != PATTERN_MIXED;
    pattern->best = pattern->shown ? pattern->label : best_test(pattern);
    pattern->evidence = pattern->tests[pattern->best];
    pattern->category = category_of(pattern->label);
    pattern->reach = reach_of(pattern);
}

void pattern_judge(struct pattern *pattern, struct evidence built, bool first_special)
{
    if (pattern->built)
        judge_built(pattern, built);
    else
        judge_unknown(pattern, first_special);
    double strong = pattern->best == TEST_BROAD ? STRONGLY_BROAD : STRONG;
    pattern->strong = pattern->shown && pattern->evidence.lift >= strong;
}

static struct evidence test_built(const struct pattern *pattern,
                                  const struct trace *trace, size_t h,
                                  const struct kinds *kinds)
{
    enum test test = pattern->built->test;
    return test < TEST_SEARCHED
               ? pattern->tests[test]
               : pattern_test(trace, h / trace->H, h % trace->H,
                              &(struct question){test, kinds, pattern->built});
}

struct pattern pattern_of(const struct trace *trace, size_t layer, size_t head,
                          const struct kinds *kinds)
{
    size_t h = layer * trace->H + head;
    struct pattern pattern = {
        .built = purpose_of(trace->heads ? trace->heads[h].name : NULL)};
    measure(&pattern, trace, layer, head);
    for (int test = 0; test < TEST_SEARCHED; test++)
        pattern.tests[test] = pattern_test(trace, layer, head,
                                           &(struct question){.test = (enum test)test});
    struct evidence built = {0};
    if (pattern.built)
        built = test_built(&pattern, trace, h, kinds);
    pattern_judge(&pattern, built, pattern_first_is_special(trace));
    return pattern;
}

bool pattern_all(const struct trace *trace, const atomic_bool *stop,
                 struct arena *arena, struct pattern **patterns, struct err *err)
{
    struct kinds kinds = kinds_of(trace, arena);
    *patterns = arena_new(arena, trace->L * trace->H, sizeof **patterns);
    for (size_t h = 0; h < trace->L * trace->H; h++) {
        if (stop && atomic_load_explicit(stop, memory_order_relaxed))
            return err_set(err, ERR_INTERRUPTED,
                           "Stopped while the heads were judged.");
        (*patterns)[h] = pattern_of(trace, h / trace->H, h % trace->H, &kinds);
    }
    return true;
}
