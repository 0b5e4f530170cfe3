#include "kernel/drawing.h"

#include <stdlib.h>

#include "kernel/display.h"

static const char OPENED_SINCE[] =
    "In a page that was opened later, the picture follows here:\n";

void drawing_free(struct drawing *drawing)
{
    if (!drawing)
        return;
    explorer_drop(drawing->explorer);
    free(drawing);
}

struct pencil {
    const struct drawing *drawing;
    struct event *event;
};

static bool write_update(struct pencil *pencil, const struct view *view,
                         struct err *err)
{
    struct json_out out = json_out_to(&pencil->event->content);
    json_object(&out);
    const atomic_bool *stop = pencil->drawing->stop;
    if (!(pencil->drawing->controls ? display_explored(&out, view, stop, err)
                                    : display_view(&out, view, stop, err)))
        return false;
    display_transient(&out, pencil->drawing->display);
    json_end(&out);
    return true;
}

/* {"state":{"outputs":[a line, the picture]}} */
static bool write_stage(struct pencil *pencil, const struct view *view, struct err *err)
{
    struct json_out out = json_out_to(&pencil->event->more);
    json_object(&out);
    json_key(&out, "state");
    json_object(&out);
    json_key(&out, "outputs");
    json_array(&out);
    json_object(&out);
    json_key_text(&out, "output_type", "stream");
    json_key_text(&out, "name", "stdout");
    json_key_text(&out, "text", OPENED_SINCE);
    json_end(&out);
    json_object(&out);
    json_key_text(&out, "output_type", "display_data");
    json_key(&out, "data");
    if (!display_explored_page(&out, view, err))
        return false;
    json_key(&out, "metadata");
    json_object(&out);
    while (out.depth)
        json_end(&out);
    return true;
}

static bool put(void *context, const struct output *output, struct err *err)
{
    struct pencil *pencil = context;
    if (!output->view)
        return true;
    return write_update(pencil, output->view, err) &&
           (!pencil->drawing->stage || write_stage(pencil, output->view, err));
}

struct event *drawing_perform(const struct drawing *drawing)
{
    struct event *event = event_new(EVENT_DRAWN, NULL);
    struct pencil pencil = {drawing, event};
    struct err err = {0};
    const struct run run = {.sink = {&pencil, put}, .stop = drawing->stop};
    buf_init(&event->content, DISPLAY_MOST);
    buf_init(&event->more, DISPLAY_MOST);
    event->failed = !explorer_draw(drawing->explorer, drawing->values, drawing->ribbon,
                                   &run, &err) ||
                    event->content.full || event->more.full;
    return event;
}
