/* look: where one word looks. */
#include <stdint.h>

#include "attn/lang/fill.h"
#include "attn/lang/pick.h"
#include "attn/lang/settles.h"
#include "attn/lang/words.h"
#include "attn/render/alt.h"
#include "attn/render/lookview.h"
#include "attn/render/stack.h"

static const float NO_CANDIDATE = .05f; /* a second word that weighs less is none */
enum { TABLE_MOST = 32 }; /* words of a sentence whose weights are all listed unasked */

static bool look_run(struct call *call, struct err *err);

const struct command look_command = {
    .name = "look",
    .does = "Shows where one word looks: the sentence coloured, the weights ranked.",
    .task = "See where words look",
    .lesson = "00",
    .args = {{.name = "word",
              .kind = ARG_WORD,
              .otherwise = "auto",
              .about = "the word that looks"}},
    .view = true,
    .honours = "word top measure",
    .examples = {"look it", "look animal", "look it layer 0 head 0"},
    .run = look_run,
};

static void write_json(struct call *call, const struct fill *fill, size_t row,
                       struct buf *json)
{
    const struct token *token = &fill->trace->rows[row];
    const float *weights = stack_row(&fill->stack, row);
    struct json_out out = call_json(call, json, "look", fill->layer, fill->head);
    json_key_text(&out, "word", token->text);
    json_key(&out, "position");
    if (token->position < 0)
        json_null(&out);
    else
        json_int(&out, token->position);
    json_key(&out, "weights");
    json_array(&out);
    for (size_t j = 0; j < fill->trace->S; j++) {
        const struct axis_token *col = &fill->stack.cols[j];
        json_object(&out);
        json_key_text(&out, "token", col->text);
        json_key(&out, "position");
        if (col->position < 0)
            json_null(&out);
        else
            json_int(&out, col->position);
        json_key_bool(&out, "special", col->special);
        json_key_float(&out, "weight", (double)weights[j]);
        json_end(&out);
    }
    json_end(&out);
    if (fill->head == PICK_MAX && call->settings.measure == MEASURE_WEIGHT)
        json_key_text(&out, "note",
                      "the largest weight of any head: no distribution, it need not "
                      "add up to 1");
    json_end(&out);
}

/* All weights of the row, in the order of the sentence. */
static struct block all_weights(struct call *call, const struct fill *fill, size_t row)
{
    const struct stack *stack = &fill->stack;
    const float *weights = stack_row(stack, row);
    struct table *table = arena_new(call->arena, 1, sizeof *table);
    struct cell *cells = arena_new(call->arena, 3 * (stack->n_cols + 1), sizeof *cells);
    struct block *inside = arena_new(call->arena, 1, sizeof *inside);
    cells[0] = (struct cell){.text = "position", .header = true};
    cells[1] = (struct cell){.text = "looked at", .header = true};
    cells[2] = (struct cell){.text = "weight", .header = true};
    for (size_t j = 0; j < stack->n_cols; j++) {
        struct cell *at = cells + 3 * (j + 1);
        bool special = stack->cols[j].special;
        at[0] = (struct cell){
            .text =
                special ? "" : arena_print(call->arena, "%d", stack->cols[j].position),
            .number = true};
        at[1] = (struct cell){.text = special ? arena_print(call->arena,
                                                            "%s (resting place)",
                                                            stack->cols[j].text)
                                              : stack->cols[j].text};
        at[2] = (struct cell){
            .text = arena_print(call->arena, "%.3f", (double)weights[j]),
            .number = true,
            .fill = {special ? INK_REST : INK_WEIGHT, weights[j] / stack->most}};
    }
    *table = (struct table){.cells = cells, .rows = stack->n_cols + 1, .cols = 3};
    *inside = (struct block){.kind = BLOCK_TABLE, .table = table};
    return (struct block){.kind = BLOCK_FOLD,
                          .text = "All weights, in the order of the sentence",
                          .inside = inside,
                          .n_inside = 1};
}

/* A pronoun, in the head that tells the story first: the one that looks for what it
 * means. */
static bool seeks_referent(const struct trace *trace, struct head_ref head, size_t row)
{
    return trace->rows[row].flags & TOKEN_PRONOUN && trace->heads &&
           trace->heads[head.layer * trace->H + head.head].story == 1;
}

/* The sentence about two candidates, or about one that its meaning does not settle; ""
 * where it does. */
static const char *say_either(struct call *call, const struct fill *fill, size_t row,
                              struct head_ref head, bool *either)
{
    size_t two[2];
    const float *weights = stack_row(&fill->stack, row);
    *either = story_could_be_either(fill->trace, head.layer, head.head, row, &two[0],
                                    &two[1]) &&
              stack_resting(&fill->stack, weights) < weights[two[0]];
    if (model_info(call_model(call))->no_vectors ||
        !seeks_referent(fill->trace, head, row) || two[1] == SIZE_MAX ||
        weights[two[1]] < NO_CANDIDATE || settles(call, fill->trace, head, row, two))
        return "";
    return *either
               ? " Nothing in these words settles it; I fell back on the role and the "
                 "place of the words."
               : " No meaning settles it: the role and the place of the words decide.";
}

/* `why` by itself would choose a head; where one was asked for, it is that one. */
static const char *same_head(const struct call *call, const struct fill *fill)
{
    if (pick_is_auto(call) || fill->trace->L * fill->trace->H == 1)
        return call_side(call);
    return arena_print(call->arena, " layer %d head %d%s", fill->layer, fill->head,
                       call_side(call));
}

static const char *see_why(struct call *call, const struct fill *fill, size_t row)
{
    const struct stack *stack = &fill->stack;
    const char *line = arena_print(
        call->arena, "why %s",
        word_typed(call_rows(call), stack->rows[row].position, call->arena));
    size_t best, second;
    (void)story_could_be_either(fill->trace, (size_t)fill->layer, (size_t)fill->head,
                                row, &best, &second);
    if (best == SIZE_MAX || !(stack_row(stack, row)[best] > 0))
        return arena_print(call->arena, "%s%s", line, same_head(call, fill));
    return arena_print(
        call->arena, "%s -> %s%s", line,
        word_typed(call_cols(call), stack->cols[best].position, call->arena),
        same_head(call, fill));
}

/* What this head is there for, how to ask why, all weights. */
static size_t write_blocks(struct call *call, const struct fill *fill, size_t row,
                           struct block *blocks)
{
    const struct slice *slice = stack_slice(&fill->stack, row);
    size_t n = 0;
    if (slice->does)
        blocks[n++] = (struct block){
            .kind = BLOCK_NOTE,
            .of_first = true,
            .text = arena_print(call->arena, "Layer %d head %d, %s: %s", slice->layer,
                                slice->head, slice->name, slice->does)};
    if (fill->layer >= 0 && fill->head >= 0 && !call_info(call)->no_vectors)
        blocks[n++] = (struct block){.kind = BLOCK_NOTE,
                                     .of_first = true,
                                     .text = arena_print(call->arena, "Why there:  %s",
                                                         see_why(call, fill, row))};
    if (fill->stack.n_cols <= TABLE_MOST + 1 || call->form == FORM_TABLE) {
        blocks[n] = all_weights(call, fill, row);
        blocks[n++].of_first = true;
    }
    return n;
}

static bool look_run(struct call *call, struct err *err)
{
    struct fill fill;
    size_t row;
    bool either = false;
    const char *unsettled = "";
    const struct value *top = call_value(call, "top");
    if (!fill_word(call, call_value(call, "word"), &fill, &row, err))
        return false;
    struct head_ref head = {(size_t)fill.layer, (size_t)fill.head};
    fill_note_unknown(call, &fill);
    if (fill.layer >= 0 && fill.head >= 0 && call->settings.measure == MEASURE_WEIGHT)
        unsettled = say_either(call, &fill, row, head, &either);
    struct lookview look = {
        .big = call->settings.big,
        .stack = fill.stack,
        .chosen = row,
        .either = either,
        .top = top->given ? (size_t)top->numbers[0] : 0,
    };
    struct block *blocks = arena_new(call->arena, 3, sizeof *blocks);
    struct view view = {
        .kind = "look",
        .finding =
            arena_print(call->arena, "%s%s",
                        alt_finding(call->arena, &fill.stack, row, either), unsettled),
        .alt = alt_row(call->arena, &fill.stack, row, either),
        .scene = lookview_draw(&look, call->arena),
        .blocks = blocks,
        .n_blocks = write_blocks(call, &fill, row, blocks),
        .footer = call_footer(call, fill.layer, fill.head),
        .twin = lookview_twin(&look, call->arena),
    };
    struct buf json = {0};
    if (call_wants_json(call))
        write_json(call, &fill, row, &json);
    bool shown = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return shown;
}
