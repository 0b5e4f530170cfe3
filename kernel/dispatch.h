/* dispatch.h - from a message to what is done about it: answered at once, refused, or
 * queued in its shell and handed to a worker when its turn comes.
 *
 * The half of the I/O thread that begins jobs; kernel/io ends them. Depends on
 * kernel/io, handlers.
 */
#ifndef KERNEL_DISPATCH_H
#define KERNEL_DISPATCH_H

#include "attn/base/buf.h"

struct io;
struct job;
struct message;

/* Takes a message that came on `socket`. */
void dispatch_accept(struct io *io, void *socket, struct message *message);
/* Does what can be done now of all queues. */
void dispatch_all(struct io *io);

/* execution_state of `job`, on iopub; NULL: of none. */
void dispatch_status(struct io *io, const struct job *job, const char *state);
/* Says that `job` is done, and frees it. */
void dispatch_finish(struct io *io, struct job *job);
/* The reply to `job`; `content` is taken. `metadata` is JSON, or NULL for {}. */
void dispatch_reply(struct io *io, const struct job *job, const char *metadata,
                    struct buf *content);

#endif
