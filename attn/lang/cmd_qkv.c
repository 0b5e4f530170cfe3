/* cmd_qkv.c - qkv: x times three matrices makes a query, a key and a value. */
#include <math.h>
#include <string.h>

#include "attn/lang/numbers.h"
#include "attn/lang/onerow.h"
#include "attn/lang/origin.h"
#include "attn/render/alt.h"
#include "attn/render/bars.h"

enum { SHOWN = 6, PARTS = 2 };

static const char *const names[] = {"W_Q", "W_K", "W_V"};
static const char *const questions[] = {"▲ Query: what am I looking for?",
                                        "■ Key: what do I contain?",
                                        "● Value: what do I pass on?"};

/* The product of one matrix: x·W, [D]; what the run used. */
static const double *product_of(const struct onerow *row, enum projection which)
{
    return which == PROJECT_QUERY ? row->query
           : which == PROJECT_KEY ? onerow_key(row, row->partner)
                                  : onerow_value(row, row->partner);
}

/* ---- short vectors: x, W and the product side by side */

static void matrix_line(const struct onerow *row, struct sheet *sheet,
                        enum projection which, size_t c)
{
    size_t D = row->trace->D;
    double x = onerow_source(row, which).x[c];
    sheet_number(sheet, number_plain(sheet->arena, x, 6));
    sheet_header(sheet, "×");
    for (size_t d = 0; d < D; d++)
        sheet_number(sheet, number_plain(sheet->arena, row->W[which][c * D + d], 6));
}

static void matrix_table(const struct onerow *row, struct pile *pile,
                         enum projection which)
{
    size_t D = row->trace->D, C = onerow_source(row, which).width;
    struct sheet sheet = sheet_begin(row->call->arena, D + 2);
    const double *product = product_of(row, which);
    sheet_header(&sheet, "x");
    sheet_header(&sheet, "");
    for (size_t d = 0; d < D; d++)
        sheet_header(&sheet, d == 0 ? names[which] : "");
    for (size_t c = 0; c < C; c++)
        matrix_line(row, &sheet, which, c);
    sheet_add(&sheet, onerow_head(which, onerow_mark(which)));
    sheet_add(&sheet, onerow_head(which, "="));
    for (size_t d = 0; d < D; d++) {
        struct cell cell = onerow_head(which, number_plain(sheet.arena, product[d], 6));
        cell.header = false;
        cell.number = true;
        sheet_add(&sheet, cell);
    }
    pile_table(pile, sheet_end(&sheet, NULL));
}

/* The first number as a line that the kernel works out. */
static void first_number(const struct onerow *row, struct pile *pile,
                         enum projection which)
{
    struct onerow_source from = onerow_source(row, which);
    size_t D = row->trace->D, C = from.width;
    struct arena *arena = row->call->arena;
    double *column = arena_new(arena, C, sizeof *column);
    if (which == PROJECT_QUERY && row->by_hand) {
        pile_add(pile, BLOCK_NOTE,
                 "This query was set by hand; x·W would give another:  set query none");
        return;
    }
    for (size_t c = 0; c < C; c++)
        column[c] = row->W[which][c * D];
    pile_add(pile, BLOCK_NOTE,
             arena_print(arena,
                         "The first number, x times the first column:  dot %s "
                         "with %s",
                         number_list(arena, from.x, C, -1),
                         number_list(arena, column, C, -1)));
}

/* ---- long vectors: what makes the largest numbers */

/* "means it 1.00 × 2.45 + any token 1.00 × 1.41, and 3 smaller" */
static const char *made_of(const struct onerow *row, enum projection which,
                           const struct onerow_source *from, size_t d)
{
    size_t D = row->trace->D, C = from->width;
    const double *x = from->x;
    struct arena *arena = row->call->arena;
    double *parts = arena_new(arena, C, sizeof *parts);
    size_t *order = arena_new(arena, C, sizeof *order);
    for (size_t c = 0; c < C; c++)
        parts[c] = x[c] * row->W[which][c * D + d];
    size_t n = number_rank(parts, C, 0, order);
    const char *text = "";
    for (size_t i = 0; i < n && i < PARTS; i++) {
        size_t c = order[i];
        const char *name =
            from->names ? from->names[c] : arena_print(arena, "number %zu", c + 1);
        text = arena_print(arena, "%s%s%s %s × %s", text, i ? " + " : "", name,
                           number_fixed(arena, x[c], 2),
                           number_fixed(arena, row->W[which][c * D + d], 2));
    }
    return n > PARTS ? arena_print(arena, "%s, and %zu smaller", text, n - PARTS)
                     : text;
}

static void named_table(const struct onerow *row, struct pile *pile,
                        enum projection which)
{
    size_t D = row->trace->D;
    struct arena *arena = row->call->arena;
    const double *product = product_of(row, which);
    struct onerow_source from = onerow_source(row, which);
    uint64_t skip = which == PROJECT_VALUE ? 0 : row->place_numbers;
    size_t *order = arena_new(arena, D, sizeof *order);
    size_t n = number_rank(product, D, skip, order), shown = n < SHOWN ? n : SHOWN;
    struct sheet sheet = sheet_begin(arena, 3);
    sheet_header(&sheet, "number");
    sheet_header(&sheet, arena_print(arena, "x × %s", names[which]));
    sheet_add(&sheet, onerow_head(which, onerow_mark(which)));
    for (size_t i = 0; i < shown; i++) {
        sheet_header(&sheet, arena_print(arena, "%zu", order[i] + 1));
        sheet_text(&sheet, made_of(row, which, &from, order[i]));
        sheet_number(&sheet, number_fixed(arena, product[order[i]], 2));
    }
    if (shown > 0)
        pile_table(pile, sheet_end(&sheet, NULL));
    pile_add(
        pile, BLOCK_NOTE,
        shown == 0 ? arena_print(arena, "All %zu numbers are 0%s.", D,
                                 skip ? ", but for those that tell the place" : "")
        : n > shown
            ? arena_print(arena, "and %zu smaller; the other of the %zu numbers %s",
                          n - shown, D, skip ? "are 0 or tell the place." : "are 0.")
            : arena_print(arena, "The other of the %zu numbers %s", D,
                          skip ? "are 0 or tell the place." : "are 0."));
}

/* ---- the picture */

static const char *const *texts_of(const struct onerow *row, const double *values)
{
    size_t D = row->trace->D;
    const char **texts = arena_new(row->call->arena, D, sizeof *texts);
    for (size_t d = 0; d < D; d++)
        texts[d] = number_signed(row->call->arena, values[d], -1);
    return texts;
}

static const struct scene *draw(const struct onerow *row)
{
    static const enum ink inks[] = {INK_QUERY, INK_KEY, INK_VALUE};
    static const char *const headings[] = {"▲ q query", "■ k key", "● v value"};
    size_t D = row->trace->D;
    const char **names_of = arena_new(row->call->arena, D, sizeof *names_of);
    struct bars bars = {.big = row->call->settings.big,
                        .one_scale = true,
                        .names = names_of,
                        .n = D,
                        .n_columns = 3};
    for (size_t d = 0; d < D; d++)
        names_of[d] = onerow_name(row, PROJECT_QUERY, NULL, d);
    for (int which = PROJECT_QUERY; which <= PROJECT_VALUE; which++) {
        const double *values = product_of(row, (enum projection)which);
        bars.columns[which] = (struct bars_column){.heading = headings[which],
                                                   .values = values,
                                                   .texts = texts_of(row, values),
                                                   .plus = inks[which],
                                                   .minus = inks[which]};
    }
    return bars_draw(&bars, row->call->arena);
}

static const char *list(const struct onerow *row, enum projection which)
{
    return number_list(row->call->arena, product_of(row, which), row->trace->D, -1);
}

static const char *finding(const struct onerow *row)
{
    struct arena *arena = row->call->arena;
    if (row->small)
        return arena_print(
            arena,
            "Three matrices make of \"%s\" (x = %s) a query q = %s, a "
            "key k = %s and a value v = %s.",
            row->word,
            number_list(arena, onerow_source(row, PROJECT_QUERY).x, row->trace->C, -1),
            list(row, PROJECT_QUERY), list(row, PROJECT_KEY), list(row, PROJECT_VALUE));
    return arena_print(arena,
                       "Three matrices make of \"%s\", a list of %zu numbers, a query, "
                       "a key and a value of %zu numbers each%s.",
                       row->word, row->trace->C, row->trace->D, row->where);
}

static void fill_pile(const struct onerow *row, struct pile *pile)
{
    for (int i = PROJECT_QUERY; i <= PROJECT_VALUE; i++) {
        enum projection which = (enum projection)i;
        pile_add(pile, BLOCK_HEADING,
                 row->trace->source && which != PROJECT_QUERY
                     ? arena_print(row->call->arena, "%s Here of \"%s\"",
                                   questions[which], row->cols[row->partner].text)
                     : questions[which]);
        if (row->small) {
            matrix_table(row, pile, which);
            first_number(row, pile, which);
        } else {
            named_table(row, pile, which);
        }
    }
    pile_add(
        pile, BLOCK_NOTE,
        arena_print(row->call->arena, "What becomes of them:  steps %s", row->line));
}

static bool qkv_run(struct call *call, struct err *err)
{
    struct onerow row;
    if (!onerow_open(call, call_value(call, "word"), &row, err))
        return false;
    struct view view = {.kind = "qkv",
                        .finding = finding(&row),
                        .footer = call_footer(call, (int)row.layer, (int)row.head)};
    struct pile pile = pile_begin(call->arena);
    fill_pile(&row, &pile);
    pile_end(&pile, &view);
    if (row.small) {
        view.scene = draw(&row);
        view.alt = alt_print(call->arena, "%s", view.finding);
    }
    return call_show(call, &view, NULL, err);
}

const struct command qkv_command = {
    .name = "qkv",
    .does = "Shows how one word's vector becomes its query, its key and its value.",
    .task = "Do the arithmetic",
    .lesson = "03",
    .suits = origin_has_vectors,
    .args = {{"word", ARG_WORD, .otherwise = "auto", .about = "the word"}},
    .view = true,
    .honours = "word",
    .examples = {"qkv it", "qkv", "qkv animal layer 2 head 0"},
    .run = qkv_run,
};
