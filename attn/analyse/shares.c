#include "attn/analyse/shares.h"

double shares_of(float *row, size_t n)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++)
        sum += (double)row[j];
    for (size_t j = 0; j < n && sum > 0; j++)
        row[j] = (float)((double)row[j] / sum);
    return sum;
}
