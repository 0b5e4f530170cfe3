#include "attn/render/evolveview.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "attn/render/alt.h"
#include "attn/render/legend.h"
#include "attn/render/stack.h"
#include "attn/render/text.h"
#include "attn/render/theme.h"

enum {
    PICTURE = 640,     /* about how wide a strip without numbers is, in px */
    DENSE_CELL = 24,   /* its largest cell */
    NARROW = 8,        /* cells below this carry no frame */
    LEAST_REST = 10,   /* a cell of the resting place is never narrower */
    SLANTED_COLS = 24, /* with more columns the labels stand upright */
    LABEL_ROOM = 9,    /* of a column's label, in its font size */
    WORDY = 20, /* strips this wide, in the font size, say in words that they rest */
};

static const float LITTLE = .3f; /* a word that gets less stands out from no other */
static const float SLANT = 60, UPRIGHT = 90;           /* degrees */
static const float LABEL_SHARE = .866f, LEAN = .5774f; /* sine, 1/tangent of SLANT */

/* ---- what is said beside a strip ---------------------------------------------------
 */

/* A row that is no shares (the largest of several heads) adds up to more. */
static const float ALL = 1.01f;

/* The strongest word: "animal 0.91", "no word above 0.20", "rests 0.58, animal 0.32".
 */
static const char *say_best(const struct evolveview *view, size_t strip, size_t best,
                            struct arena *arena)
{
    const struct stack *stack = &view->stack;
    const float *weights = evolveview_row(view, strip);
    float rests = stack_resting(stack, weights);
    const char *said =
        weights[best] < LITTLE
            ? arena_print(arena, "no word above %.2f", (double)weights[best])
            : arena_print(arena, "%s %.2f",
                          alt_word(arena, stack->cols, stack->n_cols, best),
                          (double)weights[best]);
    if (rests > weights[best] && evolveview_sum(view, strip) < ALL)
        return arena_print(arena, "rests %.2f, %s", (double)rests, said);
    return said;
}

/* The same with what else there is to say; "rests 0.98" and "nothing" of quiet rows. */
static const char *verdict(const struct evolveview *view, size_t strip,
                           struct arena *arena)
{
    const struct stack *stack = &view->stack;
    const float *weights = evolveview_row(view, strip);
    size_t top[2], n = evolveview_strongest(view, strip, 2, top, arena);
    const char *more = view->strips[strip].more, *said;
    if (!(evolveview_sum(view, strip) > 0))
        said = "nothing";
    else if (evolveview_is_quiet(view, strip) || n == 0)
        said = arena_print(arena, "rests %.2f", (double)stack_resting(stack, weights));
    else
        said = say_best(view, strip, top[0], arena);
    if (view->strips[strip].either && n == 2)
        said = arena_print(arena, "%s or %s %.2f", said,
                           alt_word(arena, stack->cols, stack->n_cols, top[1]),
                           (double)weights[top[1]]);
    return more ? arena_print(arena, "%s · %s", said, more) : said;
}

/* ---- the picture ----------------------------------------------------------------- */

/* Where things are: worked out before anything is drawn. */
struct layout {
    const struct evolveview *view;
    struct theme theme;
    struct sketch sketch;
    float cell, row, gap; /* width and height of a cell; between strips */
    float label;          /* font size of the labels */
    size_t every;         /* every so-manieth column is labelled */
    float turn;           /* of the labels, in degrees */
    float labels;         /* how high they stand */
    float left, top;      /* the first strip's words */
    float rest_left;      /* its grey cells */
    float right;          /* what is used */
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

static const char *column_label(const struct layout *at, size_t col)
{
    const struct stack *stack = &at->view->stack;
    return stack_label(at->sketch.arena, stack->cols, stack->n_cols, col);
}

static void size_cells(struct layout *at)
{
    const struct evolveview *view = at->view;
    const struct theme *theme = &at->theme;
    float scale = theme->cell / theme_for(false).cell;
    at->row = theme->cell * .75f;
    at->gap = theme->pad / 2;
    at->cell = theme->cell;
    if (!view->values) {
        float cell = floorf(PICTURE * scale / (float)view->n_cols);
        at->cell = cell > DENSE_CELL * scale ? DENSE_CELL * scale : cell < 1 ? 1 : cell;
    }
    float least = theme->small * .72f;
    at->label = at->cell >= theme->text * 1.2f ? theme->text * .9f
                : at->cell >= theme->small     ? theme->small * .9f
                                               : at->cell * .9f;
    at->every = 1;
    if (at->label < least) {
        at->label = least;
        at->every = (size_t)ceilf(least * 1.15f / at->cell);
    }
    at->turn = view->n_cols > SLANTED_COLS || at->every > 1 ? UPRIGHT : SLANT;
}

static float widest_label(const struct layout *at)
{
    float most = 0;
    for (size_t j = 0; j < at->view->n_cols; j += at->every)
        most = fmaxf(most, text_width(column_label(at, at->view->cols[j]),
                                      (struct type){.size = at->label}));
    return fminf(most, LABEL_ROOM * at->label);
}

static void place(struct layout *at)
{
    const struct evolveview *view = at->view;
    const struct theme *theme = &at->theme;
    float titles = 0;
    size_cells(at);
    for (size_t k = 0; k < view->n; k++)
        titles = fmaxf(titles, text_width(view->strips[k].title,
                                          (struct type){.size = theme->small}));
    at->rest_left = roundf(2 * theme->pad + titles);
    at->left = at->rest_left;
    if (view->n_rest)
        at->left += fmaxf(at->cell, LEAST_REST) * (float)view->n_rest + theme->pad;
    at->labels =
        widest_label(at) * (at->turn < UPRIGHT ? LABEL_SHARE : 1) + at->label * .9f;
    at->top = roundf(theme->pad + theme->text * 1.4f + at->labels);
    at->right = at->left + at->cell * (float)view->n_cols + theme->pad;
}

static float strip_top(const struct layout *at, size_t k)
{
    return at->top + (float)k * (at->row + at->gap);
}

/* "it" looks at: it stands in the picture, for those who get nothing else. */
static void caption(struct layout *at)
{
    enum { WORD_ROOM = 14 }; /* font sizes */
    const struct stack *stack = &at->view->stack;
    const struct theme *theme = &at->theme;
    const char *word = stack_word(at->sketch.arena, stack->rows, stack->n_rows,
                                  at->view->rows[at->view->chosen]);
    float width = fminf(text_width(word, (struct type){theme->text, true, false}),
                        WORD_ROOM * theme->text);
    float base = theme->pad + theme->text;
    put_text(at, (struct item){.fill = {INK_CHOSEN, 0},
                               .box = {theme->pad, base, width + 1, 0},
                               .text = word,
                               .size = theme->text,
                               .bold = true,
                               .underlined = true,
                               .at_first = true});
    put_text(at, (struct item){.box = {1.5f * theme->pad + width, base, 0, 0},
                               .text = "looks at:",
                               .at_first = true});
}

static void label_columns(struct layout *at)
{
    const struct evolveview *view = at->view;
    const struct stack *stack = &view->stack;
    float up = at->top - at->label * .4f;
    for (size_t j = 0; j < view->n_cols; j += at->every)
        put_text(at, (struct item){.fill = {INK_TEXT, 0},
                                   .box = {at->left + ((float)j + .5f) * at->cell +
                                               at->label * .35f,
                                           up, LABEL_ROOM * at->label, 0},
                                   .text = column_label(at, view->cols[j]),
                                   .size = at->label,
                                   .turn = at->turn});
    float strip = at->left - at->theme.pad - at->rest_left;
    for (size_t j = 0; j < view->n_rest; j++)
        put_text(at, (struct item){.box = {at->rest_left + ((float)j + .5f) * strip /
                                                               (float)view->n_rest,
                                           up, 0, 0},
                                   .text = stack->cols[view->rest[j]].text,
                                   .size = fminf(at->label, at->theme.small),
                                   .anchor = TEXT_MIDDLE});
    if (at->turn < UPRIGHT) /* the last label leans out */
        at->right = fmaxf(at->right, at->left + at->cell * (float)view->n_cols +
                                         at->labels * LEAN);
}

/* The words instead of a strip that would be empty. */
static void say_quiet(struct layout *at, size_t k, struct box box)
{
    bool empty = !(evolveview_sum(at->view, k) > 0);
    bool wordy = box.width > WORDY * at->theme.small;
    put_text(at,
             (struct item){.box = {box.x + box.width / 2,
                                   box.y + box.height / 2 + at->theme.small * .36f,
                                   box.width, 0},
                           .text = empty ? (wordy ? "nothing for this word" : "nothing")
                                   : wordy ? "rests: nothing to say about this word"
                                           : "rests",
                           .anchor = TEXT_MIDDLE,
                           .at_first = true});
}

static void put_strip(struct layout *at, size_t k, struct box box, const size_t *cols,
                      size_t n_cols, bool quiet)
{
    const struct evolveview *view = at->view;
    const struct evolveview_strip *strip = &view->strips[k];
    scene_item(&at->sketch, (struct item){.kind = ITEM_BOX,
                                          .stroke = {INK_LINE, 0},
                                          .thickness = at->theme.stroke,
                                          .box = box});
    scene_field(
        &at->sketch,
        (struct field){.kind = FIELD_CELLS,
                       .slice = strip->row_slice[view->rows[view->chosen]],
                       .rows = view->rows,
                       .n_rows = view->n_rows,
                       .chosen = view->chosen,
                       .cols = cols,
                       .n_cols = n_cols,
                       .box = box,
                       .values = view->values,
                       .gap = at->cell >= at->theme.least_cell ? at->theme.stroke : 0,
                       .row_slice = strip->row_slice,
                       .title = strip->title,
                       .quiet = quiet,
                       .tall = k == 0 ? at->labels : 0,
                       .lean = at->turn < UPRIGHT ? LEAN : 0,
                       .size = at->theme.small});
}

/* Right of a strip: what it comes to, and which head it is. */
static void name_strip(struct layout *at, size_t k, float x)
{
    struct arena *arena = at->sketch.arena;
    const char *said = verdict(at->view, k, arena);
    const char *name = stack_head(arena, evolveview_slice(at->view, k));
    float size = at->theme.small, top = strip_top(at, k);
    put_text(at, (struct item){.fill = {INK_TEXT, 0},
                               .box = {x, top + at->row * .5f - size * .2f, 0, 0},
                               .text = said,
                               .at_first = true});
    put_text(at, (struct item){.box = {x, top + at->row * .5f + size * .95f, 0, 0},
                               .text = name,
                               .title = at->view->strips[k].does,
                               .at_first = true});
}

/* As wide as the longest of what may stand there, whatever word is chosen. */
static float widest_note(const struct layout *at)
{
    enum { VERDICT = 12 }; /* font sizes */
    const struct evolveview *view = at->view;
    struct type type = {.size = at->theme.small};
    float most = VERDICT * type.size;
    for (size_t s = 0; s < view->stack.n_slices; s++)
        most =
            fmaxf(most, text_width(stack_head(at->sketch.arena, &view->stack.slices[s]),
                                   type));
    for (size_t k = 0; k < view->n; k++)
        most = fmaxf(most, text_width(verdict(view, k, at->sketch.arena), type));
    return most;
}

static void draw_strips(struct layout *at)
{
    const struct evolveview *view = at->view;
    float width = at->cell * (float)view->n_cols;
    float rest = at->left - at->theme.pad - at->rest_left;
    for (size_t k = 0; k < view->n; k++) {
        float top = strip_top(at, k);
        bool quiet = evolveview_is_quiet(view, k);
        struct box words = {at->left, top, width, at->row};
        put_text(
            at, (struct item){.fill = {INK_TEXT, 0},
                              .box = {at->rest_left - at->theme.pad,
                                      top + at->row / 2 + at->theme.small * .36f, 0, 0},
                              .text = view->strips[k].title,
                              .anchor = TEXT_END});
        if (view->n_rest)
            put_strip(at, k, (struct box){at->rest_left, top, rest, at->row},
                      view->rest, view->n_rest, false);
        put_strip(at, k, words, view->cols, view->n_cols, quiet);
        if (quiet)
            say_quiet(at, k, words);
        name_strip(at, k, at->left + width + at->theme.pad);
    }
    at->right =
        fmaxf(at->right, at->left + width + 2 * at->theme.pad + widest_note(at));
}

/* A frame around a cell; of a narrow one, which a frame would hide with its neighbours,
 * a mark above it. */
static void frame_cell(struct layout *at, size_t k, size_t j)
{
    bool narrow = at->cell < NARROW;
    float stroke = 2 * at->theme.stroke, height = at->gap - at->theme.stroke;
    struct box box = {at->left + (float)j * at->cell, strip_top(at, k), at->cell,
                      at->row};
    if (narrow)
        box = (struct box){box.x, box.y - at->gap, fmaxf(box.width, stroke), height};
    scene_item(&at->sketch, (struct item){.kind = ITEM_BOX,
                                          .fill = {narrow ? INK_CHOSEN : INK_NONE, 0},
                                          .stroke = {narrow ? INK_NONE : INK_CHOSEN, 0},
                                          .thickness = narrow ? 0 : stroke,
                                          .box = box,
                                          .radius = narrow ? 0 : 1,
                                          .at_first = true});
}

/* The column of the looking word itself. */
static void frame_own(struct layout *at)
{
    const struct evolveview *view = at->view;
    const struct stack *stack = &view->stack;
    const struct axis_token *own = &stack->rows[view->rows[view->chosen]];
    for (size_t k = 0; k < view->n && !stack->apart; k++)
        for (size_t j = 0; j < view->n_cols && !evolveview_is_quiet(view, k); j++)
            if (stack->cols[view->cols[j]].position == own->position)
                frame_cell(at, k, j);
}

/* One scale for all strips, told of what they show at first. */
static float draw_legend(struct layout *at)
{
    enum { ROOM = 520 };
    const struct evolveview *view = at->view;
    struct arena *arena = at->sketch.arena;
    struct stack shown = view->stack;
    float *weights = arena_new(arena, view->n * shown.n_cols, sizeof *weights);
    struct axis_token *rows = arena_new(arena, view->n, sizeof *rows);
    for (size_t k = 0; k < view->n; k++) {
        rows[k] = view->stack.rows[view->rows[view->chosen]];
        if (!evolveview_is_quiet(view, k))
            memcpy(weights + k * shown.n_cols, evolveview_row(view, k),
                   shown.n_cols * sizeof *weights);
    }
    shown.rows = rows; /* of every strip the same word's */
    struct slice slice = {.weights = weights};
    shown.slices = &slice;
    shown.n_slices = 1;
    shown.n_rows = view->n;
    shown.start = 0;
    shown.row_slice = NULL;
    struct legend legend = {.stack = &shown,
                            .theme = &at->theme,
                            .left = at->theme.pad,
                            .top = strip_top(at, view->n) + at->theme.pad,
                            .right = fmaxf(at->right, ROOM),
                            .rest = view->n_rest > 0};
    float right, bottom;
    legend_draw(&legend, &at->sketch, &right, &bottom);
    at->right = fmaxf(at->right, right);
    return bottom;
}

const struct scene *evolveview_draw(const struct evolveview *view, struct arena *arena)
{
    struct layout at = {
        .view = view, .theme = theme_for(view->big), .sketch = scene_begin(arena)};
    place(&at);
    caption(&at);
    label_columns(&at);
    draw_strips(&at);
    scene_above(&at.sketch);
    frame_own(&at);
    float bottom = draw_legend(&at);
    struct scene *scene = arena_new(arena, 1, sizeof *scene);
    *scene = scene_end(&at.sketch, at.right, bottom, &view->stack);
    return scene;
}
