/* widgets.h - the state of every widget, kept in the kernel, so that a page that is
 * loaded anew can be told all of it at any time.
 *
 * Format: ipywidgets' messages.md, protocol 2.1.0. Pure data: no sockets, one thread.
 * What comes from clients is checked; number and size are bounded. Depends on
 * kernel/json_in, sign (frames).
 */
#ifndef KERNEL_WIDGETS_H
#define KERNEL_WIDGETS_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/err.h"
#include "attn/base/json_out.h"
#include "kernel/json_in.h"
#include "kernel/sign.h"

#define WIDGETS_VERSION "2.1.0" /* of the protocol, in comm_open's metadata */

enum {
    WIDGETS_MOST = 1024,                   /* models at once */
    WIDGETS_FIELDS_MOST = 1024,            /* keys of one model */
    WIDGETS_STATE_MOST = 8 * 1024 * 1024,  /* bytes of one model */
    WIDGETS_BYTES_MOST = 64 * 1024 * 1024, /* bytes of all models */
    WIDGETS_ID_MOST = 128,
};

struct widget {
    struct widget *next;
    char *id;
    struct field *fields;   /* each key with its value as JSON text */
    struct binary *buffers; /* what a page takes out of the JSON */
    size_t bytes;
    void *owner; /* borrowed; NULL for a model that a client has opened */
};

/* Zero-initialise one, end it with widgets_free(). */
struct widgets {
    struct widget *first;
    size_t n, bytes;
};

/* A change as it travels: {"state":{…},"buffer_paths":[[key,…],…]} and its buffers. */
struct widget_change {
    const struct json_t *state;
    const struct json_t *paths;  /* or NULL */
    const struct frame *buffers; /* borrowed, [n_buffers]: as many as paths */
    size_t n_buffers;
};

void widgets_free(struct widgets *widgets);

/* Reads the `data` of a comm_open or of an update; everything stays borrowed. *err
 * names what is wrong (ERR_MISSING, ERR_BAD_VALUE). */
MUST_USE bool widgets_read(struct widget_change *change, const struct json_t *data,
                           const struct frame *buffers, size_t n_buffers,
                           struct err *err);

/* A new model with that state; NULL with *err set: ERR_BAD_VALUE when the id is taken
 * or too long, ERR_TOO_LARGE. */
MUST_USE struct widget *widgets_open(struct widgets *widgets, const char *id,
                                     const struct widget_change *change,
                                     struct err *err);
/* NULL when there is none. */
struct widget *widgets_find(const struct widgets *widgets, const char *id);
/* Puts the changed values in place of the old. ERR_TOO_LARGE leaves the model as it
 * was.
 */
MUST_USE bool widgets_update(struct widgets *widgets, struct widget *widget,
                             const struct widget_change *change, struct err *err);
void widgets_close(struct widgets *widgets, struct widget *widget);

/* Buffers on their way out, in the order of the paths that were written. */
struct widget_frames {
    struct frame *frames; /* owned: free() it; what they hold is the widgets' */
    size_t n;
};

/* Writes "state":{…},"buffer_paths":[…] into an open object; adds to *frames. */
void widgets_write(const struct widget *widget, struct json_out *out,
                   struct widget_frames *frames);
/* The same of all, as update_states wants it: "states":{id:…},"buffer_paths":[…]. */
void widgets_write_all(const struct widgets *widgets, struct json_out *out,
                       struct widget_frames *frames);

#endif
