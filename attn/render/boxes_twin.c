/* boxes_twin.c - drawings of boxes in characters. */
#include <string.h>

#include "attn/base/buf.h"
#include "attn/base/utf8.h"
#include "attn/render/boxes.h"
#include "attn/render/text_twin.h"
#include "attn/render/wrap.h"

enum {
    COLUMNS = 76,
    LINES = 24, /* in a box */
    GAP = 1,
    ARROW = 4,
    EDGE = 2, /* columns of a frame on each side */
    GRID_NAME = 9,
};

struct block {
    const struct boxes_part *part;
    size_t left, width;
    const char *lines[LINES];
    size_t n;
};

struct rank {
    struct block at[BOXES_IN_ROW];
    size_t n;
};

struct page {
    const struct boxes *boxes;
    struct arena *arena;
    struct buf out;
    size_t depth, width;
    const struct boxes_part *arrows;
};

static void repeat(struct buf *to, const char *what, size_t n)
{
    for (; n > 0; n--)
        buf_text(to, what);
}

/* One line of the page, inside the frames that are open. */
static void put_line(struct page *page, const char *text)
{
    repeat(&page->out, "│ ", page->depth);
    size_t used = utf8_columns(text, strlen(text));
    buf_text(&page->out, text);
    if (page->depth > 0 && used < page->width)
        repeat(&page->out, " ", page->width - used);
    repeat(&page->out, " │", page->depth);
    buf_char(&page->out, '\n');
}

static const char *taken(struct page *page, struct buf *line)
{
    size_t length = line->length;
    while (length > 0 && line->at[length - 1] == ' ')
        length--;
    const char *text = arena_copy(page->arena, line->at, length);
    buf_free(line);
    return text;
}

/* ---- what stands in a box */

static size_t inner(const struct block *block)
{
    size_t edges = block->width > 12 ? 4 : 2;
    return block->width > edges ? block->width - edges : 1;
}

static void add_wrapped(struct page *page, struct block *block, const char *text,
                        size_t most)
{
    const char *lines[LINES];
    struct wrap wrap = {{.size = 0}, (float)inner(block), most};
    size_t n = text ? wrap_lines(page->arena, text, &wrap, lines) : 0;
    for (size_t i = 0; i < n && block->n < LINES; i++)
        block->lines[block->n++] = lines[i];
}

static void add_line(struct page *page, struct block *block, struct buf *line)
{
    const char *text = taken(page, line);
    if (block->n < LINES)
        block->lines[block->n++] = text;
}

static void add_bar(struct page *page, struct block *block)
{
    struct buf line;
    size_t room = inner(block);
    buf_init(&line, TEXT_TWIN_BYTES);
    text_twin_bar(&line, block->part->weight,
                  room < TEXT_TWIN_BAR ? room : TEXT_TWIN_BAR);
    add_line(page, block, &line);
}

static const char GRID_LEGEND[] =
    "Weights in tenths: # is 1, . under .05, / hidden, o open";

/* Tenths: # for 1, . for less than .05; / is hidden, o is open. */
static char grid_mark(float weight)
{
    if (weight == BOXES_HIDDEN)
        return '/';
    if (weight == BOXES_OPEN)
        return 'o';
    int tenths = (int)(weight * 10 + .5F);
    return tenths >= 10 ? '#' : tenths <= 0 ? '.' : (char)('0' + tenths);
}

static void add_grid(struct page *page, struct block *block)
{
    const struct boxes_grid *grid = block->part->grid;
    for (size_t i = 0; i < grid->rows; i++) {
        struct buf line;
        buf_init(&line, TEXT_TWIN_BYTES);
        text_twin_cell(&line, grid->row_names[i], GRID_NAME, TEXT_END);
        for (size_t j = 0; j < grid->cols; j++)
            buf_print(&line, " %c", grid_mark(grid->weights[i * grid->cols + j]));
        repeat(&line, " ", 1);
        add_line(page, block, &line);
    }
}

static void fill_block(struct page *page, struct block *block)
{
    const struct boxes_part *part = block->part;
    add_wrapped(page, block, part->title, 4);
    add_wrapped(page, block, part->text, 10);
    if (part->weighed)
        add_bar(page, block);
    if (part->grid)
        add_grid(page, block);
}

/* ---- a row */

static float share_of(const struct boxes_part *part)
{
    return part->share > 0 ? part->share : 1;
}

static size_t gap_before(const struct boxes_part *part)
{
    return part->arrow || part->apart ? ARROW : part->tight ? 0 : GAP;
}

static void place_row(struct page *page, struct rank *row, size_t first, size_t end)
{
    float shares = 0, past = 0;
    size_t room = page->width, gaps = 0;
    for (size_t i = first; i < end && row->n < BOXES_IN_ROW; i++) {
        const struct boxes_part *part = &page->boxes->parts[i];
        shares += share_of(part);
        gaps += row->n ? gap_before(part) : 0;
        row->at[row->n++].part = part;
    }
    room = room > gaps + 3 * row->n ? room - gaps : 3 * row->n;
    size_t left = 0;
    for (size_t i = 0; i < row->n; i++) {
        struct block *block = &row->at[i];
        left += i ? gap_before(block->part) : 0;
        size_t from = (size_t)((float)room * past / shares + .5F);
        past += share_of(block->part);
        size_t to = (size_t)((float)room * past / shares + .5F);
        block->left = left;
        block->width = to - from;
        left += block->width;
        fill_block(page, block);
    }
}

/* An edge of a box: ┌────┐ */
static void put_edge(struct buf *line, const struct block *block, bool top)
{
    size_t bare = block->part->look == BOXES_BARE;
    buf_text(line, bare ? " " : top ? "┌" : "└");
    repeat(line, bare ? " " : "─", block->width - 2);
    buf_text(line, bare ? " " : top ? "┐" : "┘");
}

static void put_inside(struct buf *line, const struct block *block, size_t k,
                       size_t tall)
{
    const char *side = block->part->look == BOXES_BARE ? " " : "│";
    size_t skip = (tall - block->n) / 2, room = block->width - 2;
    const char *text = k >= skip && k - skip < block->n ? block->lines[k - skip] : "";
    buf_text(line, side);
    text_twin_cell(line, text, room, TEXT_MIDDLE);
    buf_text(line, side);
}

static void put_row(struct page *page, const struct rank *row)
{
    size_t tall = 0;
    for (size_t i = 0; i < row->n; i++)
        tall = row->at[i].n > tall ? row->at[i].n : tall;
    for (size_t k = 0; k < tall + 2; k++) {
        struct buf line;
        buf_init(&line, TEXT_TWIN_BYTES);
        for (size_t i = 0; i < row->n; i++) {
            const struct block *block = &row->at[i];
            bool arrow = block->part->arrow && i > 0;
            if (arrow && k == 1 + (tall - 1) / 2)
                buf_text(&line, " ─▶ ");
            else
                repeat(&line, " ", i ? gap_before(block->part) : 0);
            if (k == 0 || k == tall + 1)
                put_edge(&line, block, k == 0);
            else
                put_inside(&line, block, k - 1, tall);
        }
        put_line(page, taken(page, &line));
    }
    for (size_t i = 0; i < row->n; i++) {
        if (!row->at[i].part->grid)
            continue;
        put_line(page, GRID_LEGEND);
        return;
    }
}

/* ---- arrows */

/* A mark over the middle of each box that arrows meet, then what they mean. */
static void put_arrows(struct page *page, const struct rank *row)
{
    struct buf line;
    size_t column = 0;
    bool all = page->arrows->kind == BOXES_ALL;
    buf_init(&line, TEXT_TWIN_BYTES);
    for (size_t i = 0; i < row->n; i++) {
        if (row->at[i].part->look == BOXES_BARE)
            continue;
        size_t middle = row->at[i].left + row->at[i].width / 2;
        repeat(&line, " ", middle > column ? middle - column : 0);
        buf_text(&line, all ? "╳" : "▼");
        column = middle + 1;
    }
    if (page->arrows->text) {
        const char *text = page->arrows->text;
        size_t wide = utf8_columns(text, strlen(text));
        if (column + 2 + wide > page->width) { /* to the left of it, then */
            put_line(page,
                     arena_print(page->arena, "%*s%s",
                                 wide < page->width ? (int)(page->width - wide) / 2 : 0,
                                 "", text));
        } else {
            buf_print(&line, "  %s", text);
        }
    }
    put_line(page, taken(page, &line));
    page->arrows = NULL;
}

static void take_row(struct page *page, size_t first, size_t end)
{
    struct rank row = {.n = 0};
    place_row(page, &row, first, end);
    if (page->arrows)
        put_arrows(page, &row);
    put_row(page, &row);
}

/* ---- frames, paragraphs, links */

static void put_rule(struct page *page, const char *left, const char *right)
{
    struct buf line;
    buf_init(&line, TEXT_TWIN_BYTES);
    buf_text(&line, left);
    repeat(&line, "─", page->width - 2);
    buf_text(&line, right);
    put_line(page, taken(page, &line));
}

static void begin_frame(struct page *page, const struct boxes_part *part)
{
    struct rank rank = {.n = 1};
    rank.at[0] = (struct block){.part = part, .width = page->width};
    if (page->depth == BOXES_DEPTH)
        return;
    if (page->arrows)
        put_arrows(page, &rank);
    put_rule(page, "┌", "┐");
    page->depth++;
    page->width -= 2 * EDGE;
    struct buf line;
    buf_init(&line, TEXT_TWIN_BYTES);
    const char *note = part->text ? part->text : "", *title = part->title;
    size_t wide = utf8_columns(note, strlen(note));
    wide = wide < page->width / 2 ? wide : page->width / 2;
    text_twin_cell(&line, title ? title : "", page->width - wide - 1, TEXT_START);
    buf_char(&line, ' ');
    text_twin_cell(&line, note, wide, TEXT_END);
    put_line(page, taken(page, &line));
}

static void end_frame(struct page *page)
{
    if (page->depth == 0)
        return;
    page->depth--;
    page->width += 2 * EDGE;
    put_rule(page, "└", "┘");
}

static void put_paragraph(struct page *page, const char *text, const char *before)
{
    const char *lines[LINES];
    struct wrap wrap = {{.size = 0}, (float)(page->width - 2), LINES};
    size_t n = text ? wrap_lines(page->arena, text, &wrap, lines) : 0;
    for (size_t i = 0; i < n; i++)
        put_line(page, arena_print(page->arena, "%s%s", i ? "  " : before, lines[i]));
}

static void take_part(struct page *page, const struct boxes_part *part)
{
    switch (part->kind) {
    case BOXES_DOWN:
    case BOXES_STRAIGHT:
    case BOXES_ALL:
        page->arrows = part;
        break;
    case BOXES_TEXT:
        put_paragraph(page, part->text, "");
        break;
    case BOXES_FRAME:
        begin_frame(page, part);
        break;
    case BOXES_END:
        end_frame(page);
        break;
    case BOXES_LINK:
        put_paragraph(page, part->text, "↳ ");
        break;
    case BOXES_BOX:
    case BOXES_ROW:
    case BOXES_SLOT:
        break;
    }
}

const char *boxes_twin(const struct boxes *boxes, struct arena *arena)
{
    struct page page = {.boxes = boxes, .arena = arena, .width = COLUMNS};
    buf_init(&page.out, TEXT_TWIN_BYTES);
    for (size_t i = 0; i < boxes->n; i++) {
        size_t end = boxes_row_end(boxes, i);
        if (end > i) {
            take_row(&page, i, end);
            i = end - 1;
        } else {
            take_part(&page, &boxes->parts[i]);
        }
    }
    while (page.depth > 0)
        end_frame(&page);
    return text_twin_end(&page.out, arena);
}
