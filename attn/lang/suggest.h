/* suggest.h - did-you-mean: the nearest of a list of names, and what an unknown command
 * was probably meant to be. Depends on lang/lex.
 */
#ifndef ATTN_LANG_SUGGEST_H
#define ATTN_LANG_SUGGEST_H

#include "attn/lang/lex.h"

/* Edits (insert, delete, replace, swap neighbours) from `a` to `b`, letter case aside;
 * anything above `most` may be returned as most + 1. Bytes, at most 32 of each; longer
 * words are never near. */
int suggest_distance(const char *a, const char *b, int most);

/* How near `typed` is to `name`: 0 the same, more is worse, -1 not near at all. A
 * beginning of at least three letters counts as near. */
int suggest_near(const char *typed, const char *name);

/* The nearest of `names`, which ends with NULL; the first of equals; NULL if none. */
const char *suggest_name(const char *typed, const char *const *names);

/* Sets ERR_UNKNOWN_COMMAND for `name` in a line whose whole text is `line`, with a line
 * that was probably meant. Returns false. */
bool suggest_command(const struct lexeme *name, const struct lexeme *line,
                     struct arena *arena, struct err *err);

#endif
