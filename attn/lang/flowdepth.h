/* flowdepth.h - `flow layer all`: how deep the links lie, a strip of arcs for each
 * layer. Depends on lang/flowlinks, render/arcs.
 */
#ifndef ATTN_LANG_FLOWDEPTH_H
#define ATTN_LANG_FLOWDEPTH_H

#include "attn/lang/flowlinks.h"
#include "attn/render/arcs.h"

struct flowdepth {
    struct arcs_strip *strips; /* a layer each, the first layer first */
    size_t n;
    size_t n_links; /* in all strips */
};

/* The strips of the layers in the stack (as fill_several made it), of the row `row`
 * alone unless that is SIZE_MAX. At least one. */
struct flowdepth flowdepth_of(struct call *call, const struct fill *fill, size_t row);

/* The strongest link of each layer in one sentence. */
const char *flowdepth_say(struct call *call, const struct flowdepth *depth);

/* The strongest links of each layer in text. */
const char *flowdepth_twin(struct call *call, const struct flowdepth *depth);

/* All links, one after the other, as one flow: for the table. */
struct flow flowdepth_all(struct call *call, const struct flowdepth *depth);

#endif
