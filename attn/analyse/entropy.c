#include "attn/analyse/entropy.h"

#include <math.h>

static double term(double p)
{
    return p > 0 ? -p * log(p) : 0;
}

double entropy_of(const float *weights, size_t n)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++)
        sum += term(weights[j]);
    return sum;
}

double entropy_share(const float *weights, size_t n)
{
    return n < 2 ? 0 : entropy_of(weights, n) / log((double)n);
}

double entropy_effective(const float *weights, size_t n)
{
    return exp(entropy_of(weights, n));
}

double entropy_mixed(const float *one, const float *other, size_t n)
{
    double mixed = 0;
    for (size_t j = 0; j < n; j++)
        mixed += term(((double)one[j] + (double)other[j]) / 2);
    return mixed;
}

double entropy_divergence(const float *one, const float *other, size_t n)
{
    double sum =
        entropy_mixed(one, other, n) - (entropy_of(one, n) + entropy_of(other, n)) / 2;
    return sum > 0 ? sum : 0;
}
