/* ops.h - small numeric operations on float32 rows, in a fixed order of adding, so that
 * the same input gives the same output on every machine. Depends on nothing.
 */
#ifndef ATTN_TENSOR_OPS_H
#define ATTN_TENSOR_OPS_H

#include <stddef.h>

enum { OPS_CHUNK = 8 }; /* rows are padded to a multiple of this many floats */

/* n rounded up to a whole number of chunks. */
size_t ops_padded(size_t n);

/* y += a * x, for `n` padded floats. */
void ops_add(float *restrict y, const float *restrict x, float a, size_t n);

/* row[i] becomes exp(row[i]) / sum: `n` scores to weights that sum to 1. The row has
 * room for ops_padded(n) floats; what is past n becomes 0. Relative error below 3e-7
 * beyond the float32 rounding of score - largest; weights below exp(-87) of the largest
 * become exactly 0. n > 0. */
void ops_softmax(float *row, size_t n);

#endif
