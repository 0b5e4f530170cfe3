/* channels.h - the four sockets that carry messages, and sending and receiving on them.
 *
 * One thread uses a struct channels: the I/O thread. Nothing that is sent is ever
 * dropped: queues have no limit, and `unsent` tells how much the slowest client leaves
 * unread, so that whoever produces can be made to wait. Depends on libzmq, kernel/wire,
 * connection.
 */
#ifndef KERNEL_CHANNELS_H
#define KERNEL_CHANNELS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"
#include "kernel/connection.h"
#include "kernel/wire.h"

enum {
    CHANNELS_LINGER = 50,      /* ms that closing may wait for clients to read */
    CHANNELS_MAX_FRAMES = 256, /* of one message; what comes after is not looked at */
};

struct channels {
    void *context; /* also carries the inproc sockets of the workers */
    void *shell, *control, *stdin_, *iopub;
    struct wire wire;
    bool welcomed;        /* somebody has subscribed */
    atomic_size_t unsent; /* bytes of large contents that some client has not taken */
};

/* Listens; *err names the port that is taken. */
MUST_USE bool channels_open(struct channels *channels,
                            const struct connection *connection, struct err *err);
/* Closes the sockets; the context stays, for workers to close theirs. */
void channels_close(struct channels *channels);

/* The next message of a socket, or NULL: then *empty tells whether there was none, or
 * one that *err tells about. */
MUST_USE struct message *channels_receive(struct channels *channels, void *socket,
                                          bool *empty, struct err *err);

/* What is sent. `content` is JSON, and is taken: the sender's buf is empty afterwards.
 */
struct outgoing {
    const char *type;
    const struct message *parent; /* NULL: none */
    const char *metadata;         /* JSON, or NULL for {} */
    struct buf *content;
    const struct frame *buffers; /* [n_buffers], borrowed */
    size_t n_buffers;
};

/* To the client that sent `outgoing->parent`, on the socket it used. */
void channels_reply(struct channels *channels, void *socket,
                    const struct outgoing *outgoing);
/* To all clients. One that has just subscribed is welcomed before: the first that a
 * client hears is its welcome. */
void channels_publish(struct channels *channels, const struct outgoing *outgoing);

/* Lets the clients in whose subscriptions wait on iopub, each with an iopub_welcome. */
void channels_welcome(struct channels *channels);

#endif
