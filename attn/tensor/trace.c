#include "attn/tensor/trace.h"

#include <assert.h>

const float *trace_head(const struct trace *trace, size_t layer, size_t head)
{
    assert(layer < trace->L && head < trace->H);
    return trace->weights + (layer * trace->H + head) * trace->T * trace->S;
}

const float *trace_row(const struct trace *trace, size_t layer, size_t head, size_t row)
{
    assert(row < trace->T);
    return trace_head(trace, layer, head) + row * trace->S;
}

const float *trace_vector(const struct trace *trace, const float *vectors, size_t n,
                          struct trace_at at)
{
    assert(at.layer < trace->L && at.head < trace->H && at.token < n);
    return vectors + ((at.layer * trace->H + at.head) * n + at.token) * trace->D;
}

const char *trace_head_name(const struct head_name *heads, size_t H, size_t head,
                            struct arena *arena)
{
    const char *name = heads ? heads[head].name : NULL;
    return arena_print(arena, "L%zu-H%zu%s%s", head / H, head % H, name ? " " : "",
                       name ? name : "");
}

double trace_gain(const struct trace *trace, size_t layer, size_t head)
{
    assert(layer < trace->L && head < trace->H);
    return trace->gain ? trace->gain[layer * trace->H + head] : 1;
}

static size_t index_of(const struct token *tokens, size_t n, int position)
{
    for (size_t i = 0; i < n; i++)
        if (tokens[i].position == position && position >= 0)
            return i;
    return SIZE_MAX;
}

size_t trace_row_at(const struct trace *trace, int position)
{
    return index_of(trace->rows, trace->T, position);
}

size_t trace_col_at(const struct trace *trace, int position)
{
    return index_of(trace->cols, trace->S, position);
}

void trace_free(struct trace *trace)
{
    struct arena memory = trace->memory;
    *trace = (struct trace){0};
    arena_free(&memory);
}
