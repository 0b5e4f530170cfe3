#include "kernel/dispatch.h"

#include <stdio.h>
#include <string.h>

#include "attn/base/mem.h"
#include "kernel/handlers.h"
#include "kernel/io.h"

enum { CONTENT_MOST = 256 * 1024 * 1024 };

void dispatch_status(struct io *io, const struct job *job, const char *state)
{
    struct buf content;
    buf_init(&content, 64);
    buf_print(&content, "{\"execution_state\":\"%s\"}", state);
    io_publish(io, job, "status", &content);
    if (strcmp(state, "idle") == 0) /* servers begin to count anew */
        pace_reset(&io->streams.pace, io_clock());
}

void dispatch_finish(struct io *io, struct job *job)
{
    dispatch_status(io, job, "idle");
    job_free(job);
}

/* A content that was cut is no JSON. */
static void say_too_large(struct buf *content)
{
    buf_clear(content);
    struct json_out out = json_out_to(content);
    job_error(&out, err_name(ERR_TOO_LARGE), "This answer is too large to be sent.");
    json_end(&out);
}

/* The reply's type is the request's; an unknown x_request gets an x_reply. */
void dispatch_reply(struct io *io, const struct job *job, const char *metadata,
                    struct buf *content)
{
    char type[WIRE_TYPE_SIZE];
    const char *request = job->message->type;
    size_t stem = strlen(request) - strlen("_request");
    if (content->full)
        say_too_large(content);
    snprintf(type, sizeof type, "%.*s_reply", (int)stem, request);
    const struct outgoing outgoing = {.type = job->handler ? job->handler->reply : type,
                                      .parent = job->message,
                                      .metadata = metadata,
                                      .content = content};
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
    dispatch_reply(io, job, NULL, &content);
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
        dispatch_reply(io, job, NULL, &content);
    else if (!good)
        refuse(io, job, err_name(err.code), err.text);
    buf_free(&content);
}

static void finish_now(struct io *io, struct job *job)
{
    dispatch_status(io, job, "busy");
    if (job->handler)
        answer_now(io, job);
    else
        refuse(io, job, "UnknownMessage", "This kernel does not know such a request.");
    if (!job->taken)
        dispatch_finish(io, job);
}

/* ---- jobs of a shell's queue ---- */

static void abort_job(struct io *io, struct job *job)
{
    struct buf content;
    buf_init(&content, 128);
    dispatch_status(io, job, "busy");
    buf_print(&content, "{\"status\":\"aborted\",\"execution_count\":%d}",
              job->shell->count);
    dispatch_reply(io, job, NULL, &content);
    dispatch_status(io, job, "idle");
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

static void start_cell(struct io *io, struct execute *lane, struct job *job)
{
    if (job->ask.store)
        job->shell->count++;
    job->count = job->shell->count;
    wire_date(job->started);
    if (!job->ask.silent)
        publish_input(io, job);
    explore_forget_cell(io, job);
    execute_give(lane, job);
}

/* Starts a job that nothing stands in the way of; `lane` is for a cell. False when it
 * ended at once. */
static bool start(struct io *io, struct execute *lane, struct job *job)
{
    struct err err = job->message->fault;
    dispatch_status(io, job, "busy");
    if (!err.code && job->handler->place == PLACE_SERVICE) {
        explore_make_way(io); /* a learner who types goes before a picture */
        service_give(&io->service, job, io->assist);
        io->assist = NULL;
        io->serving++;
        return true;
    }
    if (!err.code && execute_read(job, &err)) {
        start_cell(io, lane, job);
        return true;
    }
    refuse(io, job, err_name(err.code), err.text);
    dispatch_status(io, job, "idle");
    job_free(job);
    return false;
}

/* Does what can be done now of one shell's queue. */
static void step(struct io *io, struct shell *shell)
{
    while (shell->first && !shell->running && !io->leaving) {
        struct execute *lane = NULL;
        bool cell = shell->first->handler->place == PLACE_EXECUTION;
        if (cell && !shell->first->aborted && !(lane = io_lane(io, shell)))
            return;
        struct job *job = shell_pop(shell);
        if (cell && job->aborted)
            abort_job(io, job);
        else if (start(io, lane, job))
            shell->running = job;
    }
}

void dispatch_all(struct io *io)
{
    for (struct shell *shell = &io->shells.main; shell; shell = shell->next)
        step(io, shell);
    shells_sweep(&io->shells);
}

/* ---- what comes in ---- */

void dispatch_accept(struct io *io, void *socket, struct message *message)
{
    struct job *job = mem_new(1, sizeof *job);
    *job = (struct job){.message = message, .socket = socket};
    job->handler = handlers_find(message->type);
    struct shell *shell = shells_find(
        &io->shells, socket == io->channels.shell ? message->subshell : NULL);
    if (!shell) {
        dispatch_status(io, job, "busy");
        refuse(io, job, "UnknownSubshellError", "there is no such subshell");
        dispatch_status(io, job, "idle");
        job_free(job);
    } else if (!job->handler || job->handler->place == PLACE_NOW) {
        finish_now(io, job);
    } else {
        shell_push(shell, job);
    }
}
