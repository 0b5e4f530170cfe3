#include "kernel/streams.h"

#include "attn/base/json_out.h"

enum {
    EVERY_MS = 50,
    MESSAGE_MOST = 64 * 1024,
    PENDING_MOST = 1 << 30,
    UNSENT_MOST = 64 * 1024 * 1024,
    STUCK_MS = 5000,
};

void streams_init(struct streams *streams, struct channels *channels)
{
    *streams = (struct streams){.channels = channels};
    buf_init(&streams->pending, PENDING_MOST);
}

void streams_free(struct streams *streams)
{
    buf_free(&streams->pending);
}

static void publish(struct streams *streams, const char *text, size_t length)
{
    struct buf content;
    buf_init(&content, 6 * length + 64);
    struct json_out out = json_out_to(&content);
    json_object(&out);
    json_key_text(&out, "name", streams->warning ? "stderr" : "stdout");
    json_key(&out, "text");
    json_bytes(&out, text, length);
    json_end(&out);
    const struct outgoing outgoing = {.type = "stream",
                                      .parent =
                                          streams->job ? streams->job->message : NULL,
                                      .content = &content};
    channels_publish(streams->channels, &outgoing);
}

static bool is_stuck(const struct streams *streams, int64_t now)
{
    return streams->moved && now - streams->moved > STUCK_MS;
}

static void tell_dropped(struct streams *streams)
{
    struct buf line;
    buf_init(&line, 256);
    buf_print(&line,
              "\n[%zu bytes of printed text are missing here: a client had stopped "
              "reading]\n",
              streams->dropped);
    streams->dropped = 0;
    publish(streams, line.at, line.length);
    buf_free(&line);
}

void streams_flush(struct streams *streams, int64_t now)
{
    if (!streams->pending.length)
        return;
    bool full = streams_full(streams, now) || is_stuck(streams, now);
    if (full && is_stuck(streams, now)) {
        streams->dropped += streams->pending.length;
    } else {
        if (streams->dropped)
            tell_dropped(streams);
        publish(streams, streams->pending.at, streams->pending.length);
    }
    streams->flushed = now;
    if (streams->pending.size > 4 * MESSAGE_MOST) {
        buf_free(&streams->pending);
        buf_init(&streams->pending, PENDING_MOST);
    }
    buf_clear(&streams->pending);
}

void streams_add(struct streams *streams, const struct job *job, bool warning,
                 const struct buf *text, int64_t now)
{
    if (streams->job != job || streams->warning != warning)
        streams_flush(streams, now);
    streams->job = job;
    streams->warning = warning;
    buf_add(&streams->pending, text->at, text->length);
    if (streams->pending.length >= MESSAGE_MOST)
        streams_flush(streams, now);
}

int streams_tick(struct streams *streams, int64_t now)
{
    if (!streams->pending.length)
        return -1;
    int64_t due = streams->flushed + EVERY_MS;
    if (due > now)
        return (int)(due - now);
    streams_flush(streams, now);
    return -1;
}

bool streams_full(struct streams *streams, int64_t now)
{
    size_t unsent = atomic_load(&streams->channels->unsent);
    if (unsent < UNSENT_MOST) {
        streams->moved = 0;
        return false;
    }
    if (!streams->moved || unsent < streams->least) {
        streams->moved = now;
        streams->least = unsent;
    }
    return !is_stuck(streams, now);
}
