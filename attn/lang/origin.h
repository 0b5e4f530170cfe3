/* origin.h - where a model's numbers come from, in words; and what a recording, which
 * is a file and no model that could run, cannot do. Depends on model.
 */
#ifndef ATTN_LANG_ORIGIN_H
#define ATTN_LANG_ORIGIN_H

#include "attn/lang/settings.h"

/* What stands in brackets behind the model's name: "hand-built, synthetic", or
 * "recorded: run.safetensors, not hand-built". In `arena`. */
const char *origin_of(const struct model_info *info, struct arena *arena);

/* As `suits` of a command: whether there are queries, keys and values; the stream of
 * each layer; a model that runs. If not, false with ERR_UNSUITED. */
MUST_USE bool origin_has_vectors(const struct model *model, struct err *err);
MUST_USE bool origin_has_stream(const struct model *model, struct err *err);
MUST_USE bool origin_runs(const struct model *model, struct err *err);

/* Whether these settings ask for what was recorded and no more. If not, false with
 * ERR_UNSUITED. Every model that runs can do them. */
MUST_USE bool origin_allows(const struct settings *settings,
                            const struct model_info *info, struct err *err);

/* Puts what a recording cannot do back to what it shows; true where something was. */
bool origin_fit(struct settings *settings, const struct model_info *info);

#endif
