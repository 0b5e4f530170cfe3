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

/* The run whose scores are looked at. */
struct heard_in {
    const struct model *model;
    const struct trace *trace;
    size_t row;
};

/* What the row asks for came from another word: a head brought it, or a rule made it of
 * what heads brought ("too small" makes it want what something should fit). A role that
 * is asked for so is settled by that word's meaning. */
static bool is_heard(const struct heard_in *in, const struct score_term *term)
{
    const struct origin *from = &term->query_from;
    if (from->kind == ORIGIN_HEAD)
        return from->token != in->row;
    for (size_t i = 0; from->kind == ORIGIN_FFN && i < from->n_dims; i++) {
        struct origin of =
            model_origin(in->model, in->trace, from->layer + 1, in->row, from->dims[i]);
        if (of.kind == ORIGIN_HEAD && of.token != in->row)
            return true;
    }
    return false;
}

/* What the meaning of the two candidates adds, term by term. */
static double meaning(const struct heard_in *in, const struct score *score,
                      const struct score *other)
{
    double apart = 0;
    for (size_t i = 0; i < score->n_terms; i++) {
        const struct score_term *term = &score->terms[i];
        double less = 0;
        if (is_role_or_place(term) && !is_heard(in, term))
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
    struct heard_in in = {model, trace, row};
    return meaning(&in, &a, &b) > NOTHING || meaning(&in, &b, &a) > NOTHING;
}
