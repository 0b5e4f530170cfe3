#include "attn/render/csvout.h"

#include <string.h>

#include "attn/base/arena.h"
#include "attn/render/html.h"
#include "attn/render/marks.h"
#include "attn/render/stack.h"

/* ---- fields --------------------------------------------------------------------- */

static void add_quoted(struct buf *csv, const char *text)
{
    buf_char(csv, '"');
    for (; *text; text++) {
        if (*text == '"')
            buf_char(csv, '"');
        buf_char(csv, *text);
    }
    buf_char(csv, '"');
}

static void add_text(struct buf *csv, const char *text)
{
    size_t n = strlen(text);
    bool edge = n > 0 && (text[0] == ' ' || text[n - 1] == ' ');
    if (edge || text[strcspn(text, ",\"\r\n")])
        add_quoted(csv, text);
    else
        buf_text(csv, text);
}

static void add_weight(struct buf *csv, float weight)
{
    buf_print(csv, "%.9g", (double)weight);
}

static void end_line(struct buf *csv)
{
    buf_text(csv, "\r\n");
}

/* ---- a coloured sentence --------------------------------------------------------- */

/* True where every field shows how one word looks, in one sentence. */
static bool is_row(const struct scene *scene)
{
    const struct field *fields = scene->fields;
    for (size_t f = 0; f < scene->n_fields; f++)
        if ((fields[f].kind != FIELD_WORDS && fields[f].kind != FIELD_BARS) ||
            fields[f].chosen >= fields[f].n_rows)
            return false;
    return scene->n_fields > 0 && !scene->stack.partner;
}

static void write_row(const struct scene *scene, struct buf *csv)
{
    struct arena arena = {0};
    const struct stack *stack = &scene->stack;
    struct field all = scene->fields[0];
    all.cols = NULL;
    all.n_cols = stack->n_cols;
    buf_text(csv, "word,position,weight");
    end_line(csv);
    for (size_t j = 0; j < stack->n_cols; j++) {
        add_text(csv, stack_word(&arena, stack->cols, stack->n_cols, j));
        buf_char(csv, ',');
        if (!stack->cols[j].special)
            buf_print(csv, "%d", stack->cols[j].position);
        buf_char(csv, ',');
        if (!marks_masked(stack, &all, all.chosen, j))
            add_weight(csv, marks_weight(stack, &all, all.chosen, j));
        end_line(csv);
    }
    arena_free(&arena);
}

/* ---- matrices -------------------------------------------------------------------- */

static bool only_grids(const struct block *blocks, size_t n, int depth)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind == BLOCK_TABLE && blocks[i].table && !blocks[i].table->grid)
            return false;
        if (blocks[i].kind == BLOCK_FOLD && depth < HTML_DEPTH &&
            !only_grids(blocks[i].inside, blocks[i].n_inside, depth + 1))
            return false;
    }
    return true;
}

/* True where the picture's cells are what there is to tell: no table says more. */
static bool is_matrix(const struct view *view)
{
    const struct scene *scene = view->scene;
    for (size_t f = 0; f < scene->n_fields; f++)
        if (scene->fields[f].kind != FIELD_CELLS)
            return false;
    return scene->n_fields > 0 && only_grids(view->blocks, view->n_blocks, 0);
}

/* Marks the rows (or the columns) that the fields show; those of one slice, or of all
 * (SIZE_MAX). */
static void mark_shown(const struct scene *scene, size_t slice, bool rows, bool *shown)
{
    const struct stack *stack = &scene->stack;
    size_t most = rows ? stack->n_rows : stack->n_cols;
    for (size_t f = 0; f < scene->n_fields; f++) {
        const struct field *field = &scene->fields[f];
        size_t n = rows ? field->n_rows : field->n_cols;
        if (slice != SIZE_MAX && field->slice != slice)
            continue;
        for (size_t k = 0; k < n; k++) {
            size_t at = rows ? marks_row(field, k) : marks_col(field, k);
            if (at < most)
                shown[at] = true;
        }
    }
}

static void write_head_of(const struct stack *stack, const bool *cols,
                          struct arena *arena, struct buf *csv)
{
    buf_text(csv, "head,name,word");
    for (size_t j = 0; j < stack->n_cols; j++) {
        if (!cols[j])
            continue;
        buf_char(csv, ',');
        add_text(csv, stack_word(arena, stack->cols, stack->n_cols, j));
    }
    end_line(csv);
}

/* `all` is a field of every row and column of its slice. */
static void write_weights(const struct stack *stack, const struct field *all, size_t i,
                          const bool *cols, struct arena *arena, struct buf *csv)
{
    bool own = stack->row_slice && all->slice == stack->start;
    const struct slice *slice =
        own ? stack_slice(stack, i) : &stack->slices[all->slice];
    if (slice->layer >= 0)
        buf_print(csv, "L%d-H%d", slice->layer, slice->head);
    buf_char(csv, ',');
    add_text(csv, slice->name);
    buf_char(csv, ',');
    add_text(csv, stack_word(arena, stack->rows, stack->n_rows, i));
    for (size_t j = 0; j < stack->n_cols; j++) {
        if (!cols[j])
            continue;
        buf_char(csv, ',');
        if (!marks_masked(stack, all, i, j))
            add_weight(csv, marks_weight(stack, all, i, j));
    }
    end_line(csv);
}

/* True where an earlier field shows the same slice. */
static bool seen_before(const struct scene *scene, size_t f)
{
    for (size_t g = 0; g < f; g++)
        if (scene->fields[g].slice == scene->fields[f].slice)
            return true;
    return false;
}

static void write_matrices(const struct scene *scene, struct buf *csv)
{
    struct arena arena = {0};
    const struct stack *stack = &scene->stack;
    bool *cols = arena_new(&arena, stack->n_cols + 1, sizeof *cols);
    mark_shown(scene, SIZE_MAX, false, cols);
    write_head_of(stack, cols, &arena, csv);
    for (size_t f = 0; f < scene->n_fields && !csv->full; f++) {
        struct field all = {.slice = scene->fields[f].slice,
                            .n_rows = stack->n_rows,
                            .n_cols = stack->n_cols};
        if (seen_before(scene, f) || all.slice >= stack->n_slices)
            continue;
        bool *rows = arena_new(&arena, stack->n_rows + 1, sizeof *rows);
        mark_shown(scene, all.slice, true, rows);
        for (size_t i = 0; i < stack->n_rows && !csv->full; i++)
            if (rows[i])
                write_weights(stack, &all, i, cols, &arena, csv);
    }
    arena_free(&arena);
}

/* ---- tables ---------------------------------------------------------------------- */

/* A table and what stands above it: a heading, or what it is folded away under. */
struct titled {
    const struct table *table;
    const char *title; /* NULL: nothing */
};

enum { MOST_TABLES = 64 };

struct tables {
    struct titled at[MOST_TABLES];
    size_t n;
};

static void collect(struct tables *tables, const struct block *blocks, size_t n,
                    const char *title, int depth)
{
    for (size_t i = 0; i < n; i++) {
        const struct block *block = &blocks[i];
        if (block->kind == BLOCK_HEADING)
            title = block->text;
        if (block->kind == BLOCK_FOLD && depth < HTML_DEPTH)
            collect(tables, block->inside, block->n_inside, block->text, depth + 1);
        if (block->kind == BLOCK_TABLE && block->table && block->table->rows > 0 &&
            tables->n < MOST_TABLES)
            tables->at[tables->n++] = (struct titled){
                block->table, block->table->caption ? block->table->caption : title};
    }
}

static bool same_head(const struct table *a, const struct table *b)
{
    bool same = a->cols == b->cols;
    for (size_t c = 0; same && c < b->cols; c++)
        same = b->cells[c].header && strcmp(a->cells[c].text, b->cells[c].text) == 0;
    return same;
}

/* One line; `group` (may be NULL) stands before it. */
static void write_line(const struct table *table, size_t row, const char *group,
                       struct buf *csv)
{
    if (group) {
        add_text(csv, group);
        buf_char(csv, ',');
    }
    for (size_t c = 0; c < table->cols; c++) {
        if (c > 0)
            buf_char(csv, ',');
        add_text(csv, table->cells[row * table->cols + c].text);
    }
    end_line(csv);
}

/* Tables of one form are one, with a column for what stood above each. */
static void write_groups(const struct tables *tables, struct buf *csv)
{
    write_line(tables->at[0].table, 0, "group", csv);
    for (size_t t = 0; t < tables->n; t++) {
        const struct titled *titled = &tables->at[t];
        for (size_t r = 1; r < titled->table->rows; r++)
            write_line(titled->table, r, titled->title ? titled->title : "", csv);
    }
}

static void write_apart(const struct tables *tables, struct buf *csv)
{
    for (size_t t = 0; t < tables->n; t++) {
        const struct titled *titled = &tables->at[t];
        if (t > 0)
            end_line(csv);
        if (tables->n > 1 && titled->title) {
            add_text(csv, titled->title);
            end_line(csv);
        }
        for (size_t r = 0; r < titled->table->rows; r++)
            write_line(titled->table, r, NULL, csv);
    }
}

static void write_tables(const struct view *view, struct buf *csv)
{
    struct tables tables = {0};
    if (view->numbers)
        tables.at[tables.n++] = (struct titled){view->numbers, NULL};
    collect(&tables, view->blocks, view->n_blocks, NULL, 0);
    bool alike = tables.n > 1;
    for (size_t t = 1; t < tables.n; t++)
        alike = alike && same_head(tables.at[0].table, tables.at[t].table);
    if (alike)
        write_groups(&tables, csv);
    else
        write_apart(&tables, csv);
}

bool csvout_write(const struct view *view, struct buf *csv)
{
    if (view->scene && is_row(view->scene))
        write_row(view->scene, csv);
    else if (view->scene && is_matrix(view))
        write_matrices(view->scene, csv);
    else
        write_tables(view, csv);
    return csv->length > 0;
}
