/* evolve: one word through all layers, or through the heads of one. */
#include <stdint.h>
#include <string.h>

#include "attn/lang/evolve.h"
#include "attn/lang/measured.h"
#include "attn/lang/table.h"
#include "attn/lang/words.h"
#include "attn/render/alt.h"
#include "attn/render/marks.h"
#include "attn/render/stack.h"

enum { TABLE_MOST = 32 }; /* words across of a table that is listed unasked */

static bool evolve_run(struct call *call, struct err *err);

const struct command evolve_command = {
    .name = "evolve",
    .does = "Shows one word through all layers, a row for each; or through the heads "
            "of one layer.",
    .task = "See where words look",
    .lesson = "07",
    .args = {{.name = "word",
              .kind = ARG_WORD,
              .otherwise = "auto",
              .about = "the word that looks"}},
    .view = true,
    .honours = "heads word cols top values sums measure",
    .examples = {"evolve it", "evolve it layer 3", "evolve it head mean",
                 "evolve animal"},
    .run = evolve_run,
};

/* ---- JSON: the very values ------------------------------------------------------- */

static void write_row(struct json_out *out, const struct evolve *evolve, size_t k)
{
    const struct evolveview *view = &evolve->view;
    const float *weights = evolveview_row(view, k);
    const struct slice *slice = evolveview_slice(view, k);
    json_object(out);
    json_key_text(out, "title", view->strips[k].title);
    json_key(out, "layer");
    if (slice->layer >= 0)
        json_int(out, slice->layer);
    else
        json_null(out);
    json_key(out, "head");
    if (slice->head >= 0)
        json_int(out, slice->head);
    else
        json_null(out);
    json_key_text(out, "name", slice->name);
    json_key_bool(out, "rests", evolveview_is_quiet(view, k));
    json_key(out, "weights");
    json_array(out);
    for (size_t j = 0; j < view->stack.n_cols; j++)
        json_float(out, (double)weights[j]);
    json_end(out);
    json_end(out);
}

static void write_json(struct call *call, const struct evolve *evolve, struct buf *json)
{
    const struct evolveview *view = &evolve->view;
    const struct token *token = &evolve->fill.trace->rows[view->rows[view->chosen]];
    struct json_out out = call_json(call, json, "evolve", evolve->layer, evolve->head);
    json_key_text(&out, "word", token->text);
    json_key(&out, "position");
    if (token->position < 0)
        json_null(&out);
    else
        json_int(&out, token->position);
    json_key(&out, "cols");
    call_json_tokens(&out, evolve->fill.trace->cols, evolve->fill.trace->S);
    json_key(&out, "rows");
    json_array(&out);
    for (size_t k = 0; k < view->n; k++)
        write_row(&out, evolve, k);
    json_end(&out);
    json_end(&out);
}

/* ---- options of the picture ------------------------------------------------------ */

/* `top n`: of each row only the n strongest words, and the resting place. */
static void keep_top(struct call *call, struct evolveview *view, size_t top)
{
    struct stack *stack = &view->stack;
    struct slice *slices = arena_new(call->arena, stack->n_slices, sizeof *slices);
    size_t *best = arena_new(call->arena, stack->n_cols, sizeof *best);
    float *words = arena_new(call->arena, stack->n_cols, sizeof *words);
    top = top < stack->n_cols ? top : stack->n_cols;
    for (size_t s = 0; s < stack->n_slices; s++) {
        float *kept =
            arena_new(call->arena, stack->n_rows * stack->n_cols, sizeof *kept);
        for (size_t i = 0; i < stack->n_rows; i++) {
            const float *row = stack->slices[s].weights + i * stack->n_cols;
            float *to = kept + i * stack->n_cols;
            for (size_t j = 0; j < stack->n_cols; j++) {
                words[j] = stack->cols[j].special ? 0 : row[j];
                to[j] = stack->cols[j].special ? row[j] : 0;
            }
            size_t n = stack_top(words, stack->n_cols, top, best);
            for (size_t k = 0; k < n; k++)
                to[best[k]] = row[best[k]];
        }
        slices[s] = stack->slices[s];
        slices[s].weights = kept;
    }
    stack->slices = slices;
    if (top == 1)
        call_note(call, "Only the strongest word of each row is drawn.");
    else
        call_note(call, "Only the %zu strongest words of each row are drawn.", top);
}

/* What stands after the verdict of a row: its sum, what `hide` took out of it. */
static void add_more(struct call *call, struct evolve *evolve)
{
    const struct value *sums = call_value(call, "sums");
    const struct evolveview *view = &evolve->view;
    struct evolveview_strip *strips = (struct evolveview_strip *)view->strips;
    for (size_t k = 0; k < view->n; k++) {
        const float *weights = evolveview_row(view, k);
        double sum = 0;
        for (size_t j = 0; j < view->stack.n_cols; j++)
            sum += (double)weights[j];
        const char *more = NULL;
        if (sums->given && sums->on)
            more = arena_print(call->arena, "sum %.2f", sum);
        if (call->settings.hide != HIDE_NONE)
            more = arena_print(call->arena, "%s%s%.2f hidden", more ? more : "",
                               more ? " · " : "", evolve->rows[k].removed);
        strips[k].more = more;
    }
}

/* ---- beside the picture ---------------------------------------------------------- */

static const struct table *weights_table(struct call *call, const struct evolve *evolve)
{
    const struct evolveview *view = &evolve->view;
    const struct stack *stack = &view->stack;
    struct sheet sheet = sheet_begin(call->arena, 2 + view->n_rest + view->n_cols);
    sheet_header(&sheet, "");
    for (size_t j = 0; j < view->n_rest; j++)
        sheet_header(&sheet, stack->cols[view->rest[j]].text);
    for (size_t j = 0; j < view->n_cols; j++)
        sheet_header(&sheet, stack_label(call->arena, stack->cols, stack->n_cols,
                                         view->cols[j]));
    sheet_header(&sheet, "head");
    for (size_t k = 0; k < view->n; k++) {
        const float *weights = evolveview_row(view, k);
        const struct slice *slice = evolveview_slice(view, k);
        sheet_header(&sheet, view->strips[k].title);
        for (size_t c = 0; c < view->n_rest + view->n_cols; c++) {
            bool rest = c < view->n_rest;
            size_t j = rest ? view->rest[c] : view->cols[c - view->n_rest];
            char number[MARKS_NUMBER_SIZE];
            marks_number(weights[j], number);
            sheet_add(&sheet,
                      (struct cell){.text = arena_print(call->arena, "%s", number),
                                    .number = true,
                                    .fill = {rest ? INK_REST : INK_WEIGHT,
                                             scene_level(weights[j], stack->most)}});
        }
        sheet_text(&sheet, slice->layer < 0
                               ? slice->name
                               : arena_print(call->arena, "L%d-H%d %s", slice->layer,
                                             slice->head, slice->name));
    }
    struct table *table = arena_new(call->arena, 1, sizeof *table);
    *table = *sheet_end(&sheet, NULL);
    table->grid = true;
    return table;
}

static const char *line_for(struct call *call, const struct evolve *evolve)
{
    const struct evolveview *view = &evolve->view;
    int position = view->stack.rows[view->rows[view->chosen]].position;
    return arena_print(call->arena, "evolve %s",
                       word_typed(call_rows(call), position, call->arena));
}

static void note_rows(struct call *call, const struct evolve *evolve)
{
    const struct trace *trace = evolve->fill.trace;
    const struct settings *settings = &call->settings;
    const char *line = line_for(call, evolve), *side = call_side(call);
    if (measured_is_made(settings))
        call_note(call, "Each row goes through the layers from 0 up to its own.");
    if (settings->head == PICK_MAX && settings->measure == MEASURE_WEIGHT)
        call_note(call, "The largest weight of any head in each cell: rows need not "
                        "add up to 1.");
    if (trace->L * trace->H == 1)
        call_note(call, "This model has one layer with one head, so there is one row.");
    else if (evolve->of == EVOLVE_HEADS && trace->L > 1)
        call_note(call, "A row for each head. One for each layer:  %s layer all%s",
                  line, side);
    else if (evolve->of == EVOLVE_LAYERS && settings->head == PICK_AUTO &&
             !measured_is_made(settings) && trace->H > 1)
        call_note(call,
                  "Each row is from the head of that layer with most to say about the "
                  "word. All heads of a layer:  %s layer %zu%s",
                  line, trace->L - 1, side);
    else if (evolve->view.n == 1 && trace->L > 1)
        call_note(call, "One row shows no change. All layers:  %s layer all%s", line,
                  side);
    if (settings->hide != HIDE_NONE)
        call_note(call,
                  "hide %s: what lay there was taken out of each row, and what is left "
                  "was scaled up to 1; how much that was stands beside each row.",
                  settings->hide == HIDE_FIRST ? "first" : "special");
}

static const char *footer_of(struct call *call, const struct evolve *evolve)
{
    if (evolve->of == EVOLVE_LAYERS && evolve->head == PICK_AUTO &&
        !measured_is_made(&call->settings) && evolve->fill.trace->L > 1)
        return call_footer_of(call, "of each layer the head with most to say");
    if (evolve->of == EVOLVE_LAYERS && evolve->head >= 0 && evolve->layer < 0)
        return call_footer_of(
            call, arena_print(call->arena, "head %d of each layer", evolve->head));
    return call_footer(call, evolve->layer, evolve->head);
}

static bool evolve_run(struct call *call, struct err *err)
{
    struct evolve evolve;
    struct buf json = {0};
    const struct value *top = call_value(call, "top");
    if (!evolve_gather(call, &evolve, err))
        return false;
    fill_note_unknown(call, &evolve.fill);
    note_rows(call, &evolve);
    add_more(call, &evolve);
    const char *finding = evolve_say(call, &evolve);
    if (call_wants_json(call))
        write_json(call, &evolve, &json);
    struct block *blocks = arena_new(call->arena, 2, sizeof *blocks);
    bool listed = evolve.view.n_cols <= TABLE_MOST || call->form == FORM_TABLE;
    if (listed)
        blocks[1] =
            (struct block){.kind = BLOCK_TABLE, .table = weights_table(call, &evolve)};
    blocks[0] = (struct block){.kind = BLOCK_FOLD,
                               .of_first = true,
                               .text = "The numbers, as a table",
                               .inside = &blocks[1],
                               .n_inside = 1};
    if (top->given)
        keep_top(call, &evolve.view, (size_t)top->numbers[0]);
    struct view view = {
        .kind = "evolve",
        .finding = finding,
        .alt =
            alt_print(call->arena, "%s A row for each %s, %zu words across.", finding,
                      evolve.of == EVOLVE_HEADS ? "head" : "layer", evolve.view.n_cols),
        .scene = evolveview_draw(&evolve.view, call->arena),
        .blocks = blocks,
        .n_blocks = listed ? 1 : 0,
        .footer = footer_of(call, &evolve),
        .twin = evolveview_twin(&evolve.view, call->arena),
    };
    bool shown = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return shown;
}
