#include "attn/model/model.h"

#include <stdlib.h>

#include "attn/base/mem.h"
#include "attn/model/family.h"
#include "attn/model/registry.h"

struct model *model_open(const char *name, struct err *err)
{
    struct model *model = mem_new(1, sizeof *model);
    if (registry_open(model, name, err))
        return model;
    model_close(model);
    return NULL;
}

void model_close(struct model *model)
{
    if (!model)
        return;
    arena_free(&model->memory);
    free(model);
}

const struct model_info *model_info(const struct model *model)
{
    return &model->info;
}

const struct model_info *model_part(const struct model *model, enum attention attention)
{
    return model->parts[attention] ? model->parts[attention] : &model->info;
}

bool model_tokenize(const struct model *model, const char *text, size_t length,
                    struct arena *arena, const struct token **tokens, size_t *n,
                    struct err *err)
{
    return model->family->tokenize(model->self, text, length, arena, tokens, n, err);
}

/* A model of one sequence has no other attention than its own, and no target. */
static bool is_suited(const struct model *model, const struct model_input *input,
                      struct err *err)
{
    if (model->info.pairs ||
        (!input->target && !input->second && input->attention == ATTENTION_SELF))
        return true;
    err_set(err, ERR_UNSUITED,
            "The model %s reads one sentence: it has no second one to attend to.",
            model->info.name);
    return err_try(err, "Try:", "sentence \"I love AI\"");
}

bool model_run(const struct model *model, const struct model_input *input,
               const struct model_options *options, struct trace *trace,
               struct err *err)
{
    *trace = (struct trace){.model = model->info.name};
    trace->sentence = arena_copy(&trace->memory, input->text, input->length);
    if (is_suited(model, input, err) &&
        model->family->run(model->self, input, options, trace, err))
        return true;
    trace_free(trace);
    return false;
}

bool model_predicts(const struct model *model, struct err *err)
{
    if (model->info.predicts)
        return true;
    if (model->info.recorded)
        err_set(err, ERR_UNSUITED,
                "This recording does not hold what the model said comes next.");
    else
        err_set(err, ERR_UNSUITED,
                "The model %s reads a whole sentence and predicts no next word.",
                model->info.name);
    return err_try(err, "Try:", "model decoder");
}

const struct next *model_next(const struct model *model, const struct trace *trace,
                              struct next_ask ask, struct arena *arena, struct err *err)
{
    if (!model_predicts(model, err))
        return NULL;
    return model->family->next(model->self, trace, ask, arena, err);
}

bool model_why(const struct model *model, const struct trace *trace, struct score_at at,
               struct arena *arena, struct score *why, struct err *err)
{
    return model->family->why(model->self, trace, at, arena, why, err);
}

bool model_second(const struct model *model, const struct model_input *input,
                  struct arena *arena, struct second *second, struct err *err)
{
    struct model_input pair = *input;
    pair.attention = ATTENTION_CROSS;
    return is_suited(model, &pair, err) &&
           model->family->second(model->self, input, arena, second, err);
}

struct origin model_origin(const struct model *model, const struct trace *trace,
                           size_t layer, size_t token, size_t dim)
{
    if (!model->family->origin)
        return (struct origin){.kind = ORIGIN_WORD};
    return model->family->origin(model->self, trace, layer, token, dim);
}

bool model_projection(const struct model *model, const struct trace *trace,
                      struct projection_at at, struct arena *arena,
                      const double **weights, struct err *err)
{
    if (at.layer >= trace->L || at.head >= trace->H)
        return err_set(err, ERR_OUT_OF_RANGE, "There is no such head here.");
    return model->family->projection(model->self, trace, at, arena, weights, err);
}

void model_scores(const struct model *model, const struct trace *trace,
                  struct score_at at, double *scores)
{
    if (model->family->scores) {
        model->family->scores(model->self, trace, at, scores);
        return;
    }
    double gain = trace_gain(trace, at.layer, at.head);
    const float *query = trace_vector(trace, trace->query, trace->T,
                                      (struct trace_at){at.layer, at.head, at.row});
    for (size_t j = 0; j < trace->S; j++) {
        const float *key = trace_vector(trace, trace->key, trace->S,
                                        (struct trace_at){at.layer, at.head, j});
        scores[j] = 0;
        for (size_t d = 0; d < trace->D; d++)
            scores[j] += gain * (double)query[d] * (double)key[d];
    }
}

uint64_t model_place_numbers(const struct model *model, const struct trace *trace,
                             size_t layer, size_t head)
{
    if (!model->family->place_numbers)
        return 0;
    return model->family->place_numbers(model->self, trace, layer, head);
}

size_t model_rules(const struct model *model, enum attention attention, size_t layer,
                   size_t head, struct arena *arena, const char *const **lines)
{
    if (!model->family->rules)
        return 0;
    return model->family->rules(model->self, attention, layer, head, arena, lines);
}
