/* value_word.c - reads a word of the sentence. */
#include <stdint.h>
#include <string.h>

#include "attn/lang/read.h"

/* The next item stands after an arrow: it is a word that is looked at. */
static bool is_target(const struct reader *reader)
{
    return reader->at > 0 && reader->line->items[reader->at - 1].kind == LEX_ARROW;
}

/* The sentence that the next item is a word of. */
static const struct subject *sentence_of(const struct reader *reader)
{
    return is_target(reader) ? reader->cols : reader->subject;
}

/* A word that could stand where the next item is. */
static const char *word_for(const struct reader *reader)
{
    const struct subject *subject = sentence_of(reader);
    int position = word_telling(subject);
    if (is_target(reader))
        position = word_other(subject, position);
    return word_typed(subject, position, reader->arena);
}

/* A word of the other sentence: there it can look, or be looked at. */
static bool in_the_other(const struct reader *reader, const struct lexeme *item,
                         struct err *err)
{
    const struct subject *english = reader->call->session->state.subject;
    bool french = sentence_of(reader) == english;
    if (!english->second || !word_stands(french ? english->second : english, item))
        return false;
    read_fail(reader, item, ERR_NO_SUCH_WORD, err,
              "\"%.80s\" stands in the %s sentence; here I need a word of the other. "
              "Words: %s",
              item->text, french ? "second" : "first",
              word_list(sentence_of(reader), reader->arena));
    if (is_target(reader) || reader->side != SIZE_MAX)
        read_try(reader, item, word_for(reader), err);
    else
        err_try(err, "Try:", "%s %s %s", reader->call->command->name,
                arena_copy(reader->arena, item->text, item->length),
                french ? "decoder" : "encoder");
    return true;
}

/* `heads 5`: where one head's name may stand, a number is half of one. */
static bool half_a_head(const struct reader *reader, const struct lexeme *item,
                        struct err *err)
{
    const struct arg *args = reader->call->command->args;
    bool takes = false;
    long number;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && args[i].name; i++)
        takes = takes || args[i].kind == ARG_ONE_HEAD;
    if (!takes || is_target(reader) || !read_whole(item->text, &number) || number < 0)
        return false;
    long last = (long)reader->model->H - 1;
    read_fail(reader, item, ERR_BAD_VALUE, err,
              "A head is named by its layer and its number, not by \"%.20s\" alone.",
              item->text);
    read_try(reader, item,
             arena_print(reader->arena, "L0-H%ld", number < last ? number : last), err);
    return true;
}

static bool no_such_word(const struct reader *reader, const struct lexeme *item,
                         struct err *err)
{
    const struct subject *subject = sentence_of(reader);
    if (in_the_other(reader, item, err) || half_a_head(reader, item, err))
        return false;
    read_fail(reader, item, ERR_NO_SUCH_WORD, err,
              "\"%.80s\" is not in the sentence. Words: %s", item->text,
              word_list(subject, reader->arena));
    double number;
    const char *near = word_near(subject, item->text), *instead;
    if (near)
        instead = strpbrk(near, " \"#@:") ? lex_quote(reader->arena, near, strlen(near))
                                          : near;
    else if (read_is_number(item, &number) && number >= 0 &&
             number < (double)subject->n_words)
        instead = arena_print(reader->arena, "@%d", (int)number);
    else
        instead = word_for(reader);
    return read_try(reader, item, instead, err);
}

/* A word that both sentences have: which one is meant goes by the attention. */
static void note_both(struct reader *reader, const struct lexeme *item)
{
    const struct subject *english = reader->call->session->state.subject;
    if (!english->second || reader->side != SIZE_MAX || is_target(reader) ||
        !word_stands(english, item) || !word_stands(english->second, item))
        return;
    call_note(reader->call,
              "\"%.80s\" stands in both sentences; this is the second one's. The "
              "first one's:  %s %.80s encoder",
              item->text, reader->call->command->name, item->text);
}

bool read_word(struct reader *reader, struct value *value, struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    const char *first = word_for(reader);
    if (!item || item->kind == LEX_ARROW) {
        read_fail(reader, item, ERR_MISSING, err,
                  "I need a word of the sentence here.");
        return read_try(reader, item, first, err);
    }
    struct word word = word_find(sentence_of(reader), item, reader->arena);
    if (word.result == WORD_ABSENT)
        return no_such_word(reader, item, err);
    if (word.result == WORD_NO_POSITION) {
        int last = (int)sentence_of(reader)->n_words - 1;
        read_fail(reader, item, ERR_OUT_OF_RANGE, err,
                  "Words go from @0 to @%d in this sentence.", last);
        return read_try(reader, item, arena_print(reader->arena, "@%d", last), err);
    }
    if (word.result == WORD_FEWER) {
        read_fail(reader, item, ERR_OUT_OF_RANGE, err,
                  "\"%s\" stands in the sentence %zu time%s.", word.name, word.count,
                  word.count == 1 ? "" : "s");
        return read_try(reader, item,
                        arena_print(reader->arena, "%s:%zu", word.name, word.count),
                        err);
    }
    note_both(reader, item);
    value->position = word.position;
    value->first_of_many = !word.numbered && word.count > 1;
    if (value->first_of_many)
        call_note(reader->call,
                  "\"%s\" stands in the sentence %zu times; this is the first. The "
                  "second:  %s:2",
                  word.name, word.count, word.name);
    reader->at++;
    return true;
}
