/* comm.h - comms: what a page's controls say to the kernel, and what it tells them.
 *
 * Two targets: jupyter.widget, a comm for each model (kernel/widgets keeps them), and
 * jupyter.widget.control, by which a page that was loaded anew asks for all of them.
 * Protocol: jupyter_client docs/messaging.rst, "Custom Messages"; ipywidgets'
 * messages.md 2.1.0. Handlers of the I/O thread: comms answer while a cell runs, by
 * whichever subshell they come. Depends on kernel/io, widgets, explore.
 */
#ifndef KERNEL_COMM_H
#define KERNEL_COMM_H

#include "attn/base/err.h"
#include "attn/base/json_out.h"
#include "kernel/widgets.h"

struct io;
struct job;

enum { COMM_CONTROLS_MOST = 64 }; /* pages that ask at once; the oldest is forgotten */

struct comms {
    struct widgets widgets;
    char *controls[COMM_CONTROLS_MOST]; /* ids, the oldest first */
    size_t n_controls;
    bool echo; /* tell all pages what one of them has changed */
};

void comm_init(struct comms *comms);
void comm_free(struct comms *comms);

/* ---- handlers; a comm_msg or comm_close of a comm that is not open has no effect */
MUST_USE bool comm_info(struct io *io, struct job *job, struct json_out *out,
                        struct err *err);
/* What cannot be opened is answered by comm_close, and a line on standard error. */
MUST_USE bool comm_open(struct io *io, struct job *job, struct json_out *out,
                        struct err *err);
MUST_USE bool comm_msg(struct io *io, struct job *job, struct json_out *out,
                       struct err *err);
MUST_USE bool comm_close(struct io *io, struct job *job, struct json_out *out,
                         struct err *err);

/* ---- the kernel's own models, for kernel/explore; `job` (or NULL) is the parent */

/* Opens a model of `owner` with `data` ({"state":…} as JSON text) and tells all pages.
 * NULL with *err set as by widgets_open(). */
MUST_USE struct widget *comm_open_own(struct io *io, const struct job *job,
                                      const char *id, const struct buf *data,
                                      struct err *err);
/* Changes a model and tells all pages. `data` as above. */
MUST_USE bool comm_update_own(struct io *io, const struct job *job,
                              struct widget *widget, const struct buf *data,
                              struct err *err);
/* Closes a model and tells all pages. */
void comm_close_own(struct io *io, const struct job *job, struct widget *widget);
/* Prints a line on standard error, as `job`'s. */
void comm_complain(struct io *io, const struct job *job, const char *format, ...)
    PRINTF_LIKE(3);

#endif
