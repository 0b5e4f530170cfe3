#include "attn/render/card.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/base/utf8.h"

enum { STEP = 2, BETWEEN = 2 };

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

static void put_table(struct buf *to, const struct table *table, size_t indent)
{
    size_t *widths = mem_new(table->cols, sizeof *widths);
    for (size_t i = 0; i < table->rows * table->cols; i++) {
        size_t used = columns_of(&table->cells[i]);
        if (used > widths[i % table->cols])
            widths[i % table->cols] = used;
    }
    if (table->caption)
        card_lines(to, table->caption, indent);
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
                      size_t depth)
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
            card_lines(to, text, indent);
            break;
        case BLOCK_CODE:
            card_lines(to, text, indent + 2 * STEP);
            break;
        case BLOCK_TABLE:
            if (block->table && block->table->cols)
                put_table(to, block->table, indent);
            break;
        case BLOCK_FOLD:
            card_lines(to, text, indent);
            if (depth < CARD_DEPTH)
                blocks_at(to, block->inside, block->n_inside, depth + 1);
            break;
        }
    }
}

void card_blocks(struct buf *to, const struct block *blocks, size_t n)
{
    blocks_at(to, blocks, n, 0);
}
