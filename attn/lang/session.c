#include "attn/lang/session.h"

#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/args.h"
#include "attn/lang/commons.h"
#include "attn/lang/parse.h"
#include "attn/lang/state.h"

enum { EXPLAIN_COLUMNS = 100 };

/* ---- text at the door: valid UTF-8, no NUL */

static void clean(struct buf *to, const char *code, size_t length)
{
    for (size_t at = 0; at < length;) {
        const char *nul = memchr(code + at, '\0', length - at);
        size_t n = nul ? (size_t)(nul - code) - at : length - at;
        utf8_clean(to, code + at, n);
        at += n;
        if (nul) {
            buf_text(to, "\xEF\xBF\xBD");
            at++;
        }
    }
}

/* The byte of `code` that stands where byte `at` of the cleaned text does. */
static size_t place_before_cleaning(const char *code, size_t length, size_t at)
{
    size_t from = 0, cleaned = 0;
    while (from < length && cleaned < at) {
        size_t start = from;
        uint32_t c = utf8_next(code, length, &from);
        bool kept = c != 0 && (c != 0xFFFD || from - start == 3);
        cleaned += kept ? from - start : 3;
    }
    return from;
}

static void move_span(const char *code, size_t length, struct err *err)
{
    if (!err->has_span)
        return;
    err->start = place_before_cleaning(code, length, err->start);
    err->end = place_before_cleaning(code, length, err->end);
}

/* ---- hints that run */

/* What the hint wants one to type: what stands after its first two blanks, up to the
 * next two; NULL if there is no hint. */
static const char *hinted_line(const struct err *err, struct arena *arena)
{
    const char *line = strstr(err->hint, "  ");
    if (!line)
        return NULL;
    line += 2;
    const char *end =
        err->code == ERR_UNKNOWN_COMMAND ? strstr(line, "  for the ") : NULL;
    return arena_copy(arena, line, end ? (size_t)(end - line) : strlen(line));
}

/* True when the line could be run now: parsed and its arguments checked, its body left
 * alone. */
static bool would_run(struct session *session, const char *text, struct arena *arena)
{
    struct err err = {0};
    struct line line;
    struct lexer lexer = parse_begin(text, strlen(text), arena);
    if (!parse_line(&lexer, &line, &err) || !line.command)
        return false;
    struct call call = {.session = session, .command = line.command, .arena = arena};
    return args_fill(&call, &line, &err);
}

/* A word of the sentence or a head by itself: to look at it is what was meant. */
static const char *meant_to_look(struct session *session, const struct err *err,
                                 struct arena *arena)
{
    static const char before[] = "I don't know \"";
    size_t n = strlen(before), length = strlen(err->text);
    if (err->code != ERR_UNKNOWN_COMMAND || strcmp(err->hint, "Try:  help") != 0 ||
        length < n + 2 || strncmp(err->text, before, n) != 0)
        return NULL;
    const char *line =
        arena_print(arena, "look %.*s", (int)(length - n - 2), err->text + n);
    return would_run(session, line, arena) ? line : NULL;
}

/* An error that another line would not make. */
static bool of_the_line(const struct err *err)
{
    return err->code != ERR_INTERRUPTED && err->code != ERR_BUG &&
           err->code != ERR_IO && err->code != ERR_NO_INPUT;
}

/* A hint that does not run (two things were wrong in the line, or it was cut) gives way
 * to an example that does. */
static void mend_hint(struct session *session, const struct command *command,
                      struct err *err, struct arena *arena)
{
    const char *hinted = hinted_line(err, arena);
    const char *instead = meant_to_look(session, err, arena);
    if (instead)
        hinted = NULL;
    if (hinted && strlen(err->hint) < ERR_HINT_SIZE - 4 &&
        would_run(session, hinted, arena))
        return;
    for (size_t i = 0; command && !instead && i < COMMAND_MAX_EXAMPLES; i++)
        if (command->examples[i] && would_run(session, command->examples[i], arena))
            instead = command->examples[i];
    if (!instead)
        instead = "help";
    size_t n = strlen(err->text);
    err->hint[0] = '\0';
    err_try(err, n && err->text[n - 1] == ',' ? "e.g." : "Try:", "%s", instead);
}

/* ---- running */

/* True when no command stands in what is left of the cell. */
static bool at_last(const struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    while (ahead.at < ahead.length) {
        size_t before = ahead.at;
        lex_skip(&ahead);
        size_t after = ahead.at;
        uint32_t c =
            after < ahead.length ? utf8_next(ahead.code, ahead.length, &after) : 0;
        if (c != '\n' && c != '\r' && c != 0x2028 && c != 0x2029)
            break;
        ahead.at = after;
        if (ahead.at == before)
            break;
    }
    return ahead.at >= ahead.length;
}

/* Control characters of what was typed do not reach a terminal by way of a message; a
 * character that was cut in two by shortening is left out. */
static void make_showable(char *text)
{
    size_t length = strlen(text), at = 0, kept = 0;
    while (at < length) {
        size_t start = at;
        uint32_t c = utf8_next(text, length, &at);
        if (c == 0xFFFD && at - start == 1)
            continue;
        if ((c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0)) {
            text[kept++] = '?';
            continue;
        }
        memmove(text + kept, text + start, at - start);
        kept += at - start;
    }
    text[kept] = '\0';
}

/* One cell being run. */
struct cell_run {
    struct session *session;
    const struct run *run;
    struct lexer lexer;
    const struct command *command; /* of the line being run, for hints */
};

static bool run_line(struct cell_run *cell, const struct line *line, struct err *err)
{
    struct arena *arena = cell->lexer.arena;
    struct call *call = arena_new(arena, 1, sizeof *call);
    call->session = cell->session;
    call->command = line->command;
    call->arena = arena;
    call->stop = cell->run->stop;
    call->run = cell->run;
    call->last = at_last(&cell->lexer);
    call->line = arena_copy(arena, line->code + line->start, line->end - line->start);
    if (!args_fill(call, line, err))
        return false;
    const struct subject *subject = cell->session->state.subject;
    bool done = line->command->run(call, err);
    bool changed = cell->session->state.subject != subject; /* no view, but an echo */
    if (call->shown && done && !changed && !cell->run->aside)
        commons_show(cell->session, explorer_keep(call->shown));
    explorer_drop(call->shown);
    if (done)
        return true;
    err_span(err, line->start, line->end); /* the body may have said it better */
    return false;
}

/* Runs line by line, each in an arena of its own; the state is put back after one that
 * fails. */
static bool run_lines(struct cell_run *cell, struct err *err)
{
    for (;;) {
        struct arena arena = {0};
        struct line line;
        commons_take(cell->session);
        struct state before = state_copy(&cell->session->state);
        cell->lexer.arena = &arena;
        cell->command = NULL;
        bool done = parse_line(&cell->lexer, &line, err);
        cell->command = line.command;
        if (done && line.command && cell->run->stop && atomic_load(cell->run->stop))
            done = err_set(err, ERR_INTERRUPTED, "Interrupted.");
        else if (done && line.command)
            done = run_line(cell, &line, err);
        bool more = done && line.command;
        if (!done) {
            state_drop(&cell->session->state);
            cell->session->state = state_copy(&before);
            if (of_the_line(err))
                mend_hint(cell->session, cell->command, err, &arena);
        }
        commons_tell(cell->session, &before);
        state_drop(&before);
        arena_free(&arena);
        if (!more)
            return done;
    }
}

/* The model opens with the first cell, not at start. */
static bool ensure_subject(struct session *session, struct err *err)
{
    commons_take(session);
    struct state before = session->state;
    if (before.subject)
        return true;
    session->state.subject = subject_default(err);
    commons_tell(session, &before);
    return session->state.subject != NULL;
}

bool session_keeps_history(const struct session *session)
{
    return session->state.settings.history;
}

bool session_run(struct session *session, const char *code, size_t length,
                 const struct run *run, struct err *err)
{
    if (length > SESSION_MOST_CODE)
        return err_set(err, ERR_TOO_LARGE,
                       "A cell holds at most 16 MB of text; this one has %.1f MB.",
                       (double)length / 1e6);
    if (!ensure_subject(session, err))
        return false;
    struct buf text;
    buf_init(&text, 3 * SESSION_MOST_CODE);
    clean(&text, code, length);
    struct cell_run cell = {.session = session, .run = run};
    cell.lexer = parse_begin(text.at ? text.at : "", text.length, NULL);
    bool done = run_lines(&cell, err);
    commons_take(session); /* an assist is asked for what is true now */
    if (!done) {
        move_span(code, length, err);
        make_showable(err->text);
        make_showable(err->hint);
    }
    buf_free(&text);
    return done;
}

/* ---- telling */

/* The line around the span, cut on both sides to what a terminal shows. */
static void find_window(const char *code, size_t length, const struct err *err,
                        size_t *from, size_t *to)
{
    size_t line_end, start = err->start < length ? err->start : length;
    *from = lex_line(code, length, start, &line_end);
    *to = line_end;
    while (*from < start && start - *from > EXPLAIN_COLUMNS / 2)
        (void)utf8_next(code, length, from);
    size_t at = *from;
    for (int n = 0; at < line_end && n < EXPLAIN_COLUMNS; n++)
        (void)utf8_next(code, length, &at);
    *to = at;
}

/* Adds code[from, to) with what a terminal cannot show replaced; returns its columns.
 */
static size_t add_shown(struct buf *to, const char *code, size_t length, size_t from,
                        size_t end)
{
    size_t before = to->length;
    while (from < end) {
        char c4[4];
        uint32_t c = utf8_next(code, length, &from);
        if (c == '\t')
            c = ' ';
        else if (utf8_is_control(c))
            c = 0xFFFD;
        buf_add(to, c4, utf8_put(c4, c));
    }
    return utf8_columns(to->at + before, to->length - before);
}

static void add_caret(struct buf *to, const char *code, size_t length,
                      const struct err *err)
{
    size_t from, end;
    find_window(code, length, err, &from, &end);
    size_t start = err->start < end ? err->start : end;
    size_t stop = err->end < end ? err->end : end;
    buf_text(to, "\n  ");
    size_t before = add_shown(to, code, length, from, start);
    size_t under = add_shown(to, code, length, start, stop > start ? stop : start);
    add_shown(to, code, length, stop > start ? stop : start, end);
    buf_text(to, "\n  ");
    for (size_t i = 0; i < before; i++)
        buf_char(to, ' ');
    for (size_t i = 0; i < (under ? under : 1); i++)
        buf_char(to, '^');
}

const char *session_message(const struct err *err, struct arena *arena)
{
    if (!err->hint[0] || err->code == ERR_NO_SUCH_WORD)
        return arena_print(arena, "%s", err->text);
    return arena_print(arena, "%s %s", err->text, err->hint);
}

const char *session_explain(const char *code, size_t length, const struct err *err,
                            struct arena *arena)
{
    struct buf text;
    buf_init(&text, 16384);
    buf_text(&text, session_message(err, arena));
    if (err->has_span)
        add_caret(&text, code, length, err);
    if (err->hint[0] && err->code == ERR_NO_SUCH_WORD)
        buf_print(&text, "\n%s", err->hint);
    const char *copy = arena_copy(arena, text.at, text.length);
    buf_free(&text);
    return copy;
}
