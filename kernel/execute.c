#include "kernel/execute.h"

#include <sodium/randombytes.h>
#include <sodium/utils.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/lang/session.h"
#include "kernel/capture.h"
#include "kernel/display.h"
#include "kernel/expressions.h"
#include "kernel/json_in.h"

enum { STACK = 8 * 1024 * 1024, PIECE = 8 * 1024, PAGES_MIB = 8 };

/* A cell being run. */
struct running {
    struct execute *execute;
    struct job *job;
    struct buf pages; /* the pager payloads, each followed by a comma */
    char *shown;      /* text of the result */
};

static bool interrupted(struct err *err)
{
    return err_set(err, ERR_INTERRUPTED, "Interrupted.");
}

/* ---- outputs ---- */

static bool tell(struct running *cell, struct event *event, struct err *err)
{
    if (worker_tell(&cell->execute->worker, event, &cell->execute->stop))
        return true;
    return interrupted(err);
}

static struct event *output_event(struct running *cell, const char *type)
{
    struct event *event = event_new(EVENT_OUTPUT, cell->job);
    event->type = type;
    buf_init(&event->content, DISPLAY_MOST);
    return event;
}

/* A long text goes piece by piece, between characters, so that it can be paced. */
static bool put_stream(struct running *cell, const struct output *output,
                       struct err *err)
{
    for (size_t from = 0, n; from < output->length; from += n) {
        n = output->length - from;
        if (n > PIECE)
            n = PIECE - capture_unfinished(output->text + from, PIECE);
        struct event *event = event_new(EVENT_STREAM, cell->job);
        buf_init(&event->content, n);
        buf_add(&event->content, output->text + from, n);
        event->warning = output->warning;
        if (!tell(cell, event, err))
            return false;
    }
    return true;
}

static bool put_clear(struct running *cell, struct err *err)
{
    struct event *event = output_event(cell, "clear_output");
    buf_text(&event->content, "{\"wait\":false}");
    return tell(cell, event, err);
}

static bool put_page(struct running *cell, const struct output *output, struct err *err)
{
    struct json_out out = json_out_to(&cell->pages);
    json_object(&out);
    json_key_text(&out, "source", "page");
    json_key(&out, "data");
    if (!display_page(&out, output->view, err))
        return false;
    json_key_int(&out, "start", 0);
    json_end(&out);
    buf_char(&cell->pages, ',');
    return !cell->pages.full ||
           err_set(err, ERR_TOO_LARGE,
                   "The pages of one cell may hold %d MiB; with this one they hold "
                   "more. Show fewer pages in one cell.",
                   PAGES_MIB);
}

static bool write_display(struct running *cell, const struct output *output,
                          struct json_out *out, struct err *err)
{
    switch (output->kind) {
    case OUTPUT_JSON:
        display_json(out, output->json);
        return true;
    case OUTPUT_VALUE:
        return display_value(out, output, err);
    default:
        return display_view(out, output->view, &cell->execute->stop, err);
    }
}

static void draw_id(char display[DISPLAY_ID_SIZE])
{
    unsigned char random[DISPLAY_ID_SIZE / 2];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(display, DISPLAY_ID_SIZE, random, sizeof random);
}

/* A picture that may be drawn again gets an id by which pages find it. */
static void make_findable(struct event *event, const struct output *output,
                          struct json_out *out)
{
    draw_id(event->display);
    display_transient(out, event->display);
    event->explorer = explorer_keep(output->explorer);
}

/* Controls follow the picture that they change. */
static bool put_controls(struct running *cell, const struct output *output,
                         const char *display, struct err *err)
{
    struct event *event = event_new(EVENT_EXPLORE, cell->job);
    buf_init(&event->content, DISPLAY_MOST);
    buf_text(&event->content, output->text);
    event->explorer = explorer_keep(output->explorer);
    strcpy(event->display, display);
    return tell(cell, event, err);
}

static bool put_explore(struct running *cell, const struct output *output,
                        struct err *err)
{
    char display[DISPLAY_ID_SIZE];
    struct event *event = output_event(cell, "display_data");
    struct json_out out = json_out_to(&event->content);
    draw_id(display);
    json_object(&out);
    if (!display_explored(&out, output->view, &cell->execute->stop, err)) {
        event_free(event);
        return false;
    }
    display_transient(&out, display);
    json_end(&out);
    return tell(cell, event, err) && put_controls(cell, output, display, err);
}

static bool put_display(struct running *cell, const struct output *output, bool result,
                        struct err *err)
{
    struct event *event =
        output_event(cell, result ? "execute_result" : "display_data");
    struct json_out out = json_out_to(&event->content);
    json_object(&out);
    if (result)
        json_key_int(&out, "execution_count", cell->job->count);
    bool good = write_display(cell, output, &out, err);
    if (good && output->explorer)
        make_findable(event, output, &out);
    if (good)
        json_end(&out);
    if (good && event->content.full)
        good = err_set(err, ERR_TOO_LARGE, "This answer is too large to be shown.");
    if (!good) {
        event_free(event);
        return false;
    }
    return tell(cell, event, err);
}

static bool put(void *context, const struct output *output, struct err *err)
{
    struct running *cell = context;
    bool result = output->kind == OUTPUT_VALUE && output->result;
    switch (output->kind) {
    case OUTPUT_STREAM:
        return put_stream(cell, output, err);
    case OUTPUT_CLEAR:
        return put_clear(cell, err);
    case OUTPUT_PAGE:
        return put_page(cell, output, err);
    case OUTPUT_EXPLORE:
        return put_explore(cell, output, err);
    default:
        break;
    }
    if (result && cell->job->ask.silent)
        return true;
    if (result) {
        free(cell->shown);
        cell->shown = mem_copy(output->text, output->length);
    }
    return put_display(cell, output, result, err);
}

/* ---- questions ---- */

/* Waits for the answer; the I/O thread always gives one, also when the cell is to stop.
 */
static bool await(struct execute *execute, struct buf *answer, struct err *err)
{
    struct reply *reply = worker_next(&execute->worker);
    if (!reply) {
        execute->ended = true;
        return interrupted(err);
    }
    bool answered = reply->text != NULL;
    if (answered)
        buf_add(answer, reply->text, reply->length);
    free(reply->text);
    free(reply);
    return answered || interrupted(err);
}

static bool ask(void *context, const char *prompt, struct buf *answer, struct err *err)
{
    struct running *cell = context;
    if (!cell->job->ask.may_ask)
        return err_set(err, ERR_NO_INPUT,
                       "This line asks you something, but the program that sent it "
                       "takes no answers (its allow_stdin is false).");
    fflush(stdout); /* what was printed stands before the question */
    struct event *event = event_new(EVENT_ASK, cell->job);
    buf_init(&event->content, DISPLAY_MOST);
    struct json_out out = json_out_to(&event->content);
    json_object(&out);
    json_key_text(&out, "prompt", prompt);
    json_key_bool(&out, "password", false);
    json_end(&out);
    if (event->content.full) {
        event_free(event);
        return err_set(err, ERR_TOO_LARGE, "This question is too large to be asked.");
    }
    return tell(cell, event, err) && await(cell->execute, answer, err);
}

/* ---- the reply ---- */

/* The message in red, then the line with its caret, one text a line. */
static void write_traceback(struct json_out *out, const struct job *job,
                            const struct err *err)
{
    struct arena arena = {0};
    const char *text = session_explain(job->ask.code, job->ask.length, err, &arena);
    json_key(out, "traceback");
    json_array(out);
    for (bool first = true; *text; first = false) {
        size_t length = strcspn(text, "\n");
        const char *line = arena_print(&arena, first ? "\x1b[31m%.*s\x1b[0m" : "%.*s",
                                       (int)length, text);
        json_text(out, line);
        text += length + (text[length] == '\n');
    }
    json_end(out);
    arena_free(&arena);
}

static void write_error(struct json_out *out, const struct job *job,
                        const struct err *err)
{
    struct arena arena = {0};
    json_key_text(out, "ename", err_name(err->code));
    json_key_text(out, "evalue", session_message(err, &arena));
    write_traceback(out, job, err);
    arena_free(&arena);
}

static void tell_error(struct running *cell, const struct err *err)
{
    struct event *event = output_event(cell, "error");
    struct json_out out = json_out_to(&event->content);
    json_object(&out);
    write_error(&out, cell->job, err);
    json_end(&out);
    worker_tell(&cell->execute->worker, event, NULL);
}

static void write_success(struct json_out *out, struct running *cell,
                          struct session *session)
{
    json_key(out, "user_expressions");
    expressions_write(out, cell->job->ask.expressions, session, &cell->execute->stop);
    json_key(out, "payload");
    json_array(out);
    if (cell->pages.length)
        json_raw(out, cell->pages.at, cell->pages.length - 1);
    json_end(out);
}

static void write_reply(struct buf *content, struct running *cell,
                        struct session *session, const struct err *err)
{
    struct json_out out = json_out_to(content);
    buf_clear(content);
    json_object(&out);
    json_key_text(&out, "status", err->code ? "error" : "ok");
    json_key_int(&out, "execution_count", cell->job->count);
    if (err->code)
        write_error(&out, cell->job, err);
    else
        write_success(&out, cell, session);
    json_end(&out);
}

static struct event *done_event(struct running *cell, struct session *session,
                                struct err *err)
{
    struct event *event = event_new(EVENT_DONE, cell->job);
    buf_init(&event->content, 2 * DISPLAY_MOST);
    write_reply(&event->content, cell, session, err);
    if (event->content.full && !err->code) {
        err_set(err, ERR_TOO_LARGE, "What this cell answers is too large to be sent.");
        tell_error(cell, err);
        write_reply(&event->content, cell, session, err);
    }
    event->failed = err->code != ERR_NONE;
    event->assist = session_assist(session);
    event->remember = session_keeps_history(session);
    event->shown = cell->shown;
    return event;
}

static void run(struct execute *execute, struct job *job, struct session *session)
{
    struct running cell = {.execute = execute, .job = job};
    const struct run how = {.sink = {&cell, put},
                            .stop = &execute->stop,
                            .asker = {&cell, ask},
                            .aside = job->ask.silent,
                            .place = job->message->cell};
    struct err err = {0};
    buf_init(&cell.pages, PAGES_MIB * 1024 * 1024);
    if (!session_run(session, job->ask.code, job->ask.length, &how, &err)) {
        err_set(&err, ERR_BUG, "This cell failed without saying why.");
        tell_error(&cell, &err);
    }
    fflush(stdout); /* what libraries have printed belongs to this cell */
    worker_tell(&execute->worker, done_event(&cell, session, &err), NULL);
    buf_free(&cell.pages);
}

static void *body(void *context)
{
    struct execute *execute = context;
    for (struct job *job; !execute->ended && (job = worker_next(&execute->worker));)
        run(execute, job, execute->session);
    session_free(execute->session);
    return NULL;
}

bool execute_start(struct execute *execute, void *zmq_context,
                   const struct execute *beside, struct err *err)
{
    execute->session = beside ? session_join(beside->session) : session_new();
    return worker_start(&execute->worker, zmq_context, STACK, body, execute, err);
}

void execute_give(struct execute *execute, struct job *job)
{
    atomic_store(&execute->stop, false);
    execute->job = job;
    job->lane = execute;
    worker_give(&execute->worker, job);
}

bool execute_read(struct job *job, struct err *err)
{
    struct cell_request *ask = &job->ask;
    const struct json_t *content = job->message->content;
    if (!json_in_text(content, "code", NULL, &ask->code, &ask->length, err) ||
        !json_in_bool(content, "silent", false, &ask->silent, err) ||
        !json_in_bool(content, "store_history", !ask->silent, &ask->store, err) ||
        !json_in_bool(content, "stop_on_error", true, &ask->stop_on_error, err) ||
        !json_in_bool(content, "allow_stdin", false, &ask->may_ask, err) ||
        !json_in_member(content, "user_expressions", &ask->expressions, err))
        return false;
    if (ask->silent)
        ask->store = false;
    return true;
}
