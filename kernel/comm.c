#include "kernel/comm.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "kernel/explore.h"
#include "kernel/io.h"
#include "kernel/json_in.h"

static const char WIDGET[] = "jupyter.widget";
static const char CONTROL[] = "jupyter.widget.control";

enum {
    /* Whatever widgets may hold, with escapes and frames around it. */
    CONTENT_MOST = 2 * WIDGETS_BYTES_MOST,
};

void comm_init(struct comms *comms)
{
    const char *echo = getenv("JUPYTER_WIDGETS_ECHO");
    *comms = (struct comms){
        .echo = !echo || (strcmp(echo, "0") != 0 && strcmp(echo, "false") != 0)};
}

void comm_free(struct comms *comms)
{
    widgets_free(&comms->widgets);
    while (comms->n_controls)
        free(comms->controls[--comms->n_controls]);
}

void comm_complain(struct io *io, const struct job *job, const char *format, ...)
{
    struct buf line;
    va_list args;
    buf_init(&line, 1024);
    va_start(args, format);
    buf_vprint(&line, format, args);
    va_end(args);
    buf_char(&line, '\n');
    streams_add(&io->streams, job->message, true, &line, io_clock());
    streams_flush(&io->streams, io_clock());
    buf_free(&line);
}

/* ---- the comms of pages that ask for all */

static size_t find_control(const struct comms *comms, const char *id)
{
    size_t i = 0;
    while (i < comms->n_controls && strcmp(comms->controls[i], id) != 0)
        i++;
    return i;
}

static void forget_control(struct comms *comms, size_t at)
{
    free(comms->controls[at]);
    comms->n_controls--;
    memmove(comms->controls + at, comms->controls + at + 1,
            (comms->n_controls - at) * sizeof *comms->controls);
}

static void add_control(struct comms *comms, const char *id)
{
    if (find_control(comms, id) < comms->n_controls)
        return;
    if (comms->n_controls == COMM_CONTROLS_MOST)
        forget_control(comms, 0);
    comms->controls[comms->n_controls++] = mem_copy(id, strlen(id));
}

/* ---- what is sent */

struct sending {
    struct buf content;
    struct json_out out;
    struct widget_frames frames;
};

/* Begins {"comm_id":…  */
static void begin(struct sending *sending, const char *id)
{
    *sending = (struct sending){0};
    buf_init(&sending->content, CONTENT_MOST);
    sending->out = json_out_to(&sending->content);
    json_object(&sending->out);
    json_key_text(&sending->out, "comm_id", id);
}

/* Begins ,"data":{"method":… ; ended by finish(). */
static void begin_data(struct sending *sending, const char *method)
{
    json_key(&sending->out, "data");
    json_object(&sending->out);
    if (method)
        json_key_text(&sending->out, "method", method);
}

static void finish(struct io *io, const struct job *job, const char *type,
                   const char *metadata, struct sending *sending)
{
    json_end(&sending->out);
    json_end(&sending->out);
    io_send(io, &(struct outgoing){.type = type,
                                   .parent = job ? job->message : NULL,
                                   .metadata = metadata,
                                   .content = &sending->content,
                                   .buffers = sending->frames.frames,
                                   .n_buffers = sending->frames.n});
    free(sending->frames.frames);
}

static void send_close(struct io *io, const struct job *job, const char *id)
{
    struct sending sending;
    begin(&sending, id);
    begin_data(&sending, NULL);
    finish(io, job, "comm_close", NULL, &sending);
}

/* ---- the kernel's own */

struct widget *comm_open_own(struct io *io, const struct job *job, const char *id,
                             const struct buf *data, struct err *err)
{
    struct widget_change change;
    struct sending sending;
    struct widget *widget = NULL;
    struct json_t *value = json_in_object(data->at, data->length, NULL, err);
    if (value && widgets_read(&change, value, NULL, 0, err))
        widget = widgets_open(&io->comms.widgets, id, &change, err);
    json_in_free(value);
    if (!widget)
        return NULL;
    begin(&sending, id);
    json_key_text(&sending.out, "target_name", WIDGET);
    begin_data(&sending, NULL);
    widgets_write(widget, &sending.out, &sending.frames);
    finish(io, job, "comm_open", "{\"version\":\"" WIDGETS_VERSION "\"}", &sending);
    return widget;
}

/* {"method":method,"state":…} of what has changed, as it came. */
static void send_change(struct io *io, const struct job *job, const char *id,
                        const char *method, const struct widget_change *change)
{
    struct sending sending;
    struct buf text;
    buf_init(&text, CONTENT_MOST);
    json_in_write(change->state, &text);
    begin(&sending, id);
    begin_data(&sending, method);
    json_key(&sending.out, "state");
    json_raw(&sending.out, text.at, text.length);
    json_key(&sending.out, "buffer_paths");
    buf_clear(&text);
    if (change->paths)
        json_in_write(change->paths, &text);
    else
        buf_text(&text, "[]");
    json_raw(&sending.out, text.at, text.length);
    buf_free(&text);
    sending.frames.frames =
        mem_new(change->n_buffers + 1, sizeof *sending.frames.frames);
    for (size_t i = 0; i < change->n_buffers; i++)
        sending.frames.frames[sending.frames.n++] = change->buffers[i];
    finish(io, job, "comm_msg", NULL, &sending);
}

bool comm_update_own(struct io *io, const struct job *job, struct widget *widget,
                     const struct buf *data, struct err *err)
{
    struct widget_change change;
    struct json_t *value = json_in_object(data->at, data->length, NULL, err);
    bool done = value && widgets_read(&change, value, NULL, 0, err) &&
                widgets_update(&io->comms.widgets, widget, &change, err);
    if (done)
        send_change(io, job, widget->id, "update", &change);
    json_in_free(value);
    return done;
}

void comm_close_own(struct io *io, const struct job *job, struct widget *widget)
{
    send_close(io, job, widget->id);
    widgets_close(&io->comms.widgets, widget);
}

/* ---- requests */

static void list(const char *id, const char *target, struct json_out *out)
{
    json_key(out, id);
    json_object(out);
    json_key_text(out, "target_name", target);
    json_end(out);
}

bool comm_info(struct io *io, struct job *job, struct json_out *out, struct err *err)
{
    const struct comms *comms = &io->comms;
    const char *target = NULL;
    size_t length = 0;
    if (!json_in_text(job->message->content, "target_name", "", &target, &length, err))
        return false;
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key(out, "comms");
    json_object(out);
    for (const struct widget *w = comms->widgets.first; w; w = w->next)
        if (!length || strcmp(target, WIDGET) == 0)
            list(w->id, WIDGET, out);
    for (size_t i = 0; i < comms->n_controls; i++)
        if (!length || strcmp(target, CONTROL) == 0)
            list(comms->controls[i], CONTROL, out);
    json_end(out);
    json_end(out);
    return true;
}

/* The comm_id; NULL with *err set when it is none that could be kept. */
static const char *id_of(const struct job *job, struct err *err)
{
    const char *id = json_in_word(job->message->content, "comm_id");
    if (id && *id && strlen(id) <= WIDGETS_ID_MOST)
        return id;
    err_set(err, ERR_BAD_VALUE, "\"comm_id\" must be a text of 1 to %d bytes",
            WIDGETS_ID_MOST);
    return NULL;
}

static bool read_change(const struct job *job, struct widget_change *change,
                        struct err *err)
{
    const struct message *message = job->message;
    return widgets_read(change, json_in_at_key(message->content, "data"),
                        message->buffers, message->n_buffers, err);
}

static bool open_widget(struct io *io, const struct job *job, const char *id,
                        struct err *err)
{
    struct widget_change change;
    return read_change(job, &change, err) &&
           widgets_open(&io->comms.widgets, id, &change, err);
}

bool comm_open(struct io *io, struct job *job, struct json_out *out, struct err *err)
{
    struct err why = {0};
    const char *target = json_in_word(job->message->content, "target_name");
    const char *id = id_of(job, err);
    (void)out;
    if (!id)
        return false;
    bool open = widgets_find(&io->comms.widgets, id) != NULL;
    if (target && strcmp(target, CONTROL) == 0 && !open)
        add_control(&io->comms, id);
    else if (!target || strcmp(target, WIDGET) != 0)
        err_set(&why, ERR_BAD_VALUE, "there is no comm target \"%.60s\"",
                target ? target : "");
    else if (!open_widget(io, job, id, &why) && !why.code)
        err_set(&why, ERR_BUG, "no reason is known");
    if (!why.code)
        return true;
    comm_complain(io, job, "This comm cannot be opened: %s.", why.text);
    if (!open) /* one that is open under this id stays so */
        send_close(io, job, id);
    return true;
}

/* Answers a page that was loaded anew with all there is. */
static void tell_all(struct io *io, const struct job *job, const char *id)
{
    struct sending sending;
    begin(&sending, id);
    begin_data(&sending, "update_states");
    widgets_write_all(&io->comms.widgets, &sending.out, &sending.frames);
    finish(io, job, "comm_msg", NULL, &sending);
    explore_reloaded(io);
}

static void tell_one(struct io *io, const struct job *job, const struct widget *widget)
{
    struct sending sending;
    begin(&sending, widget->id);
    begin_data(&sending, "update");
    widgets_write(widget, &sending.out, &sending.frames);
    finish(io, job, "comm_msg", NULL, &sending);
}

static bool change_widget(struct io *io, struct job *job, struct widget *widget,
                          struct err *err)
{
    struct widget_change change;
    if (!read_change(job, &change, err) ||
        !widgets_update(&io->comms.widgets, widget, &change, err))
        return false;
    if (io->comms.echo)
        send_change(io, job, widget->id, "echo_update", &change);
    if (widget->owner)
        explore_moved(io, widget, change.state, job);
    return true;
}

bool comm_msg(struct io *io, struct job *job, struct json_out *out, struct err *err)
{
    const struct json_t *data = json_in_at_key(job->message->content, "data");
    const char *method = json_in_word(data, "method");
    const char *id = id_of(job, err);
    (void)out;
    if (!id || !method)
        return id != NULL;
    struct widget *widget = widgets_find(&io->comms.widgets, id);
    if (widget && strcmp(method, "update") == 0) {
        if (!change_widget(io, job, widget, err))
            comm_complain(io, job, "This control cannot be changed: %s.", err->text);
    } else if (widget && strcmp(method, "request_state") == 0) {
        tell_one(io, job, widget);
    } else if (find_control(&io->comms, id) < io->comms.n_controls &&
               strcmp(method, "request_states") == 0) {
        tell_all(io, job, id);
    }
    return true;
}

bool comm_close(struct io *io, struct job *job, struct json_out *out, struct err *err)
{
    const char *id = id_of(job, err);
    (void)out;
    if (!id)
        return false;
    struct widget *widget = widgets_find(&io->comms.widgets, id);
    size_t control = find_control(&io->comms, id);
    if (widget && widget->owner)
        explore_close(io, job, widget->owner);
    else if (widget)
        widgets_close(&io->comms.widgets, widget);
    else if (control < io->comms.n_controls)
        forget_control(&io->comms, control);
    return true;
}
