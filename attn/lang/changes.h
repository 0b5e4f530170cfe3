/* changes.h - telling what became of the heads of a run: for mute and swap.
 * Depends on analyse/changed, lang/command, lang/table.
 */
#ifndef ATTN_LANG_CHANGES_H
#define ATTN_LANG_CHANGES_H

#include "attn/analyse/changed.h"
#include "attn/lang/command.h"
#include "attn/lang/table.h"

struct changes {
    const struct changed *changed;
    const struct trace *before, *after; /* words are named as each has them */
    const char *then, *now; /* the heads of the two columns: "with every head", "now" */
    const char *heads;      /* the caption of the heads: "Heads downstream, …" */
};

/* "L3-H0 pronoun→antecedent" */
const char *changes_head(const struct trace *trace, size_t head, struct arena *arena);
/* "\"animal\"", or "the resting place" */
const char *changes_word(const struct token *token, struct arena *arena);

/* The flip that a learner wants to know of first: of a pronoun, else of the latest
 * layer. NULL where nothing flips. */
const struct changed_flip *changes_first(const struct changes *changes);

/* Tables of the words that look elsewhere and of the heads that moved, the first few of
 * each. */
void changes_tables(const struct changes *changes, struct pile *pile);

/* "heads" and "flips" of the JSON form. */
void changes_json(const struct changes *changes, struct json_out *out);

#endif
