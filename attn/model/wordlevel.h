/* wordlevel.h - the teaching model's tokenizer: whole words, as a reader sees them.
 *
 *   didn't            one token; curly apostrophes stay as typed
 *   dog's, I'm, we'll two: the clitic ('s 'm 're 've 'll 'd) is its own token
 *   well-known        one; inner hyphens join letters and digits
 *   Mr. Mrs. Dr. ...  one with its full stop, where a space follows
 *   an emoji          one, with its joiners, skin tone, and both halves of a flag
 *   CJK text          a token a character
 *   anything else that is not a space: a token a character
 * Marks stay with the letter before them. Control characters (NUL too) separate words
 * and are in no token. Depends on base/utf8, model/lexicon.
 */
#ifndef ATTN_MODEL_WORDLEVEL_H
#define ATTN_MODEL_WORDLEVEL_H

#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/tensor/trace.h"

/* Cuts valid UTF-8 into tokens and returns how many words there are in all of it, which
 * may be more than fit: tokens (in `arena`) holds <s> at index 0 and then the first
 * min(words, TRACE_MAX_WORDS) words with text, id, position, span and flags filled in.
 * 0 words: *tokens holds <s> alone. Takes linear time. */
size_t wordlevel_cut(const char *text, size_t length, struct arena *arena,
                     const struct token **tokens);

#endif
