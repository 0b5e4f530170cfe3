/* cmd_help.c - help: a cheat sheet by task, or one command in detail; both come from
 * the command table. */
#include <string.h>

#include "attn/lang/command.h"
#include "attn/lang/commands.h"
#include "attn/lang/describe.h"
#include "attn/lang/suggest.h"
#include "attn/lang/table.h"

/* True when an earlier command stands under the same task. */
static bool task_done(size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (!commands[j]->test_only &&
            strcmp(commands[j]->task, commands[i]->task) == 0)
            return true;
    return false;
}

static void add_task(struct call *call, struct pile *pile, const char *task)
{
    struct sheet sheet = sheet_begin(call->arena, 2);
    for (size_t i = 0; commands[i]; i++) {
        if (commands[i]->test_only || strcmp(commands[i]->task, task) != 0)
            continue;
        sheet_add(&sheet, (struct cell){.text = commands[i]->examples[0],
                                        .header = true,
                                        .code = true});
        sheet_text(&sheet, commands[i]->does);
    }
    pile_add(pile, BLOCK_HEADING, task);
    pile_table(pile, sheet_end(&sheet, NULL));
}

static void cheat_sheet(struct call *call, struct view *view)
{
    struct pile pile = pile_begin(call->arena);
    view->finding =
        "A line is a command. Type a sentence, then ask where its words look.";
    for (size_t i = 0; commands[i]; i++)
        if (!commands[i]->test_only && !task_done(i))
            add_task(call, &pile, commands[i]->task);
    pile_add(&pile, BLOCK_NOTE,
             "More on one of them:  help sentence    Tab finishes words.  # begins a "
             "comment.");
    pile_end(&pile, view);
}

static bool unknown(const struct value *name, struct err *err)
{
    const char *names[64] = {0};
    size_t n = 0;
    for (size_t i = 0; commands[i] && n < 63; i++)
        if (!commands[i]->test_only)
            names[n++] = commands[i]->name;
    const char *near = suggest_name(name->text, names);
    err_set(err, ERR_UNKNOWN_COMMAND, "There is no command \"%.60s\".", name->text);
    err_span(err, name->start, name->end);
    return near ? err_try(err, "Did you mean:", "help %s", near)
                : err_try(err, "Try:", "help");
}

static bool help_run(struct call *call, struct err *err)
{
    const struct value *name = call_value(call, "command");
    struct view view = {.kind = "help"};
    if (name->given) {
        const struct command *about = command_find(name->text, name->length);
        if (!about || about->test_only)
            return unknown(name, err);
        describe_command(about, true, call->arena, &view);
    } else {
        cheat_sheet(call, &view);
    }
    return call_result(call, NULL, &view, NULL, err);
}

const struct command help_command = {
    .name = "help",
    .does = "Shows the commands by task, or one of them in detail.",
    .task = "Choose and set",
    .lesson = "00",
    .args = {{"command", ARG_NAME, .about = "a command's name"}},
    .examples = {"help", "help sentence", "help as page"},
    .run = help_run,
};
