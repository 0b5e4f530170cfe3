/* bars.h - numbers as bars from zero: a name a line, one or several columns of numbers.
 *
 * Bars to the right are positive, to the left negative; each has its number printed,
 * as the caller wrote it, so that the picture and a table say the same. Depends on
 * render/scene.
 */
#ifndef ATTN_RENDER_BARS_H
#define ATTN_RENDER_BARS_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"

enum { BARS_COLUMNS = 4 };

struct bars_column {
    const char *heading;
    const double *values;     /* [n]; NAN: no bar */
    const char *const *texts; /* [n] the numbers as printed */
    enum ink plus, minus;     /* colours; INK_NONE: those of signed terms */
};

struct bars {
    bool big;
    bool one_scale;           /* all columns share one scale; else each has its own */
    const char *const *names; /* [n] */
    size_t n;
    struct bars_column columns[BARS_COLUMNS];
    size_t n_columns; /* 1 … BARS_COLUMNS */
};

const struct scene *bars_draw(const struct bars *bars, struct arena *arena);
/* The same in text, a bar of # beside each number where there is room. */
const char *bars_twin(const struct bars *bars, struct arena *arena);

#endif
