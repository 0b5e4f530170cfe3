/* compare.h - what the files of `compare` share. Internal to cmd_compare. Depends on
 * lang/fill, render/heatmap.
 */
#ifndef ATTN_LANG_COMPARE_H
#define ATTN_LANG_COMPARE_H

#include "attn/lang/fill.h"
#include "attn/render/heatmap.h"

/* The typed rows and columns of what was filled, each row as shown, as a map of one
 * slice: narrower than with the heads' names. */
struct heatmap compare_map(struct call *call, const struct fill *fill);

/* self, cross, encoder, decoder */
bool compare_is_attention(const char *name);
bool compare_same_attention(const char *a, const char *b);
MUST_USE bool compare_attentions(struct call *call, const char *a, const char *b,
                                 struct err *err);

/* rnn and transformer, full and sparse: true of two that go together. */
bool compare_is_idea(const char *name);
bool compare_are_ideas(const char *a, const char *b);
MUST_USE bool compare_ideas(struct call *call, const char *a, struct err *err);

/* Two runs: of two heads, sentences, models, or under two values of a setting. `a` and
 * `b` are the line's values; each side is a head, a text, a setting or a model's name.
 */
MUST_USE bool compare_runs(struct call *call, const struct value *a,
                           const struct value *b, struct err *err);

#endif
