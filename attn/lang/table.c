#include "attn/lang/table.h"

#include <string.h>

/* Doubles an array that is full. */
static void *grow(struct arena *arena, const void *at, size_t n, size_t *room,
                  size_t size)
{
    *room = *room ? 2 * *room : 16;
    void *larger = arena_new(arena, *room, size);
    if (n)
        memcpy(larger, at, n * size);
    return larger;
}

struct sheet sheet_begin(struct arena *arena, size_t cols)
{
    return (struct sheet){.arena = arena, .cols = cols};
}

void sheet_add(struct sheet *sheet, struct cell cell)
{
    if (sheet->n == sheet->room)
        sheet->cells = grow(sheet->arena, sheet->cells, sheet->n, &sheet->room,
                            sizeof *sheet->cells);
    sheet->cells[sheet->n++] = cell;
}

void sheet_text(struct sheet *sheet, const char *text)
{
    sheet_add(sheet, (struct cell){.text = text});
}

void sheet_header(struct sheet *sheet, const char *text)
{
    sheet_add(sheet, (struct cell){.text = text, .header = true});
}

void sheet_number(struct sheet *sheet, const char *text)
{
    sheet_add(sheet, (struct cell){.text = text, .number = true});
}

const struct table *sheet_end(const struct sheet *sheet, const char *caption)
{
    struct table *table = arena_new(sheet->arena, 1, sizeof *table);
    *table = (struct table){.caption = caption,
                            .cells = sheet->cells,
                            .rows = sheet->n / sheet->cols,
                            .cols = sheet->cols};
    return table;
}

struct pile pile_begin(struct arena *arena)
{
    return (struct pile){.arena = arena};
}

static void add(struct pile *pile, struct block block)
{
    if (pile->n == pile->room)
        pile->blocks =
            grow(pile->arena, pile->blocks, pile->n, &pile->room, sizeof *pile->blocks);
    pile->blocks[pile->n++] = block;
}

void pile_add(struct pile *pile, enum block_kind kind, const char *text)
{
    add(pile, (struct block){.kind = kind, .text = text});
}

void pile_table(struct pile *pile, const struct table *table)
{
    add(pile, (struct block){.kind = BLOCK_TABLE, .table = table});
}

void pile_fold(struct pile *pile, const char *text, const struct pile *inside)
{
    add(pile, (struct block){.kind = BLOCK_FOLD,
                             .text = text,
                             .inside = inside->blocks,
                             .n_inside = inside->n});
}

void pile_end(const struct pile *pile, struct view *view)
{
    view->blocks = pile->blocks;
    view->n_blocks = pile->n;
}
