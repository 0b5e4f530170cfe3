/* dup3 and pipe2: descriptors that no program started from here inherits. */
#define _GNU_SOURCE

#include "kernel/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel/json_in.h"

/* What a pipe holds at most is what one drain reads at most: whoever prints without end
 * does not keep the I/O thread from its other work. */
enum { CHUNK = 16 * 1024, PIPE = 64 * 1024 };

/* In a sanitizer's build its reports belong in the log, not into a cell. */
__attribute__((weak)) void __sanitizer_set_report_fd(void *fd);

/* A failed assertion of a library says why and aborts; nobody will read the pipe any
 * more, so its words go to the log here. */
static void last_words(int signal)
{
    char text[CHUNK];
    ssize_t n;
    while ((n = read(CAPTURE_ERR, text, sizeof text)) > 0 &&
           write(CAPTURE_LOG, text, (size_t)n) > 0)
        ;
    raise(signal); /* ends the process: this handler serves once */
}

static void heed_abort(void)
{
    struct sigaction action = {.sa_handler = last_words, .sa_flags = SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGABRT, &action, NULL);
}

/* Puts a pipe in the place of `printed`; its other end is `read_end`, and never waits.
 */
static bool divert(int printed, int read_end)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    bool good = dup3(ends[0], read_end, O_CLOEXEC) >= 0 &&
                fcntl(read_end, F_SETFL, O_NONBLOCK) == 0 &&
                dup2(ends[1], printed) >= 0;
    close(ends[0]);
    close(ends[1]);
    return good;
}

bool capture_open(struct capture *capture, struct err *err)
{
    if (dup3(STDERR_FILENO, CAPTURE_LOG, O_CLOEXEC) < 0 ||
        !divert(STDERR_FILENO, CAPTURE_ERR) || !divert(STDOUT_FILENO, CAPTURE_OUT))
        return err_set(err, ERR_IO, "standard output: %s", strerror(errno));
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    capture->out.fd = CAPTURE_OUT;
    capture->err.fd = CAPTURE_ERR;
    capture->on = true;
    if (__sanitizer_set_report_fd)
        __sanitizer_set_report_fd((void *)(intptr_t)CAPTURE_LOG);
    heed_abort();
    return true;
}

void capture_close(struct capture *capture)
{
    wire_free_message(capture->parent);
    capture->parent = NULL;
    if (!capture->on)
        return;
    signal(SIGABRT, SIG_DFL);
    dup2(CAPTURE_LOG, STDOUT_FILENO);
    dup2(CAPTURE_LOG, STDERR_FILENO);
    close(CAPTURE_OUT);
    close(CAPTURE_ERR);
    capture->on = false;
}

size_t capture_unfinished(const char *text, size_t length)
{
    for (size_t back = 1; back <= CAPTURE_TAIL && back <= length; back++) {
        unsigned char c = (unsigned char)text[length - back];
        if ((c & 0xC0) == 0x80)
            continue;
        size_t wanted = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return wanted > back ? back : 0;
    }
    return 0;
}

/* One read; false when nothing more is there now. */
static bool take(struct captured *from, struct buf *text)
{
    char chunk[CHUNK];
    ssize_t n = read(from->fd, chunk, sizeof chunk);
    if (n <= 0)
        return n < 0 && errno == EINTR;
    buf_add(text, chunk, (size_t)n);
    return true;
}

static void drain(struct captured *from, bool whole, struct buf *text)
{
    buf_init(text, 2 * PIPE + CAPTURE_TAIL);
    buf_add(text, from->tail, from->n_tail);
    for (int i = 0; i < PIPE / CHUNK && take(from, text); i++)
        ;
    from->n_tail = whole ? 0 : capture_unfinished(text->at, text->length);
    text->length -= from->n_tail;
    if (from->n_tail)
        memcpy(from->tail, text->at + text->length, from->n_tail);
}

void capture_drain(struct capture *capture, struct streams *streams,
                   const struct message *parent, bool whole, int64_t now)
{
    struct captured *both[] = {&capture->out, &capture->err};
    if (!parent)
        parent = capture->parent;
    for (int i = 0; capture->on && i < 2; i++) {
        struct buf text;
        drain(both[i], whole, &text);
        if (text.length)
            streams_add(streams, parent, i == 1, &text, now);
        buf_free(&text);
    }
}

void capture_keep_parent(struct capture *capture, struct message *message)
{
    wire_free_message(capture->parent);
    capture->parent = message;
    json_in_free(message->content); /* a large cell is not kept for its header */
    message->content = NULL;
}
