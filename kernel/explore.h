/* explore.h - pictures that change after their cell has ended: `explore`, with a row of
 * widgets whose moves draw it anew, while other cells run too; and pictures that are
 * out of date, which get a ribbon that says so.
 *
 * A move is answered with update_display_data, between its busy and its idle. Of many
 * moves only the newest is drawn, one picture at a time, on the service thread. A page
 * that is loaded anew no longer knows which output has the display_id (pages do not
 * keep it), so from then on the picture is shown a second time, in an output widget
 * below the controls. An ordinary picture has no controls. It is
 * out of date when the cell that gave the sentence (the model, a setting) that it was
 * drawn from has been run again and gives another; it is marked once, when nothing more
 * is to run, so that running all cells marks nothing that comes anew. Clients that do
 * not name their cells (cellId) see no ribbons. All functions are the I/O thread's.
 * Depends on kernel/io, comm, drawing.
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

enum {
    EXPLORE_MOST = 32,           /* rows of controls at once; the oldest is closed */
    EXPLORE_PICTURES_MOST = 256, /* ordinary pictures; the oldest is forgotten */
};

struct explores {
    struct exploring *first; /* the oldest */
    size_t n;                /* with controls */
    size_t n_pictures;       /* without */
    struct exploring *drawn; /* being drawn now; may be closed meanwhile */
    struct job *drawn_for;   /* the move that it answers, or NULL */
    atomic_bool stop;        /* the drawing shall end */
    bool again;              /* and be begun anew */
};

/* Opens the controls of an EVENT_EXPLORE, and shows them. */
void explore_show(struct io *io, const struct event *event);
/* Remembers the ordinary picture of an EVENT_OUTPUT. */
void explore_remember(struct io *io, const struct event *event);
/* Looks which pictures are out of date now that `job`, a cell, has ended. */
void explore_compare(struct io *io, const struct job *job);
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
