#include "kernel/service.h"

#include <stdlib.h>

#include "attn/base/mem.h"
#include "attn/lang/session.h"
#include "kernel/display.h"
#include "kernel/handlers.h"

enum { STACK = 2 * 1024 * 1024 };

static struct event *answer(struct service *service, struct job *job)
{
    struct event *event = event_new(EVENT_DONE, job);
    struct err err = {0};
    buf_init(&event->content, DISPLAY_MOST);
    struct json_out out = json_out_to(&event->content);
    bool good = job->handler->serve(service, job, &out, &err);
    if (good && event->content.full)
        good = err_set(&err, ERR_TOO_LARGE, "This answer is too large to be sent.");
    if (good)
        return event;
    buf_clear(&event->content);
    out = json_out_to(&event->content);
    job_error(&out, err_name(err.code), err.text);
    json_end(&out);
    event->failed = true;
    return event;
}

static void perform(struct service *service, struct task *task)
{
    if (task->assist) {
        assist_free(service->assist);
        service->assist = task->assist;
    }
    if (task->cell)
        history_add(service->history, task->cell);
    if (task->job)
        worker_tell(&service->worker, answer(service, task->job), NULL);
    if (task->drawing)
        worker_tell(&service->worker, drawing_perform(task->drawing), NULL);
    drawing_free(task->drawing);
    free(task);
}

static void *body(void *context)
{
    struct service *service = context;
    service->history = history_open();
    for (struct task *task; (task = worker_next(&service->worker));)
        perform(service, task);
    history_close(service->history);
    assist_free(service->assist);
    return NULL;
}

bool service_start(struct service *service, void *zmq_context, struct err *err)
{
    return worker_start(&service->worker, zmq_context, STACK, body, service, err);
}

void service_give(struct service *service, struct job *job, struct assist *assist)
{
    struct task *task = mem_new(1, sizeof *task);
    *task = (struct task){.job = job, .assist = assist};
    worker_give(&service->worker, task);
}

void service_remember(struct service *service, struct remembered *cell)
{
    struct task *task = mem_new(1, sizeof *task);
    *task = (struct task){.cell = cell};
    worker_give(&service->worker, task);
}

void service_draw(struct service *service, struct drawing *drawing)
{
    struct task *task = mem_new(1, sizeof *task);
    *task = (struct task){.drawing = drawing};
    worker_give(&service->worker, task);
}
