#include "attn/lang/measured.h"

#include <math.h>
#include <string.h>

bool measured_hides(const struct settings *settings, const struct trace *trace,
                    size_t col)
{
    if (settings->hide == HIDE_FIRST)
        return col == 0;
    return settings->hide == HIDE_SPECIAL && trace->cols[col].flags & TOKEN_SPECIAL;
}

/* Takes the hidden columns out of a row and scales the rest up to what the row had. A
 * row that lies on them wholly stays empty. */
static void hide_in_row(const struct settings *settings, const struct trace *trace,
                        float *row)
{
    static const double NOTHING = 1e-6;
    double all = 0, kept = 0;
    for (size_t j = 0; j < trace->S; j++) {
        all += row[j];
        if (measured_hides(settings, trace, j))
            row[j] = 0;
        kept += row[j];
    }
    for (size_t j = 0; j < trace->S; j++)
        row[j] = kept > NOTHING ? (float)(row[j] / kept * all) : 0;
}

static float *hidden(const struct call *call, const struct trace *trace, float *weights)
{
    for (size_t i = 0; i < trace->T; i++)
        hide_in_row(&call->settings, trace, weights + i * trace->S);
    return weights;
}

const float *measured_head(struct call *call, const struct trace *trace, size_t layer,
                           size_t head, struct err *err)
{
    const float *weights = trace_head(trace, layer, head);
    if (call->stop && atomic_load(call->stop)) {
        err_set(err, ERR_INTERRUPTED, "Interrupted.");
        return NULL;
    }
    if (call->settings.hide == HIDE_NONE)
        return weights;
    float *copy = arena_new(call->arena, trace->T * trace->S, sizeof *copy);
    memcpy(copy, weights, trace->T * trace->S * sizeof *copy);
    return hidden(call, trace, copy);
}

bool measured_is_made(const struct settings *settings)
{
    return settings->measure == MEASURE_ROLLOUT || settings->measure == MEASURE_MAXFLOW;
}

static void gather(float *to, const float *from, size_t n, bool max)
{
    for (size_t k = 0; k < n; k++)
        to[k] = max ? fmaxf(to[k], from[k]) : to[k] + from[k];
}

/* The mean or maximum over the heads of the layers that the settings name. */
static float *mean_or_max(struct call *call, const struct trace *trace, size_t *heads)
{
    const struct settings *settings = &call->settings;
    size_t n = trace->T * trace->S;
    float *made = arena_new(call->arena, n, sizeof *made);
    *heads = 0;
    for (size_t l = 0; l < trace->L; l++) {
        if (settings->layer.from >= 0 &&
            ((size_t)settings->layer.from > l || (size_t)settings->layer.to < l))
            continue;
        for (size_t h = 0; h < trace->H; h++, ++*heads)
            gather(made, trace_head(trace, l, h), n, settings->head == PICK_MAX);
    }
    for (size_t k = 0; k < n && settings->head != PICK_MAX; k++)
        made[k] /= (float)*heads;
    return made;
}

const float *measured_made(struct call *call, const struct trace *trace,
                           const char **name, struct err *err)
{
    const struct settings *settings = &call->settings;
    size_t heads;
    if (measured_is_made(settings)) {
        err_set(err, ERR_UNSUITED, "This version draws weights only.");
        err_try(err, "Try:", "%s measure weight", call->command->name);
        return NULL;
    }
    float *made = mean_or_max(call, trace, &heads);
    const char *what = settings->head == PICK_MAX ? "maximum" : "mean";
    *name = settings->layer.from >= 0 && settings->layer.from == settings->layer.to
                ? arena_print(call->arena, "%s of the %zu heads of layer %d", what,
                              heads, settings->layer.from)
                : arena_print(call->arena, "%s of %zu heads", what, heads);
    if (settings->head == PICK_MAX)
        call_note(call,
                  "The largest weight of any head in each cell: rows need not add "
                  "up to 1.");
    return settings->hide == HIDE_NONE ? made : hidden(call, trace, made);
}
