/* parse.h - a cell as lines, a line as a command and its items; every item keeps its
 * span. What the items mean is args' affair.
 *     cell := line { newline line }      line := [ command ] [ comment ]
 * Depends on lang/lex, lang/command.
 */
#ifndef ATTN_LANG_PARSE_H
#define ATTN_LANG_PARSE_H

#include "attn/lang/command.h"
#include "attn/lang/lex.h"

enum { PARSE_MAX_ITEMS = 1024 };

struct line {
    const char *code; /* the whole cell, which spans count from */
    size_t length;
    size_t start, end;             /* from the command's name to its last item */
    const struct command *command; /* NULL: the cell is at its end */
    const struct lexeme *items;    /* [n], without the name; in the arena */
    size_t n;
};

/* Reads the next line that holds a command. At the end of the cell line->command is
 * NULL. Fails with ERR_UNKNOWN_COMMAND and what lex_next() fails with, or with
 * ERR_TOO_LARGE for more than PARSE_MAX_ITEMS items. */
MUST_USE bool parse_line(struct lexer *lexer, struct line *line, struct err *err);

/* A cell that is one line: what parse_line() reads first. */
struct lexer parse_begin(const char *code, size_t length, struct arena *arena);

/* The line as typed, with the bytes [start, end) of the cell replaced. */
const char *parse_with(const struct line *line, size_t start, size_t end,
                       const char *instead, struct arena *arena);

#endif
