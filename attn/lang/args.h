/* args.h - the items of a line as typed, checked values: of the command's args, and of
 * the options of every view. Depends on lang/parse, lang/state.
 */
#ifndef ATTN_LANG_ARGS_H
#define ATTN_LANG_ARGS_H

#include "attn/lang/command.h"
#include "attn/lang/parse.h"

/* Fills call->values, call->options, call->settings and call->form, whose command and
 * session are set; everything is checked against the model's real layers and heads and
 * the words of the sentence. Fails with ERR_UNKNOWN_OPTION, ERR_BAD_VALUE, ERR_MISSING,
 * ERR_OUT_OF_RANGE, ERR_NO_SUCH_WORD, ERR_NOT_A_NUMBER, ERR_UNSUITED,
 * ERR_NO_SECOND_SENTENCE, each with its span and a line that works. */
MUST_USE bool args_fill(struct call *call, const struct line *line, struct err *err);

#endif
