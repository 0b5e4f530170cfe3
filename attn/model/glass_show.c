/* glass_show.c - the arithmetic of a head in full, for whoever shows it. */
#include "attn/model/glass.h"

const double *glass_projection(const struct glass *glass, const struct trace *trace,
                               struct projection_at at, struct arena *arena)
{
    const struct glass_head *head = glass_head_of(glass, trace, at.layer, at.head);
    bool of_source = trace->source && at.which != PROJECT_QUERY;
    size_t width = of_source ? trace->source_C : trace->C;
    const struct matrix *m = at.which == PROJECT_QUERY ? &head->Q
                             : at.which == PROJECT_KEY ? &head->K
                                                       : &head->V;
    double factor = at.which == PROJECT_QUERY ? head->gain : 1;
    double *weights = arena_new(arena, width * trace->D, sizeof *weights);
    for (size_t i = 0; i < m->n; i++)
        weights[m->at[i].from * trace->D + m->at[i].to] += factor * m->at[i].value;
    return weights;
}

/* q·k over the slots that do not belong to the place kernel. */
static double content_product(const struct trace *trace, uint64_t place_slots,
                              const float *query, const float *key)
{
    double sum = 0;
    for (size_t d = 0; d < trace->D; d++)
        if (!(place_slots >> d & 1))
            sum += (double)query[d] * (double)key[d];
    return sum;
}

void glass_scores(const struct glass *glass, const struct trace *trace,
                  struct score_at at, double *scores)
{
    const struct glass_head *head = glass_head_of(glass, trace, at.layer, at.head);
    const float *query = trace_vector(trace, trace->query, trace->T,
                                      (struct trace_at){at.layer, at.head, at.row});
    for (size_t j = 0; j < trace->S; j++) {
        struct trace_at col = {at.layer, at.head, j};
        const float *key = trace_vector(trace, trace->key, trace->S, col);
        double sum = content_product(trace, head->place_slots, query, key);
        /* <s> has no place; see glass.c on why places are subtracted first. */
        if (head->place_slots && at.row > 0 && j > 0)
            sum += glass_place_score(head, at.row, j,
                                     trace->hidden[at.row * trace->C + FRAME_p] == 0);
        scores[j] = head->gain * sum;
    }
}
