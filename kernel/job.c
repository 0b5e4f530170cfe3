#include "kernel/job.h"

#include <stdlib.h>

void job_free(struct job *job)
{
    if (!job)
        return;
    wire_free_message(job->message);
    free(job);
}

void job_error(struct json_out *out, const char *name, const char *text)
{
    json_object(out);
    json_key_text(out, "status", "error");
    json_key_text(out, "ename", name);
    json_key_text(out, "evalue", text);
    json_key(out, "traceback");
    json_array(out);
    json_text(out, text);
    json_end(out);
}
