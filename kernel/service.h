/* service.h - the service thread: completion, inspection, is_complete and history, on a
 * frozen copy of the session, and pictures whose controls are moved; so that they can
 * answer while a cell runs.
 *
 * Depends on kernel/worker, job, history, drawing, lang/session.
 */
#ifndef KERNEL_SERVICE_H
#define KERNEL_SERVICE_H

#include "kernel/drawing.h"
#include "kernel/history.h"
#include "kernel/job.h"
#include "kernel/worker.h"

struct service {
    struct worker worker;
    struct assist *assist; /* owned by the service thread once it runs */
    struct history *history;
};

/* What the service thread is given. */
struct task {
    struct job *job;         /* to be answered; NULL: a cell to be remembered */
    struct assist *assist;   /* a newer copy of the session, or NULL */
    struct remembered *cell; /* owned */
    struct drawing *drawing; /* owned */
};

MUST_USE bool service_start(struct service *service, void *zmq_context,
                            struct err *err);
/* Has `job` answered by its handler's `serve`; `assist` (may be NULL) is taken. */
void service_give(struct service *service, struct job *job, struct assist *assist);
/* Has a picture drawn: EVENT_DRAWN comes of it. `drawing` is taken. */
void service_draw(struct service *service, struct drawing *drawing);
/* Adds a cell to history; taken. */
void service_remember(struct service *service, struct remembered *cell);

#endif
