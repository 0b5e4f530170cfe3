/* card.h - blocks as plain text: paragraphs, tables in columns, folds indented.
 *
 * Columns are counted as a terminal counts them; no escape sequences. Depends on
 * render/view and base/utf8.
 */
#ifndef ATTN_RENDER_CARD_H
#define ATTN_RENDER_CARD_H

#include "attn/base/buf.h"
#include "attn/render/view.h"

enum { CARD_DEPTH = 4 }; /* folds within folds; what lies deeper is left out */

/* Appends the text line by line, each indented by `indent` blanks and ended. */
void card_lines(struct buf *to, const char *text, size_t indent);

/* The same, with lines of more than 80 columns broken at blanks. */
void card_paragraph(struct buf *to, const char *text, size_t indent);

/* What is folded away stays out unless `folds`. */
void card_blocks(struct buf *to, const struct block *blocks, size_t n, bool folds);

#endif
