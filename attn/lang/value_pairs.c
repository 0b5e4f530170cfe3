/* value_pairs.c - reads NAME VALUE { NAME VALUE } of `set`. */
#include "attn/lang/commands.h"
#include "attn/lang/read.h"
#include "attn/lang/suggest.h"

static bool unknown_setting(struct reader *reader, const struct lexeme *item,
                            struct err *err)
{
    const char *names[64] = {0};
    size_t n = 0;
    for (size_t i = 0; i < n_state_args; i++)
        names[n++] = state_args[i].name;
    names[n++] = "reset";
    const char *typed = item->text ? item->text : "->";
    const char *near = suggest_name(typed, names);
    read_fail(reader, item, ERR_UNKNOWN_OPTION, err, "\"%.60s\" is not a setting.",
              typed);
    if (!near)
        return err_try(err, "Try:", "set");
    return err_try(
        err, arena_print(reader->arena, "Did you mean \"%s\"?", near), "%s",
        parse_with(reader->line, item->start, item->end, near, reader->arena));
}

static bool at_form(const struct reader *reader)
{
    const struct lexeme *item = read_peek(reader);
    return item->kind == LEX_WORD && same_word(item->text, item->length, "as");
}

static bool read_pair(struct reader *reader, struct pair *pair, struct err *err)
{
    const struct lexeme *item = read_peek(reader);
    size_t first = reader->at;
    if (item->kind == LEX_WORD)
        pair->of = arg_find(state_args, n_state_args, item->text, item->length);
    if (!pair->of)
        return unknown_setting(reader, item, err);
    reader->at++;
    bool alone = !read_peek(reader) || at_form(reader);
    if (alone && first == 0)
        return true; /* `set layer` asks for its value */
    if (!read_value(reader, pair->of, &pair->value, err))
        return false;
    pair->value.given = true;
    pair->value.start = item->start;
    pair->value.end = reader->line->items[reader->at - 1].end;
    if (settings_apply(&reader->call->settings, reader->model, pair->of, &pair->value,
                       err))
        return true;
    err_span(err, pair->value.start, pair->value.end);
    return err_try(err, "Try:", "set %s", pair->of->name);
}

bool read_pairs(struct reader *reader, struct value *value, struct err *err)
{
    struct pair *pairs = arena_new(reader->arena, reader->line->n, sizeof *pairs);
    value->given = true;
    value->pairs = pairs;
    value->start = read_peek(reader)->start;
    while (reader->at < reader->line->n && !at_form(reader))
        if (!read_pair(reader, &pairs[value->n++], err))
            return false;
    value->end = reader->line->items[reader->at - 1].end;
    return true;
}
