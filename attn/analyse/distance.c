#include "attn/analyse/distance.h"

#include "attn/analyse/rest.h"

static int bin_of(long offset)
{
    if (offset < -DISTANCE_FAR)
        offset = -DISTANCE_FAR;
    if (offset > DISTANCE_FAR)
        offset = DISTANCE_FAR;
    return (int)offset + DISTANCE_FAR;
}

static double add_row(struct distance *distance, const struct trace *trace,
                      const float *weights, size_t row)
{
    double sum = 0;
    for (size_t j = 0; j < trace->S; j++) {
        if (trace->cols[j].flags & TOKEN_SPECIAL)
            continue;
        long offset = (long)j - (long)row;
        double weight = weights[j];
        sum += weight;
        distance->signed_mean += weight * (double)offset;
        distance->mean += weight * (double)(offset < 0 ? -offset : offset);
        distance->bins[bin_of(offset)] += weight;
    }
    return sum;
}

struct distance distance_of(const struct trace *trace, size_t layer, size_t head)
{
    struct distance distance = {0};
    double sum = 0;
    for (size_t i = 0; i < trace->T; i++) {
        const float *weights = trace_row(trace, layer, head, i);
        if (!rest_is_customer(trace, weights, i))
            continue;
        sum += add_row(&distance, trace, weights, i);
        distance.rows++;
    }
    if (!(sum > 0))
        return distance;
    distance.mean /= sum;
    distance.signed_mean /= sum;
    for (size_t b = 0; b < DISTANCE_BINS; b++)
        distance.bins[b] /= sum;
    return distance;
}
