/* capture.h - what libraries print: standard output and standard error of the process
 * are pipes, read by the I/O thread, and shown as printed text of the cell that runs,
 * or of the last that ran.
 *
 * The process's own log goes to the real standard error, CAPTURE_LOG. Depends on Linux,
 * kernel/streams, wire.
 */
#ifndef KERNEL_CAPTURE_H
#define KERNEL_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/err.h"
#include "kernel/streams.h"
#include "kernel/wire.h"

/* File descriptors of the process, fixed so that a dying process finds them too. */
enum { CAPTURE_LOG = 200, CAPTURE_OUT = 201, CAPTURE_ERR = 202 };

enum { CAPTURE_TAIL = 3 }; /* bytes of a character that is not whole yet */

struct captured {
    int fd; /* the end that is read */
    char tail[CAPTURE_TAIL];
    size_t n_tail;
};

struct capture {
    bool on;
    struct captured out, err;
    struct message *parent; /* owned: the request of the last cell; NULL: none yet */
};

/* From here on nothing that is printed reaches the real standard output or error. */
MUST_USE bool capture_open(struct capture *capture, struct err *err);
/* Gives both their real place back. */
void capture_close(struct capture *capture);

/* Sends on what has been printed so far, as text of `parent`, or of the last parent if
 * that is NULL. `whole`: no more will come of it, so characters cut short go too. */
void capture_drain(struct capture *capture, struct streams *streams,
                   const struct message *parent, bool whole, int64_t now);
/* What is printed until the next cell belongs to `message`; taken. */
void capture_keep_parent(struct capture *capture, struct message *message);

/* How many bytes at the end of `text` begin a character that is not whole. */
size_t capture_unfinished(const char *text, size_t length);

#endif
