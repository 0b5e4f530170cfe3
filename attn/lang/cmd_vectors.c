/* cmd_vectors.c - vectors: a word as a list of numbers: what goes in, and what it has
 * become after a layer. */
#include <stdint.h>
#include <string.h>

#include "attn/lang/fill.h"
#include "attn/lang/numbers.h"
#include "attn/lang/origin.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"
#include "attn/lang/words.h"
#include "attn/render/alt.h"
#include "attn/render/bars.h"
#include "attn/render/stack.h"

enum { SMALL = 8, SHOWN = 8, SHOWN_OTHERS = 4, NAMED = 4, PARTS = 3 };

/* The vectors asked for. */
struct vectors {
    struct call *call;
    int at;      /* a layer: its stream afterwards; -1: the input */
    bool output; /* it is what the only head put out */
    size_t T, C; /* tokens; numbers in each row of x */
    size_t n;    /* of them told: of what a head put out only as many as it made */
    const struct token *tokens;
    const struct axis_token *axis;
    const char *const *names; /* [C] or NULL */
    /* x = a + b: input = embedding + position; after = before + what was added. */
    const float *x, *a;       /* [T,C]; a is NULL where there is nothing to add */
    const bool *common;       /* [C] the same in every word */
    const char *parts[PARTS]; /* headings of a, b, x */
};

static const float *copied(struct arena *arena, const float *from, size_t n)
{
    return memcpy(arena_new(arena, n, sizeof *from), from, n * sizeof *from);
}

static bool one_layer(struct call *call, int *at, struct err *err)
{
    const struct value *layer = call_value(call, "layer");
    const struct value *head = call_value(call, "head");
    *at = -1;
    if (head->given) {
        err_set(err, ERR_UNSUITED,
                "vectors shows what all heads read and write: it takes no head.");
        err_span(err, head->start, head->end);
        return err_try(err, "Try:", "vectors layer 0");
    }
    if (!layer->given || layer->range.from == PICK_AUTO)
        return true;
    if (layer->range.from < 0 || layer->range.from != layer->range.to) {
        err_set(err, ERR_UNSUITED, "vectors shows the stream after one layer.");
        err_span(err, layer->start, layer->end);
        return err_try(err, "Try:", "vectors layer 0");
    }
    *at = layer->range.from;
    return true;
}

static void open_stream(struct vectors *v, const struct trace *trace)
{
    struct arena *arena = v->call->arena;
    size_t size = trace->T * trace->C;
    v->output = trace->output_only && (size_t)v->at + 1 == trace->L;
    v->x = copied(arena, trace->hidden + (size_t)(v->at + 1) * size, size);
    if (v->output) {
        v->n = trace->D;
        v->parts[2] = "output";
        return;
    }
    v->a = copied(arena, trace->hidden + (size_t)v->at * size, size);
    v->parts[0] = "before";
    v->parts[1] = "added";
    v->parts[2] = arena_print(arena, "after layer %d", v->at);
}

/* The embedding is the input of a run without positions. */
static bool open_input(struct vectors *v, const struct trace *trace, struct err *err)
{
    struct arena *arena = v->call->arena;
    struct settings settings = v->call->settings;
    size_t size = trace->T * trace->C;
    v->x = copied(arena, trace->hidden, size); /* the next run may end this one */
    v->parts[0] = "embedding";
    v->parts[1] = "position";
    v->parts[2] = "input";
    if (!settings.position || model_info(call_model(v->call))->recorded)
        return true; /* there is nothing to take from it */
    settings.position = false;
    trace = session_trace(v->call->session, &settings, v->call->stop, err);
    if (trace && memcmp(v->x, trace->hidden, size * sizeof *v->x) != 0)
        v->a = copied(arena, trace->hidden, size);
    return trace != NULL;
}

static bool open_vectors(struct call *call, struct vectors *v, struct err *err)
{
    *v = (struct vectors){.call = call};
    if (!one_layer(call, &v->at, err))
        return false;
    const struct trace *trace = call_trace(call, err);
    if (!trace)
        return false;
    const struct subject *subject = call_rows(call);
    v->T = trace->T;
    v->C = v->n = trace->C;
    v->tokens = subject->tokens;
    v->axis = fill_tokens(call->arena, subject->tokens, subject->n_tokens);
    v->names = trace->dim_names;
    if (v->at < 0)
        return open_input(v, trace, err);
    open_stream(v, trace);
    v->names = v->output ? NULL : v->names;
    return true;
}

static const char *name_of(const struct vectors *v, size_t c)
{
    static const char *const ends[] = {"st", "nd", "rd"};
    if (v->names)
        return v->names[c];
    size_t last = c % 10, teens = c % 100 / 10;
    return arena_print(v->call->arena, "%zu%s number", c + 1,
                       last < 3 && teens != 1 ? ends[last] : "th");
}

/* ---- which numbers tell most */

/* Numbers that are the same in every word tell nothing of any. */
static const bool *find_common(const struct vectors *v)
{
    bool *common = arena_new(v->call->arena, v->C, sizeof *common);
    size_t first = SIZE_MAX, words = 0;
    for (size_t t = 0; t < v->T; t++) {
        if (v->axis[t].special)
            continue;
        first = first == SIZE_MAX ? t : first;
        words++;
        for (size_t c = 0; c < v->C; c++)
            common[c] = (words == 1 || common[c]) &&
                        v->x[t * v->C + c] == v->x[first * v->C + c];
    }
    for (size_t c = 0; c < v->C; c++)
        common[c] = common[c] && words > 1;
    return common;
}

static double added(const struct vectors *v, size_t token, size_t c)
{
    size_t i = token * v->C + c;
    return v->a ? (double)v->x[i] - (double)v->a[i] : 0;
}

/* The numbers of one token that something was added to, or (`kept`) the others, those
 * that tell most first. Returns how many are not 0. */
static size_t rank(const struct vectors *v, size_t token, bool kept, size_t *order)
{
    double *tells = arena_new(v->call->arena, v->C, sizeof *tells);
    for (size_t c = 0; c < v->C; c++) {
        double more = added(v, token, c);
        if (kept && more == 0)
            tells[c] = (double)v->x[token * v->C + c] * (v->common[c] ? 1e-4 : 1);
        else if (!kept)
            tells[c] = more;
    }
    return number_rank(tells, v->C, 0, order);
}

/* ---- one word */

struct chosen {
    size_t *dims;
    size_t n, smaller;
};

static void choose_some(const struct vectors *v, size_t token, bool kept, size_t most,
                        struct chosen *chosen)
{
    size_t *order = arena_new(v->call->arena, v->C, sizeof *order);
    size_t n = rank(v, token, kept, order);
    for (size_t i = 0; i < n && i < most; i++)
        chosen->dims[chosen->n++] = order[i];
    chosen->smaller += n > most ? n - most : 0;
}

/* Of the input first what the word is, then where it stands; of a stream first what
 * the layer wrote. */
static struct chosen choose(const struct vectors *v, size_t token)
{
    struct chosen chosen = {.dims = arena_new(v->call->arena, v->C, sizeof(size_t))};
    for (; v->n <= SMALL && chosen.n < v->n; chosen.n++)
        chosen.dims[chosen.n] = chosen.n;
    if (v->n <= SMALL)
        return chosen;
    choose_some(v, token, v->at < 0, SHOWN, &chosen);
    choose_some(v, token, v->at >= 0, SHOWN_OTHERS, &chosen);
    return chosen;
}

static int places_of(const struct vectors *v)
{
    return v->n <= SMALL && !v->output ? -1 : 2;
}

/* One column of bars: part 0 what there was, 1 what was added, 2 the whole. As printed
 * the first two add up to the third. */
static struct bars_column column_of(const struct vectors *v,
                                    const struct chosen *chosen, size_t token, int part)
{
    struct arena *arena = v->call->arena;
    double *values = arena_new(arena, chosen->n, sizeof *values);
    const char **texts = arena_new(arena, chosen->n, sizeof *texts);
    int places = places_of(v);
    for (size_t i = 0; i < chosen->n; i++) {
        double x = (double)v->x[token * v->C + chosen->dims[i]];
        double a = x - added(v, token, chosen->dims[i]);
        if (places >= 0) {
            x = number_rounded(x, places);
            a = number_rounded(a, places);
        }
        values[i] = part == 0 ? a : part == 1 ? x - a : x;
        texts[i] = number_signed(arena, values[i], places);
    }
    return (struct bars_column){
        .heading = v->parts[part], .values = values, .texts = texts};
}

static struct bars bars_of(const struct vectors *v, const struct chosen *chosen,
                           size_t token)
{
    struct bars bars = {.big = v->call->settings.big, .one_scale = true};
    const char **names = arena_new(v->call->arena, chosen->n + 1, sizeof *names);
    for (size_t i = 0; i < chosen->n; i++)
        names[i] = name_of(v, chosen->dims[i]);
    bars.names = names;
    bars.n = chosen->n;
    for (int part = v->a ? 0 : 2; part < PARTS; part++)
        bars.columns[bars.n_columns++] = column_of(v, chosen, token, part);
    return bars;
}

static const char *say(const struct vectors *v, const char *word)
{
    struct arena *arena = v->call->arena;
    if (v->output)
        return arena_print(
            arena,
            "What the head made of \"%s\": %zu numbers, the blend of the "
            "values it looked at.",
            word, v->n);
    if (v->at >= 0)
        return arena_print(
            arena,
            "After layer %d \"%s\" is %zu numbers: what they were before, "
            "and what the layer added.",
            v->at, word, v->n);
    return arena_print(arena, "\"%s\" goes in as %zu numbers%s.", word, v->n,
                       v->a ? ": what the word is (its embedding) and where it stands "
                              "(its position), added"
                            : ", its embedding");
}

static struct block folded_numbers(const struct vectors *v, const struct bars *bars)
{
    struct arena *arena = v->call->arena;
    struct sheet sheet = sheet_begin(arena, bars->n_columns + 1);
    struct block *inside = arena_new(arena, 1, sizeof *inside);
    sheet_header(&sheet, "number");
    for (size_t k = 0; k < bars->n_columns; k++)
        sheet_header(&sheet, bars->columns[k].heading);
    for (size_t i = 0; i < bars->n; i++) {
        sheet_header(&sheet, bars->names[i]);
        for (size_t k = 0; k < bars->n_columns; k++)
            sheet_number(&sheet, bars->columns[k].texts[i]);
    }
    *inside = (struct block){.kind = BLOCK_TABLE, .table = sheet_end(&sheet, NULL)};
    return (struct block){
        .kind = BLOCK_FOLD, .text = "As a table", .inside = inside, .n_inside = 1};
}

static void show_word(struct vectors *v, size_t token, struct view *view)
{
    struct arena *arena = v->call->arena;
    struct chosen chosen = choose(v, token);
    struct bars bars = bars_of(v, &chosen, token);
    struct block *blocks = arena_new(arena, 1, sizeof *blocks);
    view->finding = say(v, stack_word(arena, v->axis, v->T, token));
    view->scene = bars_draw(&bars, arena);
    view->twin = bars_twin(&bars, arena);
    view->alt = alt_print(arena, "%s", view->finding);
    blocks[0] = folded_numbers(v, &bars);
    view->blocks = blocks;
    view->n_blocks = 1;
    if (chosen.n < v->n)
        call_note(v->call, "and %zu smaller; the other of the %zu numbers are 0.",
                  chosen.smaller, v->n);
}

/* ---- all words */

/* "1 0 1 0", or the names of what is largest. */
static const char *told(const struct vectors *v, size_t token)
{
    struct arena *arena = v->call->arena;
    size_t *order = arena_new(arena, v->C, sizeof *order);
    if (v->n <= SMALL) {
        double *values = arena_new(arena, v->n, sizeof *values);
        for (size_t c = 0; c < v->n; c++)
            values[c] = (double)v->x[token * v->C + c];
        return number_list(arena, values, v->n, places_of(v));
    }
    size_t n = rank(v, token, v->at < 0, order);
    const char *text = "";
    for (size_t i = 0; i < n && i < NAMED; i++)
        text =
            arena_print(arena, "%s%s%s %s", text, i ? ", " : "", name_of(v, order[i]),
                        number_fixed(arena,
                                     v->at < 0 ? (double)v->x[token * v->C + order[i]]
                                               : added(v, token, order[i]),
                                     2));
    return n > NAMED ? arena_print(arena, "%s, and %zu smaller", text, n - NAMED)
           : n       ? text
                     : "nothing";
}

static void show_all(struct vectors *v, struct view *view)
{
    struct arena *arena = v->call->arena;
    struct sheet sheet = sheet_begin(arena, 2);
    bool small = v->n <= SMALL;
    sheet_header(&sheet, "word");
    sheet_header(&sheet, small        ? arena_print(arena, "%zu numbers", v->n)
                         : v->at >= 0 ? "what the layer wrote"
                                      : "what the embedding says most");
    for (size_t t = 0; t < v->T; t++) {
        sheet_header(&sheet, stack_word(arena, v->axis, v->T, t));
        sheet_text(&sheet, told(v, t));
    }
    view->finding =
        v->output
            ? arena_print(arena, "What the head made of each word: %zu numbers.", v->n)
        : v->at >= 0
            ? arena_print(arena, "After layer %d each word is a list of %zu numbers.",
                          v->at, v->n)
            : arena_print(arena, "Each word goes in as a list of %zu numbers.", v->n);
    struct pile pile = pile_begin(arena);
    pile_table(&pile, sheet_end(&sheet, NULL));
    pile_add(&pile, BLOCK_NOTE,
             arena_print(arena, "One word's numbers as bars:  vectors %s%s",
                         word_typed(call_rows(v->call), 0, arena), call_side(v->call)));
    pile_end(&pile, view);
}

/* ---- the command */

static void write_json(const struct vectors *v, size_t token, struct buf *json)
{
    size_t from = token == SIZE_MAX ? 0 : token;
    size_t end = token == SIZE_MAX ? v->T : token + 1;
    struct json_out out =
        call_json(v->call, json, "vectors", v->at < 0 ? PICK_AUTO : v->at,
                  v->at < 0 ? PICK_AUTO : PICK_ALL);
    json_key(&out, "at");
    if (v->at < 0)
        json_text(&out, "input");
    else
        json_int(&out, v->at);
    json_key(&out, "tokens");
    call_json_tokens(&out, v->tokens + from, end - from);
    json_key(&out, "vectors");
    json_array(&out);
    for (size_t t = from; t < end; t++) {
        json_array(&out);
        for (size_t c = 0; c < v->n; c++)
            json_float(&out, (double)v->x[t * v->C + c]);
        json_end(&out);
    }
    json_end(&out);
    json_end(&out);
}

static void last_notes(struct call *call, const struct vectors *v)
{
    if (v->at < 0 && !call->settings.position)
        call_note(call, "position is off: nothing says where a word stands.");
    else if (v->at < 0 && !v->a)
        call_note(call, "This model leaves positions out.");
    if (!v->names)
        call_note(call, "These numbers have no names: what each stands for is not "
                        "written anywhere, as in a trained model.");
}

static bool vectors_run(struct call *call, struct err *err)
{
    struct vectors v;
    const struct value *word = call_value(call, "word");
    if (!open_vectors(call, &v, err))
        return false;
    v.common = find_common(&v);
    size_t token = SIZE_MAX;
    for (size_t t = 0; word->given && t < v.T; t++)
        if (v.tokens[t].position == word->position)
            token = t;
    struct view view = {.kind = "vectors"};
    if (token == SIZE_MAX)
        show_all(&v, &view);
    else
        show_word(&v, token, &view);
    last_notes(call, &v);
    view.footer = call_footer_of(
        call, v.at < 0 ? "what goes into layer 0"
                       : arena_print(call->arena, "after layer %d, all heads", v.at));
    struct buf json = {0};
    if (call_wants_json(call))
        write_json(&v, token, &json);
    bool shown = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return shown;
}

const struct command vectors_command = {
    .name = "vectors",
    .does =
        "Shows a word as the numbers the model works with: embedding + position, or "
        "what a layer made of them.",
    .task = "Begin with a sentence",
    .lesson = "02",
    .suits = origin_has_stream,
    .args = {{"word", ARG_WORD, .otherwise = "all", .about = "the word"}},
    .view = true,
    .honours = "word",
    .examples = {"vectors it", "vectors", "vectors it layer 1"},
    .run = vectors_run,
};
