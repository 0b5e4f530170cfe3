/* why.h - one question of `why` and what the model answered; its JSON form.
 * Depends on lang/fill, lang/without, model.
 */
#ifndef ATTN_LANG_WHY_H
#define ATTN_LANG_WHY_H

#include "attn/lang/fill.h"
#include "attn/lang/without.h"

struct why {
    struct call *call;
    struct fill fill;
    size_t layer, head, row;
    size_t cols[2]; /* the target and the runner-up; SIZE_MAX: there is none */
    struct score scores[2];
    float weights[2];
    const char *from, *words[2];
    struct withouts without; /* `why it words`: each other word left out */
};

/* {"kind":"why","from":…,"to":…,"score":…,"terms":[…],"runner_up":{…}} */
void why_json(const struct why *ask, struct buf *json);

#endif
