/* wrap.h - a text in lines that fit, measured in pixels or in a terminal's columns.
 * Depends on render/text and base.
 */
#ifndef ATTN_RENDER_WRAP_H
#define ATTN_RENDER_WRAP_H

#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/text.h"

struct wrap {
    struct type type; /* of a font, for pixels; size 0: columns */
    float room;       /* width of a line */
    size_t most;      /* lines; the last one ends in … where there is more */
};

/* Breaks `text` at blanks, and wherever it has a \n; a word wider than the room ends in
 * an ellipsis. Writes up to wrap->most lines, which live in the arena, to `lines`, and
 * returns how many. */
size_t wrap_lines(struct arena *arena, const char *text, const struct wrap *wrap,
                  const char **lines);

/* How wide a text is in the same measure. */
float wrap_width(const char *text, struct type type);

#endif
