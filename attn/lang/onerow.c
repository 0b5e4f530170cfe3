#include "attn/lang/onerow.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "attn/lang/fill.h"
#include "attn/lang/state.h"
#include "attn/lang/words.h"
#include "attn/render/stack.h"

enum { SMALL_WORDS = 8, SMALL_NUMBERS = 8 };

static const double *widened(struct arena *arena, const float *from, size_t n,
                             double factor)
{
    double *to = arena_new(arena, n, sizeof *to);
    for (size_t i = 0; i < n; i++)
        to[i] = factor * (double)from[i];
    return to;
}

static const double *vector(const struct onerow *row, const float *vectors, size_t n,
                            size_t token)
{
    struct trace_at at = {row->layer, row->head, token};
    return widened(row->call->arena, trace_vector(row->trace, vectors, n, at),
                   row->trace->D, 1);
}

/* Where a projection reads: of the row's own stream, or of the other model's. */
static bool reads_source(const struct onerow *row, enum projection which)
{
    return row->trace->source && which != PROJECT_QUERY;
}

struct onerow_source onerow_source(const struct onerow *row, enum projection which)
{
    const struct trace *trace = row->trace;
    bool other = reads_source(row, which);
    size_t width = other ? trace->source_C : trace->C;
    const float *x = other ? trace->source + row->partner * width
                           : trace->hidden + (row->layer * trace->T + row->row) * width;
    return (struct onerow_source){.x = widened(row->call->arena, x, width, 1),
                                  .width = width,
                                  .names =
                                      other ? trace->source_names : trace->dim_names};
}

const double *onerow_in_keys(const struct onerow *row, const size_t *cols, size_t n)
{
    const struct trace *trace = row->trace;
    bool other = reads_source(row, PROJECT_KEY);
    size_t width = other ? trace->source_C : trace->C;
    const float *streams =
        other ? trace->source : trace->hidden + row->layer * trace->T * width;
    double *sum = arena_new(row->call->arena, width, sizeof *sum);
    for (size_t k = 0; k < n; k++)
        for (size_t c = 0; c < width; c++)
            sum[c] += fabs((double)streams[cols[k] * width + c]);
    return sum;
}

const double *onerow_key(const struct onerow *row, size_t col)
{
    return vector(row, row->trace->key, row->trace->S, col);
}

const double *onerow_value(const struct onerow *row, size_t col)
{
    return vector(row, row->trace->value, row->trace->S, col);
}

/* ---- opening */

static void read_query_row(struct onerow *row)
{
    const struct trace *trace = row->trace;
    struct trace_at at = {row->layer, row->head, row->row};
    row->query =
        widened(row->call->arena, trace_vector(trace, trace->query, trace->T, at),
                trace->D, trace_gain(trace, row->layer, row->head));
    row->by_hand = row->call->settings.query.position >= 0 &&
                   row->call->settings.query.position == trace->rows[row->row].position;
}

static void read_scores(struct onerow *row)
{
    const struct trace *trace = row->trace;
    struct arena *arena = row->call->arena;
    double *scores = arena_new(arena, trace->S, sizeof *scores);
    double *scaled = arena_new(arena, trace->S, sizeof *scaled);
    bool *masked = arena_new(arena, trace->S, sizeof *masked);
    struct score_at at = {row->layer, row->head, row->row, 0};
    model_scores(call_model(row->call), trace, at, scores);
    for (size_t j = 0; j < trace->S; j++) {
        scaled[j] = scores[j] * trace->score_scale;
        masked[j] = trace->causal && j > row->row;
    }
    row->scores = scores;
    row->scaled = scaled;
    row->masked = masked;
}

static void read_output(struct onerow *row)
{
    const struct trace *trace = row->trace;
    double *output = arena_new(row->call->arena, trace->D, sizeof *output);
    row->weights =
        widened(row->call->arena, trace_row(trace, row->layer, row->head, row->row),
                trace->S, 1);
    for (size_t j = 0; j < trace->S; j++) {
        struct trace_at at = {row->layer, row->head, j};
        const float *value = trace_vector(trace, trace->value, trace->S, at);
        for (size_t d = 0; d < trace->D; d++)
            output[d] += row->weights[j] * (double)value[d];
    }
    row->output = output;
}

static bool read_projections(struct onerow *row, struct err *err)
{
    for (int which = PROJECT_QUERY; which <= PROJECT_VALUE; which++) {
        struct projection_at at = {row->layer, row->head, (enum projection)which};
        if (!model_projection(call_model(row->call), row->trace, at, row->call->arena,
                              &row->W[which], err))
            return false;
    }
    row->place_numbers =
        model_place_numbers(call_model(row->call), row->trace, row->layer, row->head);
    return true;
}

static bool one_head_only(struct call *call, const struct fill *fill, struct err *err)
{
    err_set(err, ERR_UNSUITED, "%s follows one head at a time.", call->command->name);
    return err_try(err, "Try:", "%s layer %zu head %zu", call->command->name,
                   fill->story.layer, fill->story.head);
}

bool onerow_open(struct call *call, const struct value *word, struct onerow *row,
                 struct err *err)
{
    struct fill fill;
    if (call->settings.hide != HIDE_NONE)
        call_note(call, "hide changes no number here: this is what the head computes.");
    call->settings.hide = HIDE_NONE;
    *row = (struct onerow){.call = call};
    if (!fill_word(call, word, &fill, &row->row, err))
        return false;
    if (fill.layer < 0 || fill.head < 0 || fill_is_several(call))
        return one_head_only(call, &fill, err);
    row->trace = fill.trace;
    row->cols = fill.stack.cols;
    row->layer = (size_t)fill.layer;
    row->head = (size_t)fill.head;
    row->word = stack_word(call->arena, fill.stack.rows, fill.stack.n_rows, row->row);
    const char *name = stack_slice(&fill.stack, row->row)->name;
    bool only = row->trace->L * row->trace->H == 1;
    row->where = only ? ""
                      : arena_print(call->arena, " (layer %zu head %zu, %s)",
                                    row->layer, row->head, name);
    int position = row->trace->rows[row->row].position;
    const char *typed =
        position < 0 ? "" : word_typed(call_rows(call), position, call->arena);
    row->line = only ? typed
                     : arena_print(call->arena, "%s layer %zu head %zu%s", typed,
                                   row->layer, row->head, call_side(call));
    row->small = row->trace->S <= SMALL_WORDS && row->trace->D <= SMALL_NUMBERS;
    read_query_row(row);
    read_scores(row);
    read_output(row);
    row->partner = row->row;
    if (row->trace->source)
        onerow_top(row, 1, &row->partner);
    return read_projections(row, err);
}

/* ---- reading */

size_t onerow_top(const struct onerow *row, size_t most, size_t *top)
{
    size_t S = row->trace->S, n = 0;
    for (; n < most; n++) {
        size_t best = SIZE_MAX;
        for (size_t j = 0; j < S; j++) {
            bool taken = row->masked[j];
            for (size_t i = 0; i < n; i++)
                taken = taken || top[i] == j;
            if (!taken && (best == SIZE_MAX || row->weights[j] > row->weights[best]))
                best = j;
        }
        if (best == SIZE_MAX)
            break;
        top[n] = best;
    }
    return n;
}

const char *onerow_label(const struct onerow *row, size_t col)
{
    if (row->cols[col].special)
        return arena_print(row->call->arena, "%s (resting place)", row->cols[col].text);
    return stack_word(row->call->arena, row->cols, row->trace->S, col);
}

static const char *nth(struct arena *arena, size_t d)
{
    const char *end = d % 10 == 0 && d % 100 != 10   ? "st"
                      : d % 10 == 1 && d % 100 != 11 ? "nd"
                      : d % 10 == 2 && d % 100 != 12 ? "rd"
                                                     : "th";
    return arena_print(arena, "%zu%s number", d + 1, end);
}

/* The value of the stream that does most for number `d`, but for those of `skip`
 * (SIZE_MAX: none). */
static size_t main_part(const struct onerow *row, enum projection which,
                        const double *x, size_t d, const size_t skip[2])
{
    size_t width = reads_source(row, which) ? row->trace->source_C : row->trace->C;
    const double *W = row->W[which];
    size_t best = SIZE_MAX;
    double most = 1e-9;
    for (size_t c = 0; c < width; c++) {
        double part = fabs(W[c * row->trace->D + d] * (x ? x[c] : 1));
        if (c == skip[0] || c == skip[1] || part <= most)
            continue;
        most = part;
        best = c;
    }
    return best;
}

const char *onerow_name(const struct onerow *row, enum projection which,
                        const double *x, size_t d)
{
    const char *const *names =
        reads_source(row, which) ? row->trace->source_names : row->trace->dim_names;
    struct arena *arena = row->call->arena;
    if (!names)
        return nth(arena, d);
    size_t main[] = {SIZE_MAX, SIZE_MAX};
    main[0] = main_part(row, which, x, d, main);
    if (main[0] == SIZE_MAX)
        return nth(arena, d);
    main[1] = main_part(row, which, x, d, main);
    if (main[1] == SIZE_MAX)
        return names[main[0]];
    bool more = main_part(row, which, x, d, main) != SIZE_MAX;
    return arena_print(arena, "%s, %s%s", names[main[0]], names[main[1]],
                       more ? " …" : "");
}

const char *onerow_mark(enum projection which)
{
    static const char *const marks[] = {"▲ q", "■ k", "● v"};
    return marks[which];
}

struct cell onerow_head(enum projection which, const char *text)
{
    static const enum ink inks[] = {INK_QUERY, INK_KEY, INK_VALUE};
    return (struct cell){
        .text = text, .header = true, .strong = true, .fill = {inks[which], .35f}};
}

const char *onerow_scale(const struct onerow *row)
{
    const struct settings *settings = &row->call->settings;
    struct arena *arena = row->call->arena;
    const char *root =
        settings->scale ? arena_print(arena, "÷ √%zu", row->trace->D) : "not scaled";
    if (settings->temperature == 1)
        return root;
    return arena_print(arena, "%s ÷ %g", settings->scale ? root : "score",
                       settings->temperature);
}
