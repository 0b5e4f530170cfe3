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

bool model_tokenize(const struct model *model, const char *text, size_t length,
                    struct arena *arena, const struct token **tokens, size_t *n,
                    struct err *err)
{
    return model->family->tokenize(model->self, text, length, arena, tokens, n, err);
}

bool model_run(const struct model *model, const char *text, size_t length,
               const struct model_options *options, struct trace *trace,
               struct err *err)
{
    const struct token *tokens;
    size_t n;
    *trace = (struct trace){.model = model->info.name};
    trace->sentence = arena_copy(&trace->memory, text, length);
    if (model_tokenize(model, text, length, &trace->memory, &tokens, &n, err) &&
        model->family->run(model->self, tokens, n, options, trace, err))
        return true;
    trace_free(trace);
    return false;
}

bool model_why(const struct model *model, const struct trace *trace, struct score_at at,
               struct arena *arena, struct score *why, struct err *err)
{
    return model->family->why(model->self, trace, at, arena, why, err);
}

struct origin model_origin(const struct model *model, const struct trace *trace,
                           size_t layer, size_t token, size_t dim)
{
    return model->family->origin(model->self, trace, layer, token, dim);
}

size_t model_rules(const struct model *model, size_t layer, size_t head,
                   struct arena *arena, const char *const **lines)
{
    return model->family->rules(model->self, layer, head, arena, lines);
}
