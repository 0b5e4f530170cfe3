/* streams.h - printed text on its way out: gathered, so that a flood of short lines
 * becomes a few messages, and never lost while clients read.
 *
 * Text leaves at once when none left in the last 50 ms, else after 50 ms, at 256 KiB,
 * and before anything else of its cell; a flood leaves at the pace that a server lets
 * through. Standard output and error keep their order, but in a flood, where each is
 * gathered for itself. When a client stops reading altogether, the
 * producer is made to wait; when it has not moved for five seconds, printed text
 * (nothing else) past the ceiling is dropped, and a line says how much. Depends on
 * kernel/channels, pace.
 */
#ifndef KERNEL_STREAMS_H
#define KERNEL_STREAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/channels.h"
#include "kernel/pace.h"

/* Text that waits, of standard output or of standard error. */
struct pending {
    struct buf text;
    double cost; /* bytes that it will take on the wire */
};

struct streams {
    struct channels *channels;    /* borrowed */
    struct pace pace;             /* of all that goes out to clients */
    const struct message *parent; /* whose text is pending; borrowed */
    struct pending pending[2];    /* [0] output, [1] error */
    int first;                    /* the one whose text came first */
    int64_t flushed;              /* ms: when text last left */
    size_t least;                 /* the fewest unsent bytes since `moved` */
    int64_t moved;  /* ms: when a slow client last took something; 0: none is */
    size_t dropped; /* bytes, while a client is stuck */
};

void streams_init(struct streams *streams, struct channels *channels, int64_t now);
void streams_free(struct streams *streams);

/* Adds `text` that the request `parent` (NULL: none) has printed. It stays borrowed
 * until the text is flushed. `now` in ms, here and below. */
void streams_add(struct streams *streams, const struct message *parent, bool warning,
                 const struct buf *text, int64_t now);
/* Sends what is pending. */
void streams_flush(struct streams *streams, int64_t now);
/* Sends what is due; returns in how many ms it wants to be called again, -1: not. */
int streams_tick(struct streams *streams, int64_t now);
/* True while producers must wait, for clients or for the pace. */
bool streams_full(struct streams *streams, int64_t now);

#endif
