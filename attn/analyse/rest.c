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
    float special = 0;
    for (size_t j = 0; j < trace->S; j++)
        if (trace->cols[j].flags & TOKEN_SPECIAL && weights[j] > special)
            special = weights[j];
    for (size_t j = 0; j < trace->S; j++) /* mostly settled by a near word */
        if (weights[j] >= special && !(trace->cols[j].flags & TOKEN_SPECIAL))
            return true;
    return special == 0;
}

size_t rest_allowed(const struct trace *trace, size_t row)
{
    return trace->causal && row + 1 < trace->S ? row + 1 : trace->S;
}
