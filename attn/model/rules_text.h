/* rules_text.h - the words of rule text: statements, numbers, lists of named values.
 * What rules.c reads with. Depends on model/stream, base.
 */
#ifndef ATTN_MODEL_RULES_TEXT_H
#define ATTN_MODEL_RULES_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/model/stream.h"

enum { RULES_MAX_LIST = 64 };

/* The text being read, and where errors go. */
struct rules_text {
    const char *text; /* borrowed */
    size_t length, at;
    size_t line; /* of the next byte, from 1 */
    struct arena *arena;
    struct err *err;
};

/* One statement: its first word and the rest, continuation lines joined, comments gone,
 * every run of white space one space. NUL-terminated, in the arena. */
struct rules_statement {
    size_t line; /* where it begins, from 1 */
    const char *word, *rest;
    const char *whole; /* both, as a card quotes them */
};

/* Fills all but the line of a statement that is `whole`. */
void rules_split(struct rules_text *in, struct rules_statement *statement,
                 const char *whole);

/* The next statement; false at the end of the text. */
bool rules_next(struct rules_text *in, struct rules_statement *statement);

/* Sets ERR_BAD_RULE with "Line n: " before the text; false. */
bool rules_fail(const struct rules_text *in, const struct rules_statement *at,
                const char *format, ...) PRINTF_LIKE(3);

/* What is left of a statement while it is read. */
struct rules_cursor {
    const struct rules_text *in;
    const struct rules_statement *statement;
    const char *at;
    const struct stream *stream; /* whose values it names */
};

/* Takes `word` (a whole word) when it comes next. */
bool rules_take(struct rules_cursor *cursor, const char *word);

/* Takes a number: digits, one point, a sign; its size at most 1000. `what` names it in
 * the error. */
MUST_USE bool rules_number(struct rules_cursor *cursor, const char *what,
                           double *value);

/* Nothing may be left. */
MUST_USE bool rules_end(struct rules_cursor *cursor);

/* A sum of named values: "6.5 is a noun - 2.5 next is a noun + subject". */
struct rules_list {
    size_t n;
    struct rules_part {
        uint16_t dim;
        double value;
    } parts[RULES_MAX_LIST];
};

/* Takes a list, up to the end or to one of the joiners × * → -> (which is left). At
 * most `most` parts, which is at most RULES_MAX_LIST. */
MUST_USE bool rules_list(struct rules_cursor *cursor, size_t most,
                         struct rules_list *list);

/* Takes one named value. */
MUST_USE bool rules_dim(struct rules_cursor *cursor, uint16_t *dim);

/* Takes the name of a block of the stream; NULL, and nothing taken, where none comes.
 */
const struct stream_block *rules_block(struct rules_cursor *cursor);

#endif
