/* text_twin.h - pictures told in plain text, for terminals and for those who do not
 * see.
 *
 *     "it" (position 7), layer 3 head 0, looks at:
 *       animal         ###########.  0.95
 *       tired          ............  0.02
 *       other 8 words                0.03
 *       sum                          1.00
 *
 * No escape sequences; columns count as a terminal counts them (wide characters are 2).
 * Depends on render/stack and base.
 */
#ifndef ATTN_RENDER_TEXT_TWIN_H
#define ATTN_RENDER_TEXT_TWIN_H

#include <stddef.h>

#include "attn/base/buf.h"
#include "attn/render/scene.h"
#include "attn/render/stack.h"

enum { TEXT_TWIN_BAR = 12, TEXT_TWIN_BYTES = 1 << 20, TEXT_TWIN_LINE = 80 };

/* `cells` characters: # for the share `weight` (0 … 1) of them, . for the rest. */
void text_twin_bar(struct buf *to, float weight, size_t cells);

/* `text` in exactly `columns` columns: padded with blanks, cut with … */
void text_twin_cell(struct buf *to, const char *text, size_t columns,
                    enum text_anchor anchor);

/* Columns of the widest of `n` texts, at most `most`. */
size_t text_twin_widest(const char *const *texts, size_t n, size_t most);

/* "layer 3 head 0" for one head, else the slice's name ("mean of 6 heads"). */
void text_twin_slice(struct buf *to, const struct slice *slice);

/* Where `row` looks, as above: the `most` strongest words, the rest in one line, the
 * sum. Special tokens stand as "(rests on <s>)". */
void text_twin_row(struct buf *to, const struct stack *stack, size_t row, size_t most,
                   struct arena *arena);

/* The links of the shown rows, strongest first, one a line:
 *       it -> animal   0.95  pronoun→antecedent
 * at most `most`; special columns are left out. */
void text_twin_links(struct buf *to, const struct stack *stack, size_t most,
                     struct arena *arena);

/* A matrix: rows × cols (indices in the stack) with numbers (".95", blank below .005)
 * where n_cols <= 14, else one digit of tenths a cell (. below .05, # for 1). */
struct text_twin_part {
    const size_t *rows, *cols;
    size_t n_rows, n_cols;
    bool sums; /* and what each row adds up to, what each column receives */
};
void text_twin_matrix(struct buf *to, const struct stack *stack,
                      const struct text_twin_part *part, struct arena *arena);

/* What was written, in the arena, without a last newline. */
const char *text_twin_end(struct buf *from, struct arena *arena);

#endif
