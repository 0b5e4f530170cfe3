/* why: one score as named terms that add up. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "attn/lang/muted.h"
#include "attn/lang/origin.h"
#include "attn/lang/pick.h"
#include "attn/lang/reasons.h"
#include "attn/lang/why.h"
#include "attn/render/alt.h"
#include "attn/render/stack.h"
#include "attn/render/whycard.h"

enum { TERMS_MOST = 9, BRINGERS_MOST = 10 };

static bool why_run(struct call *call, struct err *err);

const struct command why_command = {
    .name = "why",
    .does = "Takes apart why one word looks at another: named terms that add up.",
    .task = "Ask why",
    .lesson = "04",
    .suits = origin_has_vectors,
    .args = {{.name = "word",
              .kind = ARG_WORD,
              .otherwise = "auto",
              .about = "the word that looks"},
             {.name = "target",
              .kind = ARG_TARGET,
              .otherwise = "where it looks most",
              .about = "the word looked at"},
             {.name = "words",
              .kind = ARG_SWITCH,
              .otherwise = "off",
              .about = "which other words settle it: each left out in turn"}},
    .view = true,
    .one_head = true,
    .honours = "word",
    .examples = {"why it -> animal", "why it", "why it words",
                 "why animal layer 1 head 4"},
    .run = why_run,
};

static size_t strongest_but(const struct stack *stack, const float *weights,
                            size_t skip, bool words_only)
{
    size_t best = SIZE_MAX;
    for (size_t j = 0; j < stack->n_cols; j++) {
        if (j == skip || (words_only && stack->cols[j].special))
            continue;
        if (best == SIZE_MAX || weights[j] > weights[best])
            best = j;
    }
    return best;
}

static const char *col_name(const struct why *ask, size_t col)
{
    const struct stack *stack = &ask->fill.stack;
    if (col == SIZE_MAX)
        return NULL;
    if (stack->cols[col].special)
        return arena_print(ask->call->arena, "%s (resting place)",
                           stack->cols[col].text);
    return stack_word(ask->call->arena, stack->cols, stack->n_cols, col);
}

static bool choose(struct why *ask, struct err *err)
{
    const struct value *target = call_value(ask->call, "target");
    const struct trace *trace = ask->fill.trace;
    const struct stack *stack = &ask->fill.stack;
    const float *weights = trace_row(trace, ask->layer, ask->head, ask->row);
    ask->cols[0] = target->given ? trace_col_at(trace, target->position)
                                 : strongest_but(stack, weights, SIZE_MAX, false);
    if (ask->cols[0] == SIZE_MAX)
        return err_set(err, ERR_NO_SUCH_WORD, "There is no word at position %d.",
                       target->position);
    ask->cols[1] = strongest_but(stack, weights, ask->cols[0], true);
    ask->from = stack_word(ask->call->arena, stack->rows, stack->n_rows, ask->row);
    for (int k = 0; k < 2; k++) {
        size_t col = ask->cols[k];
        ask->words[k] = col_name(ask, col);
        if (col == SIZE_MAX)
            continue;
        ask->weights[k] = weights[col];
        struct score_at at = {ask->layer, ask->head, ask->row, col};
        if (!model_why(call_model(ask->call), trace, at, ask->call->arena,
                       &ask->scores[k], err))
            return false;
    }
    return true;
}

/* ---- the card */

static struct whycard card_of(const struct why *ask, const struct reasons *reasons)
{
    struct arena *arena = ask->call->arena;
    const struct slice *slice = stack_slice(&ask->fill.stack, ask->row);
    struct whycard_term *terms = arena_new(arena, reasons->n + 1, sizeof *terms);
    double *values = arena_new(arena, reasons->n + 1, sizeof *values);
    struct whycard card = {
        .big = ask->call->settings.big,
        .from = ask->from,
        .to = ask->words[0],
        .other = ask->words[1],
        .head = arena_print(arena, "layer %zu head %zu · %s", ask->layer, ask->head,
                            slice->name),
        .terms = terms,
        .n_terms = reasons->n,
        .score = (double)ask->scores[0].score,
        .other_score = (double)ask->scores[1].score,
        .weight = ask->weights[0],
        .other_weight = ask->weights[1],
    };
    for (size_t i = 0; i < reasons->n; i++)
        values[i] = reasons->at[i].value;
    whycard_round(values, reasons->n, &card.score);
    for (size_t i = 0; i < reasons->n; i++) {
        terms[i] =
            (struct whycard_term){.name = reasons->at[i].name, .value = values[i]};
        values[i] = reasons->at[i].other;
    }
    whycard_round(values, reasons->n, &card.other_score);
    for (size_t i = 0; i < reasons->n; i++)
        terms[i].other = values[i];
    return card;
}

/* The term that does most for the one against the other. */
static const struct whycard_term *decider(const struct whycard *card, double sign)
{
    const struct whycard_term *best = NULL;
    double most = 0;
    for (size_t i = 0; i < card->n_terms; i++) {
        double for_it =
            sign * (card->terms[i].value - (card->other ? card->terms[i].other : 0));
        if (for_it <= most)
            continue;
        most = for_it;
        best = &card->terms[i];
    }
    return best;
}

/* With a real minus sign, as the card has it. */
static const char *score_text(struct arena *arena, double score)
{
    return arena_print(arena, "%s%.2f", score <= -.005 ? "−" : "", fabs(score));
}

static const char *say(const struct why *ask, const struct whycard *card)
{
    struct arena *arena = ask->call->arena;
    const char *score = score_text(arena, card->score);
    if (!card->other)
        return arena_print(arena, "\"%s\" looks at %s (%.2f) with a score of %s.",
                           card->from,
                           !ask->fill.stack.apart && strcmp(card->from, card->to) == 0
                               ? "itself"
                               : arena_print(arena, "\"%s\"", card->to),
                           (double)card->weight, score);
    double gap = card->score - card->other_score;
    const struct whycard_term *most = decider(card, gap < 0 ? -1 : 1);
    double part = most ? fabs(most->value - most->other) : 0;
    bool half = part > fabs(gap) / 2 && part <= fabs(gap) + .005;
    const char *decides =
        most
            ? arena_print(arena, " %s: \"%s\" (%s against %s).",
                          half               ? "Most of the difference"
                          : part > fabs(gap) ? "What differs most, though others speak "
                                               "against it"
                                             : "The largest part of the difference",
                          most->name, score_text(arena, most->value),
                          score_text(arena, most->other))
            : "";
    return arena_print(arena, "\"%s\" → \"%s\" scores %s, \"%s\" %s.%s", card->from,
                       card->to, score, card->other,
                       score_text(arena, card->other_score), decides);
}

static enum mute how_muted(const struct why *ask)
{
    size_t at = ask->layer * ask->fill.trace->H + ask->head;
    return (enum mute)ask->call->settings.muted[at];
}

/* What softmax makes of the scores; worked through, as far as it has no temperature. */
static const char *softmax_text(const struct why *ask, const struct whycard *card)
{
    struct arena *arena = ask->call->arena;
    enum mute how = how_muted(ask);
    if (how == MUTE_UNIFORM || how == MUTE_SHUFFLED)
        return arena_print(arena,
                           "This head is muted (%s): its weights are not what softmax "
                           "makes of these scores. \"%s\" gets %.2f.",
                           muted_word(how), card->to, (double)card->weight);
    double temperature = ask->call->settings.temperature;
    double ratio = (double)ask->weights[0] / (double)ask->weights[1];
    const char *divided =
        temperature != 1
            ? arena_print(arena, " (scores are divided by the temperature %g first)",
                          temperature)
            : "";
    const char *alone = arena_print(
        arena,
        "Softmax turns the scores of the whole row into weights that add up to 1: it "
        "raises e (2.718) to each score%s and divides by the sum. \"%s\" gets %.2f.",
        divided, card->to, (double)card->weight);
    if (!card->other || !(ask->weights[1] > 0) || !isfinite(ratio) || ratio > 1e6 ||
        ratio < 1e-6)
        return alone;
    bool less = ratio < 1;
    double gap = fabs(card->score - card->other_score);
    ratio = less ? 1 / ratio : ratio;
    return arena_print(
        arena,
        "%s It scores %.2f %s than \"%s\": its weight is about %.*f times %s, e^%.2f "
        "(%.3f against %.3f).",
        alone, gap, less ? "less" : "more", card->other, ratio < 9.95 ? 1 : 0, ratio,
        less ? "smaller" : "as large", gap / temperature, (double)card->weight,
        (double)card->other_weight);
}

static struct block bringer_table(struct call *call, const struct bringer *bringers,
                                  size_t n)
{
    struct table *table = arena_new(call->arena, 1, sizeof *table);
    struct cell *cells = arena_new(call->arena, 3 * (n + 1), sizeof *cells);
    cells[0] = (struct cell){.text = "what", .header = true};
    cells[1] = (struct cell){.text = "which head brought it", .header = true};
    cells[2] = (struct cell){.text = "see it", .header = true};
    for (size_t k = 0; k < n; k++) {
        cells[3 * k + 3] = (struct cell){.text = bringers[k].what};
        cells[3 * k + 4] = (struct cell){.text = bringers[k].how};
        cells[3 * k + 5] = (struct cell){.text = bringers[k].line, .code = true};
    }
    *table = (struct table){.cells = cells, .rows = n + 1, .cols = 3};
    return (struct block){.kind = BLOCK_TABLE, .table = table};
}

static struct block rules(struct call *call, size_t layer, size_t head)
{
    const char *const *lines;
    size_t n = model_rules(call_model(call), call->settings.which, layer, head,
                           call->arena, &lines);
    struct block *inside = arena_new(call->arena, n + 1, sizeof *inside);
    for (size_t k = 0; k < n; k++)
        inside[k] = (struct block){.kind = BLOCK_CODE, .text = lines[k]};
    return (struct block){.kind = BLOCK_FOLD,
                          .text = "The rules of this head, as they are written",
                          .inside = inside,
                          .n_inside = n};
}

/* `why it words`: what each other word does for the link. */
static struct block without_table(struct call *call, const struct without *results,
                                  size_t n, float weight)
{
    struct table *table = arena_new(call->arena, 1, sizeof *table);
    struct cell *cells = arena_new(call->arena, 4 * (n + 1), sizeof *cells);
    static const char *const heads[] = {"without", "weight", "change", "then looks at"};
    for (size_t k = 0; k < 4; k++)
        cells[k] = (struct cell){.text = heads[k], .header = true};
    for (size_t k = 0; k < n; k++) {
        const struct without *one = &results[k];
        struct cell *row = cells + 4 * (k + 1);
        double change = (double)one->weight - (double)weight;
        row[0] = (struct cell){
            .text = arena_print(call->arena, "%s (%d)", one->word, one->position)};
        row[1] = row[2] = row[3] = (struct cell){.text = "–"};
        if (!one->same_cut)
            continue;
        row[1] =
            (struct cell){.text = arena_print(call->arena, "%.2f", (double)one->weight),
                          .number = true,
                          .fill = {INK_WEIGHT, one->weight}};
        row[2] = (struct cell){.text = arena_print(call->arena, "%+.2f", change),
                               .number = true,
                               .strong = change < -.1 || change > .1};
        row[3] = (struct cell){.text = arena_print(call->arena, "%s %.2f", one->best,
                                                   (double)one->best_weight)};
    }
    *table = (struct table){.cells = cells, .rows = n + 1, .cols = 4};
    return (struct block){.kind = BLOCK_TABLE, .table = table};
}

static size_t write_blocks(const struct why *ask, const struct reasons *reasons,
                           const struct whycard *card, struct block *blocks)
{
    struct call *call = ask->call;
    struct bringer list[BRINGERS_MOST];
    struct bringers bringers = {list, 0, BRINGERS_MOST};
    const size_t ends[] = {ask->row, ask->cols[0], ask->cols[1]};
    size_t n = 0;
    reasons_bringers(call, ask->fill.trace, reasons, ends, &bringers);
    blocks[n++] = (struct block){.kind = BLOCK_TEXT, .text = softmax_text(ask, card)};
    if (ask->without.at)
        blocks[n++] =
            without_table(call, ask->without.at, ask->without.n, ask->weights[0]);
    if (bringers.n > 0)
        blocks[n++] = bringer_table(call, list, bringers.n);
    struct block fold = rules(call, ask->layer, ask->head);
    if (fold.n_inside > 0)
        blocks[n++] = fold;
    blocks[n++] = (struct block){
        .kind = BLOCK_NOTE,
        .text = ask->fill.trace->dim_names
                    ? "Numbers are rounded so that they still add up; as json gives "
                      "all digits. In a trained model a high weight is neither a "
                      "reason nor a cause; this model is built by hand, and these are "
                      "its actual rules."
                    : "Numbers are rounded so that they still add up; as json gives "
                      "all digits. These numbers have no names: the products are all "
                      "there is to say, as in a trained model."};
    return n;
}

static bool open_question(struct call *call, struct why *ask, struct err *err)
{
    *ask = (struct why){.call = call};
    if (!fill_word(call, call_value(call, "word"), &ask->fill, &ask->row, err))
        return false;
    if (ask->fill.layer < 0 || ask->fill.head < 0) {
        err_set(err, ERR_UNSUITED, "why opens one head at a time.");
        return err_try(err, "Try:", "%s layer %zu head %zu",
                       pick_line(call, ask->fill.trace, ask->row),
                       ask->fill.story.layer, ask->fill.story.head);
    }
    ask->layer = (size_t)ask->fill.layer;
    ask->head = (size_t)ask->fill.head;
    const struct value *words = call_value(call, "words");
    if (!choose(ask, err))
        return false;
    if (!words->given || !words->on)
        return true;
    if (model_info(call_model(call))->sentences) {
        err_set(
            err, ERR_UNSUITED,
            "This model reads whole sentences of its own; no word can be left out.");
        return err_try(err, "Try:", "why %s", ask->from);
    }
    struct link_ref link = {ask->layer, ask->head, ask->row, ask->cols[0]};
    return without_each(call, ask->fill.trace, &link, &ask->without, err);
}

static bool why_run(struct call *call, struct err *err)
{
    struct why ask;
    struct buf json = {0};
    if (!open_question(call, &ask, err))
        return false;
    struct reasons reasons =
        reasons_join(call->arena, &ask.scores[0],
                     ask.cols[1] == SIZE_MAX ? NULL : &ask.scores[1], TERMS_MOST);
    struct whycard card = card_of(&ask, &reasons);
    struct block *blocks = arena_new(call->arena, 5, sizeof *blocks);
    struct view view = {
        .kind = "why",
        .finding = say(&ask, &card),
        .scene = whycard_draw(&card, call->arena),
        .blocks = blocks,
        .n_blocks = write_blocks(&ask, &reasons, &card, blocks),
        .footer = call_footer(call, (int)ask.layer, (int)ask.head),
        .twin = whycard_twin(&card, call->arena),
        .numbers = whycard_table(&card, call->arena),
    };
    view.alt =
        alt_print(call->arena, "%s Weight %.2f.", view.finding, (double)card.weight);
    fill_note_unknown(call, &ask.fill);
    if (how_muted(&ask) == MUTE_ZERO)
        call_note(call, "This head is muted: it looks, but nothing of it arrives.");
    if (call_wants_json(call))
        why_json(&ask, &json);
    bool shown = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return shown;
}
