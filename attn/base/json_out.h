/* json_out.h - writes JSON into a buf, commas and escapes by itself.
 *
 *     json_object(&out);  json_key(&out, "kind");  json_text(&out, "look");
 * json_end(&out);
 *
 * No pretty printing; UTF-8 as it is; control characters, `<`, U+2028 and U+2029
 * escaped, so that the same JSON may stand inside a <script> element. Depends on
 * base/buf.
 */
#ifndef ATTN_BASE_JSON_OUT_H
#define ATTN_BASE_JSON_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/buf.h"

enum { JSON_OUT_DEPTH = 16 };

struct json_out {
    struct buf *to;             /* borrowed */
    size_t depth;               /* open arrays and objects */
    char close[JSON_OUT_DEPTH]; /* the bracket that ends each */
    bool comma[JSON_OUT_DEPTH]; /* the next element needs one before it */
    bool after_key;
};

struct json_out json_out_to(struct buf *to);
void json_object(struct json_out *out);
void json_array(struct json_out *out);
void json_end(struct json_out *out); /* closes the innermost array or object */
void json_key(struct json_out *out, const char *key);
void json_text(struct json_out *out, const char *text); /* NULL writes null */
void json_bytes(struct json_out *out, const char *text, size_t length);
void json_int(struct json_out *out, int64_t value);
void json_bool(struct json_out *out, bool value);
void json_null(struct json_out *out);
/* 9 significant digits: a float32 survives. NaN and infinities write null. */
void json_float(struct json_out *out, double value);
/* Writes `json`, which is a value already, as it stands. */
void json_raw(struct json_out *out, const char *json, size_t length);

/* A key and its value in one. */
void json_key_text(struct json_out *out, const char *key, const char *text);
void json_key_int(struct json_out *out, const char *key, int64_t value);
void json_key_float(struct json_out *out, const char *key, double value);
void json_key_bool(struct json_out *out, const char *key, bool value);

#endif
