#include "kernel/assist.h"

#include "attn/base/utf8.h"
#include "attn/lang/session.h"
#include "kernel/display.h"
#include "kernel/json_in.h"

/* Text and cursor of a request. */
struct place {
    const char *code;
    size_t length;
    size_t cursor; /* code points */
};

static bool read_place(struct place *place, const struct json_t *content,
                       struct err *err)
{
    int64_t cursor = 0;
    if (!json_in_text(content, "code", NULL, &place->code, &place->length, err))
        return false;
    int64_t end = (int64_t)utf8_count(place->code, place->length);
    if (!json_in_int(content, "cursor_pos", end, &cursor, err))
        return false;
    place->cursor = (size_t)(cursor < 0 ? 0 : cursor > end ? end : cursor);
    return true;
}

/* What JupyterLab shows beside each match: its kind, and a few words. */
static void write_types(struct json_out *out, const struct completions *found)
{
    json_key(out, "metadata");
    json_object(out);
    json_key(out, "_jupyter_types_experimental");
    json_array(out);
    for (size_t i = 0; i < found->n; i++) {
        const struct completion *item = &found->items[i];
        json_object(out);
        json_key_int(out, "start", (int64_t)found->start);
        json_key_int(out, "end", (int64_t)found->end);
        json_key_text(out, "text", item->text);
        json_key_text(out, "type", item->type);
        json_key_text(out, "signature", item->about ? item->about : "");
        json_end(out);
    }
    json_end(out);
    json_end(out);
}

bool assist_serve_complete(struct service *service, const struct job *job,
                           struct json_out *out, struct err *err)
{
    struct place place = {0};
    struct arena arena = {0};
    if (!read_place(&place, job->message->content, err))
        return false;
    struct completions found = assist_complete(service->assist, place.code,
                                               place.length, place.cursor, &arena);
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key(out, "matches");
    json_array(out);
    for (size_t i = 0; i < found.n; i++)
        json_text(out, found.items[i].text);
    json_end(out);
    json_key_int(out, "cursor_start", (int64_t)found.start);
    json_key_int(out, "cursor_end", (int64_t)found.end);
    write_types(out, &found);
    json_end(out);
    arena_free(&arena);
    return true;
}

bool assist_serve_inspect(struct service *service, const struct job *job,
                          struct json_out *out, struct err *err)
{
    struct place place = {0};
    struct arena arena = {0};
    int64_t level = 0;
    if (!read_place(&place, job->message->content, err) ||
        !json_in_int(job->message->content, "detail_level", 0, &level, err))
        return false;
    const struct view *view = assist_inspect(service->assist, place.code, place.length,
                                             place.cursor, level > 0, &arena);
    bool good = true;
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key_bool(out, "found", view != NULL);
    json_key(out, "data");
    if (view) {
        good = display_page(out, view, err);
    } else {
        json_object(out);
        json_end(out);
    }
    arena_free(&arena);
    if (!good)
        return false;
    json_key(out, "metadata");
    json_object(out);
    json_end(out);
    json_end(out);
    return true;
}

bool assist_serve_is_complete(struct service *service, const struct job *job,
                              struct json_out *out, struct err *err)
{
    const char *code = NULL;
    size_t length = 0;
    (void)service; /* the text alone decides */
    if (!json_in_text(job->message->content, "code", NULL, &code, &length, err))
        return false;
    bool complete = session_is_complete(code, length) == CELL_COMPLETE;
    json_object(out);
    json_key_text(out, "status", complete ? "complete" : "incomplete");
    if (!complete)
        json_key_text(out, "indent", "");
    json_end(out);
    return true;
}
