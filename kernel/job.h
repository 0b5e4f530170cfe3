/* job.h - one request on its way: who asked, where it stands, where the reply goes.
 *
 * Owned by the I/O thread from the socket to the reply; while a worker has it, nobody
 * else touches it. Depends on kernel/wire.
 */
#ifndef KERNEL_JOB_H
#define KERNEL_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/json_out.h"
#include "kernel/wire.h"

struct assist;
struct execute;
struct handler;
struct shell;

/* What an execute_request asks for; pointers into the message. */
struct cell_request {
    const char *code;
    size_t length;
    bool silent, store, stop_on_error, may_ask;
    const struct json_t *expressions; /* user_expressions, or NULL */
};

struct job {
    struct job *next;
    struct message *message;       /* owned */
    void *socket;                  /* it came on */
    const struct handler *handler; /* NULL: an unknown type */
    struct shell *shell;           /* in whose queue it stood */
    struct execute *lane;          /* a cell: the thread that runs it, or NULL */
    bool aborted;                  /* an earlier cell failed, or was interrupted */
    bool taken; /* its handler goes on with it, and calls dispatch_finish() */
    struct cell_request ask; /* execute only */
    int count;               /* execution_count of the reply */
    char started[32];        /* when the cell began */
};

void job_free(struct job *job);

/* Writes {"status":"error","ename":…,"evalue":…,"traceback":[…]} without its last
 * brace, so that a reply may say more. */
void job_error(struct json_out *out, const char *name, const char *text);

#endif
