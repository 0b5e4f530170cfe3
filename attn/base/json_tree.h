/* json_tree.h - reads JSON that others wrote, without trust.
 *
 * Strict RFC 8259: valid UTF-8, one value, no name twice in an object, at most
 * JSON_TREE_DEPTH brackets open. Depends on base/arena, base/err.
 */
#ifndef ATTN_BASE_JSON_TREE_H
#define ATTN_BASE_JSON_TREE_H

#include <stdint.h>

#include "attn/base/arena.h"

enum { JSON_TREE_DEPTH = 32 };

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_INT,    /* a number without . or e that an int64_t holds */
    JSON_NUMBER, /* any other number */
    JSON_TEXT,
    JSON_LIST,
    JSON_OBJECT,
};

/* A value; it and all below it live in one arena. */
struct json {
    enum json_kind kind;
    const char *key;  /* its name, where it stands in an object; else NULL */
    const char *text; /* TEXT: valid UTF-8, NUL-terminated, U+FFFD for a NUL in it */
    int64_t integer;  /* INT; BOOL: 0 or 1 */
    double number;    /* INT, NUMBER */
    const struct json *first; /* LIST, OBJECT: what is inside, in its order … */
    const struct json *next;  /* … each with the one after it */
    size_t n;                 /* LIST, OBJECT: how many are inside */
};

/* Reads `length` bytes, which need no NUL after them, into `arena`. NULL with
 * ERR_BAD_FILE set; the message says what is wrong and at which byte. */
MUST_USE const struct json *json_read(const char *text, size_t length,
                                      struct arena *arena, struct err *err);

/* The value of that name in an object; NULL where there is none. */
const struct json *json_member(const struct json *object, const char *key);

#endif
