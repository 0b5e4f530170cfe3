/* steps_small.c - the five steps where every number can be spelled out. */
#include "attn/lang/numbers.h"
#include "attn/lang/steps.h"

enum { DIGITS = 6 };

static const char *list(const struct steps *steps, const double *numbers, int places)
{
    return number_list(steps->row.call->arena, numbers, steps->row.trace->D, places);
}

/* W_Q, a row for each number of x: what one needs to work the query out. */
static void add_matrix(const struct steps *steps, struct sheet *sheet)
{
    const struct onerow *row = &steps->row;
    for (size_t c = 0; c < row->trace->C; c++) {
        sheet_header(sheet, c == 0 ? "W_Q" : "");
        sheet_text(sheet, list(steps, row->W[PROJECT_QUERY] + c * row->trace->D, -1));
    }
}

static void query(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = row->call->arena;
    struct sheet sheet = sheet_begin(arena, 2);
    bool yours = steps->blank == STEP_QUERY;
    pile_add(&steps->pile, BLOCK_HEADING,
             arena_print(arena, "1 · Query: what is \"%s\" looking for?", row->word));
    sheet_header(&sheet, "x");
    sheet_text(&sheet, number_list(arena, onerow_source(row, PROJECT_QUERY).x,
                                   row->trace->C, -1));
    if (yours)
        add_matrix(steps, &sheet);
    sheet_add(&sheet, onerow_head(PROJECT_QUERY,
                                  row->by_hand ? "▲ q, by hand" : "▲ q = x·W_Q"));
    sheet_text(&sheet, steps_shown(steps, STEP_QUERY, list(steps, row->query, -1)));
    pile_table(&steps->pile, sheet_end(&sheet, NULL));
    if (yours)
        pile_add(&steps->pile, BLOCK_TEXT,
                 "Yours: each row of W_Q times its number of x, added up.");
    else
        pile_add(&steps->pile, BLOCK_NOTE,
                 arena_print(arena, "Each number worked out:  qkv %s", row->line));
}

/* "2*1 + 0*0 + 1*2 = 4"; the query's part, or the result, may be the exercise. */
static const char *spelled(const struct steps *steps, size_t col)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = row->call->arena;
    const double *key = onerow_key(row, col);
    const char *text = "";
    if (steps->blank != STEP_QUERY && steps->blank != STEP_MATCH)
        return number_dot(arena, row->query, key, row->trace->D, DIGITS);
    for (size_t d = 0; d < row->trace->D; d++)
        text = arena_print(
            arena, "%s%s%s*%s", text, d ? " + " : "",
            steps_shown(steps, STEP_QUERY, number_plain(arena, row->query[d], DIGITS)),
            number_plain(arena, key[d], DIGITS));
    return arena_print(
        arena, "%s = %s", text,
        steps_shown(steps, STEP_MATCH, number_plain(arena, row->scores[col], DIGITS)));
}

static void match(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = row->call->arena;
    struct sheet sheet = sheet_begin(arena, 3);
    pile_add(&steps->pile, BLOCK_HEADING,
             "2 · Match: how well does each key fit the query?");
    sheet_header(&sheet, "word");
    sheet_add(&sheet, onerow_head(PROJECT_KEY, "■ k = x·W_K"));
    sheet_header(&sheet, "score = q·k");
    for (size_t j = 0; j < row->trace->S; j++) {
        sheet_header(&sheet, onerow_label(row, j));
        sheet_text(&sheet, list(steps, onerow_key(row, j), -1));
        sheet_text(&sheet,
                   row->masked[j] ? "hidden: it comes later" : spelled(steps, j));
    }
    pile_table(&steps->pile, sheet_end(&sheet, NULL));
    if (steps->blank == STEP_MATCH)
        pile_add(&steps->pile, BLOCK_TEXT,
                 arena_print(arena, "Yours. One of them by the kernel:  dot %s with %s",
                             list(steps, row->query, -1),
                             list(steps, onerow_key(row, 0), -1)));
}

static void blend(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = row->call->arena;
    struct sheet sheet = sheet_begin(arena, 4);
    bool open = steps->blank != STEP_BLEND && steps->blank != STEP_SOFTMAX;
    pile_add(&steps->pile, BLOCK_HEADING,
             "4 · Blend: each value, as much as its weight");
    sheet_header(&sheet, "word");
    sheet_header(&sheet, "weight");
    sheet_add(&sheet, onerow_head(PROJECT_VALUE, "● v = x·W_V"));
    sheet_header(&sheet, "weight times v");
    for (size_t j = 0; j < row->trace->S; j++) {
        const double *value = onerow_value(row, j);
        double *product = arena_new(arena, row->trace->D, sizeof *product);
        for (size_t d = 0; d < row->trace->D; d++)
            product[d] = row->weights[j] * value[d];
        sheet_header(&sheet, onerow_label(row, j));
        sheet_number(&sheet,
                     steps_shown(steps, STEP_SOFTMAX,
                                 number_fixed(arena, row->weights[j], steps->places)));
        sheet_text(&sheet, list(steps, value, -1));
        sheet_text(&sheet, open ? list(steps, product, steps->places) : "?");
    }
    pile_table(&steps->pile, sheet_end(&sheet, NULL));
    if (steps->blank == STEP_BLEND)
        pile_add(&steps->pile, BLOCK_TEXT,
                 "Yours: multiply each value by its weight, number by number.");
}

/* "0.76*1 + 0.24*0": the weights as printed. */
static const char *sum_text(const struct steps *steps, size_t d)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = row->call->arena;
    const char *text = "";
    for (size_t j = 0; j < row->trace->S; j++)
        text = arena_print(
            arena, "%s%s%s*%s", text, j ? " + " : "",
            steps_shown(steps, STEP_SOFTMAX,
                        number_fixed(arena, row->weights[j], steps->places)),
            number_plain(arena, onerow_value(row, j)[d], DIGITS));
    return text;
}

static void output(struct steps *steps)
{
    const struct onerow *row = &steps->row;
    struct arena *arena = row->call->arena;
    struct sheet sheet = sheet_begin(arena, 3);
    pile_add(&steps->pile, BLOCK_HEADING,
             arena_print(arena, "5 · Output: what \"%s\" takes along", row->word));
    sheet_header(&sheet, "z");
    sheet_header(&sheet, "the sum over all words");
    sheet_header(&sheet, "output");
    for (size_t d = 0; d < row->trace->D; d++) {
        sheet_header(&sheet, onerow_name(row, PROJECT_VALUE, NULL, d));
        sheet_text(&sheet, sum_text(steps, d));
        sheet_add(&sheet,
                  (struct cell){.text = steps_shown(
                                    steps, STEP_OUTPUT,
                                    number_fixed(arena, row->output[d], steps->places)),
                                .number = true,
                                .strong = true});
    }
    pile_table(&steps->pile, sheet_end(&sheet, NULL));
    if (steps->blank == STEP_OUTPUT)
        pile_add(&steps->pile, BLOCK_TEXT,
                 "Yours: add up the last column of step 4, number by number.");
}

void steps_small(struct steps *steps)
{
    query(steps);
    match(steps);
    steps_softmax(steps);
    blend(steps);
    output(steps);
}
