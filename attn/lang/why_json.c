#include "attn/lang/why.h"

/* The head that brought a term: of the query if a head did, else of the key. */
static const struct origin *brought(const struct score_term *term)
{
    if (term->query_from.kind == ORIGIN_HEAD)
        return &term->query_from;
    return term->key_from.kind == ORIGIN_HEAD ? &term->key_from : NULL;
}

static void json_term(struct json_out *out, const struct score_term *term)
{
    const struct origin *by = brought(term);
    json_object(out);
    json_key_text(out, "query", term->query);
    json_key_text(out, "key", term->key);
    json_key_float(out, "value", (double)term->value);
    json_key(out, "brought_by");
    if (by) {
        json_object(out);
        json_key_int(out, "layer", (int64_t)by->layer);
        json_key_int(out, "head", (int64_t)by->head);
        json_end(out);
    } else {
        json_null(out);
    }
    json_end(out);
}

static void json_candidate(struct json_out *out, const struct why *ask, int k)
{
    json_key_float(out, "score", (double)ask->scores[k].score);
    json_key_float(out, "weight", (double)ask->weights[k]);
    json_key(out, "terms");
    json_array(out);
    for (size_t i = 0; i < ask->scores[k].n_terms; i++)
        json_term(out, &ask->scores[k].terms[i]);
    json_end(out);
}

static void json_place(struct json_out *out, const char *key, int position)
{
    json_key(out, key);
    if (position < 0)
        json_null(out);
    else
        json_int(out, position);
}

static void json_without(struct json_out *out, const struct why *ask)
{
    json_key(out, "words");
    json_array(out);
    for (size_t k = 0; k < ask->without.n; k++) {
        const struct without *one = &ask->without.at[k];
        json_object(out);
        json_key_text(out, "word", one->word);
        json_key_int(out, "position", one->position);
        json_key(out, "weight");
        if (one->same_cut)
            json_float(out, (double)one->weight);
        else
            json_null(out);
        json_key_text(out, "looks_at", one->best);
        json_end(out);
    }
    json_end(out);
}

void why_json(const struct why *ask, struct buf *json)
{
    const struct stack *stack = &ask->fill.stack;
    struct json_out out =
        call_json(ask->call, json, "why", (int)ask->layer, (int)ask->head);
    json_key_text(&out, "from", stack->rows[ask->row].text);
    json_place(&out, "from_position", stack->rows[ask->row].position);
    json_key_text(&out, "to", stack->cols[ask->cols[0]].text);
    json_place(&out, "to_position", stack->cols[ask->cols[0]].position);
    json_candidate(&out, ask, 0);
    json_key(&out, "runner_up");
    if (ask->cols[1] == SIZE_MAX) {
        json_null(&out);
    } else {
        json_object(&out);
        json_key_text(&out, "to", stack->cols[ask->cols[1]].text);
        json_place(&out, "to_position", stack->cols[ask->cols[1]].position);
        json_candidate(&out, ask, 1);
        json_end(&out);
    }
    if (ask->without.at)
        json_without(&out, ask);
    json_end(&out);
}
