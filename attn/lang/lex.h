/* lex.h - cuts a cell into lexemes: words, quoted texts, arrows, ends of lines.
 *
 * Nothing is looked up here: that `3` is a number or `layer` an option is args' affair.
 * Every lexeme keeps its span in bytes of the cell. Depends on base only.
 */
#ifndef ATTN_LANG_LEX_H
#define ATTN_LANG_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"

enum lexeme_kind {
    LEX_END,   /* of the cell */
    LEX_LINE,  /* end of a line, outside quotes */
    LEX_WORD,  /* anything between blanks: animal, the:2, @7, 3, layer, L3-H0 */
    LEX_TEXT,  /* between quotes, escapes undone */
    LEX_ARROW, /* -> or → */
};

struct lexeme {
    enum lexeme_kind kind;
    size_t start, end; /* bytes of the cell, quotes included */
    const char *text;  /* WORD, TEXT: in the arena, NUL-terminated */
    size_t length;     /* bytes of text, which may hold NUL (from \u{0}) */
};

struct lexer {
    const char *code; /* valid UTF-8, borrowed */
    size_t length, at;
    struct arena *arena;
};

/* Moves past blanks and a comment, but not past the end of the line. */
void lex_skip(struct lexer *lexer);

/* True when what comes next is an opening quote. */
bool lex_at_quote(const struct lexer *lexer);

/* The next lexeme. Fails with ERR_OPEN_QUOTE (a hint closes it at the end of its line)
 * or ERR_BAD_ESCAPE (a hint doubles the backslash). */
MUST_USE bool lex_next(struct lexer *lexer, struct lexeme *lexeme, struct err *err);

/* The rest of the line as it stands, without a comment and blanks around it; stops
 * before ` with "` and ` to "`. An empty one has length 0. */
struct lexeme lex_rest(struct lexer *lexer);

/* `text` between straight quotes, escaped so that lex_next() reads it back. */
const char *lex_quote(struct arena *arena, const char *text, size_t length);

/* The line that holds byte `at`: its first byte, and *end just past its last (the
 * newline is not in it). Quotes are not looked at. */
size_t lex_line(const char *code, size_t length, size_t at, size_t *end);

#endif
