#include "attn/lang/flowdepth.h"

#include <stdint.h>
#include <string.h>

#include "attn/render/stack.h"
#include "attn/render/text_twin.h"

enum { TOLD = 6 }; /* links of a layer that are told in text */

static size_t count_layers(const struct stack *stack)
{
    size_t n = 0;
    for (size_t s = 0; s < stack->n_slices; s++)
        n += s == 0 || stack->slices[s].layer != stack->slices[s - 1].layer;
    return n;
}

struct flowdepth flowdepth_of(struct call *call, const struct fill *fill, size_t row)
{
    const struct stack *stack = &fill->stack;
    struct flowdepth depth = {.n = 0};
    struct flow words;
    flowlinks_words(call, fill, &words);
    depth.strips = arena_new(call->arena, count_layers(stack), sizeof *depth.strips);
    for (size_t s = 0; s < stack->n_slices; s++) {
        int layer = stack->slices[s].layer;
        if (s > 0 && layer == stack->slices[s - 1].layer)
            continue;
        struct arcs_strip *strip = &depth.strips[depth.n++];
        strip->title = arena_print(call->arena, "layer %d", layer);
        strip->flow = words;
        flowlinks_layer(call, fill, row, layer, &strip->flow);
        depth.n_links += strip->flow.n_links;
    }
    return depth;
}

const char *flowdepth_say(struct call *call, const struct flowdepth *depth)
{
    const char *said = "";
    for (size_t k = 0; k < depth->n; k++) {
        const struct arcs_strip *strip = &depth->strips[k];
        said = arena_print(call->arena, "%s%s %s %s", said, k ? "; in" : "In",
                           strip->title,
                           strip->flow.n_links ? flow_say(&strip->flow, 1, call->arena)
                                               : "no words are linked");
    }
    return arena_print(call->arena, "%s.", said);
}

const char *flowdepth_twin(struct call *call, const struct flowdepth *depth)
{
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    for (size_t k = 0; k < depth->n; k++) {
        struct flow flow = depth->strips[k].flow;
        size_t n = flow.n_links;
        flow.n_links = n < TOLD ? n : TOLD; /* the strongest come first */
        buf_print(&twin, "%s, %zu link%s\n%s\n", depth->strips[k].title, n,
                  n == 1 ? "" : "s", flow_twin(&flow, call->arena));
        if (n > TOLD)
            buf_print(&twin, "%20s and %zu more\n", "", n - TOLD);
    }
    return text_twin_end(&twin, call->arena);
}

struct flow flowdepth_all(struct call *call, const struct flowdepth *depth)
{
    struct flow all = depth->strips[0].flow;
    size_t heads = 0;
    for (size_t k = 0; k < depth->n; k++)
        heads += depth->strips[k].flow.n_heads;
    struct flow_link *links = arena_new(call->arena, depth->n_links, sizeof *links);
    struct flow_head *names = arena_new(call->arena, heads, sizeof *names);
    all.n_links = all.n_heads = 0;
    for (size_t k = 0; k < depth->n; k++) {
        const struct flow *flow = &depth->strips[k].flow;
        for (size_t i = 0; i < flow->n_links; i++) {
            links[all.n_links] = flow->links[i];
            links[all.n_links++].head += all.n_heads;
        }
        if (flow->n_heads)
            memcpy(names + all.n_heads, flow->heads, flow->n_heads * sizeof *names);
        all.n_heads += flow->n_heads;
    }
    all.links = links;
    all.heads = names;
    return all;
}
