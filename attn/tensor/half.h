/* half.h - numbers of 16 bits. Depends on nothing.
 */
#ifndef ATTN_TENSOR_HALF_H
#define ATTN_TENSOR_HALF_H

#include <stdint.h>

/* The value of an IEEE 754 binary16; subnormals, infinities and NaN included. */
float half_float(uint16_t bits);

#endif
