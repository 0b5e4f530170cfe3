#include "attn/render/strip.h"

#include <stdint.h>
#include <string.h>

#include "attn/base/buf.h"
#include "attn/base/utf8.h"
#include "attn/render/alt.h"
#include "attn/render/text.h"
#include "attn/render/text_twin.h"
#include "attn/render/theme.h"
#include "attn/render/wordflow.h"

enum { WRAP = 680, TWIN_COLUMNS = 80, WORD_MOST = 24 };

static struct wordflow_style style_for(const struct strip *strip,
                                       const struct theme *theme)
{
    float below =
        theme->small * (strip->ids ? 2.6f : 1.4f); /* the number, and the id */
    float height = theme->line + theme->pad;
    float scale = theme->text / theme_for(false).text;
    return (struct wordflow_style){
        .size = theme->text,
        .pad = theme->pad,
        .least = 2 * theme->text,
        .most = WRAP * scale / 2,
        .height = height,
        .gap = 3 * theme->gap,
        .line = height + below + theme->pad,
        .left = theme->pad,
        .top = theme->pad,
        .right = WRAP * scale,
    };
}

static void draw_chip(struct sketch *sketch, const struct strip *strip,
                      const struct wordflow *flow, size_t k, const struct theme *theme)
{
    const struct axis_token *token = &strip->stack.cols[flow->cols[k]];
    struct box box = flow->boxes[k];
    float middle = box.x + box.width / 2,
          below = box.y + box.height + theme->small * 1.1f;
    scene_item(sketch, (struct item){.kind = ITEM_BOX,
                                     .stroke = {INK_LINE, 0},
                                     .thickness = theme->stroke,
                                     .box = box,
                                     .radius = theme->radius});
    if (strip->stack.n_slices == 0)
        scene_item(
            sketch,
            (struct item){.kind = ITEM_TEXT,
                          .fill = {INK_TEXT, 0},
                          .box = {middle, box.y + box.height / 2 + theme->text * .35f,
                                  box.width, 0},
                          .text = flow->labels[k],
                          .size = theme->text,
                          .anchor = TEXT_MIDDLE});
    scene_item(sketch,
               (struct item){.kind = ITEM_TEXT,
                             .fill = {INK_MUTED, 0},
                             .box = {middle, below, 0, 0},
                             .text = arena_print(sketch->arena, "%d", token->position),
                             .size = theme->small,
                             .anchor = TEXT_MIDDLE});
    if (strip->ids)
        scene_item(sketch,
                   (struct item){.kind = ITEM_TEXT,
                                 .fill = {INK_MUTED, 0},
                                 .box = {middle, below + theme->small * 1.2f, 0, 0},
                                 .text = arena_print(sketch->arena, "id %lld",
                                                     strip->id[flow->cols[k]]),
                                 .size = theme->small * .85f,
                                 .anchor = TEXT_MIDDLE});
}

const struct scene *strip_draw(const struct strip *strip, struct arena *arena)
{
    struct theme theme = theme_for(strip->big);
    struct wordflow_style style = style_for(strip, &theme);
    const struct stack *stack = &strip->stack;
    struct wordflow flow = wordflow_place(stack->cols, stack->n_cols, &style, arena);
    struct sketch sketch = scene_begin(arena);
    for (size_t k = 0; k < flow.n; k++)
        draw_chip(&sketch, strip, &flow, k, &theme);
    if (stack->n_slices > 0)
        scene_field(&sketch, (struct field){.kind = FIELD_WORDS,
                                            .slice = stack->start,
                                            .rows = flow.cols,
                                            .n_rows = flow.n,
                                            .cols = flow.cols,
                                            .n_cols = flow.n,
                                            .boxes = flow.boxes,
                                            .labels = flow.labels,
                                            .size = theme.text,
                                            .chosen = SIZE_MAX});
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&sketch, flow.right + theme.pad, flow.bottom, stack);
    return scene;
}

const char *strip_twin(const struct strip *strip, struct arena *arena)
{
    struct buf twin;
    size_t column = 0;
    buf_init(&twin, TEXT_TWIN_BYTES);
    for (size_t i = 0; i < strip->stack.n_cols; i++) {
        const struct axis_token *token = &strip->stack.cols[i];
        if (token->special)
            continue;
        const char *chip = arena_print(arena, "%d %s", token->position, token->text);
        size_t width = utf8_columns(chip, strlen(chip));
        if (column > 0 && column + 3 + width > TWIN_COLUMNS) {
            buf_char(&twin, '\n');
            column = 0;
        } else if (column > 0) {
            buf_text(&twin, "   ");
            column += 3;
        }
        buf_text(&twin, chip);
        column += width;
    }
    return text_twin_end(&twin, arena);
}

const char *strip_alt(const struct strip *strip, struct arena *arena)
{
    struct buf words;
    size_t n = stack_typed(strip->stack.cols, strip->stack.n_cols);
    buf_init(&words, 4096);
    for (size_t i = 0; i < strip->stack.n_cols && !words.full; i++)
        if (!strip->stack.cols[i].special)
            buf_print(&words, " %s", strip->stack.cols[i].text);
    const char *alt = alt_print(arena, "%zu word%s%s:%s", n, n == 1 ? "" : "s",
                                n > 1 ? ", numbered from 0" : "", words.at);
    buf_free(&words);
    return alt;
}
