#include "attn/lang/describe.h"

#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/table.h"

/* What it is, and its choices where its form does not list them. */
static const char *about(const struct arg *arg, struct arena *arena)
{
    const char *said = arg->about ? arg->about : arg->name;
    if (!arg_has_many_choices(arg))
        return said;
    for (size_t i = 0, n = arg_choices(arg); i < n; i++)
        said = arena_print(arena, "%s%s%s", said,
                           i == 0       ? ": "
                           : i + 1 == n ? " or "
                                        : ", ",
                           arg->choices[i]);
    return said;
}

static void add_arg(struct sheet *sheet, const struct command *command,
                    const struct arg *arg)
{
    sheet_header(sheet, arg_form(command, arg, sheet->arena));
    bool one = command->one_head && (arg->kind == ARG_LAYER || arg->kind == ARG_HEAD);
    if (one)
        sheet_text(sheet, arena_print(sheet->arena, "which %s: one number, or auto",
                                      arg->name));
    else
        sheet_text(sheet, about(arg, sheet->arena));
    sheet_text(sheet, arg->otherwise ? arg->otherwise : "");
}

static const struct table *all_args(const struct command *command, struct arena *arena)
{
    struct sheet sheet = sheet_begin(arena, 3);
    sheet_header(&sheet, "you may add");
    sheet_header(&sheet, "what it is");
    sheet_header(&sheet, "left out");
    for (size_t i = 0; i < COMMAND_MAX_ARGS && command->args[i].name; i++)
        add_arg(&sheet, command, &command->args[i]);
    for (size_t i = 0; i < n_view_args; i++) {
        const struct arg *option = &view_args[i];
        size_t length = strlen(option->name);
        if (!arg_find(command->args, COMMAND_MAX_ARGS, option->name, length) &&
            option_find(command, option->name, length) &&
            option_allowed(command, option))
            add_arg(&sheet, command, option);
    }
    return sheet_end(&sheet, NULL);
}

void describe_command(const struct command *command, bool whole, struct arena *arena,
                      struct view *view)
{
    struct pile pile = pile_begin(arena);
    size_t shown = whole ? COMMAND_MAX_EXAMPLES : 2;
    view->kind = "help";
    view->finding = command->does;
    pile_add(&pile, BLOCK_HEADING, command_form(command, arena));
    if (command->model)
        pile_add(&pile, BLOCK_CODE, arena_print(arena, "model %s", command->model));
    if (command->after)
        pile_add(&pile, BLOCK_CODE, command->after);
    for (size_t i = 0; i < shown && command->examples[i]; i++)
        pile_add(&pile, BLOCK_CODE, command->examples[i]);
    if (whole)
        pile_table(&pile, all_args(command, arena));
    if (command->lesson && lesson_is_there(command->lesson))
        pile_add(&pile, BLOCK_NOTE, arena_print(arena, "Lesson %s", command->lesson));
    pile_end(&pile, view);
}

void describe_arg(const struct command *command, const struct arg *arg,
                  struct arena *arena, struct view *view)
{
    struct pile pile = pile_begin(arena);
    view->kind = "help";
    view->finding = arena_print(arena, "%s: %s", arg->name, about(arg, arena));
    pile_add(&pile, BLOCK_HEADING, arg_form(command, arg, arena));
    if (arg->otherwise)
        pile_add(&pile, BLOCK_NOTE, arena_print(arena, "Left out: %s", arg->otherwise));
    pile_end(&pile, view);
}
