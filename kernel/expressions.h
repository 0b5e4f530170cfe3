/* expressions.h - the user_expressions of an execute_request: each is a cell of its
 * own, run in the session after the code, and answered inside the reply.
 *
 * Depends on lang/session, base/json_out.
 */
#ifndef KERNEL_EXPRESSIONS_H
#define KERNEL_EXPRESSIONS_H

#include <stdatomic.h>

#include "attn/base/json_out.h"
#include "attn/lang/session.h"

enum { EXPRESSIONS_MOST = 64 }; /* of one request; what comes after is not looked at */

struct json_t;

/* Writes {name: {"status":"ok","data":{…},"metadata":{}} or an error, …}. NULL: {}. */
void expressions_write(struct json_out *out, const struct json_t *expressions,
                       struct session *session, const atomic_bool *stop);

#endif
