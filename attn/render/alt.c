#include "attn/render/alt.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "attn/base/buf.h"
#include "attn/base/utf8.h"
#include "attn/render/text.h"

static const float MOSTLY = .5f, MOST = .3f, LINKED = .05f;

enum { WORD_MOST = 24 }; /* characters of one word in a sentence about it */

/* `text` in at most `most` characters, the last of them … when it is cut. */
static const char *shorten(struct arena *arena, const char *text, size_t most,
                           bool blank)
{
    size_t length = strlen(text);
    if (utf8_count(text, length) <= most)
        return text;
    size_t end = utf8_offset(text, length, most - 1);
    for (size_t at = end; blank && at > end / 2; at--) {
        if (text[at] == ' ') {
            end = at;
            break;
        }
    }
    return arena_print(arena, "%.*s…", (int)end, text);
}

const char *alt_print(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprint(arena, format, args);
    va_end(args);
    return shorten(arena, text, ALT_MOST, true);
}

/* A mark after words that run from right to left keeps the numbers behind them. */
const char *alt_word(struct arena *arena, const struct axis_token *tokens, size_t n,
                     size_t i)
{
    const char *text =
        shorten(arena, stack_word(arena, tokens, n, i), WORD_MOST, false);
    return text_runs_left(text) ? arena_print(arena, "%s\u200E", text) : text;
}

/* The two strongest typed columns of a row; SIZE_MAX where there is none. */
static void two_strongest(const struct stack *stack, const float *weights, size_t *best,
                          size_t *second)
{
    *best = *second = SIZE_MAX;
    for (size_t j = 0; j < stack->n_cols; j++) {
        if (stack->cols[j].special || !(weights[j] > 0))
            continue;
        if (*best == SIZE_MAX || weights[j] > weights[*best]) {
            *second = *best;
            *best = j;
        } else if (*second == SIZE_MAX || weights[j] > weights[*second]) {
            *second = j;
        }
    }
}

static bool is_itself(const struct stack *stack, size_t row, size_t col)
{
    return !stack->apart && stack->rows[row].position == stack->cols[col].position &&
           strcmp(stack->rows[row].text, stack->cols[col].text) == 0;
}

/* Of a row whose resting place outweighs every word. */
static const char *say_resting(struct arena *arena, const struct stack *stack,
                               size_t row, const char *from, size_t best)
{
    const float *weights = stack_row(stack, row);
    float resting = stack_resting(stack, weights);
    if (resting >= MOSTLY && stack_slice(stack, row)->rest_tells)
        return arena_print(arena,
                           "\"%s\" mostly looks at the resting place (%.2f), and %s "
                           "copies something from there too",
                           from, resting, stack_slice(stack, row)->name);
    if (resting >= MOSTLY || best == SIZE_MAX)
        return arena_print(arena,
                           "\"%s\" mostly rests (%.2f on the resting place): %s has "
                           "nothing to say about it",
                           from, resting, stack_slice(stack, row)->name);
    return arena_print(arena,
                       "\"%s\" finds no word that stands out: %.2f rests, and the "
                       "most that one word gets is %.2f, \"%s\"",
                       from, resting, weights[best],
                       alt_word(arena, stack->cols, stack->n_cols, best));
}

/* True when the two print alike. */
static bool as_much(float a, float b)
{
    return a - b < .0005f;
}

/* The finding without its full stop. */
static const char *say_row(struct arena *arena, const struct stack *stack, size_t row,
                           bool either)
{
    const float *weights = stack_row(stack, row);
    const char *from = alt_word(arena, stack->rows, stack->n_rows, row);
    size_t best, second;
    two_strongest(stack, weights, &best, &second);
    float resting = stack_resting(stack, weights);
    if (best == SIZE_MAX || resting > weights[best])
        return say_resting(arena, stack, row, from, best);
    const char *to = alt_word(arena, stack->cols, stack->n_cols, best);
    if (either && second != SIZE_MAX)
        return arena_print(
            arena, "\"%s\" could be either: \"%s\" (%.2f) or \"%s\" (%.2f)", from, to,
            weights[best], alt_word(arena, stack->cols, stack->n_cols, second),
            weights[second]);
    if (is_itself(stack, row, best) && (weights[best] >= MOSTLY || second == SIZE_MAX))
        return arena_print(arena, "\"%s\" looks mostly at itself (%.2f)", from,
                           weights[best]);
    if (is_itself(stack, row, best))
        return arena_print(
            arena, "\"%s\" looks %s at itself (%.2f)%s at \"%s\" (%.2f)", from,
            as_much(weights[best], weights[second]) ? "as much" : "most", weights[best],
            as_much(weights[best], weights[second]) ? " as" : ", then",
            alt_word(arena, stack->cols, stack->n_cols, second), weights[second]);
    if (weights[best] >= MOSTLY)
        return arena_print(arena, "\"%s\" looks mostly at \"%s\" (%.2f)", from, to,
                           weights[best]);
    if (weights[best] >= MOST && second != SIZE_MAX)
        return arena_print(
            arena, "\"%s\" looks most at \"%s\" (%.2f), then at %s (%.2f)", from, to,
            weights[best],
            is_itself(stack, row, second)
                ? "itself"
                : arena_print(arena, "\"%s\"",
                              alt_word(arena, stack->cols, stack->n_cols, second)),
            weights[second]);
    return arena_print(arena,
                       "\"%s\" looks a little at many words, most at \"%s\" (%.2f)",
                       from, to, weights[best]);
}

const char *alt_finding(struct arena *arena, const struct stack *stack, size_t row,
                        bool either)
{
    return arena_print(arena, "%s.", say_row(arena, stack, row, either));
}

const char *alt_row(struct arena *arena, const struct stack *stack, size_t row,
                    bool either)
{
    const struct slice *slice = stack_slice(stack, row);
    const float *weights = stack_row(stack, row);
    size_t best, second, words = stack_typed(stack->cols, stack->n_cols);
    two_strongest(stack, weights, &best, &second);
    const char *then = "";
    bool both = best != SIZE_MAX && weights[best] >= MOST && weights[best] < MOSTLY;
    if (!either && !both && second != SIZE_MAX && weights[second] >= .01f)
        then = arena_print(arena, ", then \"%s\" (%.2f)",
                           alt_word(arena, stack->cols, stack->n_cols, second),
                           weights[second]);
    const char *where =
        slice->layer >= 0 && slice->head >= 0
            ? arena_print(arena, "Layer %d head %d", slice->layer, slice->head)
            : slice->name;
    return alt_print(arena, "%s: %s%s; %zu word%s.", where,
                     say_row(arena, stack, row, either), then, words,
                     words == 1 ? "" : "s");
}

struct alt_link {
    size_t row, col;
    float weight;
};

static bool links(const struct stack *stack, size_t row, size_t col, float weight)
{
    return weight >= LINKED && !stack->rows[row].special && !stack->cols[col].special &&
           !is_itself(stack, row, col);
}

const char *alt_links(struct arena *arena, const struct stack *stack, size_t most)
{
    struct alt_link *top = arena_new(arena, most + 1, sizeof *top);
    size_t n = 0;
    for (size_t i = 0; i < stack->n_rows; i++) {
        const float *row = stack_row(stack, i);
        for (size_t j = 0; j < stack->n_cols; j++) {
            if (!links(stack, i, j, row[j]) || most == 0 ||
                (n == most && !(row[j] > top[n - 1].weight)))
                continue;
            size_t at = n < most ? n++ : n - 1;
            for (; at > 0 && row[j] > top[at - 1].weight; at--)
                top[at] = top[at - 1];
            top[at] = (struct alt_link){i, j, row[j]};
        }
    }
    struct buf text;
    buf_init(&text, 1 << 16);
    for (size_t k = 0; k < n; k++)
        buf_print(&text, "%s\"%s\" → \"%s\" %.2f", k ? ", " : "",
                  alt_word(arena, stack->rows, stack->n_rows, top[k].row),
                  alt_word(arena, stack->cols, stack->n_cols, top[k].col),
                  top[k].weight);
    const char *said = arena_copy(arena, text.at, text.length);
    buf_free(&text);
    return said;
}
