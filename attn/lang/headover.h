/* headover.h - heads over "file": what heads do over many sentences.
 * Depends on lang/headcount.
 */
#ifndef ATTN_LANG_HEADOVER_H
#define ATTN_LANG_HEADOVER_H

#include "attn/lang/headcount.h"

#define HEADOVER_NBSP "\u00a0" /* no line ends within a figure */

/* What is shown: the count, and which heads of it. */
struct headover {
    const char *path;
    struct headcount count;
    struct pattern *patterns; /* [L*H] over all sentences */
    size_t *shown;            /* [n] layer*H + head */
    size_t n;
};

/* Counts and shows the heads of the line's layers that are `which` (a category or a
 * pattern; NULL: all). Fails as headcount_read(), or with ERR_UNSUITED where none is.
 */
MUST_USE bool headover_show(struct call *call, const char *which, struct err *err);

/* Its JSON: {"schema":1,"kind":"heads","model":…,"over":"file","sentences":n,"words":n,
 * "skipped":n,"layers":L,"heads":H,"items":[…],"relations":[…]}. An item is that of
 * `heads`, its score, chance, lift and rows over all sentences, and has besides
 *   "sentences": n with a row tested, "low", "high": the 95 % interval of lift, or null
 *   "tests":[{"test":"previous","score":…,"chance":…,"lift":…,"low":…,"high":…,
 *             "rows":n,"sentences":n}, …]
 * A relation: {"relation":"nsubj","cases":n,"layer":…,"head":…,"looks":"to its head" or
 * "from its head","right":n,"low":…,"high":…,"offset":k,"offset_right":n}. */
void headover_json(struct call *call, const struct headover *over, struct buf *json);

/* "L3-H0 pronoun→antecedent"; in the call's arena. */
const char *headover_head(struct call *call, size_t head);

#endif
