/* worker.h - a thread that is given jobs and gives back events, over a pair of inproc
 * sockets. What travels are pointers: whoever receives one owns it.
 *
 * Depends on libzmq, pthreads, kernel/job.
 */
#ifndef KERNEL_WORKER_H
#define KERNEL_WORKER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"

struct job;
struct assist;
struct explorer;

enum { DISPLAY_ID_SIZE = 33 };

struct worker {
    void *near; /* the I/O thread's socket */
    void *far;  /* the worker's own socket */
    pthread_t thread;
    bool running;
    /* Counted up before each sending and read after each receiving: libzmq orders the
     * two as well, but in ways that no race checker sees. */
    atomic_uint given, told;
};

enum event_kind {
    EVENT_STREAM,  /* text to standard output or error */
    EVENT_OUTPUT,  /* a whole iopub content */
    EVENT_EXPLORE, /* controls for the picture `display`; `content`: a text for consoles
                    */
    EVENT_ASK,   /* the content of an input_request; the worker waits for a struct reply
                  */
    EVENT_DRAWN, /* see kernel/drawing */
    EVENT_DONE,  /* the job's reply */
};

struct event {
    enum event_kind kind;
    struct job *job;    /* borrowed: it stays with the I/O thread */
    const char *type;   /* OUTPUT: its msg_type */
    struct buf content; /* OUTPUT, DONE, ASK: JSON; STREAM: the text itself */
    struct buf more;    /* DRAWN */
    bool failed;        /* DONE: the reply's status is error; DRAWN: it was stopped */
    bool warning;       /* STREAM: standard error */
    bool remember;      /* DONE: the learner keeps a history */
    struct assist *assist; /* DONE: a fresh one for the editor, or NULL */
    char *shown;           /* DONE: text of the cell's result for history, or NULL */
    struct explorer *explorer;     /* EXPLORE, OUTPUT: draws it again; owned, or NULL */
    char display[DISPLAY_ID_SIZE]; /* then: the display_id of the picture */
};

struct event *event_new(enum event_kind kind, struct job *job);
void event_free(struct event *event); /* NULL is allowed */

/* What the worker that has sent an EVENT_ASK is given: free() both. */
struct reply {
    char *text; /* NULL: there will be no answer, the cell is being stopped */
    size_t length;
};

/* Starts `body` with `stack` bytes of stack; it gets `context`. *err says why not. */
MUST_USE bool worker_start(struct worker *worker, void *zmq_context, size_t stack,
                           void *(*body)(void *), void *context, struct err *err);

/* Gives the worker a job and never waits; NULL tells it to end. */
void worker_give(struct worker *worker, void *job);

/* The worker's side: waits for the next job. */
void *worker_next(struct worker *worker);

/* The worker's side: hands an event over, waiting while too many are on their way.
 * False when *stop (may be NULL) is set meanwhile; the event is freed then. */
bool worker_tell(struct worker *worker, struct event *event, const atomic_bool *stop);

/* The I/O thread's side: the next event, or NULL when none waits. */
struct event *worker_heard(struct worker *worker);

/* Ends the worker. False when it has not ended within `ms`; its thread then goes on. */
bool worker_stop(struct worker *worker, int ms);

#endif
