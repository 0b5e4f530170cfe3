#include "attn/lang/side.h"

#include <stdint.h>
#include <string.h>

#include "attn/lang/commands.h"

static const struct subject *subject_of(const struct reader *reader)
{
    return reader->call->session->state.subject;
}

static bool is_side(const struct lexeme *item, enum attention *which)
{
    static const struct {
        const char *name;
        enum attention which;
    } sides[] = {{"encoder", ATTENTION_ENCODER},
                 {"decoder", ATTENTION_DECODER},
                 {"cross", ATTENTION_CROSS}};
    for (size_t i = 0; item->kind == LEX_WORD && i < sizeof sides / sizeof *sides; i++)
        if (same_word(item->text, item->length, sides[i].name)) {
            *which = sides[i].which;
            return true;
        }
    return false;
}

bool side_is_stray(const struct reader *reader, const struct lexeme *item)
{
    enum attention which;
    return reader->call->command->view && is_side(item, &which) &&
           (!subject_of(reader)->second || reader->side != SIZE_MAX);
}

bool side_refuse(struct reader *reader, const struct lexeme *item, const char *without,
                 struct err *err)
{
    if (subject_of(reader)->second) {
        read_fail(reader, item, ERR_BAD_VALUE, err,
                  "A picture shows one attention: encoder, decoder or cross.");
        return err_try(err, "Try:", "%s", without);
    }
    read_fail(reader, item, ERR_NO_SECOND_SENTENCE, err,
              "There is no second sentence yet.");
    return err_try(
        err, "Try:", "sentence \"The black cat sleeps\" to \"Le chat noir dort\"");
}

static bool takes_word(const struct command *command)
{
    for (size_t i = 0; i < COMMAND_MAX_ARGS && command->args[i].name; i++)
        if (command->args[i].kind == ARG_WORD)
            return true;
    return false;
}

/* True where the item stands in a word's place and is a word of either sentence: then
 * it is that word. */
static bool is_word_there(const struct reader *reader, size_t at)
{
    const struct subject *subject = subject_of(reader);
    const struct lexeme *item = &reader->line->items[at];
    const struct lexeme *before = at > 0 ? item - 1 : NULL;
    bool place = at == 0 && takes_word(reader->call->command);
    place = place || (before && before->kind == LEX_ARROW) ||
            (before && before->kind == LEX_WORD &&
             same_word(before->text, before->length, "word"));
    return place && (word_stands(subject, item) ||
                     (subject->second && word_stands(subject->second, item)));
}

/* `compare self with cross` names attentions: there they are no flags. */
static bool takes_sides(const struct command *command)
{
    for (size_t i = 0; i < COMMAND_MAX_ARGS && command->args[i].name; i++)
        for (size_t c = 0; c < ARG_MAX_CHOICES && command->args[i].choices[c]; c++)
            if (strcmp(command->args[i].choices[c], "cross") == 0)
                return true;
    return false;
}

/* What `set` keeps was checked against what the model shows by itself; another of its
 * attentions may have fewer layers or heads. */
static void fit_place(struct reader *reader)
{
    struct settings *settings = &reader->call->settings;
    if (settings->layer.to >= (int)reader->model->L)
        settings->layer = (struct range){PICK_AUTO, PICK_AUTO};
    if (settings->head >= (int)reader->model->H)
        settings->head = PICK_AUTO;
}

void side_find(struct reader *reader)
{
    struct call *call = reader->call;
    bool flags = call->command->view && subject_of(reader)->second &&
                 !takes_sides(call->command);
    enum attention which;
    reader->side = SIZE_MAX;
    call->settings.which = attention_default(model_info(call_model(call)));
    for (size_t i = 0; flags && i < reader->line->n && reader->side == SIZE_MAX; i++) {
        if (!is_side(&reader->line->items[i], &which) || is_word_there(reader, i))
            continue;
        reader->side = i;
        call->settings.which = which;
    }
    reader->subject = call_rows(call);
    reader->cols = call_cols(call);
    reader->model = call_info(call);
    fit_place(reader);
}
