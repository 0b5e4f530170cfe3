/* pthread_timedjoin_np: a worker that does not end must not hold up the exit. */
#define _GNU_SOURCE

#include "kernel/worker.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#include "attn/base/mem.h"
#include "attn/lang/session.h"

/* Events on their way, each end; and how often a waiting worker looks at its stop
 * flag. */
enum { QUEUE = 64, LOOK_MS = 5 };

struct event *event_new(enum event_kind kind, struct job *job)
{
    struct event *event = mem_new(1, sizeof *event);
    event->kind = kind;
    event->job = job;
    return event;
}

void event_free(struct event *event)
{
    if (!event)
        return;
    buf_free(&event->content);
    buf_free(&event->more);
    explorer_drop(event->explorer);
    assist_free(event->assist);
    free(event->shown);
    free(event);
}

/* A limit of 0 is none. */
static void *open_end(void *zmq_context, int send_limit, int receive_limit)
{
    void *socket = zmq_socket(zmq_context, ZMQ_PAIR);
    int linger = 0;
    if (!socket)
        return NULL;
    zmq_setsockopt(socket, ZMQ_SNDHWM, &send_limit, sizeof send_limit);
    zmq_setsockopt(socket, ZMQ_RCVHWM, &receive_limit, sizeof receive_limit);
    zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
    return socket;
}

bool worker_start(struct worker *worker, void *zmq_context, size_t stack,
                  void *(*body)(void *), void *context, struct err *err)
{
    char name[64];
    pthread_attr_t attributes;
    snprintf(name, sizeof name, "inproc://worker-%p", (void *)worker);
    worker->near = open_end(zmq_context, 0, QUEUE); /* giving must never wait */
    worker->far = open_end(zmq_context, QUEUE, 0);
    if (!worker->near || !worker->far || zmq_bind(worker->near, name) != 0 ||
        zmq_connect(worker->far, name) != 0)
        return err_set(err, ERR_IO, "cannot open %s: %s", name,
                       zmq_strerror(zmq_errno()));
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    int failed = pthread_create(&worker->thread, &attributes, body, context);
    pthread_attr_destroy(&attributes);
    worker->running = failed == 0;
    return failed == 0 ||
           err_set(err, ERR_IO, "cannot start a thread: %s", strerror(failed));
}

void worker_give(struct worker *worker, void *job)
{
    atomic_fetch_add(&worker->given, 1);
    zmq_send(worker->near, &job, sizeof job, ZMQ_DONTWAIT);
}

void *worker_next(struct worker *worker)
{
    void *job = NULL;
    while (zmq_recv(worker->far, &job, sizeof job, 0) < 0) {
        if (zmq_errno() != EINTR)
            return NULL;
    }
    (void)atomic_load(&worker->given);
    return job;
}

bool worker_tell(struct worker *worker, struct event *event, const atomic_bool *stop)
{
    zmq_pollitem_t item = {.socket = worker->far, .events = ZMQ_POLLOUT};
    atomic_fetch_add(&worker->told, 1);
    while (zmq_send(worker->far, &event, sizeof event, ZMQ_DONTWAIT) < 0) {
        bool stopped = stop && atomic_load(stop);
        if (stopped || (zmq_errno() != EAGAIN && zmq_errno() != EINTR)) {
            event_free(event);
            return false;
        }
        zmq_poll(&item, 1, LOOK_MS);
    }
    return true;
}

struct event *worker_heard(struct worker *worker)
{
    struct event *event = NULL;
    if (zmq_recv(worker->near, &event, sizeof event, ZMQ_DONTWAIT) < 0)
        return NULL;
    (void)atomic_load(&worker->told);
    return event;
}

bool worker_stop(struct worker *worker, int ms)
{
    struct timespec until;
    bool ended = true;
    if (worker->running) {
        worker_give(worker, NULL);
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += ms * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        ended = pthread_timedjoin_np(worker->thread, NULL, &until) == 0;
    }
    if (!ended)
        return false;
    for (struct event *event; worker->near && (event = worker_heard(worker));)
        event_free(event);
    if (worker->near)
        zmq_close(worker->near);
    if (worker->far)
        zmq_close(worker->far);
    worker->near = worker->far = NULL;
    worker->running = false;
    return true;
}
