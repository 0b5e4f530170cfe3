/* wire.h - frames to message and message to frames. No sockets here.
 *
 * Protocol: jupyter_client docs/messaging.rst, "The Wire Protocol". A message is
 * checked before a byte of it is parsed: frame count, signature in constant time,
 * replay; only then JSON. Depends on kernel/sign, replay, json_in.
 */
#ifndef KERNEL_WIRE_H
#define KERNEL_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"
#include "kernel/replay.h"
#include "kernel/sign.h"

/* The one protocol version: headers, kernel_info_reply and kernel.json. */
#define WIRE_PROTOCOL  "5.5"
#define WIRE_DELIMITER "<IDS|MSG>"

struct json_t;

enum {
    WIRE_MAX_IDENTITIES = 16,
    WIRE_TYPE_SIZE = 64, /* a longer msg_type is known to nobody */
    WIRE_SESSION_SIZE = 37,
    WIRE_HEADER_SIZE = 512,
    WIRE_ID_SIZE = 64,                    /* of our own msg_ids */
    WIRE_BUFFERS_MOST = 16 * 1024 * 1024, /* bytes in the buffers of one message */
};

struct wire {
    struct sign sign;
    struct replay *replay; /* owned; NULL without a key */
    char session[WIRE_SESSION_SIZE];
    uint64_t serial; /* of the last header written */
};

/* A request that was rightly signed. */
struct message {
    struct frame *identities; /* where the reply goes */
    size_t n_identities;
    struct frame header; /* its JSON text, valid UTF-8: the parent_header of replies */
    char type[WIRE_TYPE_SIZE]; /* "" when it is no text or too long */
    const char *id;            /* msg_id, or ""; in `fields` */
    const char *subshell;      /* subshell_id or NULL; in `fields` */
    char *parent;              /* the parent_header's msg_id, or NULL; owned */
    char *cell;                /* cellId of the metadata, or NULL; owned */
    struct json_t *fields;     /* the header, parsed */
    struct json_t *content;    /* NULL when `fault` is set */
    struct err fault;          /* what is wrong with metadata or content */
    char *memory;              /* holds identities and header */
    struct frame *buffers;     /* [n_buffers] binary parts, unsigned; owned in one */
    size_t n_buffers;
};

void wire_init(struct wire *wire, const char *key, size_t key_length);
void wire_free(struct wire *wire);

/* The message in `n` frames, or NULL with *err set: what is unsigned, replayed, or has
 * no header to answer to. It has no effect then but the line that the caller may log.
 */
MUST_USE struct message *wire_decode(struct wire *wire, const struct frame *frames,
                                     size_t n, struct err *err);
void wire_free_message(struct message *message); /* NULL is allowed */

/* Writes a fresh header of `type` into `header`; returns its length. */
size_t wire_header(struct wire *wire, const char *type, char header[WIRE_HEADER_SIZE]);

/* The msg_id of the header that was written last. */
void wire_last_id(const struct wire *wire, char id[WIRE_ID_SIZE]);

/* Now as the protocol writes it: 2026-01-31T12:00:00.123456Z. */
void wire_date(char date[32]);

#endif
