#include "kernel/io.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#include "attn/base/mem.h"
#include "attn/lang/session.h"
#include "kernel/handlers.h"
#include "kernel/watch.h"

enum {
    CONTENT_MOST = 256 * 1024 * 1024,
    AT_ONCE = 100, /* messages of one socket before the others are looked at */
    LOGGED_MOST = 100,
    LEAVE_MS = 40, /* how long a running cell may take to notice that all ends */
    WORKER_MS = 20,
    HOLDING_MS = 5, /* how often a slow client is looked at while output waits for it */
};

int64_t io_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* A client can make us log; it cannot make us fill a disk or a pipe that nobody reads.
 */
static void log_line(struct io *io, const char *text)
{
    if (io->logged < LOGGED_MOST)
        fprintf(stderr, "attn-kernel: message dropped: %s\n", text);
    if (io->logged == LOGGED_MOST)
        fputs("attn-kernel: further dropped messages are not logged\n", stderr);
    io->logged += io->logged <= LOGGED_MOST;
}

/* ---- what goes out ---- */

void io_publish(struct io *io, const struct job *job, const char *type,
                struct buf *content)
{
    const struct outgoing outgoing = {
        .type = type, .parent = job ? job->message : NULL, .content = content};
    channels_publish(&io->channels, &outgoing);
}

static void publish_status(struct io *io, const struct job *job, const char *state)
{
    struct buf content;
    buf_init(&content, 64);
    buf_print(&content, "{\"execution_state\":\"%s\"}", state);
    io_publish(io, job, "status", &content);
}

/* The reply's type is the request's; an unknown x_request gets an x_reply. */
static void reply(struct io *io, const struct job *job, const char *metadata,
                  struct buf *content)
{
    char type[WIRE_TYPE_SIZE];
    const char *request = job->message->type;
    size_t stem = strlen(request) - strlen("_request");
    snprintf(type, sizeof type, "%.*s_reply", (int)stem, request);
    const struct outgoing outgoing = {job->handler ? job->handler->reply : type,
                                      job->message, metadata, content};
    channels_reply(&io->channels, job->socket, &outgoing);
}

/* True for a type that wants a reply, known or not. Replies carry their type in JSON,
 * so only plain names are answered. */
static bool wants_reply(const struct job *job)
{
    const char *type = job->message->type, *end = strstr(type, "_request");
    if (job->handler)
        return job->handler->reply != NULL;
    return end && end > type && strcmp(end, "_request") == 0 &&
           strspn(type, "abcdefghijklmnopqrstuvwxyz"
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == strlen(type);
}

/* Ends a job with an error reply, if it wants one at all. */
static void refuse(struct io *io, struct job *job, const char *name, const char *text)
{
    struct buf content;
    if (!wants_reply(job))
        return;
    buf_init(&content, CONTENT_MOST);
    struct json_out out = json_out_to(&content);
    job_error(&out, name, text);
    if (job->handler && job->handler->place == PLACE_EXECUTION)
        json_key_int(&out, "execution_count", job->shell ? job->shell->count : 0);
    json_end(&out);
    reply(io, job, NULL, &content);
}

/* ---- jobs that end at once ---- */

static void answer_now(struct io *io, struct job *job)
{
    struct buf content;
    struct err err = job->message->fault;
    buf_init(&content, CONTENT_MOST);
    struct json_out out = json_out_to(&content);
    bool good = !err.code && job->handler->now(io, job, &out, &err);
    if (good && job->handler->reply)
        reply(io, job, NULL, &content);
    else if (!good)
        refuse(io, job, err_name(err.code), err.text);
    buf_free(&content);
}

static void finish_now(struct io *io, struct job *job)
{
    publish_status(io, job, "busy");
    if (job->handler)
        answer_now(io, job);
    else
        refuse(io, job, "UnknownMessage", "This kernel does not know such a request.");
    publish_status(io, job, "idle");
    job_free(job);
}

/* ---- jobs of a shell's queue ---- */

static void abort_job(struct io *io, struct job *job)
{
    struct buf content;
    buf_init(&content, 128);
    publish_status(io, job, "busy");
    buf_print(&content, "{\"status\":\"aborted\",\"execution_count\":%d}",
              job->shell->count);
    reply(io, job, NULL, &content);
    publish_status(io, job, "idle");
    job_free(job);
}

static void publish_input(struct io *io, const struct job *job)
{
    struct buf content;
    buf_init(&content, CONTENT_MOST);
    struct json_out out = json_out_to(&content);
    json_object(&out);
    json_key(&out, "code");
    json_bytes(&out, job->ask.code, job->ask.length);
    json_key_int(&out, "execution_count", job->count);
    json_end(&out);
    io_publish(io, job, "execute_input", &content);
}

static void start_cell(struct io *io, struct job *job)
{
    if (job->ask.store)
        job->shell->count++;
    job->count = job->shell->count;
    wire_date(job->started);
    if (!job->ask.silent)
        publish_input(io, job);
    atomic_store(&io->stop, false);
    io->executing = job;
    worker_give(&io->execute.worker, job);
}

/* Starts a job that nothing stands in the way of. False when it ended at once. */
static bool start(struct io *io, struct job *job)
{
    struct err err = job->message->fault;
    publish_status(io, job, "busy");
    if (!err.code && job->handler->place == PLACE_SERVICE) {
        service_give(&io->service, job, io->assist);
        io->assist = NULL;
        io->serving++;
        return true;
    }
    if (!err.code && execute_read(job, &err)) {
        start_cell(io, job);
        return true;
    }
    refuse(io, job, err_name(err.code), err.text);
    publish_status(io, job, "idle");
    job_free(job);
    return false;
}

/* Does what can be done now of one shell's queue. */
static void step(struct io *io, struct shell *shell)
{
    while (shell->first && !shell->running && io->ready && !io->leaving) {
        bool cell = shell->first->handler->place == PLACE_EXECUTION;
        if (cell && !shell->first->aborted && io->executing)
            return;
        struct job *job = shell_pop(shell);
        if (cell && job->aborted)
            abort_job(io, job);
        else if (start(io, job))
            shell->running = job;
    }
}

static void step_all(struct io *io)
{
    for (struct shell *shell = &io->shells.main; shell; shell = shell->next)
        step(io, shell);
    shells_sweep(&io->shells);
}

/* ---- what comes in ---- */

static void accept(struct io *io, void *socket, struct message *message)
{
    struct job *job = mem_new(1, sizeof *job);
    *job = (struct job){.message = message, .socket = socket};
    job->handler = handlers_find(message->type);
    struct shell *shell = shells_find(
        &io->shells, socket == io->channels.shell ? message->subshell : NULL);
    if (!shell) {
        publish_status(io, job, "busy");
        refuse(io, job, "UnknownSubshellError", "there is no such subshell");
        publish_status(io, job, "idle");
        job_free(job);
    } else if (!job->handler || job->handler->place == PLACE_NOW) {
        finish_now(io, job);
    } else {
        shell_push(shell, job);
    }
}

/* Takes up to `most` messages of a socket in. */
static void take_in(struct io *io, void *socket, size_t most)
{
    for (size_t i = 0; i < most && !io->leaving; i++) {
        bool empty = false;
        struct err err = {0};
        struct message *message = channels_receive(&io->channels, socket, &empty, &err);
        if (empty)
            return;
        if (message)
            accept(io, socket, message);
        else
            log_line(io, err.text);
    }
}

/* Nobody waits for input, so what comes on stdin is only looked at and forgotten. */
static void take_stdin(struct io *io)
{
    for (bool empty = false; !empty;) {
        struct err err = {0};
        struct message *message =
            channels_receive(&io->channels, io->channels.stdin_, &empty, &err);
        if (!message && !empty)
            log_line(io, err.text);
        wire_free_message(message);
    }
}

/* Everything that was sent before now counts as queued; so this comes before the reply,
 * which a client may answer with its next cell. */
static void abort_queued(struct io *io, struct shell *shell)
{
    take_in(io, io->channels.shell, SIZE_MAX);
    shell_abort(shell);
}

void io_interrupt(struct io *io)
{
    if (!io->executing)
        return;
    atomic_store(&io->stop, true);
    for (struct shell *shell = &io->shells.main; shell; shell = shell->next)
        shell_abort(shell);
}

void io_leave(struct io *io)
{
    io->leaving = true;
    io->leave_by = io_clock() + LEAVE_MS;
    atomic_store(&io->stop, true);
}

/* ---- what workers say ---- */

static void keep_assist(struct io *io, struct event *event)
{
    if (!event->assist)
        return;
    assist_free(io->assist);
    io->assist = event->assist;
    event->assist = NULL;
}

static void remember(struct io *io, const struct job *job, struct event *event)
{
    if (!job->ask.store || !event->remember || job->shell != &io->shells.main)
        return;
    struct remembered *cell =
        remembered_new(job->count, job->ask.code, job->ask.length);
    cell->output = event->shown;
    event->shown = NULL;
    service_remember(&io->service, cell);
}

static void cell_done(struct io *io, struct event *event)
{
    char metadata[64];
    struct job *job = event->job;
    remember(io, job, event);
    if (event->failed && (job->ask.stop_on_error || atomic_load(&io->stop)))
        abort_queued(io, job->shell);
    snprintf(metadata, sizeof metadata, "{\"started\":\"%s\"}", job->started);
    reply(io, job, metadata, &event->content);
    publish_status(io, job, "idle");
    io->executing = NULL;
}

static void job_done(struct io *io, struct event *event)
{
    struct job *job = event->job;
    struct shell *shell = job->shell;
    if (job == io->executing) {
        cell_done(io, event);
    } else {
        reply(io, job, NULL, &event->content);
        publish_status(io, job, "idle");
        io->serving--;
    }
    shell->running = NULL;
    job_free(job);
}

static void hear_event(struct io *io, struct event *event)
{
    keep_assist(io, event);
    if (event->kind == EVENT_STREAM) {
        streams_add(&io->streams, event->job, event->warning, &event->content,
                    io_clock());
        return;
    }
    streams_flush(&io->streams, io_clock());
    if (event->kind == EVENT_READY)
        io->ready = true;
    else if (event->kind == EVENT_OUTPUT)
        io_publish(io, event->job, event->type, &event->content);
    else
        job_done(io, event);
}

static void hear(struct io *io, struct worker *worker)
{
    struct event *event;
    for (size_t i = 0; i < AT_ONCE && (event = worker_heard(worker)); i++) {
        hear_event(io, event);
        event_free(event);
    }
}

/* ---- the loop ---- */

enum {
    ON_CONTROL,
    ON_SHELL,
    ON_STDIN,
    ON_IOPUB,
    ON_SERVICE,
    ON_SIGNAL,
    ON_PARENT,
    ON_EXECUTION,
    SOURCES
};

/* Output waits while clients cannot take it; an interrupted cell is always heard. */
static bool holding(struct io *io)
{
    return streams_full(&io->streams, io_clock()) && !atomic_load(&io->stop);
}

static int patience(struct io *io, bool held)
{
    int64_t now = io_clock();
    int wait = streams_tick(&io->streams, now);
    if (held && (wait < 0 || wait > HOLDING_MS))
        wait = HOLDING_MS;
    if (io->leaving) {
        int left = io->leave_by > now ? (int)(io->leave_by - now) : 0;
        wait = wait < 0 || left < wait ? left : wait;
    }
    return wait;
}

static void serve(struct io *io, const zmq_pollitem_t items[SOURCES])
{
    if (items[ON_SIGNAL].revents)
        watch_signals(io);
    if (items[ON_PARENT].revents)
        io_leave(io);
    if (items[ON_IOPUB].revents)
        channels_welcome(&io->channels);
    if (items[ON_CONTROL].revents)
        take_in(io, io->channels.control, AT_ONCE);
    if (items[ON_EXECUTION].revents)
        hear(io, &io->execute.worker);
    if (items[ON_SERVICE].revents)
        hear(io, &io->service.worker);
    if (items[ON_STDIN].revents)
        take_stdin(io);
    if (items[ON_SHELL].revents)
        take_in(io, io->channels.shell, AT_ONCE);
    step_all(io);
}

static bool is_over(const struct io *io)
{
    return io->leaving && (!io->executing || io_clock() >= io->leave_by);
}

void io_run(struct io *io)
{
    zmq_pollitem_t items[SOURCES] = {
        [ON_CONTROL] = {io->channels.control, 0, ZMQ_POLLIN, 0},
        [ON_SHELL] = {io->channels.shell, 0, ZMQ_POLLIN, 0},
        [ON_STDIN] = {io->channels.stdin_, 0, ZMQ_POLLIN, 0},
        [ON_IOPUB] = {io->channels.iopub, 0, ZMQ_POLLIN, 0},
        [ON_SERVICE] = {io->service.worker.near, 0, ZMQ_POLLIN, 0},
        [ON_SIGNAL] = {NULL, io->signals, ZMQ_POLLIN, 0},
        [ON_PARENT] = {NULL, io->parent, io->parent < 0 ? 0 : ZMQ_POLLIN, 0},
        [ON_EXECUTION] = {io->execute.worker.near, 0, ZMQ_POLLIN, 0},
    };
    publish_status(io, NULL, "starting");
    while (!is_over(io)) {
        bool held = holding(io);
        items[ON_EXECUTION].revents = 0; /* not looked at while held */
        if (zmq_poll(items, held ? SOURCES - 1 : SOURCES, patience(io, held)) < 0)
            continue;
        serve(io, items);
    }
    streams_flush(&io->streams, io_clock());
}

/* ---- opening and closing ---- */

bool io_open(struct io *io, const struct connection *connection, struct err *err)
{
    *io = (struct io){.connection = connection, .signals = -1, .parent = -1};
    streams_init(&io->streams, &io->channels);
    return channels_open(&io->channels, connection, err) && watch_open(io, err) &&
           execute_start(&io->execute, io->channels.context, &io->stop, err) &&
           service_start(&io->service, io->channels.context, err);
}

bool io_close(struct io *io)
{
    atomic_store(&io->stop, true);
    bool ended = worker_stop(&io->execute.worker, io->executing ? 0 : WORKER_MS);
    ended = worker_stop(&io->service.worker, WORKER_MS) && ended;
    channels_close(&io->channels);
    if (!ended) {
        poll(NULL, 0, WORKER_MS); /* for what is on its way to clients */
        return false;
    }
    zmq_ctx_term(io->channels.context);
    shells_free(&io->shells);
    streams_free(&io->streams);
    assist_free(io->assist);
    watch_close(io);
    return true;
}
