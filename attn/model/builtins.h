/* builtins.h - the teaching models, compiled from their rules when attn is built.
 *
 * NAME.rules becomes NAME_glass, in a generated NAME_weights.c. Recordings of a real
 * model (minilm/) are built in as they stand. Depends on model/family, model/glass.
 */
#ifndef ATTN_MODEL_BUILTINS_H
#define ATTN_MODEL_BUILTINS_H

#include "attn/model/family.h"
#include "attn/model/glass.h"

extern const struct glass lesson_glass, decoder_glass, lesson144_glass;
/* Encoder and decoder of the model translate. */
extern const struct glass english_glass, translate_glass;

/* What all-MiniLM-L6-v2 looked at, a sentence each. */
extern const struct recorded_bytes minilm_runs[];
extern const size_t n_minilm_runs;

#endif
