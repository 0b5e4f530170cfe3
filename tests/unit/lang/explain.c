/* What explain suggests runs, in every model and for odd sentences; its numbers are
 * those of look. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "attn/learn/topics.h"
#include "cells.h"

static bool keep_try(void *context, const struct output *output, struct err *err)
{
    static const char lead[] = "Try this:  ";
    struct buf *line = context;
    (void)err;
    for (size_t i = 0; output->view && i < output->view->n_blocks; i++) {
        const struct block *block = &output->view->blocks[i];
        if (block->text && strncmp(block->text, lead, strlen(lead)) == 0)
            buf_text(line, block->text + strlen(lead));
    }
    return true;
}

/* The line that the topic suggests after `before` runs there. */
static void suggestion_runs(const char *before, const char *name)
{
    char cell[400];
    struct err err;
    struct buf line, ignored;
    struct run how = {.sink = {.context = &line, .put = keep_try}};
    buf_init(&line, 1000);
    free(text_of(before));
    snprintf(cell, sizeof cell, "explain %s", name);
    err = (struct err){0};
    assert_true(session_run(session, cell, strlen(cell), &how, &err));
    if (line.length) {
        if (!run(line.at, &ignored, &err))
            fail_msg("%s, then %s: %s: %s", before, name, line.at, err.text);
        buf_free(&ignored);
    }
    buf_free(&line);
}

static void suggestions_run(void **state)
{
    static const char *const before[] = {
        "set reset",
        "set reset\nmodel decoder",
        "set reset\nmodel toy",
        "set reset\nmodel translate",
        "set reset\nmodel lesson144",
        "set reset\nsentence Hello!",
        "set reset\nsentence \"the the the\"",
        "set reset\nsentence \"猫 坐 在 垫子 上\"",
        "set reset\nset measure norm",
        "set reset\nset head mean",
    };
    struct arena memory = {0};
    struct topics topics;
    struct err err = {0};
    (void)state;
    assert_true(
        topics_read(topics_text(), strlen(topics_text()), &memory, &topics, &err));
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        for (size_t k = 0; k < topics.n; k++)
            suggestion_runs(before[i], topics.at[k].name);
    arena_free(&memory);
}

static void numbers_are_those_of_look(void **state)
{
    (void)state;
    says("set reset\nlook it", "animal\" (0.91)");
    says("explain weight", "\"it\" gives \"animal\" 0.91");
    says("ask why does it look at animal?", "\"it\" gives \"animal\" 0.91");
    says("ask why does it look at animal?", "why it -> animal");
}

static void what_is_not_known_is_not_made_up(void **state)
{
    (void)state;
    says("ask what is the capital of France?", "I don't know that one.");
    says("ask does the street refer to pizza?", "I don't know that one.");
    says("ask what does L9-H9 do with rice?", "I don't know that one.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggestions_run),
        cmocka_unit_test(numbers_are_those_of_look),
        cmocka_unit_test(what_is_not_known_is_not_made_up),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
