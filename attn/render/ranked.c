#include "attn/render/ranked.h"

#include "attn/base/buf.h"
#include "attn/render/text.h"
#include "attn/render/text_twin.h"
#include "attn/render/theme.h"

enum { LABEL_COLUMNS = 24, NUMBER_COLUMNS = 6 };

/* The longest bar of what is listed. */
static double longest(const struct ranked *ranked)
{
    double most = 0;
    for (size_t i = 0; i < ranked->n; i++)
        if (!ranked->items[i].rest && ranked->items[i].share > most)
            most = ranked->items[i].share;
    return most > 0 ? most : 1;
}

static double length_of(const struct ranked_item *bar, double most)
{
    return bar->share < most ? bar->share / most : 1;
}

static const char *number(const struct ranked_item *bar, struct arena *arena)
{
    if (bar->share > 0 && bar->share < .0005)
        return "< .001";
    return arena_print(arena, bar->share < .0095 ? "%.3f" : "%.2f", bar->share);
}

/* ---- the picture */

struct layout {
    const struct ranked *ranked;
    struct theme theme;
    struct sketch sketch;
    double most;
    float label, bar, number, note; /* widths of the columns */
    float y;
};

static void put_text(struct layout *at, const char *text, float x, struct item style)
{
    style.kind = ITEM_TEXT;
    style.text = text;
    style.box.x = x;
    style.box.y = at->y + at->theme.line * .72f;
    if (style.fill.ink == INK_NONE)
        style.fill.ink = INK_TEXT;
    if (style.size <= 0)
        style.size = at->theme.text;
    scene_item(&at->sketch, style);
}

static void place(struct layout *at)
{
    const struct theme *theme = &at->theme;
    float widest = 14 * theme->text, note_widest = 18 * theme->text;
    for (size_t i = 0; i < at->ranked->n; i++) {
        const struct ranked_item *bar = &at->ranked->items[i];
        float label = text_width(bar->label, (struct type){.size = theme->text});
        float note =
            bar->note ? text_width(bar->note, (struct type){.size = theme->small}) : 0;
        at->label = label > at->label ? label : at->label;
        at->note = note > at->note ? note : at->note;
    }
    at->label = at->label < widest ? at->label : widest;
    at->note = at->note < note_widest ? at->note : note_widest;
    at->bar = 14 * theme->text;
    at->number = 3.4f * theme->text;
}

static void draw_bar(struct layout *at, const struct ranked_item *bar)
{
    const struct theme *theme = &at->theme;
    float left = 2 * theme->pad + at->label;
    float length = (float)length_of(bar, at->most) * at->bar;
    put_text(at, bar->label, theme->pad + at->label,
             (struct item){.anchor = TEXT_END,
                           .fill = {bar->rest ? INK_MUTED : INK_TEXT, 0},
                           .box = {.width = at->label}});
    struct paint fill = {bar->rest ? INK_REST : INK_WEIGHT,
                         bar->rest ? .5f : (float)length_of(bar, at->most)};
    scene_item(&at->sketch,
               (struct item){.kind = ITEM_BOX,
                             .fill = fill,
                             .stroke = {length < 1 ? INK_NONE : INK_LINE, 0},
                             .thickness = theme->stroke,
                             .box = {left, at->y + theme->line * .15f, length,
                                     theme->line * .7f}});
    put_text(at, number(bar, at->sketch.arena), left + at->bar + at->number,
             (struct item){.anchor = TEXT_END});
    if (bar->note)
        put_text(at, bar->note, left + at->bar + at->number + theme->pad,
                 (struct item){.fill = {INK_MUTED, 0},
                               .size = theme->small,
                               .box = {.width = at->note}});
    at->y += theme->line;
}

const struct scene *ranked_draw(const struct ranked *ranked, struct arena *arena)
{
    struct layout at = {.ranked = ranked,
                        .theme = theme_for(ranked->big),
                        .sketch = scene_begin(arena),
                        .most = longest(ranked)};
    place(&at);
    at.y = at.theme.pad;
    put_text(&at, ranked->title, at.theme.pad,
             (struct item){.fill = {INK_MUTED, 0}, .size = at.theme.small});
    at.y += at.theme.line;
    for (size_t i = 0; i < ranked->n; i++)
        draw_bar(&at, &ranked->items[i]);
    float width = 4 * at.theme.pad + at.label + at.bar + at.number + at.note;
    float title = text_width(ranked->title, (struct type){.size = at.theme.small});
    if (width < title + 2 * at.theme.pad)
        width = title + 2 * at.theme.pad;
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&at.sketch, width, at.y + at.theme.pad, NULL);
    return scene;
}

/* ---- text */

const char *ranked_twin(const struct ranked *ranked, struct arena *arena)
{
    const char **labels = arena_new(arena, ranked->n, sizeof *labels);
    double most = longest(ranked);
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    for (size_t i = 0; i < ranked->n; i++)
        labels[i] = ranked->items[i].label;
    size_t width = text_twin_widest(labels, ranked->n, LABEL_COLUMNS);
    for (size_t i = 0; i < ranked->n; i++) {
        const struct ranked_item *bar = &ranked->items[i];
        buf_text(&twin, "  ");
        text_twin_cell(&twin, bar->label, width, TEXT_START);
        buf_text(&twin, "  ");
        if (bar->rest)
            text_twin_cell(&twin, "", TEXT_TWIN_BAR, TEXT_START);
        else
            text_twin_bar(&twin, (float)length_of(bar, most), TEXT_TWIN_BAR);
        text_twin_cell(&twin, number(bar, arena), NUMBER_COLUMNS + 1, TEXT_END);
        if (bar->note && bar->note[0])
            buf_print(&twin, "  %s", bar->note);
        buf_char(&twin, '\n');
    }
    return text_twin_end(&twin, arena);
}
