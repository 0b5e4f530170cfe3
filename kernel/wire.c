#include "kernel/wire.h"

#include <inttypes.h>
#include <sodium/core.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "attn/base/mem.h"
#include "kernel/json_in.h"

/* Where the frames stand after the delimiter. */
enum { AT_SIGNATURE = 1, AT_HEADER, AT_PARENT, AT_METADATA, AT_CONTENT, AT_BUFFERS };

enum { WIRE_WORD_SIZE = 256 }; /* a longer id is nobody's */

void wire_init(struct wire *wire, const char *key, size_t key_length)
{
    unsigned char random[16];
    char hex[33];
    sign_init(&wire->sign, key, key_length);
    wire->replay = key_length ? replay_new() : NULL;
    wire->serial = 0;
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hex, sizeof hex, random, sizeof random);
    snprintf(wire->session, sizeof wire->session, "%.8s-%.4s-%.4s-%.4s-%.12s", hex,
             hex + 8, hex + 12, hex + 16, hex + 20);
}

void wire_free(struct wire *wire)
{
    replay_free(wire->replay);
}

static bool is_delimiter(struct frame frame)
{
    return frame.length == strlen(WIRE_DELIMITER) &&
           memcmp(frame.at, WIRE_DELIMITER, frame.length) == 0;
}

/* Finds the delimiter behind at most WIRE_MAX_IDENTITIES frames, with room for a whole
 * message after it. */
static bool find_delimiter(const struct frame *frames, size_t n, size_t *at,
                           struct err *err)
{
    size_t i = 0;
    while (i < n && i <= WIRE_MAX_IDENTITIES && !is_delimiter(frames[i]))
        i++;
    if (i >= n || i > WIRE_MAX_IDENTITIES)
        return err_set(err, ERR_BAD_VALUE, "no delimiter in %zu frames", n);
    if (n - i < AT_BUFFERS)
        return err_set(err, ERR_BAD_VALUE, "only %zu frames after the delimiter",
                       n - i - 1);
    *at = i;
    return true;
}

static bool authentic(struct wire *wire, const struct frame *message, struct err *err)
{
    unsigned char mac[SIGN_BYTES];
    if (!sign_check(&wire->sign, message + AT_HEADER, message[AT_SIGNATURE], mac))
        return err_set(err, ERR_BAD_VALUE, "wrong signature");
    if (wire->replay && !replay_accept(wire->replay, mac))
        return err_set(err, ERR_BAD_VALUE, "sent before");
    return true;
}

/* Keeps what outlives the frames: the identities and the header's text. */
static void keep(struct message *message, const struct frame *frames, size_t n,
                 const char *header, size_t length)
{
    size_t size = n * sizeof(struct frame) + length + 1;
    for (size_t i = 0; i < n; i++)
        size += frames[i].length;
    message->memory = mem_new(size, 1);
    message->identities = (struct frame *)(void *)message->memory;
    message->n_identities = n;
    char *to = message->memory + n * sizeof(struct frame);
    for (size_t i = 0; i < n; i++) {
        if (frames[i].length)
            memcpy(to, frames[i].at, frames[i].length);
        message->identities[i] = (struct frame){to, frames[i].length};
        to += frames[i].length;
    }
    memcpy(to, header, length);
    message->header = (struct frame){to, length};
}

static bool read_header(struct message *message, const struct frame *frames,
                        size_t delimiter, struct err *err)
{
    struct frame given = frames[delimiter + AT_HEADER];
    struct buf mended;
    buf_init(&mended, 3 * given.length);
    message->fields = json_in_object(given.at, given.length, &mended, err);
    if (message->fields)
        keep(message, frames, delimiter, mended.length ? mended.at : given.at,
             mended.length ? mended.length : given.length);
    buf_free(&mended);
    if (!message->fields)
        return false;
    const char *type = json_in_word(message->fields, "msg_type");
    const char *id = json_in_word(message->fields, "msg_id");
    if (type && strlen(type) < sizeof message->type)
        strcpy(message->type, type);
    message->id = id ? id : "";
    message->subshell = json_in_word(message->fields, "subshell_id");
    return true;
}

/* Is this part a JSON object? "{}" is what clients often send. *word gets a copy of its
 * text `key`, if it has one. */
static bool is_object(struct frame part, const char *key, char **word, struct err *err)
{
    if (part.length == 2 && memcmp(part.at, "{}", 2) == 0)
        return true;
    struct json_t *value = json_in_object(part.at, part.length, NULL, err);
    const char *found = value ? json_in_word(value, key) : NULL;
    bool is = value != NULL;
    if (found && strlen(found) < WIRE_WORD_SIZE)
        *word = mem_copy(found, strlen(found));
    json_in_free(value);
    return is;
}

/* The binary parts after the content. */
static void keep_buffers(struct message *message, const struct frame *frames, size_t n)
{
    size_t size = n * sizeof(struct frame);
    for (size_t i = 0; i < n; i++) {
        if (frames[i].length > WIRE_BUFFERS_MOST ||
            (size += frames[i].length) > WIRE_BUFFERS_MOST) {
            err_set(&message->fault, ERR_TOO_LARGE,
                    "the buffers of one message hold at most %d MiB",
                    WIRE_BUFFERS_MOST >> 20);
            return;
        }
    }
    if (!n)
        return;
    message->buffers = mem_new(size, 1);
    message->n_buffers = n;
    char *to = (char *)(message->buffers + n);
    for (size_t i = 0; i < n; i++) {
        if (frames[i].length)
            memcpy(to, frames[i].at, frames[i].length);
        message->buffers[i] = (struct frame){to, frames[i].length};
        to += frames[i].length;
    }
}

static void read_body(struct message *message, const struct frame *frames)
{
    static const char *const names[] = {"parent_header", "metadata", "content"};
    struct frame content = frames[AT_CONTENT];
    struct err err = {0};
    size_t part = 0;
    if (is_object(frames[AT_PARENT], "msg_id", &message->parent, &err)) {
        part++;
        if (is_object(frames[AT_METADATA], "cellId", &message->cell, &err)) {
            part++;
            message->content = json_in_object(content.at, content.length, NULL, &err);
        }
    }
    if (!message->content)
        err_set(&message->fault, err.code, "the request's %s %s", names[part],
                err.text);
}

struct message *wire_decode(struct wire *wire, const struct frame *frames, size_t n,
                            struct err *err)
{
    size_t delimiter = 0;
    if (!find_delimiter(frames, n, &delimiter, err) ||
        !authentic(wire, frames + delimiter, err))
        return NULL;
    struct message *message = mem_new(1, sizeof *message);
    if (!read_header(message, frames, delimiter, err)) {
        wire_free_message(message);
        return NULL;
    }
    read_body(message, frames + delimiter);
    frames += delimiter + AT_BUFFERS;
    keep_buffers(message, frames, n - delimiter - AT_BUFFERS);
    return message;
}

void wire_free_message(struct message *message)
{
    if (!message)
        return;
    json_in_free(message->fields);
    json_in_free(message->content);
    free(message->parent);
    free(message->cell);
    free(message->buffers);
    free(message->memory);
    free(message);
}

void wire_date(char date[32])
{
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t n = strftime(date, 32, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(date + n, 32 - n, ".%06ldZ", now.tv_nsec / 1000);
}

size_t wire_header(struct wire *wire, const char *type, char header[WIRE_HEADER_SIZE])
{
    char date[32];
    wire_date(date);
    int n = snprintf(header, WIRE_HEADER_SIZE,
                     "{\"msg_id\":\"%s_%" PRIu64 "\",\"session\":\"%s\","
                     "\"username\":\"kernel\",\"date\":\"%s\",\"msg_type\":\"%s\","
                     "\"version\":\"" WIRE_PROTOCOL "\"}",
                     wire->session, ++wire->serial, wire->session, date, type);
    return (size_t)n;
}

void wire_last_id(const struct wire *wire, char id[WIRE_ID_SIZE])
{
    snprintf(id, WIRE_ID_SIZE, "%s_%" PRIu64, wire->session, wire->serial);
}
