/* settles.h - whether anything but role and place tells two candidates apart.
 * Depends on model, analyse/story.
 */
#ifndef ATTN_LANG_SETTLES_H
#define ATTN_LANG_SETTLES_H

#include "attn/lang/fill.h"

/* True when the scores of columns `cols` in that row differ by what the
 * words mean (gender, number, what a predicate needs); false when only their roles in
 * the sentence (subject, object) and their distance do. Where the model gives no
 * reasons: true. */
bool settles(struct call *call, const struct trace *trace, struct head_ref head,
             size_t row, const size_t cols[2]);

#endif
