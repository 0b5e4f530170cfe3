/* headset.h - the heads that a line speaks of, each judged: for the grid, the lists,
 * the card. Depends on lang/fill, analyse/pattern.
 */
#ifndef ATTN_LANG_HEADSET_H
#define ATTN_LANG_HEADSET_H

#include "attn/analyse/pattern.h"
#include "attn/lang/command.h"
#include "attn/lang/fill.h"

struct headset {
    struct fill fill;
    struct pattern *patterns; /* [L*H] */
    size_t *shown;            /* indices of slices in fill.stack, in order */
    size_t n;
};

/* layer*H + head of a slice. */
size_t headset_at(const struct headset *heads, size_t slice);

/* `which`: the name of a category or a pattern; NULL for all. */
bool headset_is_in(const struct pattern *pattern, const char *which);

/* The heads of the line's layers that are `which`. */
MUST_USE bool headset_gather(struct call *call, struct headset *heads,
                             const char *which, struct err *err);

/* The slice of the one to be shown large: the story's own head, else the first that has
 * something to do. At least one is shown. */
size_t headset_large(const struct headset *heads);

/* Says that no head is `which` ("on this sentence"); returns false. */
bool headset_none(const struct call *call, const char *which, const char *where,
                  struct err *err);

/* What an item says besides; below 0 it is left out, and NULL has none of it. */
struct headset_more {
    double weight;
    int64_t cluster;
};

/* Begins {"kind":"heads",…,"items":[ and writes one item. */
struct json_out headset_json(struct call *call, const struct headset *heads,
                             struct buf *json);
void headset_json_item(struct json_out *out, struct call *call,
                       const struct headset *heads, size_t head,
                       const struct headset_more *more);

/* A table of those that are `which`; *n of them. */
const struct table *headset_list(struct call *call, const struct headset *heads,
                                 const char *which, size_t *n);

#endif
