/* The weights of a stack as JSON. */
#include "attn/lang/fill.h"
#include "attn/render/stack.h"

static void json_row(struct json_out *out, const float *row, size_t n)
{
    json_array(out);
    for (size_t j = 0; j < n; j++)
        json_float(out, (double)row[j]);
    json_end(out);
}

void fill_json_weights(struct json_out *out, const struct stack *stack)
{
    json_array(out);
    for (size_t i = 0; i < stack->n_rows; i++)
        json_row(out, stack_row(stack, i), stack->n_cols);
    json_end(out);
}

static void json_slice(struct json_out *out, const struct stack *stack, size_t slice)
{
    json_array(out);
    for (size_t i = 0; i < stack->n_rows; i++)
        json_row(out, stack->slices[slice].weights + i * stack->n_cols, stack->n_cols);
    json_end(out);
}

void fill_json_several(struct json_out *out, const struct stack *stack, bool listed)
{
    json_key(out, "heads");
    json_array(out);
    for (size_t s = 0; s < stack->n_slices; s++) {
        json_object(out);
        json_key_int(out, "layer", stack->slices[s].layer);
        json_key_int(out, "head", stack->slices[s].head);
        json_end(out);
    }
    json_end(out);
    json_key(out, "weights");
    json_array(out);
    for (size_t s = 0; s < stack->n_slices && !out->to->full; s++) {
        int layer = stack->slices[s].layer;
        if (!listed && (s == 0 || stack->slices[s - 1].layer != layer))
            json_array(out);
        json_slice(out, stack, s);
        if (!listed &&
            (s + 1 == stack->n_slices || stack->slices[s + 1].layer != layer))
            json_end(out);
    }
    json_end(out);
}

void fill_json_row_heads(struct json_out *out, const struct fill *fill)
{
    json_array(out);
    for (size_t i = 0; i < fill->trace->T; i++) {
        json_object(out);
        json_key_int(out, "layer", (int64_t)(fill->row_head[i] / fill->trace->H));
        json_key_int(out, "head", (int64_t)(fill->row_head[i] % fill->trace->H));
        json_end(out);
    }
    json_end(out);
}
