#include "attn/lang/parse.h"

#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/commands.h"
#include "attn/lang/suggest.h"

struct lexer parse_begin(const char *code, size_t length, struct arena *arena)
{
    return (struct lexer){.code = code, .length = length, .arena = arena};
}

const char *parse_with(const struct line *line, size_t start, size_t end,
                       const char *instead, struct arena *arena)
{
    return arena_print(arena, "%.*s%s%.*s", (int)(start - line->start),
                       line->code + line->start, instead,
                       end < line->end ? (int)(line->end - end) : 0, line->code + end);
}

/* line := the first word that is looked for is the command's name */
static bool parse_name(struct lexer *lexer, struct lexeme *name, struct err *err)
{
    do {
        lex_skip(lexer);
        if (lex_at_quote(lexer)) { /* a text alone: a sentence, very likely */
            struct lexeme text;
            size_t start = lexer->at;
            if (!lex_next(lexer, &text, err))
                return false;
            err_set(err, ERR_UNKNOWN_COMMAND,
                    "A line begins with a command, not with a text in quotes.");
            err_span(err, start, lexer->at);
            return err_try(err, "Did you mean:", "sentence %s",
                           lex_quote(lexer->arena, text.text, text.length));
        }
        if (!lex_next(lexer, name, err))
            return false;
    } while (name->kind == LEX_LINE);
    return true;
}

/* True when the command's first argument takes the rest of the line as it stands. */
static bool takes_rest(const struct command *command)
{
    return command->args[0].name && command->args[0].kind == ARG_REST;
}

struct items {
    struct lexeme *at;
    size_t n, room;
};

static void add_item(struct items *items, struct lexeme item, struct arena *arena)
{
    if (items->n == items->room) {
        size_t room = items->room ? 2 * items->room : 8;
        struct lexeme *at = arena_new(arena, room, sizeof *at);
        if (items->n)
            memcpy(at, items->at, items->n * sizeof *at);
        items->at = at;
        items->room = room;
    }
    items->at[items->n++] = item;
}

/* command := NAME { item } */
static bool parse_items(struct lexer *lexer, struct line *line, struct err *err)
{
    struct items items = {0};
    struct lexeme item;
    lex_skip(lexer);
    if (takes_rest(line->command) && !lex_at_quote(lexer)) {
        item = lex_rest(lexer);
        if (item.length > 0)
            add_item(&items, item, lexer->arena);
    }
    for (;;) {
        if (!lex_next(lexer, &item, err))
            return false;
        if (item.kind == LEX_END || item.kind == LEX_LINE)
            break;
        if (items.n == PARSE_MAX_ITEMS) {
            err_set(err, ERR_TOO_LARGE, "A line holds at most %d items.",
                    PARSE_MAX_ITEMS);
            err_span(err, item.start, item.end);
            return err_try(err, "Try:", "%s", line->command->examples[0]);
        }
        add_item(&items, item, lexer->arena);
    }
    line->items = items.at;
    line->n = items.n;
    if (items.n)
        line->end = items.at[items.n - 1].end;
    return true;
}

/* Names the nearest command, or what else the line may have been meant to be. */
static bool unknown_command(struct lexer *lexer, const struct lexeme *name,
                            struct err *err)
{
    size_t line_end;
    (void)lex_line(lexer->code, lexer->length, name->start, &line_end);
    struct lexer rest = *lexer;
    rest.at = name->start;
    rest.length = line_end;
    struct lexeme line = lex_rest(&rest);
    err_span(err, name->start, name->end);
    return suggest_command(name, &line, lexer->arena, err);
}

bool parse_line(struct lexer *lexer, struct line *line, struct err *err)
{
    struct lexeme name;
    *line = (struct line){.code = lexer->code, .length = lexer->length};
    if (!parse_name(lexer, &name, err))
        return false;
    line->start = name.start;
    line->end = name.end;
    if (name.kind == LEX_END)
        return true;
    line->command = name.kind == LEX_WORD ? command_find(name.text, name.length) : NULL;
    if (!line->command)
        return unknown_command(lexer, &name, err);
    return parse_items(lexer, line, err);
}
