/* commands.h - finding an entry of the command table. Depends on lang/command. */
#ifndef ATTN_LANG_COMMANDS_H
#define ATTN_LANG_COMMANDS_H

#include "attn/lang/command.h"

/* The command of that name (any letter case); NULL if there is none. */
const struct command *command_find(const char *name, size_t length);

/* True of the lessons that there are: no help speaks of others. */
bool lesson_is_there(const char *number);

/* True when `a` and `b` are the same word but for ASCII letter case. */
bool same_word(const char *a, size_t a_length, const char *b);

/* The arg of that name, second spellings (`layers`, `colour`) included; n args, of
 * which an entry without a name is the last. NULL if there is none. */
const struct arg *arg_find(const struct arg *args, size_t n, const char *name,
                           size_t length);

/* The view option of that name that `command` takes; NULL if there is none. */
const struct arg *option_find(const struct command *command, const char *name,
                              size_t length);
/* True when `command` takes that entry of view_args. */
bool option_allowed(const struct command *command, const struct arg *option);

/* True when what `command` draws follows the setting `measure`; others speak of weights
 * whatever it is. */
bool command_draws_measures(const struct command *command);

/* True for kinds that are introduced by the arg's name: `layer 2`, `mask causal`. */
bool arg_is_named(enum arg_kind kind);

size_t arg_choices(const struct arg *arg); /* how many */

/* True for one that stands in a form as a name in capitals, CATEGORY, because its
 * choices would make the line too long; who describes it lists them. */
bool arg_has_many_choices(const struct arg *arg);

/* How an arg of `command` is written: "layer N", "-> word", "[on|off]"; in `arena`. */
const char *arg_form(const struct command *command, const struct arg *arg,
                     struct arena *arena);

/* The command as one writes it: "look [word] [-> word] [options]"; in `arena`. */
const char *command_form(const struct command *command, struct arena *arena);

/* The names of what `set` shows and changes, as args; ends with an entry without a
 * name. */
extern const struct arg state_args[];
extern const size_t n_state_args;

#endif
