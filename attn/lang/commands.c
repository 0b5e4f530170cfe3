#include "attn/lang/commands.h"

#include <string.h>
#include <strings.h>

/* In the order of help, one a line. */
/* clang-format off */
#define COMMANDS(COMMAND) \
    COMMAND(sentence) \
    COMMAND(look) \
    COMMAND(why) \
    COMMAND(swap) \
    COMMAND(heatmap) \
    COMMAND(flow) \
    COMMAND(heads) \
    COMMAND(evolve) \
    COMMAND(compare) \
    COMMAND(mute) \
    COMMAND(explore) \
    COMMAND(diagram) \
    COMMAND(tokens) \
    COMMAND(vectors) \
    COMMAND(qkv) \
    COMMAND(steps) \
    COMMAND(dot) \
    COMMAND(softmax) \
    COMMAND(cost) \
    COMMAND(next) \
    COMMAND(explain) \
    COMMAND(ask) \
    COMMAND(quiz) \
    COMMAND(check) \
    COMMAND(save) \
    COMMAND(model) \
    COMMAND(set) \
    COMMAND(help) \
    COMMAND(echo) \
    COMMAND(listen) \
    COMMAND(wait) \
    COMMAND(clear)
/* clang-format on */

#define COMMAND_DECLARED(name) extern const struct command name##_command;
COMMANDS(COMMAND_DECLARED)
#undef COMMAND_DECLARED

const struct command *const commands[] = {
#define COMMAND_LISTED(name) &name##_command,
    COMMANDS(COMMAND_LISTED)
#undef COMMAND_LISTED
        NULL,
};

const struct arg view_args[] = {
    {"layer", ARG_LAYER, .otherwise = "auto",
     .about = "which layer: a number, 0..1, all or auto"},
    {"head", ARG_HEAD, .otherwise = "auto",
     .about = "which head: a number, mean, max, all or auto"},
    {"heads", ARG_HEADS, .about = "several heads: L0-H0 L3-H0"},
    {"word", ARG_WORD, .about = "the word whose row stands out"},
    {"rows", ARG_RANGE, .otherwise = "all", .about = "only the words that look, 0..5"},
    {"cols", ARG_RANGE, .otherwise = "all", .about = "only the words looked at, 0..5"},
    {"top", ARG_COUNT, .otherwise = "all", .about = "only the strongest so many"},
    {"mask", ARG_CHOICE, .otherwise = "auto", .about = "who may look where",
     .choices = {"auto", "none", "causal"}},
    {"position", ARG_SWITCH, .otherwise = "on",
     .about = "tell the model where each word stands"},
    {"scale", ARG_SWITCH, .otherwise = "on", .about = "divide scores by the root of d"},
    {"temperature", ARG_NUMBER, .otherwise = "1",
     .about = "under 1 sharper, over 1 flatter"},
    {"measure", ARG_CHOICE, .otherwise = "weight", .about = "what is drawn",
     .choices = {"weight", "norm", "rollout", "maxflow"}},
    {"words", ARG_SWITCH, .otherwise = "on", .about = "whole words, not pieces"},
    {"values", ARG_SWITCH, .otherwise = "off", .about = "print the numbers"},
    {"sums", ARG_SWITCH, .otherwise = "off", .about = "print what each row adds up to"},
    {"mark", ARG_SWITCH, .otherwise = "off", .about = "mark the pattern that is seen"},
    {"animate", ARG_SWITCH, .otherwise = "off",
     .about = "no picture moves in this version"},
    {"size", ARG_CHOICE, .otherwise = "normal", .about = "big for a projector",
     .choices = {"normal", "big"}},
    {"color", ARG_CHOICE, .otherwise = "orange", .about = "the scale of colours",
     .choices = {"orange"}},
    {"as", ARG_CHOICE, .about = "the form of the answer",
     .choices = {"json", "table", "picture", "page"}},
};
const size_t n_view_args = sizeof view_args / sizeof *view_args;

const struct arg state_args[] = {
    {"sentence", ARG_TEXT, .about = "what every command speaks about"},
    {"target", ARG_TEXT, .about = "a second sentence, for models that read two"},
    {"model", ARG_NAME, .otherwise = "lesson", .about = "which model looks"},
    {"layer", ARG_LAYER, .otherwise = "auto", .about = "a number, or auto"},
    {"head", ARG_HEAD, .otherwise = "auto", .about = "a number, mean, max or auto"},
    {"mask", ARG_CHOICE, .otherwise = "auto", .about = "who may look where",
     .choices = {"auto", "none", "causal"}},
    {"position", ARG_SWITCH, .otherwise = "on",
     .about = "tell the model where each word stands"},
    {"scale", ARG_SWITCH, .otherwise = "on", .about = "divide scores by the root of d"},
    {"attention", ARG_SWITCH, .otherwise = "on",
     .about = "off keeps each word's start vector"},
    {"temperature", ARG_NUMBER, .otherwise = "1",
     .about = "under 1 sharper, over 1 flatter"},
    {"measure", ARG_CHOICE, .otherwise = "weight", .about = "what is drawn",
     .choices = {"weight", "norm", "rollout", "maxflow"}},
    {"words", ARG_SWITCH, .otherwise = "on", .about = "whole words, not pieces"},
    {"query", ARG_QUERY, .otherwise = "none",
     .about = "a word's query set by hand, in the toy only"},
    {"hide", ARG_CHOICE, .otherwise = "none", .about = "take the resting place out",
     .choices = {"none", "first", "special"}},
    {"color", ARG_CHOICE, .otherwise = "orange", .about = "the scale of colours",
     .choices = {"orange"}},
    {"size", ARG_CHOICE, .otherwise = "normal", .about = "big for a projector",
     .choices = {"normal", "big"}},
    {"animate", ARG_SWITCH, .otherwise = "off",
     .about = "no picture moves in this version"},
    {"strict", ARG_SWITCH, .otherwise = "off", .about = "a wrong answer is an error"},
    {"history", ARG_SWITCH, .otherwise = "on", .about = "keep what was typed"},
};
const size_t n_state_args = sizeof state_args / sizeof *state_args;

bool lesson_is_there(const char *number)
{
    static const char *const lessons[] = {"00", "04"};
    for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++)
        if (strcmp(lessons[i], number) == 0)
            return true;
    return false;
}

bool same_word(const char *a, size_t a_length, const char *b)
{
    return strlen(b) == a_length && strncasecmp(a, b, a_length) == 0;
}

const struct command *command_find(const char *name, size_t length)
{
    for (size_t i = 0; commands[i]; i++) {
        const struct command *command = commands[i];
        if (same_word(name, length, command->name) ||
            (command->also && same_word(name, length, command->also)))
            return command;
    }
    return NULL;
}

const struct arg *arg_find(const struct arg *args, size_t n, const char *name,
                           size_t length)
{
    if (same_word(name, length, "layers"))
        name = "layer", length = 5;
    if (same_word(name, length, "colour"))
        name = "color", length = 5;
    for (size_t i = 0; i < n && args[i].name; i++)
        if (same_word(name, length, args[i].name))
            return &args[i];
    return NULL;
}

const struct arg *option_find(const struct command *command, const char *name,
                              size_t length)
{
    const struct arg *option = arg_find(view_args, n_view_args, name, length);
    if (!option || command->test_only)
        return NULL;
    return command->view || strcmp(option->name, "as") == 0 ? option : NULL;
}

/* True when `list`, words with blanks between, holds `word`. */
static bool holds(const char *list, const char *word)
{
    size_t n = strlen(word);
    while (*list) {
        size_t length = strcspn(list, " ");
        if (length == n && strncmp(list, word, n) == 0)
            return true;
        list += length + strspn(list + length, " ");
    }
    return false;
}

bool option_allowed(const struct command *command, const struct arg *option)
{
    static const char optional[] = "heads word rows cols top values sums mark animate";
    return !command->honours || !holds(optional, option->name) ||
           holds(command->honours, option->name);
}

bool command_draws_measures(const struct command *command)
{
    return command->honours && holds(command->honours, "measure");
}

bool arg_is_named(enum arg_kind kind)
{
    switch (kind) {
    case ARG_JOINED:
    case ARG_NUMBERS_WITH:
    case ARG_NUMBER:
    case ARG_COUNT:
    case ARG_LAYER:
    case ARG_HEAD:
    case ARG_HEADS:
    case ARG_RANGE:
    case ARG_SWITCH:
    case ARG_CHOICE:
    case ARG_QUERY:
    case ARG_OTHER_SIDE:
        return true;
    default:
        return false;
    }
}

size_t arg_choices(const struct arg *arg)
{
    size_t n = 0;
    while (n < ARG_MAX_CHOICES && arg->choices[n])
        n++;
    return n;
}

static const char *capitals(const char *text, struct arena *arena)
{
    char *name = arena_copy(arena, text, strlen(text));
    for (char *c = name; *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
    return name;
}

bool arg_has_many_choices(const struct arg *arg)
{
    return (arg->kind == ARG_WORDY || arg->kind == ARG_NAME) && arg_choices(arg) > 5;
}

static const char *choices_form(const struct arg *arg, struct arena *arena)
{
    if (arg_has_many_choices(arg))
        return capitals(arg->name, arena);
    const char *form = arg->choices[0] ? arg->choices[0] : "";
    for (size_t i = 1; i < ARG_MAX_CHOICES && arg->choices[i]; i++)
        form = arena_print(arena, "%s|%s", form, arg->choices[i]);
    return form;
}

/* True for an entry of view_args, and not of the command's own args. */
static bool is_option(const struct arg *arg)
{
    return arg >= view_args && arg < view_args + n_view_args;
}

const char *arg_form(const struct command *command, const struct arg *arg,
                     struct arena *arena)
{
    static const char *const after_name[] = {
        [ARG_JOINED] = "\"…\"",
        [ARG_NUMBERS_WITH] = "n n …",
        [ARG_NUMBER] = "n",
        [ARG_COUNT] = "n",
        [ARG_LAYER] = "N|a..b|all|auto",
        [ARG_HEAD] = "N|mean|max|all|auto",
        [ARG_HEADS] = "L0-H0 L3-H0 …",
        [ARG_RANGE] = "a..b",
        [ARG_SWITCH] = "on|off",
        [ARG_QUERY] = "WORD n n …",
        [ARG_OTHER_SIDE] = "B",
    };
    static const char *const alone[] = {
        [ARG_WORD] = "WORD",
        [ARG_TARGET] = "-> WORD",
        [ARG_TEXT] = "\"…\"",
        [ARG_REST] = "\"…\"",
        [ARG_NUMBERS] = "n n …",
        [ARG_ONE_NUMBER] = "n",
        [ARG_ONE_HEAD] = "L3-H0",
        [ARG_SOME_HEADS] = "L1-H5 …",
        [ARG_SETTINGS] = "NAME VALUE …",
        [ARG_SIDE] = "A",
    };
    if (arg->kind == ARG_CHOICE)
        return arena_print(arena, "%s %s", arg->name, choices_form(arg, arena));
    if (arg->kind == ARG_WORDY)
        return choices_form(arg, arena);
    if (arg->kind == ARG_WORD && is_option(arg))
        return arena_print(arena, "%s WORD", arg->name);
    if (command && command->one_head &&
        (arg->kind == ARG_LAYER || arg->kind == ARG_HEAD))
        return arena_print(arena, "%s N|auto", arg->name);
    if (arg_is_named(arg->kind))
        return arena_print(arena, "%s %s", arg->name, after_name[arg->kind]);
    if (arg->kind == ARG_NAME)
        return arg->choices[0] ? choices_form(arg, arena) : arg->name;
    return alone[arg->kind];
}

const char *command_form(const struct command *command, struct arena *arena)
{
    const char *form = command->name;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && command->args[i].name; i++) {
        const struct arg *arg = &command->args[i];
        form = arena_print(arena, arg->required ? "%s %s" : "%s [%s]", form,
                           arg_form(command, arg, arena));
    }
    return command->view ? arena_print(arena, "%s [options]", form) : form;
}
