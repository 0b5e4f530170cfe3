#include "attn/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

FILE *file_open(const char *path, const char *what, struct err *err)
{
    struct stat about;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = NULL;
    if (fd < 0 || fstat(fd, &about) != 0)
        err_set(err, ERR_BAD_FILE, "I cannot open \"%s\": %s.", path, strerror(errno));
    else if (!S_ISREG(about.st_mode))
        err_set(err, ERR_BAD_FILE, "\"%s\" is not %s.", path, what);
    else if (!(file = fdopen(fd, "rb")))
        err_set(err, ERR_BAD_FILE, "I cannot read \"%s\".", path);
    if (!file && fd >= 0)
        close(fd);
    return file;
}

size_t file_size(FILE *file)
{
    struct stat about;
    int fd = fileno(file);
    return fd >= 0 && fstat(fd, &about) == 0 && about.st_size > 0
               ? (size_t)about.st_size
               : 0;
}

bool file_line(FILE *file, struct buf *line)
{
    int c = EOF;
    bool any = false;
    buf_clear(line);
    while (!line->full && (c = getc(file)) != EOF && c != '\n') {
        any = true;
        buf_char(line, (char)c);
    }
    if (line->full)
        return true;
    if (c == EOF && !any)
        return false;
    if (line->length && line->at[line->length - 1] == '\r')
        line->at[--line->length] = '\0';
    return true;
}
