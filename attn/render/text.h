/* text.h - how wide text will be, without a font library.
 *
 * Widths come from a table of advances, so that a layout is the same on every machine
 * and in a browser; painters squeeze text that their own font would make wider than its
 * room. Depends on base only.
 */
#ifndef ATTN_RENDER_TEXT_H
#define ATTN_RENDER_TEXT_H

#include <stdbool.h>

#include "attn/base/arena.h"

struct type {
    float size; /* px */
    bool bold, mono;
};

/* The width in px of one line of text. */
float text_width(const char *text, struct type type);

/* The text, or as much of it as fits in `room` px with "…" after it, cut between
 * graphemes, never inside one. room 0: no limit. Control characters that a picture
 * cannot show are replaced by U+FFFD and direction overrides left out. Never NULL; the
 * result lives in the arena or is `text` itself. */
const char *text_fit(struct arena *arena, const char *text, struct type type,
                     float room);

/* True for text with letters that run from right to left. Numbers behind it would be
 * drawn before it, but for a mark of the other direction (U+200E) between them. */
bool text_runs_left(const char *text);

#endif
