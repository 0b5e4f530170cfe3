/* flowlinks.h - which links a flow draws: of the thousands of weights the few that hold
 * most of what words give to words. Depends on lang/fill, render/flow.
 */
#ifndef ATTN_LANG_FLOWLINKS_H
#define ATTN_LANG_FLOWLINKS_H

#include "attn/lang/fill.h"
#include "attn/render/flow.h"

struct flowlinks {
    struct flow flow;
    double hidden; /* the share of the weight between drawn words that no link shows */
};

/* The words that are drawn: those of `rows`, at most FLOW_WORDS (a note says how to see
 * the others). */
void flowlinks_words(struct call *call, const struct fill *fill, struct flow *flow);

/* The links that the story heads tell: the sentence's structure at a glance. */
void flowlinks_story(struct call *call, const struct fill *fill, struct flowlinks *to);

/* The strongest links of the shown rows (or, with `row` not SIZE_MAX, of that row) of
 * the shown slices: of each row until 80 % of its weight on words is drawn, of all
 * at most `most`. `self`: a word's link to itself counts. Fails with ERR_TOO_LARGE for
 * more than FLOW_HEADS heads. */
struct flowlinks_wish {
    size_t row;
    size_t most;
    bool self;
    bool several; /* every slice of the stack, not only the shown one */
};
MUST_USE bool flowlinks_strongest(struct call *call, const struct fill *fill,
                                  const struct flowlinks_wish *wish,
                                  struct flowlinks *to, struct err *err);

/* One layer's strip: the links of its heads in the stack that hold half of a row or
 * more (of the row `row` alone all the stronger ones), the strongest FLOW_LINKS or
 * `top`. flow->words are those of flowlinks_words. */
void flowlinks_layer(struct call *call, const struct fill *fill, size_t row, int layer,
                     struct flow *flow);

#endif
