#include "attn/lang/measured.h"

#include <math.h>
#include <string.h>

#include "attn/analyse/maxflow.h"
#include "attn/analyse/norm.h"
#include "attn/analyse/rollout.h"
#include "attn/analyse/shares.h"
#include "attn/lang/commands.h"

bool measured_is_made(const struct settings *settings)
{
    return settings->measure == MEASURE_ROLLOUT || settings->measure == MEASURE_MAXFLOW;
}

/* ---- what the measure means */

static const char *measure_name(const struct settings *settings)
{
    static const char *const names[] = {"weight", "norm", "rollout", "maxflow"};
    return names[settings->measure];
}

/* The last layer that rollout and maxflow go through. */
static size_t last_layer(const struct settings *settings, const struct trace *trace)
{
    return settings->layer.to >= 0 ? (size_t)settings->layer.to : trace->L - 1;
}

static void note_made(struct call *call, const struct trace *trace)
{
    const struct settings *settings = &call->settings;
    bool rollout = settings->measure == MEASURE_ROLLOUT;
    size_t last = last_layer(settings, trace);
    call_note(call,
              rollout
                  ? "rollout: where what a word holds after layer %zu can have come "
                    "from. In each layer half of it is kept and half comes from "
                    "where the heads look (their mean)."
                  : "maxflow: how much can run from a word after layer %zu down to "
                    "each input word, with the weights (mean of the heads, half of "
                    "each word kept) as pipes; then each row is scaled to 1.",
              last);
    if (settings->head != PICK_AUTO || call_value(call, "heads")->given)
        call_note(call,
                  "%s takes all heads of a layer together, so the head is ignored.",
                  measure_name(settings));
    if (trace->causal)
        call_note(call,
                  "With a causal mask all paths end at early words, so %s favours them "
                  "whatever the sentence says.",
                  measure_name(settings));
}

static void note_norm(struct call *call)
{
    call_note(
        call,
        "norm: each weight times the length of what it brings (value · W_O), as "
        "shares: each row is scaled to 1. A row to which nothing is brought stays "
        "empty.");
    if (call->settings.head == PICK_MEAN)
        call_note(call, "The lengths are added head by head; brought together, what "
                        "heads bring can also cancel.");
}

/* Under norm a story head that copies nothing has nothing to show. */
static void heads_that_bring(const struct trace *trace, struct story *story)
{
    for (size_t i = 0; i < trace->T; i++)
        story->row_head[i] = norm_head_for(trace, i);
    story->layer = story->row_head[story->row] / trace->H;
    story->head = story->row_head[story->row] % trace->H;
}

void measured_begin(struct call *call, const struct trace *trace, struct story *story)
{
    struct settings *settings = &call->settings;
    if (settings->measure == MEASURE_WEIGHT)
        return;
    if (!command_draws_measures(call->command)) {
        call_note(
            call,
            "%s speaks of the weights themselves; measure %s is for look, heatmap, "
            "flow and evolve.",
            call->command->name, measure_name(settings));
        settings->measure = MEASURE_WEIGHT;
    } else if (settings->measure == MEASURE_NORM) {
        note_norm(call);
        heads_that_bring(trace, story);
    } else {
        note_made(call, trace);
    }
}

bool measured_brings_nothing(const struct call *call, const struct trace *trace,
                             size_t row, struct err *err)
{
    size_t head = norm_head_for(trace, row), layer = head / trace->H;
    head %= trace->H;
    err_set(err, ERR_UNSUITED,
            "Every length is 0 here: these heads only look, they copy nothing, so "
            "nothing arrives however they weigh.");
    if (!(norm_from_words(trace, layer, head, row) > 0))
        return err_try(err, "Try:", "%s measure weight", call->command->name);
    if (trace->rows[row].position < 0 || !call_value(call, "word")->given)
        return err_try(err, "Try:", "%s layer %zu head %zu measure norm",
                       call->command->name, layer, head);
    return err_try(err, "Try:", "%s @%d layer %zu head %zu measure norm",
                   call->command->name, trace->rows[row].position, layer, head);
}

/* ---- hide */

bool measured_hides(const struct settings *settings, const struct trace *trace,
                    size_t col)
{
    if (settings->hide == HIDE_FIRST)
        return col == 0;
    return settings->hide == HIDE_SPECIAL && trace->cols[col].flags & TOKEN_SPECIAL;
}

/* Takes the hidden columns out of a row and scales the rest up to what the row had;
 * returns the share taken out. A row that lies on them wholly stays empty. */
static double hide_in_row(const struct settings *settings, const struct trace *trace,
                          float *row)
{
    static const double NOTHING = 1e-6;
    double all = 0, kept = 0;
    for (size_t j = 0; j < trace->S; j++) {
        all += (double)row[j];
        if (measured_hides(settings, trace, j))
            row[j] = 0;
        kept += (double)row[j];
    }
    for (size_t j = 0; j < trace->S; j++)
        row[j] = kept > NOTHING ? (float)((double)row[j] / kept * all) : 0;
    return all - kept;
}

static double hide_in(const struct call *call, const struct trace *trace, float *made)
{
    double removed = 0;
    size_t words = 0;
    for (size_t i = 0; i < trace->T; i++) {
        double share = hide_in_row(&call->settings, trace, made + i * trace->S);
        bool word = !(trace->rows[i].flags & TOKEN_SPECIAL);
        removed += word ? share : 0;
        words += word;
    }
    return words ? removed / (double)words : 0;
}

/* A row of a head under the measure, before anything is hidden. */
static void measure_row(const struct call *call, const struct trace *trace, size_t head,
                        size_t row, float *to)
{
    size_t l = head / trace->H, h = head % trace->H;
    if (call->settings.measure == MEASURE_NORM) {
        norm_row(trace, l, h, row, to);
        shares_of(to, trace->S);
        return;
    }
    memcpy(to, trace_row(trace, l, h, row), trace->S * sizeof *to);
}

double measured_removed(const struct call *call, const struct trace *trace, size_t head,
                        size_t row)
{
    float *to = arena_new(call->arena, trace->S, sizeof *to);
    measure_row(call, trace, head, row, to);
    return hide_in_row(&call->settings, trace, to);
}

/* ---- one head */

const float *measured_head(struct call *call, const struct trace *trace, size_t layer,
                           size_t head, struct err *err)
{
    const struct settings *settings = &call->settings;
    if (call->stop && atomic_load(call->stop)) {
        err_set(err, ERR_INTERRUPTED, "Interrupted.");
        return NULL;
    }
    if (settings->hide == HIDE_NONE && settings->measure != MEASURE_NORM)
        return trace_head(trace, layer, head);
    float *to = arena_new(call->arena, trace->T * trace->S, sizeof *to);
    for (size_t i = 0; i < trace->T; i++)
        measure_row(call, trace, layer * trace->H + head, i, to + i * trace->S);
    if (settings->hide != HIDE_NONE)
        hide_in(call, trace, to);
    return to;
}

/* ---- several heads as one */

static void gather(float *to, const float *from, size_t n, bool max)
{
    for (size_t k = 0; k < n; k++)
        to[k] = max ? fmaxf(to[k], from[k]) : to[k] + from[k];
}

/* Lengths are gathered as they are; only what comes of them is scaled to shares. */
static void gather_head(const struct call *call, const struct trace *trace, size_t head,
                        float *row, float *made)
{
    bool norm = call->settings.measure == MEASURE_NORM;
    for (size_t i = 0; i < trace->T; i++) {
        const float *from = trace_row(trace, head / trace->H, head % trace->H, i);
        if (norm)
            norm_row(trace, head / trace->H, head % trace->H, i, row);
        gather(made + i * trace->S, norm ? row : from, trace->S,
               call->settings.head == PICK_MAX);
    }
}

/* The mean or maximum over the heads of the layers that the settings name. */
static float *mean_or_max(struct call *call, const struct trace *trace, size_t *heads)
{
    const struct settings *settings = &call->settings;
    size_t n = trace->T * trace->S;
    float *made = arena_new(call->arena, n, sizeof *made);
    float *row = arena_new(call->arena, trace->S, sizeof *row);
    *heads = 0;
    for (size_t k = 0; k < trace->L * trace->H; k++) {
        int layer = (int)(k / trace->H);
        if (settings->layer.from >= 0 &&
            (settings->layer.from > layer || settings->layer.to < layer))
            continue;
        gather_head(call, trace, k, row, made);
        ++*heads;
    }
    for (size_t k = 0; k < n && settings->head != PICK_MAX; k++)
        made[k] /= (float)*heads;
    for (size_t i = 0; i < trace->T && settings->measure == MEASURE_NORM; i++)
        shares_of(made + i * trace->S, trace->S);
    return made;
}

static float *heads_as_one(struct call *call, const struct trace *trace,
                           const char **name)
{
    const struct settings *settings = &call->settings;
    size_t heads;
    float *made = mean_or_max(call, trace, &heads);
    const char *what = settings->head == PICK_MAX ? "maximum" : "mean";
    *name = settings->layer.from >= 0 && settings->layer.from == settings->layer.to
                ? arena_print(call->arena, "%s of the %zu heads of layer %d", what,
                              heads, settings->layer.from)
                : arena_print(call->arena, "%s of %zu heads", what, heads);
    if (settings->head == PICK_MAX && settings->measure == MEASURE_WEIGHT)
        call_note(call,
                  "The largest weight of any head in each cell: rows need not add "
                  "up to 1.");
    return made;
}

static float *accumulated(struct call *call, const struct trace *trace,
                          const char **name, struct err *err)
{
    const struct settings *settings = &call->settings;
    size_t last = last_layer(settings, trace);
    float *made = arena_new(call->arena, trace->T * trace->S, sizeof *made);
    bool rollout = settings->measure == MEASURE_ROLLOUT;
    bool done = rollout ? rollout_upto(trace, last, call->stop, made, err)
                        : maxflow_upto(trace, last, call->stop, made, err);
    if (!done) {
        err_try(err, "Try:", "%s measure %s", call->command->name,
                err->code == ERR_TOO_LARGE ? "rollout" : "weight");
        return NULL;
    }
    for (size_t i = 0; i < trace->T && !rollout; i++)
        shares_of(made + i * trace->S, trace->S);
    *name = arena_print(call->arena, "%s through layers 0 to %zu",
                        measure_name(settings), last);
    return made;
}

const float *measured_made(struct call *call, const struct trace *trace,
                           const char **name, struct err *err)
{
    float *made = measured_is_made(&call->settings)
                      ? accumulated(call, trace, name, err)
                      : heads_as_one(call, trace, name);
    if (!made || call->settings.hide == HIDE_NONE)
        return made;
    call_note(call,
              "hide %s: %.2f of each row (mean of the rows) lay there and was taken "
              "out; what is left was scaled up.",
              call->settings.hide == HIDE_FIRST ? "first" : "special",
              hide_in(call, trace, made));
    return made;
}
