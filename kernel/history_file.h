/* history_file.h - the file behind history: reading, appending, keeping it short.
 *
 * Every function opens, locks and closes the file itself; where that is impossible,
 * or another process keeps it locked for longer than 100 ms, there is simply nothing in
 * it. Depends on jansson, kernel/history.
 */
#ifndef KERNEL_HISTORY_FILE_H
#define KERNEL_HISTORY_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/history.h"

enum { HISTORY_LINES = 10000, HISTORY_KEPT = 9000, HISTORY_INPUT_MOST = 64 * 1024 };
/* A file with more than HISTORY_FULL lines is shortened, and how many may be added
 * before that is looked at again: so it never holds more than HISTORY_LINES. */
enum { HISTORY_CHECK = 500, HISTORY_FULL = HISTORY_LINES - HISTORY_CHECK };

/* Sessions and lines in the file are below: what a JavaScript number holds. */
#define HISTORY_SESSIONS (INT64_C(1) << 53)

/* $XDG_DATA_HOME/attn/history, or NULL when there is no home; free() it. */
char *history_file_path(void);

/* Appends; creates folder and file (0600). With `check`, a full file loses its oldest
 * lines first. False when the file cannot be used. */
bool history_file_append(const char *path, const struct remembered *cell, bool check);

/* The session of the last cell, 0 when there is none, -1 when the file cannot be
 * used. */
int64_t history_file_session(const char *path);

/* What the file holds, in its order; no cell has an output. The cells and their texts
 * lie in these two blocks. */
struct history_lines {
    char *text;
    struct remembered *cells; /* [n] */
    size_t n;
};

/* Lines that are not as we write them are left out. Takes time that a front end does
 * not notice, for it asks often: a full file in a millisecond or two. */
void history_file_read(const char *path, struct history_lines *lines);
void history_lines_free(struct history_lines *lines);

#endif
