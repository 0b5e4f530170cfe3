/* cmd_dot.c - dot a with b: a product of two lists of numbers, spelled out. */
#include "attn/lang/command.h"
#include "attn/lang/numbers.h"

enum { DIGITS = 10 };

static bool lengths_differ(const struct call *call, const struct value *a,
                           const struct value *b, struct err *err)
{
    size_t n = a->n < b->n ? a->n : b->n;
    const char *line = "dot";
    for (size_t i = 0; i < n; i++)
        line = arena_print(call->arena, "%s %.10g", line, a->numbers[i]);
    line = arena_print(call->arena, "%s with", line);
    for (size_t i = 0; i < n; i++)
        line = arena_print(call->arena, "%s %.10g", line, b->numbers[i]);
    err_set(err, ERR_BAD_VALUE,
            "Both lists need the same length, so that each number has a partner: %zu "
            "before \"with\", %zu after.",
            a->n, b->n);
    err_span(err, b->start, b->end);
    return err_try(err, "Try:", "%s", line);
}

static bool dot_run(struct call *call, struct err *err)
{
    const struct value *a = call_value(call, "a"), *b = call_value(call, "with");
    if (a->n != b->n)
        return lengths_differ(call, a, b, err);
    const char *text = number_dot(call->arena, a->numbers, b->numbers, a->n, DIGITS);
    return call_result(call, text, NULL, NULL, err);
}

const struct command dot_command = {
    .name = "dot",
    .does =
        "Multiplies two lists of numbers pair by pair and adds up: how well a query "
        "and a key match.",
    .task = "Do the arithmetic",
    .lesson = "03",
    .args = {{"a", ARG_NUMBERS, .about = "numbers", .required = true},
             {"with", ARG_NUMBERS_WITH, .about = "as many numbers again",
              .required = true}},
    .examples = {"dot 2 0 1 with 1 0 2", "dot 0.5 0.1 with 1 -1"},
    .run = dot_run,
};
