#include "attn/render/boxes_inside.h"

#include <math.h>
#include <string.h>

#include "attn/render/wrap.h"

static const float TITLE_LINE = 1.25F, TEXT_LINE = 1.35F; /* of their sizes */
static const float BAR = 7, NAMES_MOST = .42F, CELL_MOST = 24;

static struct type title_type(const struct theme *theme)
{
    return (struct type){.size = theme->title, .bold = true};
}

static struct type text_type(const struct theme *theme)
{
    return (struct type){.size = theme->small};
}

static float inner(const struct boxes_cell *cell, const struct theme *theme)
{
    bool narrow = cell->box.width < 8 * theme->title;
    float inset = cell->part->tight ? 2 : narrow ? theme->pad / 2 : theme->pad;
    return fmaxf(cell->box.width - 2 * inset, 1);
}

bool boxes_is_met(const struct boxes_cell *cell)
{
    return cell->part->look != BOXES_BARE;
}

/* ---- a matrix in a box */

struct grid_place {
    float names; /* room for the rows' names */
    float heads; /* height of the columns' names */
    float side;  /* of a cell */
};

static float widest(const char *const *names, size_t n, struct type type)
{
    float most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmaxf(most, text_width(names[i], type));
    return ceilf(most);
}

static struct grid_place grid_place(const struct boxes_grid *grid, float room,
                                    const struct theme *theme)
{
    struct type type = text_type(theme);
    struct grid_place place;
    float most = room * NAMES_MOST;
    place.names = fminf(widest(grid->row_names, grid->rows, type), most);
    place.heads = fminf(widest(grid->col_names, grid->cols, type), most);
    place.side = fminf((room - place.names - theme->gap * 2) / (float)grid->cols,
                       CELL_MOST * theme->small / 12);
    return place;
}

static float grid_tall(const struct boxes_grid *grid, float room,
                       const struct theme *theme)
{
    struct grid_place place = grid_place(grid, room, theme);
    return theme->pad + place.heads + 2 * theme->gap + place.side * (float)grid->rows;
}

static void draw_grid_cell(struct sketch *sketch, struct box box, float weight)
{
    bool hidden = weight == BOXES_HIDDEN, open = weight == BOXES_OPEN;
    struct item item = {.kind = ITEM_BOX,
                        .box = box,
                        .stroke = {hidden ? INK_MASKED : INK_LINE, 0},
                        .thickness = 1};
    if (!hidden && !open)
        item.fill = (struct paint){INK_WEIGHT, weight};
    scene_item(sketch, item);
    if (hidden)
        scene_hatch(sketch, box, box.width / 3);
}

static void draw_grid(const struct boxes_grid *grid, struct box box,
                      const struct theme *theme, struct sketch *sketch)
{
    struct grid_place place = grid_place(grid, box.width, theme);
    float wide = place.names + 2 * theme->gap + place.side * (float)grid->cols;
    float left = box.x + (box.width - wide) / 2 + place.names + 2 * theme->gap;
    float top = box.y + theme->pad + place.heads + 2 * theme->gap;
    float low = theme->small * .36F; /* from the middle of a line to its baseline */
    struct item name = {.kind = ITEM_TEXT, .fill = {INK_TEXT, 0}, .size = theme->small};
    for (size_t j = 0; j < grid->cols; j++) {
        name.text = grid->col_names[j];
        name.turn = 90;
        name.box = (struct box){left + place.side * ((float)j + .5F) + low,
                                top - 2 * theme->gap, place.heads, 0};
        scene_item(sketch, name);
    }
    for (size_t i = 0; i < grid->rows; i++) {
        float y = top + place.side * (float)i;
        name.text = grid->row_names[i];
        name.turn = 0;
        name.anchor = TEXT_END;
        name.box = (struct box){left - 2 * theme->gap, y + place.side / 2 + low,
                                place.names, 0};
        scene_item(sketch, name);
        for (size_t j = 0; j < grid->cols; j++)
            draw_grid_cell(
                sketch,
                (struct box){left + place.side * (float)j, y, place.side, place.side},
                grid->weights[i * grid->cols + j]);
    }
}

/* ---- text and bar */

void boxes_measure(struct boxes_cell *cell, const struct theme *theme,
                   struct arena *arena)
{
    const struct boxes_part *part = cell->part;
    float room = inner(cell, theme);
    struct wrap title = {title_type(theme), room, BOXES_TITLE_LINES};
    struct wrap text = {text_type(theme), room, BOXES_TEXT_LINES};
    if (part->title)
        cell->n_title = wrap_lines(arena, part->title, &title, cell->title);
    if (part->text)
        cell->n_text = wrap_lines(arena, part->text, &text, cell->text);
    cell->tall = (float)cell->n_title * theme->title * TITLE_LINE +
                 (float)cell->n_text * theme->small * TEXT_LINE;
    if (part->weighed)
        cell->tall += BAR + theme->gap;
    if (part->grid)
        cell->tall += grid_tall(part->grid, room, theme);
}

struct box_style {
    struct paint fill, stroke;
    float thickness;
    bool dashed;
};

static struct box_style style_of(const struct boxes_part *part)
{
    static const struct box_style styles[] = {
        [BOXES_PLAIN] = {.stroke = {INK_MUTED, 0}, .thickness = 1},
        [BOXES_LIT] = {{INK_WEIGHT, .12F}, {INK_WEIGHT, .6F}, 2, false},
        [BOXES_TONED] = {{INK_REST, .16F}, {INK_MUTED, 0}, 1, false},
        [BOXES_QUIET] = {.stroke = {INK_MUTED, 0}, .thickness = 1, .dashed = true},
        [BOXES_BARE] = {.thickness = 0},
        [BOXES_QUERY] = {{INK_QUERY, .12F}, {INK_QUERY, 0}, 1.5F, false},
        [BOXES_KEY] = {{INK_KEY, .12F}, {INK_KEY, 0}, 1.5F, false},
        [BOXES_VALUE] = {{INK_VALUE, .12F}, {INK_VALUE, 0}, 1.5F, false},
        [BOXES_HEAD] = {.stroke = {INK_HEAD, 0}, .thickness = 2},
    };
    struct box_style style = styles[part->look];
    if (part->look == BOXES_HEAD)
        style.stroke.level = part->level;
    return style;
}

static void draw_outline(const struct boxes_cell *cell, const struct theme *theme,
                         struct sketch *sketch)
{
    static const float corner[] = {
        [BOXES_QUERY] = 0, [BOXES_KEY] = 0, [BOXES_VALUE] = 14};
    struct box_style style = style_of(cell->part);
    enum boxes_look look = cell->part->look;
    float radius = look == BOXES_QUERY || look == BOXES_KEY || look == BOXES_VALUE
                       ? corner[look]
                       : theme->radius;
    if (look == BOXES_BARE)
        return;
    scene_item(sketch, (struct item){.kind = ITEM_BOX,
                                     .box = cell->box,
                                     .fill = style.fill,
                                     .stroke = style.stroke,
                                     .thickness = style.thickness,
                                     .dashed = style.dashed,
                                     .radius = cell->part->tight ? 0 : radius});
}

static void draw_bar(struct box box, float weight, struct sketch *sketch)
{
    struct item bar = {
        .kind = ITEM_BOX, .box = box, .stroke = {INK_LINE, 0}, .thickness = 1};
    scene_item(sketch, bar);
    bar.stroke = (struct paint){0};
    bar.fill = (struct paint){INK_WEIGHT, .7F};
    bar.box.width *= fmaxf(0, fminf(weight, 1));
    if (bar.box.width > 0)
        scene_item(sketch, bar);
}

/* The whole of a text whose one line was cut, for a pointer that rests on it. */
static const char *cut_one(const char *text, const char *const *lines, size_t n)
{
    return n == 1 && strcmp(text, lines[0]) != 0 ? text : NULL;
}

void boxes_draw_cell(const struct boxes_cell *cell, const struct theme *theme,
                     struct sketch *sketch)
{
    struct box box = cell->box;
    float room = inner(cell, theme), y = box.y + (box.height - cell->tall) / 2;
    if (cell->part->grid) /* side by side, their headings stand on one line */
        y = box.y + .75F * theme->pad;
    bool quiet = cell->part->look == BOXES_QUIET || cell->part->look == BOXES_BARE;
    struct item line = {.kind = ITEM_TEXT,
                        .anchor = TEXT_MIDDLE,
                        .fill = {INK_TEXT, 0},
                        .size = theme->title,
                        .bold = true,
                        .box = {.x = box.x + box.width / 2, .width = room}};
    draw_outline(cell, theme, sketch);
    line.title = cut_one(cell->part->title, cell->title, cell->n_title);
    for (size_t i = 0; i < cell->n_title; i++) {
        line.text = cell->title[i];
        line.box.y = y + theme->title * .95F;
        scene_item(sketch, line);
        y += theme->title * TITLE_LINE;
    }
    line.title = cut_one(cell->part->text, cell->text, cell->n_text);
    line.size = theme->small;
    line.bold = false;
    line.fill.ink = quiet ? INK_MUTED : INK_TEXT;
    for (size_t i = 0; i < cell->n_text; i++) {
        line.text = cell->text[i];
        line.box.y = y + theme->small * 1.02F;
        scene_item(sketch, line);
        y += theme->small * TEXT_LINE;
    }
    struct box below = {box.x + (box.width - room) / 2, y + theme->gap, room, BAR};
    if (cell->part->weighed)
        draw_bar(below, cell->part->weight, sketch);
    below.y += cell->part->weighed ? BAR : -theme->gap;
    if (cell->part->grid)
        draw_grid(cell->part->grid, below, theme, sketch);
}
