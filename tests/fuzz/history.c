/* Any bytes as the history file, which is anybody's to write; and any text as a cell,
 * which has to come back as it was. The first byte chooses. */
#define _GNU_SOURCE

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "attn/base/buf.h"
#include "attn/base/utf8.h"
#include "kernel/history_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_any(const char *path, int file, const char *text, size_t length)
{
    struct history_lines lines;
    if (write(file, text, length) != (ssize_t)length)
        abort();
    int64_t session = history_file_session(path);
    history_file_read(path, &lines);
    for (size_t i = 0; i < lines.n; i++) {
        const struct remembered *cell = &lines.cells[i];
        if (!utf8_valid(cell->input, cell->length) || cell->session < 1 ||
            cell->session >= HISTORY_SESSIONS || cell->line < 0 || cell->output)
            abort();
    }
    if (session < 0 || (lines.n && session == 0))
        abort();
    history_lines_free(&lines);
}

static void keep_and_read(const char *path, const char *text, size_t length)
{
    struct history_lines lines;
    struct buf clean;
    buf_init(&clean, 3 * length + 1);
    utf8_clean(&clean, text, length);
    struct remembered *cell = remembered_new(7, clean.at ? clean.at : "", clean.length);
    cell->session = 5;
    if (!history_file_append(path, cell, true))
        abort();
    history_file_read(path, &lines);
    if (lines.n != 1 || lines.cells[0].session != 5 || lines.cells[0].line != 7 ||
        lines.cells[0].length != cell->length ||
        memcmp(lines.cells[0].input, cell->input, cell->length) != 0)
        abort();
    history_lines_free(&lines);
    remembered_free(cell);
    buf_free(&clean);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[32];
    int file = size ? memfd_create("history", MFD_CLOEXEC) : -1;
    if (file < 0)
        return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (data[0] & 1)
        read_any(path, file, (const char *)data + 1, size - 1);
    else
        keep_and_read(path, (const char *)data + 1, size - 1);
    close(file);
    return 0;
}
