#include "kernel/channels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "attn/base/json_out.h"
#include "attn/base/mem.h"
#include "attn/base/utf8.h"

enum {
    COUNTED = 4096,                  /* contents from here on count as unsent */
    SUBSCRIPTION_MOST = 256,         /* bytes of a topic that is welcomed */
    MESSAGE_MOST = 256 * 1024 * 1024 /* bytes of one frame */
};

/* ---- opening ---- */

static void set_int(void *socket, int option, int value)
{
    zmq_setsockopt(socket, option, &value, sizeof value);
}

static void *open_socket(struct channels *channels, int kind)
{
    int64_t most = MESSAGE_MOST;
    void *socket = zmq_socket(channels->context, kind);
    if (!socket)
        return NULL;
    set_int(socket, ZMQ_LINGER, CHANNELS_LINGER);
    set_int(socket, ZMQ_SNDHWM, 0);
    set_int(socket, ZMQ_RCVHWM, 0);
    zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &most, sizeof most);
    if (kind == ZMQ_XPUB)
        set_int(socket, ZMQ_XPUB_MANUAL, 1);
    else
        set_int(socket, ZMQ_ROUTER_HANDOVER, 1);
    return socket;
}

static bool listen_on(void *socket, const struct connection *connection,
                      enum connection_port port, struct err *err)
{
    if (!socket)
        return err_set(err, ERR_IO, "%s: %s", connection_port_name(port),
                       zmq_strerror(zmq_errno()));
    return connection_listen(connection, port, socket, err);
}

bool channels_open(struct channels *channels, const struct connection *connection,
                   struct err *err)
{
    *channels = (struct channels){.context = zmq_ctx_new()};
    wire_init(&channels->wire, connection->key, connection->key_length);
    channels->shell = open_socket(channels, ZMQ_ROUTER);
    channels->control = open_socket(channels, ZMQ_ROUTER);
    channels->stdin_ = open_socket(channels, ZMQ_ROUTER);
    channels->iopub = open_socket(channels, ZMQ_XPUB);
    /* The shell last: who is answered there has had time to subscribe. */
    return listen_on(channels->iopub, connection, PORT_IOPUB, err) &&
           listen_on(channels->stdin_, connection, PORT_STDIN, err) &&
           listen_on(channels->control, connection, PORT_CONTROL, err) &&
           listen_on(channels->shell, connection, PORT_SHELL, err);
}

void channels_close(struct channels *channels)
{
    void *sockets[] = {channels->shell, channels->control, channels->stdin_,
                       channels->iopub};
    for (size_t i = 0; i < sizeof sockets / sizeof *sockets; i++) {
        if (sockets[i])
            zmq_close(sockets[i]);
    }
    wire_free(&channels->wire);
}

/* ---- receiving ---- */

struct received {
    zmq_msg_t parts[CHANNELS_MAX_FRAMES];
    struct frame frames[CHANNELS_MAX_FRAMES];
    size_t n;
};

/* Takes one whole multipart message; false when none waits. */
static bool take_parts(struct received *received, void *socket)
{
    zmq_msg_t part;
    bool more = true;
    received->n = 0;
    while (more) {
        zmq_msg_init(&part);
        if (zmq_msg_recv(&part, socket, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close(&part);
            return received->n > 0;
        }
        more = zmq_msg_more(&part);
        if (received->n == CHANNELS_MAX_FRAMES) {
            zmq_msg_close(&part);
            continue;
        }
        zmq_msg_t *kept = &received->parts[received->n];
        zmq_msg_init(kept);
        zmq_msg_move(kept, &part);
        received->frames[received->n++] =
            (struct frame){zmq_msg_data(kept), zmq_msg_size(kept)};
    }
    return true;
}

struct message *channels_receive(struct channels *channels, void *socket, bool *empty,
                                 struct err *err)
{
    struct received received;
    *empty = !take_parts(&received, socket);
    if (*empty)
        return NULL;
    struct message *message =
        wire_decode(&channels->wire, received.frames, received.n, err);
    for (size_t i = 0; i < received.n; i++)
        zmq_msg_close(&received.parts[i]);
    return message;
}

/* ---- sending ---- */

/* A large content on its way; libzmq frees it when the last client has taken it. */
struct parcel {
    atomic_size_t *unsent;
    size_t length;
};

static void parcel_taken(void *bytes, void *hint)
{
    struct parcel *parcel = hint;
    atomic_fetch_sub(parcel->unsent, parcel->length);
    free(parcel);
    free(bytes);
}

static void send_more(void *socket, const void *at, size_t length)
{
    zmq_send(socket, at, length, ZMQ_SNDMORE);
}

static void send_content(struct channels *channels, void *socket, struct buf *content,
                         int more)
{
    if (content->length < COUNTED) {
        zmq_send(socket, content->at, content->length, more);
        buf_free(content);
        return;
    }
    zmq_msg_t part;
    struct parcel *parcel = mem_new(1, sizeof *parcel);
    *parcel = (struct parcel){&channels->unsent, content->length};
    atomic_fetch_add(&channels->unsent, content->length);
    zmq_msg_init_data(&part, content->at, content->length, parcel_taken, parcel);
    *content = (struct buf){0};
    if (zmq_msg_send(&part, socket, more) < 0)
        zmq_msg_close(&part);
}

/* Everything from the delimiter on. */
static void send_message(struct channels *channels, void *socket,
                         const struct outgoing *outgoing)
{
    char header[WIRE_HEADER_SIZE], signature[SIGN_HEX + 1];
    const char *metadata = outgoing->metadata ? outgoing->metadata : "{}";
    const struct frame none = {"{}", 2};
    const struct frame parts[SIGN_FRAMES] = {
        {header, wire_header(&channels->wire, outgoing->type, header)},
        outgoing->parent ? outgoing->parent->header : none,
        {metadata, strlen(metadata)},
        {outgoing->content->at, outgoing->content->length},
    };
    sign_hex(&channels->wire.sign, parts, signature);
    send_more(socket, WIRE_DELIMITER, strlen(WIRE_DELIMITER));
    send_more(socket, signature, strlen(signature));
    for (size_t i = 0; i + 1 < SIGN_FRAMES; i++)
        send_more(socket, parts[i].at, parts[i].length);
    size_t n = outgoing->n_buffers;
    send_content(channels, socket, outgoing->content, n ? ZMQ_SNDMORE : 0);
    for (size_t i = 0; i < n; i++)
        zmq_send(socket, outgoing->buffers[i].at, outgoing->buffers[i].length,
                 i + 1 < n ? ZMQ_SNDMORE : 0);
}

void channels_reply(struct channels *channels, void *socket,
                    const struct outgoing *outgoing)
{
    const struct message *to = outgoing->parent;
    for (size_t i = 0; i < to->n_identities; i++)
        send_more(socket, to->identities[i].at, to->identities[i].length);
    send_message(channels, socket, outgoing);
}

/* ---- subscriptions ---- */

static void welcome(struct channels *channels, const char *topic, size_t length)
{
    struct buf content;
    buf_init(&content, 8 * SUBSCRIPTION_MOST);
    struct json_out out = json_out_to(&content);
    json_object(&out);
    json_key(&out, "subscription");
    json_bytes(&out, topic, length);
    json_end(&out);
    send_more(channels->iopub, topic, length);
    send_message(channels, channels->iopub,
                 &(struct outgoing){.type = "iopub_welcome", .content = &content});
    channels->welcomed = true;
}

/* libzmq leaves it to us what a client hears from when on, and means the one whose
 * request was received last. Frames that are no request, which only a client that means
 * ill sends, put it ahead of what we read. So whoever is meant hears everything, as all
 * front ends ask for; one that asked for less sifts it at its own end. */
static void heed(struct channels *channels, const char *at, size_t length)
{
    zmq_setsockopt(channels->iopub, ZMQ_SUBSCRIBE, "", 0);
    if (length > 0 && at[0] == 1 && length <= SUBSCRIPTION_MOST &&
        utf8_valid(at + 1, length - 1))
        welcome(channels, at + 1, length - 1);
}

void channels_welcome(struct channels *channels)
{
    zmq_msg_t part;
    zmq_msg_init(&part);
    while (zmq_msg_recv(&part, channels->iopub, ZMQ_DONTWAIT) >= 0)
        heed(channels, zmq_msg_data(&part), zmq_msg_size(&part));
    zmq_msg_close(&part);
}

/* ---- publishing ---- */

void channels_publish(struct channels *channels, const struct outgoing *outgoing)
{
    char topic[WIRE_SESSION_SIZE + WIRE_TYPE_SIZE + 16];
    channels_welcome(channels); /* the first that a client hears is its welcome */
    int n = snprintf(topic, sizeof topic, "kernel.%s.%s", channels->wire.session,
                     outgoing->type);
    send_more(channels->iopub, topic, (size_t)n);
    send_message(channels, channels->iopub, outgoing);
}
