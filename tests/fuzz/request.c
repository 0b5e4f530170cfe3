/* Bodies of requests, as the service thread and the queue read them. The first byte
 * chooses the request. */
#include <stdint.h>
#include <stdlib.h>

#include "attn/lang/session.h"
#include "kernel/assist.h"
#include "kernel/display.h"
#include "kernel/execute.h"
#include "kernel/history.h"
#include "kernel/json_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What all inputs share; fuzzers have no other place for it. */
static struct service service;

static bool serve(uint8_t which, struct job *job, struct json_out *out, struct err *err)
{
    switch (which % 5) {
    case 0:
        return assist_serve_complete(&service, job, out, err);
    case 1:
        return assist_serve_inspect(&service, job, out, err);
    case 2:
        return assist_serve_is_complete(&service, job, out, err);
    case 3:
        return history_serve(&service, job, out, err);
    default:
        return execute_read(job, err);
    }
}

static void begin(void)
{
    struct session *session = session_new();
    service.assist = session_assist(session);
    session_free(session);
    setenv("XDG_DATA_HOME", "/nowhere", 1);
    service.history = history_open();
    history_add(service.history, remembered_new(1, "look it", 7));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    if (!service.history)
        begin();
    struct json_t *content =
        size ? json_in_object((const char *)data + 1, size - 1, NULL, &err) : NULL;
    if (!content)
        return 0;
    struct message message = {.content = content, .id = ""};
    struct job job = {.message = &message};
    struct buf reply;
    buf_init(&reply, DISPLAY_MOST);
    struct json_out out = json_out_to(&reply);
    bool good = serve(data[0], &job, &out, &err);
    if (!good && !err.text[0])
        abort();
    if (good && reply.length) {
        struct json_t *sent = json_in_object(reply.at, reply.length, NULL, &err);
        if (!sent)
            abort(); /* what is sent is JSON */
        json_in_free(sent);
    }
    buf_free(&reply);
    json_in_free(content);
    return 0;
}
