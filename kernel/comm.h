/* comm.h - comms: the kernel has no targets of its own, so every comm that a client
 * opens is closed again, as the protocol asks, and none is ever listed.
 *
 * Handlers of the I/O thread: comms answer while a cell runs. Depends on kernel/io.
 */
#ifndef KERNEL_COMM_H
#define KERNEL_COMM_H

#include "attn/base/err.h"
#include "attn/base/json_out.h"

struct io;
struct job;

MUST_USE bool comm_info(struct io *io, struct job *job, struct json_out *out,
                        struct err *err);
/* Answered by comm_close on iopub. */
MUST_USE bool comm_open(struct io *io, struct job *job, struct json_out *out,
                        struct err *err);
/* comm_msg and comm_close of a comm that is not open have no effect. */
MUST_USE bool comm_ignore(struct io *io, struct job *job, struct json_out *out,
                          struct err *err);

#endif
