/* assist.h - what completing and inspecting share. Internal to attn/lang.
 * Depends on lang/state, lang/lex.
 */
#ifndef ATTN_LANG_ASSIST_H
#define ATTN_LANG_ASSIST_H

#include "attn/lang/lex.h"
#include "attn/lang/state.h"

struct assist {
    struct state state; /* its own; never changes */
};

enum { ASSIST_MAX_ITEMS = 256 };

/* The line around a place: its lexemes in order, the command's name first. */
struct spot {
    const char *code; /* cleaned, in the arena */
    size_t length;
    size_t at;                     /* byte of the cursor */
    const struct command *command; /* of the line; NULL: unknown or none */
    struct lexeme *items;          /* [n] */
    size_t n;
    bool in_text; /* the cursor stands in an open quote, or in a sentence without one */
};

/* Reads the lines of `code` up to the one that holds code point `cursor`; with `whole`
 * that line to its end, else up to the cursor. */
struct spot spot_find(const char *code, size_t length, size_t cursor, bool whole,
                      struct arena *arena);

#endif
