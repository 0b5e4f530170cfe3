#include "attn/lang/settles.h"

#include <math.h>
#include <stdint.h>

/* Places have no dimension of their own; roles are made by rules from what governs a
 * word, all other properties of a word come with it. */
static bool is_role_or_place(const struct score_term *term)
{
    return term->key_dim == SIZE_MAX || term->key_from.kind == ORIGIN_FFN ||
           term->key_from.kind == ORIGIN_HEAD;
}

/* What the meaning of the two candidates adds, term by term. */
static double meaning(const struct score *score, const struct score *other)
{
    double apart = 0;
    for (size_t i = 0; i < score->n_terms; i++) {
        const struct score_term *term = &score->terms[i];
        double less = 0;
        if (is_role_or_place(term))
            continue;
        for (size_t k = 0; k < other->n_terms; k++)
            if (other->terms[k].query_dim == term->query_dim &&
                other->terms[k].key_dim == term->key_dim)
                less = (double)other->terms[k].value;
        apart += fabs((double)term->value - less);
    }
    return apart;
}

bool settles(struct call *call, const struct trace *trace, struct head_ref head,
             size_t row, const size_t cols[2])
{
    static const double NOTHING = .5; /* a score this small decides nothing */
    struct err unsaid = {0};
    struct score a, b;
    const struct model *model = call_model(call);
    struct score_at one = {head.layer, head.head, row, cols[0]};
    struct score_at other = {head.layer, head.head, row, cols[1]};
    if (!model_why(model, trace, one, call->arena, &a, &unsaid) ||
        !model_why(model, trace, other, call->arena, &b, &unsaid))
        return true;
    return meaning(&a, &b) > NOTHING || meaning(&b, &a) > NOTHING;
}
