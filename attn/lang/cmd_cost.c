/* cmd_cost.c - cost n n …: how many cells attention fills for n words, what they weigh
 * in memory, and how both grow beside a chain that reads word after word. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "attn/lang/command.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"
#include "attn/render/alt.h"
#include "attn/render/bars.h"

/* The square of MOST_WORDS has 19 digits and fits in 64 bits, as four times it does. */
enum { MOST_ROWS = 20, MOST_WORDS = 1000000000, CELL_BYTES = 4 };

struct cost {
    struct call *call;
    uint64_t words[MOST_ROWS + 1]; /* the sentence's own first, where there is one */
    size_t n;
    bool sentence; /* words[0] are those of the sentence */
    size_t layers, heads;
};

static uint64_t cells_of(uint64_t words)
{
    return words * words;
}

/* ---- numbers as texts ------------------------------------------------------------ */

/* 1234567 as 1,234,567. */
static const char *grouped(struct arena *arena, uint64_t value)
{
    const char *text = arena_print(arena, "%" PRIu64, value), *said = "";
    size_t length = strlen(text), first = (length - 1) % 3 + 1;
    said = arena_print(arena, "%.*s", (int)first, text);
    for (size_t at = first; at < length; at += 3)
        said = arena_print(arena, "%s,%.3s", said, text + at);
    return said;
}

/* Bytes in the unit that fits, of a thousand each: "576 bytes", "4 MB", "57.6 kB". */
static const char *bytes_text(struct arena *arena, double bytes)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB",
                                        "TB",    "PB", "EB", "ZB"};
    size_t unit = 0;
    for (; bytes >= 999.5 && unit + 1 < sizeof units / sizeof *units; unit++)
        bytes /= 1000;
    return arena_print(arena, "%.3g %s", bytes, units[unit]);
}

/* How many times as many: "10", "1,000"; "≈ 0.43" where it is not whole. */
static const char *times_text(struct arena *arena, uint64_t now, uint64_t before)
{
    if (now % before == 0)
        return grouped(arena, now / before);
    double times = (double)now / (double)before;
    if (times >= 1000) {
        double unit = pow(10, floor(log10(times)) - 2); /* three digits are true */
        uint64_t rounded = (uint64_t)llround(times / unit) * (uint64_t)llround(unit);
        return arena_print(arena, "≈ %s", grouped(arena, rounded));
    }
    return arena_print(arena, "≈ %.3g", times);
}

static double all_bytes(const struct cost *cost, uint64_t words)
{
    return CELL_BYTES * (double)cells_of(words) * (double)(cost->layers * cost->heads);
}

/* ---- the table ------------------------------------------------------------------- */

static const char *name_of(const struct cost *cost, size_t i)
{
    struct arena *arena = cost->call->arena;
    const char *words = arena_print(arena, "%s word%s", grouped(arena, cost->words[i]),
                                    cost->words[i] == 1 ? "" : "s");
    return cost->sentence && i == 0 ? arena_print(arena, "this sentence: %s", words)
                                    : words;
}

/* What words or cells have grown to, against the line above. */
static const char *growth_of(const struct cost *cost, size_t i, bool cells)
{
    struct arena *arena = cost->call->arena;
    if (i == 0 || (cost->sentence && i == 1))
        return "";
    uint64_t now = cost->words[i], before = cost->words[i - 1];
    return cells ? times_text(arena, cells_of(now), cells_of(before))
                 : times_text(arena, now, before);
}

static const struct table *table_of(const struct cost *cost)
{
    struct arena *arena = cost->call->arena;
    size_t matrices = cost->layers * cost->heads;
    struct sheet sheet = sheet_begin(arena, matrices > 1 ? 7 : 6);
    sheet_header(&sheet, "a text of");
    sheet_header(&sheet, "cells, n × n");
    sheet_header(&sheet, "one matrix");
    if (matrices > 1)
        sheet_header(&sheet, arena_print(arena, "all %zu", matrices));
    sheet_header(&sheet, "chain");
    sheet_header(&sheet, "words ×");
    sheet_header(&sheet, "cells ×");
    for (size_t i = 0; i < cost->n; i++) {
        uint64_t words = cost->words[i], cells = cells_of(words);
        sheet_header(&sheet, name_of(cost, i));
        sheet_number(&sheet, grouped(arena, cells));
        sheet_number(&sheet, bytes_text(arena, CELL_BYTES * (double)cells));
        if (matrices > 1)
            sheet_number(&sheet, bytes_text(arena, all_bytes(cost, words)));
        sheet_number(&sheet, grouped(arena, words));
        sheet_number(&sheet, growth_of(cost, i, false));
        sheet_number(&sheet, growth_of(cost, i, true));
    }
    return sheet_end(&sheet, NULL);
}

/* ---- the picture ----------------------------------------------------------------- */

/* Powers of ten: on a plain scale a hundred cells beside a million are no bar at all.
 */
static struct bars_column column_of(const struct cost *cost, bool cells, bool drawn)
{
    struct arena *arena = cost->call->arena;
    double *values = arena_new(arena, cost->n, sizeof *values);
    const char **texts = arena_new(arena, cost->n, sizeof *texts);
    for (size_t i = 0; i < cost->n; i++) {
        uint64_t many = cells ? cells_of(cost->words[i]) : cost->words[i];
        values[i] = log10((double)many);
        texts[i] = grouped(arena, many);
    }
    const char *what = cells ? "attention: n × n cells" : "a chain: n steps";
    return (struct bars_column){
        .heading = drawn ? arena_print(arena, "%s, log scale", what) : what,
        .values = values,
        .texts = texts,
        .plus = cells ? INK_WEIGHT : INK_REST};
}

/* In text there are numbers only, and no scale. */
static struct bars bars_of(const struct cost *cost, bool drawn)
{
    struct bars bars = {.big = cost->call->settings.big,
                        .one_scale = true,
                        .n = cost->n,
                        .n_columns = 2};
    const char **names = arena_new(cost->call->arena, cost->n, sizeof *names);
    for (size_t i = 0; i < cost->n; i++)
        names[i] = name_of(cost, i);
    bars.names = names;
    bars.columns[0] = column_of(cost, false, drawn);
    bars.columns[1] = column_of(cost, true, drawn);
    return bars;
}

/* ---- what is said ---------------------------------------------------------------- */

/* From the smallest text that was asked for to the largest. */
static const char *say(const struct cost *cost)
{
    struct arena *arena = cost->call->arena;
    size_t first = cost->sentence && cost->n > 1 ? 1 : 0, least = first, most = first;
    for (size_t i = first; i < cost->n; i++) {
        least = cost->words[i] < cost->words[least] ? i : least;
        most = cost->words[i] > cost->words[most] ? i : most;
    }
    uint64_t from = cost->words[least], to = cost->words[most];
    if (from == to)
        return arena_print(
            arena, "%s word%s: %s cell%s, one for each pair; a chain takes %s step%s.",
            grouped(arena, to), to == 1 ? "" : "s", grouped(arena, cells_of(to)),
            to == 1 ? "" : "s", grouped(arena, to), to == 1 ? "" : "s");
    const char *growth = arena_print(
        arena,
        "%s times the words need %s times the cells: %s word%s fill %s, %s fill "
        "%s.",
        times_text(arena, to, from), times_text(arena, cells_of(to), cells_of(from)),
        grouped(arena, from), from == 1 ? "" : "s", grouped(arena, cells_of(from)),
        grouped(arena, to), grouped(arena, cells_of(to)));
    if (!cost->sentence)
        return growth;
    return arena_print(arena, "This sentence: %s word%s, %s cell%s. %s",
                       grouped(arena, cost->words[0]), cost->words[0] == 1 ? "" : "s",
                       grouped(arena, cells_of(cost->words[0])),
                       cost->words[0] == 1 ? "" : "s", growth);
}

static void add_notes(const struct cost *cost, struct pile *pile)
{
    struct arena *arena = cost->call->arena;
    const struct model_info *info = call_info(cost->call);
    const struct subject *subject = call_rows(cost->call);
    const struct subject *cols = call_cols(cost->call);
    size_t special = subject->n_tokens - subject->n_words;
    pile_add(pile, BLOCK_NOTE,
             "The bars are on a log scale: each ten times as many is one more piece of "
             "the same length. So the bar of n × n is always twice the bar of n.");
    pile_add(pile, BLOCK_NOTE,
             arena_print(arena,
                         "Memory: 4 bytes for each cell of one matrix of weights%s. "
                         "Clever ways to compute it never keep a whole matrix; they "
                         "fill just as many cells.",
                         cost->layers * cost->heads > 1
                             ? arena_print(arena,
                                           ", then times %zu layer%s × %zu head%s of "
                                           "%s",
                                           cost->layers, cost->layers == 1 ? "" : "s",
                                           cost->heads, cost->heads == 1 ? "" : "s",
                                           info->name)
                             : ""));
    pile_add(pile, BLOCK_NOTE,
             "A chain reads a text word after word: few steps, but one must wait for "
             "the other. The cells do not wait for each other.");
    if (cost->sentence && subject != cols)
        pile_add(
            pile, BLOCK_NOTE,
            arena_print(arena,
                        "Between two sentences a matrix has a row for each word of "
                        "one and a column for each of the other: here %zu × %zu, "
                        "<s> included.",
                        subject->n_tokens, cols->n_tokens));
    else if (cost->sentence && special > 0)
        pile_add(pile, BLOCK_NOTE,
                 arena_print(arena,
                             "Words are counted. In this model %zu more %s a row and a "
                             "column, so this sentence's matrix has %zu × %zu cells.",
                             special, special == 1 ? "token has" : "tokens have",
                             subject->n_tokens, subject->n_tokens));
    if (info->causal)
        pile_add(
            pile, BLOCK_NOTE,
            arena_print(arena,
                        "%s masks what comes later: of n × n cells n × (n + 1) / 2 "
                        "hold a weight. Half of a square still grows as a square.",
                        info->name));
}

static void write_json(const struct cost *cost, struct buf *json)
{
    struct json_out out = call_json_plain(cost->call, json, "cost");
    json_key_int(&out, "layers", (int64_t)cost->layers);
    json_key_int(&out, "heads", (int64_t)cost->heads);
    json_key_int(&out, "bytes_per_cell", CELL_BYTES);
    json_key(&out, "items");
    json_array(&out);
    for (size_t i = 0; i < cost->n; i++) {
        uint64_t words = cost->words[i];
        json_object(&out);
        json_key_bool(&out, "sentence", cost->sentence && i == 0);
        json_key_int(&out, "words", (int64_t)words);
        json_key_int(&out, "cells", (int64_t)cells_of(words));
        json_key_int(&out, "bytes", (int64_t)(CELL_BYTES * cells_of(words)));
        json_key_float(&out, "bytes_all", all_bytes(cost, words));
        json_key_int(&out, "chain", (int64_t)words);
        json_end(&out);
    }
    json_end(&out);
    json_end(&out);
}

/* ---- what was asked -------------------------------------------------------------- */

static bool refuse(const struct value *numbers, enum err_code code, const char *what,
                   struct err *err)
{
    err_set(err, code, "%s", what);
    err_span(err, numbers->start, numbers->end);
    return err_try(err, "Try:", "cost 10 100 1000");
}

static bool read_numbers_asked(struct cost *cost, const struct value *numbers,
                               struct err *err)
{
    if (numbers->n > MOST_ROWS)
        return refuse(numbers, ERR_TOO_LARGE, "cost draws at most 20 numbers at once.",
                      err);
    for (size_t i = 0; i < numbers->n; i++) {
        double number = numbers->numbers[i];
        if (!(number >= 1 && number <= MOST_WORDS) || number != floor(number))
            return refuse(numbers, ERR_OUT_OF_RANGE,
                          "cost counts words: whole numbers from 1 to 1,000,000,000, "
                          "typed without commas.",
                          err);
        cost->words[cost->n++] = (uint64_t)number;
    }
    return true;
}

/* Without numbers the sentence itself, and three powers of ten to place it by. */
static void take_default(struct cost *cost)
{
    static const uint64_t otherwise[] = {10, 100, 1000};
    cost->sentence = true;
    cost->words[cost->n++] = call_rows(cost->call)->n_words;
    for (size_t i = 0; i < sizeof otherwise / sizeof *otherwise; i++)
        cost->words[cost->n++] = otherwise[i];
}

static bool cost_run(struct call *call, struct err *err)
{
    const struct model_info *info = call_info(call);
    const struct value *numbers = call_value(call, "words");
    struct cost cost = {.call = call, .layers = info->L, .heads = info->H};
    if (!numbers->given)
        take_default(&cost);
    else if (!read_numbers_asked(&cost, numbers, err))
        return false;
    struct bars drawn = bars_of(&cost, true), told = bars_of(&cost, false);
    struct view view = {.kind = "cost",
                        .finding = say(&cost),
                        .scene = bars_draw(&drawn, call->arena),
                        .twin = bars_twin(&told, call->arena)};
    view.alt = alt_print(call->arena,
                         "%s Bars on a log scale: a chain takes n steps, attention "
                         "fills n × n cells.",
                         view.finding);
    struct pile pile = pile_begin(call->arena);
    pile_table(&pile, table_of(&cost));
    add_notes(&cost, &pile);
    pile_end(&pile, &view);
    struct buf json = {0};
    if (call_wants_json(call))
        write_json(&cost, &json);
    bool shown = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return shown;
}

const struct command cost_command = {
    .name = "cost",
    .does = "Counts what attention costs for n words: n × n cells, their memory, and "
            "how both grow.",
    .task = "Do the arithmetic",
    .lesson = "10",
    .args = {{"words", ARG_NUMBERS, .otherwise = "this sentence, 10 100 1000",
              .about = "how many words a text has"}},
    .examples = {"cost 10 100 1000", "cost", "cost 1000 1000000"},
    .run = cost_run,
};
