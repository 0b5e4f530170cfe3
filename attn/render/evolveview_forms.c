/* What a strip shows, and the strips in text. */
#include <string.h>

#include "attn/base/buf.h"
#include "attn/render/evolveview.h"
#include "attn/render/stack.h"
#include "attn/render/text_twin.h"

static const float MOSTLY_RESTS = .8f;
static const float SHOWN = .005f; /* less prints as 0.00 */

/* ---- what a strip shows ---------------------------------------------------------- */

const struct slice *evolveview_slice(const struct evolveview *view, size_t strip)
{
    size_t row = view->rows[view->chosen];
    return &view->stack.slices[view->strips[strip].row_slice[row]];
}

const float *evolveview_row(const struct evolveview *view, size_t strip)
{
    return evolveview_slice(view, strip)->weights +
           view->rows[view->chosen] * view->stack.n_cols;
}

float evolveview_sum(const struct evolveview *view, size_t strip)
{
    const float *weights = evolveview_row(view, strip);
    float sum = 0;
    for (size_t j = 0; j < view->stack.n_cols; j++)
        sum += weights[j];
    return sum;
}

bool evolveview_is_quiet(const struct evolveview *view, size_t strip)
{
    const float *weights = evolveview_row(view, strip);
    float sum = evolveview_sum(view, strip);
    return !(sum > 0) || stack_resting(&view->stack, weights) >= MOSTLY_RESTS * sum;
}

size_t evolveview_strongest(const struct evolveview *view, size_t strip, size_t most,
                            size_t *top, struct arena *arena)
{
    const struct stack *stack = &view->stack;
    const float *weights = evolveview_row(view, strip);
    float *typed = arena_new(arena, stack->n_cols, sizeof *typed);
    for (size_t j = 0; j < stack->n_cols; j++)
        typed[j] = stack->cols[j].special ? 0 : weights[j];
    return stack_top(typed, stack->n_cols, most, top);
}

/* ---- text ------------------------------------------------------------------------ */

enum { TWIN_TITLE = 8, TWIN_NAME = 30, TWIN_WORD = 12, TWIN_MORE = 2 };

/* The next words of a line, as long as it has room for them. */
static void twin_more(const struct evolveview *view, const float *weights,
                      const size_t *top, size_t n, size_t used, struct buf *to,
                      struct arena *arena)
{
    const struct stack *stack = &view->stack;
    for (size_t i = 1; i < n && weights[top[i]] >= SHOWN; i++) {
        const char *word = stack_word(arena, stack->cols, stack->n_cols, top[i]);
        size_t width = text_twin_widest(&word, 1, TWIN_WORD);
        used += width + strlen(", 0.00 ");
        if (used > TEXT_TWIN_LINE)
            return;
        buf_text(to, ", ");
        text_twin_cell(to, word, width, TEXT_START);
        buf_print(to, " %.2f", (double)weights[top[i]]);
    }
}

static void twin_line(const struct evolveview *view, size_t k, size_t name,
                      struct buf *to, struct arena *arena)
{
    const struct stack *stack = &view->stack;
    const float *weights = evolveview_row(view, k);
    size_t top[TWIN_MORE + 1],
        n = evolveview_strongest(view, k, TWIN_MORE + 1, top, arena);
    text_twin_cell(to, view->strips[k].title, TWIN_TITLE, TEXT_START);
    buf_char(to, ' ');
    text_twin_cell(to, evolveview_slice(view, k)->name, name, TEXT_START);
    buf_char(to, ' ');
    if (!(evolveview_sum(view, k) > 0)) {
        buf_text(to, "nothing for this word\n");
    } else if (evolveview_is_quiet(view, k) || n == 0) {
        buf_print(to, "rests: %.2f on the resting place\n",
                  (double)stack_resting(stack, weights));
    } else {
        text_twin_cell(to, stack_word(arena, stack->cols, stack->n_cols, top[0]),
                       TWIN_WORD, TEXT_START);
        buf_char(to, ' ');
        text_twin_bar(to, weights[top[0]], TEXT_TWIN_BAR);
        buf_print(to, " %.2f", (double)weights[top[0]]);
        twin_more(view, weights, top, n,
                  TWIN_TITLE + 1 + name + 1 + TWIN_WORD + 1 + TEXT_TWIN_BAR + 5, to,
                  arena);
        buf_char(to, '\n');
    }
}

const char *evolveview_twin(const struct evolveview *view, struct arena *arena)
{
    struct buf twin;
    size_t widest = 0;
    buf_init(&twin, TEXT_TWIN_BYTES);
    for (size_t k = 0; k < view->n; k++) {
        const char *name = evolveview_slice(view, k)->name;
        size_t width = text_twin_widest(&name, 1, TWIN_NAME);
        widest = width > widest ? width : widest;
    }
    for (size_t k = 0; k < view->n; k++)
        twin_line(view, k, widest, &twin, arena);
    return text_twin_end(&twin, arena);
}
