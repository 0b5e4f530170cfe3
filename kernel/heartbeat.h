/* heartbeat.h - echoes what comes on the heartbeat socket, on a thread and a ZeroMQ
 * context of its own, so that nothing can hold it up.
 *
 * Depends on libzmq, pthreads, kernel/connection.
 */
#ifndef KERNEL_HEARTBEAT_H
#define KERNEL_HEARTBEAT_H

#include <pthread.h>
#include <stdbool.h>

#include "attn/base/err.h"
#include "kernel/connection.h"

struct heartbeat {
    void *context, *socket;
    pthread_t thread;
    bool running;
};

MUST_USE bool heartbeat_start(struct heartbeat *heartbeat,
                              const struct connection *connection, struct err *err);
void heartbeat_stop(struct heartbeat *heartbeat);

#endif
