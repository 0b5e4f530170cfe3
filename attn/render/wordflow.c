#include "attn/render/wordflow.h"

#include <stdint.h>

#include "attn/render/text.h"

struct wordflow wordflow_place(const struct axis_token *tokens, size_t n,
                               const struct wordflow_style *style, struct arena *arena)
{
    struct wordflow flow = {
        .cols = arena_new(arena, n, sizeof *flow.cols),
        .boxes = arena_new(arena, n, sizeof *flow.boxes),
        .labels = arena_new(arena, n, sizeof *flow.labels),
        .right = style->left,
    };
    struct type type = {.size = style->size};
    float x = style->left, y = style->top;
    for (size_t i = 0; i < n; i++) {
        if (tokens[i].special)
            continue;
        float room = style->most - 2 * style->pad;
        const char *label = text_fit(arena, tokens[i].text, type, room);
        float width = text_width(label, type) + 2 * style->pad;
        width = width < style->least ? style->least : width;
        if (x > style->left && x + width > style->right) {
            x = style->left;
            y += style->line;
        }
        flow.cols[flow.n] = i;
        flow.labels[flow.n] = label;
        flow.boxes[flow.n++] = (struct box){x, y, width, style->height};
        x += width;
        flow.right = x > flow.right ? x : flow.right;
        x += style->gap;
    }
    flow.bottom = y + style->line;
    return flow;
}

size_t wordflow_find(const struct wordflow *flow, size_t col)
{
    for (size_t k = 0; k < flow->n; k++)
        if (flow->cols[k] == col)
            return k;
    return SIZE_MAX;
}
