/* change.h - what the session speaks about becomes another: its sentence, its model.
 *
 * A model that reads only sentences of its own (the toy) begins with the first of them;
 * the learner's sentence is put aside and comes back with the next model that reads
 * any. What belonged to the words of the old sentence, a query set by hand, goes.
 * Depends on lang/state.
 */
#ifndef ATTN_LANG_CHANGE_H
#define ATTN_LANG_CHANGE_H

#include "attn/lang/state.h"

/* Fails as model_tokenize() does; the state is then as it was. */
MUST_USE bool change_sentence(struct call *call, const char *text, size_t length,
                              struct err *err);

struct pair_of_texts {
    const char *text, *to;
    size_t length, to_length;
};

/* A sentence and a second one, by hand. Where the model in use reads but one, the first
 * that reads two takes its place, and a note says so. Fails as subject_pair() does; the
 * state is then as it was. */
MUST_USE bool change_pair(struct call *call, const struct pair_of_texts *pair,
                          struct err *err);

/* Fails as model_open() and model_tokenize() do; the state is then as it was. Notes
 * which sentence is spoken of where the model changed it. */
MUST_USE bool change_model(struct call *call, const char *name, struct err *err);

#endif
