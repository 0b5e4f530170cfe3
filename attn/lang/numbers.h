/* numbers.h - numbers as a learner reads and checks them: short where they are whole,
 * rounded so that what is printed adds up wherever so many places can do it.
 * All texts in the arena. Depends on base.
 */
#ifndef ATTN_LANG_NUMBERS_H
#define ATTN_LANG_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/arena.h"

/* As one types it, at most `digits` significant ones: 2, 0.5, -1. Never -0. */
const char *number_plain(struct arena *arena, double value, int digits);
/* With so many places after the point: 0.76. Never -0.00. */
const char *number_fixed(struct arena *arena, double value, int places);
/* The same with its sign: +0.76, -1, 0. `places` < 0: as number_plain has it. */
const char *number_signed(struct arena *arena, double value, int places);

/* Several with blanks between: "2 0 1". `places` < 0: as number_plain has them. */
const char *number_list(struct arena *arena, const double *values, size_t n,
                        int places);

/* What `value` is once it is printed with so many places. */
double number_rounded(double value, int places);

/* A product of two lists spelled out, at most `digits` significant ones a number:
 * "2*1 + 0*0 + 1*2 = 4". */
const char *number_dot(struct arena *arena, const double *a, const double *b, size_t n,
                       int digits);

/* The indices of the values that are not 0, the largest by absolute value first, the
 * earlier of equals first, but those of `skip` (bit i: value i); `order` has room for
 * n. Returns how many. */
size_t number_rank(const double *values, size_t n, uint64_t skip, size_t *order);

/* The fewest places (least … most) at which the values, rounded, add up to `total`,
 * rounded; `least` where none do it, and *exact is then false. */
int number_places(const double *values, size_t n, double total, const int range[2],
                  bool *exact);

#endif
