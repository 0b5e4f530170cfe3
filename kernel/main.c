/* attn-kernel: the Jupyter kernel. See ARCHITECTURE.md for its threads. */
#include <malloc.h>
#include <sodium/core.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attn/lang/session.h"
#include "kernel/connection.h"
#include "kernel/heartbeat.h"
#include "kernel/install.h"
#include "kernel/io.h"
#include "kernel/watch.h"

static const char usage_text[] =
    "attn-kernel " ATTN_VERSION ", the Jupyter kernel for attention\n"
    "  attn-kernel CONNECTION_FILE       what Jupyter calls\n"
    "  attn-kernel install [--user | --sys-prefix DIR | --prefix DIR]\n"
    "                                    makes it known to Jupyter\n"
    "  attn-kernel --version | --help\n";

/* Gives memory back: one heap for all threads, large blocks returned as soon as they
 * are free. Messages of tens of megabytes come and go. */
static void tune_memory(void)
{
    enum { MEGABYTE = 1 << 20 };
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, MEGABYTE);
    mallopt(M_TRIM_THRESHOLD, MEGABYTE);
}

static int fail(const char *what, const struct err *err)
{
    fprintf(stderr, "attn-kernel: %s%s%s\n", what, *what ? ": " : "", err->text);
    return EXIT_FAILURE;
}

static int serve(const struct connection *connection)
{
    struct io *io = calloc(1, sizeof *io);
    struct heartbeat heartbeat = {0};
    struct err err = {0};
    if (!io)
        return EXIT_FAILURE;
    bool good =
        heartbeat_start(&heartbeat, connection, &err) && io_open(io, connection, &err);
    if (good)
        io_run(io);
    if (!good)
        _exit(fail("", &err)); /* whatever has started is not worth ending in order */
    if (!io_close(io))
        _exit(EXIT_SUCCESS);
    heartbeat_stop(&heartbeat);
    free(io);
    return EXIT_SUCCESS;
}

static int run(const char *path)
{
    struct connection connection;
    struct err err = {0};
    tune_memory();
    watch_prepare();
    if (!connection_read(&connection, path, &err))
        return fail(path, &err);
    if (sodium_init() < 0) {
        err_set(&err, ERR_IO, "no source of random numbers");
        return fail("libsodium", &err);
    }
    return serve(&connection);
}

int main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "install") == 0)
        return install_main(argc - 2, argv + 2);
    if (argc == 3 && strcmp(argv[1], "-f") == 0)
        return run(argv[2]);
    if (argc == 2 && argv[1][0] != '-')
        return run(argv[1]);
    bool asked = argc == 2 && strcmp(argv[1], "--help") == 0;
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        puts(ATTN_VERSION);
    else
        fputs(usage_text, asked ? stdout : stderr);
    return asked || (argc == 2 && strcmp(argv[1], "--version") == 0) ? EXIT_SUCCESS
                                                                     : EXIT_FAILURE;
}
