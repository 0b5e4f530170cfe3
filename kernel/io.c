#include "kernel/io.h"

#include <poll.h>
#include <stdio.h> /* dprintf */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#include "attn/base/mem.h"
#include "attn/lang/session.h"
#include "kernel/dispatch.h"
#include "kernel/watch.h"

enum {
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
        dprintf(CAPTURE_LOG, "attn-kernel: message dropped: %s\n", text);
    if (io->logged == LOGGED_MOST)
        dprintf(CAPTURE_LOG, "attn-kernel: further dropped messages are not logged\n");
    io->logged += io->logged <= LOGGED_MOST;
}

void io_send(struct io *io, const struct outgoing *outgoing)
{
    if (outgoing->content->full) { /* cut JSON helps nobody */
        buf_free(outgoing->content);
        return;
    }
    channels_publish(&io->channels, outgoing);
    pace_take(&io->streams.pace, PACE_MESSAGES, 1);
}

void io_publish(struct io *io, const struct job *job, const char *type,
                struct buf *content)
{
    io_send(io, &(struct outgoing){.type = type,
                                   .parent = job ? job->message : NULL,
                                   .content = content});
}

/* ---- lanes ---- */

/* A cell that runs, the main shell's first; NULL: none does. */
static const struct job *executing(const struct io *io)
{
    for (size_t i = 0; i < io->n_lanes; i++) {
        if (io->lanes[i].job)
            return io->lanes[i].job;
    }
    return NULL;
}

static bool start_lane(struct io *io, struct err *err)
{
    struct execute *lane = &io->lanes[io->n_lanes];
    const struct execute *beside = io->n_lanes ? &io->lanes[0] : NULL;
    if (!execute_start(lane, io->channels.context, beside, err))
        return false;
    io->n_lanes++;
    return true;
}

struct execute *io_lane(struct io *io, const struct shell *shell)
{
    struct err err = {0};
    if (shell == &io->shells.main)
        return io->lanes[0].job ? NULL : &io->lanes[0];
    for (size_t i = 1; i < io->n_lanes; i++) {
        if (!io->lanes[i].job)
            return &io->lanes[i];
    }
    if (io->n_lanes < IO_LANES && start_lane(io, &err))
        return &io->lanes[io->n_lanes - 1];
    return NULL;
}

static void stop_lanes(struct io *io)
{
    for (size_t i = 0; i < io->n_lanes; i++)
        atomic_store(&io->lanes[i].stop, true);
}

/* What libraries print is told as the running cell's, or as the last one's. */
static void take_printed(struct io *io, bool whole)
{
    const struct job *job = executing(io);
    capture_drain(&io->capture, &io->streams, job ? job->message : NULL, whole,
                  io_clock());
}

/* ---- what comes in ---- */

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
            dispatch_accept(io, socket, message);
        else
            log_line(io, err.text);
    }
}

/* An answer goes to the cell that has asked; whatever else comes on stdin is forgotten.
 */
static void take_stdin(struct io *io)
{
    for (bool empty = false; !empty;) {
        struct err err = {0};
        struct message *message =
            channels_receive(&io->channels, io->channels.stdin_, &empty, &err);
        if (message)
            question_hear(io, message);
        else if (!empty)
            log_line(io, err.text);
        wire_free_message(message);
    }
}

/* The request goes out after what was printed, and after old answers are forgotten. */
static void ask(struct io *io, struct event *event)
{
    take_printed(io, true);
    streams_flush(&io->streams, io_clock());
    take_stdin(io);
    question_ask(io, event);
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
    explore_interrupt(io);
    if (!executing(io))
        return;
    stop_lanes(io);
    question_cancel(io);
    for (struct shell *shell = &io->shells.main; shell; shell = shell->next)
        shell_abort(shell);
}

void io_leave(struct io *io)
{
    io->leaving = true;
    io->leave_by = io_clock() + LEAVE_MS;
    stop_lanes(io);
    question_cancel(io);
    explore_interrupt(io);
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
    explore_compare(io, job);
    if (event->failed && (job->ask.stop_on_error || atomic_load(&job->lane->stop)))
        abort_queued(io, job->shell);
    snprintf(metadata, sizeof metadata, "{\"started\":\"%s\"}", job->started);
    dispatch_reply(io, job, metadata, &event->content);
    dispatch_status(io, job, "idle");
    job->lane->job = NULL;
    capture_keep_parent(&io->capture, job->message);
    job->message = NULL;
}

static void job_done(struct io *io, struct event *event)
{
    struct job *job = event->job;
    struct shell *shell = job->shell;
    if (job->lane) {
        cell_done(io, event);
    } else {
        dispatch_reply(io, job, NULL, &event->content);
        dispatch_status(io, job, "idle");
        io->serving--;
    }
    shell->running = NULL;
    job_free(job);
}

static void show(struct io *io, struct event *event)
{
    io_publish(io, event->job, event->type, &event->content);
    if (event->explorer)
        explore_remember(io, event);
}

static void hear_event(struct io *io, struct event *event)
{
    keep_assist(io, event);
    if (event->kind == EVENT_STREAM) {
        streams_add(&io->streams, event->job->message, event->warning, &event->content,
                    io_clock());
        return;
    }
    if (event->kind == EVENT_DRAWN) {
        explore_drawn(io, event);
        return;
    }
    if (event->kind == EVENT_ASK) {
        ask(io, event);
        return;
    }
    if (event->job->lane)
        take_printed(io, event->kind == EVENT_DONE);
    streams_flush(&io->streams, io_clock());
    if (event->kind == EVENT_OUTPUT)
        show(io, event);
    else if (event->kind == EVENT_EXPLORE)
        explore_show(io, event);
    else
        job_done(io, event);
}

bool io_holding(struct io *io)
{
    for (size_t i = 0; i < io->n_lanes; i++) {
        if (io->lanes[i].job && atomic_load(&io->lanes[i].stop))
            return false;
    }
    return streams_full(&io->streams, io_clock());
}

static void hear(struct io *io, struct worker *worker)
{
    struct event *event;
    bool cell = worker != &io->service.worker;
    for (size_t i = 0; i < AT_ONCE && !(cell && io_holding(io)); i++) {
        if (!(event = worker_heard(worker)))
            return;
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
    ON_PRINTED, /* from here on not looked at while output must wait */
    ON_WARNED,
    ON_LANES,
    SOURCES = ON_LANES + IO_LANES
};

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

/* Said when somebody is there to hear it: published earlier, it would be lost, or reach
 * a client that is just coming before its welcome does. */
static void announce(struct io *io)
{
    io->announced = true;
    dispatch_status(io, NULL, "starting");
}

static void serve(struct io *io, const zmq_pollitem_t items[SOURCES])
{
    if (items[ON_SIGNAL].revents)
        watch_signals(io);
    if (items[ON_PARENT].revents)
        io_leave(io);
    if (items[ON_IOPUB].revents)
        channels_welcome(&io->channels);
    if (io->channels.welcomed && !io->announced)
        announce(io);
    if (items[ON_CONTROL].revents)
        take_in(io, io->channels.control, AT_ONCE);
    if (items[ON_PRINTED].revents || items[ON_WARNED].revents)
        take_printed(io, false);
    for (size_t i = 0; i < io->n_lanes; i++) {
        if (items[ON_LANES + i].revents)
            hear(io, &io->lanes[i].worker);
    }
    if (items[ON_SERVICE].revents)
        hear(io, &io->service.worker);
    if (items[ON_STDIN].revents)
        take_stdin(io);
    if (items[ON_SHELL].revents)
        take_in(io, io->channels.shell, AT_ONCE);
    dispatch_all(io);
    explore_step(io);
}

static bool is_over(const struct io *io)
{
    return io->leaving && (!executing(io) || io_clock() >= io->leave_by);
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
        [ON_PRINTED] = {NULL, io->capture.out.fd, ZMQ_POLLIN, 0},
        [ON_WARNED] = {NULL, io->capture.err.fd, ZMQ_POLLIN, 0},
    };
    while (!is_over(io)) {
        bool held = io_holding(io);
        int all = ON_LANES + (int)io->n_lanes;
        for (int i = ON_PRINTED; i < SOURCES; i++)
            items[i].revents = 0;
        for (int i = ON_LANES; i < all; i++)
            items[i] =
                (zmq_pollitem_t){io->lanes[i - ON_LANES].worker.near, 0, ZMQ_POLLIN, 0};
        if (zmq_poll(items, held ? ON_PRINTED : all, patience(io, held)) < 0)
            continue;
        serve(io, items);
    }
    take_printed(io, true);
    streams_flush(&io->streams, io_clock());
}

/* ---- opening and closing ---- */

static bool open_lanes(struct io *io, struct err *err)
{
    if (!start_lane(io, err))
        return false;
    io->assist = session_assist(io->lanes[0].session); /* it has no cell yet */
    return true;
}

static bool stop_workers(struct io *io)
{
    bool ended = true;
    for (size_t i = 0; i < io->n_lanes; i++)
        ended = worker_stop(&io->lanes[i].worker, io->lanes[i].job ? 0 : WORKER_MS) &&
                ended;
    return worker_stop(&io->service.worker, WORKER_MS) && ended;
}

bool io_open(struct io *io, const struct connection *connection, struct err *err)
{
    *io = (struct io){.connection = connection, .signals = -1, .parent = -1};
    streams_init(&io->streams, &io->channels, io_clock());
    comm_init(&io->comms);
    return channels_open(&io->channels, connection, err) && watch_open(io, err) &&
           open_lanes(io, err) &&
           service_start(&io->service, io->channels.context, err) &&
           capture_open(&io->capture, err);
}

bool io_close(struct io *io)
{
    stop_lanes(io);
    atomic_store(&io->explores.stop, true);
    bool ended = stop_workers(io);
    channels_close(&io->channels);
    if (!ended) {
        poll(NULL, 0, WORKER_MS); /* for what is on its way to clients */
        return false;
    }
    zmq_ctx_term(io->channels.context);
    shells_free(&io->shells);
    explore_free(&io->explores);
    comm_free(&io->comms);
    streams_free(&io->streams);
    capture_close(&io->capture);
    assist_free(io->assist);
    watch_close(io);
    return true;
}
