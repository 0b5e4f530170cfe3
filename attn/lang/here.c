#include "attn/lang/here.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/state.h"
#include "attn/lang/words.h"
#include "attn/render/stack.h"

/* The two strongest columns that are no resting place. */
static void find_best(struct here *here)
{
    const struct stack *stack = &here->fill.stack;
    here->best = here->second = SIZE_MAX;
    for (size_t j = 0; j < stack->n_cols; j++) {
        if (stack->cols[j].special || !(here->weights[j] > 0))
            continue;
        if (here->best == SIZE_MAX || here->weights[j] > here->weights[here->best]) {
            here->second = here->best;
            here->best = j;
        } else if (here->second == SIZE_MAX ||
                   here->weights[j] > here->weights[here->second]) {
            here->second = j;
        }
    }
}

struct here here_look(struct call *call, const struct value *word)
{
    struct here here = {.call = call, .info = call_info(call)};
    struct err err = {0};
    if (call->settings.measure != MEASURE_WEIGHT || call_rows(call)->n_words == 0 ||
        !fill_word(call, word, &here.fill, &here.row, &err))
        return here;
    if (here.fill.layer < 0 || here.fill.head < 0)
        return here;
    here.weights = stack_row(&here.fill.stack, here.row);
    find_best(&here);
    here.has_row =
        here.best != SIZE_MAX && here.fill.trace->rows[here.row].position >= 0;
    return here;
}

static const char *two_digits(const struct here *here, float weight)
{
    return arena_print(here->call->arena, "%.2f", (double)weight);
}

/* What `steps` prints as the score: query times key, with the head's own factor. NAN
 * where the run holds no vectors, or the settings change what is divided. */
static double score_of(const struct here *here)
{
    const struct trace *trace = here->fill.trace;
    size_t layer = (size_t)here->fill.layer, head = (size_t)here->fill.head;
    const struct settings *settings = &here->call->settings;
    if (here->info->no_vectors || !trace->query || !trace->key || !settings->scale ||
        settings->temperature < 1 || settings->temperature > 1)
        return (double)NAN;
    const float *query = trace_vector(trace, trace->query, trace->T,
                                      (struct trace_at){layer, head, here->row});
    const float *key = trace_vector(trace, trace->key, trace->S,
                                    (struct trace_at){layer, head, here->best});
    double sum = 0;
    for (size_t d = 0; d < trace->D; d++)
        sum += (double)query[d] * (double)key[d];
    return sum * (trace->gain ? trace->gain[layer * trace->H + head] : 1);
}

static const char *score_slot(const struct here *here, bool scaled)
{
    double score = score_of(here);
    if (!isfinite(score))
        return NULL;
    return arena_print(here->call->arena, "%.2f",
                       scaled ? score * here->fill.trace->score_scale : score);
}

/* How much the word looked at gives back in the same head. */
static const char *back_slot(const struct here *here)
{
    const struct trace *trace = here->fill.trace;
    if (here->fill.stack.apart || trace->causal || here->best == here->row ||
        here->call->settings.hide != HIDE_NONE)
        return NULL;
    const float *row =
        trace_row(trace, (size_t)here->fill.layer, (size_t)here->fill.head, here->best);
    return two_digits(here, row[here->row]);
}

static const char *number(const struct here *here, size_t n)
{
    return arena_print(here->call->arena, "%zu", n);
}

static const char *word_slot(const struct here *here)
{
    const struct stack *stack = &here->fill.stack;
    return stack_word(here->call->arena, stack->rows, stack->n_rows, here->row);
}

static const char *pronoun_slot(const struct here *here)
{
    const struct token *token = &here->fill.trace->rows[here->row];
    return token->flags & TOKEN_PRONOUN ? token->text : NULL;
}

static const char *typed_slot(const struct here *here)
{
    return word_typed(call_rows(here->call), here->fill.trace->rows[here->row].position,
                      here->call->arena);
}

static const char *column_word(const struct here *here, size_t col)
{
    const struct stack *stack = &here->fill.stack;
    return col == SIZE_MAX
               ? NULL
               : stack_word(here->call->arena, stack->cols, stack->n_cols, col);
}

static const char *best_slot(const struct here *here)
{
    return column_word(here, here->best);
}

static const char *best_typed_slot(const struct here *here)
{
    return word_typed(call_cols(here->call), here->fill.stack.cols[here->best].position,
                      here->call->arena);
}

static const char *weight_slot(const struct here *here)
{
    return two_digits(here, here->weights[here->best]);
}

static const char *second_slot(const struct here *here)
{
    return column_word(here, here->second);
}

static const char *second_weight_slot(const struct here *here)
{
    return here->second == SIZE_MAX ? NULL
                                    : two_digits(here, here->weights[here->second]);
}

static const char *rest_slot(const struct here *here)
{
    const struct stack *stack = &here->fill.stack;
    return stack->n_cols == stack_typed(stack->cols, stack->n_cols)
               ? NULL
               : two_digits(here, stack_resting(stack, here->weights));
}

static const char *head_slot(const struct here *here)
{
    const struct slice *slice = stack_slice(&here->fill.stack, here->row);
    return arena_print(here->call->arena, "layer %d head %d", slice->layer,
                       slice->head);
}

static const char *head_id_slot(const struct here *here)
{
    const struct slice *slice = stack_slice(&here->fill.stack, here->row);
    return arena_print(here->call->arena, "L%d-H%d", slice->layer, slice->head);
}

static const char *head_name_slot(const struct here *here)
{
    const struct slice *slice = stack_slice(&here->fill.stack, here->row);
    return stack_is_named(slice) ? slice->name : NULL;
}

static const char *plain_score_slot(const struct here *here)
{
    return score_slot(here, false);
}

static const char *scaled_slot(const struct here *here)
{
    return score_slot(here, true);
}

static const char *position_slot(const struct here *here)
{
    return arena_print(here->call->arena, "%d",
                       here->fill.trace->rows[here->row].position);
}

static const char *id_slot(const struct here *here)
{
    int id = (int)here->fill.trace->rows[here->row].id;
    return id < 0 ? NULL : arena_print(here->call->arena, "%d", id);
}

/* ---- of the sentence and the model, with a row or without */

/* The sentence that looks at itself; NULL where one looks at another, or it is empty.
 */
static const struct subject *own(const struct here *here)
{
    const struct subject *rows = call_rows(here->call);
    return rows->n_words && rows == call_cols(here->call) ? rows : NULL;
}

static const char *n_slot(const struct here *here)
{
    return own(here) ? number(here, own(here)->n_words) : NULL;
}

static const char *cells_slot(const struct here *here)
{
    return own(here) ? number(here, own(here)->n_words * own(here)->n_words) : NULL;
}

static const char *tokens_slot(const struct here *here)
{
    return own(here) ? number(here, own(here)->n_tokens) : NULL;
}

static const char *layers_slot(const struct here *here)
{
    return number(here, here->info->L);
}

static const char *heads_slot(const struct here *here)
{
    return number(here, here->info->H);
}

static const char *all_heads_slot(const struct here *here)
{
    return number(here, here->info->L * here->info->H);
}

static const char *model_slot(const struct here *here)
{
    return here->info->name;
}

static const char *dk_slot(const struct here *here)
{
    return here->info->no_vectors ? NULL : number(here, here->info->D);
}

static const char *any_slot(const struct here *here)
{
    return here->info->sentences || !own(here) ? NULL : "";
}

const char *here_slot(void *context, const char *name, size_t length)
{
    static const struct {
        const char *name;
        bool of_row;
        const char *(*value)(const struct here *here);
    } slots[] = {
        {"word", true, word_slot},
        {"pronoun", true, pronoun_slot},
        {"typed", true, typed_slot},
        {"best", true, best_slot},
        {"best_typed", true, best_typed_slot},
        {"weight", true, weight_slot},
        {"second", true, second_slot},
        {"second_weight", true, second_weight_slot},
        {"rest", true, rest_slot},
        {"back", true, back_slot},
        {"head", true, head_slot},
        {"headid", true, head_id_slot},
        {"headname", true, head_name_slot},
        {"score", true, plain_score_slot},
        {"scaled", true, scaled_slot},
        {"position", true, position_slot},
        {"id", true, id_slot},
        {"n", false, n_slot},
        {"cells", false, cells_slot},
        {"tokens", false, tokens_slot},
        {"layers", false, layers_slot},
        {"heads", false, heads_slot},
        {"all_heads", false, all_heads_slot},
        {"model", false, model_slot},
        {"dk", false, dk_slot},
        {"any", false, any_slot},
    };
    const struct here *here = context;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (same_word(name, length, slots[i].name))
            return slots[i].of_row && !here->has_row ? NULL : slots[i].value(here);
    return NULL;
}
