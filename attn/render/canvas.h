/* canvas.h - a scene as pixels, or as a page of PDF. The only user of cairo and pango.
 *
 * The first text of a process costs some 30 ms and 9 MB (fonts are looked up), so
 * nothing here is touched before the first picture. Depends on render/scene.
 */
#ifndef ATTN_RENDER_CANVAS_H
#define ATTN_RENDER_CANVAS_H

#include <stdatomic.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"
#include "attn/render/color.h"
#include "attn/render/scene.h"

struct canvas_look {
    float scale;          /* pixels for each CSS pixel */
    enum shade shade;     /* SHADE_LIGHT in notebooks */
    const char *software; /* stands in the file (pngout.h), or NULL */
};

/* Appends a PNG file.
 *   ERR_TOO_LARGE    more pixels than a picture may have, or png's ceiling
 *   ERR_INTERRUPTED  *stop (may be NULL) was set */
MUST_USE bool canvas_png(const struct scene *scene, const struct canvas_look *look,
                         const atomic_bool *stop, struct buf *png, struct err *err);

/* Appends a PDF file of one page: vectors, and the fonts that it needs. It holds the
 * title and who made it, but no date: the same scene gives the same bytes. On light
 * paper. Errors as above. */
MUST_USE bool canvas_pdf(const struct scene *scene, const char *title,
                         const char *software, const atomic_bool *stop, struct buf *pdf,
                         struct err *err);

#endif
