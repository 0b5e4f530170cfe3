#include "kernel/comm.h"

#include "kernel/io.h"
#include "kernel/json_in.h"

bool comm_info(struct io *io, struct job *job, struct json_out *out, struct err *err)
{
    const char *target = NULL;
    size_t length = 0;
    (void)io;
    if (!json_in_text(job->message->content, "target_name", "", &target, &length, err))
        return false;
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key(out, "comms");
    json_object(out);
    json_end(out);
    json_end(out);
    return true;
}

bool comm_open(struct io *io, struct job *job, struct json_out *out, struct err *err)
{
    const char *id = NULL;
    size_t length = 0;
    struct buf content;
    (void)out;
    if (!json_in_text(job->message->content, "comm_id", NULL, &id, &length, err))
        return false;
    buf_init(&content, 6 * length + 64);
    struct json_out closing = json_out_to(&content);
    json_object(&closing);
    json_key(&closing, "comm_id");
    json_bytes(&closing, id, length);
    json_key(&closing, "data");
    json_object(&closing);
    json_end(&closing);
    json_end(&closing);
    io_publish(io, job, "comm_close", &content);
    return true;
}

bool comm_ignore(struct io *io, struct job *job, struct json_out *out, struct err *err)
{
    (void)io, (void)job, (void)out, (void)err;
    return true;
}
