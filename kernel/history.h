/* history.h - cells that were run, kept across restarts.
 *
 * $XDG_DATA_HOME/attn/history (else ~/.local/share): a line for each cell, the JSON
 * array [session, line, "input"]; readable by its owner only, locked while it is
 * touched, at most 10,000 lines. The last thousand cells of this process are in memory
 * too, with what they showed: history works where no file can be written. Depends on
 * jansson, kernel/service for serving.
 */
#ifndef KERNEL_HISTORY_H
#define KERNEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attn/base/err.h"

struct history;
struct job;
struct json_out;
struct service;

/* A cell that ran. */
struct remembered {
    int64_t session, line;
    char *input;   /* owned; UTF-8, may hold NUL */
    size_t length; /* of input */
    char *output;  /* owned: text of its result, or NULL */
};

struct remembered *remembered_new(int64_t line, const char *input, size_t length);
void remembered_free(struct remembered *cell); /* NULL is allowed */

/* Touches no file until the first cell or request. */
struct history *history_open(void);
void history_close(struct history *history);
/* Takes `cell`; its session is set here. */
void history_add(struct history *history, struct remembered *cell);

/* What a history_request wants. */
enum history_access { HISTORY_TAIL, HISTORY_RANGE, HISTORY_SEARCH };
struct history_query {
    enum history_access access;
    int64_t session;     /* RANGE: 0 is this one, -1 the one before */
    int64_t start, stop; /* RANGE: lines, stop not in */
    int64_t n;           /* TAIL, SEARCH: the last n; < 0: all */
    const char *pattern; /* SEARCH: a glob over the whole input */
    size_t pattern_length;
    bool unique; /* SEARCH: equal inputs once, the last of them */
    bool output; /* inputs come as [input, output] */
};

/* Writes the array of [session, line, input]. */
void history_write(struct history *history, const struct history_query *query,
                   struct json_out *out);

/* True when `text` matches `pattern` as a whole: * any run, ? one character, [a-z]
 * [^a-z] one of a set. Takes time proportional to the product of the lengths at most.
 */
bool history_glob(const char *pattern, size_t pattern_length, const char *text,
                  size_t length);

MUST_USE bool history_serve(struct service *service, const struct job *job,
                            struct json_out *out, struct err *err);

#endif
