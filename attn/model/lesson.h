/* lesson.h - the teaching model, compiled from lesson.rules when attn is built.
 *
 * Depends on model/glass.
 */
#ifndef ATTN_MODEL_LESSON_H
#define ATTN_MODEL_LESSON_H

#include "attn/model/glass.h"

extern const struct glass lesson_glass; /* in the generated lesson_weights.c */

#endif
