/* side.h - the flags encoder, decoder and cross of a line: which attention it shows,
 * and so whose words are rows and columns. Internal to attn/lang. Depends on lang/read.
 */
#ifndef ATTN_LANG_SIDE_H
#define ATTN_LANG_SIDE_H

#include "attn/lang/read.h"

/* Before anything else of a line is read: finds its flag, if there is one, and sets
 * settings.which, reader->side, subject, cols and model accordingly. A layer or head
 * that `set` keeps and this attention lacks goes back to auto for the line. */
void side_find(struct reader *reader);

/* True for a flag without a second sentence, or a second flag. */
bool side_is_stray(const struct reader *reader, const struct lexeme *item);

/* The error about it; `without`: the line without the item. Returns false. */
bool side_refuse(struct reader *reader, const struct lexeme *item, const char *without,
                 struct err *err);

#endif
