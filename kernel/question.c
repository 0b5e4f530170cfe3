#include "kernel/question.h"

#include <string.h>

#include "attn/base/mem.h"
#include "kernel/io.h"
#include "kernel/json_in.h"

/* Ends the waiting; `text` NULL: without an answer. */
static void give(struct question *asking, const char *text, size_t length)
{
    struct reply *reply = mem_new(1, sizeof *reply);
    struct execute *lane = asking->job->lane;
    if (text)
        *reply = (struct reply){mem_copy(text, length), length};
    asking->job = NULL;
    worker_give(&lane->worker, reply);
}

void question_ask(struct io *io, struct event *event)
{
    struct channels *channels = &io->channels;
    struct question *asking = &io->asking[event->job->lane - io->lanes];
    asking->job = event->job;
    if (atomic_load(&event->job->lane->stop)) {
        give(asking, NULL, 0);
        return;
    }
    channels_reply(channels, channels->stdin_,
                   &(struct outgoing){.type = "input_request",
                                      .parent = event->job->message,
                                      .content = &event->content});
    wire_last_id(&channels->wire, asking->id);
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

static bool is_answer(const struct question *asking, const struct message *message)
{
    return asking->job && same_frames(message, asking->job->message) &&
           (!message->parent || !*message->parent ||
            strcmp(message->parent, asking->id) == 0);
}

void question_hear(struct io *io, const struct message *message)
{
    const char *value = NULL;
    size_t length = 0, i = 0;
    struct err err = {0};
    if (message->fault.code || strcmp(message->type, "input_reply") != 0)
        return;
    while (i < IO_LANES && !is_answer(&io->asking[i], message))
        i++;
    if (i < IO_LANES &&
        json_in_text(message->content, "value", NULL, &value, &length, &err))
        give(&io->asking[i], value, length);
}

void question_cancel(struct io *io)
{
    for (size_t i = 0; i < IO_LANES; i++) {
        if (io->asking[i].job)
            give(&io->asking[i], NULL, 0);
    }
}
