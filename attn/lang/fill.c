#include "attn/lang/fill.h"

#include <stdint.h>
#include <string.h>

#include "attn/lang/measured.h"
#include "attn/lang/muted.h"
#include "attn/lang/pick.h"
#include "attn/render/stack.h"

const struct axis_token *fill_tokens(struct arena *arena, const struct token *tokens,
                                     size_t n)
{
    struct axis_token *axis = arena_new(arena, n, sizeof *axis);
    for (size_t i = 0; i < n; i++)
        axis[i] =
            (struct axis_token){.text = tokens[i].text,
                                .position = tokens[i].position,
                                .special = (tokens[i].flags & TOKEN_SPECIAL) != 0};
    return axis;
}

void fill_note_unknown(struct call *call, const struct fill *fill)
{
    if (fill->story.kind == STORY_UNKNOWN)
        call_note(call, "I only know English words; the heads that go by the place of "
                        "words still work.");
}

bool fill_begin(struct call *call, struct fill *fill, struct err *err)
{
    const struct trace *trace = call_trace(call, err);
    if (!trace)
        return false;
    *fill = (struct fill){.trace = trace, .layer = PICK_AUTO, .head = PICK_AUTO};
    fill->story = story_of(trace, call->arena);
    measured_begin(call, trace, &fill->story);
    bool apart = trace->attention == ATTENTION_CROSS;
    const struct axis_token *rows = fill_tokens(call->arena, trace->rows, trace->T);
    fill->stack = (struct stack){
        .rows = rows,
        .cols = apart ? fill_tokens(call->arena, trace->cols, trace->S) : rows,
        .n_rows = trace->T,
        .n_cols = trace->S,
        .causal = trace->causal,
        .apart = apart,
    };
    return true;
}

/* ---- slices */

struct shelf {
    struct call *call;
    struct fill *fill;
    struct slice *slices;
    size_t n;
    size_t *slice_of; /* [L*H] 1 + index of the slice of a head; 0: not there yet */
};

static struct shelf shelf_for(struct call *call, struct fill *fill, size_t more)
{
    const struct trace *trace = fill->trace;
    size_t room = trace->L * trace->H + more;
    return (struct shelf){
        .call = call,
        .fill = fill,
        .slices = arena_new(call->arena, room, sizeof(struct slice)),
        .slice_of = arena_new(call->arena, room, sizeof(size_t)),
    };
}

/* True where the head copies something from a resting place. */
static bool rest_tells(const struct trace *trace, size_t layer, size_t head)
{
    for (size_t j = 0; trace->value && j < trace->S; j++) {
        struct trace_at at = {layer, head, j};
        const float *value = trace_vector(trace, trace->value, trace->S, at);
        for (size_t d = 0; trace->cols[j].flags & TOKEN_SPECIAL && d < trace->D; d++)
            if (value[d] != 0)
                return true;
    }
    return false;
}

bool fill_slice(struct call *call, const struct trace *trace, size_t head,
                struct slice *slice, struct err *err)
{
    size_t l = head / trace->H, h = head % trace->H;
    const struct head_name *name = trace->heads ? &trace->heads[head] : NULL;
    *slice = (struct slice){.layer = (int)l, .head = (int)h};
    slice->name =
        name && name->name ? name->name : arena_print(call->arena, "L%zu-H%zu", l, h);
    slice->name = muted_name(&call->settings, head, slice->name, call->arena);
    slice->does = name ? name->does : NULL;
    slice->rest_tells = trace->heads && rest_tells(trace, l, h);
    slice->weights = measured_head(call, trace, l, h, err);
    return slice->weights != NULL;
}

/* The slice of a head, made at its first use. */
static bool put_head(struct shelf *shelf, size_t head, size_t *slice, struct err *err)
{
    if (shelf->slice_of[head] == 0) {
        if (!fill_slice(shelf->call, shelf->fill->trace, head, &shelf->slices[shelf->n],
                        err))
            return false;
        shelf->slice_of[head] = ++shelf->n;
    }
    *slice = shelf->slice_of[head] - 1;
    return true;
}

/* All heads in order, so that a page can switch. */
static bool put_all(struct shelf *shelf, struct err *err)
{
    size_t slice;
    for (size_t h = 0; h < shelf->fill->trace->L * shelf->fill->trace->H; h++)
        if (!put_head(shelf, h, &slice, err))
            return false;
    return true;
}

static bool all_fit(const struct fill *fill)
{
    const struct trace *trace = fill->trace;
    return trace->L * trace->H * trace->T * trace->S <= FILL_WEIGHTS;
}

/* Colours run to 1, but to the strongest weight where even that is small. */
static void finish(struct shelf *shelf)
{
    static const float FAINT = .5f;
    struct stack *stack = &shelf->fill->stack;
    stack->slices = shelf->slices;
    stack->n_slices = shelf->n;
    float strongest = stack_strongest(stack);
    stack->most = strongest > 0 && (strongest < FAINT || strongest > 1) ? strongest : 1;
}

/* What `hide` took away: a mean over the rows drawn, row i from head heads[i]. */
static void note_hidden(struct call *call, const struct fill *fill, const size_t *heads)
{
    const struct trace *trace = fill->trace;
    double removed = 0;
    size_t rows = 0;
    if (call->settings.hide == HIDE_NONE)
        return;
    for (size_t i = 0; i < trace->T; i++) {
        if (trace->rows[i].flags & TOKEN_SPECIAL)
            continue;
        removed += measured_removed(call, trace, heads[i], i);
        rows++;
    }
    call_note(
        call,
        "hide %s: %.2f of the weight (mean of the rows) lay there and was taken out; "
        "what is left was scaled up to 1.",
        call->settings.hide == HIDE_FIRST ? "first" : "special",
        rows ? removed / (double)rows : 0);
}

static bool show_head(struct shelf *shelf, struct head_ref ref, struct err *err)
{
    struct fill *fill = shelf->fill;
    size_t *heads = arena_new(shelf->call->arena, fill->trace->T, sizeof *heads);
    for (size_t i = 0; i < fill->trace->T; i++)
        heads[i] = ref.layer * fill->trace->H + ref.head;
    note_hidden(shelf->call, fill, heads);
    fill->layer = (int)ref.layer;
    fill->head = (int)ref.head;
    if (all_fit(fill) && !put_all(shelf, err))
        return false;
    if (!put_head(shelf, ref.layer * fill->trace->H + ref.head, &fill->stack.start,
                  err))
        return false;
    finish(shelf);
    return true;
}

/* The mean, the maximum, rollout: one slice that is no one head's. */
static bool show_made(struct shelf *shelf, struct err *err)
{
    struct slice *slice = &shelf->slices[shelf->n];
    *slice = (struct slice){.layer = -1, .head = -1};
    slice->weights = measured_made(shelf->call, shelf->fill->trace, &slice->name, err);
    if (!slice->weights)
        return false;
    const struct settings *settings = &shelf->call->settings;
    shelf->fill->layer = settings->layer.from >= 0 ? settings->layer.to : PICK_ALL;
    shelf->fill->head = measured_is_made(settings) ? PICK_MEAN : settings->head;
    shelf->fill->stack.start = shelf->n++;
    finish(shelf);
    return true;
}

/* Rows that each have their own head, in one slice: for sentences whose heads would be
 * too much to send. */
static bool merge_rows(struct shelf *shelf, const size_t *heads, struct err *err)
{
    const struct trace *trace = shelf->fill->trace;
    float *merged = arena_new(shelf->call->arena, trace->T * trace->S, sizeof *merged);
    size_t slice;
    for (size_t i = 0; i < trace->T; i++) {
        if (!put_head(shelf, heads[i], &slice, err))
            return false;
        memcpy(merged + i * trace->S, shelf->slices[slice].weights + i * trace->S,
               trace->S * sizeof *merged);
    }
    shelf->slices[0] = (struct slice){.layer = -1,
                                      .head = -1,
                                      .name = "each row from its own head",
                                      .weights = merged};
    shelf->n = 1;
    shelf->fill->stack.start = 0;
    finish(shelf);
    return true;
}

/* How many heads speak in `heads` [T]. */
static size_t speakers(const struct fill *fill, const size_t *heads,
                       struct arena *arena)
{
    size_t n = 0;
    bool *seen = arena_new(arena, fill->trace->L * fill->trace->H, sizeof *seen);
    for (size_t i = 0; i < fill->trace->T; i++) {
        n += !seen[heads[i]];
        seen[heads[i]] = true;
    }
    return n;
}

static bool rows_fit(const struct fill *fill, const size_t *heads, struct arena *arena)
{
    size_t n = speakers(fill, heads, arena);
    return all_fit(fill) || n * fill->trace->T * fill->trace->S <= FILL_WEIGHTS;
}

static bool show_rows(struct shelf *shelf, const size_t *heads, struct err *err)
{
    struct fill *fill = shelf->fill;
    const struct trace *trace = fill->trace;
    fill->row_head = heads;
    note_hidden(shelf->call, fill, heads);
    if (!rows_fit(fill, heads, shelf->call->arena))
        return merge_rows(shelf, heads, err);
    if (all_fit(fill) && !put_all(shelf, err))
        return false;
    size_t *row_slice = arena_new(shelf->call->arena, trace->T, sizeof *row_slice);
    for (size_t i = 0; i < trace->T; i++)
        if (!put_head(shelf, heads[i], &row_slice[i], err))
            return false;
    fill->stack.row_slice = row_slice;
    fill->stack.start = row_slice[fill->story.row];
    finish(shelf);
    return true;
}

/* ---- what commands ask for */

static bool choose_rows(struct call *call, struct fill *fill, struct err *err)
{
    struct head_ref ref;
    if (!fill_begin(call, fill, err))
        return false;
    struct shelf shelf = shelf_for(call, fill, 1);
    if (measured_is_made(&call->settings))
        return show_made(&shelf, err);
    if (pick_is_auto(call))
        return show_rows(&shelf, fill->story.row_head, err);
    if (!pick_head(call, fill->trace, SIZE_MAX, &ref))
        return show_made(&shelf, err);
    return show_head(&shelf, ref, err);
}

static bool choose_word(struct call *call, const struct value *word, struct fill *fill,
                        size_t *row, struct err *err)
{
    struct head_ref ref;
    if (!fill_begin(call, fill, err))
        return false;
    const struct trace *trace = fill->trace;
    bool named = word && word->given;
    *row = named ? trace_row_at(trace, word->position) : fill->story.row;
    if (*row == SIZE_MAX)
        return err_set(err, ERR_NO_SUCH_WORD, "There is no word at position %d.",
                       word->position);
    struct shelf shelf = shelf_for(call, fill, 1);
    if (measured_is_made(&call->settings))
        return show_made(&shelf, err);
    if (!pick_is_auto(call))
        return pick_head(call, trace, *row, &ref) ? show_head(&shelf, ref, err)
                                                  : show_made(&shelf, err);
    size_t *heads = arena_new(call->arena, trace->T, sizeof *heads);
    memcpy(heads, fill->story.row_head, trace->T * sizeof *heads);
    ref = (struct head_ref){fill->story.layer, fill->story.head};
    if (call->settings.measure == MEASURE_NORM)
        ref = (struct head_ref){heads[*row] / trace->H, heads[*row] % trace->H};
    else if (named)
        story_head_for(trace, *row, &ref.layer, &ref.head);
    heads[*row] = ref.layer * trace->H + ref.head;
    if (!rows_fit(fill, heads, call->arena))
        return show_head(&shelf, ref, err);
    if (!show_rows(&shelf, heads, err))
        return false;
    fill->layer = (int)ref.layer;
    fill->head = (int)ref.head;
    return true;
}

/* Lengths may be 0, of a row or throughout, where a head copies nothing. */
static bool check_brings(struct call *call, const struct fill *fill, size_t row,
                         float most, struct err *err)
{
    if (call->settings.measure != MEASURE_NORM || most > 0)
        return true;
    return measured_brings_nothing(call, fill->trace, row, err);
}

static float row_strongest(const struct stack *stack, size_t row)
{
    size_t best;
    const float *weights = stack_row(stack, row);
    return stack_top(weights, stack->n_cols, 1, &best) ? weights[best] : 0;
}

bool fill_rows(struct call *call, struct fill *fill, struct err *err)
{
    return choose_rows(call, fill, err) &&
           check_brings(call, fill, fill->story.row, stack_strongest(&fill->stack),
                        err);
}

bool fill_word(struct call *call, const struct value *word, struct fill *fill,
               size_t *row, struct err *err)
{
    return choose_word(call, word, fill, row, err) &&
           check_brings(call, fill, *row, row_strongest(&fill->stack, *row), err);
}

bool fill_is_several(const struct call *call)
{
    const struct settings *settings = &call->settings;
    if (measured_is_made(settings))
        return false;
    return call_value(call, "heads")->given || settings->head == PICK_ALL ||
           settings->layer.from == PICK_ALL ||
           settings->layer.from < settings->layer.to;
}

static bool put_range(struct shelf *shelf, struct err *err)
{
    const struct trace *trace = shelf->fill->trace;
    const struct settings *settings = &shelf->call->settings;
    size_t slice;
    for (size_t l = 0; l < trace->L; l++) {
        if (settings->layer.from >= 0 &&
            ((size_t)settings->layer.from > l || (size_t)settings->layer.to < l))
            continue;
        for (size_t h = 0; h < trace->H; h++)
            if ((settings->head < 0 || (size_t)settings->head == h) &&
                !put_head(shelf, l * trace->H + h, &slice, err))
                return false;
    }
    return true;
}

bool fill_several(struct call *call, struct fill *fill, struct err *err)
{
    const struct value *heads = call_value(call, "heads");
    if (!fill_begin(call, fill, err))
        return false;
    struct shelf shelf = shelf_for(call, fill, 0);
    size_t slice;
    for (size_t k = 0; heads->given && k < heads->n; k++)
        if (!put_head(&shelf,
                      heads->heads[k].layer * fill->trace->H + heads->heads[k].head,
                      &slice, err))
            return false;
    if (!heads->given && !put_range(&shelf, err))
        return false;
    fill->layer = call->settings.layer.from == call->settings.layer.to
                      ? call->settings.layer.from
                      : PICK_ALL;
    fill->layer = fill->layer == PICK_AUTO ? PICK_ALL : fill->layer;
    fill->head = call->settings.head == PICK_AUTO ? PICK_ALL : call->settings.head;
    fill->stack.start = 0;
    finish(&shelf);
    return true;
}
