#include <string.h>

#include "attn/base/json_out.h"
#include "kernel/history.h"
#include "kernel/job.h"
#include "kernel/json_in.h"
#include "kernel/service.h"

enum { TAIL_OTHERWISE = 10 };

static bool read_access(const struct json_t *content, enum history_access *access,
                        struct err *err)
{
    static const char *const names[] = {"tail", "range", "search"};
    const char *name = json_in_word(content, "hist_access_type");
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            *access = (enum history_access)i;
            return true;
        }
    }
    return err_set(err, ERR_BAD_VALUE,
                   "\"hist_access_type\" must be tail, range or search");
}

static bool read_query(const struct json_t *content, struct history_query *query,
                       struct err *err)
{
    if (!read_access(content, &query->access, err))
        return false;
    bool tail = query->access == HISTORY_TAIL;
    return json_in_int(content, "session", 0, &query->session, err) &&
           json_in_int(content, "start", 1, &query->start, err) &&
           json_in_int(content, "stop", INT64_MAX, &query->stop, err) &&
           json_in_int(content, "n", tail ? TAIL_OTHERWISE : -1, &query->n, err) &&
           json_in_text(content, "pattern", "*", &query->pattern,
                        &query->pattern_length, err) &&
           json_in_bool(content, "unique", false, &query->unique, err) &&
           json_in_bool(content, "output", false, &query->output, err);
}

bool history_serve(struct service *service, const struct job *job, struct json_out *out,
                   struct err *err)
{
    struct history_query query = {0};
    if (!read_query(job->message->content, &query, err))
        return false;
    if (query.n < 0 && query.access == HISTORY_TAIL)
        return err_set(err, ERR_BAD_VALUE, "\"n\" must not be negative");
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key(out, "history");
    history_write(service->history, &query, out);
    json_end(out);
    return true;
}
