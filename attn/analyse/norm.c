#include "attn/analyse/norm.h"

void norm_row(const struct trace *trace, size_t layer, size_t head, size_t row,
              float *lengths)
{
    const float *weights = trace_row(trace, layer, head, row);
    const float *norm = trace->value_norm + (layer * trace->H + head) * trace->S;
    for (size_t j = 0; j < trace->S; j++)
        lengths[j] = weights[j] * norm[j];
}

double norm_from_words(const struct trace *trace, size_t layer, size_t head, size_t row)
{
    const float *weights = trace_row(trace, layer, head, row);
    const float *norm = trace->value_norm + (layer * trace->H + head) * trace->S;
    double sum = 0;
    for (size_t j = 0; j < trace->S; j++)
        if (!(trace->cols[j].flags & TOKEN_SPECIAL))
            sum += (double)weights[j] * (double)norm[j];
    return sum;
}

size_t norm_head_for(const struct trace *trace, size_t row)
{
    size_t best = 0;
    double most = 0;
    for (size_t h = 0; h < trace->L * trace->H; h++) {
        double brings = norm_from_words(trace, h / trace->H, h % trace->H, row);
        if (!(brings > most))
            continue;
        most = brings;
        best = h;
    }
    return best;
}
