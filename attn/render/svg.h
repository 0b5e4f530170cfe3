/* svg.h - a scene as a small SVG document, for <img src="data:image/svg+xml;base64,…">.
 *
 * Opaque paper, light or dark as the reader prefers (prefers-color-scheme), no script,
 * nothing fetched. Its one id is the hatch of masked cells, so it is for files and
 * images, not for pasting into a page. Same scene, same bytes. Depends on render/scene.
 */
#ifndef ATTN_RENDER_SVG_H
#define ATTN_RENDER_SVG_H

#include "attn/base/buf.h"
#include "attn/render/scene.h"

/* Appends the document. Look at svg->full afterwards. */
void svg_write(const struct scene *scene, struct buf *svg);

/* The same as a file of its own: it has a title, and begins with a comment that says
 * who made it (no "--" in it). */
void svg_file(const struct scene *scene, const char *title, const char *software,
              struct buf *svg);

#endif
