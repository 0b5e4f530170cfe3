#include "kernel/explore.h"

#include <sodium/randombytes.h>
#include <sodium/utils.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "kernel/controls.h"
#include "kernel/dispatch.h"
#include "kernel/drawing.h"
#include "kernel/io.h"

struct exploring {
    struct exploring *next;
    struct explorer *explorer;
    char display[DISPLAY_ID_SIZE];
    char *cell; /* cellId of its cell, or NULL */
    int values[EXPLORER_CONTROLS];
    struct widget *parts[CONTROLS_PARTS];
    struct job *waiting; /* the newest move, its picture still due */
    bool due;
    const char *ribbon; /* it is out of date; or NULL */
    bool ribbon_due;    /* and not yet marked */
    size_t n;           /* of controls */
    bool moved;
    bool reloaded; /* some page has been loaded since */
    bool closed;   /* and freed when its drawing comes back */
};

/* ---- opening and closing */

static void release(struct exploring *exploring)
{
    explorer_drop(exploring->explorer);
    job_free(exploring->waiting);
    free(exploring->cell);
    free(exploring);
}

static size_t *count_of(struct explores *explores, const struct exploring *exploring)
{
    return exploring->n ? &explores->n : &explores->n_pictures;
}

void explore_close(struct io *io, const struct job *job, struct exploring *exploring)
{
    struct explores *explores = &io->explores;
    struct exploring **link = &explores->first;
    while (*link != exploring)
        link = &(*link)->next;
    *link = exploring->next;
    *count_of(explores, exploring) -= 1;
    for (size_t i = CONTROLS_PARTS; i-- > 0;)
        if (exploring->parts[i])
            comm_close_own(io, job, exploring->parts[i]);
    if (exploring->waiting)
        dispatch_finish(io, exploring->waiting);
    exploring->waiting = NULL;
    exploring->closed = true;
    if (explores->drawn == exploring)
        atomic_store(&explores->stop, true);
    else
        release(exploring);
}

void explore_free(struct explores *explores)
{
    struct exploring *drawn = explores->drawn;
    if (drawn && drawn->closed)
        release(drawn);
    while (explores->first) {
        struct exploring *next = explores->first->next;
        release(explores->first);
        explores->first = next;
    }
    job_free(explores->drawn_for);
}

static void add(struct explores *explores, struct exploring *exploring)
{
    struct exploring **last = &explores->first;
    while (*last)
        last = &(*last)->next;
    *last = exploring;
    *count_of(explores, exploring) += 1;
}

static struct exploring *begin(const struct event *event)
{
    struct exploring *exploring = mem_new(1, sizeof *exploring);
    const struct control *controls = explorer_controls(event->explorer, &exploring->n);
    const char *cell = event->job->message->cell;
    exploring->explorer = explorer_keep(event->explorer);
    exploring->cell = cell ? mem_copy(cell, strlen(cell)) : NULL;
    memcpy(exploring->display, event->display, sizeof exploring->display);
    for (size_t i = 0; i < exploring->n; i++)
        exploring->values[i] = controls[i].value;
    return exploring;
}

/* The oldest with controls, or without; there is one. */
static struct exploring *oldest(const struct explores *explores, bool controls)
{
    struct exploring *one = explores->first;
    while ((one->n > 0) != controls)
        one = one->next;
    return one;
}

/* Opens model after model, what is referred to first. The ids are drawn by lot, so that
 * a page of an earlier kernel never takes these models for its own. */
static bool open_parts(struct io *io, const struct job *job,
                       struct exploring *exploring, struct err *err)
{
    unsigned char random[12];
    char ids[CONTROLS_PARTS][CONTROLS_ID_SIZE], hex[2 * sizeof random + 1];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hex, sizeof hex, random, sizeof random);
    for (int i = 0; i < CONTROLS_PARTS; i++)
        snprintf(ids[i], sizeof ids[i], "%s-%d", hex, i);
    for (int i = 0; i < CONTROLS_PARTS; i++) {
        struct buf data;
        buf_init(&data, WIDGETS_STATE_MOST);
        controls_write(exploring->explorer, (enum controls_part)i, ids, &data);
        exploring->parts[i] = comm_open_own(io, job, ids[i], &data, err);
        buf_free(&data);
        if (!exploring->parts[i])
            return false;
        exploring->parts[i]->owner = exploring;
    }
    return true;
}

void explore_show(struct io *io, const struct event *event)
{
    struct err err = {0};
    struct buf content;
    if (io->explores.n == EXPLORE_MOST)
        explore_close(io, event->job, oldest(&io->explores, true));
    struct exploring *exploring = begin(event);
    add(&io->explores, exploring);
    if (!open_parts(io, event->job, exploring, &err)) {
        explore_close(io, event->job, exploring);
        comm_complain(io, event->job, "There are no controls: %s.", err.text);
        return;
    }
    buf_init(&content, WIDGETS_STATE_MOST);
    controls_view(exploring->parts[CONTROLS_BOX]->id, event->content.at, &content);
    io_publish(io, event->job, "display_data", &content);
}

void explore_remember(struct io *io, const struct event *event)
{
    if (io->explores.n_pictures == EXPLORE_PICTURES_MOST)
        explore_close(io, event->job, oldest(&io->explores, false));
    add(&io->explores, begin(event));
}

void explore_compare(struct io *io, const struct job *job)
{
    const char *cell = job->message->cell;
    if (!cell || !io->assist)
        return;
    for (struct exploring *one = io->explores.first; one; one = one->next) {
        if (one->ribbon || !one->cell || strcmp(one->cell, cell) == 0)
            continue;
        one->ribbon = explorer_earlier(one->explorer, io->assist, cell);
        one->ribbon_due = one->ribbon != NULL;
    }
}

void explore_forget_cell(struct io *io, const struct job *job)
{
    const char *cell = job->message->cell;
    for (struct exploring *one = io->explores.first, *next; cell && one; one = next) {
        next = one->next;
        if (one->cell && strcmp(one->cell, cell) == 0)
            explore_close(io, job, one);
    }
}

/* ---- moves */

/* What the page now shows is not what can be: it is told so. */
static void correct(struct io *io, const struct job *job, struct widget *widget,
                    const struct control *control, int value)
{
    struct err err = {0};
    struct buf data;
    buf_init(&data, 256);
    buf_print(&data, "{\"state\":{\"%s\":%d}}", controls_key(control), value);
    if (!comm_update_own(io, job, widget, &data, &err))
        comm_complain(io, job, "This control cannot be corrected: %s.", err.text);
    buf_free(&data);
}

/* The move of one control; true when there is something new to draw. */
static bool take_value(struct io *io, struct exploring *exploring, size_t at,
                       const struct json_t *state, struct job *job)
{
    size_t n;
    struct err err = {0};
    int64_t value = 0;
    const struct control *control = &explorer_controls(exploring->explorer, &n)[at];
    const char *key = controls_key(control);
    int before = exploring->values[at];
    if (!json_in_at_key(state, key))
        return false;
    bool good = json_in_int(state, key, before, &value, &err);
    if (good && value >= control->least && value <= control->most)
        exploring->values[at] = (int)value;
    else
        correct(io, job, exploring->parts[CONTROLS_FIRST + at], control, before);
    return exploring->values[at] != before;
}

void explore_moved(struct io *io, struct widget *widget, const struct json_t *state,
                   struct job *job)
{
    struct exploring *exploring = widget->owner;
    bool changed = false;
    for (size_t i = 0; i < EXPLORER_CONTROLS; i++)
        if (exploring->parts[CONTROLS_FIRST + i] == widget)
            changed = take_value(io, exploring, i, state, job);
    if (!changed)
        return;
    if (exploring->waiting)
        dispatch_finish(io, exploring->waiting); /* this move is in its place */
    exploring->waiting = job;
    exploring->due = exploring->moved = true;
    job->taken = true;
}

void explore_reloaded(struct io *io)
{
    for (struct exploring *one = io->explores.first; one; one = one->next) {
        one->reloaded = one->n > 0;
        one->due = one->due || one->moved; /* what the page has kept may be older */
    }
}

/* ---- drawing */

/* True while cells run or wait to run. */
static bool is_running(const struct io *io)
{
    for (const struct shell *shell = &io->shells.main; shell; shell = shell->next)
        if (shell->first || shell->running)
            return true;
    return false;
}

static struct exploring *find_due(const struct io *io)
{
    bool running = is_running(io);
    struct exploring *one = io->explores.first;
    while (one && !one->due && !(one->ribbon_due && !running))
        one = one->next;
    return one;
}

void explore_step(struct io *io)
{
    struct explores *explores = &io->explores;
    struct exploring *due;
    if (!explores->first || explores->drawn || io->serving || io->leaving ||
        io_holding(io) || !(due = find_due(io)))
        return;
    struct drawing *drawing = mem_new(1, sizeof *drawing);
    *drawing = (struct drawing){.explorer = explorer_keep(due->explorer),
                                .controls = due->n > 0,
                                .ribbon = due->ribbon,
                                .stage = due->reloaded,
                                .stop = &explores->stop};
    memcpy(drawing->values, due->values, sizeof drawing->values);
    memcpy(drawing->display, due->display, sizeof drawing->display);
    explores->drawn = due;
    explores->drawn_for = due->waiting;
    explores->again = false;
    atomic_store(&explores->stop, false);
    due->waiting = NULL;
    due->due = due->ribbon_due = false;
    service_draw(&io->service, drawing);
}

static void publish(struct io *io, struct exploring *exploring, const struct job *job,
                    struct event *event)
{
    struct err err = {0};
    io_publish(io, job, "update_display_data", &event->content);
    if (event->more.length &&
        !comm_update_own(io, job, exploring->parts[CONTROLS_STAGE], &event->more,
                         &err) &&
        job)
        comm_complain(io, job, "The picture cannot be shown here: %s.", err.text);
}

/* The move whose drawing was put off waits on, unless there is a newer one. */
static struct job *put_off(struct exploring *exploring, struct job *job)
{
    exploring->due = true;
    if (exploring->waiting)
        return job;
    exploring->waiting = job;
    return NULL;
}

void explore_drawn(struct io *io, struct event *event)
{
    struct explores *explores = &io->explores;
    struct exploring *exploring = explores->drawn;
    struct job *job = explores->drawn_for;
    explores->drawn = NULL;
    explores->drawn_for = NULL;
    if (exploring->closed)
        release(exploring);
    else if (!event->failed)
        publish(io, exploring, job, event);
    else if (explores->again)
        job = put_off(exploring, job);
    else
        exploring->ribbon_due = exploring->ribbon != NULL;
    if (job)
        dispatch_finish(io, job);
}

void explore_make_way(struct io *io)
{
    if (!io->explores.drawn || atomic_load(&io->explores.stop))
        return;
    io->explores.again = true;
    atomic_store(&io->explores.stop, true);
}

void explore_interrupt(struct io *io)
{
    io->explores.again = false;
    atomic_store(&io->explores.stop, true);
    for (struct exploring *one = io->explores.first; one; one = one->next) {
        if (one->waiting)
            dispatch_finish(io, one->waiting);
        one->waiting = NULL;
        one->due = false;
    }
}
