#include "attn/lang/evolve.h"

#include <math.h>
#include <stdint.h>

#include "attn/analyse/norm.h"
#include "attn/analyse/story.h"
#include "attn/lang/measured.h"
#include "attn/render/stack.h"

/* Weights that go into one page: of all words up to about 100 of them in 12 layers;
 * above, those of the chosen word alone. */
enum { PAGE_WEIGHTS = 160000, NUMBERS_LEAST = 12, NUMBERS_MOST = 40 };

static const float CANDIDATE = .3f; /* a best word that gets less is none of two */
static const float FAINT = .5f;     /* colours end there, or at the strongest weight */

/* What is being gathered. */
struct shelf {
    struct call *call;
    struct evolve *evolve;
    const struct trace *trace;
    size_t row; /* the chosen one */
    struct slice *slices;
    size_t n;          /* of slices */
    size_t *slice_of;  /* [L*H] 1 + index of a head's slice; 0: not there yet */
    const char **does; /* [L*H] what a head does, once it has a slice */
    struct evolveview_strip *strips;
};

static bool put_head(struct shelf *shelf, size_t head, size_t *slice, struct err *err)
{
    if (shelf->slice_of[head] == 0) {
        if (!fill_slice(shelf->call, shelf->trace, head, &shelf->slices[shelf->n], err))
            return false;
        shelf->does[head] = shelf->slices[shelf->n].does;
        shelf->slices[shelf->n].does = NULL; /* strips say it, where it is wanted */
        shelf->slice_of[head] = ++shelf->n;
    }
    *slice = shelf->slice_of[head] - 1;
    return true;
}

/* ---- which heads ----------------------------------------------------------------- */

/* The head of a layer with most to say about a row, as `look` has it; where lengths are
 * drawn, the one that brings most. */
static size_t head_in_layer(const struct shelf *shelf, size_t layer, size_t row)
{
    const struct trace *trace = shelf->trace;
    size_t best = 0;
    double most = -1;
    if (shelf->call->settings.measure != MEASURE_NORM)
        return story_head_in_layer(trace, layer, row);
    for (size_t h = 0; h < trace->H; h++) {
        double brings = norm_from_words(trace, layer, h, row);
        if (brings > most) {
            most = brings;
            best = h;
        }
    }
    return best;
}

/* What `hide` takes out of the chosen row of something made of several heads. */
static double made_removed(struct shelf *shelf, struct err *err)
{
    struct settings kept = shelf->call->settings;
    const struct trace *trace = shelf->trace;
    const char *name;
    double all = 0, hidden = 0;
    if (kept.hide == HIDE_NONE)
        return 0;
    shelf->call->settings.hide = HIDE_NONE;
    const float *made = measured_made(shelf->call, trace, &name, err);
    shelf->call->settings = kept;
    for (size_t j = 0; made && j < trace->S; j++) {
        double weight = (double)made[shelf->row * trace->S + j];
        all += weight;
        hidden += measured_hides(&kept, trace, j) ? weight : 0;
    }
    return all > 0 ? hidden / all : 0;
}

/* The mean or maximum of a layer's heads, or what comes through the layers up to it;
 * what it says about itself is said once for all rows (add_notes). */
static bool put_made(struct shelf *shelf, size_t layer, size_t *slice, double *removed,
                     struct err *err)
{
    struct call *call = shelf->call;
    struct settings kept = call->settings;
    size_t notes = call->n_notes;
    struct slice *at = &shelf->slices[shelf->n];
    call->settings.layer = (struct range){(int)layer, (int)layer};
    *at = (struct slice){.layer = -1, .head = -1};
    at->weights = measured_made(call, shelf->trace, &at->name, err);
    if (!measured_is_made(&kept)) /* the strip's title says which layer's */
        at->name =
            arena_print(call->arena, "%s of %zu heads",
                        kept.head == PICK_MAX ? "maximum" : "mean", shelf->trace->H);
    *removed = at->weights ? made_removed(shelf, err) : 0;
    call->settings = kept;
    call->n_notes = notes;
    *slice = shelf->n++;
    return at->weights != NULL;
}

static bool is_made(const struct call *call)
{
    return measured_is_made(&call->settings) || call->settings.head == PICK_MEAN ||
           call->settings.head == PICK_MAX;
}

/* ---- the rows of the picture ----------------------------------------------------- */

static struct evolveview_strip *next_strip(struct shelf *shelf, const char *title,
                                           size_t **row_slice)
{
    struct evolveview_strip *strip = &shelf->strips[shelf->evolve->view.n++];
    *row_slice = arena_new(shelf->call->arena, shelf->trace->T, sizeof **row_slice);
    *strip = (struct evolveview_strip){.title = title, .row_slice = *row_slice};
    return strip;
}

/* Only a head that tells the story has candidates; one for places has neighbours. */
static bool tells_story(const struct trace *trace, struct head_ref head)
{
    return trace->heads && trace->heads[head.layer * trace->H + head.head].story > 0;
}

static bool could_be_either(const struct shelf *shelf, struct head_ref head)
{
    const struct trace *trace = shelf->trace;
    const struct settings *settings = &shelf->call->settings;
    size_t best, second;
    if (!tells_story(trace, head) || settings->measure != MEASURE_WEIGHT ||
        settings->hide != HIDE_NONE ||
        !story_could_be_either(trace, head.layer, head.head, shelf->row, &best,
                               &second))
        return false;
    const float *weights = trace_row(trace, head.layer, head.head, shelf->row);
    return weights[best] >= CANDIDATE &&
           stack_resting(&shelf->evolve->view.stack, weights) < weights[best];
}

/* The same head for every word. */
static bool put_head_row(struct shelf *shelf, struct head_ref head, const char *title,
                         struct err *err)
{
    size_t *row_slice, slice, at = head.layer * shelf->trace->H + head.head;
    struct evolve_row *row = &shelf->evolve->rows[shelf->evolve->view.n];
    struct evolveview_strip *strip = next_strip(shelf, title, &row_slice);
    if (!put_head(shelf, at, &slice, err))
        return false;
    for (size_t i = 0; i < shelf->trace->T; i++)
        row_slice[i] = slice;
    strip->does = shelf->does[at];
    strip->either = row->either = could_be_either(shelf, head);
    row->story = tells_story(shelf->trace, head);
    row->removed = measured_removed(shelf->call, shelf->trace, at, shelf->row);
    return true;
}

/* For each word on offer the head of that layer with most to say about it. */
static bool put_auto_row(struct shelf *shelf, size_t layer, const char *title,
                         struct err *err)
{
    const struct evolveview *view = &shelf->evolve->view;
    struct head_ref own = {layer, head_in_layer(shelf, layer, shelf->row)};
    size_t strip = view->n, slice;
    if (!put_head_row(shelf, own, title, err))
        return false;
    size_t *row_slice = (size_t *)view->strips[strip].row_slice;
    for (size_t k = 0; k < view->n_rows; k++) {
        size_t head = head_in_layer(shelf, layer, view->rows[k]);
        if (!put_head(shelf, layer * shelf->trace->H + head, &slice, err))
            return false;
        row_slice[view->rows[k]] = slice;
    }
    return true;
}

static bool put_made_row(struct shelf *shelf, size_t layer, const char *title,
                         struct err *err)
{
    size_t *row_slice, slice;
    struct evolve_row *row = &shelf->evolve->rows[shelf->evolve->view.n];
    next_strip(shelf, title, &row_slice);
    if (!put_made(shelf, layer, &slice, &row->removed, err))
        return false;
    for (size_t i = 0; i < shelf->trace->T; i++)
        row_slice[i] = slice;
    return true;
}

static bool put_layer(struct shelf *shelf, size_t layer, struct err *err)
{
    const struct settings *settings = &shelf->call->settings;
    const char *title = arena_print(shelf->call->arena, "layer %zu", layer);
    if (is_made(shelf->call))
        return put_made_row(shelf, layer, title, err);
    if (settings->head >= 0)
        return put_head_row(shelf, (struct head_ref){layer, (size_t)settings->head},
                            title, err);
    return put_auto_row(shelf, layer, title, err);
}

/* ---- what the line asks for ------------------------------------------------------ */

/* The layers from first to last that are drawn or whose heads are. Rollout and maxflow
 * begin at layer 0 whatever the last one is. */
static void layers_asked(const struct call *call, const struct trace *trace,
                         size_t *first, size_t *last)
{
    const struct range *range = &call->settings.layer;
    *first = range->from >= 0 ? (size_t)range->from : 0;
    *last = range->from >= 0 ? (size_t)range->to : trace->L - 1;
    if (measured_is_made(&call->settings) && *first == *last)
        *first = 0;
}

/* Every head of the layers asked for: of one layer unless one head is named. */
static bool wants_heads(const struct call *call)
{
    const struct settings *settings = &call->settings;
    if (is_made(call))
        return false;
    return settings->head == PICK_ALL ||
           (settings->head == PICK_AUTO && settings->layer.from >= 0 &&
            settings->layer.from == settings->layer.to);
}

static bool too_many(struct call *call, const struct trace *trace, size_t n,
                     struct err *err)
{
    if (n <= EVOLVE_HEADS_MOST)
        return true;
    err_set(err, ERR_TOO_LARGE,
            "%zu heads are too many for one picture: %d at most. One layer's heads,", n,
            EVOLVE_HEADS_MOST);
    return err_try(err, "e.g.", "evolve layer %zu%s", trace->L - 1, call_side(call));
}

static bool put_heads(struct shelf *shelf, const struct head_ref *heads, size_t n,
                      struct err *err)
{
    bool one_layer = true;
    for (size_t k = 0; k < n; k++)
        one_layer = one_layer && heads[k].layer == heads[0].layer;
    for (size_t k = 0; k < n; k++) {
        const char *title =
            one_layer ? arena_print(shelf->call->arena, "head %zu", heads[k].head)
                      : arena_print(shelf->call->arena, "L%zu-H%zu", heads[k].layer,
                                    heads[k].head);
        if (!put_head_row(shelf, heads[k], title, err))
            return false;
    }
    return true;
}

static bool put_all_heads(struct shelf *shelf, size_t first, size_t last,
                          struct err *err)
{
    size_t H = shelf->trace->H, n = (last - first + 1) * H;
    if (!too_many(shelf->call, shelf->trace, n, err))
        return false;
    struct head_ref *heads = arena_new(shelf->call->arena, n, sizeof *heads);
    for (size_t k = 0; k < n; k++)
        heads[k] = (struct head_ref){first + k / H, k % H};
    return put_heads(shelf, heads, n, err);
}

static bool put_rows(struct shelf *shelf, struct err *err)
{
    struct call *call = shelf->call;
    const struct value *heads = call_value(call, "heads");
    struct evolve *evolve = shelf->evolve;
    size_t first, last;
    layers_asked(call, shelf->trace, &first, &last);
    evolve->of = EVOLVE_HEADS;
    evolve->layer = first == last ? (int)first : PICK_ALL;
    evolve->head = PICK_ALL;
    if (heads->given && !measured_is_made(&call->settings))
        return too_many(call, shelf->trace, heads->n, err) &&
               put_heads(shelf, heads->heads, heads->n, err);
    if (wants_heads(call))
        return put_all_heads(shelf, first, last, err);
    evolve->of = EVOLVE_LAYERS;
    evolve->head = call->settings.head;
    evolve->largest = evolve->head == PICK_MAX && !measured_is_made(&call->settings);
    for (size_t l = first; l <= last; l++)
        if (!put_layer(shelf, l, err))
            return false;
    return true;
}

/* ---- words and columns ----------------------------------------------------------- */

static bool choose_row(struct call *call, const struct fill *fill, size_t *row,
                       struct err *err)
{
    const struct value *word = call_value(call, "word");
    *row = word->given ? trace_row_at(fill->trace, word->position) : fill->story.row;
    if (*row != SIZE_MAX)
        return true;
    return err_set(err, ERR_NO_SUCH_WORD, "There is no word at position %d.",
                   word->position);
}

/* All typed words, or the chosen one alone where that is too much to send. */
static void offer_rows(struct call *call, struct evolveview *view, size_t row,
                       size_t strips)
{
    const struct stack *stack = &view->stack;
    size_t *rows = arena_new(call->arena, stack->n_rows, sizeof *rows);
    bool all = strips * stack->n_rows * stack->n_cols <= PAGE_WEIGHTS;
    for (size_t i = 0; i < stack->n_rows; i++) {
        if (i != row && (!all || stack->rows[i].special))
            continue;
        if (i == row)
            view->chosen = view->n_rows;
        rows[view->n_rows++] = i;
    }
    view->rows = rows;
}

static void choose_columns(struct call *call, struct evolveview *view)
{
    const struct stack *stack = &view->stack;
    const struct value *range = call_value(call, "cols");
    size_t *cols = arena_new(call->arena, stack->n_cols, sizeof *cols);
    size_t *rest = arena_new(call->arena, stack->n_cols, sizeof *rest);
    for (size_t j = 0; j < stack->n_cols; j++) {
        int position = stack->cols[j].position;
        bool hidden = call->settings.hide == HIDE_SPECIAL ||
                      (call->settings.hide == HIDE_FIRST && j == 0);
        if (stack->cols[j].special) {
            if (!hidden)
                rest[view->n_rest++] = j;
        } else if (!range->given ||
                   (position >= range->range.from && position <= range->range.to)) {
            cols[view->n_cols++] = j;
        }
    }
    view->cols = cols;
    view->rest = rest;
}

static void choose_values(struct call *call, struct evolveview *view)
{
    const struct value *values = call_value(call, "values");
    view->values = values->given ? values->on : view->n_cols <= NUMBERS_LEAST;
    if (!view->values || view->n_cols <= NUMBERS_MOST)
        return;
    view->values = false;
    call_note(call,
              "Numbers need room: up to %d words across. Some of them:  evolve cols "
              "0..%d values on%s",
              NUMBERS_MOST, NUMBERS_LEAST - 1, call_side(call));
}

/* ---- all of it ------------------------------------------------------------------- */

/* The strongest weight that any word on offer has in any strip. */
static float strongest(const struct evolveview *view)
{
    float most = 0;
    for (size_t k = 0; k < view->n; k++)
        for (size_t i = 0; i < view->n_rows; i++) {
            size_t row = view->rows[i];
            const float *weights =
                view->stack.slices[view->strips[k].row_slice[row]].weights +
                row * view->stack.n_cols;
            for (size_t j = 0; j < view->stack.n_cols; j++)
                most = fmaxf(most, weights[j]);
        }
    return most;
}

static void read_rows(struct evolve *evolve)
{
    const struct evolveview *view = &evolve->view;
    const struct stack *stack = &view->stack;
    for (size_t k = 0; k < view->n; k++) {
        struct evolve_row *row = &evolve->rows[k];
        const float *weights = evolveview_row(view, k);
        row->layer = evolveview_slice(view, k)->layer;
        row->head = evolveview_slice(view, k)->head;
        row->best = row->second = SIZE_MAX;
        for (size_t j = 0; j < stack->n_cols; j++) {
            if (stack->cols[j].special || !(weights[j] > 0))
                continue;
            if (row->best == SIZE_MAX || weights[j] > weights[row->best]) {
                row->second = row->best;
                row->best = j;
            } else if (row->second == SIZE_MAX || weights[j] > weights[row->second]) {
                row->second = j;
            }
        }
    }
}

/* Under norm all rows may be empty: then a head that brings something is named. */
static bool check_brings(struct call *call, const struct evolve *evolve, size_t row,
                         struct err *err)
{
    if (call->settings.measure != MEASURE_NORM)
        return true;
    for (size_t k = 0; k < evolve->view.n; k++)
        if (evolve->rows[k].best != SIZE_MAX)
            return true;
    return measured_brings_nothing(call, evolve->fill.trace, row, err);
}

bool evolve_gather(struct call *call, struct evolve *evolve, struct err *err)
{
    size_t row;
    *evolve = (struct evolve){.layer = PICK_ALL};
    struct evolveview *view = &evolve->view;
    if (!fill_begin(call, &evolve->fill, err) ||
        !choose_row(call, &evolve->fill, &row, err))
        return false;
    const struct trace *trace = evolve->fill.trace;
    const struct value *heads = call_value(call, "heads");
    size_t room = trace->L * trace->H + trace->L + (heads->given ? heads->n : 0);
    struct shelf shelf = {.call = call,
                          .evolve = evolve,
                          .trace = trace,
                          .row = row,
                          .slices = arena_new(call->arena, room, sizeof(struct slice)),
                          .slice_of = arena_new(call->arena, room, sizeof(size_t)),
                          .does = arena_new(call->arena, room, sizeof(char *)),
                          .strips = arena_new(call->arena, room, sizeof *shelf.strips)};
    evolve->rows = arena_new(call->arena, room, sizeof *evolve->rows);
    view->big = call->settings.big;
    view->stack = evolve->fill.stack;
    view->strips = shelf.strips;
    offer_rows(call, view, row, heads->given ? heads->n : trace->L);
    choose_columns(call, view);
    choose_values(call, view);
    if (!put_rows(&shelf, err))
        return false;
    view->stack.slices = shelf.slices;
    view->stack.n_slices = shelf.n;
    view->stack.start = view->strips[0].row_slice[row];
    float most = strongest(view);
    view->stack.most = most > 0 && most < FAINT ? most : 1;
    read_rows(evolve);
    return check_brings(call, evolve, row, err);
}
