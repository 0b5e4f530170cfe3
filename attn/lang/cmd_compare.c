/* cmd_compare.c - compare A with B: two heads, sentences, models, settings, attentions
 * or ideas beside each other. */
#include <stdint.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/compare.h"
#include "attn/lang/lex.h"
#include "attn/lang/state.h"
#include "attn/model/model.h"
#include "attn/render/stack.h"

static bool compare_run(struct call *call, struct err *err);

#define SIDES                                                                          \
    {                                                                                  \
        "self", "cross", "encoder", "decoder", "rnn", "transformer", "full", "sparse", \
            "attention", "position", "scale", "temperature", "mask", "measure", "hide" \
    }

const struct command compare_command = {
    .name = "compare",
    .does =
        "Shows two heads, sentences, models or settings beside each other, and where "
        "they differ.",
    .task = "See where words look",
    .lesson = "05",
    .args = {{.name = "what",
              .kind = ARG_SIDE,
              .about = "a head, a sentence in quotes, a model, a setting with a value",
              .choices = SIDES,
              .required = true},
             {.name = "with",
              .kind = ARG_OTHER_SIDE,
              .about = "the other one",
              .choices = SIDES,
              .required = true}},
    .view = true,
    .honours = "values measure",
    .examples = {"compare L0-H0 with L3-H0", "compare scale off with on",
                 "compare \"dog bites man\" with \"man bites dog\"",
                 "compare self with cross", "compare rnn with transformer"},
    .run = compare_run,
};

enum { NUMBERS_MOST = 8 }; /* words across of one picture that have numbers */

/* The rows that are shown, each from its own head, as one slice: narrower than with the
 * heads' names, which stand in the table below. */
static void merge(struct call *call, struct stack *stack)
{
    float *weights =
        arena_new(call->arena, stack->n_rows * stack->n_cols, sizeof *weights);
    struct slice *slice = arena_new(call->arena, 1, sizeof *slice);
    for (size_t i = 0; i < stack->n_rows; i++)
        memcpy(weights + i * stack->n_cols, stack_row(stack, i),
               stack->n_cols * sizeof *weights);
    *slice = (struct slice){.layer = -1,
                            .head = -1,
                            .name = "each row from its own head",
                            .weights = weights};
    stack->slices = slice;
    stack->n_slices = 1;
    stack->start = 0;
    stack->row_slice = NULL;
}

struct heatmap compare_map(struct call *call, const struct fill *fill)
{
    const struct value *values = call_value(call, "values");
    struct heatmap map = heatmap_of(&fill->stack, call->settings.big, call->arena);
    merge(call, &map.stack);
    size_t words = map.n_rows > map.n_cols ? map.n_rows : map.n_cols;
    map.values = values->given ? values->on : words <= NUMBERS_MOST;
    return map;
}

/* ---- which of these */

enum kind {
    KIND_HEAD,
    KIND_TEXT,
    KIND_SETTING,
    KIND_ATTENTION,
    KIND_IDEA,
    KIND_MODEL,
    KIND_NONE
};

static bool is_model(const char *name)
{
    for (size_t i = 0; i < model_count(); i++)
        if (strcmp(model_name(i), name) == 0)
            return true;
    return false;
}

static enum kind kind_of(const struct value *side)
{
    if (side->pairs)
        return KIND_SETTING;
    if (side->heads)
        return KIND_HEAD;
    if (side->on)
        return KIND_TEXT;
    if (compare_is_attention(side->text))
        return is_model(side->text) ? KIND_NONE : KIND_ATTENTION;
    if (compare_is_idea(side->text))
        return KIND_IDEA;
    return is_model(side->text) ? KIND_MODEL : KIND_NONE;
}

/* `decoder` is a model and an attention: what stands on the other side tells which. */
static enum kind kind_beside(const struct value *side, const struct value *other)
{
    enum kind kind = kind_of(side);
    if (kind != KIND_NONE || !side->text || !is_model(side->text))
        return kind;
    return other->text && !other->on && compare_is_attention(other->text)
               ? KIND_ATTENTION
               : KIND_MODEL;
}

/* `compare tired with wide`: two words; that is what swap is for. */
static bool try_swap(const struct call *call, const struct value *a,
                     const struct value *b, struct err *err)
{
    const struct subject *subject = call_rows(call);
    for (size_t i = 0; a->text && b->text && i < subject->n_tokens; i++)
        if (strcmp(subject->tokens[i].text, a->text) == 0)
            return err_try(err, "Did you mean:", "swap %s %s",
                           lex_quote(call->arena, a->text, a->length),
                           lex_quote(call->arena, b->text, b->length));
    return err_try(err, "e.g.", "%s", compare_command.examples[0]);
}

static bool unknown(const struct value *side, struct err *err)
{
    err_set(err, ERR_BAD_VALUE,
            "\"%.60s\" is nothing that I can compare: I need a head, a sentence in "
            "quotes, a model, a setting with its value, or an idea.",
            side->text);
    return err_span(err, side->start, side->end);
}

static bool unlike(const struct value *side, struct err *err)
{
    err_set(err, ERR_BAD_VALUE, "The two sides are not of one kind.");
    err_span(err, side->start, side->end);
    return err_try(err, "e.g.", "%s", compare_command.examples[0]);
}

static bool same_value(const struct value *a, const struct value *b)
{
    if (a->pairs) {
        const struct value *x = &a->pairs[0].value, *y = &b->pairs[0].value;
        return x->on == y->on &&
               (!x->text || !y->text ? x->text == y->text
                                     : strcmp(x->text, y->text) == 0) &&
               (!x->numbers || !y->numbers || x->numbers[0] == y->numbers[0]);
    }
    if (a->heads)
        return a->heads[0].layer == b->heads[0].layer &&
               a->heads[0].head == b->heads[0].head;
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* Two of one kind: of a setting two values, of ideas those that are alternatives. */
static bool go_together(const struct value *a, const struct value *b, enum kind kind)
{
    if (kind == KIND_SETTING)
        return a->pairs[0].of == b->pairs[0].of;
    return kind != KIND_IDEA || compare_are_ideas(a->text, b->text) || same_value(a, b);
}

static bool check(const struct call *call, const struct value *a, const struct value *b,
                  enum kind kind, enum kind other, struct err *err)
{
    if (kind == KIND_NONE)
        return unknown(a, err) || try_swap(call, a, b, err);
    if (other == KIND_NONE)
        return unknown(b, err) || try_swap(call, b, a, err);
    if (kind != other || !go_together(a, b, kind))
        return unlike(b, err);
    if (!same_value(a, b) &&
        (kind != KIND_ATTENTION || !compare_same_attention(a->text, b->text)))
        return true;
    err_set(err, ERR_BAD_VALUE, "Both sides are the same.");
    err_span(err, b->start, b->end);
    return err_try(err, "e.g.", "%s",
                   compare_command.examples[kind == KIND_ATTENTION ? 3 : 0]);
}

static bool compare_run(struct call *call, struct err *err)
{
    const struct value *a = call_value(call, "what"), *b = call_value(call, "with");
    enum kind kind = kind_beside(a, b), other = kind_beside(b, a);
    if (!check(call, a, b, kind, other, err))
        return false;
    if (kind == KIND_ATTENTION)
        return compare_attentions(call, a->text, b->text, err);
    if (kind == KIND_IDEA)
        return compare_ideas(call, a->text, err);
    return compare_runs(call, a, b, err);
}
