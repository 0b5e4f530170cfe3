#include "attn/base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attn/base/utf8.h"

enum { MOST_PART = 255, TRIES = 100, BESIDE_SIZE = 40 };

/* ---- the path ------------------------------------------------------------------- */

static bool has_control(const char *path, size_t length)
{
    for (size_t at = 0; at < length;)
        if (utf8_is_control(utf8_next(path, length, &at)))
            return true;
    return false;
}

static bool check_part(const char *part, size_t length, struct err *err)
{
    if (length == 0)
        return err_set(err, ERR_BAD_VALUE,
                       "The name of a file ends without a /, and "
                       "has one / between two folders.");
    if (length <= 2 && strncmp(part, "..", length) == 0)
        return err_set(err, ERR_BAD_VALUE,
                       "\"%.*s\" may not be in the name: files go below the folder "
                       "that this works in.",
                       (int)length, part);
    if (part[0] == '.')
        return err_set(err, ERR_BAD_VALUE,
                       "No part of the name begins with a dot: hidden files are left "
                       "alone.");
    if (length > MOST_PART)
        return err_set(err, ERR_BAD_VALUE, "The name is too long: %d bytes at most.",
                       MOST_PART);
    return true;
}

bool outfile_check(const char *path, struct err *err)
{
    size_t length = strlen(path);
    if (length == 0)
        return err_set(err, ERR_BAD_VALUE, "The file needs a name.");
    if (length > OUTFILE_MOST_PATH)
        return err_set(err, ERR_BAD_VALUE, "The name is too long: %d bytes at most.",
                       OUTFILE_MOST_PATH);
    if (path[0] == '/')
        return err_set(err, ERR_BAD_VALUE,
                       "The name may not begin with a /: files go below the folder "
                       "that this works in.");
    if (!utf8_valid(path, length) || has_control(path, length))
        return err_set(err, ERR_BAD_VALUE,
                       "The name holds a character that cannot be seen.");
    for (;; path++) {
        size_t part = strcspn(path, "/");
        if (!check_part(path, part, err))
            return false;
        path += part;
        if (!*path)
            return true;
    }
}

/* ---- folders -------------------------------------------------------------------- */

/* Said of the first `length` bytes of the path. */
static bool no_folder(const char *path, size_t length, int why, struct err *err)
{
    if (why == ENOENT)
        return err_set(err, ERR_BAD_FILE, "There is no folder \"%.*s\" here.",
                       (int)length, path);
    if (why == ELOOP || why == ENOTDIR)
        return err_set(err, ERR_BAD_FILE, "\"%.*s\" is no folder but a file or a link.",
                       (int)length, path);
    return err_set(err, ERR_BAD_FILE, "I cannot open the folder \"%.*s\": %s.",
                   (int)length, path, strerror(why));
}

/* Goes from the working directory to the folder of the last part. */
static bool walk(struct outfile *file, struct err *err)
{
    enum { FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };
    const char *slash;
    file->name = file->path;
    file->folder = open(".", FLAGS);
    if (file->folder < 0)
        return err_set(err, ERR_BAD_FILE,
                       "I cannot open the folder that this works "
                       "in: %s.",
                       strerror(errno));
    for (; (slash = strchr(file->name, '/')); file->name = slash + 1) {
        char part[MOST_PART + 1] = "";
        memcpy(part, file->name, (size_t)(slash - file->name));
        int inner = openat(file->folder, part, FLAGS), why = errno;
        close(file->folder);
        file->folder = inner;
        if (inner < 0)
            return no_folder(file->path, (size_t)(slash - file->path), why, err);
    }
    return true;
}

static bool look(struct outfile *file, struct err *err)
{
    struct stat about;
    if (fstatat(file->folder, file->name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ||
               err_set(err, ERR_BAD_FILE, "I cannot write \"%s\": %s.", file->path,
                       strerror(errno));
    file->taken = S_ISREG(about.st_mode);
    if (file->taken)
        return true;
    return err_set(err, ERR_BAD_FILE,
                   "\"%s\" is there and is no file but %s: I leave it alone.",
                   file->path,
                   S_ISDIR(about.st_mode)   ? "a folder"
                   : S_ISLNK(about.st_mode) ? "a link"
                                            : "a device or a pipe");
}

bool outfile_open(struct outfile *file, const char *path, struct err *err)
{
    *file = (struct outfile){.folder = -1, .path = path};
    return outfile_check(path, err) && walk(file, err) && look(file, err);
}

void outfile_close(struct outfile *file)
{
    if (file->folder >= 0)
        close(file->folder);
    file->folder = -1;
}

/* ---- bytes ---------------------------------------------------------------------- */

bool outfile_read(const struct outfile *file, struct buf *bytes)
{
    char part[16384];
    struct stat about;
    ssize_t n = -1;
    int fd = openat(file->folder, file->name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return false;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
        while (!bytes->full && (n = read(fd, part, sizeof part)) > 0)
            buf_add(bytes, part, (size_t)n);
    close(fd);
    return n == 0 && !bytes->full;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            bytes += n;
            length -= (size_t)n;
        }
    }
    return true;
}

/* A new file beside the wanted one, with the rights of what it replaces. Its name goes
 * to `beside`. -1 with errno set. */
static int open_beside(const struct outfile *file, char beside[BESIDE_SIZE])
{
    struct stat about;
    int fd = -1;
    errno = EEXIST;
    for (int i = 0; fd < 0 && errno == EEXIST && i < TRIES; i++) {
        snprintf(beside, BESIDE_SIZE, ".attn-save-%d.part", i);
        fd = openat(file->folder, beside,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    }
    if (fd >= 0 && file->taken &&
        fstatat(file->folder, file->name, &about, AT_SYMLINK_NOFOLLOW) == 0)
        (void)fchmod(fd, about.st_mode & 0777); /* as well as can be */
    return fd;
}

/* Gives the written file its name. Where nothing may be replaced, a second name is made
 * and the first taken away: that fails where something stands meanwhile. Not every
 * place can give a file two names. */
static bool settle(const struct outfile *file, const char *beside, bool replace)
{
    int folder = file->folder;
    if (!replace) {
        if (linkat(folder, beside, folder, file->name, 0) == 0) {
            unlinkat(folder, beside, 0);
            return true;
        }
        if (errno == EEXIST)
            return false;
    }
    return renameat(folder, beside, folder, file->name) == 0;
}

bool outfile_write(const struct outfile *file, const struct buf *bytes, bool replace,
                   struct err *err)
{
    char beside[BESIDE_SIZE];
    int fd = open_beside(file, beside), why = errno;
    if (fd >= 0) {
        bool done = write_all(fd, bytes->at, bytes->length) && fsync(fd) == 0;
        why = errno;
        if (close(fd) != 0 && done) {
            done = false;
            why = errno;
        }
        if (done && settle(file, beside, replace))
            return true;
        why = done ? errno : why;
        unlinkat(file->folder, beside, 0);
    }
    return err_set(err, ERR_IO, "I cannot write \"%s\": %s.", file->path,
                   strerror(why));
}
