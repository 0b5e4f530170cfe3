/* registry.h - which models there are, and opening one by name or file.
 *
 * Behind model_count, model_name and model_open. Depends on model/family.
 */
#ifndef ATTN_MODEL_REGISTRY_H
#define ATTN_MODEL_REGISTRY_H

#include "attn/model/family.h"

/* Fills a zeroed model; false with *err set as model_open says. */
MUST_USE bool registry_open(struct model *model, const char *name, struct err *err);

#endif
