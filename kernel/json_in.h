/* json_in.h - reads one JSON object from a client, mending what clients really send.
 *
 * Lone surrogate escapes and bytes that are no UTF-8 become U+FFFD, escaped NULs are
 * kept, integers past 64 bits become reals. What is still no object is an error.
 * jansson stays behind this header: some of its names are also base/json_out's.
 * Depends on jansson, base/buf, base/utf8.
 */
#ifndef KERNEL_JSON_IN_H
#define KERNEL_JSON_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"

struct json_t; /* jansson's value; free with json_in_free() */

/* The object in `length` bytes (a new reference), or NULL with ERR_BAD_VALUE. `mended`
 * (initialised by the caller, may be NULL) receives the text that was read when it is
 * not `text` itself; else it stays empty. */
MUST_USE struct json_t *json_in_object(const char *text, size_t length,
                                       struct buf *mended, struct err *err);

void json_in_free(struct json_t *value); /* NULL is allowed */

/* The text of a field, or NULL when it is absent, no text, or holds NUL. Borrowed. */
const char *json_in_word(const struct json_t *object, const char *key);

/* The member of an object that is an object itself; absent or null gives NULL. */
MUST_USE bool json_in_member(const struct json_t *object, const char *key,
                             const struct json_t **to, struct err *err);

/* Calls `each` with every key and its value, as text or NULL, until one returns false.
 */
void json_in_each(const struct json_t *object,
                  bool (*each)(void *context, const char *key, const char *text,
                               size_t length),
                  void *context);

/* What stands under a key or in an array; NULL when it is not there. Borrowed. */
const struct json_t *json_in_at_key(const struct json_t *object, const char *key);
const struct json_t *json_in_at(const struct json_t *array, size_t index);
/* How many elements; *n is 0 for what is no array, and false comes back. */
bool json_in_array(const struct json_t *value, size_t *n);
/* The text of a value that is one without NUL, else NULL. Borrowed. */
const char *json_in_plain(const struct json_t *value);
bool json_in_is_object(const struct json_t *value);
/* How many keys an object has; 0 for what is none. */
size_t json_in_size(const struct json_t *object);

/* Calls `each` with every key and its value, until one returns false; false then. */
bool json_in_each_value(const struct json_t *object,
                        bool (*each)(void *context, const char *key,
                                     const struct json_t *value),
                        void *context);

/* Adds a value as JSON text. */
void json_in_write(const struct json_t *value, struct buf *to);

/* Fields of an object. Absent or null gives `otherwise`; a wrong type is an error that
 * names the field and what was expected. */
MUST_USE bool json_in_bool(const struct json_t *object, const char *key, bool otherwise,
                           bool *to, struct err *err);
/* Whole numbers; reals are cut and clamped to int64. */
MUST_USE bool json_in_int(const struct json_t *object, const char *key,
                          int64_t otherwise, int64_t *to, struct err *err);
/* Borrowed text, which may hold NUL. `otherwise` NULL: the field must be there. */
MUST_USE bool json_in_text(const struct json_t *object, const char *key,
                           const char *otherwise, const char **to, size_t *length,
                           struct err *err);

#endif
