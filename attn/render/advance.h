/* advance.h - about how wide a text will be, without asking a font.
 *
 * Layout must not depend on the fonts of one machine: it is computed from the widths of
 * a rather wide sans serif (measured once), so that text in any usual font fits where a
 * layout put it. Depends on base/utf8.
 */
#ifndef ATTN_RENDER_ADVANCE_H
#define ATTN_RENDER_ADVANCE_H

#include <stdbool.h>

/* Width in px of one line of text at font size `size`. */
float advance_text(const char *text, float size);

/* The same in bold. */
float advance_bold(const char *text, float size);

#endif
