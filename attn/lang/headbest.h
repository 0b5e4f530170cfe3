/* headbest.h - heads best it -> animal: which head draws a link most strongly.
 * Depends on lang/headset.
 */
#ifndef ATTN_LANG_HEADBEST_H
#define ATTN_LANG_HEADBEST_H

#include "attn/lang/command.h"

/* Ranks the heads of the line (of a category or pattern `which`, or all: NULL) by the
 * weight of its link, and shows them. Fails where a word is missing. */
MUST_USE bool headbest_show(struct call *call, const char *which, struct err *err);

#endif
