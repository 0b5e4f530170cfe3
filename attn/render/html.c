#include "attn/render/html.h"

#include <stdint.h>
#include <string.h>

#include "attn/base/arena.h"
#include "attn/base/utf8.h"
#include "attn/render/color.h"

/* ---- the escaping writer --------------------------------------------------------- */

/* Turns the direction of what follows it, even past the end of the text. */
static bool turns_text(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* No page may hold it. */
static bool is_barred(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE || c == 0xFFFD;
}

/* What stands in the place of a character, or NULL where it may stand itself. */
static const char *instead(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
    case '\t':
        return NULL;
    default:
        break;
    }
    if (turns_text(c))
        return "";
    return is_barred(c) ? "\xEF\xBF\xBD" : NULL;
}

void html_text(struct buf *to, const char *text)
{
    size_t length = strlen(text), plain = 0;
    for (size_t at = 0; at < length;) {
        size_t start = at;
        const char *other = instead(utf8_next(text, length, &at));
        if (!other)
            continue;
        buf_add(to, text + plain, start - plain);
        buf_text(to, other);
        plain = at;
    }
    buf_add(to, text + plain, length - plain);
}

/* <tag style="style">text</tag> */
static void element(struct buf *to, const char *tag, const char *style,
                    const char *text)
{
    buf_print(to, "<%s style=\"%s\">", tag, style);
    html_text(to, text ? text : "");
    buf_print(to, "</%s>", tag);
}

/* ---- lines of the language ------------------------------------------------------- */

/* Each word by itself, so that words that run from right to left do not turn a line of
 * the language around. */
static void words_apart(struct buf *to, const char *text)
{
    struct arena arena = {0};
    for (size_t length; *text; text += length) {
        size_t blanks = strspn(text, " ");
        length = blanks + strcspn(text + blanks, " ");
        buf_print(to, "%*s<bdi>", (int)blanks, "");
        html_text(to, arena_copy(&arena, text + blanks, length - blanks));
        buf_text(to, "</bdi>");
    }
    arena_free(&arena);
}

static void line_words(struct buf *to, const char *text)
{
    bool plain = true;
    for (const char *c = text; *c; c++)
        plain = plain && (unsigned char)*c < 0x80;
    if (plain)
        html_text(to, text);
    else
        words_apart(to, text);
}

/* A line to copy, by itself. */
static void code_line(struct buf *to, const char *text)
{
    buf_text(to, "<pre style=\"margin:4px 0;white-space:pre-wrap\">");
    line_words(to, text);
    buf_text(to, "</pre>");
}

/* A line to copy, among words. */
static void code_words(struct buf *to, const char *text)
{
    buf_text(to, "<code>");
    line_words(to, text);
    buf_text(to, "</code>");
}

/* Bytes of the line of the language that begins at `text`, as view.h says. */
static size_t line_length(const char *text)
{
    const char *blanks = strstr(text, "  "), *stop = strstr(text, ". ");
    const char *end = blanks && (!stop || blanks < stop) ? blanks : stop;
    return end ? (size_t)(end - text) : strlen(text);
}

/* What the script hides while the picture shows something else (view.h). */
static const char *first_class(const struct block *block)
{
    return block->of_first ? " class=\"attn-first\"" : "";
}

/* <p style="style">the block's text</p>, the lines of the language in it told apart. */
static void prose(struct buf *to, const char *style, const struct block *block)
{
    const char *text = block->text;
    struct arena arena = {0};
    buf_print(to, "<p%s style=\"%s\">", first_class(block), style);
    for (const char *rest = text ? text : ""; *rest;) {
        const char *colon = strstr(rest, ":  ");
        size_t length = colon ? (size_t)(colon - rest) + 2 : strlen(rest);
        html_text(to, arena_copy(&arena, rest, length));
        rest += length + (colon ? 1 : 0);
        length = colon ? line_length(rest) : 0;
        if (length)
            code_words(to, arena_copy(&arena, rest, length));
        rest += length;
    }
    buf_text(to, "</p>");
    arena_free(&arena);
}

static const float LEAST_TINT = .005f; /* paler ones cannot be seen */

/* ---- tables ---------------------------------------------------------------------- */

/* Numbers line up on the right; in a grid all but the names of rows stand in the
 * middle. */
static const char *alignment(const struct table *table, const struct cell *cell,
                             size_t row)
{
    if (!table->grid)
        return cell->number ? "right" : "left";
    return cell->header && row > 0 ? "right" : "center";
}

/* How the text of a cell stands. A matrix is mostly empty cells, which need none of
 * this. */
static void cell_form(struct buf *to, const struct table *table, size_t row,
                      const struct cell *cell)
{
    buf_text(to, table->grid ? "padding:3px 5px;" : "padding:3px 10px 3px 4px;");
    if (table->grid && row == 0) /* for the whole column */
        buf_text(to, "min-width:26px;");
    buf_print(to, "text-align:%s;", alignment(table, cell, row));
    if (table->grid && row > 0 && !cell->number) /* rows stay equally high */
        buf_text(to, "white-space:nowrap;");
    if (cell->strong)
        buf_text(to, "font-weight:bold;");
    else if (cell->header)
        buf_text(to, "font-weight:normal;");
}

/* The opening tag of a cell: its part, its tooltip, its colour. */
static void cell_opens(struct buf *to, const struct table *table, size_t row,
                       size_t col)
{
    const struct cell *cell = &table->cells[row * table->cols + col];
    char hex[COLOR_HEX_SIZE];
    buf_text(to, cell->header ? "<th scope=\"" : "<td style=\"");
    if (cell->header)
        buf_print(to, "%s\" style=\"", row == 0 ? "col" : "row");
    if (!table->grid || cell->text[0])
        cell_form(to, table, row, cell);
    if (color_tint(cell->fill, hex) && cell->fill.level >= LEAST_TINT)
        buf_print(to, "background-color:%s", hex);
    buf_char(to, '"');
    if (cell->title) {
        buf_text(to, " title=\"");
        html_text(to, cell->title);
        buf_char(to, '"');
    }
    buf_char(to, '>');
}

/* True for a first row made of nothing but names. */
static bool has_head(const struct table *table)
{
    if (table->rows < 2)
        return false;
    for (size_t col = 0; col < table->cols; col++)
        if (!table->cells[col].header && table->cells[col].text[0])
            return false;
    return true;
}

static void table_row(struct buf *to, const struct table *table, size_t row)
{
    buf_text(to, "<tr style=\"background-color:#00000000\">");
    for (size_t col = 0; col < table->cols; col++) {
        const struct cell *cell = &table->cells[row * table->cols + col];
        cell_opens(to, table, row, col);
        if (cell->code)
            code_words(to, cell->text);
        else
            html_text(to, cell->text);
        buf_text(to, cell->header ? "</th>" : "</td>");
    }
    buf_text(to, "</tr>\n");
}

/* Wide tables scroll in a box of their own. */
static void write_table(struct buf *to, const struct table *table)
{
    bool head = has_head(table);
    buf_text(to,
             "<div style=\"overflow-x:auto;margin:4px 0\">"
             "<table style=\"border-collapse:collapse;margin:0;font-size:inherit\">");
    if (table->caption)
        element(to, "caption", "caption-side:top;text-align:left;padding:0 0 4px 0",
                table->caption);
    if (head) {
        buf_text(to, "<thead>");
        table_row(to, table, 0);
        buf_text(to, "</thead>");
    }
    buf_text(to, "<tbody>\n");
    for (size_t row = head ? 1 : 0; row < table->rows; row++)
        table_row(to, table, row);
    buf_text(to, "</tbody></table></div>\n");
}

/* ---- blocks ---------------------------------------------------------------------- */

static void blocks_at(struct buf *to, const struct block *blocks, size_t n, int depth)
{
    static const char small[] = "margin:4px 0;font-size:90%;opacity:.8";
    for (size_t i = 0; i < n; i++) {
        const struct block *block = &blocks[i];
        switch (block->kind) {
        case BLOCK_HEADING:
            element(to, "p", "margin:10px 0 2px 0;font-weight:bold", block->text);
            break;
        case BLOCK_TEXT:
            prose(to, "margin:4px 0;white-space:pre-line", block);
            break;
        case BLOCK_NOTE:
            prose(to, small, block);
            break;
        case BLOCK_CODE:
            code_line(to, block->text ? block->text : "");
            break;
        case BLOCK_TABLE:
            if (block->table)
                write_table(to, block->table);
            break;
        case BLOCK_FOLD:
            buf_print(to, "<details%s style=\"margin:4px 0\">", first_class(block));
            element(to, "summary", "cursor:pointer", block->text);
            if (depth < HTML_DEPTH)
                blocks_at(to, block->inside, block->n_inside, depth + 1);
            buf_text(to, "</details>");
            break;
        }
        buf_char(to, '\n');
    }
}

void html_blocks(struct buf *to, const struct block *blocks, size_t n)
{
    blocks_at(to, blocks, n, 0);
}
