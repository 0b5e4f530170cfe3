#include "attn/analyse/census.h"

#include <math.h>

static const double UNIT = 1 << 20;

static int64_t units(double value)
{
    return (int64_t)llround(value * UNIT);
}

struct census census_new(size_t L, size_t H, struct arena *arena)
{
    struct census_head *heads = arena_new(arena, L * H, sizeof *heads);
    return (struct census){.L = L, .H = H, .heads = heads};
}

static void add_evidence(struct census_sum *sum, const struct evidence *seen)
{
    double rows = (double)seen->rows;
    double y = (seen->score - seen->chance) * rows, x = (1 - seen->chance) * rows;
    if (seen->rows == 0)
        return;
    sum->sentences++;
    sum->rows += (int64_t)seen->rows;
    sum->score += units(seen->score * rows);
    sum->chance += units(seen->chance * rows);
    sum->yy += units(y * y);
    sum->xy += units(x * y);
    sum->xx += units(x * x);
}

static void add_pattern(struct census_head *head, const struct pattern *pattern)
{
    double customers = (double)pattern->customers;
    for (int test = 0; test < TEST_SEARCHED; test++)
        add_evidence(&head->tests[test], &pattern->tests[test]);
    head->built = pattern->built;
    if (pattern->built)
        add_evidence(&head->tests[CENSUS_BUILT], &pattern->evidence);
    head->words += (int64_t)pattern->words;
    head->customers += (int64_t)pattern->customers;
    head->resting += units(pattern->resting * (double)pattern->words);
    head->entropy += units(pattern->entropy * customers);
    head->effective += units(pattern->effective * customers);
    head->confidence += units(pattern->confidence * customers);
    head->distance += units(pattern->distance.mean * (double)pattern->distance.rows);
    head->distance_rows += (int64_t)pattern->distance.rows;
}

void census_add(struct census *census, const struct trace *trace,
                const struct pattern *patterns)
{
    for (size_t h = 0; h < census->L * census->H; h++)
        add_pattern(&census->heads[h], &patterns[h]);
    census->sentences++;
    census->words += (int64_t)patterns[0].words;
    census->first_special = pattern_first_is_special(trace);
}

/* ---- merging -------------------------------------------------------------------- */

static void merge_sum(struct census_sum *into, const struct census_sum *from)
{
    into->sentences += from->sentences;
    into->rows += from->rows;
    into->score += from->score;
    into->chance += from->chance;
    into->yy += from->yy;
    into->xy += from->xy;
    into->xx += from->xx;
}

static void merge_head(struct census_head *into, const struct census_head *from)
{
    for (int test = 0; test < CENSUS_TESTS; test++)
        merge_sum(&into->tests[test], &from->tests[test]);
    into->words += from->words;
    into->customers += from->customers;
    into->resting += from->resting;
    into->entropy += from->entropy;
    into->effective += from->effective;
    into->confidence += from->confidence;
    into->distance += from->distance;
    into->distance_rows += from->distance_rows;
    into->built = from->built ? from->built : into->built;
}

void census_merge(struct census *into, const struct census *from)
{
    for (size_t h = 0; h < into->L * into->H; h++)
        merge_head(&into->heads[h], &from->heads[h]);
    into->sentences += from->sentences;
    into->words += from->words;
    into->first_special = into->first_special || from->first_special;
}

/* ---- what it comes to ------------------------------------------------------------ */

struct evidence census_evidence(const struct census_sum *sum)
{
    struct evidence seen = {.rows = (size_t)sum->rows};
    if (sum->rows == 0)
        return seen;
    double rows = (double)sum->rows * UNIT;
    seen.score = (double)sum->score / rows;
    seen.chance = (double)sum->chance / rows;
    seen.lift = seen.chance < 1 ? (seen.score - seen.chance) / (1 - seen.chance) : 0;
    return seen;
}

struct interval census_interval(const struct census_sum *sum)
{
    return interval_ratio(&(struct interval_sums){
        .n = (double)sum->sentences,
        .y = (double)(sum->score - sum->chance) / UNIT,
        .x = (double)sum->rows - (double)sum->chance / UNIT,
        .yy = (double)sum->yy / UNIT,
        .xy = (double)sum->xy / UNIT,
        .xx = (double)sum->xx / UNIT,
    });
}

static double mean(int64_t sum, int64_t n)
{
    return n ? (double)sum / UNIT / (double)n : 0;
}

struct pattern census_pattern(const struct census *census, size_t head)
{
    const struct census_head *of = &census->heads[head];
    struct pattern pattern = {
        .built = of->built,
        .words = (size_t)of->words,
        .customers = (size_t)of->customers,
        .resting = mean(of->resting, of->words),
        .entropy = mean(of->entropy, of->customers),
        .effective = mean(of->effective, of->customers),
        .confidence = mean(of->confidence, of->customers),
        .distance = {.mean = mean(of->distance, of->distance_rows),
                     .rows = (size_t)of->distance_rows},
    };
    for (int test = 0; test < TEST_SEARCHED; test++)
        pattern.tests[test] = census_evidence(&of->tests[test]);
    pattern_judge(&pattern, census_evidence(&of->tests[CENSUS_BUILT]),
                  census->first_special);
    return pattern;
}

const struct census_sum *census_behind(const struct census *census, size_t head,
                                       const struct pattern *pattern)
{
    return &census->heads[head].tests[pattern->built ? CENSUS_BUILT : pattern->best];
}
