/* drawing.h - one picture of an explorer, drawn on the service thread.
 *
 * Depends on lang/session, kernel/display, worker.
 */
#ifndef KERNEL_DRAWING_H
#define KERNEL_DRAWING_H

#include <stdatomic.h>
#include <stdbool.h>

#include "attn/lang/session.h"
#include "kernel/worker.h"

struct drawing {
    struct explorer *explorer; /* kept by the drawing */
    int values[EXPLORER_CONTROLS];
    char display[DISPLAY_ID_SIZE]; /* which output it updates */
    bool controls;                 /* it is an `explore` */
    const char *ribbon;            /* or NULL */
    bool stage;                    /* also wanted: the same for an output widget */
    const atomic_bool *stop;       /* borrowed */
};

void drawing_free(struct drawing *drawing); /* NULL is allowed */

/* EVENT_DRAWN: `content` of the update_display_data, and in `more` the "data" of an
 * update of the output widget; `failed` when it was stopped. */
struct event *drawing_perform(const struct drawing *drawing);

#endif
