#include "attn/lang/without.h"

#include <stdint.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/state.h"

/* The sentence with a token's characters cut out. */
static const char *cut(struct call *call, const char *sentence,
                       const struct token *token)
{
    size_t length = strlen(sentence);
    size_t start = utf8_offset(sentence, length, token->start);
    size_t end = utf8_offset(sentence, length, token->end);
    return arena_print(call->arena, "%.*s%s", (int)start, sentence, sentence + end);
}

/* True when `after` has the tokens of `before` but for number `gone`. */
static bool same_but(const struct trace *before, const struct trace *after, size_t gone)
{
    if (after->T + 1 != before->T)
        return false;
    for (size_t i = 0; i < after->T; i++)
        if (strcmp(after->rows[i].text, before->rows[i < gone ? i : i + 1].text) != 0)
            return false;
    return true;
}

static void read_link(struct call *call, const struct trace *after,
                      const struct link_ref *link, size_t gone, struct without *result)
{
    size_t row = link->row - (link->row > gone), col = link->col - (link->col > gone);
    const float *weights = trace_row(after, link->layer, link->head, row);
    size_t best = SIZE_MAX;
    for (size_t j = 0; j < after->S; j++)
        if (best == SIZE_MAX || weights[j] > weights[best])
            best = j;
    const char *word = after->cols[best].text;
    result->same_cut = true;
    result->weight = weights[col];
    result->best = arena_copy(call->arena, word, strlen(word));
    result->best_weight = weights[best];
}

static bool without_one(struct call *call, const struct trace *before,
                        const struct link_ref *link, struct without *result,
                        struct err *err)
{
    size_t gone = trace_row_at(before, result->position);
    const struct token *token = &before->rows[gone];
    const char *text = cut(call, before->sentence, token);
    struct model_options options = session_options(&call->settings, call->stop);
    options.query = NULL; /* set for a word of the whole sentence */
    struct model_input input = {
        .text = text, .length = strlen(text), .attention = before->attention};
    struct trace after = {0};
    if (!model_run(call_model(call), &input, &options, &after, err))
        return false;
    if (same_but(before, &after, gone))
        read_link(call, &after, link, gone, result);
    trace_free(&after);
    return true;
}

bool without_each(struct call *call, const struct trace *trace,
                  const struct link_ref *link, struct withouts *results,
                  struct err *err)
{
    results->n = 0;
    if (trace->attention == ATTENTION_CROSS || trace->attention == ATTENTION_DECODER) {
        err_set(err, ERR_UNSUITED,
                "Leaving out a word of a translation changes what is translated, so "
                "its words are not left out one by one.");
        return err_try(err, "Try:", "why");
    }
    if (trace->T > WITHOUT_MOST_WORDS + 2) {
        err_set(
            err, ERR_TOO_LARGE,
            "Leaving out each word in turn reads the sentence once for every word: up "
            "to %d words.",
            WITHOUT_MOST_WORDS);
        return err_try(err, "Try:", "why");
    }
    results->at = arena_new(call->arena, trace->T, sizeof *results->at);
    for (size_t i = 0; i < trace->T; i++) {
        if (i == link->row || i == link->col || trace->rows[i].flags & TOKEN_SPECIAL)
            continue;
        results->at[results->n] = (struct without){.position = trace->rows[i].position,
                                                   .word = trace->rows[i].text};
        if (!without_one(call, trace, link, &results->at[results->n], err))
            return false;
        results->n++;
    }
    return true;
}
