#include "attn/lang/headtalk.h"

#include <string.h>

#include "attn/render/headcard.h"

_Static_assert((int)HEADCARD_BINS == (int)DISTANCE_BINS,
               "the card shows what is counted");

enum { FEW_ROWS = 3 }; /* fewer than these are little evidence, however clear */

const char *headtalk_name(struct call *call, const struct trace *trace, size_t head)
{
    const char *name = trace->heads ? trace->heads[head].name : NULL;
    (void)call;
    return name ? name : "";
}

const char *headtalk_full(struct call *call, const struct trace *trace, size_t head)
{
    return trace_head_name(trace->heads, trace->H, head, call->arena);
}

const char *headtalk_test(struct call *call, const struct pattern *pattern, int test)
{
    if (test != TEST_KIND || !pattern->built)
        return purpose_test((enum test)test);
    return arena_print(call->arena, "%s (from %s)",
                       kinds_say(pattern->built->cols, call->arena),
                       kinds_say(pattern->built->rows, call->arena));
}

/* What was measured, where a row could be tested. */
static const char *measured(struct call *call, const struct pattern *pattern)
{
    const struct evidence *seen = &pattern->evidence;
    if (pattern->best == TEST_BROAD)
        return arena_print(
            call->arena, "spreads its weight %.2f as evenly as can be, over %zu row%s",
            seen->score, seen->rows, seen->rows == 1 ? "" : "s");
    return arena_print(
        call->arena,
        "gives %.2f of its weight to %s, where an even spread would give %.2f "
        "(%zu row%s tested)",
        seen->score, headtalk_test(call, pattern, pattern->best), seen->chance,
        seen->rows, seen->rows == 1 ? "" : "s");
}

const char *headtalk_verdict(struct call *call, const struct trace *trace,
                             const struct pattern *pattern, size_t head)
{
    struct arena *arena = call->arena;
    const char *name = headtalk_full(call, trace, head);
    if (pattern->evidence.rows == 0 && pattern->customers > 0)
        return arena_print(
            arena,
            "%s is not testable here: nothing in this sentence is what it looks for.",
            name);
    if (pattern->evidence.rows == 0)
        return arena_print(arena,
                           "%s has nothing to do in this sentence: every word "
                           "rests, so there is nothing to test.",
                           name);
    const char *seen = measured(call, pattern);
    if (pattern->shown)
        return arena_print(arena, "%s %s: lift %.2f, %s.", name, seen,
                           pattern->evidence.lift,
                           pattern->evidence.rows < FEW_ROWS ? "on little evidence"
                           : pattern->strong                 ? "a clear pattern"
                                             : "a pattern, but not a clear one");
    if (pattern->built)
        return arena_print(arena,
                           "%s was built for this, but does it only weakly in this "
                           "sentence: it %s (lift %.2f).",
                           name, seen, pattern->evidence.lift);
    return arena_print(arena,
                       "%s fits no single pattern here; nearest: it %s (lift %.2f).",
                       name, seen, pattern->evidence.lift);
}

const char *headtalk_says(struct call *call, const struct head_name *named,
                          const struct pattern *pattern)
{
    if (named && named->does)
        return named->does;
    if (!pattern->shown)
        return "mixed";
    return arena_print(call->arena, "looks at %s",
                       purpose_test((enum test)pattern->best));
}

const char *headtalk_does(struct call *call, const struct trace *trace,
                          const struct pattern *pattern, size_t head)
{
    return headtalk_says(call, trace->heads ? &trace->heads[head] : NULL, pattern);
}

/* ---- the card ------------------------------------------------------------------ */

static struct headcard_test test_of(struct call *call, const struct pattern *pattern,
                                    int test, const struct evidence *evidence)
{
    return (struct headcard_test){
        .looks_at = headtalk_test(call, pattern, test),
        .score = evidence->score,
        .chance = evidence->chance,
        .lift = evidence->lift,
        .rows = evidence->rows,
        .label = test == pattern->label,
    };
}

/* The test that the head is judged by first, then all that need no kinds of words. */
static size_t tests_of(struct call *call, const struct pattern *pattern,
                       struct headcard_test *tests)
{
    size_t n = 0;
    tests[n++] = test_of(call, pattern, pattern->best, &pattern->evidence);
    for (int test = 0; test < TEST_SEARCHED; test++)
        if (test != pattern->best)
            tests[n++] = test_of(call, pattern, test, &pattern->tests[test]);
    return n;
}

const struct block *headtalk_card(struct call *call, const struct trace *trace,
                                  const struct pattern *pattern, size_t head, size_t *n)
{
    struct headcard_test tests[TEST_SEARCHED + 1];
    struct headcard card = {
        .does = trace->heads ? trace->heads[head].does : NULL,
        .category = purpose_category(pattern->category),
        .pattern = purpose_reach(pattern->reach),
        .tests = tests,
        .n_tests = tests_of(call, pattern, tests),
        .words = pattern->words,
        .customers = pattern->customers,
        .resting = pattern->resting,
        .entropy = pattern->entropy,
        .effective = pattern->effective,
        .confidence = pattern->confidence,
        .distance = pattern->distance.mean,
    };
    memcpy(card.bins, pattern->distance.bins, sizeof card.bins);
    card.n_rules = model_rules(call_model(call), trace->attention, head / trace->H,
                               head % trace->H, call->arena, &card.rules);
    return headcard_blocks(&card, call->arena, n);
}
