/* lines.h - texts that a teacher can edit, line by line: quiz.txt, topics.txt. What is
 * wrong is named by its line. Depends on base.
 */
#ifndef ATTN_LEARN_LINES_H
#define ATTN_LEARN_LINES_H

#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"

enum { LINES_MOST = 600 }; /* bytes of a line */

struct lines {
    const char *text;
    size_t length, at, line; /* line: of the text last taken, from 1 */
    struct arena *arena;
    struct err *err;
};

/* The next line, without what ends it, in the arena; NULL at the end of the text. */
const char *lines_take(struct lines *in);

/* Sets ERR_BAD_FILE, "Line 7: " and what is wrong there. Returns false. */
bool lines_wrong(const struct lines *in, const char *what);

/* What follows `word` and a blank; NULL where the line begins with another word. */
const char *lines_after(const char *line, const char *word);

#endif
