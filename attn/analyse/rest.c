#include "attn/analyse/rest.h"

double rest_share(const struct trace *trace, const float *weights)
{
    double sum = 0;
    for (size_t j = 0; j < trace->S; j++)
        sum += trace->cols[j].flags & TOKEN_SPECIAL ? (double)weights[j] : 0;
    return sum;
}

bool rest_is_customer(const struct trace *trace, const float *weights, size_t row)
{
    if (trace->rows[row].flags & TOKEN_SPECIAL)
        return false;
    float word = 0, special = 0;
    for (size_t j = 0; j < trace->S; j++) {
        float *best = trace->cols[j].flags & TOKEN_SPECIAL ? &special : &word;
        *best = weights[j] > *best ? weights[j] : *best;
    }
    return word >= special;
}

size_t rest_allowed(const struct trace *trace, size_t row)
{
    return trace->causal && row + 1 < trace->S ? row + 1 : trace->S;
}
