/* question.h - the stdin channel, on which a running cell asks the client that sent it.
 *
 * Protocol: jupyter_client docs/messaging.rst, "Messages on the stdin (ROUTER/DEALER)
 * channel". An answer is one to our request: of the client that was asked, and with the
 * request as its parent, or (jupyter_client sends none) without a parent; and it has
 * come after the request was sent. Cells of several shells may ask at a time; an answer
 * without a parent is the main shell's first. Functions of the I/O thread. Depends on
 * kernel/io.
 */
#ifndef KERNEL_QUESTION_H
#define KERNEL_QUESTION_H

#include "kernel/wire.h"

struct event;
struct io;
struct job;

struct question {
    const struct job *job; /* whose cell waits; NULL: none does */
    char id[WIRE_ID_SIZE]; /* msg_id of the input_request */
};

/* Sends the input_request of an EVENT_ASK; nothing when the cell shall stop. */
void question_ask(struct io *io, struct event *event);
/* What came on stdin; it stays the caller's. */
void question_hear(struct io *io, const struct message *message);
/* There will be no answer. */
void question_cancel(struct io *io);

#endif
