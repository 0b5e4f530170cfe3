/* handlers.h - the table from msg_type to who answers it.
 *
 * Depends on kernel/io, service.
 */
#ifndef KERNEL_HANDLERS_H
#define KERNEL_HANDLERS_H

#include <stdbool.h>

#include "attn/base/json_out.h"
#include "kernel/job.h"

struct io;
struct service;

enum place {
    PLACE_NOW,       /* by the I/O thread, while a cell runs too */
    PLACE_SERVICE,   /* by the service thread, in the order of its shell */
    PLACE_EXECUTION, /* by the execution thread, in the order of its shell */
};

struct handler {
    const char *type;
    const char *reply; /* its msg_type; NULL: there is none */
    enum place place;
    /* Write the reply's content, status included. False with *err set: an error reply.
     * One of the two is set, as `place` says. */
    bool (*now)(struct io *io, struct job *job, struct json_out *out, struct err *err);
    bool (*serve)(struct service *service, const struct job *job, struct json_out *out,
                  struct err *err);
};

/* NULL for a type that nobody knows. */
const struct handler *handlers_find(const char *type);

#endif
