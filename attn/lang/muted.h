/* muted.h - which heads are muted, in words. Depends on lang/command.
 */
#ifndef ATTN_LANG_MUTED_H
#define ATTN_LANG_MUTED_H

#include "attn/lang/command.h"

/* "zero", "uniform", "shuffled" */
const char *muted_word(enum mute how);

/* How many heads are. */
size_t muted_count(const struct settings *settings);

/* "L1-H5, L2-H0 as uniform"; "" for none. H: heads a layer. */
const char *muted_list(const struct settings *settings, size_t H, struct arena *arena);

/* A head's name as pictures show it: "pronoun→predicate (muted)". */
const char *muted_name(const struct settings *settings, size_t head, const char *name,
                       struct arena *arena);

/* "muted":[{"layer":1,"head":5,"as":"zero"}, …] */
void muted_json(struct json_out *out, const struct settings *settings, size_t H);

/* All heads at work again. */
void muted_clear(struct settings *settings);

#endif
