#include "attn/render/whycard.h"

#include <math.h>
#include <string.h>

#include "attn/base/buf.h"
#include "attn/render/text.h"
#include "attn/render/text_twin.h"
#include "attn/render/theme.h"

enum { NAME_COLUMNS = 48, NUMBER_COLUMNS = 10 };

static double hundredths(double value)
{
    return floor(value * 100 + .5);
}

/* The value whose rounding went farthest in the direction of `step`: it can take one
 * hundredth back with the least harm. */
static size_t most_rounded(const double *values, const double *rounded, size_t n,
                           double step)
{
    size_t best = 0;
    double most = -1e300;
    for (size_t i = 0; i < n; i++) {
        double owed = (values[i] * 100 - rounded[i]) * step;
        if (owed > most) {
            most = owed;
            best = i;
        }
    }
    return best;
}

void whycard_round(double *values, size_t n, double *total)
{
    enum { MOST = 64 };
    double rounded[MOST], sum = 0, whole = hundredths(*total);
    *total = whole / 100;
    if (n == 0 || n > MOST)
        return;
    for (size_t i = 0; i < n; i++)
        sum += rounded[i] = hundredths(values[i]);
    for (size_t turn = 0; turn < n && sum != whole; turn++) {
        double step = sum < whole ? 1 : -1;
        rounded[most_rounded(values, rounded, n, step)] += step;
        sum += step;
    }
    for (size_t i = 0; i < n; i++)
        values[i] = rounded[i] / 100;
}

/* "+7.60", with a real minus sign. */
static const char *signed_number(struct arena *arena, double value)
{
    if (fabs(value) < .005)
        return "0.00";
    return arena_print(arena, "%s%.2f", value < 0 ? "−" : "+", fabs(value));
}

/* ---- the picture */

struct layout {
    const struct whycard *card;
    struct theme theme;
    struct sketch sketch;
    float name;      /* width of the terms' names */
    float column[2]; /* left end of each candidate's bars */
    float bar;       /* width of a column of bars */
    float zero;      /* from its left end to its 0 */
    float unit;      /* px of a score of 1 */
    float number;    /* room for the number after it */
    float y;
};

static void put_text(struct layout *at, const char *text, struct point where,
                     struct item style)
{
    style.kind = ITEM_TEXT;
    style.text = text;
    style.box.x = where.x;
    style.box.y = where.y;
    if (style.fill.ink == INK_NONE)
        style.fill.ink = INK_TEXT;
    if (style.size <= 0)
        style.size = at->theme.text;
    scene_item(&at->sketch, style);
}

static void place(struct layout *at)
{
    const struct whycard *card = at->card;
    double most = fabs(card->score), least = 0;
    if (card->other && fabs(card->other_score) > most)
        most = fabs(card->other_score);
    for (size_t i = 0; i < card->n_terms; i++) {
        const struct whycard_term *term = &card->terms[i];
        double other = card->other ? term->other : 0;
        most = fmax(most, fmax(fabs(term->value), fabs(other)));
        least = fmin(least, fmin(term->value, other));
        float width = text_width(term->name, (struct type){.size = at->theme.text});
        at->name = width > at->name ? width : at->name;
    }
    least = fmin(least, fmin(card->score, card->other ? card->other_score : 0));
    float widest = 22 * at->theme.text;
    at->name = at->name < widest ? at->name : widest;
    at->bar = (card->other ? 8 : 14) * at->theme.text;
    at->number = 4.2f * at->theme.text;
    at->unit = at->bar / (float)((most > 0 ? most : 1) - least);
    at->zero = -(float)least * at->unit;
    at->column[0] = 2 * at->theme.pad + at->name;
    at->column[1] = at->column[0] + at->bar + at->number + at->theme.pad;
}

static void draw_bar(struct layout *at, int column, double value, bool strong)
{
    const struct theme *theme = &at->theme;
    float zero = at->column[column] + at->zero, length = (float)value * at->unit;
    float left = length < 0 ? zero + length : zero;
    scene_item(&at->sketch, (struct item){.kind = ITEM_BOX,
                                          .fill = {value < 0 ? INK_MINUS : INK_PLUS, 0},
                                          .box = {left, at->y + theme->line * .2f,
                                                  fabsf(length), theme->line * .6f}});
    put_text(at, signed_number(at->sketch.arena, value),
             (struct point){at->column[column] + at->bar + at->number - theme->pad,
                            at->y + theme->line * .72f},
             (struct item){.anchor = TEXT_END, .bold = strong});
}

static void draw_line(struct layout *at, const char *name, double value, double other,
                      bool strong)
{
    put_text(
        at, name,
        (struct point){at->theme.pad + at->name, at->y + at->theme.line * .72f},
        (struct item){.anchor = TEXT_END, .bold = strong, .box = {.width = at->name}});
    draw_bar(at, 0, value, strong);
    if (at->card->other)
        draw_bar(at, 1, other, strong);
    at->y += at->theme.line;
}

static void draw_headings(struct layout *at)
{
    const struct whycard *card = at->card;
    const char *words[] = {card->to, card->other};
    const float weights[] = {card->weight, card->other_weight};
    at->y += at->theme.small;
    put_text(at, card->head, (struct point){at->theme.pad, at->y},
             (struct item){.fill = {INK_MUTED, 0}, .size = at->theme.small});
    at->y += at->theme.line;
    for (int k = 0; k < (card->other ? 2 : 1); k++) {
        float room = at->bar + at->number - at->theme.pad;
        put_text(at, arena_print(at->sketch.arena, "%s → %s", card->from, words[k]),
                 (struct point){at->column[k], at->y},
                 (struct item){.bold = true, .box = {.width = room}});
        put_text(at, arena_print(at->sketch.arena, "weight %.2f", weights[k]),
                 (struct point){at->column[k], at->y + at->theme.small * 1.4f},
                 (struct item){.fill = {INK_MUTED, 0}, .size = at->theme.small});
    }
    at->y += at->theme.small * 1.4f + at->theme.pad;
}

/* The 0 that bars start from, through all lines. */
static void draw_zero(struct layout *at, float top)
{
    for (int k = 0; k < (at->card->other ? 2 : 1); k++) {
        float x = at->column[k] + at->zero;
        struct point *ends = arena_new(at->sketch.arena, 2, sizeof *ends);
        ends[0] = (struct point){x, top};
        ends[1] = (struct point){x, at->y};
        scene_item(&at->sketch, (struct item){.kind = ITEM_LINE,
                                              .stroke = {INK_LINE, 0},
                                              .thickness = at->theme.stroke,
                                              .at = ends,
                                              .n_points = 2});
    }
}

static void draw_rule(struct layout *at, float right)
{
    struct point *ends = arena_new(at->sketch.arena, 2, sizeof *ends);
    ends[0] = (struct point){at->theme.pad, at->y + 2};
    ends[1] = (struct point){right, at->y + 2};
    scene_item(&at->sketch, (struct item){.kind = ITEM_LINE,
                                          .stroke = {INK_MUTED, 0},
                                          .thickness = at->theme.stroke,
                                          .at = ends,
                                          .n_points = 2});
    at->y += 5;
}

const struct scene *whycard_draw(const struct whycard *card, struct arena *arena)
{
    struct layout at = {
        .card = card, .theme = theme_for(card->big), .sketch = scene_begin(arena)};
    place(&at);
    float right = at.column[card->other ? 1 : 0] + at.bar + at.number;
    at.y = at.theme.pad;
    draw_headings(&at);
    float top = at.y;
    for (size_t i = 0; i < card->n_terms; i++)
        draw_line(&at, card->terms[i].name, card->terms[i].value, card->terms[i].other,
                  false);
    draw_rule(&at, right);
    draw_line(&at, "score: the sum", card->score, card->other_score, true);
    draw_zero(&at, top);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&at.sketch, right + at.theme.pad, at.y + at.theme.pad, NULL);
    return scene;
}

/* ---- text */

static void twin_line(const struct whycard *card, struct buf *twin, size_t width,
                      const struct whycard_term *term, struct arena *arena)
{
    buf_text(twin, "  ");
    text_twin_cell(twin, term->name, width, TEXT_START);
    text_twin_cell(twin, signed_number(arena, term->value), NUMBER_COLUMNS, TEXT_END);
    if (card->other)
        text_twin_cell(twin, signed_number(arena, term->other), NUMBER_COLUMNS + 2,
                       TEXT_END);
    buf_char(twin, '\n');
}

const char *whycard_twin(const struct whycard *card, struct arena *arena)
{
    const char **names = arena_new(arena, card->n_terms + 1, sizeof *names);
    struct buf twin;
    buf_init(&twin, TEXT_TWIN_BYTES);
    for (size_t i = 0; i < card->n_terms; i++)
        names[i] = card->terms[i].name;
    names[card->n_terms] = "score: the sum";
    size_t width = text_twin_widest(names, card->n_terms + 1, NAME_COLUMNS);
    buf_text(&twin, "  ");
    text_twin_cell(&twin, arena_print(arena, "%s →", card->from), width, TEXT_START);
    text_twin_cell(&twin, card->to, NUMBER_COLUMNS, TEXT_END);
    if (card->other)
        text_twin_cell(&twin, card->other, NUMBER_COLUMNS + 2, TEXT_END);
    buf_char(&twin, '\n');
    for (size_t i = 0; i < card->n_terms; i++)
        twin_line(card, &twin, width, &card->terms[i], arena);
    twin_line(card, &twin, width,
              &(struct whycard_term){"score: the sum", card->score, card->other_score},
              arena);
    buf_text(&twin, "  ");
    text_twin_cell(&twin, "weight after softmax", width, TEXT_START);
    text_twin_cell(&twin, arena_print(arena, "%.2f", card->weight), NUMBER_COLUMNS,
                   TEXT_END);
    if (card->other)
        text_twin_cell(&twin, arena_print(arena, "%.2f", card->other_weight),
                       NUMBER_COLUMNS + 2, TEXT_END);
    return text_twin_end(&twin, arena);
}

/* ---- as a table ------------------------------------------------------------------ */

static void put_row(const struct whycard *card, struct cell *row, const char *name,
                    double value, double other, struct arena *arena)
{
    row[0] = (struct cell){.text = name, .header = true};
    row[1] = (struct cell){.text = arena_print(arena, "%.2f", value), .number = true};
    if (card->other)
        row[2] =
            (struct cell){.text = arena_print(arena, "%.2f", other), .number = true};
}

const struct table *whycard_table(const struct whycard *card, struct arena *arena)
{
    struct table *table = arena_new(arena, 1, sizeof *table);
    size_t cols = card->other ? 3 : 2, rows = card->n_terms + 3;
    struct cell *cells = arena_new(arena, rows * cols, sizeof *cells);
    cells[0] = (struct cell){.text = "term", .header = true};
    for (size_t c = 1; c < cols; c++)
        cells[c] = (struct cell){.text = arena_print(arena, "%s -> %s", card->from,
                                                     c == 1 ? card->to : card->other),
                                 .header = true};
    for (size_t i = 0; i < card->n_terms; i++)
        put_row(card, &cells[(i + 1) * cols], card->terms[i].name, card->terms[i].value,
                card->terms[i].other, arena);
    put_row(card, &cells[(rows - 2) * cols], "score: the sum", card->score,
            card->other_score, arena);
    put_row(card, &cells[(rows - 1) * cols], "weight", (double)card->weight,
            (double)card->other_weight, arena);
    *table = (struct table){.cells = cells, .rows = rows, .cols = cols};
    return table;
}
