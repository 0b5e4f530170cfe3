/* describe.h - cards about commands, options, words and heads, for help and tooltips.
 * Depends on lang/commands.
 */
#ifndef ATTN_LANG_DESCRIBE_H
#define ATTN_LANG_DESCRIBE_H

#include "attn/lang/command.h"

/* How it is written, what it does, examples (all with `whole`, else two), the lesson;
 * with `whole` every argument and option too. */
void describe_command(const struct command *command, bool whole, struct arena *arena,
                      struct view *view);

/* One argument or option of `command`: how it is written, what it is, its default. */
void describe_arg(const struct command *command, const struct arg *arg,
                  struct arena *arena, struct view *view);

#endif
