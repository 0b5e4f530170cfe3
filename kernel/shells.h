/* shells.h - the main shell and its subshells: each a queue with an execution count of
 * its own. What one shell sends is done in order; shells do not wait for one another.
 *
 * Depends on kernel/job.
 */
#ifndef KERNEL_SHELLS_H
#define KERNEL_SHELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/json_out.h"
#include "kernel/job.h"

enum { SHELL_ID_SIZE = 37, SHELLS_MOST = 64 };

struct shell {
    struct shell *next;
    char id[SHELL_ID_SIZE]; /* "" for the main shell */
    int count;              /* execution_count of the last stored cell */
    struct job *first, *last;
    struct job *running; /* its job that a worker has */
    bool closing;        /* deleted; goes when its queue is empty */
};

struct shells {
    struct shell main; /* heads the list */
    size_t n;          /* subshells alive */
};

void shells_free(struct shells *shells);

/* A new subshell with a random id, or NULL when there are too many. */
struct shell *shells_create(struct shells *shells);
/* The main shell for NULL; NULL when there is no such subshell. */
struct shell *shells_find(struct shells *shells, const char *id);
void shells_list(const struct shells *shells, struct json_out *out);
/* Forgets subshells that were deleted and have nothing left to do. */
void shells_sweep(struct shells *shells);

void shell_push(struct shell *shell, struct job *job);
struct job *shell_pop(struct shell *shell); /* NULL when empty */
/* Marks the cells that wait as aborted; other requests stay as they are. */
void shell_abort(struct shell *shell);

#endif
