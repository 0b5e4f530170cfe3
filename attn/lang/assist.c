#include "attn/lang/assist.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/base/utf8.h"
#include "attn/lang/commands.h"
#include "attn/lang/parse.h"

struct assist *session_assist(const struct session *session)
{
    struct err err = {0};
    struct assist *assist = mem_new(1, sizeof *assist);
    assist->state = state_copy(&session->state);
    if (!assist->state.subject)
        assist->state.subject = subject_default(&err);
    return assist;
}

void assist_free(struct assist *assist)
{
    if (!assist)
        return;
    state_drop(&assist->state);
    free(assist);
}

static const char *cleaned(const char *code, size_t length, struct arena *arena,
                           size_t *n)
{
    struct buf text;
    buf_init(&text, 3 * SESSION_MOST_CODE);
    utf8_clean(&text, code, length < SESSION_MOST_CODE ? length : SESSION_MOST_CODE);
    char *copy = arena_copy(arena, text.length ? text.at : "", text.length);
    *n = text.length;
    buf_free(&text);
    for (size_t i = 0; i < *n; i++)
        copy[i] = copy[i] ? copy[i] : '?';
    return copy;
}

/* A sentence that stands without quotes runs to the end of its line. */
static bool takes_rest(const struct spot *spot, const struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    lex_skip(&ahead);
    return spot->n == 1 && spot->command && spot->command->args[0].name &&
           spot->command->args[0].kind == ARG_REST && !lex_at_quote(&ahead);
}

static void take(struct spot *spot, const struct lexeme *item)
{
    if (spot->n == 0 && item->kind == LEX_WORD)
        spot->command = command_find(item->text, item->length);
    if (spot->n < ASSIST_MAX_ITEMS)
        spot->items[spot->n++] = *item;
}

/* One lexeme on; false at the end of the line that holds the cursor, or where reading
 * cannot go on. */
static bool step(struct spot *spot, struct lexer *lexer)
{
    struct err err = {0};
    struct lexeme item;
    if (takes_rest(spot, lexer)) {
        item = lex_rest(lexer);
        spot->in_text =
            item.end > item.start && spot->at >= item.start && spot->at <= item.end + 1;
        if (item.length == 0)
            spot->in_text = lexer->at > spot->items[0].end;
        if (item.length > 0)
            take(spot, &item);
        if (spot->in_text)
            return false;
    }
    if (!lex_next(lexer, &item, &err)) {
        spot->in_text = err.code == ERR_OPEN_QUOTE;
        return false;
    }
    if (item.kind == LEX_END)
        return false;
    if (item.kind != LEX_LINE) {
        take(spot, &item);
        return true;
    }
    if (item.start >= spot->at)
        return false;
    spot->n = 0;
    spot->command = NULL;
    return true;
}

struct spot spot_find(const char *code, size_t length, size_t cursor, bool whole,
                      struct arena *arena)
{
    struct spot spot = {0};
    spot.code = cleaned(code, length, arena, &spot.length);
    spot.at = utf8_offset(spot.code, spot.length, cursor);
    spot.items = arena_new(arena, ASSIST_MAX_ITEMS, sizeof *spot.items);
    struct lexer lexer = parse_begin(spot.code, whole ? spot.length : spot.at, arena);
    while (step(&spot, &lexer))
        continue;
    return spot;
}

enum completeness session_is_complete(const char *code, size_t length)
{
    struct arena arena = {0};
    struct err err = {0};
    struct line line;
    size_t n;
    const char *text = cleaned(code, length, &arena, &n);
    struct lexer lexer = parse_begin(text, n, &arena);
    do {
        if (!parse_line(&lexer, &line, &err))
            break;
    } while (line.command);
    arena_free(&arena);
    return err.code == ERR_OPEN_QUOTE ? CELL_INCOMPLETE : CELL_COMPLETE;
}
