/* syscall() for pidfd_open, which the C library does not name everywhere. */
#define _GNU_SOURCE

#include "kernel/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/io.h"

static sigset_t watched(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

void watch_prepare(void)
{
    sigset_t set = watched();
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    /* The server hands over a pipe that it never writes to. */
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing > 0) {
        dup2(nothing, STDIN_FILENO);
        close(nothing);
    }
}

static bool open_parent(struct io *io, struct err *err)
{
    const char *text = getenv("JPY_PARENT_PID");
    long pid = text ? strtol(text, NULL, 10) : 0;
    if (pid <= 1)
        return true;
    io->parent = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
    if (io->parent < 0 && errno == ESRCH)
        return err_set(err, ERR_IO, "the parent process %ld has ended", pid);
    return true;
}

bool watch_open(struct io *io, struct err *err)
{
    sigset_t set = watched();
    io->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (io->signals < 0)
        return err_set(err, ERR_IO, "signalfd: %s", strerror(errno));
    return open_parent(io, err);
}

void watch_close(struct io *io)
{
    if (io->signals >= 0)
        close(io->signals);
    if (io->parent >= 0)
        close(io->parent);
}

void watch_signals(struct io *io)
{
    struct signalfd_siginfo signal;
    while (read(io->signals, &signal, sizeof signal) == (ssize_t)sizeof signal) {
        if (signal.ssi_signo == SIGINT)
            io_interrupt(io);
        else
            io_leave(io);
    }
}
