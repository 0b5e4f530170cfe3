/* shares.h - rows of amounts as shares of 1. Depends on nothing.
 */
#ifndef ATTN_ANALYSE_SHARES_H
#define ATTN_ANALYSE_SHARES_H

#include <stddef.h>

/* Divides `n` amounts >= 0 by their sum, which it returns; a row of zeros stays so. */
double shares_of(float *row, size_t n);

#endif
