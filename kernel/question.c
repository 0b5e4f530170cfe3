#include "kernel/question.h"

#include <string.h>

#include "attn/base/mem.h"
#include "kernel/io.h"
#include "kernel/json_in.h"

/* Ends the waiting; `text` NULL: without an answer. */
static void give(struct io *io, const char *text, size_t length)
{
    struct reply *reply = mem_new(1, sizeof *reply);
    if (text)
        *reply = (struct reply){mem_copy(text, length), length};
    io->asking.job = NULL;
    worker_give(&io->execute.worker, reply);
}

void question_ask(struct io *io, struct event *event)
{
    struct channels *channels = &io->channels;
    io->asking.job = event->job;
    if (atomic_load(&io->stop)) {
        question_cancel(io);
        return;
    }
    channels_reply(channels, channels->stdin_,
                   &(struct outgoing){.type = "input_request",
                                      .parent = event->job->message,
                                      .content = &event->content});
    wire_last_id(&channels->wire, io->asking.id);
}

static bool same_frames(const struct message *a, const struct message *b)
{
    if (a->n_identities != b->n_identities)
        return false;
    for (size_t i = 0; i < a->n_identities; i++)
        if (a->identities[i].length != b->identities[i].length ||
            (a->identities[i].length && memcmp(a->identities[i].at, b->identities[i].at,
                                               a->identities[i].length) != 0))
            return false;
    return true;
}

void question_hear(struct io *io, const struct message *message)
{
    const struct question *asking = &io->asking;
    const char *value = NULL;
    size_t length = 0;
    struct err err = {0};
    if (!asking->job || message->fault.code ||
        strcmp(message->type, "input_reply") != 0 ||
        !same_frames(message, asking->job->message) ||
        (message->parent && *message->parent &&
         strcmp(message->parent, asking->id) != 0))
        return;
    if (json_in_text(message->content, "value", NULL, &value, &length, &err))
        give(io, value, length);
}

void question_cancel(struct io *io)
{
    if (io->asking.job)
        give(io, NULL, 0);
}
