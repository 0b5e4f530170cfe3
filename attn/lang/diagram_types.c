/* diagram_types.c - three kinds of attention as small matrices: real weights where the
 * model has that kind, else which cells are open. */
#include <string.h>

#include "attn/lang/diagram.h"
#include "attn/lang/fill.h"
#include "attn/lang/state.h"
#include "attn/render/stack.h"

enum { SHOWN = 5 };

struct kind {
    const char *title, *text;
    bool causal, apart; /* apart: the columns are of another text */
};

static const struct kind kinds[] = {
    {"Self-attention", "every word sees every word (BERT)", false, false},
    {"Masked", "self-attention that hides what comes later (GPT)", true, false},
    {"Cross-attention", "one text looks at another (translation)", false, true},
};

static size_t typed(const struct axis_token *tokens, size_t n, size_t *list)
{
    size_t found = 0;
    for (size_t i = 0; i < n && found < SHOWN; i++)
        if (!tokens[i].special)
            list[found++] = i;
    return found;
}

static const char *const *names(struct arena *arena, const struct axis_token *tokens,
                                size_t n, const size_t *list, size_t shown)
{
    const char **texts = arena_new(arena, shown + 1, sizeof *texts);
    for (size_t i = 0; i < shown; i++)
        texts[i] = stack_label(arena, tokens, n, list[i]);
    return texts;
}

/* Names that stand for words of a text that this model never sees. */
static const char *const *no_names(struct arena *arena, size_t n)
{
    const char **texts = arena_new(arena, n + 1, sizeof *texts);
    for (size_t i = 0; i < n; i++)
        texts[i] = arena_print(arena, "word %zu", i);
    return texts;
}

/* Who may look where, without weights. */
static struct boxes_grid open_grid(const struct diagram *diagram,
                                   const struct kind *kind)
{
    struct arena *arena = diagram->call->arena;
    size_t list[SHOWN], n = typed(diagram->tokens, diagram->n_tokens, list);
    size_t rows = kind->apart ? SHOWN : n;
    float *weights = arena_new(arena, rows * n + 1, sizeof *weights);
    for (size_t i = 0; i < rows * n; i++)
        weights[i] = kind->causal && i % n > i / n ? BOXES_HIDDEN : BOXES_OPEN;
    const char *const *own = names(arena, diagram->tokens, diagram->n_tokens, list, n);
    return (struct boxes_grid){.rows = rows,
                               .cols = n,
                               .row_names = kind->apart ? no_names(arena, rows) : own,
                               .col_names = own,
                               .weights = weights};
}

static struct boxes_grid weighed_grid(struct arena *arena, const struct stack *stack)
{
    size_t rows[SHOWN], cols[SHOWN];
    size_t n = typed(stack->rows, stack->n_rows, rows),
           m = typed(stack->cols, stack->n_cols, cols);
    float *weights = arena_new(arena, n * m + 1, sizeof *weights);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            weights[i * m + j] = stack->causal && cols[j] > rows[i]
                                     ? BOXES_HIDDEN
                                     : stack_row(stack, rows[i])[cols[j]];
    return (struct boxes_grid){
        .rows = n,
        .cols = m,
        .row_names = names(arena, stack->rows, stack->n_rows, rows, n),
        .col_names = names(arena, stack->cols, stack->n_cols, cols, m),
        .weights = weights};
}

/* Whether the model has attention of that kind; the settings are then made so. */
static bool can_show(struct call *call, const struct kind *kind)
{
    bool pairs = model_info(call_model(call))->pairs;
    struct settings *settings = &call->settings;
    settings->hide = HIDE_NONE;
    if (pairs) {
        settings->which = kind->apart    ? ATTENTION_CROSS
                          : kind->causal ? ATTENTION_DECODER
                                         : ATTENTION_ENCODER;
        settings->mask = MASK_AUTO;
        return true;
    }
    if (kind->apart || (!kind->causal && call_info(call)->causal))
        return false;
    settings->mask = kind->causal ? MASK_CAUSAL : MASK_NONE;
    return true;
}

/* Under other settings for as long as it takes. False only with ERR_INTERRUPTED. */
static bool grid_of(struct diagram *diagram, const struct kind *kind,
                    struct boxes_grid *grid, bool *real, struct err *err)
{
    struct call *call = diagram->call;
    struct settings before = call->settings;
    size_t notes = call->n_notes;
    struct fill fill;
    struct err none = {0};
    *real = can_show(call, kind) && fill_rows(call, &fill, &none);
    if (*real)
        *grid = weighed_grid(call->arena, &fill.stack);
    else
        *grid = open_grid(diagram, kind);
    call->settings = before;
    call->n_notes = notes;
    if (none.code != ERR_INTERRUPTED)
        return true;
    *err = none;
    return false;
}

static const char *legend(const struct diagram *diagram, const bool *real)
{
    struct arena *arena = diagram->call->arena;
    const char *weights =
        real[0] || real[1] || real[2]
            ? "Rows look, columns are looked at; orange is the weight, each row from "
              "the head with most to say about it. "
            : "Rows look, columns are looked at. ";
    const char *open =
        real[0] && real[1] && real[2]
            ? ""
            : arena_print(arena,
                          "Where no weight is drawn, %s has no such "
                          "attention: empty cells are open, hatched ones "
                          "hidden. ",
                          call_info(diagram->call)->name);
    const char *more =
        diagram->n_words > SHOWN
            ? arena_print(
                  arena, "The first %d of %zu words; what a row lacks lies further on.",
                  SHOWN, diagram->n_words)
            : "";
    return arena_print(arena, "%s%s%s", weights, open, more);
}

bool diagram_types(struct diagram *diagram, struct err *err)
{
    enum { KINDS = sizeof kinds / sizeof *kinds };
    bool real[KINDS];
    for (size_t k = 0; k < KINDS; k++) {
        struct boxes_grid *grid = arena_new(diagram->call->arena, 1, sizeof *grid);
        if (!grid_of(diagram, &kinds[k], grid, &real[k], err))
            return false;
        diagram_add(diagram, (struct boxes_part){.kind = BOXES_BOX,
                                                 .title = kinds[k].title,
                                                 .text = kinds[k].text,
                                                 .grid = grid});
    }
    diagram_fact(diagram, "of types", legend(diagram, real));
    return true;
}
