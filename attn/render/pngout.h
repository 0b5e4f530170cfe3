/* pngout.h - pixels as a PNG file: an 8-bit palette, in which the soft edges of
 * letters may share an entry; beyond 4096 colours (photographs) RGB. Depends on base
 * and libpng.
 */
#ifndef ATTN_RENDER_PNGOUT_H
#define ATTN_RENDER_PNGOUT_H

#include <stdatomic.h>
#include <stdint.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"

struct pixels {
    const uint32_t *at; /* 0x00RRGGBB, the high byte is ignored; borrowed */
    int width, height;
    int stride;           /* from row to row, in pixels */
    const char *software; /* who made it, ASCII, stands in the file; NULL: not said */
};

/* Appends the file. The same pixels give the same bytes.
 *   ERR_INTERRUPTED  *stop (may be NULL) was set
 *   ERR_TOO_LARGE    it passes png's ceiling */
MUST_USE bool pngout_write(const struct pixels *pixels, const atomic_bool *stop,
                           struct buf *png, struct err *err);

#endif
