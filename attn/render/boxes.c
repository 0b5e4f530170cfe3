#include "attn/render/boxes.h"

#include <math.h>
#include <string.h>

#include "attn/render/boxes_inside.h"
#include "attn/render/text.h"
#include "attn/render/theme.h"
#include "attn/render/wrap.h"

/* Narrow enough for a window of 600 px. */
static const float WIDTH = 560;
static const float RAIL = 30, ARROW = 22; /* room for links; between boxes in a row */
static const float STROKE = 1.5F;

enum { NAMED = 48, PARAGRAPH = 6 };

/* What stands side by side: boxes, or a frame. */
struct rank {
    struct boxes_cell cells[BOXES_IN_ROW];
    size_t n;
};

struct frame {
    const struct boxes_part *part;
    float left, right, top; /* where it stands itself */
};

struct layout {
    const struct boxes *boxes;
    struct theme theme;
    struct sketch sketch;
    float left, right, y; /* where the next row may stand */
    bool begun;           /* something stands above it, in this frame */
    struct rank above;
    const struct boxes_part *arrows; /* that lead to the next row, or NULL */
    struct frame frames[BOXES_DEPTH];
    size_t depth;
    struct boxes_cell named[NAMED];
    size_t n_named;
};

size_t boxes_row_end(const struct boxes *boxes, size_t first)
{
    size_t end = first;
    while (end < boxes->n && boxes->parts[end].kind == BOXES_BOX)
        end++;
    return end;
}

static float scaled(const struct layout *at, float length)
{
    return length * at->theme.small / theme_for(false).small;
}

/* ---- lines */

static struct point *points(struct layout *at, size_t n)
{
    return arena_new(at->sketch.arena, n, sizeof(struct point));
}

static void draw_line(struct layout *at, const struct point *by, size_t n, bool arrow)
{
    scene_item(&at->sketch, (struct item){.kind = ITEM_LINE,
                                          .stroke = {INK_MUTED, 0},
                                          .thickness = STROKE,
                                          .arrow = arrow,
                                          .at = by,
                                          .n_points = n});
}

static void draw_straight(struct layout *at, struct point from, struct point to,
                          bool arrow)
{
    struct point *by = points(at, 2);
    by[0] = from;
    by[1] = to;
    draw_line(at, by, 2, arrow);
}

static struct point foot(const struct boxes_cell *cell)
{
    return (struct point){cell->box.x + cell->box.width / 2,
                          cell->box.y + cell->box.height};
}

static struct point head(const struct boxes_cell *cell)
{
    return (struct point){cell->box.x + cell->box.width / 2, cell->box.y};
}

static bool is_called(const struct boxes_cell *cell, const char *name)
{
    return name && cell->part->name && strcmp(cell->part->name, name) == 0;
}

/* Where arrows start or end: writes up to BOXES_IN_ROW points. */
static size_t ends_of(const struct rank *rank, const char *name,
                      struct point (*end)(const struct boxes_cell *), struct point *to)
{
    size_t n = 0;
    for (size_t i = 0; i < rank->n; i++)
        if (boxes_is_met(&rank->cells[i]) &&
            (!name || is_called(&rank->cells[i], name)))
            to[n++] = end(&rank->cells[i]);
    return n;
}

static void draw_label(struct layout *at, const char *text, struct point where)
{
    if (text)
        scene_item(&at->sketch,
                   (struct item){.kind = ITEM_TEXT,
                                 .text = text,
                                 .fill = {INK_MUTED, 0},
                                 .size = at->theme.small,
                                 .box = {where.x + at->theme.pad,
                                         where.y + at->theme.small * .36F,
                                         at->right - where.x - at->theme.pad, 0}});
}

/* All above to all below: down to a line across, and from there to each. */
static void draw_bus(struct layout *at, const struct point *from, size_t n,
                     const struct point *to, size_t m)
{
    float gap = to[0].y - from[0].y;
    float across = from[0].y + gap * (m > 1 ? .62F : .3F);
    float least = from[0].x, most = from[0].x;
    for (size_t i = 0; i < n; i++) {
        least = fminf(least, from[i].x);
        most = fmaxf(most, from[i].x);
    }
    for (size_t j = 0; j < m; j++) {
        least = fminf(least, to[j].x);
        most = fmaxf(most, to[j].x);
    }
    bool bent = most - least > 1;
    for (size_t i = 0; bent && i < n; i++)
        draw_straight(at, from[i], (struct point){from[i].x, across}, false);
    if (bent)
        draw_straight(at, (struct point){least, across}, (struct point){most, across},
                      false);
    for (size_t j = 0; j < m; j++)
        draw_straight(at, bent ? (struct point){to[j].x, across} : from[0], to[j],
                      true);
    struct point label = {to[0].x, bent ? (across + to[0].y) / 2 : across + gap * .1F};
    if (m > 1)
        label = (struct point){from[0].x, (from[0].y + across) / 2};
    draw_label(at, at->arrows->text, label);
}

static void draw_lit(struct layout *at, struct point from, struct point to)
{
    struct point *by = points(at, 2);
    by[0] = from;
    by[1] = to;
    scene_item(&at->sketch, (struct item){.kind = ITEM_LINE,
                                          .stroke = {INK_WEIGHT, .7F},
                                          .thickness = 2 * STROKE,
                                          .arrow = true,
                                          .at = by,
                                          .n_points = 2});
}

static void draw_all(struct layout *at, const struct rank *below)
{
    struct point from[BOXES_IN_ROW], to[BOXES_IN_ROW];
    size_t n = ends_of(&at->above, NULL, foot, from),
           m = ends_of(below, NULL, head, to);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m && (j <= i || !at->arrows->back); j++)
            scene_item(&at->sketch,
                       (struct item){.kind = ITEM_LINE,
                                     .stroke = {INK_MUTED, .55F},
                                     .thickness = 1,
                                     .at = memcpy(points(at, 2),
                                                  (struct point[]){from[i], to[j]},
                                                  2 * sizeof *from),
                                     .n_points = 2});
    if (at->arrows->name && ends_of(&at->above, at->arrows->name, foot, from) &&
        ends_of(below, at->arrows->to, head, to))
        draw_lit(at, from[0], to[0]);
}

/* Boxes of two rows that stand all but straight below each other. */
static struct point upright(struct point from, struct point to)
{
    static const float near = 24;
    return fabsf(from.x - to.x) < near ? (struct point){from.x, to.y} : to;
}

static void draw_arrows(struct layout *at, const struct rank *below)
{
    struct point from[BOXES_IN_ROW], to[BOXES_IN_ROW];
    bool all = at->arrows->kind == BOXES_ALL;
    size_t n = ends_of(&at->above, all ? NULL : at->arrows->name, foot, from),
           m = ends_of(below, NULL, head, to);
    if (n == 0 || m == 0)
        return;
    if (n == 1 && m == 1)
        to[0] = upright(from[0], to[0]);
    if (all)
        draw_all(at, below);
    else if (at->arrows->kind == BOXES_DOWN)
        draw_bus(at, from, n, to, m);
    else
        for (size_t i = 0; i < n && i < m; i++)
            draw_straight(at, from[i], upright(from[i], to[i]), true);
}

/* The room between what stands above and the next row. */
static void open_gap(struct layout *at)
{
    float gap = at->begun ? at->theme.pad : 0;
    if (at->arrows && at->arrows->kind == BOXES_ALL)
        gap = scaled(at, 64);
    else if (at->arrows)
        gap = scaled(at, at->arrows->text ? 42 : 28);
    at->y += gap;
    at->begun = true;
}

/* ---- rows */

static float share_of(const struct boxes_part *part)
{
    return part->share > 0 ? part->share : 1;
}

static float gap_before(const struct layout *at, const struct boxes_part *part)
{
    return part->arrow || part->apart ? scaled(at, ARROW)
           : part->tight              ? 0
                                      : at->theme.pad;
}

static void place_row(struct layout *at, struct rank *row, size_t first, size_t end)
{
    float shares = 0, room = at->right - at->left, tall = 0;
    for (size_t i = first; i < end && row->n < BOXES_IN_ROW; i++) {
        const struct boxes_part *part = &at->boxes->parts[i];
        shares += share_of(part);
        room -= row->n ? gap_before(at, part) : 0;
        row->cells[row->n++] = (struct boxes_cell){.part = part};
    }
    float x = at->left;
    for (size_t i = 0; i < row->n; i++) {
        struct boxes_cell *cell = &row->cells[i];
        x += i ? gap_before(at, cell->part) : 0;
        cell->box =
            (struct box){x, at->y, room * share_of(cell->part) / shares, at->theme.pad};
        boxes_measure(cell, &at->theme, at->sketch.arena);
        x += cell->box.width;
        tall = fmaxf(tall, cell->tall);
    }
    for (size_t i = 0; i < row->n; i++)
        row->cells[i].box.height = tall + 1.5F * at->theme.pad;
}

static void remember(struct layout *at, const struct boxes_cell *cell)
{
    if (cell->part->name && at->n_named < NAMED)
        at->named[at->n_named++] = *cell;
}

static void take_row(struct layout *at, size_t first, size_t end)
{
    struct rank row = {.n = 0};
    open_gap(at);
    place_row(at, &row, first, end);
    for (size_t i = 0; i < row.n; i++) {
        const struct boxes_cell *cell = &row.cells[i];
        boxes_draw_cell(cell, &at->theme, &at->sketch);
        remember(at, cell);
        if (i == 0 || !cell->part->arrow)
            continue;
        const struct box *before = &row.cells[i - 1].box;
        float y = cell->box.y + cell->box.height / 2;
        draw_straight(at, (struct point){before->x + before->width, y},
                      (struct point){cell->box.x, y}, true);
    }
    if (at->arrows)
        draw_arrows(at, &row);
    at->arrows = NULL;
    at->above = row;
    at->y += row.n ? row.cells[0].box.height : 0;
}

/* ---- frames, paragraphs, links */

static void begin_frame(struct layout *at, const struct boxes_part *part)
{
    const struct theme *theme = &at->theme;
    if (at->depth == BOXES_DEPTH)
        return;
    open_gap(at);
    struct rank rank = {.n = 1};
    rank.cells[0] = (struct boxes_cell){
        .part = part, .box = {at->left, at->y, at->right - at->left, 0}};
    if (at->arrows)
        draw_arrows(at, &rank);
    at->arrows = NULL;
    at->frames[at->depth++] = (struct frame){part, at->left, at->right, at->y};
    at->left += 1.5F * theme->pad;
    at->right -= 1.5F * theme->pad;
    at->right -= part->rail ? scaled(at, RAIL) : 0;
    float note =
        part->text ? text_width(part->text, (struct type){.size = theme->small}) : 0;
    float room = at->right - at->left;
    note = fminf(note, room * .6F);
    struct item line = {.kind = ITEM_TEXT,
                        .fill = {INK_TEXT, 0},
                        .text = part->title,
                        .size = theme->title,
                        .bold = true,
                        .box = {at->left, at->y + theme->line,
                                room - note - (note > 0 ? theme->pad : 0), 0}};
    if (part->title)
        scene_item(&at->sketch, line);
    line.text = part->text;
    line.size = theme->small;
    line.bold = false;
    line.fill.ink = INK_MUTED;
    line.anchor = TEXT_END;
    line.box = (struct box){at->right, line.box.y, note + 1, 0};
    if (part->text)
        scene_item(&at->sketch, line);
    at->y += theme->line + theme->pad;
    at->begun = false;
    at->above.n = 0;
}

static void end_frame(struct layout *at)
{
    if (at->depth == 0)
        return;
    struct frame *frame = &at->frames[--at->depth];
    at->y += 1.5F * at->theme.pad;
    at->left = frame->left;
    at->right = frame->right;
    at->begun = true;
    struct box box = {frame->left, frame->top, frame->right - frame->left,
                      at->y - frame->top};
    scene_item(&at->sketch, (struct item){.kind = ITEM_BOX,
                                          .box = box,
                                          .stroke = {INK_LINE, 0},
                                          .thickness = STROKE,
                                          .radius = 2 * at->theme.radius});
    at->above.n = 1;
    at->above.cells[0] = (struct boxes_cell){.part = frame->part, .box = box};
}

static void draw_paragraph(struct layout *at, const char *text)
{
    const char *lines[PARAGRAPH];
    struct wrap wrap = {{.size = at->theme.small}, at->right - at->left, PARAGRAPH};
    size_t n = wrap_lines(at->sketch.arena, text, &wrap, lines);
    open_gap(at);
    for (size_t i = 0; i < n; i++) {
        scene_item(&at->sketch, (struct item){.kind = ITEM_TEXT,
                                              .text = lines[i],
                                              .fill = {INK_MUTED, 0},
                                              .size = at->theme.small,
                                              .box = {at->left, at->y + at->theme.small,
                                                      at->right - at->left, 0}});
        at->y += at->theme.small * 1.4F;
    }
}

static const struct boxes_cell *find(const struct layout *at, const char *name)
{
    for (size_t i = 0; i < at->n_named; i++)
        if (is_called(&at->named[i], name))
            return &at->named[i];
    return NULL;
}

/* Along the rail of the frame: out of the one box, down, into the other. A box that
 * stands above the frame is left by its foot. */
static void draw_link(struct layout *at, const struct boxes_part *part)
{
    const struct boxes_cell *from = find(at, part->name), *to = find(at, part->to);
    if (!from || !to || at->depth == 0)
        return;
    float apart = at->theme.pad / 2;
    float rail = at->right + scaled(at, RAIL) / 2 + at->theme.pad / 2;
    float right = from->box.x + from->box.width;
    bool above = right > rail;
    struct point *by = points(at, 4);
    by[0] = (struct point){right, from->box.y + from->box.height / 2 + apart};
    if (above)
        by[0] = (struct point){rail, from->box.y + from->box.height};
    by[1] = (struct point){rail, by[0].y};
    by[2] = (struct point){rail, to->box.y + to->box.height / 2 - apart};
    by[3] = (struct point){to->box.x + to->box.width, by[2].y};
    draw_line(at, above ? by + 1 : by, above ? 3 : 4, true);
}

/* ---- the whole */

static void take_part(struct layout *at, const struct boxes_part *part)
{
    switch (part->kind) {
    case BOXES_DOWN:
    case BOXES_STRAIGHT:
    case BOXES_ALL:
        at->arrows = at->above.n ? part : NULL;
        break;
    case BOXES_TEXT:
        draw_paragraph(at, part->text ? part->text : "");
        break;
    case BOXES_FRAME:
        begin_frame(at, part);
        break;
    case BOXES_END:
        end_frame(at);
        break;
    case BOXES_LINK:
        draw_link(at, part);
        break;
    case BOXES_BOX:
    case BOXES_ROW:
    case BOXES_SLOT:
        break;
    }
}

const struct scene *boxes_draw(const struct boxes *boxes, struct arena *arena)
{
    struct layout at = {
        .boxes = boxes, .theme = theme_for(boxes->big), .sketch = scene_begin(arena)};
    float width = scaled(&at, WIDTH);
    at.left = at.y = at.theme.pad;
    at.right = width - at.theme.pad;
    for (size_t i = 0; i < boxes->n; i++) {
        size_t end = boxes_row_end(boxes, i);
        if (end > i) {
            take_row(&at, i, end);
            i = end - 1;
        } else {
            take_part(&at, &boxes->parts[i]);
        }
    }
    while (at.depth > 0)
        end_frame(&at);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&at.sketch, width, at.y + at.theme.pad, NULL);
    return scene;
}
