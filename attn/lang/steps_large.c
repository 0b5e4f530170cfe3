/* steps_large.c - the five steps of a head with long vectors: the numbers that count
 * most by their names, the rest summed up, so that each sum is there as printed. */
#include <math.h>
#include <string.h>

#include "attn/lang/numbers.h"
#include "attn/lang/steps.h"
#include "attn/render/whycard.h"

enum { SHOWN = 6, COLUMNS = 4, BLENDED = 3, ROOM = SHOWN + 2, PLACES = 2 };

static const double LEAST_SHOWN = .005;

static struct arena *arena_of(const struct steps *steps)
{
    return steps->row.call->arena;
}

static void number_cell(struct sheet *sheet, const struct steps *steps, enum step of,
                        double value)
{
    sheet_number(sheet,
                 steps_shown(steps, of, number_fixed(sheet->arena, value, PLACES)));
}

/* How many of the ranked numbers stand by themselves: none that prints as 0.00, but one
 * at least. */
static size_t shown_of(const double *values, const size_t *order, size_t n)
{
    size_t shown = 0;
    while (shown < n && shown < SHOWN &&
           (shown == 0 || fabs(values[order[shown]]) >= LEAST_SHOWN))
        shown++;
    return shown;
}

/* The rows of a table of the largest numbers, the others in one line. */
static void rows_of(struct steps *steps, enum projection which, enum step of,
                    const double *x, const double *values, uint64_t skip)
{
    const struct onerow *row = &steps->row;
    size_t D = row->trace->D;
    size_t *order = arena_new(arena_of(steps), D, sizeof *order);
    size_t n = number_rank(values, D, skip, order), shown = shown_of(values, order, n);
    struct sheet sheet = sheet_begin(arena_of(steps), 2);
    sheet_header(&sheet, "what it is about");
    sheet_add(&sheet, onerow_head(which, onerow_mark(which)));
    for (size_t k = 0; k < shown; k++) {
        sheet_header(&sheet, onerow_name(row, which, x, order[k]));
        number_cell(&sheet, steps, of, values[order[k]]);
    }
    if (shown > 0)
        pile_table(&steps->pile, sheet_end(&sheet, NULL));
    if (n > shown)
        pile_add(&steps->pile, BLOCK_NOTE,
                 arena_print(arena_of(steps),
                             "and %zu smaller; the other of the %zu numbers are 0%s.",
                             n - shown, D, skip ? " or tell the place" : ""));
}

static void query(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    pile_add(&steps->pile, BLOCK_HEADING,
             arena_print(arena_of(steps), "1 · Query: what is \"%s\" looking for?",
                         row->word));
    rows_of(steps, PROJECT_QUERY, STEP_QUERY, onerow_source(row, PROJECT_QUERY).x,
            row->query, row->place_numbers);
    bool yours = steps->blank == STEP_QUERY;
    pile_add(&steps->pile, yours ? BLOCK_TEXT : BLOCK_NOTE,
             arena_print(arena_of(steps), "%s  qkv %s",
                         yours ? "Yours: which of them is largest? Look it up:"
                               : "How these numbers are made:",
                         row->line));
}

/* ---- step 2 */

/* What a pair of numbers, or the place, adds to the scores of the columns shown. */
struct parts {
    const char *names[ROOM];
    double values[COLUMNS][ROOM]; /* rounded; they add up to `sums` */
    double sums[COLUMNS];
    size_t n, columns;
};

/* The products that matter most in some column shown, in `order`; returns how many are
 * not 0. */
static size_t rank_products(const struct steps *steps, size_t columns, size_t *order)
{
    const struct onerow *row = &steps->row;
    size_t D = row->trace->D;
    double *most = arena_new(arena_of(steps), D, sizeof *most);
    for (size_t k = 0; k < columns; k++) {
        const double *key = onerow_key(row, steps->top[k]);
        for (size_t d = 0; d < D; d++)
            most[d] = fmax(most[d], fabs(row->query[d] * key[d]));
    }
    return number_rank(most, D, row->place_numbers, order);
}

static struct parts parts_of(const struct steps *steps)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = arena_of(steps);
    struct parts parts = {.columns = steps->n_top < COLUMNS ? steps->n_top : COLUMNS};
    size_t *order = arena_new(arena, row->trace->D, sizeof *order);
    size_t n = rank_products(steps, parts.columns, order);
    size_t shown = n < SHOWN ? n : SHOWN;
    const double *x = onerow_source(row, PROJECT_QUERY).x;
    const double *seen = onerow_in_keys(row, steps->top, parts.columns);
    for (size_t i = 0; i < shown; i++)
        parts.names[i] =
            arena_print(arena, "%s × %s", onerow_name(row, PROJECT_QUERY, x, order[i]),
                        onerow_name(row, PROJECT_KEY, seen, order[i]));
    parts.n = shown;
    if (n > shown)
        parts.names[parts.n++] = arena_print(arena, "and %zu smaller", n - shown);
    if (row->place_numbers)
        parts.names[parts.n++] = "place: how far away";
    for (size_t k = 0; k < parts.columns; k++) {
        const double *key = onerow_key(row, steps->top[k]);
        double content = 0, *values = parts.values[k];
        for (size_t i = 0; i < n; i++) {
            double product = row->query[order[i]] * key[order[i]];
            values[i < shown ? i : shown] += product;
            content += product;
        }
        parts.sums[k] = row->scores[steps->top[k]];
        if (row->place_numbers)
            values[parts.n - 1] = parts.sums[k] - content;
        whycard_round(values, parts.n, &parts.sums[k]);
    }
    return parts;
}

static void match(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    struct parts parts = parts_of(steps);
    struct sheet sheet = sheet_begin(arena_of(steps), parts.columns + 1);
    pile_add(&steps->pile, BLOCK_HEADING,
             "2 · Match: how well does each key fit the query?");
    sheet_header(&sheet, "▲ q × ■ k");
    for (size_t k = 0; k < parts.columns; k++)
        sheet_add(&sheet, onerow_head(PROJECT_KEY, onerow_label(row, steps->top[k])));
    for (size_t i = 0; i < parts.n; i++) {
        sheet_header(&sheet, parts.names[i]);
        for (size_t k = 0; k < parts.columns; k++)
            number_cell(&sheet, steps, STEP_QUERY, parts.values[k][i]);
    }
    sheet_add(
        &sheet,
        (struct cell){.text = "score = q·k, the sum", .header = true, .strong = true});
    for (size_t k = 0; k < parts.columns; k++)
        sheet_add(&sheet,
                  (struct cell){.text = steps_shown(
                                    steps, STEP_MATCH,
                                    number_fixed(sheet.arena, parts.sums[k], PLACES)),
                                .number = true,
                                .strong = true});
    pile_table(&steps->pile, sheet_end(&sheet, NULL));
    if (steps->blank == STEP_MATCH)
        pile_add(&steps->pile, BLOCK_TEXT, "Yours: add up each column.");
}

/* ---- steps 4 and 5 */

/* One number of the output: what each word shown adds, the others, the sum. */
static void blend_line(struct steps *steps, struct sheet *sheet, size_t columns,
                       size_t d)
{
    const struct onerow *row = &steps->row;
    double values[COLUMNS + 1], total = row->output[d], rest = total;
    bool open = steps->blank != STEP_BLEND && steps->blank != STEP_SOFTMAX;
    for (size_t k = 0; k < columns; k++) {
        values[k] = row->weights[steps->top[k]] * onerow_value(row, steps->top[k])[d];
        rest -= values[k];
    }
    values[columns] = rest;
    whycard_round(values, columns + 1, &total);
    sheet_header(sheet, onerow_name(row, PROJECT_VALUE, NULL, d));
    for (size_t k = 0; k <= columns; k++)
        sheet_number(sheet, open ? number_fixed(sheet->arena, values[k], PLACES) : "?");
    sheet_add(sheet, (struct cell){
                         .text = steps_shown(steps, STEP_OUTPUT,
                                             number_fixed(sheet->arena, total, PLACES)),
                         .number = true,
                         .strong = true});
}

static void blend_names(struct steps *steps, struct sheet *sheet, size_t columns)
{
    const struct onerow *row = &steps->row;
    sheet_add(sheet, onerow_head(PROJECT_VALUE, "weight × ● v"));
    for (size_t k = 0; k < columns; k++) {
        const char *weight =
            number_fixed(sheet->arena, row->weights[steps->top[k]], PLACES);
        sheet_header(sheet, arena_print(sheet->arena, "%s × %s",
                                        steps_shown(steps, STEP_SOFTMAX, weight),
                                        row->cols[steps->top[k]].text));
    }
    sheet_header(sheet, "the others");
    sheet_header(sheet, "sum");
}

static void blend(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    size_t D = row->trace->D, columns = steps->n_top < BLENDED ? steps->n_top : BLENDED;
    size_t *order = arena_new(arena_of(steps), D, sizeof *order);
    size_t n = number_rank(row->output, D, 0, order);
    struct sheet sheet = sheet_begin(arena_of(steps), columns + 3);
    pile_add(&steps->pile, BLOCK_HEADING,
             "4 · Blend: each value, as much as its weight");
    if (n == 0) {
        pile_add(&steps->pile, BLOCK_TEXT, "All values are 0.");
        return;
    }
    blend_names(steps, &sheet, columns);
    for (size_t i = 0; i < shown_of(row->output, order, n); i++)
        blend_line(steps, &sheet, columns, order[i]);
    pile_table(&steps->pile, sheet_end(&sheet, NULL));
    if (steps->blank == STEP_BLEND)
        pile_add(&steps->pile, BLOCK_TEXT, "Yours: multiply each value by its weight.");
}

static void output(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    pile_add(
        &steps->pile, BLOCK_HEADING,
        arena_print(arena_of(steps), "5 · Output: what \"%s\" takes along", row->word));
    size_t *order = arena_new(arena_of(steps), row->trace->D, sizeof *order);
    if (number_rank(row->output, row->trace->D, 0, order) == 0) {
        pile_add(&steps->pile, BLOCK_TEXT,
                 "Nothing: this head only points, it moves no values.");
        return;
    }
    rows_of(steps, PROJECT_VALUE, STEP_OUTPUT, NULL, row->output, 0);
    pile_add(&steps->pile, steps->blank == STEP_OUTPUT ? BLOCK_TEXT : BLOCK_NOTE,
             steps->blank == STEP_OUTPUT
                 ? "Yours: add up the rows of step 4."
                 : "W_O writes this into the word's own vector, beside what it holds "
                   "already.");
}

void steps_large(struct steps *steps)
{
    query(steps);
    match(steps);
    steps_softmax(steps);
    blend(steps);
    output(steps);
}
