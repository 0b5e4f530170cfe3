#include "attn/render/heatmap.h"

#include <math.h>
#include <stdint.h>

#include "attn/render/legend.h"
#include "attn/render/stack.h"
#include "attn/render/text.h"
#include "attn/render/theme.h"

enum {
    PICTURE = 640,    /* about how wide a matrix without numbers is, in px */
    DENSE_CELL = 24,  /* its largest cell */
    NAMED_CELL = 11,  /* rows this high have room for the name of their head */
    SLANTED_COLS = 24 /* with more columns the labels stand upright */
};

static const float LABEL_SHARE = .866f; /* sine of the angle of slanted labels */
static const float SLANT = 60, UPRIGHT = 90;
static const float NUMBER_HEIGHT = .75f; /* of a cell with a number, in its widths */

/* Where things are: worked out before anything is drawn. */
struct layout {
    const struct heatmap *map;
    struct theme theme;
    struct sketch sketch;
    float cell, row; /* width and height of a cell */
    float label;     /* font size of the labels */
    size_t every;    /* every so-manieth row and column is labelled */
    float left, top; /* the matrix */
    float rest_left; /* the grey strip */
    float right;     /* what is used right of the matrix */
    float below;     /* and below it, before the legend */
    float turn;      /* of the column labels, in degrees */
    bool rest_turns; /* names of resting places lie as those of columns do */
};

static void put_text(struct layout *at, struct item item)
{
    item.kind = ITEM_TEXT;
    if (item.fill.ink == INK_NONE)
        item.fill.ink = INK_MUTED;
    if (item.size <= 0)
        item.size = at->theme.small;
    scene_item(&at->sketch, item);
}

static float matrix_width(const struct layout *at)
{
    return at->cell * (float)at->map->n_cols;
}

static float matrix_height(const struct layout *at)
{
    return at->row * (float)at->map->n_rows;
}

static void size_cells(struct layout *at)
{
    const struct heatmap *map = at->map;
    size_t n = map->n_rows > map->n_cols ? map->n_rows : map->n_cols;
    float scale = at->theme.cell / theme_for(false).cell;
    if (map->values) {
        at->cell = at->theme.cell;
        at->row = at->cell * NUMBER_HEIGHT;
    } else {
        float cell = floorf(PICTURE * scale / (float)n);
        cell = cell > DENSE_CELL * scale ? DENSE_CELL * scale : cell;
        at->cell = at->row = cell < 1 ? 1 : cell;
    }
    at->label = at->row >= at->theme.text * 1.2f ? at->theme.text * .9f
                : at->row >= at->theme.small     ? at->theme.small * .9f
                                                 : at->row * .9f;
    float least = at->theme.small * .72f;
    at->every = 1;
    if (at->label < least) {
        at->label = least;
        at->every = (size_t)ceilf(least * 1.15f / at->row);
    }
}

static float widest(const struct layout *at, const struct axis_token *tokens, size_t n,
                    const size_t *shown, size_t n_shown)
{
    float most = 0;
    for (size_t i = 0; i < n_shown; i += at->every) {
        const char *label = stack_label(at->sketch.arena, tokens, n, shown[i]);
        float width = text_width(label, (struct type){.size = at->label});
        most = width > most ? width : most;
    }
    return most < 9 * at->label ? most : 9 * at->label;
}

/* The widest name of a resting place, where one does not fit above its column as it
 * lies; else 0. */
static float long_rest(const struct layout *at)
{
    const struct heatmap *map = at->map;
    float size = at->label < at->theme.small ? at->label : at->theme.small, most = 0;
    for (size_t j = 0; j < map->n_rest; j++) {
        float width =
            text_width(map->stack.cols[map->rest[j]].text, (struct type){.size = size});
        most = width > most ? width : most;
    }
    float room = at->cell < 10 ? 10 : at->cell;
    return most > (map->n_rest > 1 ? room : 2 * room) ? most : 0;
}

static void place(struct layout *at)
{
    const struct heatmap *map = at->map;
    const struct theme *theme = &at->theme;
    size_cells(at);
    float rest = long_rest(at);
    at->rest_turns = rest > 0;
    float rows = widest(at, map->stack.rows, map->stack.n_rows, map->rows, map->n_rows);
    float cols = widest(at, map->stack.cols, map->stack.n_cols, map->cols, map->n_cols);
    /* The row axis has its name at the labels' left end. */
    float axis = text_width("from (looks) ↓", (struct type){.size = theme->small});
    rows = rows + theme->pad > axis ? rows + theme->pad : axis;
    rest = rest < 9 * at->label ? rest : 9 * at->label;
    cols = rest > cols ? rest : cols;
    at->turn = map->n_cols > SLANTED_COLS || at->every > 1 ? UPRIGHT : SLANT;
    /* On whole pixels: edges stay sharp, and a canvas lies exactly over its frame. */
    at->rest_left = roundf(theme->pad + rows + theme->pad / 2);
    at->left = at->rest_left;
    if (map->n_rest)
        at->left += (at->cell < 10 ? 10 : at->cell) * (float)map->n_rest + theme->pad;
    float labels = cols * (at->turn < UPRIGHT ? LABEL_SHARE : 1) + at->label * .5f;
    at->top = roundf(theme->pad + theme->small * 1.6f + labels);
    at->right = at->left + matrix_width(at) + theme->pad;
}

/* ---- what stands around the matrix */

static void label_rows(struct layout *at)
{
    const struct heatmap *map = at->map;
    for (size_t i = 0; i < map->n_rows; i += at->every) {
        bool chosen = map->rows[i] == map->chosen;
        put_text(at,
                 (struct item){
                     .fill = {chosen ? INK_CHOSEN : INK_TEXT, 0},
                     .box = {at->rest_left - at->theme.pad / 2,
                             at->top + ((float)i + .5f) * at->row + at->label * .35f,
                             9 * at->label, 0},
                     .text = stack_label(at->sketch.arena, map->stack.rows,
                                         map->stack.n_rows, map->rows[i]),
                     .size = at->label,
                     .anchor = TEXT_END,
                     .bold = chosen,
                     .underlined = chosen,
                     .at_first = false});
    }
}

static void label_column(struct layout *at, float middle, const char *text)
{
    float shift = at->label * .35f; /* half the letters' height, on its side */
    put_text(at, (struct item){.fill = {INK_TEXT, 0},
                               .box = {middle + shift, at->top - at->label * .4f,
                                       9 * at->label, 0},
                               .text = text,
                               .size = at->label,
                               .turn = at->turn,
                               .anchor = TEXT_START});
}

static void label_columns(struct layout *at)
{
    const struct heatmap *map = at->map;
    const struct stack *stack = &map->stack;
    for (size_t j = 0; j < map->n_cols; j += at->every)
        label_column(
            at, at->left + ((float)j + .5f) * at->cell,
            stack_label(at->sketch.arena, stack->cols, stack->n_cols, map->cols[j]));
    float strip = at->left - at->theme.pad - at->rest_left;
    for (size_t j = 0; j < map->n_rest; j++) {
        float shift = at->rest_turns ? at->label * .35f : 0;
        float middle = at->rest_left + ((float)j + .5f) * strip / (float)map->n_rest;
        put_text(at,
                 (struct item){.box = {middle + shift, at->top - at->label * .4f,
                                       at->rest_turns ? 9 * at->label : 0, 0},
                               .text = stack->cols[map->rest[j]].text,
                               .size = at->label < at->theme.small ? at->label
                                                                   : at->theme.small,
                               .turn = at->rest_turns ? at->turn : 0,
                               .anchor = at->rest_turns ? TEXT_START : TEXT_MIDDLE});
    }
    put_text(at, (struct item){.box = {at->theme.pad, at->top - at->label * .6f, 0, 0},
                               .text = "from (looks) ↓"});
    put_text(at, (struct item){.box = {at->left, at->theme.pad + at->theme.small, 0, 0},
                               .text = "to (looked at) →"});
}

/* Each row's sum over every token, the resting place included. */
static void draw_sums(struct layout *at)
{
    const struct heatmap *map = at->map;
    float middle = at->right + at->theme.number * 1.5f;
    for (size_t i = 0; map->sums && i < map->n_rows; i += at->every) {
        const float *row = stack_row(&map->stack, map->rows[i]);
        double sum = 0;
        for (size_t j = 0; j < map->stack.n_cols; j++)
            sum += row[j];
        put_text(
            at,
            (struct item){
                .fill = {INK_TEXT, 0},
                .box = {middle, at->top + ((float)i + .5f) * at->row + at->label * .35f,
                        0, 0},
                .text = arena_print(at->sketch.arena, "%.2f", sum),
                .size = at->label < at->theme.number ? at->label : at->theme.number,
                .anchor = TEXT_MIDDLE});
    }
    if (!map->sums)
        return;
    put_text(at, (struct item){.box = {middle, at->top - at->label * .6f, 0, 0},
                               .text = "sum",
                               .anchor = TEXT_MIDDLE});
    at->right = middle + at->theme.number * 2;
}

/* Below the matrix: what each word receives. Only where the numbers fit. */
static void draw_received(struct layout *at)
{
    const struct heatmap *map = at->map;
    float size = at->theme.number, width = 2.2f * size;
    float line = at->top + matrix_height(at) + 1.4f * size;
    if (!map->sums || at->cell < width)
        return;
    put_text(at, (struct item){.box = {at->rest_left - at->theme.pad, line, 0, 0},
                               .text = "received",
                               .anchor = TEXT_END,
                               .at_first = true});
    for (size_t j = 0; j < map->n_cols; j++)
        put_text(at, (struct item){
                         .fill = {INK_TEXT, 0},
                         .box = {at->left + ((float)j + .5f) * at->cell, line, 0, 0},
                         .text = arena_print(at->sketch.arena, "%.2f",
                                             heatmap_received(map, map->cols[j])),
                         .size = size,
                         .anchor = TEXT_MIDDLE,
                         .at_first = true});
    at->below = 1.8f * size;
}

/* Where each row comes from a head of its own, that head's name. */
static void name_heads(struct layout *at)
{
    const struct heatmap *map = at->map;
    float size = at->label < at->theme.small ? at->label : at->theme.small, most = 0;
    if (!map->stack.row_slice || at->row < NAMED_CELL)
        return;
    for (size_t i = 0; i < map->n_rows; i++) {
        const struct slice *slice = stack_slice(&map->stack, map->rows[i]);
        const char *name = stack_head(at->sketch.arena, slice);
        float width = text_width(name, (struct type){.size = size});
        most = width > most ? width : most;
        put_text(at,
                 (struct item){
                     .box = {at->right,
                             at->top + ((float)i + .5f) * at->row + size * .35f, 0, 0},
                     .text = name,
                     .size = size,
                     .title = slice->does,
                     .at_first = true});
    }
    at->right += most + at->theme.pad;
}

/* ---- the matrix */

static void draw_cells(struct layout *at)
{
    const struct heatmap *map = at->map;
    struct field cells = {
        .kind = FIELD_CELLS,
        .slice = map->stack.start,
        .follows = true,
        .rows = map->rows,
        .n_rows = map->n_rows,
        .cols = map->cols,
        .n_cols = map->n_cols,
        .box = {at->left, at->top, matrix_width(at), matrix_height(at)},
        .values = map->values,
        .gap = at->cell >= at->theme.least_cell ? at->theme.stroke : 0,
        .chosen = SIZE_MAX,
    };
    for (size_t i = 0; i < map->n_rows; i++)
        if (map->rows[i] == map->chosen)
            cells.chosen = i;
    scene_item(&at->sketch, (struct item){.kind = ITEM_BOX,
                                          .stroke = {INK_LINE, 0},
                                          .thickness = at->theme.stroke,
                                          .box = cells.box});
    scene_field(&at->sketch, cells);
    if (map->n_rest == 0)
        return;
    cells.cols = map->rest;
    cells.n_cols = map->n_rest;
    cells.box.x = at->rest_left;
    cells.box.width = at->left - at->theme.pad - at->rest_left;
    scene_item(&at->sketch, (struct item){.kind = ITEM_BOX,
                                          .stroke = {INK_LINE, 0},
                                          .thickness = at->theme.stroke,
                                          .box = cells.box});
    scene_field(&at->sketch, cells);
}

static void draw_marks(struct layout *at)
{
    const struct heatmap *map = at->map;
    size_t *row_at = arena_new(at->sketch.arena, map->stack.n_rows, sizeof *row_at);
    size_t *col_at = arena_new(at->sketch.arena, map->stack.n_cols, sizeof *col_at);
    for (size_t i = 0; i < map->n_rows; i++)
        row_at[map->rows[i]] = i + 1;
    for (size_t j = 0; j < map->n_cols; j++)
        col_at[map->cols[j]] = j + 1;
    for (size_t k = 0; k < map->n_marks; k++) {
        size_t i = row_at[map->marks[k].row], j = col_at[map->marks[k].col];
        if (i == 0 || j == 0)
            continue;
        scene_item(&at->sketch,
                   (struct item){.kind = ITEM_BOX,
                                 .stroke = {INK_KEY, 0},
                                 .thickness = 2 * at->theme.stroke,
                                 .box = {at->left + (float)(j - 1) * at->cell,
                                         at->top + (float)(i - 1) * at->row, at->cell,
                                         at->row},
                                 .at_first = true});
    }
}

/* The row that was asked for, the grey strip included. */
static void outline_row(struct layout *at)
{
    const struct heatmap *map = at->map;
    for (size_t i = 0; i < map->n_rows; i++)
        if (map->rows[i] == map->chosen)
            scene_item(
                &at->sketch,
                (struct item){.kind = ITEM_BOX,
                              .stroke = {INK_CHOSEN, 0},
                              .thickness = 2 * at->theme.stroke,
                              .box = {at->rest_left - 1, at->top + (float)i * at->row,
                                      at->left + matrix_width(at) + 2 - at->rest_left,
                                      at->row},
                              .radius = 2,
                              .at_first = true});
}

static float draw_legend(struct layout *at)
{
    enum { ROOM = 520 };
    const struct heatmap *map = at->map;
    struct legend legend = {
        .stack = &map->stack,
        .theme = &at->theme,
        .left = at->theme.pad,
        .top = at->top + matrix_height(at) + at->below + 1.5f * at->theme.pad,
        .right = at->right > ROOM ? at->right : ROOM,
        .rest = map->n_rest > 0,
        .mark = map->n_marks ? map->mark_name : NULL,
    };
    float right, bottom;
    legend_draw(&legend, &at->sketch, &right, &bottom);
    at->right = right > at->right ? right : at->right;
    return bottom;
}

const struct scene *heatmap_draw(const struct heatmap *map, struct arena *arena)
{
    struct layout at = {
        .map = map, .theme = theme_for(map->big), .sketch = scene_begin(arena)};
    place(&at);
    draw_cells(&at);
    label_rows(&at);
    label_columns(&at);
    draw_sums(&at);
    draw_received(&at);
    name_heads(&at);
    /* Slanted labels of the last columns lean out over the matrix's right edge. */
    if (at.turn < UPRIGHT) {
        float lean = at.left + matrix_width(&at) + (at.top - at.theme.pad) * .5f;
        at.right = lean > at.right ? lean : at.right;
    }
    scene_above(&at.sketch);
    draw_marks(&at);
    outline_row(&at);
    float bottom = map->bare ? at.top + matrix_height(&at) + at.below + at.theme.pad
                             : draw_legend(&at);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&at.sketch, at.right, bottom, &map->stack);
    return scene;
}
