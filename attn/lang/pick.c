#include "attn/lang/pick.h"

#include <stdint.h>

#include "attn/analyse/story.h"
#include "attn/lang/words.h"

static float head_rests(const struct trace *trace, size_t layer, size_t head)
{
    float sum = 0;
    for (size_t i = 0; i < trace->T; i++) {
        const float *row = trace_row(trace, layer, head, i);
        for (size_t j = 0; j < trace->S && !(trace->rows[i].flags & TOKEN_SPECIAL); j++)
            sum += trace->cols[j].flags & TOKEN_SPECIAL ? row[j] : 0;
    }
    return sum;
}

static float row_rests(const struct trace *trace, size_t layer, size_t head, size_t row)
{
    const float *weights = trace_row(trace, layer, head, row);
    float sum = 0;
    for (size_t j = 0; j < trace->S; j++)
        sum += trace->cols[j].flags & TOKEN_SPECIAL ? weights[j] : 0;
    return sum;
}

/* Of the heads that agree with what was given (layer or head, the other on auto) the
 * one that rests least, in `row` or (SIZE_MAX) in all. */
static struct head_ref least_resting(const struct trace *trace,
                                     const struct settings *settings, size_t row)
{
    struct head_ref best = {0, 0};
    float least = -1;
    for (size_t l = 0; l < trace->L; l++) {
        if (settings->layer.from >= 0 && (size_t)settings->layer.from != l)
            continue;
        for (size_t h = 0; h < trace->H; h++) {
            if (settings->head >= 0 && (size_t)settings->head != h)
                continue;
            float rests =
                row == SIZE_MAX ? head_rests(trace, l, h) : row_rests(trace, l, h, row);
            if (least < 0 || rests < least) {
                least = rests;
                best = (struct head_ref){l, h};
            }
        }
    }
    return best;
}

bool pick_is_auto(const struct call *call)
{
    const struct model_info *info = model_info(call_model(call));
    return call->settings.layer.from == PICK_AUTO && call->settings.head == PICK_AUTO &&
           info->L * info->H > 1;
}

const char *pick_line(const struct call *call, const struct trace *trace, size_t row)
{
    int position = row == SIZE_MAX ? -1 : trace->rows[row].position;
    if (position < 0)
        return call->command->name;
    return arena_print(call->arena, "%s %s", call->command->name,
                       word_typed(call_rows(call), position, call->arena));
}

bool pick_head(struct call *call, const struct trace *trace, size_t row,
               struct head_ref *ref)
{
    const struct settings *settings = &call->settings;
    if (settings->layer.from >= 0 && settings->head >= 0) {
        *ref = (struct head_ref){(size_t)settings->layer.from, (size_t)settings->head};
        return true;
    }
    if (settings->head == PICK_MEAN || settings->head == PICK_MAX)
        return false;
    if (trace->L * trace->H == 1) { /* there is no other */
        *ref = (struct head_ref){0, 0};
        return true;
    }
    if (settings->layer.from >= 0 && row != SIZE_MAX) {
        ref->layer = (size_t)settings->layer.from;
        ref->head = story_head_in_layer(trace, ref->layer, row);
    } else {
        *ref = least_resting(trace, settings, row);
    }
    const char *name =
        trace->heads ? trace->heads[ref->layer * trace->H + ref->head].name : NULL;
    call_note(call,
              settings->layer.from >= 0
                  ? "Layer %zu: head %zu%s%s%s has most to say here. Another one:  "
                    "%s layer %zu head %zu"
                  : "Layer %zu is where head %zu%s%s%s has most to say. Another one:  "
                    "%s layer %zu head %zu",
              ref->layer, ref->head, name ? " (" : "", name ? name : "",
              name ? ")" : "", pick_line(call, trace, row),
              settings->head >= 0 ? (ref->layer + 1) % trace->L : ref->layer,
              settings->head >= 0 ? ref->head : (ref->head + 1) % trace->H);
    return true;
}
