#include "kernel/expressions.h"

#include "kernel/job.h"
#include "kernel/json_in.h"

enum { TEXT_MOST = 1 << 20 };

struct expressions {
    struct json_out *out;
    struct session *session;
    const atomic_bool *stop;
    size_t n;
};

/* Gathers what the expression shows, as text. */
static bool gather(void *context, const struct output *output, struct err *err)
{
    struct buf *text = context;
    if (output->text && output->kind != OUTPUT_EXPLORE)
        buf_add(text, output->text, output->length);
    else if (output->json)
        buf_text(text, output->json);
    else if (output->view)
        view_text(output->view, text);
    return !text->full || err_set(err, ERR_TOO_LARGE, "This answer is too large.");
}

static void write_value(struct json_out *out, const struct buf *text)
{
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key(out, "data");
    json_object(out);
    json_key(out, "text/plain");
    json_bytes(out, text->at, text->length);
    json_end(out);
    json_key(out, "metadata");
    json_object(out);
    json_end(out);
    json_end(out);
}

static bool evaluate(void *context, const char *name, const char *code, size_t length)
{
    struct expressions *all = context;
    struct buf text;
    struct err err = {0};
    if (all->n++ == EXPRESSIONS_MOST)
        return false;
    buf_init(&text, TEXT_MOST);
    const struct run run = {.sink = {&text, gather}, .stop = all->stop, .aside = true};
    bool good = code ? session_run(all->session, code, length, &run, &err)
                     : err_set(&err, ERR_BAD_VALUE, "This expression is no text.");
    json_key(all->out, name);
    if (good) {
        write_value(all->out, &text);
    } else {
        job_error(all->out, err_name(err.code), err.text);
        json_end(all->out);
    }
    buf_free(&text);
    return true;
}

void expressions_write(struct json_out *out, const struct json_t *expressions,
                       struct session *session, const atomic_bool *stop)
{
    struct expressions all = {out, session, stop, 0};
    json_object(out);
    if (expressions)
        json_in_each(expressions, evaluate, &all);
    json_end(out);
}
