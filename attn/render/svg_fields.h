/* svg_fields.h - the fields of a scene as SVG: cells, links, words, bars.
 *
 * Depends on render/svg_pen and render/marks.
 */
#ifndef ATTN_RENDER_SVG_FIELDS_H
#define ATTN_RENDER_SVG_FIELDS_H

#include "attn/render/svg_pen.h"

void svg_fields_draw(struct svg *svg, const struct field *field);

#endif
