/* headcount.h - what all heads do over the sentences of a corpus.
 *
 * One sentence at a time is run and counted, so memory does not grow with their number.
 * One core does it: a sentence takes a millisecond or so, and the sums, being whole
 * numbers (census.h), would merge exactly. Depends on lang/{command,corpus},
 * analyse/{census,syntax}.
 */
#ifndef ATTN_LANG_HEADCOUNT_H
#define ATTN_LANG_HEADCOUNT_H

#include "attn/analyse/census.h"
#include "attn/analyse/syntax.h"
#include "attn/lang/command.h"

/* Sentences that were passed over, and the line of the first of them. */
struct headcount_passed {
    size_t n, line;
};

struct headcount {
    struct census census;
    struct syntax syntax;
    bool has_relations; /* the file is CoNLL-U with heads */
    struct headcount_passed long_ones, empty, unsuited;
};

/* Reads and counts; tells how far it is where that takes long. ERR_BAD_FILE where no
 * sentence is left, or as corpus_next(); ERR_INTERRUPTED. */
MUST_USE bool headcount_read(struct call *call, const char *path,
                             struct headcount *count, struct err *err);

#endif
