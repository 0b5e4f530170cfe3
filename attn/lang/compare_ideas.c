/* compare_ideas.c - a chain beside attention, and all cells beside a window of them, in
 * the numbers of the learner's sentence. */
#include <string.h>

#include "attn/lang/compare.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"

enum { WINDOW = 2 }; /* words on either side that sparse attention keeps */

static const char *const ideas[2][2] = {{"rnn", "transformer"}, {"full", "sparse"}};

static int pair_of(const char *name)
{
    for (int p = 0; p < 2; p++)
        for (int k = 0; k < 2; k++)
            if (strcmp(ideas[p][k], name) == 0)
                return p;
    return -1;
}

bool compare_is_idea(const char *name)
{
    return pair_of(name) >= 0;
}

bool compare_are_ideas(const char *a, const char *b)
{
    return pair_of(a) >= 0 && pair_of(a) == pair_of(b) && strcmp(a, b) != 0;
}

static void row(struct sheet *sheet, const char *what, const char *a, const char *b)
{
    sheet_header(sheet, what);
    sheet_text(sheet, a);
    sheet_text(sheet, b);
}

static const char *chain(struct call *call, size_t n, struct pile *pile)
{
    struct arena *arena = call->arena;
    struct sheet sheet = sheet_begin(arena, 3);
    size_t steps = n > 1 ? n - 1 : 0;
    row(&sheet, "", "rnn: a chain", "transformer: attention");
    sheet.cells[1].header = sheet.cells[2].header = true;
    row(&sheet, "from the first word to the last",
        arena_print(arena, "%zu step%s, one word after the other", steps,
                    steps == 1 ? "" : "s"),
        "1 step: the last looks straight at the first");
    row(&sheet, "at the same time", "one word; the next must wait",
        arena_print(arena, "all %zu words", n));
    row(&sheet, "what is remembered", "one list of numbers, written over at each word",
        arena_print(arena, "every word by itself: %zu to look at", n));
    row(&sheet, "what it costs", arena_print(arena, "%zu steps, in a row", n),
        arena_print(arena, "%zu × %zu = %zu cells, at once", n, n, n * n));
    pile_table(pile, sheet_end(&sheet, NULL));
    pile_add(pile, BLOCK_NOTE, "How the cells grow:  cost 10 100 1000");
    return arena_print(arena,
                       "To link the first and the last of %zu words a chain takes %zu "
                       "steps, attention 1.",
                       n, steps);
}

/* Cells of n words that look at most WINDOW words to either side. */
static size_t window_cells(size_t n)
{
    size_t cells = 0;
    for (size_t i = 0; i < n; i++) {
        size_t before = i < WINDOW ? i : WINDOW;
        size_t after = n - 1 - i < WINDOW ? n - 1 - i : WINDOW;
        cells += before + 1 + after;
    }
    return cells;
}

static const struct table *mask(struct call *call, size_t n)
{
    enum { SHOWN = 12 };
    struct arena *arena = call->arena;
    const struct subject *subject = call_rows(call);
    size_t shown = n < SHOWN ? n : SHOWN, first = subject->n_tokens - subject->n_words;
    struct sheet sheet = sheet_begin(arena, shown + 1);
    sheet_header(&sheet, "");
    for (size_t j = 0; j < shown; j++)
        sheet_header(&sheet, subject->tokens[first + j].text);
    for (size_t i = 0; i < shown; i++) {
        sheet_header(&sheet, subject->tokens[first + i].text);
        for (size_t j = 0; j < shown; j++) {
            bool kept = (i > j ? i - j : j - i) <= WINDOW;
            sheet_add(&sheet, (struct cell){.text = kept ? "both" : "full",
                                            .number = true,
                                            .fill = {INK_WEIGHT, kept ? .8F : .1F}});
        }
    }
    struct table *table = arena_new(arena, 1, sizeof *table);
    *table =
        *sheet_end(&sheet, "Which cells are worked out: strong in both, pale in full "
                           "attention only.");
    table->grid = true;
    return table;
}

static const char *window(struct call *call, size_t n, struct pile *pile)
{
    struct arena *arena = call->arena;
    struct sheet sheet = sheet_begin(arena, 3);
    size_t all = n * n, kept = window_cells(n), far = n > 1 ? (n - 2) / WINDOW + 1 : 0;
    row(&sheet, "", "full",
        arena_print(arena, "sparse: %d words to either side", WINDOW));
    sheet.cells[1].header = sheet.cells[2].header = true;
    row(&sheet, "cells of this sentence", arena_print(arena, "%zu", all),
        arena_print(arena, "%zu", kept));
    row(&sheet, "cells of 1,000 words", "1,000,000",
        arena_print(arena, "%zu", window_cells(1000)));
    row(&sheet, "from the first word to the last", "1 layer",
        arena_print(arena, "%zu layer%s, from window to window", far,
                    far == 1 ? "" : "s"));
    pile_table(pile, sheet_end(&sheet, NULL));
    pile_table(pile, mask(call, n));
    pile_add(
        pile, BLOCK_NOTE,
        "Long texts are read so, with some words that all may look at besides. The "
        "models here have full attention.");
    return arena_print(
        arena,
        "Full attention works out %zu cells for these %zu words, a window "
        "of %d words to either side %zu.",
        all, n, WINDOW, kept);
}

bool compare_ideas(struct call *call, const char *a, struct err *err)
{
    size_t n = call_rows(call)->n_words;
    struct pile pile = pile_begin(call->arena);
    struct view view = {.kind = "compare"};
    view.finding = pair_of(a) == 0 ? chain(call, n, &pile) : window(call, n, &pile);
    view.footer = call_footer_of(call, "an idea, in the numbers of this sentence");
    pile_end(&pile, &view);
    return call_show(call, &view, NULL, err);
}
