/* cmd_steps.c - steps: query, match, softmax, blend, output of one word. */
#include "attn/lang/steps.h"

#include <math.h>
#include <string.h>

#include "attn/lang/numbers.h"
#include "attn/lang/origin.h"
#include "attn/render/alt.h"

enum { SHOWN_WORDS = 6, LEAST_PLACES = 2, MOST_PLACES = 4, LARGE_POWER = 12 };

static const char *const blanks[] = {NULL,      "query", "match",
                                     "softmax", "blend", "output"};

const char *steps_shown(const struct steps *steps, enum step of, const char *text)
{
    return steps->blank == of ? "?" : text;
}

static const double SHOWN_WEIGHT = .005;

/* ---- how many decimals */

/* True when at so many decimals products and what is spelled out give the output. */
static bool outputs_add_up(const struct steps *steps, int places)
{
    const struct onerow *row = &steps->row;
    const int here[] = {places, places};
    double *products = arena_new(row->call->arena, row->trace->S, sizeof *products);
    bool exact = true;
    for (size_t d = 0; d < row->trace->D; d++) {
        double spelled = 0;
        for (size_t j = 0; j < row->trace->S; j++) {
            double value = onerow_value(row, j)[d];
            products[j] = row->weights[j] * value;
            spelled += number_rounded(row->weights[j], places) * value;
        }
        number_places(products, row->trace->S, row->output[d], here, &exact);
        number_places(&spelled, 1, row->output[d], here, &exact);
    }
    return exact;
}

/* Where every word is shown: the fewest decimals at which all of them add up. Else the
 * line for the other words takes what rounding leaves. */
static void choose_places(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    steps->exact = true;
    steps->places = LEAST_PLACES;
    for (int places = LEAST_PLACES; steps->others == 0 && places <= MOST_PLACES;
         places++) {
        const int here[] = {places, places};
        steps->exact = !row->small || outputs_add_up(steps, places);
        number_places(row->weights, row->trace->S, 1, here, &steps->exact);
        number_places(steps->exps, row->trace->S, steps->sum, here, &steps->exact);
        steps->places = steps->exact ? places : LEAST_PLACES;
        if (steps->exact)
            return;
    }
}

/* e to the scaled scores, 0 where masked. Large ones are compared with the largest
 * first: e to the power of 80 says nothing. */
static void raise_scores(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    size_t S = row->trace->S;
    double *exps = arena_new(row->call->arena, S, sizeof *exps);
    double most = -INFINITY, least = INFINITY;
    for (size_t j = 0; j < S; j++) {
        if (row->masked[j])
            continue;
        most = fmax(most, row->scaled[j]);
        least = fmin(least, row->scaled[j]);
    }
    steps->relative = most > LARGE_POWER || least < -LARGE_POWER;
    for (size_t j = 0; j < S; j++) {
        exps[j] =
            row->masked[j] ? 0 : exp(row->scaled[j] - (steps->relative ? most : 0));
        steps->sum += exps[j];
    }
    steps->exps = exps;
}

/* ---- step 3 */

static void weight_cell(struct steps *steps, struct sheet *sheet, double weight)
{
    struct cell cell = {.text = number_fixed(sheet->arena, weight, steps->places),
                        .number = true};
    if (steps->blank == STEP_SOFTMAX)
        cell.text = "?";
    else
        cell.fill = (struct paint){INK_WEIGHT, (float)weight};
    sheet_add(sheet, cell);
}

static void exp_cell(struct steps *steps, struct sheet *sheet, double value)
{
    sheet_number(sheet, steps_shown(steps, STEP_SOFTMAX,
                                    number_fixed(sheet->arena, value, steps->places)));
}

static void softmax_line(struct steps *steps, struct sheet *sheet, size_t col)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = sheet->arena;
    const char *score = row->small ? number_plain(arena, row->scores[col], 6)
                                   : number_fixed(arena, row->scores[col], 2);
    sheet_header(sheet, onerow_label(row, col));
    if (row->masked[col]) {
        sheet_number(sheet, "hidden");
        sheet_number(sheet, "−∞");
    } else {
        sheet_number(sheet, steps_shown(steps, STEP_MATCH, score));
        sheet_number(sheet,
                     steps_shown(steps, STEP_MATCH,
                                 number_fixed(arena, row->scaled[col], steps->places)));
    }
    exp_cell(steps, sheet, steps->exps[col]);
    weight_cell(steps, sheet, row->weights[col]);
}

/* What rounded numbers leave to their rounded total; never less than nothing. */
static double left_over(struct steps *steps, const double *values, double total)
{
    double left = number_rounded(total, steps->places);
    for (size_t k = 0; k < steps->n_top; k++)
        left -= number_rounded(values[steps->top[k]], steps->places);
    left = number_rounded(left, steps->places);
    steps->exact = steps->exact && left >= 0;
    return fmax(left, 0);
}

static void softmax_ends(struct steps *steps, struct sheet *sheet)
{
    if (steps->others > 0) {
        sheet_header(sheet, arena_print(sheet->arena, "%zu other word%s", steps->others,
                                        steps->others == 1 ? "" : "s"));
        sheet_text(sheet, "");
        sheet_text(sheet, "");
        exp_cell(steps, sheet, left_over(steps, steps->exps, steps->sum));
        weight_cell(steps, sheet, left_over(steps, steps->row.weights, 1));
    }
    sheet_add(sheet, (struct cell){.text = "sum", .header = true, .strong = true});
    sheet_text(sheet, "");
    sheet_text(sheet, "");
    exp_cell(steps, sheet, steps->sum);
    sheet_add(sheet, (struct cell){.text = number_fixed(sheet->arena, 1, steps->places),
                                   .number = true,
                                   .strong = true});
}

void steps_softmax(struct steps *steps)
{
    struct onerow *row = &steps->row;
    struct sheet sheet = sheet_begin(row->call->arena, 5);
    pile_add(&steps->pile, BLOCK_HEADING, "3 · Softmax: scores become shares");
    sheet_header(&sheet, "word");
    sheet_header(&sheet, "score");
    sheet_header(&sheet, onerow_scale(row));
    sheet_header(&sheet, steps->relative ? "e to that minus the largest" : "e to that");
    sheet_header(&sheet, "weight");
    for (size_t k = 0; k < steps->n_top; k++)
        softmax_line(steps, &sheet, steps->top[k]);
    softmax_ends(steps, &sheet);
    pile_table(&steps->pile, sheet_end(&sheet, NULL));
    if (steps->blank == STEP_SOFTMAX)
        pile_add(
            &steps->pile, BLOCK_TEXT,
            "Yours: raise e to each scaled score, add up, divide each by the sum.");
    else
        pile_add(&steps->pile, BLOCK_NOTE,
                 "weight = e to the scaled score, divided by the sum of all of them.");
}

/* ---- JSON */

static void json_numbers(struct json_out *out, const double *numbers, size_t n)
{
    json_array(out);
    for (size_t i = 0; i < n; i++)
        json_float(out, numbers[i]);
    json_end(out);
}

static void json_blank(struct json_out *out, const char *key, const double *numbers,
                       size_t n)
{
    json_key(out, key);
    if (numbers)
        json_numbers(out, numbers, n);
    else
        json_null(out);
}

static void json_matrix(struct json_out *out, const char *key, const struct onerow *row,
                        const double *(*vector)(const struct onerow *, size_t))
{
    json_key(out, key);
    json_array(out);
    for (size_t j = 0; j < row->trace->S; j++)
        json_numbers(out, vector(row, j), row->trace->D);
    json_end(out);
}

/* What is left empty is null. */
static void write_json(struct call *call, const struct steps *steps, struct buf *json)
{
    const struct onerow *row = &steps->row;
    size_t S = row->trace->S, D = row->trace->D;
    enum step blank = steps->blank;
    struct json_out out =
        call_json(call, json, "steps", (int)row->layer, (int)row->head);
    double *scaled = arena_new(call->arena, S, sizeof *scaled);
    for (size_t j = 0; j < S; j++)
        scaled[j] = row->masked[j] ? -INFINITY : row->scaled[j]; /* written as null */
    json_key_text(&out, "token", row->trace->rows[row->row].text);
    json_key_int(&out, "position", row->trace->rows[row->row].position);
    json_key_int(&out, "d_k", (int64_t)D);
    json_blank(&out, "query", blank == STEP_QUERY ? NULL : row->query, D);
    json_matrix(&out, "keys", row, onerow_key);
    json_blank(&out, "scores", blank == STEP_MATCH ? NULL : row->scores, S);
    json_blank(&out, "scaled", blank == STEP_MATCH ? NULL : scaled, S);
    json_blank(&out, "weights", blank == STEP_SOFTMAX ? NULL : row->weights, S);
    json_matrix(&out, "values", row, onerow_value);
    json_blank(&out, "output", blank == STEP_OUTPUT ? NULL : row->output, D);
    json_key(&out, "tokens");
    call_json_tokens(&out, row->trace->cols, S);
    json_end(&out);
}

/* ---- the command */

static enum step blank_of(struct call *call)
{
    const struct value *blank = call_value(call, "blank");
    for (int i = STEP_QUERY; blank->given && i <= STEP_OUTPUT; i++)
        if (strcmp(blank->text, blanks[i]) == 0)
            return (enum step)i;
    return STEP_NONE;
}

static bool takes_nothing(const struct onerow *row)
{
    for (size_t d = 0; d < row->trace->D; d++)
        if (row->output[d] != 0)
            return false;
    return true;
}

static const char *finding(const struct steps *steps)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = row->call->arena;
    if (steps->blank != STEP_NONE)
        return arena_print(arena,
                           "Five steps from \"%s\" to what it takes along%s. Step %d "
                           "is yours.",
                           row->word, row->where, steps->blank);
    size_t best[2], n = onerow_top(row, 2, best);
    const char *second =
        n > 1 ? arena_print(arena, ", %s of \"%s\"",
                            number_fixed(arena, row->weights[best[1]], steps->places),
                            row->cols[best[1]].text)
              : "";
    const char *first = number_fixed(arena, row->weights[best[0]], steps->places);
    if (takes_nothing(row))
        return arena_print(arena,
                           "\"%s\" asks%s and looks at \"%s\" (%s), but takes nothing "
                           "along: the values there are 0.",
                           row->word, row->where, row->cols[best[0]].text, first);
    return arena_print(arena, "\"%s\" asks%s and takes along %s of \"%s\"%s.",
                       row->word, row->where, first, row->cols[best[0]].text, second);
}

static void last_notes(struct call *call, const struct steps *steps)
{
    const struct onerow *row = &steps->row;
    if (row->by_hand)
        call_note(call, "The query was set by hand; x·W would give another:  set query "
                        "none");
    if (!call->settings.attention)
        call_note(call, "attention is off: the word keeps its start vector, and this "
                        "output goes nowhere.");
    if (!steps->exact)
        call_note(call, "Rounded: added up as printed, the last digit can be off by "
                        "one. as json gives all digits.");
}

/* All words in their order, or the strongest. What would print as 0.00 goes with the
 * others. */
static void find_columns(struct steps *steps)
{
    struct onerow *row = &steps->row;
    size_t S = row->trace->S;
    size_t *top = arena_new(row->call->arena, S, sizeof *top);
    steps->top = top;
    if (row->small) {
        for (; steps->n_top < S; steps->n_top++)
            top[steps->n_top] = steps->n_top;
        return;
    }
    size_t n = onerow_top(row, SHOWN_WORDS, top);
    while (n > 2 && row->weights[top[n - 1]] < SHOWN_WEIGHT)
        n--;
    steps->n_top = n;
    for (size_t j = 0; j < S; j++)
        steps->others += !row->masked[j];
    steps->others -= n;
}

static bool steps_run(struct call *call, struct err *err)
{
    struct steps steps = {.blank = blank_of(call), .exact = true};
    if (!onerow_open(call, call_value(call, "word"), &steps.row, err))
        return false;
    find_columns(&steps);
    raise_scores(&steps);
    choose_places(&steps);
    steps.pile = pile_begin(call->arena);
    if (steps.row.small)
        steps_small(&steps);
    else
        steps_large(&steps);
    last_notes(call, &steps);
    struct view view = {
        .kind = "steps",
        .finding = finding(&steps),
        .scene = steps_picture(&steps),
        .footer = call_footer(call, (int)steps.row.layer, (int)steps.row.head)};
    view.alt = alt_print(call->arena, "%s", view.finding);
    pile_end(&steps.pile, &view);
    struct buf json = {0};
    if (call_wants_json(call))
        write_json(call, &steps, &json);
    bool shown = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return shown;
}

const struct command steps_command = {
    .name = "steps",
    .does = "Follows one word through a head: query, match, softmax, blend, output.",
    .task = "Do the arithmetic",
    .lesson = "03",
    .suits = origin_has_vectors,
    .args = {{"word", ARG_WORD, .otherwise = "auto", .about = "the word that asks"},
             {"blank", ARG_CHOICE, .about = "leaves one step to you",
              .choices = {"query", "match", "softmax", "blend", "output"}}},
    .view = true,
    .honours = "word",
    .examples = {"steps it", "steps", "steps it layer 2 head 0",
                 "steps it blank softmax"},
    .run = steps_run,
};
