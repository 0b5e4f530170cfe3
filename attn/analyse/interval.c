#include "attn/analyse/interval.h"

#include <math.h>

static const double Z = 1.959963985; /* the normal distribution's 97.5 % point */

struct interval interval_share(double right, double n)
{
    if (!(n > 0))
        return (struct interval){0};
    double p = right / n, z2 = Z * Z;
    double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    return (struct interval){true, middle - half > 0 ? middle - half : 0,
                             middle + half < 1 ? middle + half : 1};
}

struct interval interval_ratio(const struct interval_sums *sums)
{
    if (sums->n < INTERVAL_FEWEST || !(sums->x > 0))
        return (struct interval){0};
    double ratio = sums->y / sums->x;
    double squares = sums->yy - 2 * ratio * sums->xy + ratio * ratio * sums->xx;
    double half = 0;
    if (squares > 0)
        half = Z * sqrt(sums->n / (sums->n - 1) * squares) / sums->x;
    return (struct interval){true, ratio - half, ratio + half < 1 ? ratio + half : 1};
}
