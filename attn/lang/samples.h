/* samples.h - sentences that are built in, with grammatical relations, as CoNLL-U.
 *
 * So that `heads over "samples"` has something to count without a file. Written by
 * gen/samples.py. Depends on nothing.
 */
#ifndef ATTN_LANG_SAMPLES_H
#define ATTN_LANG_SAMPLES_H

#include <stddef.h>

/* The i-th line, its \n included; NULL after the last. */
const char *samples_line(size_t i);

#endif
