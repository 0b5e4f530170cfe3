/* html.h - blocks as html that shows the same in a notebook that is not trusted, and
 * the one writer through which every text goes into html or xml.
 *
 * Only tags, attributes and inline styles that notebooks keep where they trust nobody.
 * Depends on render/view and render/color.
 */
#ifndef ATTN_RENDER_HTML_H
#define ATTN_RENDER_HTML_H

#include "attn/base/buf.h"
#include "attn/render/view.h"

enum { HTML_DEPTH = 4 }; /* folds within folds; what lies deeper is left out */

/* Appends `text` for use between tags or inside a quoted attribute, in html and in xml.
 * Characters that neither allows become U+FFFD; direction overrides are left out. */
void html_text(struct buf *to, const char *text);

void html_blocks(struct buf *to, const struct block *blocks, size_t n);

#endif
