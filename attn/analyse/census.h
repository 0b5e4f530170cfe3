/* census.h - what heads do over many sentences: the evidence of pattern.h, summed.
 *
 * For each test of each head, over the rows of all sentences together,
 *
 *     lift = (sum of weight - sum of chance) / (rows - sum of chance)
 *
 * so that a long sentence counts for more than a short one; and its interval, with
 * sentences as clusters (interval_ratio). What one sentence adds is rounded to whole
 * units of 2^-20 first: the sums are whole numbers, so their order does not matter and
 * two censuses merge exactly. (With at most 512 words a sentence they hold 2^24
 * sentences and more.) Memory does not grow with the number of sentences. Depends on
 * analyse/{pattern,interval}.
 */
#ifndef ATTN_ANALYSE_CENSUS_H
#define ATTN_ANALYSE_CENSUS_H

#include <stdint.h>

#include "attn/analyse/interval.h"
#include "attn/analyse/pattern.h"

enum {
    CENSUS_BUILT = TEST_SEARCHED, /* what a named head was built for */
    CENSUS_TESTS
};

/* One test of one head. All but the counts in units of 2^-20. */
struct census_sum {
    int64_t sentences, rows;
    int64_t score, chance; /* over rows */
    int64_t yy, xy, xx;    /* over sentences: y = score - chance, x = rows - chance */
};

struct census_head {
    struct census_sum tests[CENSUS_TESTS];
    int64_t words, customers;
    /* in units of 2^-20; over words, customers and rows with a distance */
    int64_t resting, entropy, effective, confidence, distance, distance_rows;
    const struct purpose *built; /* or NULL */
};

struct census {
    size_t L, H;
    int64_t sentences, words;
    bool first_special;
    struct census_head *heads; /* [L*H], in the arena it was made in */
};

struct census census_new(size_t L, size_t H, struct arena *arena);

/* Adds one sentence: patterns [L*H] as pattern_all() judges `trace`, of the same L and
 * H. */
void census_add(struct census *census, const struct trace *trace,
                const struct pattern *patterns);

/* Adds another census of the same model: exactly what one census of all sentences would
 * hold. */
void census_merge(struct census *into, const struct census *from);

/* A head judged by all its sentences as pattern_of() judges it by one. `distance` has
 * its mean alone. */
struct pattern census_pattern(const struct census *census, size_t head);

/* What a head's test came to. */
struct evidence census_evidence(const struct census_sum *sum);
struct interval census_interval(const struct census_sum *sum);

/* The sum behind census_pattern().evidence. */
const struct census_sum *census_behind(const struct census *census, size_t head,
                                       const struct pattern *pattern);

#endif
