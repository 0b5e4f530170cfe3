#include "attn/render/headcard.h"

#include "attn/base/buf.h"

static struct cell header(const char *text)
{
    return (struct cell){.text = text, .header = true};
}

static struct cell number(struct arena *arena, double value)
{
    return (struct cell){.text = arena_print(arena, "%.2f", value), .number = true};
}

static struct block paragraph(const char *text)
{
    return (struct block){.kind = BLOCK_TEXT, .text = text};
}

static struct block small(const char *text)
{
    return (struct block){.kind = BLOCK_NOTE, .text = text};
}

static struct block fold(struct arena *arena, const char *text, struct block inside)
{
    struct block *only = arena_new(arena, 1, sizeof *only);
    *only = inside;
    return (struct block){
        .kind = BLOCK_FOLD, .text = text, .inside = only, .n_inside = 1};
}

static struct block grid(struct arena *arena, const struct cell *cells, size_t rows,
                         size_t cols)
{
    struct table *table = arena_new(arena, 1, sizeof *table);
    *table = (struct table){.cells = cells, .rows = rows, .cols = cols};
    return (struct block){.kind = BLOCK_TABLE, .table = table};
}

/* ---- evidence ---------------------------------------------------------------------
 */

static void test_row(struct cell *row, const struct headcard_test *test,
                     struct arena *arena)
{
    row[0] =
        (struct cell){.text = test->looks_at, .header = true, .strong = test->label};
    row[1] = number(arena, test->score);
    row[2] = number(arena, test->chance);
    row[3] = number(arena, test->lift);
    row[3].strong = test->label;
    if (test->lift > 0)
        row[3].fill = (struct paint){INK_WEIGHT, (float)test->lift};
    row[4] =
        (struct cell){.text = arena_print(arena, "%zu", test->rows), .number = true};
}

/* The tests that had rows. */
static struct block evidence(const struct headcard *card, struct arena *arena)
{
    enum { COLS = 5 };
    struct cell *cells = arena_new(arena, (card->n_tests + 1) * COLS, sizeof *cells);
    static const char *const names[COLS] = {"looks at", "score", "chance", "lift",
                                            "rows"};
    size_t n = 0;
    for (size_t c = 0; c < COLS; c++)
        cells[c] = (struct cell){.text = names[c], .header = true, .number = c > 0};
    for (size_t k = 0; k < card->n_tests; k++)
        if (card->tests[k].rows > 0)
            test_row(&cells[++n * COLS], &card->tests[k], arena);
    return grid(arena, cells, n + 1, COLS);
}

/* "Not testable here: the same word earlier; …", or NULL. */
static const char *untested(const struct headcard *card, struct arena *arena)
{
    const char *said = NULL;
    for (size_t k = 0; k < card->n_tests; k++)
        if (card->tests[k].rows == 0)
            said = said ? arena_print(arena, "%s; %s", said, card->tests[k].looks_at)
                        : card->tests[k].looks_at;
    return said ? arena_print(arena, "Not testable here: %s.", said) : NULL;
}

/* ---- figures ----------------------------------------------------------------------
 */

static const char *offset_name(struct arena *arena, int offset)
{
    int far = HEADCARD_BINS / 2;
    if (offset == 0)
        return "itself";
    return arena_print(arena, "%d%s %s", offset < 0 ? -offset : offset,
                       offset == far || offset == -far ? " or more" : "",
                       offset < 0 ? "before" : "after");
}

static const char *bar(struct arena *arena, double share)
{
    enum { MOST = 24 };
    char text[MOST + 1];
    int length = (int)(share * MOST + 0.5);
    length = length < 0 ? 0 : length > MOST ? MOST : length;
    for (int k = 0; k < length; k++)
        text[k] = '#';
    return arena_copy(arena, text, (size_t)length);
}

static struct block distances(const struct headcard *card, struct arena *arena)
{
    enum { COLS = 3 };
    struct cell *cells =
        arena_new(arena, (size_t)(HEADCARD_BINS + 1) * COLS, sizeof *cells);
    cells[0] = header("words away");
    cells[1] = header("share");
    cells[2] = header("");
    for (int b = 0; b < HEADCARD_BINS; b++) {
        struct cell *row = &cells[(b + 1) * COLS];
        row[0] = header(offset_name(arena, b - HEADCARD_BINS / 2));
        row[1] = number(arena, card->bins[b]);
        row[1].fill = (struct paint){card->bins[b] > 0 ? INK_WEIGHT : INK_NONE,
                                     (float)card->bins[b]};
        row[2] = (struct cell){.text = bar(arena, card->bins[b])};
    }
    return grid(arena, cells, HEADCARD_BINS + 1, COLS);
}

static const char *spoken_for(const struct headcard *card, struct arena *arena)
{
    if (card->customers < card->words)
        return arena_print(arena,
                           "Speaks for %zu of %zu words; the others rest. Where it "
                           "speaks",
                           card->customers, card->words);
    return card->words == 1
               ? "Speaks for the only word"
               : arena_print(arena, "Speaks for all %zu words", card->words);
}

static const char *figures(const struct headcard *card, struct arena *arena)
{
    if (card->customers == 0)
        return arena_print(
            arena, "%s: %.2f of a row lies on the resting place, on average.",
            card->words == 1 ? "The only word rests" : "Every word rests here",
            card->resting);
    return arena_print(
        arena,
        "%s: it looks %.1f words far on average, its strongest link of a row is %.2f, "
        "and it spreads as if %.1f words were looked at evenly (entropy %.2f of the "
        "most "
        "possible).",
        spoken_for(card, arena), card->distance, card->confidence, card->effective,
        card->entropy);
}

static struct block rules(const struct headcard *card, struct arena *arena)
{
    struct block *lines = arena_new(arena, card->n_rules, sizeof *lines);
    for (size_t k = 0; k < card->n_rules; k++)
        lines[k] = (struct block){.kind = BLOCK_CODE, .text = card->rules[k]};
    return (struct block){
        .kind = BLOCK_FOLD,
        .text = arena_print(arena, "The %zu rule line%s it is built from",
                            card->n_rules, card->n_rules == 1 ? "" : "s"),
        .inside = lines,
        .n_inside = card->n_rules,
    };
}

const struct block *headcard_blocks(const struct headcard *card, struct arena *arena,
                                    size_t *n)
{
    struct block *blocks = arena_new(arena, 10, sizeof *blocks);
    const char *gaps = untested(card, arena);
    *n = 0;
    if (card->does)
        blocks[(*n)++] =
            paragraph(arena_print(arena, "What it is for: \"%s\"", card->does));
    blocks[(*n)++] = paragraph(
        arena_print(arena, "Category %s, pattern %s.", card->category, card->pattern));
    blocks[(*n)++] = evidence(card, arena);
    if (gaps)
        blocks[(*n)++] = small(gaps);
    blocks[(*n)++] = small(
        "score: the mean share of a row's weight that lies there; chance: what an "
        "even spread would give; lift: how far above chance, (score - chance) / "
        "(1 - chance). Rows that rest count for the first token only.");
    blocks[(*n)++] = paragraph(figures(card, arena));
    if (card->customers > 0)
        blocks[(*n)++] = fold(arena, "How far it looks", distances(card, arena));
    if (card->n_rules > 0)
        blocks[(*n)++] = rules(card, arena);
    blocks[(*n)++] = small("One sentence is a small sample, and a weight says where "
                           "information can flow from, not what decided.");
    return blocks;
}
