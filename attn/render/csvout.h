/* csvout.h - a view as comma-separated values (RFC 4180), for a spreadsheet.
 *
 * What stands in it:
 *   a coloured sentence   word, position, weight: a line for each word looked at, in
 *                         the sentence's order; position empty for special tokens
 *   matrices              head, name, word, then a column for each word looked at: a
 *                         line for each row of each head shown; what a mask forbids is
 *                         empty, which 0 is not
 *   anything else         the picture's own numbers, where it has a table of them, and
 *                         the view's tables as they stand. Several of one form are one,
 *                         with a column `group` for what stood above each; others come
 *                         one after the other, each with what stood above it as a line
 *                         of its own, and an empty line between
 * Words are named as the language does (the:2). Weights have nine digits. Cells are the
 * data, unchanged: a word that begins with = stays as it was typed, so a spreadsheet
 * may take it for a formula, as it would any text of that sort. Depends on render/view.
 */
#ifndef ATTN_RENDER_CSVOUT_H
#define ATTN_RENDER_CSVOUT_H

#include "attn/base/buf.h"
#include "attn/render/view.h"

/* Appends it. False where the view has neither numbers in its picture nor a table. Look
 * at csv->full afterwards. */
bool csvout_write(const struct view *view, struct buf *csv);

#endif
