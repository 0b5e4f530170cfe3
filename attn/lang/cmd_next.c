/* cmd_next.c - next: what may come next, and a sentence that goes on by itself. */
#include <math.h>
#include <string.h>

#include "attn/lang/command.h"
#include "attn/lang/commands.h"
#include "attn/lang/lex.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"
#include "attn/lang/words.h"
#include "attn/render/ranked.h"

enum { SHOWN = 10, MOST_SHOWN = 40, WORDS = 8, MOST_WORDS = 64, MOST_TEXT = 1 << 20 };

static bool next_run(struct call *call, struct err *err);

const struct command next_command = {
    .name = "next",
    .does =
        "Says what may come next, with probabilities, or goes on writing; for a model "
        "that predicts:  model decoder",
    .task = "See what comes next",
    .lesson = "09",
    .model = "decoder",
    .suits = model_predicts,
    .args = {{"n", ARG_ONE_NUMBER, .otherwise = "10", .about = "how many"},
             {"words", ARG_WORDY, .about = "go on by so many words",
              .choices = {"words"}},
             {"temperature", ARG_NUMBER, .otherwise = "1",
              .about = "under 1 bolder choices are rarer, over 1 more even"},
             {"seed", ARG_COUNT, .otherwise = "1",
              .about = "another number, another text"}},
    .examples = {"next", "next 5 temperature 0.5", "next 8 words",
                 "next 8 words seed 2"},
    .run = next_run,
};

/* ---- what was asked */

struct asked {
    size_t n;   /* items to show, or words to write */
    bool words; /* go on writing */
    size_t seed;
    uint64_t chance; /* state of the generator */
};

static bool bad_number(const struct value *n, bool words, struct err *err)
{
    err_set(err, ERR_OUT_OF_RANGE, "next takes one whole number, from 1 to %d%s.",
            words ? MOST_WORDS : MOST_SHOWN, words ? " words" : "");
    err_span(err, n->start, n->end);
    return err_try(err, "Try:", "next %d%s", words ? WORDS : SHOWN,
                   words ? " words" : "");
}

static bool read_asked(struct call *call, struct asked *asked, struct err *err)
{
    const struct value *n = call_value(call, "n"), *seed = call_value(call, "seed");
    const struct value *temperature = call_value(call, "temperature");
    asked->words = call_value(call, "words")->given;
    asked->n = asked->words ? WORDS : SHOWN;
    asked->seed = seed->given ? (size_t)seed->numbers[0] : 1;
    asked->chance = asked->seed;
    if (n->given) {
        double number = n->numbers[0];
        if (number < 1 || number != floor(number) ||
            number > (asked->words ? MOST_WORDS : MOST_SHOWN))
            return bad_number(n, asked->words, err);
        asked->n = (size_t)number;
    }
    if (!temperature->given)
        return true;
    const struct arg *option = arg_find(view_args, n_view_args, "temperature", 11);
    if (settings_apply(&call->settings, model_info(call_model(call)), option,
                       temperature, err))
        return true;
    err_span(err, temperature->start, temperature->end);
    return err_try(err, "Try:", "next temperature 0.5");
}

static const char *note_temperature(struct call *call)
{
    double temperature = call->settings.temperature;
    if (temperature == 1)
        return NULL;
    return arena_print(
        call->arena,
        "Temperature %.6g divides the scores of attention and the logits of "
        "the next word: the choice is %s.",
        temperature, temperature < 1 ? "sharper" : "more even");
}

/* ---- the list */

/* How many of the most probable hold half of the probability. */
static size_t half_of(const struct next *next)
{
    double sum = 0;
    size_t n = 0;
    while (n < next->n && sum < .5)
        sum += (double)next->items[n++].probability;
    return n;
}

static const char *finding(struct call *call, const struct next *next)
{
    const struct next_item *items = next->items;
    size_t half = half_of(next);
    if (half == 1)
        return arena_print(call->arena, "Next comes most probably \"%s\" (%.2f).",
                           items[0].token, (double)items[0].probability);
    return arena_print(
        call->arena,
        "Next comes perhaps \"%s\" (%.2f), \"%s\" (%.2f)%s: the choice is "
        "open, %zu words share half of the probability.",
        items[0].token, (double)items[0].probability, items[1].token,
        (double)items[1].probability, half > 2 ? " …" : "", half);
}

static struct ranked ranked_of(struct call *call, const struct next *next, size_t n)
{
    struct ranked_item *list = arena_new(call->arena, n + 1, sizeof *list);
    double rest = 1;
    for (size_t i = 0; i < n; i++) {
        list[i] = (struct ranked_item){.label = next->items[i].token,
                                       .share = (double)next->items[i].probability,
                                       .note = next->items[i].because};
        rest -= list[i].share;
    }
    if (n < next->n)
        list[n] = (struct ranked_item){
            .label = arena_print(call->arena, "other %zu words", next->n - n),
            .share = rest > 0 ? rest : 0,
            .rest = true};
    return (struct ranked){.big = call->settings.big,
                           .title =
                               "probability of the next word, and what speaks for it",
                           .items = list,
                           .n = n + (n < next->n)};
}

static const struct table *numbers(struct call *call, const struct next *next, size_t n)
{
    struct sheet sheet = sheet_begin(call->arena, 4);
    sheet_header(&sheet, "word");
    sheet_header(&sheet, "probability");
    sheet_header(&sheet, "logit");
    sheet_header(&sheet, "what speaks for it");
    for (size_t i = 0; i < n; i++) {
        const struct next_item *item = &next->items[i];
        sheet_header(&sheet, item->token);
        sheet_add(&sheet, (struct cell){.text = arena_print(call->arena, "%.4f",
                                                            (double)item->probability),
                                        .number = true,
                                        .fill = {INK_WEIGHT, item->probability}});
        sheet_number(&sheet, arena_print(call->arena, "%.2f", (double)item->logit));
        sheet_text(&sheet, item->because);
    }
    return sheet_end(&sheet, NULL);
}

static void json_items(struct json_out *out, const struct next_item *items, size_t n)
{
    json_key(out, "items");
    json_array(out);
    for (size_t i = 0; i < n; i++) {
        json_object(out);
        json_key_text(out, "token", items[i].token);
        json_key_int(out, "id", items[i].id);
        json_key_float(out, "probability", (double)items[i].probability);
        json_key_float(out, "logit", (double)items[i].logit);
        json_end(out);
    }
    json_end(out);
}

static struct json_out begin_json(struct call *call, struct buf *json)
{
    struct json_out out = call_json_plain(call, json, "next");
    json_key_text(&out, "sentence", call_sentence(call));
    json_key_float(&out, "temperature", call->settings.temperature);
    return out;
}

static bool show_list(struct call *call, const struct trace *trace, size_t n,
                      struct err *err)
{
    struct next_ask ask = {.row = trace->T - 1,
                           .temperature = (float)call->settings.temperature};
    const struct next *next =
        model_next(call_model(call), trace, ask, call->arena, err);
    if (!next)
        return false;
    n = n < next->n ? n : next->n;
    struct ranked ranked = ranked_of(call, next, n);
    struct pile pile = pile_begin(call->arena), inside = pile_begin(call->arena);
    struct view view = {.kind = "next",
                        .finding = finding(call, next),
                        .alt = finding(call, next),
                        .scene = ranked_draw(&ranked, call->arena),
                        .twin = ranked_twin(&ranked, call->arena),
                        .footer = call_footer(call, PICK_ALL, PICK_ALL)};
    pile_table(&inside, numbers(call, next, n));
    pile_add(&pile, BLOCK_FOLD, "All numbers");
    pile.blocks[pile.n - 1].inside = inside.blocks;
    pile.blocks[pile.n - 1].n_inside = inside.n;
    bool recorded = model_info(call_model(call))->recorded;
    if (!recorded)
        pile_add(&pile, BLOCK_NOTE, "Let it go on:  next 8 words");
    pile_add(
        &pile, BLOCK_NOTE,
        arena_print(call->arena,
                    "Softmax turns the logits of %zu words into probabilities that add "
                    "up to 1: %s. Longest bar: the most probable.",
                    next->n,
                    recorded ? "those that were recorded"
                             : "all words of the model, and those of the sentence, "
                               "which it can repeat"));
    pile_end(&pile, &view);
    if (note_temperature(call))
        call_note(call, "%s", note_temperature(call));
    struct buf json;
    struct json_out out = begin_json(call, &json);
    json_items(&out, next->items, n);
    json_end(&out);
    bool done = call_show(call, &view, &json, err);
    buf_free(&json);
    return done;
}

/* ---- going on */

/* A number in [0, 1) from the seed and what was drawn before (SplitMix64, by Vigna). */
static double draw(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static size_t pick(const struct next *next, uint64_t *chance)
{
    double left = draw(chance);
    for (size_t i = 0; i < next->n; i++) {
        left -= (double)next->items[i].probability;
        if (left < 0)
            return i;
    }
    return 0; /* rounding left a crumb */
}

static bool is_mark(const char *token)
{
    return token[1] == '\0' && strchr(".,!?", token[0]) != NULL;
}

/* Appends a word as one writes: a capital after a full stop, no blank before one. */
static void write_word(struct buf *text, const char *token)
{
    size_t end = text->length;
    while (end > 0 && text->at[end - 1] == ' ')
        end--;
    bool capital = end > 0 && strchr(".!?", text->at[end - 1]) != NULL;
    if (!is_mark(token) && end == text->length && end > 0)
        buf_text(text, " ");
    if (capital && token[0] >= 'a' && token[0] <= 'z') {
        buf_char(text, (char)(token[0] - 'a' + 'A'));
        token++;
    }
    buf_text(text, token);
}

/* The next word after `text`, drawn by chance; its strings live in the call's arena. */
static bool draw_word(struct call *call, const struct buf *text, uint64_t *chance,
                      struct next_item *item, struct err *err)
{
    struct trace trace;
    struct arena scratch = {0};
    struct model_options options = session_options(&call->settings, call->stop);
    struct model_input input = {.text = text->at, .length = text->length};
    if (!model_run(call_model(call), &input, &options, &trace, err))
        return false;
    struct next_ask ask = {.row = trace.T - 1, .temperature = options.temperature};
    const struct next *next = model_next(call_model(call), &trace, ask, &scratch, err);
    if (next) {
        *item = next->items[pick(next, chance)];
        item->token = arena_copy(call->arena, item->token, strlen(item->token));
        item->because = arena_copy(call->arena, item->because, strlen(item->because));
    }
    arena_free(&scratch);
    trace_free(&trace);
    return next != NULL;
}

/* Draws until there are `asked->n` words; marks come on top of them. */
static bool draw_words(struct call *call, struct asked *asked, struct buf *text,
                       struct next_item *items, size_t *n, struct err *err)
{
    size_t words = 0;
    for (*n = 0; words < asked->n && *n < 2 * MOST_WORDS; ++*n) {
        struct next_item *item = &items[*n];
        if (!draw_word(call, text, &asked->chance, item, err))
            return false;
        words += !is_mark(item->token);
        write_word(text, item->token);
    }
    return true;
}

static const struct table *drawn(struct call *call, const struct next_item *items,
                                 size_t n)
{
    struct sheet sheet = sheet_begin(call->arena, 3);
    sheet_header(&sheet, "drawn");
    sheet_header(&sheet, "probability");
    sheet_header(&sheet, "what spoke for it");
    for (size_t i = 0; i < n; i++) {
        sheet_header(&sheet, items[i].token);
        sheet_add(&sheet,
                  (struct cell){.text = arena_print(call->arena, "%.3f",
                                                    (double)items[i].probability),
                                .number = true,
                                .fill = {INK_WEIGHT, items[i].probability}});
        sheet_text(&sheet, items[i].because);
    }
    return sheet_end(&sheet, NULL);
}

static bool show_text(struct call *call, const struct asked *asked,
                      const struct buf *text, const struct next_item *items, size_t n,
                      struct err *err)
{
    const char *whole = arena_copy(call->arena, text->at, text->length);
    struct pile pile = pile_begin(call->arena);
    struct view view = {.kind = "next",
                        .finding = whole,
                        .footer = call_footer(call, PICK_ALL, PICK_ALL)};
    pile_table(&pile, drawn(call, items, n));
    pile_add(
        &pile, BLOCK_NOTE,
        arena_print(call->arena,
                    "Each word is drawn by chance from the probabilities after the "
                    "words before it; the same line gives the same text. Another "
                    "text:  next %zu words seed %zu",
                    asked->n, asked->seed + 1));
    pile_add(&pile, BLOCK_CODE,
             arena_print(call->arena, "sentence %s",
                         lex_quote(call->arena, whole, strlen(whole))));
    pile_end(&pile, &view);
    if (note_temperature(call))
        call_note(call, "%s", note_temperature(call));
    struct buf json;
    struct json_out out = begin_json(call, &json);
    json_key_int(&out, "words", (int64_t)asked->n);
    json_key_text(&out, "text", whole);
    json_items(&out, items, n);
    json_end(&out);
    bool done = call_result(call, whole, &view, &json, err);
    if (done)
        call_shown(call, NULL);
    buf_free(&json);
    return done;
}

static bool go_on(struct call *call, struct asked *asked, struct err *err)
{
    struct next_item *items = arena_new(call->arena, 2 * MOST_WORDS, sizeof *items);
    struct buf text;
    size_t n;
    buf_init(&text, MOST_TEXT);
    buf_text(&text, call_sentence(call));
    bool done = draw_words(call, asked, &text, items, &n, err) &&
                show_text(call, asked, &text, items, n, err);
    buf_free(&text);
    return done;
}

static bool next_run(struct call *call, struct err *err)
{
    struct asked asked;
    if (!read_asked(call, &asked, err))
        return false;
    const struct trace *trace = call_trace(call, err);
    if (!trace)
        return false;
    return asked.words ? go_on(call, &asked, err)
                       : show_list(call, trace, asked.n, err);
}
