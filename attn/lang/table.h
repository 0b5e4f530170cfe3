/* table.h - small tables and block lists that grow, for cards. All memory is the
 * arena's. Depends on render/view.
 */
#ifndef ATTN_LANG_TABLE_H
#define ATTN_LANG_TABLE_H

#include "attn/base/arena.h"
#include "attn/render/view.h"

struct sheet {
    struct arena *arena;
    struct cell *cells;
    size_t n, room;
    size_t cols;
};

struct sheet sheet_begin(struct arena *arena, size_t cols);
/* The next cell, row by row. */
void sheet_add(struct sheet *sheet, struct cell cell);
void sheet_text(struct sheet *sheet, const char *text);
void sheet_header(struct sheet *sheet, const char *text);
void sheet_number(struct sheet *sheet, const char *text);
const struct table *sheet_end(const struct sheet *sheet, const char *caption);

struct pile {
    struct arena *arena;
    struct block *blocks;
    size_t n, room;
};

struct pile pile_begin(struct arena *arena);
void pile_add(struct pile *pile, enum block_kind kind, const char *text);
void pile_table(struct pile *pile, const struct table *table);
/* What `inside` holds so far, folded away under `text`. */
void pile_fold(struct pile *pile, const char *text, const struct pile *inside);
/* Hands the blocks to the view. */
void pile_end(const struct pile *pile, struct view *view);

#endif
