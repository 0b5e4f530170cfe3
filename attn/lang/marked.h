/* marked.h - the pattern that is recognised in what a heatmap shows, as cells to
 * outline by `mark on`. Depends on analyse/pattern.
 */
#ifndef ATTN_LANG_MARKED_H
#define ATTN_LANG_MARKED_H

#include "attn/lang/fill.h"
#include "attn/render/heatmap.h"

/* Fills map->marks and map->mark_name; a note says which pattern, or that there is
 * none. */
void marked_fill(struct call *call, const struct fill *fill, struct heatmap *map);

#endif
