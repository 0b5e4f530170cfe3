/* headtalk.h - heads in words: the evidence behind a label as a sentence, and a head's
 * card. Depends on lang/command, analyse/pattern, render/headcard.
 */
#ifndef ATTN_LANG_HEADTALK_H
#define ATTN_LANG_HEADTALK_H

#include "attn/analyse/pattern.h"
#include "attn/lang/command.h"

/* "pronoun→antecedent", or "" where heads have no names. */
const char *headtalk_name(struct call *call, const struct trace *trace, size_t head);
/* The same behind its number: "L3-H0 pronoun→antecedent"; "L3-H0" without a name. */
const char *headtalk_full(struct call *call, const struct trace *trace, size_t head);

/* What a test says a head looks at: "nouns or pronouns (seen from pronouns)". */
const char *headtalk_test(struct call *call, const struct pattern *pattern, int test);

/* The evidence, in one sentence. `head` is layer*H + head. */
const char *headtalk_verdict(struct call *call, const struct trace *trace,
                             const struct pattern *pattern, size_t head);

/* What it does, for a list: the model's own sentence, else what was seen. */
const char *headtalk_does(struct call *call, const struct trace *trace,
                          const struct pattern *pattern, size_t head);

/* The same without a trace; `named` may be NULL. */
const char *headtalk_says(struct call *call, const struct head_name *named,
                          const struct pattern *pattern);

/* The blocks of one head's card; *n of them. */
const struct block *headtalk_card(struct call *call, const struct trace *trace,
                                  const struct pattern *pattern, size_t head,
                                  size_t *n);

#endif
