#include "kernel/history_file.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "attn/base/buf.h"
#include "attn/base/mem.h"
#include "attn/base/utf8.h"

/* The last line lies within TAIL bytes: six for each byte of the longest input. */
enum { FILE_MOST = 256 * 1024 * 1024, TAIL = 6 * HISTORY_INPUT_MOST + 64 };
enum { TRIES = 8, TRY_EVERY_MS = 10 };
enum { FILE_NONE = -1, FILE_REFUSED = -2 };

char *history_file_path(void)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    struct buf path;
    buf_init(&path, 4096);
    if (data && data[0] == '/')
        buf_print(&path, "%s/attn/history", data);
    else if (home && home[0] == '/')
        buf_print(&path, "%s/.local/share/attn/history", home);
    if (path.length)
        return path.at;
    buf_free(&path);
    return NULL;
}

static void make_folders(const char *path)
{
    char *copy = mem_copy(path, strlen(path));
    for (char *at = copy + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        mkdir(copy, 0700);
        *at = '/';
    }
    free(copy);
}

/* Whoever holds the lock for longer than a few tries is not waited for: completion and
 * inspection stand behind history in the queue. */
static bool lock_soon(int file, short kind)
{
    const struct timespec pause = {.tv_nsec = TRY_EVERY_MS * 1000000L};
    struct flock lock = {.l_type = kind, .l_whence = SEEK_SET};
    for (int i = 0; i < TRIES; i++) {
        if (fcntl(file, F_SETLK, &lock) == 0)
            return true;
        if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            return false;
        nanosleep(&pause, NULL);
    }
    return false;
}

/* Opens and locks; FILE_NONE when there is none, FILE_REFUSED when it cannot be used.
 * Closing unlocks. Nothing that could block is opened: no pipe, no device. */
static int open_locked(const char *path, int flags)
{
    struct stat status;
    flags |= O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    int file = open(path, flags, 0600);
    if (file < 0 && errno == ENOENT && (flags & O_CREAT)) {
        make_folders(path);
        file = open(path, flags, 0600);
    }
    if (file < 0)
        return errno == ENOENT ? FILE_NONE : FILE_REFUSED;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
        lock_soon(file, (flags & O_ACCMODE) == O_RDONLY ? F_RDLCK : F_WRLCK))
        return file;
    close(file);
    return FILE_REFUSED;
}

static void read_whole(int file, struct buf *text)
{
    char block[65536];
    ssize_t n;
    buf_init(text, FILE_MOST);
    lseek(file, 0, SEEK_SET);
    while ((n = read(file, block, sizeof block)) > 0)
        buf_add(text, block, (size_t)n);
}

static bool write_whole(int file, const char *at, size_t length)
{
    while (length > 0) {
        ssize_t n = write(file, at, length);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            at += n;
            length -= (size_t)n;
        }
    }
    return true;
}

/* Where the text stands after its first `lines` lines. */
static size_t after_lines(const struct buf *text, size_t lines)
{
    size_t at = 0;
    while (lines-- > 0 && at < text->length) {
        const char *end = memchr(text->at + at, '\n', text->length - at);
        if (!end)
            return text->length;
        at = (size_t)(end - text->at) + 1;
    }
    return at;
}

static size_t count_lines(const struct buf *text)
{
    size_t n = 0;
    for (size_t i = 0; i < text->length; i++)
        n += text->at[i] == '\n';
    return n;
}

/* Drops the oldest lines of a full file. */
static void shorten(int file)
{
    struct buf text;
    read_whole(file, &text);
    size_t lines = count_lines(&text);
    if (lines >= HISTORY_FULL) {
        size_t from = after_lines(&text, lines - HISTORY_KEPT);
        lseek(file, 0, SEEK_SET);
        if (write_whole(file, text.at + from, text.length - from) &&
            ftruncate(file, (off_t)(text.length - from)) != 0)
            errno = 0; /* a line more is no harm */
    }
    buf_free(&text);
}

bool history_file_append(const char *path, const struct remembered *cell, bool check)
{
    json_t *line = json_pack("[IIs%]", (json_int_t)cell->session,
                             (json_int_t)cell->line, cell->input, cell->length);
    char *text = line ? json_dumps(line, JSON_COMPACT) : NULL;
    json_decref(line);
    int file = text ? open_locked(path, O_RDWR | O_CREAT) : -1;
    if (file >= 0) {
        struct buf whole;
        buf_init(&whole, strlen(text) + 2);
        buf_print(&whole, "%s\n", text);
        if (check)
            shorten(file);
        lseek(file, 0, SEEK_END);
        write_whole(file, whole.at, whole.length);
        buf_free(&whole);
        close(file);
    }
    free(text);
    return file >= 0;
}

/* ---- reading lines, as json_dumps() writes them and in place: a front end that asks
 * for its history asks for the whole file ---- */

/* A number from `least`, behind which `end` stands. The file is anybody's to write:
 * numbers that we never write are not ours. */
static bool read_number(const char **at, int64_t least, char end, int64_t *number)
{
    *number = 0;
    const char *digit = *at;
    for (; *digit >= '0' && *digit <= '9' && *number < HISTORY_SESSIONS; digit++)
        *number = *number * 10 + (*digit - '0');
    bool good =
        digit > *at && *digit == end && *number >= least && *number < HISTORY_SESSIONS;
    *at = digit + 1;
    return good;
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *found =
        c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* The four digits of \uXXXX, or -1. The text ends in a newline. */
static int32_t hex_unit(const char *at)
{
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Decodes the escape at *at, behind its backslash; false when it is none. */
static bool read_escape(const char **at, char **to)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *name = **at ? strchr(names, **at) : NULL;
    int32_t unit = **at == 'u' ? hex_unit(*at + 1) : -1;
    if (name) {
        *(*to)++ = meant[name - names];
        ++*at;
        return true;
    }
    if (unit < 0)
        return false;
    *at += 5;
    int32_t low = unit >= 0xD800 && unit < 0xDC00 && (*at)[0] == '\\' && (*at)[1] == 'u'
                      ? hex_unit(*at + 2)
                      : -1;
    if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        *at += 6;
    }
    if (unit == 0)
        *(*to)++ = '\0';
    else
        *to += utf8_put(*to, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : (uint32_t)unit);
    return true;
}

/* Decodes the JSON string at `at`, behind its first quote, over itself: it never grows.
 * False when what follows its end is not `]` and a newline. */
static bool read_input(char *at, struct remembered *cell)
{
    const char *from = at;
    char *to = at;
    unsigned char all = 0;
    cell->input = at;
    while (*from != '"') {
        all |= (unsigned char)*from;
        if ((unsigned char)*from < 0x20)
            return false;
        if (*from != '\\') {
            *to++ = *from++;
            continue;
        }
        from++;
        if (!read_escape(&from, &to))
            return false;
    }
    cell->length = (size_t)(to - at);
    return from[1] == ']' && from[2] == '\n' &&
           (all < 0x80 || utf8_valid(at, cell->length));
}

/* Reads a line that ends in a newline; false when it is not ours. */
static bool read_line(char *line, struct remembered *cell)
{
    const char *at = line + 1;
    *cell = (struct remembered){0};
    return *line == '[' && read_number(&at, 1, ',', &cell->session) &&
           read_number(&at, 0, ',', &cell->line) && *at == '"' &&
           read_input(line + (at + 1 - line), cell);
}

void history_file_read(const char *path, struct history_lines *lines)
{
    struct buf text;
    *lines = (struct history_lines){0};
    int file = path ? open_locked(path, O_RDONLY) : -1;
    if (file < 0)
        return;
    read_whole(file, &text);
    close(file);
    lines->text = text.at;
    lines->cells = mem_new(count_lines(&text), sizeof *lines->cells);
    if (!text.length)
        return;
    char *at = text.at, *end = text.at + text.length, *next;
    for (; at < end && (next = memchr(at, '\n', (size_t)(end - at))); at = next + 1)
        lines->n += read_line(at, &lines->cells[lines->n]);
}

void history_lines_free(struct history_lines *lines)
{
    free(lines->text);
    free(lines->cells);
}

int64_t history_file_session(const char *path)
{
    struct stat status;
    int64_t session = 0;
    int file = path ? open_locked(path, O_RDONLY) : FILE_NONE;
    if (file < 0)
        return file == FILE_NONE ? 0 : -1;
    char *tail = mem_new(TAIL + 1, 1);
    struct remembered cell;
    off_t size = fstat(file, &status) == 0 ? status.st_size : 0;
    ssize_t n = pread(file, tail, TAIL, size > TAIL ? size - TAIL : 0);
    close(file);
    size_t end = n > 0 ? (size_t)n : 0;
    tail[end] = '\n'; /* also where the last line is cut off */
    while (end > 0 && !session) {
        size_t start = end - 1;
        while (start > 0 && tail[start - 1] != '\n')
            start--;
        session = read_line(tail + start, &cell) ? cell.session : 0;
        end = start;
    }
    free(tail);
    return session;
}
