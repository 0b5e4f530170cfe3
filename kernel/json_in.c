#include "kernel/json_in.h"

#include <jansson.h>
#include <string.h>

#include "attn/base/utf8.h"

static json_t *load(const char *text, size_t length, size_t flags)
{
    json_error_t ignored;
    return json_loadb(text, length, JSON_ALLOW_NUL | flags, &ignored);
}

/* The value of four hex digits, or -1. */
static int hex4(const char *at)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high(int c)
{
    return c >= 0xD800 && c < 0xDC00;
}

static bool is_low(int c)
{
    return c >= 0xDC00 && c < 0xE000;
}

/* How many bytes of the escape at `at` may stand as they are; 0 for a lone surrogate.
 */
static size_t keep_escape(const char *at, size_t left)
{
    if (left < 6 || at[1] != 'u')
        return left < 2 ? left : 2;
    int c = hex4(at + 2);
    if (is_high(c))
        return left >= 12 && at[6] == '\\' && at[7] == 'u' && is_low(hex4(at + 8)) ? 12
                                                                                   : 0;
    return is_low(c) ? 0 : 6;
}

/* Valid UTF-8 without lone surrogate escapes. */
static void mend(struct buf *to, const char *text, size_t length)
{
    struct buf clean;
    buf_init(&clean, 3 * length);
    utf8_clean(&clean, text, length);
    for (size_t at = 0; at < clean.length;) {
        const char *next = memchr(clean.at + at, '\\', clean.length - at);
        size_t plain = next ? (size_t)(next - clean.at) - at : clean.length - at;
        buf_add(to, clean.at + at, plain);
        at += plain;
        if (at == clean.length)
            break;
        size_t kept = keep_escape(clean.at + at, clean.length - at);
        if (kept)
            buf_add(to, clean.at + at, kept);
        else
            buf_text(to, "\\ufffd");
        at += kept ? kept : 6;
    }
    buf_free(&clean);
}

/* Reads text as it stands, and once more with big integers as reals. */
static json_t *load_leniently(const char *text, size_t length)
{
    json_t *value = load(text, length, 0);
    return value ? value : load(text, length, JSON_DECODE_INT_AS_REAL);
}

json_t *json_in_object(const char *text, size_t length, struct buf *mended,
                       struct err *err)
{
    json_t *value = load_leniently(text, length);
    if (!value) {
        struct buf again;
        buf_init(&again, 3 * length);
        mend(&again, text, length);
        value = load_leniently(again.at, again.length);
        if (value && mended)
            buf_add(mended, again.at, again.length);
        buf_free(&again);
    }
    if (json_is_object(value))
        return value;
    err_set(err, ERR_BAD_VALUE, value ? "is no JSON object" : "is no JSON");
    json_decref(value);
    return NULL;
}

void json_in_free(json_t *value)
{
    json_decref(value);
}

const char *json_in_word(const json_t *object, const char *key)
{
    return json_in_plain(json_object_get(object, key));
}

bool json_in_member(const json_t *object, const char *key, const json_t **to,
                    struct err *err)
{
    *to = json_object_get(object, key);
    if (json_is_null(*to))
        *to = NULL;
    if (*to && !json_is_object(*to))
        return err_set(err, ERR_BAD_VALUE, "\"%s\" must be an object", key);
    return true;
}

void json_in_each(const json_t *object,
                  bool (*each)(void *context, const char *key, const char *text,
                               size_t length),
                  void *context)
{
    /* jansson's iterators take a plain pointer, and change nothing. */
    json_t *walked = (json_t *)(uintptr_t)object;
    for (void *at = json_object_iter(walked); at;
         at = json_object_iter_next(walked, at)) {
        const json_t *value = json_object_iter_value(at);
        if (!each(context, json_object_iter_key(at), json_string_value(value),
                  json_string_length(value)))
            return;
    }
}

const json_t *json_in_at_key(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

const json_t *json_in_at(const json_t *array, size_t index)
{
    return json_array_get(array, index);
}

bool json_in_array(const json_t *value, size_t *n)
{
    *n = json_array_size(value);
    return json_is_array(value);
}

const char *json_in_plain(const json_t *value)
{
    const char *text = json_string_value(value);
    return text && strlen(text) == json_string_length(value) ? text : NULL;
}

bool json_in_is_object(const json_t *value)
{
    return json_is_object(value);
}

size_t json_in_size(const json_t *object)
{
    return json_object_size(object);
}

bool json_in_each_value(const json_t *object,
                        bool (*each)(void *context, const char *key,
                                     const json_t *value),
                        void *context)
{
    json_t *walked = (json_t *)(uintptr_t)object; /* as above */
    for (void *at = json_object_iter(walked); at;
         at = json_object_iter_next(walked, at)) {
        if (!each(context, json_object_iter_key(at), json_object_iter_value(at)))
            return false;
    }
    return true;
}

static int add_piece(const char *piece, size_t size, void *to)
{
    buf_add(to, piece, size);
    return 0;
}

void json_in_write(const json_t *value, struct buf *to)
{
    (void)json_dump_callback(value, add_piece, to, JSON_ENCODE_ANY | JSON_COMPACT);
}

bool json_in_bool(const json_t *object, const char *key, bool otherwise, bool *to,
                  struct err *err)
{
    const json_t *value = json_object_get(object, key);
    *to = otherwise;
    if (!value || json_is_null(value))
        return true;
    if (!json_is_boolean(value))
        return err_set(err, ERR_BAD_VALUE, "\"%s\" must be true or false", key);
    *to = json_is_true(value);
    return true;
}

bool json_in_int(const json_t *object, const char *key, int64_t otherwise, int64_t *to,
                 struct err *err)
{
    const json_t *value = json_object_get(object, key);
    *to = otherwise;
    if (!value || json_is_null(value))
        return true;
    if (json_is_integer(value)) {
        *to = json_integer_value(value);
        return true;
    }
    if (!json_is_real(value))
        return err_set(err, ERR_BAD_VALUE, "\"%s\" must be a whole number", key);
    double real = json_real_value(value);
    *to = real >= 9e18 ? INT64_MAX : real <= -9e18 ? INT64_MIN : (int64_t)real;
    return true;
}

bool json_in_text(const json_t *object, const char *key, const char *otherwise,
                  const char **to, size_t *length, struct err *err)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value)) {
        *to = json_string_value(value);
        *length = json_string_length(value);
        return true;
    }
    if (otherwise && (!value || json_is_null(value))) {
        *to = otherwise;
        *length = strlen(otherwise);
        return true;
    }
    return err_set(err, value ? ERR_BAD_VALUE : ERR_MISSING,
                   value ? "\"%s\" must be a text" : "\"%s\", a text, is missing", key);
}
