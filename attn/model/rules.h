/* rules.h - compiles rule text (the form is told at the top of lesson.rules) to
 * weights.
 *
 * The text may be anybody's file: it is bounded and checked, and an error names the
 * line. The same text gives the same weights. Depends on model/glass, model/place.
 */
#ifndef ATTN_MODEL_RULES_H
#define ATTN_MODEL_RULES_H

#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/model/glass.h"

enum {
    RULES_MAX_BYTES = 256 * 1024,
    RULES_MAX_TERMS = 32 /* named values in one list of a match */
};

/* Compiles `length` bytes. What `glass` points to lives in `arena`. False with *err
 * set: ERR_BAD_RULE ("Line 12: …" says what is wrong and what would do), ERR_TOO_LARGE.
 */
MUST_USE bool rules_compile(const char *text, size_t length, struct arena *arena,
                            struct glass *glass, struct err *err);

#endif
