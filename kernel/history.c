#include "kernel/history.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/json_out.h"
#include "attn/base/mem.h"
#include "kernel/history_file.h"
#include "kernel/job.h"
#include "kernel/json_in.h"

enum { RECENT = 1000, RECENT_BYTES = 4 * 1024 * 1024 };

struct history {
    char *path;                        /* NULL: kept in memory only */
    int64_t session;                   /* 0 until the file has been asked */
    size_t added;                      /* cells of this process */
    struct remembered *recent[RECENT]; /* a ring: the last cells of this process */
    size_t first, n, bytes;
};

struct remembered *remembered_new(int64_t line, const char *input, size_t length)
{
    struct remembered *cell = mem_new(1, sizeof *cell);
    *cell = (struct remembered){
        .line = line, .input = mem_copy(input, length), .length = length};
    return cell;
}

void remembered_free(struct remembered *cell)
{
    if (!cell)
        return;
    free(cell->input);
    free(cell->output);
    free(cell);
}

struct history *history_open(void)
{
    struct history *history = mem_new(1, sizeof *history);
    history->path = history_file_path();
    return history;
}

static struct remembered *recent_at(const struct history *history, size_t i)
{
    return history->recent[(history->first + i) % RECENT];
}

static size_t size_of(const struct remembered *cell)
{
    return cell->length + (cell->output ? strlen(cell->output) : 0);
}

static void forget_oldest(struct history *history)
{
    struct remembered *oldest = recent_at(history, 0);
    history->bytes -= size_of(oldest);
    remembered_free(oldest);
    history->first = (history->first + 1) % RECENT;
    history->n--;
}

void history_close(struct history *history)
{
    while (history->n)
        forget_oldest(history);
    free(history->path);
    free(history);
}

/* From now on in memory only: a file that another process holds would cost every cell
 * its waiting. */
static void forsake_file(struct history *history)
{
    free(history->path);
    history->path = NULL;
}

static void find_session(struct history *history)
{
    if (history->session)
        return;
    int64_t last = history_file_session(history->path);
    if (last < 0)
        forsake_file(history);
    history->session = last < 0 ? 1 : last < HISTORY_SESSIONS - 1 ? last + 1 : last;
}

void history_add(struct history *history, struct remembered *cell)
{
    find_session(history);
    cell->session = history->session;
    if (history->path && cell->length <= HISTORY_INPUT_MOST &&
        !history_file_append(history->path, cell, history->added % HISTORY_CHECK == 0))
        forsake_file(history);
    history->added++;
    history->bytes += size_of(cell);
    while (history->n == RECENT || (history->n && history->bytes > RECENT_BYTES))
        forget_oldest(history);
    history->recent[(history->first + history->n++) % RECENT] = cell;
}

/* ---- asking ---- */

/* Everything there is, oldest first: the file, but for what memory knows better. */
struct all {
    struct history_lines file;
    const struct remembered **cells; /* owned array of borrowed cells */
    size_t n;
};

static struct all gather(struct history *history)
{
    struct all all = {0};
    find_session(history);
    int64_t known = history->n ? recent_at(history, 0)->line : INT64_MAX;
    history_file_read(history->path, &all.file);
    all.cells = mem_new(all.file.n + history->n, sizeof *all.cells);
    for (size_t i = 0; i < all.file.n; i++) {
        const struct remembered *cell = &all.file.cells[i];
        if (cell->session != history->session || cell->line < known)
            all.cells[all.n++] = cell;
    }
    for (size_t i = 0; i < history->n; i++)
        all.cells[all.n++] = recent_at(history, i);
    return all;
}

static void release(struct all *all)
{
    history_lines_free(&all->file);
    free(all->cells);
}

/* The session a query means; 0, which none has, for one before all. */
static int64_t session_of(const struct history *history,
                          const struct history_query *query)
{
    if (query->session > 0)
        return query->session;
    return query->session > -history->session ? history->session + query->session : 0;
}

static bool wanted(const struct history *history, const struct history_query *query,
                   const struct remembered *cell)
{
    switch (query->access) {
    case HISTORY_RANGE:
        return cell->session == session_of(history, query) &&
               cell->line >= query->start && cell->line < query->stop;
    case HISTORY_SEARCH:
        return history_glob(query->pattern, query->pattern_length, cell->input,
                            cell->length);
    default:
        return true;
    }
}

static int by_input(const void *left, const void *right)
{
    const struct remembered *a = **(const struct remembered **const *)left;
    const struct remembered *b = **(const struct remembered **const *)right;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->input, b->input, shorter);
    if (order || a->length != b->length)
        return order ? order : a->length < b->length ? -1 : 1;
    return left == right ? 0
           : *(const struct remembered **const *)left <
                   *(const struct remembered **const *)right
               ? -1
               : 1;
}

/* Of equal inputs keeps the last, by setting the others to NULL. */
static void drop_repeated(const struct remembered **cells, size_t n)
{
    const struct remembered ***sorted = mem_new(n, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &cells[i];
    qsort(sorted, n, sizeof *sorted, by_input);
    for (size_t i = 0; i + 1 < n; i++) {
        const struct remembered *a = *sorted[i], *b = *sorted[i + 1];
        if (a->length == b->length && memcmp(a->input, b->input, a->length) == 0)
            *sorted[i] = NULL;
    }
    free(sorted);
}

static void write_cell(struct json_out *out, const struct remembered *cell, bool output)
{
    json_array(out);
    json_int(out, cell->session);
    json_int(out, cell->line);
    if (output)
        json_array(out);
    json_bytes(out, cell->input, cell->length);
    if (output) {
        json_text(out, cell->output);
        json_end(out);
    }
    json_end(out);
}

/* Moves what is wanted to the front; returns how many. */
static size_t keep_wanted(const struct history *history,
                          const struct history_query *query, struct all *all)
{
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < all->n; i++) {
        if (wanted(history, query, all->cells[i]))
            all->cells[n++] = all->cells[i];
    }
    if (query->access == HISTORY_SEARCH && query->unique)
        drop_repeated(all->cells, n);
    for (size_t i = 0; i < n; i++) {
        if (all->cells[i])
            all->cells[kept++] = all->cells[i];
    }
    return kept;
}

void history_write(struct history *history, const struct history_query *query,
                   struct json_out *out)
{
    struct all all = gather(history);
    size_t n = keep_wanted(history, query, &all), from = 0;
    bool limited = query->access != HISTORY_RANGE && query->n >= 0;
    if (limited && (uint64_t)query->n < n)
        from = n - (size_t)query->n;
    json_array(out);
    for (size_t i = from; i < n; i++)
        write_cell(out, all.cells[i], query->output);
    json_end(out);
    release(&all);
}
