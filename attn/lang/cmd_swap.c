/* cmd_swap.c - swap "tired" "wide": the sentence with another word, and what that
 * changes. The state stays as it is. */
#include <stdint.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/changes.h"
#include "attn/lang/fill.h"
#include "attn/lang/lex.h"
#include "attn/lang/origin.h"
#include "attn/lang/pick.h"
#include "attn/lang/state.h"
#include "attn/lang/words.h"
#include "attn/render/alt.h"
#include "attn/render/lookview.h"
#include "attn/render/pair.h"
#include "attn/render/stack.h"

static bool swap_run(struct call *call, struct err *err);

static bool has_one_sentence(const struct model *model, struct err *err)
{
    if (!model_info(model)->pairs)
        return origin_runs(model, err);
    err_set(err, ERR_UNSUITED, "swap works on models of one sentence; %s reads two.",
            model_info(model)->name);
    return err_try(err, "Try:", "model lesson");
}

const struct command swap_command = {
    .name = "swap",
    .does = "Puts another word into the sentence and shows what that changes.",
    .task = "Ask why",
    .lesson = "04",
    .suits = has_one_sentence,
    .args = {{.name = "from",
              .kind = ARG_TEXT,
              .about = "the word that goes, in quotes",
              .required = true},
             {.name = "into",
              .kind = ARG_TEXT,
              .about = "what comes in its place, in quotes",
              .required = true}},
    .view = true,
    .one_head = true,
    .honours = "word",
    .examples = {"swap \"tired\" \"wide\"", "swap \"the:2\" \"a\" word cross",
                 "swap \"didn't\" \"did not\""},
    .run = swap_run,
};

/* The two runs. Rows and columns `from` to `from` + `gone` of the first became `come`
 * of the second; all others are the same words. */
struct swap {
    struct call *call;
    const char *text; /* the sentence as it would be */
    const struct trace *before;
    struct trace after; /* owned */
    size_t from, gone, come;
    struct head_ref head;
    size_t row;           /* of the first, that is shown */
    struct trace aligned; /* the second with the first's rows and columns */
    struct changed changed;
};

/* ---- the other sentence */

static bool not_there(const struct swap *swap, const struct value *from,
                      struct err *err)
{
    const struct subject *subject = swap->call->session->state.subject;
    const char *near = word_near(subject, from->text);
    err_set(err, ERR_NO_SUCH_WORD, "\"%.60s\" is not in the sentence. Words: %.300s",
            from->text, word_list(subject, swap->call->arena));
    err_span(err, from->start, from->end);
    if (!near)
        near = subject->tokens[subject->n_tokens - 1].text;
    return err_try(err, "Try:", "swap %s %s",
                   lex_quote(swap->call->arena, near, strlen(near)),
                   lex_quote(swap->call->arena, "other", 5));
}

/* Where the tokens of the text stand one after the other; SIZE_MAX: nowhere. */
static size_t find_tokens(const struct trace *trace, const struct token *tokens,
                          size_t n)
{
    for (size_t at = 0; at + n <= trace->T; at++) {
        size_t same = 0;
        while (same < n && !(trace->rows[at + same].flags & TOKEN_SPECIAL) &&
               strcmp(trace->rows[at + same].text, tokens[same].text) == 0)
            same++;
        if (same == n)
            return at;
    }
    return SIZE_MAX;
}

/* The words that go: one, which may be told apart as the:2, or several in a row. */
static bool find_gone(struct swap *swap, const struct value *from, struct err *err)
{
    struct call *call = swap->call;
    struct lexeme item = {.kind = LEX_WORD,
                          /* as if it stood without quotes: the:2 */ .text = from->text,
                          .length = from->length};
    struct word word = word_find(call->session->state.subject, &item, call->arena);
    if (word.result == WORD_FOUND) {
        swap->from = trace_row_at(swap->before, word.position);
        swap->gone = 1;
        return true;
    }
    const struct token *tokens;
    size_t n, first = 0;
    struct err none = {0};
    if (!model_tokenize(call_model(call), from->text, from->length, call->arena,
                        &tokens, &n, &none))
        return not_there(swap, from, err);
    while (first < n && (tokens[first].flags & TOKEN_SPECIAL))
        first++;
    swap->gone = n - first;
    swap->from = find_tokens(swap->before, tokens + first, n - first);
    return swap->from != SIZE_MAX || not_there(swap, from, err);
}

static void write_text(struct swap *swap, const struct value *into)
{
    const char *sentence = call_sentence(swap->call);
    size_t length = strlen(sentence);
    const struct token *rows = swap->before->rows;
    size_t start = utf8_offset(sentence, length, rows[swap->from].start);
    size_t end = utf8_offset(sentence, length, rows[swap->from + swap->gone - 1].end);
    swap->text = arena_print(swap->call->arena, "%.*s%s%s", (int)start, sentence,
                             into->text, sentence + end);
}

/* The words around are cut as before. */
static bool rest_is_same(const struct swap *swap)
{
    const struct trace *a = swap->before, *b = &swap->after;
    if (b->T + swap->gone < a->T)
        return false;
    for (size_t i = 0; i < swap->from; i++)
        if (strcmp(a->rows[i].text, b->rows[i].text) != 0)
            return false;
    for (size_t i = swap->from + swap->gone; i < a->T; i++)
        if (strcmp(a->rows[i].text, b->rows[i + b->T - a->T].text) != 0)
            return false;
    return true;
}

static bool run_other(struct swap *swap, const struct value *into, struct err *err)
{
    struct call *call = swap->call;
    struct model_input input = {.text = swap->text, .length = strlen(swap->text)};
    struct model_options options = session_options(&call->settings, call->stop);
    if (!model_run(call_model(call), &input, &options, &swap->after, err)) {
        err_span(err, into->start, into->end);
        return err_try(err, "Try:", "%s", call->command->examples[0]);
    }
    swap->come = swap->after.T + swap->gone - swap->before->T;
    if (rest_is_same(swap) && swap->come > 0)
        return true;
    if (swap->come == 0) {
        err_set(err, ERR_MISSING, "swap needs a word that comes in its place.");
        err_span(err, into->start, into->end);
        return err_try(err, "Try:", "%s", call->command->examples[0]);
    }
    err_set(err, ERR_UNSUITED,
            "With \"%.60s\" the words around it are cut differently, so the two "
            "sentences cannot be laid beside each other.",
            into->text);
    err_span(err, into->start, into->end);
    return err_try(err, "Try:", "sentence %s",
                   lex_quote(call->arena, swap->text, strlen(swap->text)));
}

/* ---- side by side */

/* The row of the second that a row of the first has become. */
static size_t now_at(const struct swap *swap, size_t row)
{
    if (row < swap->from)
        return row;
    if (row >= swap->from + swap->gone)
        return row + swap->come - swap->gone;
    return row - swap->from < swap->come ? row : SIZE_MAX;
}

/* One row of one head. Where as many words came as went, each stands in the place of
 * one; else the weight of all that came stands in the first place of what went. */
static void align_row(const struct swap *swap, const float *from, float *to)
{
    if (swap->gone == swap->come) {
        memcpy(to, from, swap->before->S * sizeof *to);
        return;
    }
    for (size_t j = 0; j < swap->before->S; j++) {
        bool inside = j >= swap->from && j < swap->from + swap->gone;
        to[j] = inside ? 0 : from[now_at(swap, j)];
    }
    for (size_t j = 0; j < swap->come; j++)
        to[swap->from] += from[swap->from + j];
}

static void align(struct swap *swap)
{
    const struct trace *before = swap->before;
    size_t heads = before->L * before->H;
    float *weights =
        arena_new(swap->call->arena, heads * before->T * before->S, sizeof *weights);
    struct token *tokens = arena_new(swap->call->arena, before->T, sizeof *tokens);
    swap->aligned = *before;
    swap->aligned.weights = weights;
    for (size_t i = 0; i < before->T; i++) {
        size_t now = now_at(swap, i);
        tokens[i] = now == SIZE_MAX ? before->rows[i] : swap->after.rows[now];
    }
    swap->aligned.rows = swap->aligned.cols = tokens;
    for (size_t head = 0; head < heads; head++)
        for (size_t i = 0; i < before->T; i++) {
            size_t now = now_at(swap, i);
            align_row(swap,
                      trace_row(&swap->after, head / before->H, head % before->H,
                                now == SIZE_MAX ? swap->from : now),
                      weights + (head * before->T + i) * before->S);
        }
}

/* ---- what is shown */

static struct stack stack_for(struct swap *swap, const struct trace *trace)
{
    struct arena *arena = swap->call->arena;
    struct slice *slice = arena_new(arena, 1, sizeof *slice);
    const struct head_name *name =
        trace->heads ? &trace->heads[swap->head.layer * trace->H + swap->head.head]
                     : NULL;
    *slice =
        (struct slice){.layer = (int)swap->head.layer,
                       .head = (int)swap->head.head,
                       .name = name && name->name ? name->name : "",
                       .does = name ? name->does : NULL,
                       .weights = trace_head(trace, swap->head.layer, swap->head.head)};
    const struct axis_token *tokens = fill_tokens(arena, trace->rows, trace->T);
    return (struct stack){.slices = slice,
                          .n_slices = 1,
                          .rows = tokens,
                          .cols = tokens,
                          .n_rows = trace->T,
                          .n_cols = trace->S,
                          .causal = trace->causal,
                          .most = 1};
}

static size_t top_word(const struct trace *trace, const float *weights)
{
    size_t best = SIZE_MAX;
    for (size_t j = 0; j < trace->S; j++)
        if (!(trace->cols[j].flags & TOKEN_SPECIAL) &&
            (best == SIZE_MAX || weights[j] > weights[best]))
            best = j;
    return best;
}

/* "animal (0.91)" */
static const char *looks(const struct swap *swap, const struct trace *trace, size_t row)
{
    const float *weights = trace_row(trace, swap->head.layer, swap->head.head, row);
    size_t best = top_word(trace, weights);
    return arena_print(swap->call->arena, "%s (%.2f)", trace->cols[best].text,
                       (double)weights[best]);
}

static const char *say(const struct swap *swap)
{
    struct arena *arena = swap->call->arena;
    size_t now = now_at(swap, swap->row);
    const struct trace *before = swap->before;
    const float *was = trace_row(before, swap->head.layer, swap->head.head, swap->row);
    const float *is =
        trace_row(&swap->aligned, swap->head.layer, swap->head.head, swap->row);
    bool flips = top_word(before, was) != top_word(&swap->aligned, is);
    const char *moved =
        swap->changed.n_flips
            ? arena_print(arena, "%zu link%s flip%s", swap->changed.n_flips,
                          swap->changed.n_flips == 1 ? "" : "s",
                          swap->changed.n_flips == 1 ? "s" : "")
            : "no head flips";
    return arena_print(arena, "\"%s\" %s: %s → %s. In all, %s.",
                       before->rows[swap->row].text, flips ? "flips" : "does not flip",
                       looks(swap, before, swap->row), looks(swap, &swap->after, now),
                       moved);
}

static const size_t *same_rows(const struct swap *swap)
{
    size_t *same = arena_new(swap->call->arena, swap->before->T, sizeof *same);
    for (size_t i = 0; i < swap->before->T; i++)
        same[i] = now_at(swap, i);
    return same;
}

static struct lookview look_of(struct swap *swap, const struct trace *trace, size_t row)
{
    return (struct lookview){.big = swap->call->settings.big,
                             .stack = stack_for(swap, trace),
                             .chosen = row};
}

static void write_side(const struct swap *swap, struct json_out *out, const char *key,
                       const struct trace *trace)
{
    const float *weights = trace_head(trace, swap->head.layer, swap->head.head);
    json_key(out, key);
    json_object(out);
    json_key_text(out, "sentence", trace->sentence);
    json_key(out, "rows");
    call_json_tokens(out, trace->rows, trace->T);
    json_key(out, "cols");
    call_json_tokens(out, trace->cols, trace->S);
    json_key(out, "weights");
    json_array(out);
    for (size_t i = 0; i < trace->T; i++) {
        json_array(out);
        for (size_t j = 0; j < trace->S; j++)
            json_float(out, (double)weights[i * trace->S + j]);
        json_end(out);
    }
    json_end(out);
    json_end(out);
}

/* difference: the second minus the first, with the first's rows and columns. */
static void write_json(const struct swap *swap, const struct changes *changes,
                       struct buf *json)
{
    const struct trace *before = swap->before;
    const float *was = trace_head(before, swap->head.layer, swap->head.head);
    const float *is = trace_head(&swap->aligned, swap->head.layer, swap->head.head);
    struct json_out out = call_json_plain(swap->call, json, "compare");
    json_key_int(&out, "layer", (int64_t)swap->head.layer);
    json_key_int(&out, "head", (int64_t)swap->head.head);
    write_side(swap, &out, "a", before);
    write_side(swap, &out, "b", &swap->after);
    json_key(&out, "difference");
    json_array(&out);
    for (size_t i = 0; i < before->T; i++) {
        json_array(&out);
        for (size_t j = 0; j < before->S; j++)
            json_float(&out, (double)(is[i * before->S + j] - was[i * before->S + j]));
        json_end(&out);
    }
    json_end(&out);
    changes_json(changes, &out);
    json_end(&out);
}

static void write_blocks(const struct swap *swap, const struct changes *changes,
                         struct view *view)
{
    struct arena *arena = swap->call->arena;
    struct pile pile = pile_begin(arena);
    changes_tables(changes, &pile);
    if (swap->changed.n_heads)
        pile_add(&pile, BLOCK_NOTE,
                 "moved: the share of a row's weight that lies elsewhere, 0 to 1; what "
                 "came counts where the other stood.");
    pile_add(&pile, BLOCK_NOTE,
             arena_print(arena,
                         "Your sentence stays as it is. To go on with the other:  "
                         "sentence %s",
                         lex_quote(arena, swap->text, strlen(swap->text))));
    pile_end(&pile, view);
}

static bool show(struct swap *swap, struct err *err)
{
    struct call *call = swap->call;
    struct lookview looks[2] = {look_of(swap, swap->before, swap->row),
                                look_of(swap, &swap->after, now_at(swap, swap->row))};
    struct changes changes = {.changed = &swap->changed,
                              .before = swap->before,
                              .after = &swap->aligned,
                              .then = "before",
                              .now = "now",
                              .heads = "Heads, most changed first"};
    const char *titles[2] = {"as it is", arena_print(call->arena, "with \"%s\"",
                                                     call_value(call, "into")->text)};
    struct picture_pair pair = {
        .parts = {{titles[0], lookview_draw(&looks[0], call->arena)},
                  {titles[1], lookview_draw(&looks[1], call->arena)}},
        .stacked = true,
        .big = call->settings.big,
        .same = same_rows(swap)};
    struct view view = {
        .kind = "compare",
        .finding = say(swap),
        .scene = pair_draw(&pair, call->arena),
        .footer = call_footer(call, (int)swap->head.layer, (int)swap->head.head)};
    struct buf json = {0};
    view.twin = arena_print(call->arena, "%s\n%s\n%s\n%s", titles[0],
                            lookview_twin(&looks[0], call->arena), titles[1],
                            lookview_twin(&looks[1], call->arena));
    view.alt = alt_print(call->arena, "%s The sentence twice, %s and %s.", view.finding,
                         titles[0], titles[1]);
    write_blocks(swap, &changes, &view);
    if (call_wants_json(call))
        write_json(swap, &changes, &json);
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}

/* The row to show: the one asked for, or the story's; one that is still there. */
static bool choose_row(struct swap *swap, struct err *err)
{
    struct call *call = swap->call;
    struct fill fill;
    if (!fill_word(call, call_value(call, "word"), &fill, &swap->row, err))
        return false;
    if (fill.layer < 0 || fill.head < 0) {
        err_set(err, ERR_UNSUITED, "swap shows one head at a time.");
        return err_try(err, "Try:", "set reset");
    }
    swap->head = (struct head_ref){(size_t)fill.layer, (size_t)fill.head};
    if (now_at(swap, swap->row) == SIZE_MAX)
        swap->row = swap->from;
    return true;
}

/* Unasked, the word that flips tells more than one that does not: a pronoun's, in the
 * head that tells the story first. */
static void prefer_flip(struct swap *swap)
{
    const struct trace *trace = swap->before;
    const struct changed_flip *best = NULL;
    if (call_value(swap->call, "word")->given || !pick_is_auto(swap->call))
        return;
    for (size_t i = 0; i < swap->changed.n_flips; i++) {
        const struct changed_flip *flip = &swap->changed.flips[i];
        if (!trace->heads || trace->heads[flip->head].story != 1 ||
            !(trace->rows[flip->row].flags & TOKEN_PRONOUN))
            continue;
        if (flip->row == swap->row)
            return;
        best = best ? best : flip;
    }
    if (!best)
        return;
    swap->row = best->row;
    swap->head = (struct head_ref){best->head / trace->H, best->head % trace->H};
}

static bool compare_runs(struct swap *swap, struct err *err)
{
    const struct value *from = call_value(swap->call, "from");
    const struct value *into = call_value(swap->call, "into");
    if (from->length == into->length &&
        memcmp(from->text, into->text, from->length) == 0) {
        err_set(err, ERR_BAD_VALUE, "Both are the same word.");
        err_span(err, into->start, into->end);
        return err_try(err, "Try:", "%s", swap->call->command->examples[0]);
    }
    if (!find_gone(swap, from, err))
        return false;
    write_text(swap, into);
    if (!run_other(swap, into, err) || !choose_row(swap, err))
        return false;
    align(swap);
    swap->changed = changed_find(swap->before, &swap->aligned, NULL, swap->call->arena);
    prefer_flip(swap);
    return show(swap, err);
}

static bool swap_run(struct call *call, struct err *err)
{
    struct swap swap = {.call = call, .before = call_trace(call, err)};
    bool done = swap.before && compare_runs(&swap, err);
    trace_free(&swap.after);
    return done;
}
