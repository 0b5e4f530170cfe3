#include "kernel/streams.h"

#include "attn/base/json_out.h"

enum {
    EVERY_MS = 50,
    MESSAGE_MOST = 256 * 1024,
    AWAITING_MOST = 32 * 1024, /* text that gathers while the pace lets none through */
    ENVELOPE = 1000,           /* bytes of a message besides its text */
    PENDING_MOST = 1 << 30,
    UNSENT_MOST = 64 * 1024 * 1024,
    STUCK_MS = 5000,
};

void streams_init(struct streams *streams, struct channels *channels, int64_t now)
{
    *streams = (struct streams){.channels = channels};
    for (int i = 0; i < 2; i++)
        buf_init(&streams->pending[i].text, PENDING_MOST);
    pace_reset(&streams->pace, now);
}

void streams_free(struct streams *streams)
{
    for (int i = 0; i < 2; i++)
        buf_free(&streams->pending[i].text);
}

static void publish(struct streams *streams, int which, const char *text, size_t length)
{
    struct buf content;
    buf_init(&content, 6 * length + 64);
    struct json_out out = json_out_to(&content);
    json_object(&out);
    json_key_text(&out, "name", which ? "stderr" : "stdout");
    json_key(&out, "text");
    json_bytes(&out, text, length);
    json_end(&out);
    pace_take(&streams->pace, PACE_BYTES, (double)content.length + ENVELOPE);
    pace_take(&streams->pace, PACE_MESSAGES, 1);
    const struct outgoing outgoing = {
        .type = "stream", .parent = streams->parent, .content = &content};
    channels_publish(streams->channels, &outgoing);
}

static bool is_stuck(const struct streams *streams, int64_t now)
{
    return streams->moved && now - streams->moved > STUCK_MS;
}

static void tell_dropped(struct streams *streams, int which)
{
    struct buf line;
    buf_init(&line, 256);
    buf_print(&line,
              "\n[%zu bytes of printed text are missing here: a client had stopped "
              "reading]\n",
              streams->dropped);
    streams->dropped = 0;
    publish(streams, which, line.at, line.length);
    buf_free(&line);
}

/* True while clients have not taken what lies ready for them. */
static bool is_congested(struct streams *streams, int64_t now)
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
    return true;
}

static void send_or_drop(struct streams *streams, int which, int64_t now)
{
    struct buf *text = &streams->pending[which].text;
    if (!text->length)
        return;
    if (is_congested(streams, now) && is_stuck(streams, now)) {
        streams->dropped += text->length;
    } else {
        if (streams->dropped)
            tell_dropped(streams, which);
        publish(streams, which, text->at, text->length);
    }
    streams->flushed = now;
    streams->pending[which].cost = 0;
    if (text->size > 2 * MESSAGE_MOST) {
        buf_free(text);
        buf_init(text, PENDING_MOST);
    }
    buf_clear(text);
}

void streams_flush(struct streams *streams, int64_t now)
{
    int first = streams->first;
    send_or_drop(streams, first, now);
    send_or_drop(streams, !first, now);
}

/* What `text` takes as a JSON string. */
static double cost_of(const struct buf *text)
{
    size_t cost = text->length;
    for (size_t i = 0; i < text->length; i++) {
        unsigned char c = (unsigned char)text->at[i];
        if (c < 0x20)
            cost += c == '\n' ? 1 : 5;
        else if (c == '"' || c == '\\' || c == '<')
            cost += c == '<' ? 5 : 1;
    }
    return (double)cost;
}

static double total_cost(const struct streams *streams)
{
    return streams->pending[0].cost + streams->pending[1].cost;
}

/* The order of output and error is kept by sending the one before the other begins,
 * unless they take turns so often that this would be a flood of messages. */
static void turn(struct streams *streams, int which, int64_t now)
{
    if (!streams->pending[!which].text.length)
        return;
    if (pace_left(&streams->pace, PACE_TURNS, now) >= 1) {
        pace_take(&streams->pace, PACE_TURNS, 1);
        streams_flush(streams, now);
    }
}

void streams_add(struct streams *streams, const struct message *parent, bool warning,
                 const struct buf *text, int64_t now)
{
    struct pending *to = &streams->pending[warning];
    if (streams->parent != parent)
        streams_flush(streams, now);
    streams->parent = parent;
    turn(streams, warning, now);
    if (!streams->pending[!warning].text.length)
        streams->first = warning;
    buf_add(&to->text, text->at, text->length);
    to->cost += cost_of(text);
    if (to->text.length >= MESSAGE_MOST)
        streams_flush(streams, now);
}

int streams_tick(struct streams *streams, int64_t now)
{
    double cost = total_cost(streams);
    if (cost == 0)
        return -1;
    int64_t due = streams->flushed + EVERY_MS;
    int wait = pace_wait(&streams->pace, PACE_BYTES, cost, now);
    if (due > now + wait)
        wait = (int)(due - now);
    if (wait == 0)
        streams_flush(streams, now);
    return wait ? wait : -1;
}

bool streams_full(struct streams *streams, int64_t now)
{
    double cost = total_cost(streams);
    if (is_congested(streams, now) && !is_stuck(streams, now))
        return true;
    return pace_left(&streams->pace, PACE_MESSAGES, now) < 1 ||
           (cost >= AWAITING_MOST && pace_left(&streams->pace, PACE_BYTES, now) < cost);
}
