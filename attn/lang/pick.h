/* pick.h - which one head a line asks for.
 * Depends on lang/command, lang/words.
 */
#ifndef ATTN_LANG_PICK_H
#define ATTN_LANG_PICK_H

#include "attn/lang/command.h"

/* True when neither layer nor head was asked for and there are several: the story
 * chooses. */
bool pick_is_auto(const struct call *call);

/* The head asked for by number; where only its layer or its number is given, that one
 * of the heads that fit which rests least in `row` (SIZE_MAX: in all rows), and a note
 * says so. False where the line asks for no one head: mean, max. */
bool pick_head(struct call *call, const struct trace *trace, size_t row,
               struct head_ref *ref);

/* The line's command with the word of `row` (SIZE_MAX: none), to go on with a layer and
 * a head: "why it", "heatmap"; in the cell's arena. */
const char *pick_line(const struct call *call, const struct trace *trace, size_t row);

#endif
