/* mute.h - what muting does to one row of a head. Depends on model/model.
 */
#ifndef ATTN_MODEL_MUTE_H
#define ATTN_MODEL_MUTE_H

#include <stddef.h>

#include "attn/model/model.h"

/* Changes the first `n` weights of a row, a distribution before and after; `seed` tells
 * rows apart. Only MUTE_UNIFORM and MUTE_SHUFFLED change any. */
void mute_row(enum mute mute, float *row, size_t n, size_t seed);

#endif
