#include "attn/base/json_out.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "attn/base/utf8.h"

struct json_out json_out_to(struct buf *to)
{
    return (struct json_out){.to = to};
}

/* What must stand before a value: nothing after a key, else a comma but for the first.
 */
static void begin_value(struct json_out *out)
{
    if (out->after_key)
        out->after_key = false;
    else if (out->comma[out->depth])
        buf_char(out->to, ',');
    out->comma[out->depth] = true;
}

static void open_with(struct json_out *out, char bracket, char close)
{
    begin_value(out);
    assert(out->depth + 1 < JSON_OUT_DEPTH);
    buf_char(out->to, bracket);
    out->depth++;
    out->close[out->depth] = close;
    out->comma[out->depth] = false;
}

void json_object(struct json_out *out)
{
    open_with(out, '{', '}');
}

void json_array(struct json_out *out)
{
    open_with(out, '[', ']');
}

void json_end(struct json_out *out)
{
    assert(out->depth > 0);
    buf_char(out->to, out->close[out->depth]);
    out->depth--;
}

static void write_escaped(struct buf *to, const char *text, size_t length)
{
    size_t at = 0, plain = 0;
    buf_char(to, '"');
    while (at < length) {
        size_t start = at;
        uint32_t c = utf8_next(text, length, &at);
        if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x2028 &&
            c != 0x2029 && c != 0x7F && (c != 0xFFFD || at - start == 3))
            continue;
        buf_add(to, text + plain, start - plain);
        plain = at;
        if (c == '"' || c == '\\')
            buf_print(to, "\\%c", (char)c);
        else if (c == '\n')
            buf_text(to, "\\n");
        else
            buf_print(to, "\\u%04x", (unsigned)c);
    }
    buf_add(to, text + plain, length - plain);
    buf_char(to, '"');
}

void json_key(struct json_out *out, const char *key)
{
    begin_value(out);
    write_escaped(out->to, key, strlen(key));
    buf_char(out->to, ':');
    out->after_key = true;
}

void json_bytes(struct json_out *out, const char *text, size_t length)
{
    begin_value(out);
    write_escaped(out->to, text, length);
}

void json_text(struct json_out *out, const char *text)
{
    if (!text) {
        json_null(out);
        return;
    }
    json_bytes(out, text, strlen(text));
}

void json_int(struct json_out *out, int64_t value)
{
    begin_value(out);
    buf_print(out->to, "%lld", (long long)value);
}

void json_bool(struct json_out *out, bool value)
{
    begin_value(out);
    buf_text(out->to, value ? "true" : "false");
}

void json_null(struct json_out *out)
{
    begin_value(out);
    buf_text(out->to, "null");
}

void json_float(struct json_out *out, double value)
{
    if (!isfinite(value)) {
        json_null(out);
        return;
    }
    begin_value(out);
    buf_print(out->to, "%.9g", value);
}

void json_raw(struct json_out *out, const char *json, size_t length)
{
    begin_value(out);
    buf_add(out->to, json, length);
}

void json_key_text(struct json_out *out, const char *key, const char *text)
{
    json_key(out, key);
    json_text(out, text);
}

void json_key_int(struct json_out *out, const char *key, int64_t value)
{
    json_key(out, key);
    json_int(out, value);
}

void json_key_float(struct json_out *out, const char *key, double value)
{
    json_key(out, key);
    json_float(out, value);
}

void json_key_bool(struct json_out *out, const char *key, bool value)
{
    json_key(out, key);
    json_bool(out, value);
}
