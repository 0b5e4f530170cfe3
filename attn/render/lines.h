/* lines.h - two columns of words, a line for each link: the words that look at the
 * left, the words looked at at the right; thickness is weight. What a word gives to the
 * resting place is a grey stub, not a fan of lines. Depends on render/flow.
 */
#ifndef ATTN_RENDER_LINES_H
#define ATTN_RENDER_LINES_H

#include "attn/base/arena.h"
#include "attn/render/flow.h"

const struct scene *lines_draw(const struct flow *flow, struct arena *arena);

#endif
