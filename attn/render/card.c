#include "attn/render/card.h"

#include <string.h>

#include "attn/base/arena.h"
#include "attn/base/utf8.h"

enum {
    STEP = 2,
    BETWEEN = 2,
    LINE = 80, /* columns of a terminal */
    LEAST_COLUMN = 12,
};

static void blanks(struct buf *to, size_t n)
{
    buf_print(to, "%*s", (int)n, "");
}

/* Terminals act on control characters: none of a sentence's gets through. */
static void put_clean(struct buf *to, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t start = at;
        uint32_t c = utf8_next(text, length, &at);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c == 0xFFFD && at - start == 1))
            buf_text(to, c == '\t' ? " " : "\xEF\xBF\xBD");
        else
            buf_add(to, text + start, at - start);
    }
}

void card_lines(struct buf *to, const char *text, size_t indent)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        if (length)
            blanks(to, indent);
        put_clean(to, text, length);
        buf_char(to, '\n');
        text += length + (text[length] == '\n');
    }
}

/* How many bytes of a line without breaks go into `columns`, whole words if any does.
 */
static size_t fitting(const char *text, size_t length, size_t columns)
{
    size_t used = 0, blank = 0;
    for (size_t at = 0; at < length;) {
        size_t start = at;
        used += (size_t)utf8_width(utf8_next(text, length, &at));
        if (used > columns && text[start] == ' ')
            return start;
        if (used > columns && blank > 0)
            return blank;
        if (text[start] == ' ')
            blank = start;
    }
    return length;
}

void card_paragraph(struct buf *to, const char *text, size_t indent)
{
    while (*text) {
        size_t length = strcspn(text, "\n"), ends = length + (text[length] == '\n');
        while (length > 0) {
            size_t taken = fitting(text, length, LINE - indent);
            blanks(to, indent);
            put_clean(to, text, taken);
            buf_char(to, '\n');
            size_t next = taken + strspn(text + taken, " ");
            next = next < length ? next : length;
            text += next;
            length -= next;
            ends -= next;
        }
        text += ends;
    }
}

/* ---- tables ---------------------------------------------------------------------- */

/* A table on its way out: the texts as put_clean() writes them, and the columns. */
struct grid {
    const struct table *table;
    const char **text; /* [rows, cols] */
    size_t *width;     /* [cols] */
    size_t indent;
};

static const char *clean(struct arena *arena, const char *text)
{
    struct buf buf;
    buf_init(&buf, 4 * strlen(text) + 1);
    put_clean(&buf, text, strlen(text));
    const char *copy = arena_copy(arena, buf.length ? buf.at : "", buf.length);
    buf_free(&buf);
    return copy;
}

static size_t columns_of(const char *text)
{
    return utf8_columns(text, strlen(text));
}

/* True for a column that is not broken: numbers, and lines to copy. */
static bool is_whole(const struct table *table, size_t col)
{
    for (size_t row = 1; row < table->rows; row++) {
        const struct cell *cell = &table->cells[row * table->cols + col];
        if (cell->number || cell->strong)
            return true;
    }
    return false;
}

/* Narrows the widest columns until the table fits into a line, if it can. */
static void narrow(const struct grid *grid, struct arena *arena)
{
    const struct table *table = grid->table;
    bool *whole = arena_new(arena, table->cols, sizeof *whole);
    size_t total = grid->indent + BETWEEN * (table->cols - 1);
    for (size_t col = 0; col < table->cols; col++) {
        whole[col] = is_whole(table, col);
        total += grid->width[col];
    }
    for (; total > LINE && !table->grid; total--) {
        size_t widest = table->cols;
        for (size_t col = 0; col < table->cols; col++)
            if (!whole[col] && grid->width[col] > LEAST_COLUMN &&
                (widest == table->cols || grid->width[col] > grid->width[widest]))
                widest = col;
        if (widest == table->cols)
            return;
        grid->width[widest]--;
    }
}

static struct grid grid_of(const struct table *table, size_t indent,
                           struct arena *arena)
{
    struct grid grid = {table, NULL, NULL, indent};
    grid.text = arena_new(arena, table->rows * table->cols, sizeof *grid.text);
    grid.width = arena_new(arena, table->cols, sizeof *grid.width);
    for (size_t i = 0; i < table->rows * table->cols; i++) {
        grid.text[i] = clean(arena, table->cells[i].text);
        size_t used = columns_of(grid.text[i]), *width = &grid.width[i % table->cols];
        *width = used > *width ? used : *width;
    }
    narrow(&grid, arena);
    return grid;
}

/* As much of *text as goes into the column, padded unless it is the last; *text is what
 * is left of it. */
static void put_cell(struct buf *to, const char **text, size_t width, bool number,
                     bool last)
{
    size_t length = fitting(*text, strlen(*text), width);
    size_t used = utf8_columns(*text, length);
    size_t padding = width > used ? width - used : 0;
    if (number)
        blanks(to, padding);
    buf_add(to, *text, length);
    if (!number && !last)
        blanks(to, padding);
    if (!last)
        blanks(to, BETWEEN);
    *text += length;
    *text += strspn(*text, " ");
}

static void put_row(struct buf *to, const struct grid *grid, size_t row)
{
    size_t cols = grid->table->cols;
    const char **left = grid->text + row * cols;
    for (bool more = true; more;) {
        more = false;
        blanks(to, grid->indent);
        for (size_t col = 0; col < cols; col++) {
            put_cell(to, &left[col], grid->width[col],
                     grid->table->cells[row * cols + col].number, col + 1 == cols);
            more = more || *left[col];
        }
        while (to->length > 0 && to->at[to->length - 1] == ' ')
            to->length--;
        buf_char(to, '\n');
    }
}

static void put_table(struct buf *to, const struct table *table, size_t indent)
{
    struct arena arena = {0};
    struct grid grid = grid_of(table, indent, &arena);
    if (table->caption)
        card_paragraph(to, table->caption, indent);
    for (size_t row = 0; row < table->rows; row++)
        put_row(to, &grid, row);
    arena_free(&arena);
}

/* ---- blocks ---------------------------------------------------------------------- */

static void blocks_at(struct buf *to, const struct block *blocks, size_t n,
                      size_t depth, bool folds)
{
    size_t indent = depth * STEP;
    for (size_t i = 0; i < n; i++) {
        const struct block *block = &blocks[i];
        const char *text = block->text ? block->text : "";
        switch (block->kind) {
        case BLOCK_HEADING:
            buf_char(to, '\n');
            card_lines(to, text, indent);
            break;
        case BLOCK_TEXT:
        case BLOCK_NOTE:
            card_paragraph(to, text, indent);
            break;
        case BLOCK_CODE:
            card_lines(to, text, indent + 2 * STEP);
            break;
        case BLOCK_TABLE:
            if (block->table && block->table->cols)
                put_table(to, block->table, indent);
            break;
        case BLOCK_FOLD:
            if (!folds)
                break;
            card_lines(to, text, indent);
            if (depth < CARD_DEPTH)
                blocks_at(to, block->inside, block->n_inside, depth + 1, folds);
            break;
        }
    }
}

void card_blocks(struct buf *to, const struct block *blocks, size_t n, bool folds)
{
    blocks_at(to, blocks, n, 0, folds);
}
