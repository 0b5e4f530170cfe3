/* interval.h - how sure a figure is: its 95 % confidence interval.
 *
 * Both sorts are for samples that stand for more than themselves, and say nothing on
 * whether the sample is a good one. Depends on nothing.
 */
#ifndef ATTN_ANALYSE_INTERVAL_H
#define ATTN_ANALYSE_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>

enum { INTERVAL_FEWEST = 10 }; /* fewer clusters than these give no interval */

struct interval {
    bool known; /* false: too few to say; both ends are then 0 */
    double low, high;
};

/* Of a share, `right` out of `n` cases (Wilson 1927, "Probable inference", the score
 * interval with z = 1.96). Not known for n = 0. */
struct interval interval_share(double right, double n);

/* Sums over clusters k (sentences) of y and x, their squares and their product. */
struct interval_sums {
    double n; /* clusters */
    double y, x, yy, xy, xx;
};

/* Of the ratio R = sum y / sum x, as what lies in a cluster is alike: R ± 1.96 s with
 *     s² = n / (n - 1) · sum (y_k - R x_k)² / (sum x)²
 * (Cochran 1977, "Sampling techniques", 3rd ed., section 6.4: the ratio estimate, for a
 * large population.) Cut off at 1 above. */
struct interval interval_ratio(const struct interval_sums *sums);

#endif
