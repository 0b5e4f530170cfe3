#include "attn/render/text_twin.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "attn/base/utf8.h"

enum {
    LABEL_MOST = 24,   /* columns of a word in a list */
    MATRIX_LABEL = 12, /* and at a matrix */
    NUMBERED_COLS = 14,
    CELL_LEAST = 3, /* columns of a cell with a number, and a blank before it */
    CELL_MOST = 8,
    HEAD_COLUMNS = 7, /* of the head that a row comes from */
    SUM_COLUMNS = 6,
};

static const float SHOWN = .005f; /* below this a weight prints as 0.00 */

void text_twin_bar(struct buf *to, float weight, size_t cells)
{
    float marks = weight * (float)cells + .5f;
    size_t full = marks > 0 ? (size_t)marks : 0;
    for (size_t i = 0; i < cells; i++)
        buf_char(to, i < full ? '#' : '.');
}

static void blanks(struct buf *to, size_t n)
{
    for (; n > 0; n--)
        buf_char(to, ' ');
}

/* Bytes of `text` that fit in `columns`, and how many columns those take. */
static size_t fitting(const char *text, size_t columns, size_t *taken)
{
    size_t length = strlen(text), at = 0;
    *taken = 0;
    while (at < length) {
        size_t next = at;
        size_t width = (size_t)utf8_width(utf8_next(text, length, &next));
        if (*taken + width > columns)
            break;
        *taken += width;
        at = next;
    }
    return at;
}

void text_twin_cell(struct buf *to, const char *text, size_t columns,
                    enum text_anchor anchor)
{
    size_t width = utf8_columns(text, strlen(text)), bytes = strlen(text);
    bool cut = width > columns;
    if (cut)
        bytes = fitting(text, columns ? columns - 1 : 0, &width);
    size_t shown = width + (cut ? 1 : 0), room = columns > shown ? columns - shown : 0;
    size_t left = anchor == TEXT_END ? room : anchor == TEXT_MIDDLE ? room / 2 : 0;
    blanks(to, left);
    buf_add(to, text, bytes);
    if (cut)
        buf_text(to, "…");
    blanks(to, room - left);
}

size_t text_twin_widest(const char *const *texts, size_t n, size_t most)
{
    size_t widest = 0;
    for (size_t i = 0; i < n; i++) {
        size_t width = utf8_columns(texts[i], strlen(texts[i]));
        widest = width > widest ? width : widest;
    }
    return widest < most ? widest : most;
}

void text_twin_slice(struct buf *to, const struct slice *slice)
{
    if (slice->layer >= 0 && slice->head >= 0)
        buf_print(to, "layer %d head %d", slice->layer, slice->head);
    else
        buf_text(to, slice->name);
}

/* ---- one row */

struct row_entry {
    const char *label;
    float weight;
    bool bar;
};

struct row_list {
    struct row_entry at[32];
    size_t n;
};

static void add_entry(struct row_list *list, const char *label, float weight, bool bar)
{
    if (list->n < sizeof list->at / sizeof *list->at)
        list->at[list->n++] = (struct row_entry){label, weight, bar};
}

/* "(rests on <s>)", or each of several special tokens once. */
static const char *rests_on(const struct stack *stack, struct arena *arena)
{
    const char *list = "";
    for (size_t j = 0; j < stack->n_cols; j++) {
        const char *text = stack->cols[j].text;
        bool said = !stack->cols[j].special;
        for (size_t k = 0; k < j && !said; k++)
            said = stack->cols[k].special && strcmp(stack->cols[k].text, text) == 0;
        if (!said)
            list = arena_print(arena, "%s%s%s", list, *list ? ", " : "", text);
    }
    return arena_print(arena, "(rests on %s)", list);
}

static double left_of(const struct row_list *list, const struct stack *stack,
                      const float *weights)
{
    float printed[sizeof list->at / sizeof *list->at];
    for (size_t k = 0; k < list->n; k++)
        printed[k] = list->at[k].weight;
    return stack_left(stack, weights, printed, list->n);
}

/* The strongest typed columns of a row, at most `most`, as entries, then the resting
 * place, then what is left of the row. */
static void strongest_entries(struct row_list *list, const struct stack *stack,
                              const float *weights, size_t most, struct arena *arena)
{
    float *typed = arena_new(arena, stack->n_cols, sizeof *typed);
    size_t top[24], words = stack_typed(stack->cols, stack->n_cols);
    for (size_t j = 0; j < stack->n_cols; j++)
        typed[j] = stack->cols[j].special ? 0 : weights[j];
    most = most < sizeof top / sizeof *top ? most : sizeof top / sizeof *top;
    size_t n = stack_top(typed, stack->n_cols, most, top), shown = 0;
    for (size_t k = 0; k < n && typed[top[k]] >= SHOWN; k++, shown++) {
        add_entry(list, stack_word(arena, stack->cols, stack->n_cols, top[k]),
                  typed[top[k]], true);
    }
    float resting = stack_resting(stack, weights);
    if (resting > 0)
        add_entry(list, rests_on(stack, arena), resting, true);
    if (words > shown)
        add_entry(list,
                  arena_print(arena, "%s%zu word%s", shown ? "other " : "all ",
                              words - shown, words - shown == 1 ? "" : "s"),
                  (float)left_of(list, stack, weights), false);
}

void text_twin_row(struct buf *to, const struct stack *stack, size_t row, size_t most,
                   struct arena *arena)
{
    const struct axis_token *token = &stack->rows[row];
    const float *weights = stack_row(stack, row);
    struct row_list list = {.n = 0};
    float sum = 0;
    strongest_entries(&list, stack, weights, most, arena);
    for (size_t j = 0; j < stack->n_cols; j++)
        sum += weights[j];
    add_entry(&list, "sum", sum, false);
    const char *labels[sizeof list.at / sizeof *list.at];
    for (size_t k = 0; k < list.n; k++)
        labels[k] = list.at[k].label;
    size_t width = text_twin_widest(labels, list.n, LABEL_MOST);
    buf_print(to, "\"%s\"", token->text);
    if (token->position >= 0)
        buf_print(to, " (position %d)", token->position);
    buf_text(to, ", ");
    text_twin_slice(to, stack_slice(stack, row));
    buf_text(to, ", looks at:\n");
    for (size_t k = 0; k < list.n; k++) {
        buf_text(to, "  ");
        text_twin_cell(to, list.at[k].label, width, TEXT_START);
        buf_text(to, "  ");
        if (list.at[k].bar)
            text_twin_bar(to, list.at[k].weight, TEXT_TWIN_BAR);
        else
            blanks(to, TEXT_TWIN_BAR);
        buf_print(to, "  %.2f\n", list.at[k].weight);
    }
}

/* ---- links */

struct link_at {
    size_t row, col;
    float weight;
};

/* Keeps the strongest `most` links of all rows in `links`, strongest first. */
static size_t strongest_links(const struct stack *stack, size_t most,
                              struct link_at *links)
{
    size_t n = 0;
    for (size_t i = 0; i < stack->n_rows; i++) {
        const float *row = stack_row(stack, i);
        for (size_t j = 0; j < stack->n_cols && most > 0; j++) {
            if (stack->cols[j].special || stack->rows[i].special || row[j] < SHOWN)
                continue;
            if (n == most && !(row[j] > links[n - 1].weight))
                continue;
            size_t at = n < most ? n++ : n - 1;
            for (; at > 0 && row[j] > links[at - 1].weight; at--)
                links[at] = links[at - 1];
            links[at] = (struct link_at){i, j, row[j]};
        }
    }
    return n;
}

void text_twin_links(struct buf *to, const struct stack *stack, size_t most,
                     struct arena *arena)
{
    struct link_at *links = arena_new(arena, most ? most : 1, sizeof *links);
    size_t n = strongest_links(stack, most, links);
    const char **from = arena_new(arena, n ? n : 1, sizeof *from);
    const char **to_word = arena_new(arena, n ? n : 1, sizeof *to_word);
    for (size_t k = 0; k < n; k++) {
        from[k] = stack_word(arena, stack->rows, stack->n_rows, links[k].row);
        to_word[k] = stack_word(arena, stack->cols, stack->n_cols, links[k].col);
    }
    size_t left = text_twin_widest(from, n, LABEL_MOST);
    size_t right = text_twin_widest(to_word, n, LABEL_MOST);
    for (size_t k = 0; k < n; k++) {
        buf_text(to, "  ");
        text_twin_cell(to, from[k], left, TEXT_END);
        buf_text(to, " -> ");
        text_twin_cell(to, to_word[k], right, TEXT_START);
        buf_print(to, "  %.2f  %s\n", links[k].weight,
                  stack_slice(stack, links[k].row)->name);
    }
}

/* ---- a matrix */

/* A column is as wide as its word, within reason. */
static size_t column_width(const char *label)
{
    size_t width = utf8_columns(label, strlen(label));
    return 1 + (width < CELL_LEAST  ? CELL_LEAST
                : width > CELL_MOST ? CELL_MOST
                                    : width);
}

static void number_cell(struct buf *to, float weight, size_t columns)
{
    char text[16];
    if (weight < SHOWN)
        snprintf(text, sizeof text, "·");
    else if (weight >= .995f)
        snprintf(text, sizeof text, "1.0");
    else
        snprintf(text, sizeof text, ".%02d", (int)(weight * 100 + .5f));
    text_twin_cell(to, text, columns, TEXT_END);
}

static void digit_cell(struct buf *to, float weight)
{
    int tenths = (int)(weight * 10 + .5f);
    buf_char(to, tenths >= 10 ? '#' : tenths <= 0 ? '.' : (char)('0' + tenths));
}

/* The numbers of the columns, upright: tens over units where there is room for one. */
static void number_line(struct buf *to, const struct stack *stack,
                        const struct text_twin_part *part, int unit)
{
    for (size_t k = 0; k < part->n_cols; k++) {
        int position = stack->cols[part->cols[k]].position;
        bool show = position >= 0 && (position >= unit || unit == 1);
        buf_char(to, show ? (char)('0' + position / unit % 10) : ' ');
    }
    buf_char(to, '\n');
}

static const char *head_label(const struct stack *stack, size_t col, bool worded,
                              struct arena *arena)
{
    int position = stack->cols[col].position;
    if (worded || position < 0)
        return stack_label(arena, stack->cols, stack->n_cols, col);
    return arena_print(arena, "%d", position);
}

static void head_lines(struct buf *to, const struct stack *stack,
                       const struct text_twin_part *part, size_t indent, bool worded,
                       struct arena *arena)
{
    if (part->n_cols <= NUMBERED_COLS) {
        blanks(to, indent);
        for (size_t k = 0; k < part->n_cols; k++) {
            const char *label = head_label(stack, part->cols[k], worded, arena);
            buf_char(to, ' ');
            text_twin_cell(to, label, column_width(label) - 1, TEXT_END);
        }
        buf_char(to, '\n');
        return;
    }
    int last = stack->cols[part->cols[part->n_cols - 1]].position;
    for (int unit = 100; unit >= 1; unit /= 10) {
        if (unit > 1 && last < unit)
            continue;
        blanks(to, indent);
        number_line(to, stack, part, unit);
    }
}

/* Widths of the columns under words, or (where those need too much) under numbers. */
static size_t matrix_columns(const struct stack *stack,
                             const struct text_twin_part *part, bool worded,
                             size_t *widths, struct arena *arena)
{
    size_t sum = 0;
    for (size_t k = 0; k < part->n_cols; k++) {
        widths[k] = column_width(head_label(stack, part->cols[k], worded, arena));
        sum += part->n_cols <= NUMBERED_COLS ? widths[k] : 1;
    }
    return sum;
}

/* Columns of the longest name of a row's head. */
static size_t widest_name(const struct stack *stack, const struct text_twin_part *part)
{
    size_t widest = 0;
    for (size_t i = 0; i < part->n_rows; i++) {
        const char *name = stack_slice(stack, part->rows[i])->name;
        size_t columns = utf8_columns(name, strlen(name));
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static double row_sum(const struct stack *stack, size_t row)
{
    double sum = 0;
    for (size_t j = 0; j < stack->n_cols; j++)
        sum += (double)stack_row(stack, row)[j];
    return sum;
}

/* A row's numbers, and their sum. */
static void row_line(struct buf *to, const struct stack *stack,
                     const struct text_twin_part *part, size_t row,
                     const size_t *widths)
{
    const float *weights = stack_row(stack, row);
    for (size_t k = 0; k < part->n_cols; k++) {
        if (part->n_cols <= NUMBERED_COLS)
            number_cell(to, weights[part->cols[k]], widths[k]);
        else
            digit_cell(to, weights[part->cols[k]]);
    }
    if (part->sums)
        buf_print(to, "  %.2f", row_sum(stack, row));
}

/* The last line of a matrix with sums. */
static void received_line(struct buf *to, const struct stack *stack,
                          const struct text_twin_part *part, size_t indent,
                          const size_t *widths)
{
    text_twin_cell(to, "received", indent - 2, TEXT_END);
    buf_text(to, "  ");
    for (size_t k = 0; k < part->n_cols; k++) {
        double sum = 0;
        for (size_t i = 0; i < part->n_rows; i++)
            sum += (double)stack_row(stack, part->rows[i])[part->cols[k]];
        if (sum < 1)
            number_cell(to, (float)sum, widths[k]);
        else
            buf_print(to, "%*.1f", (int)widths[k], sum);
    }
    buf_char(to, '\n');
}

void text_twin_matrix(struct buf *to, const struct stack *stack,
                      const struct text_twin_part *part, struct arena *arena)
{
    const char **labels = arena_new(arena, part->n_rows, sizeof *labels);
    for (size_t i = 0; i < part->n_rows; i++)
        labels[i] = stack_label(arena, stack->rows, stack->n_rows, part->rows[i]);
    size_t width = text_twin_widest(labels, part->n_rows, MATRIX_LABEL);
    size_t *widths = arena_new(arena, part->n_cols, sizeof *widths);
    bool worded = true;
    size_t left = width + 6 + (stack->row_slice ? HEAD_COLUMNS : 0) +
                  (part->sums ? SUM_COLUMNS : 0);
    size_t used = left + matrix_columns(stack, part, worded, widths, arena);
    if (part->n_cols <= NUMBERED_COLS && used > TEXT_TWIN_LINE) {
        worded = false;
        used = left + matrix_columns(stack, part, worded, widths, arena);
    }
    bool named = used + 1 + widest_name(stack, part) <= TEXT_TWIN_LINE;
    head_lines(to, stack, part, width + 6, worded, arena);
    for (size_t i = 0; i < part->n_rows; i++) {
        int position = stack->rows[part->rows[i]].position;
        if (position >= 0)
            buf_print(to, "%3d ", position);
        else
            buf_text(to, "    ");
        text_twin_cell(to, labels[i], width, TEXT_END);
        buf_text(to, "  ");
        row_line(to, stack, part, part->rows[i], widths);
        const struct slice *slice = stack_slice(stack, part->rows[i]);
        if (stack->row_slice && named)
            buf_print(to, "  %s", stack_head(arena, slice));
        else if (stack->row_slice)
            buf_print(to, "  L%d-H%d", slice->layer, slice->head);
        buf_char(to, '\n');
    }
    if (part->sums && part->n_cols <= NUMBERED_COLS)
        received_line(to, stack, part, width + 6, widths);
}

const char *text_twin_end(struct buf *from, struct arena *arena)
{
    size_t length = from->length;
    while (length > 0 && from->at[length - 1] == '\n')
        length--;
    const char *twin = arena_copy(arena, from->at, length);
    buf_free(from);
    return twin;
}
