#include "attn/lang/args.h"

#include <assert.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/read.h"
#include "attn/lang/side.h"
#include "attn/lang/state.h"
#include "attn/lang/suggest.h"

/* The first arg of `kind` that is not yet given; NULL if there is none. */
static const struct arg *free_arg(const struct reader *reader, enum arg_kind kind)
{
    const struct arg *args = reader->call->command->args;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && args[i].name; i++)
        if (args[i].kind == kind && !reader->call->values[i].given)
            return &args[i];
    return NULL;
}

static struct value *value_of(struct reader *reader, const struct arg *arg)
{
    const struct arg *args = reader->call->command->args;
    if (arg >= args && arg < args + COMMAND_MAX_ARGS)
        return &reader->call->values[arg - args];
    return &reader->call->options[arg - view_args];
}

static bool is_command_arg(const struct reader *reader, const struct arg *arg)
{
    const struct arg *args = reader->call->command->args;
    return arg >= args && arg < args + COMMAND_MAX_ARGS;
}

/* The line without its items from `first` to before `end`. */
static const char *without(const struct reader *reader, size_t first, size_t end)
{
    const struct line *line = reader->line;
    size_t from =
        first ? line->items[first - 1].end : line->start + strlen(line->command->name);
    if (from > line->items[first].start)
        from = line->items[first].start;
    return parse_with(line, from, line->items[end - 1].end, "", reader->arena);
}

static bool given_twice(struct reader *reader, const struct arg *arg, size_t first,
                        struct err *err)
{
    size_t end = reader->at > first ? reader->at : first + 1;
    const struct lexeme *item = &reader->line->items[first];
    if (arg->kind == ARG_WORDY || arg->kind == ARG_NAME)
        read_fail(reader, item, ERR_BAD_VALUE, err,
                  "\"%s\" does not go with \"%s\": one of them at a time.", item->text,
                  value_of(reader, arg)->text);
    else
        read_fail(reader, item, ERR_BAD_VALUE, err, "\"%s\" is given twice.",
                  arg->name);
    return err_try(err, "Try:", "%s", without(reader, first, end));
}

/* What the option says about the settings of this line. */
static bool apply(struct reader *reader, const struct arg *arg,
                  const struct value *value, size_t first, struct err *err)
{
    struct call *call = reader->call;
    if (is_command_arg(reader, arg))
        return true; /* the body's own affair */
    if (settings_apply(&call->settings, reader->model, arg, value, err))
        return true;
    err_span(err, value->start, value->end);
    return err_try(err, "Try:", "%s", without(reader, first, reader->at));
}

/* `as …`: the form of the answer. */
static void take_form(struct call *call, const struct value *value)
{
    static const struct {
        const char *word;
        enum form form;
    } forms[] = {{"json", FORM_JSON},
                 {"table", FORM_TABLE},
                 {"picture", FORM_PICTURE},
                 {"page", FORM_PAGE}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(value->text, forms[i].word) == 0)
            call->form = forms[i].form;
}

/* Reads what stands after the arg's name (or, without one, the item itself); items from
 * `first` on belong to it. */
static bool read_arg(struct reader *reader, const struct arg *arg, size_t first,
                     struct err *err)
{
    struct value *value = value_of(reader, arg);
    struct value read = {.given = true};
    if (!read_value(reader, arg, &read, err))
        return false;
    if (value->given)
        return given_twice(reader, arg, first, err);
    read.start = reader->line->items[first].start;
    read.end = reader->line->items[reader->at > first ? reader->at - 1 : first].end;
    *value = read;
    if (!is_command_arg(reader, arg) && strcmp(arg->name, "as") == 0)
        take_form(reader->call, value);
    return apply(reader, arg, value, first, err);
}

static const struct arg *option_named(const char *name)
{
    for (size_t i = 0; i < n_view_args; i++)
        if (strcmp(view_args[i].name, name) == 0)
            return &view_args[i];
    assert(!"an option of view_args");
    return NULL;
}

/* L3-H0 by itself: an arg that wants one head, else layer and head of a view. */
static bool read_head_item(struct reader *reader, struct err *err)
{
    size_t first = reader->at;
    const struct arg *one = free_arg(reader, ARG_ONE_HEAD);
    if (!one)
        one = free_arg(reader, ARG_SOME_HEADS);
    return read_arg(reader, one ? one : option_named("head"), first, err);
}

static bool word_place_free(const struct reader *reader)
{
    return free_arg(reader, ARG_WORD) != NULL;
}

/* The item is a word of the sentence and stands in a word's place. */
static bool word_wins(const struct reader *reader, const struct lexeme *item)
{
    return word_place_free(reader) && word_stands(reader->subject, item);
}

/* `as json` is the form of the answer also where the command has an `as` of its own. */
static const struct arg *form_instead(const struct reader *reader,
                                      const struct arg *own)
{
    struct reader after = *reader;
    after.at++;
    const struct arg *option =
        option_find(reader->call->command, own->name, strlen(own->name));
    return option && read_follows(&after, option) ? option : own;
}

/* `diagram heads`: the command's arg that offers the item as a name; NULL if none. */
static const struct arg *offering_arg(const struct reader *reader,
                                      const struct lexeme *item)
{
    const struct arg *args = reader->call->command->args;
    for (size_t a = 0; a < COMMAND_MAX_ARGS && args[a].name && item->text; a++)
        for (size_t i = 0; args[a].kind == ARG_NAME && i < ARG_MAX_CHOICES; i++)
            if (args[a].choices[i] &&
                same_word(item->text, item->length, args[a].choices[i]))
                return &args[a];
    return NULL;
}

/* The arg or option whose name the item is; NULL if it is none, or if the word wins. */
static const struct arg *named_arg(const struct reader *reader,
                                   const struct lexeme *item)
{
    const struct command *command = reader->call->command;
    const struct arg *arg =
        arg_find(command->args, COMMAND_MAX_ARGS, item->text, item->length);
    if (arg && !arg_is_named(arg->kind))
        arg = NULL;
    if (arg)
        arg = form_instead(reader, arg);
    else
        arg = option_find(command, item->text, item->length);
    if (arg && !is_command_arg(reader, arg) && !option_allowed(command, arg) &&
        offering_arg(reader, item))
        return NULL;
    if (!arg || !word_wins(reader, item))
        return arg;
    struct reader after = *reader;
    after.at++;
    return arg->kind != ARG_SWITCH && read_follows(&after, arg) ? arg : NULL;
}

/* `word it` fills the command's own word place where it has one. */
static const struct arg *own_place(const struct reader *reader, const struct arg *arg)
{
    if (arg->kind != ARG_WORD || is_command_arg(reader, arg))
        return arg;
    const struct arg *own = free_arg(reader, ARG_WORD);
    return own ? own : arg;
}

/* A view's option that the command's body does not read. */
static bool refuse_option(struct reader *reader, const struct lexeme *item,
                          const struct arg *arg, struct err *err)
{
    read_fail(reader, item, ERR_UNSUITED, err, "%s has no use for \"%s\".",
              reader->call->command->name, arg->name);
    return err_try(err, "Try:", "%s", reader->call->command->examples[0]);
}

static bool read_named(struct reader *reader, const struct arg *arg, struct err *err)
{
    size_t first = reader->at++;
    if (!is_command_arg(reader, arg) && !option_allowed(reader->call->command, arg))
        return refuse_option(reader, &reader->line->items[first], arg, err);
    return read_arg(reader, own_place(reader, arg), first, err);
}

static const struct arg *wordy_arg(const struct reader *reader,
                                   const struct lexeme *item)
{
    const struct arg *args = reader->call->command->args;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && args[i].name; i++) {
        if (args[i].kind != ARG_WORDY)
            continue;
        for (size_t c = 0; c < ARG_MAX_CHOICES && args[i].choices[c]; c++)
            if (same_word(item->text, item->length, args[i].choices[c]))
                return word_wins(reader, item) ? NULL : &args[i];
    }
    return NULL;
}

/* ---- what is none of the command's */

/* Names that may stand in this line, for did-you-mean. */
static const char *near_option(const struct reader *reader, const char *typed)
{
    const char *names[COMMAND_MAX_ARGS * (ARG_MAX_CHOICES + 1) + 33] = {0};
    const struct command *command = reader->call->command;
    size_t n = 0;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && command->args[i].name; i++) {
        const struct arg *arg = &command->args[i];
        if (arg_is_named(arg->kind))
            names[n++] = arg->name;
        for (size_t c = 0; arg->kind == ARG_WORDY && c < ARG_MAX_CHOICES; c++)
            if (arg->choices[c])
                names[n++] = arg->choices[c];
    }
    for (size_t i = 0; i < n_view_args; i++)
        if (option_find(command, view_args[i].name, strlen(view_args[i].name)) &&
            option_allowed(command, &view_args[i]))
            names[n++] = view_args[i].name;
    return suggest_name(typed, names);
}

/* The choice, or on or off, that the item is; NULL if it is none of the arg's. */
static const char *choice_given(const struct arg *arg, const struct lexeme *item)
{
    static const char *const switches[] = {"on", "off"};
    const char *const *choices = arg->kind == ARG_SWITCH ? switches : arg->choices;
    size_t n = arg->kind == ARG_SWITCH ? 2 : ARG_MAX_CHOICES;
    for (size_t i = 0; i < n && choices[i] && item->kind == LEX_WORD; i++)
        if (same_word(item->text, item->length, choices[i]))
            return choices[i];
    return NULL;
}

/* `look it hide first`: a setting that no view takes for itself. The line that sets it,
 * or NULL where the item is no such thing. */
static const char *as_setting(const struct reader *reader, const struct lexeme *item)
{
    const struct arg *arg =
        arg_find(state_args, n_state_args, item->text, item->length);
    const char *value = NULL;
    if (item->kind != LEX_WORD || !arg)
        return NULL;
    if (reader->at + 1 < reader->line->n)
        value = choice_given(arg, &reader->line->items[reader->at + 1]);
    if (!value && arg->kind == ARG_CHOICE)
        value = arg->choices[arg->choices[1] ? 1 : 0];
    return value ? arena_print(reader->arena, "set %s %s", arg->name, value) : NULL;
}

/* ---- what was probably meant by a bare word or number */

static bool takes(const struct reader *reader, const char *option)
{
    const struct arg *arg = option_find(reader->call->command, option, strlen(option));
    return arg && option_allowed(reader->call->command, arg) &&
           !arg_find(reader->call->command->args, COMMAND_MAX_ARGS, option,
                     strlen(option));
}

/* `look the 2`: the second "the", where there are as many. */
static const char *as_numbered(const struct reader *reader, const struct lexeme *item)
{
    const struct lexeme *before =
        reader->at > 0 ? &reader->line->items[reader->at - 1] : NULL;
    long n;
    if (!before || before->kind != LEX_WORD || !read_whole(item->text, &n) || n < 1)
        return NULL;
    struct word word = word_find(reader->subject, before, reader->arena);
    if (word.result != WORD_FOUND || word.numbered || (size_t)n > word.count)
        return NULL;
    return parse_with(reader->line, before->end, item->end,
                      arena_print(reader->arena, ":%ld", n), reader->arena);
}

/* `heatmap it`: a word of the sentence where its option's name is missing; `why it
 * animal`: where the arrow is. */
static const char *as_word(const struct reader *reader, const struct lexeme *item)
{
    const struct line *line = reader->line;
    bool is_row = word_stands(reader->subject, item);
    if (free_arg(reader, ARG_TARGET) && word_stands(reader->cols, item))
        return parse_with(line, item->start, item->start, "-> ", reader->arena);
    if (is_row && takes(reader, "word"))
        return parse_with(line, item->start, item->start, "word ", reader->arena);
    return NULL;
}

/* `mute off`: what other commands call off is none here. */
static const char *as_none(const struct reader *reader, const struct lexeme *item)
{
    const struct arg *args = reader->call->command->args;
    if (!same_word(item->text, item->length, "off"))
        return NULL;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && args[i].name; i++)
        for (size_t c = 0; args[i].kind == ARG_WORDY && c < ARG_MAX_CHOICES; c++)
            if (args[i].choices[c] && strcmp(args[i].choices[c], "none") == 0)
                return parse_with(reader->line, item->start, item->end, "none",
                                  reader->arena);
    return NULL;
}

/* The line that was probably meant, or NULL. */
static const char *as_meant(const struct reader *reader, const struct lexeme *item)
{
    if (item->kind != LEX_WORD)
        return NULL;
    const char *line = as_numbered(reader, item);
    line = line ? line : as_word(reader, item);
    return line ? line : as_none(reader, item);
}

static bool unknown_option(struct reader *reader, const struct lexeme *item,
                           struct err *err)
{
    const char *typed = item->kind == LEX_ARROW ? "->" : item->text;
    const char *name = reader->call->command->name;
    const char *near = near_option(reader, typed);
    const char *setting = as_setting(reader, item);
    const struct arg *offers = offering_arg(reader, item);
    if (offers)
        return given_twice(reader, offers, reader->at, err);
    if (setting) {
        read_fail(reader, item, ERR_UNKNOWN_OPTION, err,
                  "\"%.60s\" is a setting, not an option of %s.", typed, name);
        return err_try(err, "Try:", "%s", setting);
    }
    if (item->kind == LEX_TEXT)
        read_fail(reader, item, ERR_UNKNOWN_OPTION, err,
                  "%s takes no text in quotes here.", name);
    else
        read_fail(reader, item, ERR_UNKNOWN_OPTION, err,
                  "\"%.60s\" is not an option of %s.", typed, name);
    const char *meant = as_meant(reader, item);
    if (meant)
        return err_try(err, "Did you mean:", "%s", meant);
    if (near && item->kind == LEX_WORD)
        return err_try(
            err, arena_print(reader->arena, "Did you mean \"%s\"?", near), "%s",
            parse_with(reader->line, item->start, item->end, near, reader->arena));
    if (reader->call->command->args[0].kind == ARG_NAME)
        return err_try(err, "Try:", "%s", reader->call->command->examples[0]);
    return err_try(err, "Try:", "%s", without(reader, reader->at, reader->at + 1));
}

/* ---- items */

static bool read_arrow(struct reader *reader, struct err *err)
{
    const struct arg *arg = free_arg(reader, ARG_TARGET);
    if (!arg)
        return unknown_option(reader, read_peek(reader), err);
    size_t first = reader->at++;
    return read_arg(reader, arg, first, err);
}

/* A text in quotes, in the order in which a place for it is sought. */
static bool read_text_item(struct reader *reader, struct err *err)
{
    static const enum arg_kind kinds[] = {ARG_REST, ARG_TEXT, ARG_WORD, ARG_NAME};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct arg *arg = free_arg(reader, kinds[i]);
        if (arg)
            return read_arg(reader, arg, reader->at, err);
    }
    if (free_arg(reader, ARG_NUMBERS)) {
        struct value none = {0};
        return read_numbers(reader, &none, err);
    }
    return unknown_option(reader, read_peek(reader), err);
}

static bool takes_numbers(const struct reader *reader)
{
    return reader->call->command->args[0].kind == ARG_NUMBERS;
}

/* A word that names nothing: a number, a name, a word of the sentence. */
static bool read_plain_word(struct reader *reader, const struct lexeme *item,
                            struct err *err)
{
    const struct arg *arg;
    if ((arg = free_arg(reader, ARG_SETTINGS)))
        return read_pairs(reader, value_of(reader, arg), err);
    if ((arg = free_arg(reader, ARG_NUMBERS)))
        return read_arg(reader, arg, reader->at, err);
    double number;
    if ((arg = free_arg(reader, ARG_ONE_NUMBER)) && read_is_number(item, &number))
        return read_arg(reader, arg, reader->at, err);
    if ((arg = free_arg(reader, ARG_TEXT)))
        return read_arg(reader, arg, reader->at, err); /* says that it needs quotes */
    if (!word_wins(reader, item) && side_is_stray(reader, item))
        return side_refuse(reader, item, without(reader, reader->at, reader->at + 1),
                           err);
    if ((arg = free_arg(reader, ARG_NAME)))
        return read_arg(reader, arg, reader->at, err);
    arg = free_arg(reader, ARG_WORD);
    if (!arg && takes_numbers(reader))
        return read_numbers(reader, &(struct value){0}, err); /* says what it needs */
    if (!arg)
        return unknown_option(reader, item, err);
    struct word word = word_find(reader->subject, item, reader->arena);
    if (word.result == WORD_ABSENT && !word_near(reader->subject, item->text) &&
        near_option(reader, item->text))
        return unknown_option(reader, item, err);
    return read_arg(reader, arg, reader->at, err);
}

static bool read_word_item(struct reader *reader, const struct lexeme *item,
                           struct err *err)
{
    long layer, head;
    bool heads = free_arg(reader, ARG_ONE_HEAD) || free_arg(reader, ARG_SOME_HEADS) ||
                 reader->call->command->view;
    if (heads && read_is_head(item, &layer, &head))
        return read_head_item(reader, err);
    const struct arg *arg = named_arg(reader, item);
    bool bare = arg && arg->kind == ARG_JOINED && reader->at + 1 >= reader->line->n;
    if (arg && !(bare && !arg->choices[0]))
        return read_named(reader, arg, err);
    if ((arg = wordy_arg(reader, item)))
        return read_arg(reader, arg, reader->at, err);
    return read_plain_word(reader, item, err);
}

static bool read_item(struct reader *reader, struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    if (reader->at == reader->side) {
        reader->at++;
        return true;
    }
    if (free_arg(reader, ARG_SIDE) && item->kind != LEX_ARROW)
        return read_arg(reader, free_arg(reader, ARG_SIDE), reader->at, err);
    if (item->kind == LEX_ARROW)
        return read_arrow(reader, err);
    if (item->kind == LEX_TEXT)
        return read_text_item(reader, err);
    return read_word_item(reader, item, err);
}

static bool check_required(const struct reader *reader, struct err *err)
{
    const struct command *command = reader->call->command;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && command->args[i].name; i++) {
        const struct arg *arg = &command->args[i];
        if (!arg->required || reader->call->values[i].given)
            continue;
        if (arg->kind == ARG_NUMBERS || arg->kind == ARG_NUMBERS_WITH)
            read_fail(reader, NULL, ERR_MISSING, err, "%s needs %snumbers,",
                      command->name, arg->kind == ARG_NUMBERS ? "" : "\"with\" and ");
        else
            read_fail(reader, NULL, ERR_MISSING, err, "%s needs %s,", command->name,
                      arg->about ? arg->about : arg->name);
        return err_try(err, "e.g.", "%s", command->examples[0]);
    }
    return true;
}

bool args_fill(struct call *call, const struct line *line, struct err *err)
{
    struct reader reader = {.call = call, .line = line, .arena = call->arena};
    call->settings = call->session->state.settings;
    side_find(&reader);
    if (call->command->suits && !call->command->suits(call_model(call), err))
        return err_span(err, line->start, line->end);
    while (reader.at < line->n)
        if (!read_item(&reader, err))
            return false;
    return check_required(&reader, err);
}
