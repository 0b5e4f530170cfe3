#include "kernel/heartbeat.h"

#include <stdint.h>
#include <string.h>
#include <zmq.h>

enum { STACK = 256 * 1024 };
enum { BEAT_MOST = 16 * 1024 * 1024 }; /* bytes that a stranger can make us hold */

/* Sends every frame straight back, identities included. False when all ends. */
static bool echo(void *socket)
{
    zmq_msg_t part;
    zmq_msg_init(&part);
    if (zmq_msg_recv(&part, socket, 0) < 0) {
        zmq_msg_close(&part);
        return zmq_errno() == EINTR;
    }
    bool more = zmq_msg_more(&part);
    if (zmq_msg_send(&part, socket, more ? ZMQ_SNDMORE : 0) < 0)
        zmq_msg_close(&part);
    return true;
}

static void *body(void *context)
{
    struct heartbeat *heartbeat = context;
    while (echo(heartbeat->socket))
        continue;
    zmq_close(heartbeat->socket);
    return NULL;
}

static bool listen_there(struct heartbeat *heartbeat,
                         const struct connection *connection, struct err *err)
{
    const int none = 0;
    const int64_t most = BEAT_MOST;
    heartbeat->context = zmq_ctx_new();
    heartbeat->socket = zmq_socket(heartbeat->context, ZMQ_ROUTER);
    if (!heartbeat->socket)
        return err_set(err, ERR_IO, "hb_port: %s", zmq_strerror(zmq_errno()));
    zmq_setsockopt(heartbeat->socket, ZMQ_LINGER, &none, sizeof none);
    zmq_setsockopt(heartbeat->socket, ZMQ_MAXMSGSIZE, &most, sizeof most);
    return connection_listen(connection, PORT_HB, heartbeat->socket, err);
}

bool heartbeat_start(struct heartbeat *heartbeat, const struct connection *connection,
                     struct err *err)
{
    pthread_attr_t attributes;
    *heartbeat = (struct heartbeat){0};
    if (!listen_there(heartbeat, connection, err))
        return false;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    int failed = pthread_create(&heartbeat->thread, &attributes, body, heartbeat);
    pthread_attr_destroy(&attributes);
    heartbeat->running = failed == 0;
    return failed == 0 ||
           err_set(err, ERR_IO, "cannot start a thread: %s", strerror(failed));
}

void heartbeat_stop(struct heartbeat *heartbeat)
{
    if (!heartbeat->context)
        return;
    zmq_ctx_shutdown(heartbeat->context);
    if (heartbeat->running)
        pthread_join(heartbeat->thread, NULL);
    else if (heartbeat->socket)
        zmq_close(heartbeat->socket);
    zmq_ctx_term(heartbeat->context);
}
