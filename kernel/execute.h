/* execute.h - a thread that runs cells. The main shell has one of its own; subshells
 * share a few more, whose sessions are joined to the main one: a cell of a subshell
 * does not wait for the main shell's, and each line sees what the last line of either
 * left.
 *
 * Given jobs of execute_requests, it answers each with streams and outputs and, last,
 * EVENT_DONE with the reply. Its stop flag ends the running cell. A cell that asks
 * sends EVENT_ASK and waits until it is given a struct reply in place of a job. Depends
 * on lang/session, kernel/worker, job, display.
 */
#ifndef KERNEL_EXECUTE_H
#define KERNEL_EXECUTE_H

#include "kernel/job.h"
#include "kernel/worker.h"

struct execute {
    struct worker worker;
    struct session *session; /* the thread's own once it runs */
    bool ended;              /* the thread's own: there will be no more jobs */
    struct job *job;         /* the I/O thread's: what it runs; NULL: nothing */
    atomic_bool stop;        /* the running cell shall end */
};

/* Starts the thread with a session of its own, joined to that of `beside` unless this
 * is NULL. */
MUST_USE bool execute_start(struct execute *execute, void *zmq_context,
                            const struct execute *beside, struct err *err);
/* Gives it the next cell; it must have none. */
void execute_give(struct execute *execute, struct job *job);

/* Reads what an execute_request asks for into job->ask; *err names a wrong field. */
MUST_USE bool execute_read(struct job *job, struct err *err);

#endif
