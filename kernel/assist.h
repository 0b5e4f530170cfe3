/* assist.h - complete, inspect and is_complete requests. Cursor positions count code
 * points, and are clamped to the text. Run on the service thread.
 *
 * Depends on kernel/service, lang/session.
 */
#ifndef KERNEL_ASSIST_H
#define KERNEL_ASSIST_H

#include "kernel/service.h"

MUST_USE bool assist_serve_complete(struct service *service, const struct job *job,
                                    struct json_out *out, struct err *err);
MUST_USE bool assist_serve_inspect(struct service *service, const struct job *job,
                                   struct json_out *out, struct err *err);
MUST_USE bool assist_serve_is_complete(struct service *service, const struct job *job,
                                       struct json_out *out, struct err *err);

#endif
