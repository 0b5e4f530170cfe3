/* complete.c - what could stand at the cursor. */
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/assist.h"
#include "attn/lang/commands.h"
#include "attn/lang/read.h"
#include "attn/lang/suggest.h"
#include "attn/lang/words.h"
#include "attn/learn/bank.h"
#include "attn/learn/topics.h"

struct offer {
    const struct assist *assist;
    const struct spot *spot;
    struct arena *arena;
    const char *typed; /* the beginning of a word before the cursor */
    size_t typed_length;
    bool near; /* second round: what is near counts too */
    struct completion *items;
    size_t n, room;
};

static bool begins(const char *text, const char *typed, size_t length)
{
    size_t i = 0, j = 0, n = strlen(text);
    while (j < length) {
        if (i >= n || utf8_lower(utf8_next(text, n, &i)) !=
                          utf8_lower(utf8_next(typed, length, &j)))
            return false;
    }
    return true;
}

static bool already(const struct offer *offer, const char *text)
{
    for (size_t i = 0; i < offer->n; i++)
        if (strcmp(offer->items[i].text, text) == 0)
            return true;
    return false;
}

static void add(struct offer *offer, const char *text, const char *type,
                const char *about)
{
    bool fits = offer->near ? suggest_near(offer->typed, text) >= 0
                            : begins(text, offer->typed, offer->typed_length);
    if (!fits || already(offer, text))
        return;
    if (offer->n == offer->room) {
        offer->room = offer->room ? 2 * offer->room : 32;
        struct completion *items = arena_new(offer->arena, offer->room, sizeof *items);
        if (offer->n)
            memcpy(items, offer->items, offer->n * sizeof *items);
        offer->items = items;
    }
    offer->items[offer->n++] = (struct completion){text, type, about ? about : ""};
}

static const struct model_info *info_of(const struct offer *offer)
{
    return model_info(offer->assist->state.subject->model->model);
}

static void add_commands(struct offer *offer)
{
    for (size_t i = 0; commands[i]; i++)
        if (!commands[i]->test_only)
            add(offer, commands[i]->name, "command", commands[i]->does);
}

static void add_words_of(struct offer *offer, const struct subject *subject)
{
    for (size_t i = 0; i < subject->n_words; i++)
        add(offer, word_typed(subject, (int)i, offer->arena), "word",
            arena_print(offer->arena, "position %zu", i));
}

/* Of two sentences the second's come first: they look. */
static void add_words(struct offer *offer)
{
    const struct subject *subject = offer->assist->state.subject;
    if (subject->second)
        add_words_of(offer, subject->second);
    add_words_of(offer, subject);
}

static void add_heads(struct offer *offer)
{
    const struct model_info *info = info_of(offer);
    for (size_t i = 0; i < info->L * info->H; i++)
        add(offer, arena_print(offer->arena, "L%zu-H%zu", i / info->H, i % info->H),
            "head", info->heads[i].name ? info->heads[i].name : "");
}

static void add_models(struct offer *offer)
{
    for (size_t i = 0; i < model_count(); i++)
        add(offer, model_name(i), "model", "");
}

/* What there are questions about. */
static void add_topics(struct offer *offer)
{
    struct bank bank;
    struct err err = {0};
    add(offer, "all", "topic", "every topic");
    if (!bank_read(bank_text(), strlen(bank_text()), offer->arena, &bank, &err))
        return;
    for (size_t i = 0; i < bank.n; i++)
        add(offer, bank.questions[i].topic, "topic", "");
}

static void add_values_named(struct offer *offer, const char *const *names)
{
    for (; *names; names++)
        add(offer, *names, "value", "");
}

static void add_layers(struct offer *offer)
{
    static const char *const picks[] = {"auto", "all", NULL};
    static const char *const one[] = {"auto", NULL};
    for (size_t i = 0; i < info_of(offer)->L; i++)
        add(offer, arena_print(offer->arena, "%zu", i), "value",
            arena_print(offer->arena, "layer %zu", i));
    add_values_named(offer, offer->spot->command->one_head ? one : picks);
}

/* The number of the layer that the line names, or -1. */
static long layer_in_line(const struct spot *spot)
{
    for (size_t i = 1; i + 1 < spot->n; i++) {
        const struct lexeme *item = &spot->items[i];
        double number;
        if (item->kind == LEX_WORD &&
            (same_word(item->text, item->length, "layer") ||
             same_word(item->text, item->length, "layers")) &&
            read_is_number(&spot->items[i + 1], &number) && number >= 0 && number < 1e6)
            return (long)number;
    }
    return -1;
}

/* Heads by number, with their names once the line says which layer. */
static void add_head_numbers(struct offer *offer)
{
    static const char *const picks[] = {"auto", "mean", "max", "all", NULL};
    static const char *const one[] = {"auto", NULL};
    const struct model_info *info = info_of(offer);
    long layer = layer_in_line(offer->spot);
    bool known = layer >= 0 && (size_t)layer < info->L;
    for (size_t i = 0; i < info->H; i++) {
        const char *name = known ? info->heads[(size_t)layer * info->H + i].name : NULL;
        add(offer, arena_print(offer->arena, "%zu", i), "head", name ? name : "");
    }
    add_values_named(offer, offer->spot->command->one_head ? one : picks);
}

static void add_choices(struct offer *offer, const struct arg *arg, const char *type)
{
    for (size_t i = 0; i < ARG_MAX_CHOICES && arg->choices[i]; i++)
        add(offer, arg->choices[i], type, arg->means[i] ? arg->means[i] : arg->about);
}

static bool add_values(struct offer *offer, const struct arg *arg);

/* What may be compared, or the values of the setting whose other value stands there. */
static void add_sides_of(struct offer *offer, const struct arg *arg)
{
    const struct spot *spot = offer->spot;
    const struct arg *setting = NULL;
    if (spot->n > 1 && spot->items[1].kind == LEX_WORD)
        setting = arg_find(state_args, n_state_args, spot->items[1].text,
                           spot->items[1].length);
    if (setting && (setting->kind == ARG_CHOICE || setting->kind == ARG_SWITCH)) {
        (void)add_values(offer, setting);
        return;
    }
    add_choices(offer, arg, "value");
    add_heads(offer);
    add_models(offer);
}

/* Values of an arg. True when nothing but a value may stand here. */
static bool add_values(struct offer *offer, const struct arg *arg)
{
    static const char *const switches[] = {"on", "off", NULL};
    switch (arg->kind) {
    case ARG_LAYER:
        add_layers(offer);
        return true;
    case ARG_HEAD:
        add_head_numbers(offer);
        return true;
    case ARG_HEADS:
    case ARG_ONE_HEAD:
    case ARG_SOME_HEADS:
        add_heads(offer);
        return true;
    case ARG_WORD:
    case ARG_TARGET:
    case ARG_QUERY:
        add_words(offer);
        return true;
    case ARG_OTHER_SIDE:
        add_sides_of(offer, arg);
        return true;
    case ARG_CHOICE:
    case ARG_WORDY:
    case ARG_JOINED: /* texts that are known by name */
        add_choices(offer, arg, "value");
        return true;
    case ARG_SWITCH:
        add_values_named(offer, switches);
        return false;
    case ARG_NAME:
        add_models(offer);
        return true;
    default:
        return true;
    }
}

static void add_settings(struct offer *offer)
{
    const struct spot *spot = offer->spot;
    const struct arg *open = NULL; /* a setting whose value comes next */
    for (size_t i = 1; i < spot->n; i++) {
        const struct lexeme *item = &spot->items[i];
        open = open || item->kind != LEX_WORD
                   ? NULL
                   : arg_find(state_args, n_state_args, item->text, item->length);
    }
    if (open) {
        add_values(offer, open);
        return;
    }
    for (size_t i = 0; i < n_state_args; i++)
        add(offer, state_args[i].name, "option", state_args[i].about);
    if (spot->n == 1)
        add(offer, "reset", "option", "all as at the start");
}

static bool in_line(const struct spot *spot, const char *name)
{
    for (size_t i = 1; i < spot->n; i++)
        if (spot->items[i].kind == LEX_WORD &&
            same_word(spot->items[i].text, spot->items[i].length, name))
            return true;
    return false;
}

static bool is_chosen(const struct spot *spot, const struct arg *arg)
{
    for (size_t i = 0; i < ARG_MAX_CHOICES && arg->choices[i]; i++)
        if (in_line(spot, arg->choices[i]))
            return true;
    return false;
}

static bool has_arrow(const struct spot *spot)
{
    for (size_t i = 1; i < spot->n; i++)
        if (spot->items[i].kind == LEX_ARROW)
            return true;
    return false;
}

static size_t texts_in(const struct spot *spot)
{
    size_t n = 0;
    for (size_t i = 1; i < spot->n; i++)
        n += spot->items[i].kind == LEX_TEXT;
    return n;
}

/* A text in quotes: of the first of a line, the sentence's words. */
static void add_quoted(struct offer *offer, const struct arg *arg)
{
    const struct subject *subject = offer->assist->state.subject;
    const struct command *command = offer->spot->command;
    size_t texts = texts_in(offer->spot);
    if ((size_t)(arg - command->args) != texts)
        return; /* another's turn */
    for (size_t i = 0; texts == 0 && i < subject->n_words; i++) {
        const char *word =
            subject->tokens[i + subject->n_tokens - subject->n_words].text;
        add(offer, lex_quote(offer->arena, word, strlen(word)), "word",
            arena_print(offer->arena, "position %zu", i));
    }
    if (texts > 0)
        add(offer, "\"", "text", arg->about);
}

/* The sentence as it is, to be changed. */
static void add_sentence(struct offer *offer)
{
    const char *text = offer->assist->state.subject->sentence;
    add(offer, lex_quote(offer->arena, text, strlen(text)), "text", "as it is now");
}

/* Models, topics, what the arg offers by name (once), or commands. */
static void add_names(struct offer *offer, const struct arg *arg)
{
    const char *command = offer->spot->command->name;
    if (strcmp(command, "model") == 0)
        add_models(offer);
    else if (strcmp(command, "quiz") == 0)
        add_topics(offer);
    else if (!arg->choices[0])
        add_commands(offer);
    else if (!is_chosen(offer->spot, arg))
        add_choices(offer, arg, "value");
}

static void add_unchosen(struct offer *offer, const struct arg *arg)
{
    if (!is_chosen(offer->spot, arg))
        add_choices(offer, arg, "option");
}

static void add_first_side(struct offer *offer, const struct arg *arg)
{
    if (offer->spot->n == 1)
        add_sides_of(offer, arg);
}

static void add_arg(struct offer *offer, const struct arg *arg)
{
    if (arg->kind == ARG_WORD)
        add_words(offer);
    else if (arg->kind == ARG_WORDY)
        add_unchosen(offer, arg);
    else if (arg->kind == ARG_TEXT)
        add_quoted(offer, arg);
    else if (arg->kind == ARG_REST && offer->spot->n == 1)
        add_sentence(offer);
    else if (arg->kind == ARG_TARGET && !has_arrow(offer->spot))
        add(offer, "->", "option", arg->about);
    else if (arg->kind == ARG_ONE_HEAD || arg->kind == ARG_SOME_HEADS)
        add_heads(offer);
    else if (arg->kind == ARG_SIDE)
        add_first_side(offer, arg);
    else if (arg->kind == ARG_NAME)
        add_names(offer, arg);
    else if (arg_is_named(arg->kind) && !in_line(offer->spot, arg->name))
        add(offer, arg->name, "option", arg->about);
}

/* The flags of a model that reads two sentences. */
static void add_sides(struct offer *offer)
{
    add(offer, "encoder", "option", "the first sentence looks at itself");
    add(offer, "decoder", "option", "the second sentence looks back at itself");
    add(offer, "cross", "option", "the second sentence looks at the first");
}

static void add_options(struct offer *offer)
{
    const struct command *command = offer->spot->command;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && command->args[i].name; i++)
        add_arg(offer, &command->args[i]);
    for (size_t i = 0; i < n_view_args; i++) {
        const struct arg *option = &view_args[i];
        if (option_find(command, option->name, strlen(option->name)) &&
            option_allowed(command, option) && !in_line(offer->spot, option->name))
            add(offer, option->name, "option", option->about);
    }
    if (command->view && offer->assist->state.subject->second)
        add_sides(offer);
    if (command->view && offer->typed_length > 0)
        add_heads(offer);
}

/* The arg or option whose name stands just before the cursor's word. */
static const struct arg *arg_before(const struct spot *spot)
{
    const struct lexeme *item = &spot->items[spot->n - 1];
    const struct command *command = spot->command;
    if (spot->n < 2 || item->kind != LEX_WORD)
        return NULL;
    const struct arg *arg =
        arg_find(command->args, COMMAND_MAX_ARGS, item->text, item->length);
    if (arg && arg_is_named(arg->kind))
        return arg;
    return option_find(command, item->text, item->length);
}

static void add_all(struct offer *offer)
{
    const struct spot *spot = offer->spot;
    if (spot->n == 0) {
        add_commands(offer);
        return;
    }
    if (!spot->command || spot->command->test_only)
        return;
    if (strcmp(spot->command->name, "set") == 0) {
        add_settings(offer);
        return;
    }
    const struct arg *arg = arg_before(spot);
    if (spot->items[spot->n - 1].kind == LEX_ARROW)
        add_words(offer);
    else if (!arg || !add_values(offer, arg))
        add_options(offer);
    const struct arg *option =
        arg ? option_find(spot->command, arg->name, strlen(arg->name)) : NULL;
    if (option && option != arg) /* an own `as`, and the form of the answer */
        add_values(offer, option);
}

/* Takes the word that the cursor stands in off the line, so that what is left says what
 * may stand there. Returns where it starts. */
static size_t take_typed(struct spot *spot, struct offer *offer)
{
    const struct lexeme *last = spot->n ? &spot->items[spot->n - 1] : NULL;
    offer->typed = "";
    if (!last || last->kind != LEX_WORD || last->end != spot->at)
        return spot->at;
    offer->typed = last->text;
    offer->typed_length = last->length;
    spot->n--;
    if (spot->n == 0)
        spot->command = NULL;
    return last->start;
}

/* The end of the word that goes on after byte `at`. */
static size_t word_end(const char *code, size_t length, size_t at)
{
    while (at < length) {
        size_t next = at;
        uint32_t c = utf8_next(code, length, &next);
        if (utf8_is_space(c) || c == '"' || c == '#')
            break;
        at = next;
    }
    return at;
}

static bool takes_a_question(const struct command *command)
{
    return command &&
           (strcmp(command->name, "explain") == 0 || strcmp(command->name, "ask") == 0);
}

/* Names of topics that begin as the question does so far, which has no quotes. Returns
 * where it starts. */
static size_t add_explained(const struct spot *spot, struct offer *offer)
{
    struct topics topics;
    struct err err = {0};
    const struct lexeme *typed = spot->n == 2 ? &spot->items[1] : NULL;
    size_t from = typed ? typed->start : spot->at;
    offer->typed = typed ? typed->text : "";
    offer->typed_length = typed ? typed->length : 0;
    for (size_t at = spot->items[0].end; at < spot->at; at++)
        if (!typed && !strchr(" \t", spot->code[at]))
            return from; /* in a quote */
    if (!topics_read(topics_text(), strlen(topics_text()), offer->arena, &topics, &err))
        return from;
    for (size_t i = 0; i < topics.n; i++)
        add(offer, topics.at[i].name, "topic", topics.at[i].group);
    return from;
}

struct completions assist_complete(const struct assist *assist, const char *code,
                                   size_t length, size_t cursor, struct arena *arena)
{
    struct spot spot = spot_find(code, length, cursor, false, arena);
    struct offer offer = {.assist = assist, .spot = &spot, .arena = arena};
    size_t here = utf8_count(spot.code, spot.at);
    struct completions none = {.start = here, .end = here};
    bool question = spot.in_text && takes_a_question(spot.command);
    if ((spot.in_text && !question) || !assist->state.subject)
        return none;
    size_t from = question ? add_explained(&spot, &offer) : take_typed(&spot, &offer);
    size_t to = word_end(spot.code, spot.length, spot.at);
    if (!question)
        add_all(&offer);
    if (!question && offer.n == 0 && offer.typed_length >= 3) {
        offer.near = true;
        add_all(&offer);
    }
    if (offer.n == 0)
        return none;
    return (struct completions){.items = offer.items,
                                .n = offer.n,
                                .start = utf8_count(spot.code, from),
                                .end = utf8_count(spot.code, to)};
}
