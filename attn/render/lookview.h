/* lookview.h - where one word looks: the sentence coloured, and a ranked list with
 * bars.
 *
 * The chosen word is purple and underlined, the words it looks at orange by weight, the
 * resting place one grey entry of the list. Depends on render/scene.
 */
#ifndef ATTN_RENDER_LOOKVIEW_H
#define ATTN_RENDER_LOOKVIEW_H

#include "attn/base/arena.h"
#include "attn/render/scene.h"

struct lookview {
    bool big;           /* for a projector */
    struct stack stack; /* rows: tokens that look; cols: tokens looked at */
    size_t chosen;      /* index in rows */
    bool either;        /* its two strongest are candidates: "could be either" */
    bool separate;      /* rows are another sentence than cols: draw both */
    size_t top;         /* most entries of the list; 0: as many as suit */
};

const struct scene *lookview_draw(const struct lookview *look, struct arena *arena);
const char *lookview_twin(const struct lookview *look, struct arena *arena);

#endif
