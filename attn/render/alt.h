/* alt.h - findings and alternative texts: what a picture shows, said in a sentence.
 *
 * The finding comes first; an alt text has at most ALT_MOST characters.
 * Depends on render/stack and base.
 */
#ifndef ATTN_RENDER_ALT_H
#define ATTN_RENDER_ALT_H

#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"
#include "attn/render/scene.h"
#include "attn/render/stack.h"

enum { ALT_MOST = 300 };

/* printf, cut to ALT_MOST characters at a blank, with … */
const char *alt_print(struct arena *arena, const char *format, ...) PRINTF_LIKE(2);

/* A word as a sentence about it names it: the:2 for the second "the", long ones cut; in
 * the arena or the token's. */
const char *alt_word(struct arena *arena, const struct axis_token *tokens, size_t n,
                     size_t i);

/* The finding about where `row` looks, as shown:
 *     "it" looks mostly at "animal" (0.95).
 *     "it" could be either: "bottle" (0.48) or "glass" (0.41).      with `either`
 *     "a" looks a little at many words, most at "x" (0.21).
 *     "the" rests: 0.98 on <s>, which means this head has nothing to say about it. */
const char *alt_finding(struct arena *arena, const struct stack *stack, size_t row,
                        bool either);

/* The alt text for one row: "Layer 3 head 0: "it" looks mostly at "animal" (0.95), then
 * "tired" (0.02); 12 words." */
const char *alt_row(struct arena *arena, const struct stack *stack, size_t row,
                    bool either);

/* The `most` strongest links of all shown rows in words: `"it" → "animal" 0.95, …`;
 * "" where there is none of .05 or more. Special columns are left out, and so are words
 * looking at themselves. */
const char *alt_links(struct arena *arena, const struct stack *stack, size_t most);

#endif
