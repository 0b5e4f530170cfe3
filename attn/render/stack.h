/* stack.h - reading the weights behind a scene: which row is shown, what is strongest,
 * how a word is called when it stands there twice.
 *
 * For layouts, twins and alt texts alike, so that all of them say the same. Depends on
 * render/scene and base.
 */
#ifndef ATTN_RENDER_STACK_H
#define ATTN_RENDER_STACK_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/render/scene.h"

/* The weights [n_cols] of `row` as shown at first: its own head's where rows come from
 * heads of their own, else the slice `start`. */
const float *stack_row(const struct stack *stack, size_t row);

/* The slice which that row comes from. */
const struct slice *stack_slice(const struct stack *stack, size_t row);

/* Writes the indices of the (at most) `most` largest weights to `top`, strongest first,
 * the earlier of equals first; weights of 0 are left out. Returns how many. */
size_t stack_top(const float *weights, size_t n, size_t most, size_t *top);

/* How much of a row lies on special tokens. */
float stack_resting(const struct stack *stack, const float *weights);

/* What a row [n_cols] leaves beside `n` numbers out of it that are printed with two
 * decimals. A row of weights adds up to 1, and so do the numbers as they are printed;
 * of other rows (norms) what is left is exact. Never below 0. */
double stack_left(const struct stack *stack, const float *weights, const float *printed,
                  size_t n);

/* The largest weight that the shown rows hold; 0 for none. */
float stack_strongest(const struct stack *stack);

/* Which occurrence of its text tokens[i] is, from 1; 0 when the text stands there once.
 */
size_t stack_occurrence(const struct axis_token *tokens, size_t n, size_t i);

/* A word as the language names it: animal, the:2 (the second "the"). */
const char *stack_word(struct arena *arena, const struct axis_token *tokens, size_t n,
                       size_t i);

/* The same for an axis: the₂, or the₁ for the first of several. */
const char *stack_label(struct arena *arena, const struct axis_token *tokens, size_t n,
                        size_t i);

/* Whether a head has another name than its number. */
bool stack_is_named(const struct slice *slice);

/* A head by number and name: "L3-H0 pronoun→antecedent"; "L3-H0" where the number is
 * all the name that it has; the name of what is no one head's. */
const char *stack_head(struct arena *arena, const struct slice *slice);

/* Typed tokens among `n`. */
size_t stack_typed(const struct axis_token *tokens, size_t n);

#endif
