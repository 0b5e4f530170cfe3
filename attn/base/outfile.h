/* outfile.h - writing a file below the working directory, and nowhere else.
 *
 * A path is parts with / between them: none is empty, begins with a dot, or holds a
 * control character, so that there is no absolute path, no `..` and no hidden file.
 * Folders are opened part by part and no link is followed. The bytes go to a file
 * beside the wanted one, which takes its name when all is written: a full disk or an
 * interrupt leaves what was there. Depends on base/buf.
 */
#ifndef ATTN_BASE_OUTFILE_H
#define ATTN_BASE_OUTFILE_H

#include <stdbool.h>

#include "attn/base/buf.h"
#include "attn/base/err.h"

enum { OUTFILE_MOST_PATH = 1000 }; /* bytes */

/* An opened folder and a name in it. */
struct outfile {
    int folder;       /* owned descriptor; -1: none */
    const char *path; /* borrowed: as it was given */
    const char *name; /* its last part */
    bool taken;       /* a regular file stands there */
};

/* True for a path of the form above; else ERR_BAD_VALUE is set. */
bool outfile_check(const char *path, struct err *err);

/* Opens the place that `path` (NUL-terminated) names. False with *err set:
 *   ERR_BAD_VALUE  no path of the form above
 *   ERR_BAD_FILE   a folder is not there or is a link, or what stands there is no
 *                  regular file
 * End it with outfile_close() in either case. */
MUST_USE bool outfile_open(struct outfile *file, const char *path, struct err *err);
void outfile_close(struct outfile *file);

/* Appends what stands there. False when it cannot be read, or not within bytes->most.
 */
bool outfile_read(const struct outfile *file, struct buf *bytes);

/* Puts `bytes` there. What stands there is replaced only with `replace`, also when it
 * came since outfile_open(). False with ERR_IO; all is then as it was. */
MUST_USE bool outfile_write(const struct outfile *file, const struct buf *bytes,
                            bool replace, struct err *err);

#endif
