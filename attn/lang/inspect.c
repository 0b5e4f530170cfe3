/* inspect.c - a card about what stands at the cursor. */
#include <stdint.h>
#include <string.h>

#include "attn/analyse/story.h"
#include "attn/lang/assist.h"
#include "attn/lang/commands.h"
#include "attn/lang/describe.h"
#include "attn/lang/read.h"
#include "attn/lang/table.h"
#include "attn/lang/words.h"

enum { MOST_RULES = 12, LONGEST_RUN = 128 };

static const struct lexeme *at_cursor(const struct spot *spot, size_t *index)
{
    for (size_t i = spot->n; i-- > 0;) {
        if (spot->items[i].start <= spot->at && spot->at <= spot->items[i].end) {
            *index = i;
            return &spot->items[i];
        }
    }
    return NULL;
}

/* Of a model that reads two sentences, that of the first one's words. */
static enum attention own_attention(const struct subject *subject)
{
    return subject->second ? ATTENTION_ENCODER : ATTENTION_SELF;
}

/* "looks most at animal (0.95), in layer 3 head 0, pronoun→antecedent" */
static const char *strongest_link(const struct assist *assist, int position,
                                  struct arena *arena)
{
    const struct subject *subject = assist->state.subject;
    struct trace trace = {0};
    struct err err = {0};
    struct model_options options = {0};
    struct model_input input = {.text = subject->sentence,
                                .length = subject->length,
                                .attention = own_attention(subject)};
    if (subject->n_words > LONGEST_RUN ||
        !model_run(subject->model->model, &input, &options, &trace, &err))
        return NULL;
    size_t row = trace_row_at(&trace, position), layer, head, best = SIZE_MAX;
    const char *text = NULL;
    if (row != SIZE_MAX) {
        story_head_for(&trace, row, &layer, &head);
        const float *weights = trace_row(&trace, layer, head, row);
        for (size_t j = 0; j < trace.S; j++)
            if (trace.cols[j].position >= 0 &&
                (best == SIZE_MAX || weights[j] > weights[best]))
                best = j;
        const char *name =
            trace.heads ? trace.heads[layer * trace.H + head].name : NULL;
        if (best != SIZE_MAX)
            text = arena_print(arena,
                               "Looks most at %s (%.2f), in layer %zu head %zu%s%s.",
                               trace.cols[best].text, (double)weights[best], layer,
                               head, name ? ", " : "", name ? name : "");
    }
    trace_free(&trace);
    return text;
}

static void describe_word(const struct assist *assist, int position,
                          struct arena *arena, struct view *view)
{
    const struct subject *subject = assist->state.subject;
    const struct token *token = NULL;
    for (size_t i = 0; i < subject->n_tokens; i++)
        if (subject->tokens[i].position == position)
            token = &subject->tokens[i];
    if (!token)
        return;
    struct pile pile = pile_begin(arena);
    view->kind = "help";
    view->finding =
        arena_print(arena, "“%s” is word %d of the sentence, token id %lld%s.",
                    token->text, position, (long long)token->id,
                    token->flags & TOKEN_KNOWN || token->flags & TOKEN_PUNCTUATION
                        ? ""
                        : "; the model does not know it");
    const char *link = strongest_link(assist, position, arena);
    if (link)
        pile_add(&pile, BLOCK_TEXT, link);
    pile_add(&pile, BLOCK_CODE,
             arena_print(arena, "look %s%s", word_typed(subject, position, arena),
                         subject->second ? " encoder" : ""));
    pile_end(&pile, view);
}

static void describe_head(const struct assist *assist, size_t layer, size_t head,
                          struct arena *arena, struct view *view)
{
    const struct model *model = assist->state.subject->model->model;
    const struct model_info *info = model_info(model);
    const struct head_name *name = &info->heads[layer * info->H + head];
    const char *const *rules;
    size_t n = model_rules(model, attention_default(model_info(model)), layer, head,
                           arena, &rules);
    struct pile pile = pile_begin(arena);
    view->kind = "help";
    view->finding = arena_print(arena, "L%zu-H%zu%s%s%s%s", layer, head,
                                name->name ? " " : "", name->name ? name->name : "",
                                name->does ? ": " : "", name->does ? name->does : "");
    if (n)
        pile_add(&pile, BLOCK_HEADING, "Its rules");
    for (size_t i = 0; i < n && i < MOST_RULES; i++)
        pile_add(&pile, BLOCK_CODE, rules[i]);
    if (n > MOST_RULES)
        pile_add(&pile, BLOCK_NOTE,
                 arena_print(arena, "… and %zu more", n - MOST_RULES));
    pile_add(&pile, BLOCK_CODE, arena_print(arena, "heatmap L%zu-H%zu", layer, head));
    pile_end(&pile, view);
}

/* An arg, an option or a setting by its name; NULL if it is none of the line's. */
static const struct arg *arg_at(const struct spot *spot, const struct lexeme *item)
{
    const struct command *command = spot->command;
    if (strcmp(command->name, "set") == 0)
        return arg_find(state_args, n_state_args, item->text, item->length);
    const struct arg *arg =
        arg_find(command->args, COMMAND_MAX_ARGS, item->text, item->length);
    if (arg && arg_is_named(arg->kind))
        return arg;
    return option_find(command, item->text, item->length);
}

/* `diagram flow`: what that choice is; NULL if the item is none that says so. */
static const char *choice_about(const struct command *command,
                                const struct lexeme *item)
{
    for (size_t a = 0; a < COMMAND_MAX_ARGS && command->args[a].name; a++) {
        const struct arg *arg = &command->args[a];
        for (size_t i = 0; i < ARG_MAX_CHOICES && arg->choices[i]; i++)
            if (arg->means[i] && same_word(item->text, item->length, arg->choices[i]))
                return arg->means[i];
    }
    return NULL;
}

static void describe_choice(const struct command *command, const struct lexeme *item,
                            const char *about, struct arena *arena, struct view *view)
{
    struct pile pile = pile_begin(arena);
    view->kind = "help";
    view->finding = arena_print(arena, "%s: %s.", item->text, about);
    pile_add(&pile, BLOCK_CODE, arena_print(arena, "%s %s", command->name, item->text));
    pile_end(&pile, view);
}

/* What an item after the command's name is. False: nothing by itself. */
static bool describe_item(const struct assist *assist, const struct spot *spot,
                          const struct lexeme *item, struct arena *arena,
                          struct view *view)
{
    const struct model_info *info = model_info(assist->state.subject->model->model);
    const struct command *help = command_find(item->text, item->length);
    long layer, head;
    if (read_is_head(item, &layer, &head) && layer < (long)info->L &&
        head < (long)info->H) {
        describe_head(assist, (size_t)layer, (size_t)head, arena, view);
        return true;
    }
    if (strcmp(spot->command->name, "help") == 0 && help) {
        describe_command(help, true, arena, view);
        return true;
    }
    const char *choice = choice_about(spot->command, item);
    if (choice) {
        describe_choice(spot->command, item, choice, arena, view);
        return true;
    }
    const struct arg *arg = arg_at(spot, item);
    struct word word = word_find(assist->state.subject, item, arena);
    if (word.result == WORD_FOUND && !arg) {
        describe_word(assist, word.position, arena, view);
        return true;
    }
    if (arg)
        describe_arg(spot->command, arg, arena, view);
    return arg != NULL;
}

const struct view *assist_inspect(const struct assist *assist, const char *code,
                                  size_t length, size_t cursor, int level,
                                  struct arena *arena)
{
    struct spot spot = spot_find(code, length, cursor, true, arena);
    struct view *view = arena_new(arena, 1, sizeof *view);
    size_t index = 0;
    const struct lexeme *item = at_cursor(&spot, &index);
    if (!spot.command || !assist->state.subject)
        return NULL;
    if (item && index > 0 && item->text && !spot.in_text &&
        describe_item(assist, &spot, item, arena, view))
        return view;
    if (spot.command->test_only)
        return NULL;
    describe_command(spot.command, level > 0, arena, view);
    return view;
}
