/* io.h - the I/O thread: it owns all sockets, answers what needs no interpreter, and
 * hands the rest to workers, so that it can always answer.
 *
 *     shell, control ─→ handlers ─→ at once
 *                           └→ queue of the shell ─→ a lane │ service ─→ reply
 *
 * Everything that leaves the process is written here. Workers share with it nothing but
 * what travels over their inproc sockets, and the stop flags.
 * Depends on kernel/channels, worker, job, shells, streams, capture.
 */
#ifndef KERNEL_IO_H
#define KERNEL_IO_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "kernel/capture.h"
#include "kernel/channels.h"
#include "kernel/comm.h"
#include "kernel/execute.h"
#include "kernel/explore.h"
#include "kernel/job.h"
#include "kernel/question.h"
#include "kernel/service.h"
#include "kernel/shells.h"
#include "kernel/streams.h"
#include "kernel/usage.h"

/* Cells that can run at a time: one of the main shell, the others of subshells. */
enum { IO_LANES = 4 };

struct io {
    const struct connection *connection;
    struct channels channels;
    struct execute lanes[IO_LANES]; /* [0] is the main shell's */
    size_t n_lanes;                 /* those that have been started */
    struct service service;
    struct shells shells;
    struct streams streams;
    struct capture capture;
    struct usage usage;
    struct comms comms;
    struct explores explores;
    struct question asking[IO_LANES]; /* of the cell of each lane */
    size_t serving;                   /* jobs that the service worker has */
    struct assist *assist; /* the newest, not yet given to the service worker */
    int logged;            /* lines in the log so far */
    bool announced;        /* `starting` has been said */
    bool leaving;
    int64_t leave_by;    /* ms of io_clock(): when a running cell is left behind */
    int signals, parent; /* file descriptors; -1: none */
};

/* Opens everything; *err says what failed. io_close() ends it in either case. */
MUST_USE bool io_open(struct io *io, const struct connection *connection,
                      struct err *err);
/* Serves until shutdown, SIGTERM, or the end of the parent. */
void io_run(struct io *io);
/* Waits for what is on its way out, but not for long. False when a worker would not
 * end: leave the process then without touching anything more. */
bool io_close(struct io *io);

/* ---- for handlers; a content that did not fit its buf is not published */
void io_publish(struct io *io, const struct job *job, const char *type,
                struct buf *content);
/* Publishes what carries more than a content. */
void io_send(struct io *io, const struct outgoing *outgoing);
/* Output waits while clients cannot take it, or a server would drop it; interrupted
 * cells are always heard. */
bool io_holding(struct io *io);
void io_interrupt(struct io *io);
/* The lane that can take a cell of `shell` now; NULL when it has to wait. Those of
 * subshells are started when they are first needed. */
struct execute *io_lane(struct io *io, const struct shell *shell);
void io_leave(struct io *io);

/* Milliseconds that only grow. */
int64_t io_clock(void);

#endif
