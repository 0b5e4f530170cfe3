#include "attn/render/stack.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct slice *stack_slice(const struct stack *stack, size_t row)
{
    size_t slice = stack->row_slice ? stack->row_slice[row] : stack->start;
    return &stack->slices[slice];
}

const float *stack_row(const struct stack *stack, size_t row)
{
    return stack_slice(stack, row)->weights + row * stack->n_cols;
}

size_t stack_top(const float *weights, size_t n, size_t most, size_t *top)
{
    size_t found = 0;
    for (size_t j = 0; j < n && most > 0; j++) {
        if (!(weights[j] > 0))
            continue;
        if (found == most && !(weights[j] > weights[top[found - 1]]))
            continue;
        size_t at = found < most ? found++ : found - 1;
        for (; at > 0 && weights[j] > weights[top[at - 1]]; at--)
            top[at] = top[at - 1];
        top[at] = j;
    }
    return found;
}

float stack_resting(const struct stack *stack, const float *weights)
{
    float sum = 0;
    for (size_t j = 0; j < stack->n_cols; j++)
        sum += stack->cols[j].special ? weights[j] : 0;
    return sum;
}

double stack_left(const struct stack *stack, const float *weights, const float *printed,
                  size_t n)
{
    double sum = 0;
    for (size_t j = 0; j < stack->n_cols; j++)
        sum += (double)weights[j];
    bool adds_up = fabs(sum - 1) < .002;
    double left = adds_up ? 1 : sum;
    for (size_t k = 0; k < n; k++)
        left -=
            adds_up ? floor((double)printed[k] * 100 + .5) / 100 : (double)printed[k];
    return left > 0 ? left : 0;
}

float stack_strongest(const struct stack *stack)
{
    float most = 0;
    for (size_t i = 0; i < stack->n_rows; i++) {
        const float *row = stack_row(stack, i);
        for (size_t j = 0; j < stack->n_cols; j++)
            most = row[j] > most ? row[j] : most;
    }
    return most;
}

size_t stack_occurrence(const struct axis_token *tokens, size_t n, size_t i)
{
    size_t before = 0, after = 0;
    for (size_t j = 0; j < n; j++) {
        if (j == i || strcmp(tokens[j].text, tokens[i].text) != 0)
            continue;
        if (j < i)
            before++;
        else
            after++;
    }
    return before + after ? before + 1 : 0;
}

const char *stack_word(struct arena *arena, const struct axis_token *tokens, size_t n,
                       size_t i)
{
    size_t nth = stack_occurrence(tokens, n, i);
    if (nth <= 1)
        return tokens[i].text;
    return arena_print(arena, "%s:%zu", tokens[i].text, nth);
}

const char *stack_label(struct arena *arena, const struct axis_token *tokens, size_t n,
                        size_t i)
{
    static const char *const below[] = {"₀", "₁", "₂", "₃", "₄",
                                        "₅", "₆", "₇", "₈", "₉"};
    size_t nth = stack_occurrence(tokens, n, i);
    if (nth == 0)
        return tokens[i].text;
    char digits[24], subscript[sizeof digits * 3] = "";
    snprintf(digits, sizeof digits, "%zu", nth);
    for (const char *d = digits; *d; d++)
        strcat(subscript, below[*d - '0']);
    return arena_print(arena, "%s%s", tokens[i].text, subscript);
}

size_t stack_typed(const struct axis_token *tokens, size_t n)
{
    size_t typed = 0;
    for (size_t i = 0; i < n; i++)
        typed += !tokens[i].special;
    return typed;
}

bool stack_is_named(const struct slice *slice)
{
    char number[32];
    snprintf(number, sizeof number, "L%d-H%d", slice->layer, slice->head);
    return strcmp(number, slice->name) != 0;
}

const char *stack_head(struct arena *arena, const struct slice *slice)
{
    if (slice->layer < 0 || slice->head < 0)
        return slice->name;
    return arena_print(arena, "L%d-H%d%s%s", slice->layer, slice->head,
                       stack_is_named(slice) ? " " : "",
                       stack_is_named(slice) ? slice->name : "");
}
