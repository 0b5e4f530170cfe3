/* explore.h - `explore` as Jupyter knows it: a picture with a display_id, and a row of
 * widgets whose moves draw it anew, while other cells run too.
 *
 * A move is answered with update_display_data, between its busy and its idle. Of many
 * moves only the newest is drawn, one picture at a time, on the service thread. A page
 * that is loaded anew no longer knows which output has the display_id (pages do not
 * keep it), so from then on the picture is shown a second time, in an output widget
 * below the controls. All functions are the I/O thread's. Depends on kernel/io, comm,
 * drawing.
 */
#ifndef KERNEL_EXPLORE_H
#define KERNEL_EXPLORE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "kernel/widgets.h"

struct event;
struct exploring;
struct io;
struct job;

enum { EXPLORE_MOST = 32 }; /* rows of controls at once; the oldest is closed */

struct explores {
    struct exploring *first; /* the oldest */
    size_t n;
    struct exploring *drawn; /* being drawn now; may be closed meanwhile */
    struct job *drawn_for;   /* the move that it answers, or NULL */
    atomic_bool stop;        /* the drawing shall end */
    bool again;              /* and be begun anew */
};

/* Opens the controls of an EVENT_EXPLORE, and shows them. */
void explore_show(struct io *io, const struct event *event);
/* `widget`, a model of an explore, has got `state` by `job`, which may be taken. */
void explore_moved(struct io *io, struct widget *widget, const struct json_t *state,
                   struct job *job);
/* A page was loaded anew. */
void explore_reloaded(struct io *io);
/* Closes the controls that own a widget. */
void explore_close(struct io *io, const struct job *job, struct exploring *exploring);
/* Closes those of the cell that `job` runs anew. */
void explore_forget_cell(struct io *io, const struct job *job);

/* Begins a drawing if one is due and nothing stands in the way. */
void explore_step(struct io *io);
/* EVENT_DRAWN. */
void explore_drawn(struct io *io, struct event *event);
/* The drawing waits for something more urgent. */
void explore_make_way(struct io *io);
/* No drawing goes on, and none that is due is begun. */
void explore_interrupt(struct io *io);
void explore_free(struct explores *explores);

#endif
