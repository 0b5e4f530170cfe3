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

/* All cells in file order; *cells and each cell's texts are the caller's. Lines that
 * are not ours are left out. */
size_t history_file_read(const char *path, struct remembered ***cells);

#endif
