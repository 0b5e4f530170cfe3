#include "attn/render/bars.h"

#include <math.h>
#include <string.h>

#include "attn/base/buf.h"
#include "attn/render/text.h"
#include "attn/render/text_twin.h"
#include "attn/render/theme.h"

enum { NAME_COLUMNS = 36, NUMBER_COLUMNS = 10, BAR_COLUMNS = 10 };

struct range {
    double least, most; /* least <= 0 <= most, not both 0 */
};

struct layout {
    const struct bars *bars;
    struct theme theme;
    struct sketch sketch;
    struct range range[BARS_COLUMNS];
    float name;   /* width of the names */
    float bar;    /* width of a column of bars */
    float number; /* room for the number after it */
    float y;
};

static void widen(struct range *range, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i]))
            continue;
        range->least = fmin(range->least, values[i]);
        range->most = fmax(range->most, values[i]);
    }
}

static void find_ranges(const struct bars *bars, struct range *ranges)
{
    struct range all = {0, 0};
    for (size_t k = 0; k < bars->n_columns; k++) {
        ranges[k] = (struct range){0, 0};
        widen(&ranges[k], bars->columns[k].values, bars->n);
        widen(&all, bars->columns[k].values, bars->n);
    }
    for (size_t k = 0; k < bars->n_columns; k++) {
        if (bars->one_scale)
            ranges[k] = all;
        if (ranges[k].most - ranges[k].least <= 0)
            ranges[k].most = 1;
    }
}

static float width_of(const struct layout *at, const char *text)
{
    return text_width(text, (struct type){.size = at->theme.text});
}

static void place(struct layout *at)
{
    const struct bars *bars = at->bars;
    float widest = 18 * at->theme.text;
    for (size_t i = 0; i < bars->n; i++) {
        at->name = fmaxf(at->name, width_of(at, bars->names[i]));
        for (size_t k = 0; k < bars->n_columns; k++)
            at->number = fmaxf(at->number, width_of(at, bars->columns[k].texts[i]));
    }
    at->name = fminf(at->name, widest);
    at->number += at->theme.pad;
    at->bar = (bars->n_columns > 2    ? 6
               : bars->n_columns == 2 ? 9
                                      : 14) *
              at->theme.text;
    for (size_t k = 0; k < bars->n_columns; k++) {
        float room = width_of(at, bars->columns[k].heading) + at->theme.pad;
        at->bar = fmaxf(at->bar, room - at->number);
    }
}

static float column_left(const struct layout *at, size_t k)
{
    return 2 * at->theme.pad + at->name +
           (float)k * (at->bar + at->number + 2 * at->theme.pad);
}

static void put_text(struct layout *at, const char *text, struct point where,
                     struct item style)
{
    style.kind = ITEM_TEXT;
    style.text = text;
    style.box.x = where.x;
    style.box.y = where.y;
    style.fill = (struct paint){INK_TEXT, 0};
    style.size = at->theme.text;
    scene_item(&at->sketch, style);
}

/* Inks whose level says how strong, at their strongest. */
static struct paint full(enum ink ink)
{
    return (struct paint){ink, ink == INK_REST || ink == INK_WEIGHT ? 1 : 0};
}

static void draw_bar(struct layout *at, size_t k, size_t i)
{
    const struct bars_column *column = &at->bars->columns[k];
    const struct theme *theme = &at->theme;
    const struct range *range = &at->range[k];
    double unit = (double)at->bar / (range->most - range->least);
    float left = column_left(at, k), zero = left + (float)(-range->least * unit);
    double value = column->values[i];
    if (isfinite(value) && value != 0) {
        enum ink plus = column->plus ? column->plus : INK_PLUS;
        enum ink minus = column->minus ? column->minus : INK_MINUS;
        float length = (float)(value * unit);
        scene_item(&at->sketch,
                   (struct item){.kind = ITEM_BOX,
                                 .fill = full(value < 0 ? minus : plus),
                                 .box = {length < 0 ? zero + length : zero,
                                         at->y + theme->line * .2f, fabsf(length),
                                         theme->line * .6f}});
    }
    put_text(at, column->texts[i],
             (struct point){left + at->bar + at->number, at->y + theme->line * .72f},
             (struct item){.anchor = TEXT_END});
}

static void draw_zero(struct layout *at, size_t k, float top)
{
    const struct range *range = &at->range[k];
    float x = column_left(at, k) +
              (float)(-range->least / (range->most - range->least)) * at->bar;
    struct point *ends = arena_new(at->sketch.arena, 2, sizeof *ends);
    ends[0] = (struct point){x, top};
    ends[1] = (struct point){x, at->y};
    scene_item(&at->sketch, (struct item){.kind = ITEM_LINE,
                                          .stroke = {INK_LINE, 0},
                                          .thickness = at->theme.stroke,
                                          .at = ends,
                                          .n_points = 2});
}

const struct scene *bars_draw(const struct bars *bars, struct arena *arena)
{
    struct layout at = {
        .bars = bars, .theme = theme_for(bars->big), .sketch = scene_begin(arena)};
    find_ranges(bars, at.range);
    place(&at);
    at.y = at.theme.pad;
    for (size_t k = 0; k < bars->n_columns; k++)
        put_text(&at, bars->columns[k].heading,
                 (struct point){column_left(&at, k), at.y + at.theme.line * .72f},
                 (struct item){.bold = true});
    at.y += at.theme.line * 1.1f;
    float top = at.y;
    for (size_t i = 0; i < bars->n; i++, at.y += at.theme.line) {
        put_text(&at, bars->names[i],
                 (struct point){at.theme.pad + at.name, at.y + at.theme.line * .72f},
                 (struct item){.anchor = TEXT_END, .box = {.width = at.name}});
        for (size_t k = 0; k < bars->n_columns; k++)
            draw_bar(&at, k, i);
    }
    for (size_t k = 0; k < bars->n_columns; k++)
        draw_zero(&at, k, top);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&at.sketch, column_left(&at, bars->n_columns) - at.theme.pad,
                       at.y + at.theme.pad, NULL);
    return scene;
}

/* ---- text */

static void twin_bar(struct buf *to, const struct range *range, double value)
{
    double most = fmax(range->most, -range->least);
    size_t length =
        isfinite(value) ? (size_t)lround(fabs(value) / most * BAR_COLUMNS) : 0;
    for (size_t i = 0; i < BAR_COLUMNS; i++)
        buf_char(to, i < length ? (value < 0 ? '-' : '#') : ' ');
}

/* How many columns of a terminal a column of numbers takes. */
static size_t twin_width(const struct bars *bars, size_t k)
{
    const struct bars_column *column = &bars->columns[k];
    size_t width = text_twin_widest(&column->heading, 1, NAME_COLUMNS);
    size_t numbers = text_twin_widest(column->texts, bars->n, NAME_COLUMNS);
    width = (width > numbers ? width : numbers) + 2;
    return width > NUMBER_COLUMNS ? width : NUMBER_COLUMNS;
}

static void twin_line(const struct bars *bars, const struct range *ranges, size_t i,
                      size_t name, struct buf *to)
{
    buf_text(to, "  ");
    text_twin_cell(to, bars->names[i], name, TEXT_START);
    for (size_t k = 0; k < bars->n_columns; k++) {
        text_twin_cell(to, bars->columns[k].texts[i], twin_width(bars, k), TEXT_END);
        if (bars->n_columns == 1) {
            buf_text(to, "  ");
            twin_bar(to, &ranges[k], bars->columns[k].values[i]);
        }
    }
    while (to->length && to->at[to->length - 1] == ' ')
        to->length--;
    buf_char(to, '\n');
}

const char *bars_twin(const struct bars *bars, struct arena *arena)
{
    struct range ranges[BARS_COLUMNS];
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    find_ranges(bars, ranges);
    size_t name = text_twin_widest(bars->names, bars->n, NAME_COLUMNS);
    buf_text(&twin, "  ");
    text_twin_cell(&twin, "", name, TEXT_START);
    for (size_t k = 0; k < bars->n_columns; k++)
        text_twin_cell(&twin, bars->columns[k].heading, twin_width(bars, k), TEXT_END);
    buf_char(&twin, '\n');
    for (size_t i = 0; i < bars->n; i++)
        twin_line(bars, ranges, i, name, &twin);
    return text_twin_end(&twin, arena);
}
