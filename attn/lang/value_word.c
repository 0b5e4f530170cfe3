/* value_word.c - reads a word of the sentence. */
#include <string.h>

#include "attn/lang/read.h"

/* A word that could stand where the next item is. */
static const char *word_for(const struct reader *reader)
{
    const struct subject *subject = reader->subject;
    int position = word_telling(subject);
    if (reader->at > 0 && reader->line->items[reader->at - 1].kind == LEX_ARROW)
        position = word_other(subject, position);
    return word_typed(subject, position, reader->arena);
}

static bool no_such_word(const struct reader *reader, const struct lexeme *item,
                         struct err *err)
{
    read_fail(reader, item, ERR_NO_SUCH_WORD, err,
              "\"%.80s\" is not in the sentence. Words: %s", item->text,
              word_list(reader->subject, reader->arena));
    double number;
    const char *near = word_near(reader->subject, item->text), *instead;
    if (near)
        instead = strpbrk(near, " \"#@:") ? lex_quote(reader->arena, near, strlen(near))
                                          : near;
    else if (read_is_number(item, &number) && number >= 0 &&
             number < (double)reader->subject->n_words)
        instead = arena_print(reader->arena, "@%d", (int)number);
    else
        instead = word_for(reader);
    return read_try(reader, item, instead, err);
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
    struct word word = word_find(reader->subject, item, reader->arena);
    if (word.result == WORD_ABSENT)
        return no_such_word(reader, item, err);
    if (word.result == WORD_NO_POSITION) {
        int last = (int)reader->subject->n_words - 1;
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
