/* bank.h - the questions of the quiz: read from text, found, and answers marked.
 *
 * The text (its form is told at the top of quiz.txt) may be anybody's: it is bounded
 * and checked, and an error names the line. A bank never changes once read. Depends on
 * base.
 */
#ifndef ATTN_LEARN_BANK_H
#define ATTN_LEARN_BANK_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"

enum {
    BANK_MOST = 256,  /* questions */
    BANK_CHOICES = 6, /* of a question: a … f */
    BANK_NUMBERS = 8, /* of an answer */
    BANK_SLIPS = 6,
    BANK_HINTS = 4,
};

struct choice {
    const char *text;
    const char *why; /* why it is wrong, or right */
};

struct numbers {
    double at[BANK_NUMBERS];
    size_t n;
};

struct slip {
    struct numbers answer;
    const char *what; /* what happened */
};

struct question {
    const char *id, *topic, *lesson, *ask; /* all given */
    struct choice choices[BANK_CHOICES];
    size_t n_choices, right; /* of a question with numbers n_choices is 0 */
    struct numbers answer;
    const char *why; /* of the numbers */
    struct slip slips[BANK_SLIPS];
    size_t n_slips;
    const char *hints[BANK_HINTS];
    size_t n_hints;
};

struct bank {
    const struct question *questions; /* [n] */
    size_t n;
};

/* Reads `text`; what *bank points to lives in `arena`. False with ERR_BAD_FILE, whose
 * message names the line. */
MUST_USE bool bank_read(const char *text, size_t length, struct arena *arena,
                        struct bank *bank, struct err *err);

/* The questions that are built in. */
const char *bank_text(void);

/* The question of that id; NULL if there is none. */
const struct question *bank_find(const struct bank *bank, const char *id,
                                 size_t length);

struct verdict {
    bool understood; /* the answer is one of the choices, or so many numbers */
    bool right;
    const char *why; /* in the bank's or static memory; never NULL */
};

/* Marks an answer as it was typed: a letter or a choice's own words; or numbers (0.36,
 * 36%, 9/25), right to within .01, or .5 % of large ones. */
struct verdict bank_mark(const struct question *question, const char *answer);

#endif
