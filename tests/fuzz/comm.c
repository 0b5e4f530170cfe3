/* Contents of comm messages, one a line: o, m, c or i (comm_open, comm_msg, comm_close,
 * comm_info_request), how many buffers it brings, the content as JSON. They meet a
 * kernel that shows one `explore`, whose ids begin where the lines say EXPLORE. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/lang/session.h"
#include "kernel/dispatch.h"
#include "kernel/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What all inputs share; fuzzers have no other place for it. */
static struct explorer *explorer;

static bool keep(void *context, const struct output *output, struct err *err)
{
    (void)context, (void)err;
    if (output->explorer)
        explorer = explorer_keep(output->explorer);
    return true;
}

static void make_explorer(void)
{
    struct session *session = session_new();
    struct err err = {0};
    const struct run run = {.sink = {NULL, keep}};
    if (!session_run(session, "explore", 7, &run, &err))
        abort();
    session_free(session);
}

static struct job *job_of(const char *content, size_t length, size_t n_buffers)
{
    struct err err = {0};
    struct job *job = mem_new(1, sizeof *job);
    job->message = mem_new(1, sizeof *job->message);
    job->message->id = "";
    job->message->header = (struct frame){"{}", 2};
    job->message->content = json_in_object(content, length, NULL, &err);
    job->message->buffers = mem_new(n_buffers + 1, sizeof(struct frame));
    job->message->n_buffers = n_buffers;
    for (size_t i = 0; i < n_buffers; i++)
        job->message->buffers[i] = (struct frame){"buffer", i % 7};
    return job;
}

static void take(struct io *io, const char *line, size_t length)
{
    struct err err = {0};
    struct buf reply;
    struct job *job = job_of(line + 2, length - 2, (size_t)(line[1] - '0') % 4);
    bool good = true;
    buf_init(&reply, 1 << 24);
    struct json_out out = json_out_to(&reply);
    if (!job->message->content)
        good = true;
    else if (line[0] == 'o')
        good = comm_open(io, job, &out, &err);
    else if (line[0] == 'm')
        good = comm_msg(io, job, &out, &err);
    else if (line[0] == 'c')
        good = comm_close(io, job, &out, &err);
    else
        good = comm_info(io, job, &out, &err);
    if (!good && !err.text[0])
        abort();
    buf_free(&reply);
    if (!job->taken)
        job_free(job);
}

/* What is counted is what is there, and all of it can be told as JSON. */
static void check(const struct widgets *widgets)
{
    struct err err = {0};
    struct widget_frames frames = {0};
    struct buf text;
    size_t n = 0, bytes = 0;
    buf_init(&text, 1 << 28);
    struct json_out out = json_out_to(&text);
    json_object(&out);
    widgets_write_all(widgets, &out, &frames);
    json_end(&out);
    struct json_t *told = json_in_object(text.at, text.length, NULL, &err);
    for (const struct widget *widget = widgets->first; widget; widget = widget->next) {
        n++;
        bytes += widget->bytes;
    }
    if (!told || n != widgets->n || bytes != widgets->bytes)
        abort();
    json_in_free(told);
    free(frames.frames);
    buf_free(&text);
}

/* The line with the ids of this run's explore in the place of EXPLORE. */
static void take_line(struct io *io, const char *line, size_t length)
{
    struct buf text;
    const char *id = io->comms.widgets.first ? io->comms.widgets.first->id : "none-0";
    size_t stem = strcspn(id, "-");
    buf_init(&text, 1 << 24);
    for (size_t i = 0; i < length;) {
        bool named = length - i >= 7 && memcmp(line + i, "EXPLORE", 7) == 0;
        buf_add(&text, named ? id : line + i, named ? stem : 1);
        i += named ? 7 : 1;
    }
    if (text.length > 2)
        take(io, text.at, text.length);
    buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct io io;
    const char *at = (const char *)data, *end = at + size;
    if (!explorer)
        make_explorer();
    memset(&io, 0, sizeof io);
    wire_init(&io.channels.wire, "", 0);
    streams_init(&io.streams, &io.channels, io_clock());
    comm_init(&io.comms);
    struct job *cell = job_of("{}", 2, 0);
    struct event *event = event_new(EVENT_EXPLORE, cell);
    buf_init(&event->content, 16);
    buf_text(&event->content, "type");
    event->explorer = explorer_keep(explorer);
    explore_show(&io, event);
    event_free(event);
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        line_end = line_end ? line_end : end;
        take_line(&io, at, (size_t)(line_end - at));
        at = line_end + (line_end < end);
    }
    check(&io.comms.widgets);
    explore_interrupt(&io);
    streams_free(&io.streams);
    explore_free(&io.explores);
    comm_free(&io.comms);
    job_free(cell);
    wire_free(&io.channels.wire);
    return 0;
}
