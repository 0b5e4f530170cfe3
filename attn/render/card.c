#include "attn/render/card.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/base/utf8.h"

enum { STEP = 2, BETWEEN = 2, LINE = 80 /* columns of a terminal */ };

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

/* Columns of the text as put_clean() writes it. */
static size_t columns_of(const struct cell *cell)
{
    struct buf clean;
    buf_init(&clean, 4 * strlen(cell->text) + 1);
    put_clean(&clean, cell->text, strlen(cell->text));
    size_t columns = utf8_columns(clean.at, clean.length);
    buf_free(&clean);
    return columns;
}

static void put_cell(struct buf *to, const struct cell *cell, size_t width, bool last)
{
    size_t used = columns_of(cell), padding = width > used ? width - used : 0;
    if (cell->number)
        blanks(to, padding);
    put_clean(to, cell->text, strlen(cell->text));
    if (!cell->number && !last)
        blanks(to, padding);
    if (!last)
        blanks(to, BETWEEN);
}

/* A row of a table that is wider than a terminal: its cells one below the other. */
static void put_stacked(struct buf *to, const struct table *table, size_t indent)
{
    for (size_t i = table->cols; i < table->rows * table->cols; i++)
        card_paragraph(to, table->cells[i].text,
                       indent + (i % table->cols ? 2 * STEP : 0));
}

static void put_table(struct buf *to, const struct table *table, size_t indent)
{
    size_t total = indent;
    size_t *widths = mem_new(table->cols, sizeof *widths);
    for (size_t i = 0; i < table->rows * table->cols; i++) {
        size_t used = columns_of(&table->cells[i]);
        if (used > widths[i % table->cols])
            widths[i % table->cols] = used;
    }
    if (table->caption)
        card_paragraph(to, table->caption, indent);
    for (size_t col = 0; col < table->cols; col++)
        total += widths[col] + (col ? BETWEEN : 0);
    if (total > LINE && !table->grid) {
        free(widths);
        put_stacked(to, table, indent);
        return;
    }
    for (size_t row = 0; row < table->rows; row++) {
        const struct cell *cells = table->cells + row * table->cols;
        blanks(to, indent);
        for (size_t col = 0; col < table->cols; col++)
            put_cell(to, &cells[col], widths[col], col + 1 == table->cols);
        buf_char(to, '\n');
    }
    free(widths);
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
