/* file.h - reading files that others wrote, without trust.
 *
 * A regular file alone: a pipe or a device may never end, nor even open. Depends on
 * base/buf.
 */
#ifndef ATTN_BASE_FILE_H
#define ATTN_BASE_FILE_H

#include <stdio.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"

/* Opens `path` for reading; fclose() it. `what` says what it should be ("a file that
 * holds rules"). NULL with ERR_BAD_FILE set. */
MUST_USE FILE *file_open(const char *path, const char *what, struct err *err);

/* Bytes of an opened file; 0 where it has no size. */
size_t file_size(FILE *file);

/* Puts the next line, without its end (\n or \r\n), into `line`, which is cleared; of a
 * line longer than line->most its beginning alone, and line->full is then true: read no
 * further. False at the end of the file, or where it cannot be read (ferror() says
 * which). */
bool file_line(FILE *file, struct buf *line);

#endif
