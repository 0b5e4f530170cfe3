/* builtins.h - the teaching models, compiled from their rules when attn is built.
 *
 * NAME.rules becomes NAME_glass, in a generated NAME_weights.c. Depends on model/glass.
 */
#ifndef ATTN_MODEL_BUILTINS_H
#define ATTN_MODEL_BUILTINS_H

#include "attn/model/glass.h"

extern const struct glass lesson_glass, decoder_glass, lesson144_glass;
/* Encoder and decoder of the model translate. */
extern const struct glass english_glass, translate_glass;

#endif
