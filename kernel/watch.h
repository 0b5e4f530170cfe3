/* watch.h - signals and the parent process, as files that the I/O thread polls: nothing
 * wakes up while nothing happens.
 *
 * Linux: signalfd, pidfd. Depends on kernel/io.
 */
#ifndef KERNEL_WATCH_H
#define KERNEL_WATCH_H

#include <stdbool.h>

#include "attn/base/err.h"

struct io;

/* Blocks the signals that are watched, for all threads that are started afterwards, and
 * cuts standard input off. Call before any thread. */
void watch_prepare(void);

/* Sets io->signals and io->parent (the process named by JPY_PARENT_PID, if any). */
MUST_USE bool watch_open(struct io *io, struct err *err);
void watch_close(struct io *io);

/* SIGINT interrupts a running cell, and does nothing else; SIGTERM and SIGHUP end. */
void watch_signals(struct io *io);

#endif
