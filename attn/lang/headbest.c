#include "attn/lang/headbest.h"

#include <stdint.h>

#include "attn/lang/headset.h"
#include "attn/lang/headtalk.h"
#include "attn/render/alt.h"
#include "attn/render/stack.h"

struct best {
    size_t row, col; /* indices in the trace */
    size_t *order;   /* [heads->n] slices, the strongest link first */
};

static float weight_of(const struct headset *heads, const struct best *best,
                       size_t slice)
{
    const struct stack *stack = &heads->fill.stack;
    return stack->slices[slice].weights[best->row * stack->n_cols + best->col];
}

static void rank(struct call *call, const struct headset *heads, struct best *best)
{
    best->order = arena_new(call->arena, heads->n, sizeof *best->order);
    for (size_t k = 0; k < heads->n; k++) {
        size_t at = k, slice = heads->shown[k];
        for (; at > 0 && weight_of(heads, best, slice) >
                             weight_of(heads, best, best->order[at - 1]);
             at--)
            best->order[at] = best->order[at - 1];
        best->order[at] = slice;
    }
}

/* How many give the link more than nothing (two decimals); at least one. */
static size_t best_drawn(const struct headset *heads, const struct best *best)
{
    size_t n = 1;
    while (n < heads->n && weight_of(heads, best, best->order[n]) >= .005F)
        n++;
    return n;
}

static const struct table *ranking(struct call *call, const struct headset *heads,
                                   const struct best *best, size_t *n)
{
    enum { COLS = 3 };
    struct cell *cells = arena_new(call->arena, (heads->n + 1) * COLS, sizeof *cells);
    static const char *const names[COLS] = {"head", "name", "weight"};
    for (size_t c = 0; c < COLS; c++)
        cells[c] = (struct cell){.text = names[c], .header = true};
    *n = best_drawn(heads, best);
    for (size_t k = 0; k < *n; k++) {
        size_t head = headset_at(heads, best->order[k]);
        float weight = weight_of(heads, best, best->order[k]);
        const struct trace *trace = heads->fill.trace;
        struct cell *row = &cells[(k + 1) * COLS];
        row[0] = (struct cell){.text = arena_print(call->arena, "L%zu-H%zu",
                                                   head / trace->H, head % trace->H),
                               .header = true};
        row[1] = (struct cell){
            .text = headtalk_name(call, trace, head),
            .title = headtalk_does(call, trace, &heads->patterns[head], head)};
        row[2] = (struct cell){.text = arena_print(call->arena, "%.2f", (double)weight),
                               .number = true,
                               .fill = {INK_WEIGHT, weight}};
    }
    struct table *table = arena_new(call->arena, 1, sizeof *table);
    *table = (struct table){.cells = cells, .rows = *n + 1, .cols = COLS};
    return table;
}

static const char *say_best(struct call *call, const struct headset *heads,
                            const struct best *best)
{
    const struct stack *stack = &heads->fill.stack;
    const struct trace *trace = heads->fill.trace;
    size_t first = headset_at(heads, best->order[0]);
    float most = weight_of(heads, best, best->order[0]);
    const char *from = stack_word(call->arena, stack->rows, stack->n_rows, best->row);
    const char *to = stack_word(call->arena, stack->cols, stack->n_cols, best->col);
    if (most < .05F)
        return arena_print(
            call->arena,
            "No head draws \"%s\" to \"%s\": the strongest, %s, gives it %.2f.", from,
            to, headtalk_full(call, trace, first), (double)most);
    return arena_print(call->arena, "From \"%s\" to \"%s\" %s is strongest, with %.2f.",
                       from, to, headtalk_full(call, trace, first), (double)most);
}

/* Which words: both must be named. */
static bool find_link(struct call *call, const struct headset *heads, struct best *best,
                      struct err *err)
{
    const struct value *from = call_value(call, "word"), *to = call_value(call, "to");
    if (!from->given || !to->given) {
        err_set(err, ERR_MISSING, "heads best needs two words: from which to which.");
        return err_try(err, "e.g.", "heads best it -> animal");
    }
    best->row = trace_row_at(heads->fill.trace, from->position);
    best->col = trace_col_at(heads->fill.trace, to->position);
    if (best->row == SIZE_MAX || best->col == SIZE_MAX)
        return err_set(err, ERR_NO_SUCH_WORD, "That word is not in the sentence.");
    return true;
}

bool headbest_show(struct call *call, const char *which, struct err *err)
{
    struct headset heads = {0};
    struct best best = {0};
    struct buf json = {0};
    if (!headset_gather(call, &heads, which, err) ||
        !find_link(call, &heads, &best, err))
        return false;
    if (heads.n == 0)
        return headset_none(call, which, "on this sentence", err);
    rank(call, &heads, &best);
    size_t drawn;
    struct block block = {.kind = BLOCK_TABLE,
                          .table = ranking(call, &heads, &best, &drawn)};
    if (drawn < heads.n)
        call_note(call, "The other %zu heads give this link nothing (below .005).",
                  heads.n - drawn);
    struct view view = {.kind = "heads",
                        .finding = say_best(call, &heads, &best),
                        .blocks = &block,
                        .n_blocks = 1,
                        .footer = call_footer(call, heads.fill.layer, heads.fill.head)};
    view.alt = alt_print(call->arena, "%s", view.finding);
    if (call_wants_json(call)) {
        struct json_out out = headset_json(call, &heads, &json);
        for (size_t k = 0; k < heads.n; k++)
            headset_json_item(&out, call, &heads, headset_at(&heads, best.order[k]),
                              &(struct headset_more){.weight = (double)weight_of(
                                                         &heads, &best, best.order[k]),
                                                     .cluster = -1});
        json_end(&out);
        json_end(&out);
    }
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}
