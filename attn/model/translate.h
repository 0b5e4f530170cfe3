/* translate.h - the model translate: English to French, an encoder (english.rules) and
 * a decoder (translate.rules) with cross-attention. Depends on model/family.
 */
#ifndef ATTN_MODEL_TRANSLATE_H
#define ATTN_MODEL_TRANSLATE_H

#include "attn/model/family.h"

extern const struct family translate_family;

/* Makes a model, whose name and licence are set, this one. */
void translate_open(struct model *model);

#endif
