#include "attn/render/tallies.h"

#include <math.h>

#include "attn/render/text.h"
#include "attn/render/text_twin.h"
#include "attn/render/theme.h"

enum { ACROSS = 6 }; /* bars side by side */

struct layout {
    struct theme theme;
    struct arena *arena;
    float width, height, pitch; /* of a bar with its names; from one to the next */
};

const char *tallies_figure(double value, struct arena *arena)
{
    double rounded = round(100 * value) / 100;
    if (fabs(rounded) >= 1)
        return arena_print(arena, "%.1f", rounded);
    if (rounded == 0)
        return "0";
    return arena_print(arena, "%s.%02d", rounded < 0 ? "-" : "",
                       (int)lround(100 * fabs(rounded)));
}

static float level(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : (float)value;
}

static void write(struct sketch *sketch, const struct layout *layout, struct item text)
{
    text.kind = ITEM_TEXT;
    text.text =
        text_fit(layout->arena, text.text,
                 (struct type){.size = text.size, .bold = text.bold}, text.box.width);
    scene_item(sketch, text);
}

static void draw_names(struct sketch *sketch, const struct layout *layout,
                       const struct tally *tally, struct point at)
{
    float size = layout->theme.small;
    const char *number =
        arena_print(layout->arena, "L%d-H%d", tally->layer, tally->head);
    float used = text_width(number, (struct type){.size = size, .bold = true});
    write(sketch, layout,
          (struct item){.text = number,
                        .fill = {INK_TEXT, 0},
                        .bold = true,
                        .size = size,
                        .box = {at.x, at.y + size, layout->width, 0}});
    write(sketch, layout,
          (struct item){
              .text = tally->tag,
              .fill = {INK_MUTED, 0},
              .size = .85F * size,
              .anchor = TEXT_END,
              .box = {at.x + layout->width, at.y + size, layout->width - used - 4, 0}});
    if (tally->name)
        write(sketch, layout,
              (struct item){.text = tally->name,
                            .fill = {INK_TEXT, 0},
                            .size = .92F * size,
                            .title = tally->title,
                            .box = {at.x, at.y + 2.2F * size, layout->width, 0}});
}

/* The interval: a line with a stop at either end. */
static void draw_interval(struct sketch *sketch, const struct layout *layout,
                          const struct tally *tally, const struct box *bar)
{
    float x[2] = {bar->x + level(tally->low) * bar->width,
                  bar->x + level(tally->high) * bar->width};
    float middle = bar->y + bar->height / 2, reach = .3F * bar->height;
    const struct point ends[3][2] = {{{x[0], middle}, {x[1], middle}},
                                     {{x[0], middle - reach}, {x[0], middle + reach}},
                                     {{x[1], middle - reach}, {x[1], middle + reach}}};
    for (size_t k = 0; k < 3; k++) {
        struct point *at = arena_new(layout->arena, 2, sizeof *at);
        at[0] = ends[k][0];
        at[1] = ends[k][1];
        scene_item(sketch, (struct item){.kind = ITEM_LINE,
                                         .stroke = {INK_TEXT, 0},
                                         .thickness = 1.5F * layout->theme.stroke,
                                         .at = at,
                                         .n_points = 2});
    }
}

static void draw_bar(struct sketch *sketch, const struct layout *layout,
                     const struct tally *tally, struct point at)
{
    float size = layout->theme.small, figure = 2.4F * size;
    struct box bar = {at.x, at.y, layout->width - figure, size};
    struct box filled = bar;
    filled.width = tally->tested ? level(tally->lift) * bar.width : 0;
    if (filled.width > 0)
        scene_item(sketch,
                   (struct item){.kind = ITEM_BOX,
                                 .fill = {INK_WEIGHT, .3F + .5F * level(tally->lift)},
                                 .box = filled});
    scene_item(sketch, (struct item){.kind = ITEM_BOX,
                                     .stroke = {INK_LINE, 0},
                                     .thickness = layout->theme.stroke,
                                     .title = tally->title,
                                     .box = bar});
    if (tally->tested && tally->sure)
        draw_interval(sketch, layout, tally, &bar);
    write(sketch, layout,
          (struct item){
              .text = tally->tested ? tallies_figure(tally->lift, layout->arena) : "–",
              .fill = {tally->tested ? INK_TEXT : INK_MUTED, 0},
              .size = size,
              .anchor = TEXT_END,
              .box = {at.x + layout->width, at.y + .85F * size, figure, 0}});
}

static float draw_layer(struct sketch *sketch, const struct layout *layout, int layer,
                        float y)
{
    float size = layout->theme.small;
    write(sketch, layout,
          (struct item){.text = arena_print(layout->arena, "layer %d", layer),
                        .fill = {INK_MUTED, 0},
                        .size = size,
                        .box = {layout->theme.pad, y + size, layout->width, 0}});
    return y + 1.6F * size;
}

static struct layout layout_for(const struct tallies *tallies, struct arena *arena)
{
    struct layout layout = {.theme = theme_for(tallies->big), .arena = arena};
    layout.width = 9.4F * layout.theme.small;
    layout.pitch = layout.width + layout.theme.small;
    layout.height = 4.6F * layout.theme.small;
    return layout;
}

const struct scene *tallies_draw(const struct tallies *tallies, struct arena *arena)
{
    struct layout layout = layout_for(tallies, arena);
    struct sketch sketch = scene_begin(arena);
    float x = layout.theme.pad, y = layout.theme.pad, right = x;
    size_t across = 0;
    for (size_t k = 0; k < tallies->n; k++) {
        const struct tally *tally = &tallies->items[k];
        bool begins = k == 0 || tallies->items[k - 1].layer != tally->layer;
        if (begins || across == ACROSS) {
            y += k ? layout.height : 0;
            x = layout.theme.pad;
            across = 0;
        }
        if (begins)
            y = draw_layer(&sketch, &layout, tally->layer, y);
        draw_names(&sketch, &layout, tally, (struct point){x, y});
        draw_bar(&sketch, &layout, tally,
                 (struct point){x, y + 2.7F * layout.theme.small});
        x += layout.pitch;
        right = x > right ? x : right;
        across++;
    }
    struct stack none = {.most = 1};
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&sketch, right, y + layout.height, &none);
    return scene;
}

/* ---- in text ------------------------------------------------------------------- */

static void twin_line(struct buf *twin, const struct tally *tally, struct arena *arena)
{
    buf_print(twin, "L%d-H%d  ", tally->layer, tally->head);
    if (tally->name)
        text_twin_cell(twin, tally->name, 20, TEXT_START);
    text_twin_cell(twin, tally->tag, 16, TEXT_START);
    if (!tally->tested) {
        buf_text(twin, "nothing tested it\n");
        return;
    }
    text_twin_bar(twin, level(tally->lift), TEXT_TWIN_BAR);
    buf_char(twin, ' ');
    text_twin_cell(twin, tallies_figure(tally->lift, arena), 5, TEXT_END);
    if (tally->sure)
        buf_print(twin, "  %s to %s", tallies_figure(tally->low, arena),
                  tallies_figure(tally->high, arena));
    buf_char(twin, '\n');
}

const char *tallies_twin(const struct tallies *tallies, struct arena *arena)
{
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    for (size_t k = 0; k < tallies->n; k++)
        twin_line(&twin, &tallies->items[k], arena);
    return text_twin_end(&twin, arena);
}
