#include "kernel/handlers.h"

#include <string.h>

#include "attn/lang/session.h"
#include "kernel/assist.h"
#include "kernel/comm.h"
#include "kernel/io.h"
#include "kernel/json_in.h"
#include "kernel/usage.h"

static void write_language(struct json_out *out)
{
    json_key(out, "language_info");
    json_object(out);
    json_key_text(out, "name", LANGUAGE_NAME);
    json_key_text(out, "version", ATTN_VERSION);
    json_key_text(out, "mimetype", LANGUAGE_MIME);
    json_key_text(out, "file_extension", LANGUAGE_EXTENSION);
    json_key_text(out, "pygments_lexer", "text");
    json_end(out);
}

static bool kernel_info(struct io *io, struct job *job, struct json_out *out,
                        struct err *err)
{
    (void)io, (void)job, (void)err; /* the same for everyone */
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key_text(out, "protocol_version", WIRE_PROTOCOL);
    json_key_text(out, "implementation", "attn-kernel");
    json_key_text(out, "implementation_version", ATTN_VERSION);
    write_language(out);
    json_key_text(out, "banner",
                  "attn " ATTN_VERSION ": type a sentence, see attention. Type  help");
    json_key_bool(out, "debugger", false);
    json_key(out, "help_links");
    json_array(out);
    json_end(out);
    json_key(out, "supported_features");
    json_array(out);
    json_text(out, "kernel subshells");
    json_end(out);
    json_end(out);
    return true;
}

static bool connect(struct io *io, struct job *job, struct json_out *out,
                    struct err *err)
{
    (void)job, (void)err;
    json_object(out);
    json_key_text(out, "status", "ok");
    for (int i = 0; i < PORTS; i++)
        json_key_int(out, connection_port_name((enum connection_port)i),
                     io->connection->ports[i]);
    json_end(out);
    return true;
}

static void just_ok(struct json_out *out)
{
    json_object(out);
    json_key_text(out, "status", "ok");
    json_end(out);
}

static bool interrupt(struct io *io, struct job *job, struct json_out *out,
                      struct err *err)
{
    (void)job, (void)err;
    io_interrupt(io);
    just_ok(out);
    return true;
}

/* Told to every client, as each has to know that the kernel goes. */
static bool shut_down(struct io *io, struct job *job, struct json_out *out,
                      struct err *err)
{
    bool restart = false;
    if (!json_in_bool(job->message->content, "restart", false, &restart, err))
        return false;
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key_bool(out, "restart", restart);
    json_end(out);
    struct buf copy;
    buf_init(&copy, 256);
    buf_add(&copy, out->to->at, out->to->length);
    io_publish(io, job, "shutdown_reply", &copy);
    io_leave(io);
    return true;
}

static bool create_subshell(struct io *io, struct job *job, struct json_out *out,
                            struct err *err)
{
    (void)job;
    struct shell *shell = shells_create(&io->shells);
    if (!shell)
        return err_set(err, ERR_TOO_LARGE, "there are %d subshells already",
                       SHELLS_MOST);
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key_text(out, "subshell_id", shell->id);
    json_end(out);
    return true;
}

static bool delete_subshell(struct io *io, struct job *job, struct json_out *out,
                            struct err *err)
{
    const char *id = NULL;
    size_t length = 0;
    if (!json_in_text(job->message->content, "subshell_id", NULL, &id, &length, err))
        return false;
    struct shell *shell = shells_find(&io->shells, id);
    if (!shell) {
        job_error(out, "UnknownSubshellError", "there is no such subshell");
        json_end(out);
        return true;
    }
    shell->closing = true;
    just_ok(out);
    return true;
}

static bool list_subshell(struct io *io, struct job *job, struct json_out *out,
                          struct err *err)
{
    (void)job, (void)err;
    json_object(out);
    json_key_text(out, "status", "ok");
    json_key(out, "subshell_id");
    shells_list(&io->shells, out);
    json_end(out);
    return true;
}

static bool usage(struct io *io, struct job *job, struct json_out *out, struct err *err)
{
    (void)job, (void)err;
    usage_write(&io->usage, out);
    return true;
}

static const struct handler handlers[] = {
    {"execute_request", "execute_reply", PLACE_EXECUTION, NULL, NULL},
    {"kernel_info_request", "kernel_info_reply", PLACE_NOW, kernel_info, NULL},
    {"complete_request", "complete_reply", PLACE_SERVICE, NULL, assist_serve_complete},
    {"inspect_request", "inspect_reply", PLACE_SERVICE, NULL, assist_serve_inspect},
    {"is_complete_request", "is_complete_reply", PLACE_SERVICE, NULL,
     assist_serve_is_complete},
    {"history_request", "history_reply", PLACE_SERVICE, NULL, history_serve},
    {"comm_info_request", "comm_info_reply", PLACE_NOW, comm_info, NULL},
    {"comm_open", NULL, PLACE_NOW, comm_open, NULL},
    {"comm_msg", NULL, PLACE_NOW, comm_msg, NULL},
    {"comm_close", NULL, PLACE_NOW, comm_close, NULL},
    {"connect_request", "connect_reply", PLACE_NOW, connect, NULL},
    {"interrupt_request", "interrupt_reply", PLACE_NOW, interrupt, NULL},
    {"shutdown_request", "shutdown_reply", PLACE_NOW, shut_down, NULL},
    {"create_subshell_request", "create_subshell_reply", PLACE_NOW, create_subshell,
     NULL},
    {"delete_subshell_request", "delete_subshell_reply", PLACE_NOW, delete_subshell,
     NULL},
    {"list_subshell_request", "list_subshell_reply", PLACE_NOW, list_subshell, NULL},
    {"usage_request", "usage_reply", PLACE_NOW, usage, NULL},
};

const struct handler *handlers_find(const char *type)
{
    for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++) {
        if (strcmp(handlers[i].type, type) == 0)
            return &handlers[i];
    }
    return NULL;
}
