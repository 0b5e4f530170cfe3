/* execute.h - the execution thread: it alone runs cells in the session.
 *
 * Given jobs of execute_requests, it answers each with streams and outputs and, last,
 * EVENT_DONE with the reply. The stop flag ends a running cell. A cell that asks sends
 * EVENT_ASK and waits until it is given a struct reply in place of a job.
 * Depends on lang/session, kernel/worker, job, display.
 */
#ifndef KERNEL_EXECUTE_H
#define KERNEL_EXECUTE_H

#include "kernel/job.h"
#include "kernel/worker.h"

struct execute {
    struct worker worker;
    const atomic_bool *stop; /* borrowed from the I/O thread */
    bool ended;              /* the thread's own: there will be no more jobs */
};

MUST_USE bool execute_start(struct execute *execute, void *zmq_context,
                            const atomic_bool *stop, struct err *err);

/* Reads what an execute_request asks for into job->ask; *err names a wrong field. */
MUST_USE bool execute_read(struct job *job, struct err *err);

#endif
