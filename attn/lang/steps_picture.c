/* steps_picture.c - the sum of the five steps: scores, and the shares they became. */
#include <math.h>

#include "attn/lang/numbers.h"
#include "attn/lang/steps.h"
#include "attn/render/bars.h"

static struct bars_column column_of(const struct steps *steps, const char *heading,
                                    const double *numbers, int places)
{
    struct arena *arena = steps->row.call->arena;
    double *values = arena_new(arena, steps->n_top, sizeof *values);
    const char **texts = arena_new(arena, steps->n_top, sizeof *texts);
    for (size_t k = 0; k < steps->n_top; k++) {
        size_t col = steps->top[k];
        values[k] = steps->row.masked[col] ? NAN : numbers[col];
        texts[k] = steps->row.masked[col] ? "hidden"
                   : places < 0           ? number_plain(arena, numbers[col], 6)
                                          : number_fixed(arena, numbers[col], places);
    }
    return (struct bars_column){.heading = heading, .values = values, .texts = texts};
}

const struct scene *steps_picture(const struct steps *steps)
{
    const struct onerow *row = &steps->row;
    const char **names = arena_new(row->call->arena, steps->n_top, sizeof *names);
    struct bars bars = {
        .big = row->call->settings.big, .names = names, .n = steps->n_top};
    for (size_t k = 0; k < steps->n_top; k++)
        names[k] = onerow_label(row, steps->top[k]);
    if (steps->blank != STEP_MATCH) {
        struct bars_column scores =
            column_of(steps, "score q·k", row->scores, row->small ? -1 : 2);
        scores.plus = INK_KEY;
        bars.columns[bars.n_columns++] = scores;
    }
    if (steps->blank != STEP_SOFTMAX)
        bars.columns[bars.n_columns++] =
            column_of(steps, "weight", row->weights, steps->places);
    return bars_draw(&bars, row->call->arena);
}
