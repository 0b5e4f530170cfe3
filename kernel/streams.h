/* streams.h - printed text on its way out: gathered, so that a flood of short lines
 * becomes a few messages, and never lost while clients read.
 *
 * Text leaves at once when none left in the last 50 ms, else after 50 ms, at 64 KiB,
 * and before anything else of its cell. When a client stops reading altogether, the
 * producer is made to wait; when it has not moved for five seconds, printed text
 * (nothing else) past the ceiling is dropped, and a line says how much. Depends on
 * kernel/channels, job.
 */
#ifndef KERNEL_STREAMS_H
#define KERNEL_STREAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/channels.h"
#include "kernel/job.h"

struct streams {
    struct channels *channels; /* borrowed */
    const struct job *job;     /* whose text is pending */
    bool warning;              /* it goes to standard error */
    struct buf pending;
    int64_t flushed; /* ms: when text last left */
    size_t least;    /* the fewest unsent bytes since `moved` */
    int64_t moved;   /* ms: when a slow client last took something; 0: none is */
    size_t dropped;  /* bytes, while a client is stuck */
};

void streams_init(struct streams *streams, struct channels *channels);
void streams_free(struct streams *streams);

/* Adds `text` that `job` has printed. `now` in ms, here and below. */
void streams_add(struct streams *streams, const struct job *job, bool warning,
                 const struct buf *text, int64_t now);
/* Sends what is pending. */
void streams_flush(struct streams *streams, int64_t now);
/* Sends what is due; returns in how many ms it wants to be called again, -1: not. */
int streams_tick(struct streams *streams, int64_t now);
/* True while producers must wait for clients. */
bool streams_full(struct streams *streams, int64_t now);

#endif
