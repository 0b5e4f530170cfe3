/* overrelations.h - heads over "file": which heads draw which grammatical relations.
 * Depends on lang/{headover,table}.
 */
#ifndef ATTN_LANG_OVERRELATIONS_H
#define ATTN_LANG_OVERRELATIONS_H

#include "attn/lang/headover.h"
#include "attn/lang/table.h"

enum { OVERRELATIONS_CASES = 10 }; /* relations with fewer are left out */

/* Those with enough cases, in the order of the file: indices in count.syntax, *n of
 * them.
 */
const size_t *overrelations_counted(const struct headover *over, struct arena *arena,
                                    size_t *n);

/* A sentence, after a blank, on the relation that a head draws most clearly better than
 * any fixed place; "" for a file without relations. */
const char *overrelations_say(struct call *call, const struct headover *over);

/* Adds the table of the best heads, and a note on what is left out. */
void overrelations_add(struct call *call, const struct headover *over,
                       struct pile *pile);

#endif
