#include "attn/lang/marked.h"

#include <string.h>

#include "attn/analyse/kinds.h"
#include "attn/analyse/pattern.h"
#include "attn/render/stack.h"

static const float LINK = .5f; /* a cell this strong is a link */

/* Where the pattern has a form of its own: is (row, col) in it? */
static bool in_form(const struct trace *trace, int test, size_t row, size_t col)
{
    const struct token *from = &trace->rows[row], *to = &trace->cols[col];
    int ahead = to->position - from->position;
    switch (test) {
    case TEST_PREVIOUS:
        return ahead == -1;
    case TEST_NEXT:
        return ahead == 1;
    case TEST_ITSELF:
        return ahead == 0;
    case TEST_LOCAL:
        return ahead >= -TEST_WINDOW && ahead <= TEST_WINDOW;
    case TEST_DUPLICATE:
        return ahead < 0 && from->id == to->id;
    case TEST_SAME_WORD:
        return from->id == to->id;
    default:
        return false;
    }
}

static bool has_form(int test)
{
    return test == TEST_PREVIOUS || test == TEST_NEXT || test == TEST_ITSELF ||
           test == TEST_LOCAL || test == TEST_DUPLICATE || test == TEST_SAME_WORD;
}

/* Outlines the cells of the form, or (any other test) each row's link. */
static void outline(struct call *call, const struct fill *fill, struct heatmap *map,
                    int test)
{
    const struct trace *trace = fill->trace;
    struct heatmap_mark *marks = arena_new(
        call->arena, map->n_rows * (2 * TEST_WINDOW + 1) + map->n_cols, sizeof *marks);
    size_t room = map->n_rows * (2 * TEST_WINDOW + 1) + map->n_cols;
    for (size_t i = 0; i < map->n_rows; i++) {
        const float *row = stack_row(&map->stack, map->rows[i]);
        for (size_t j = 0; j < map->n_cols && map->n_marks < room; j++) {
            bool marked = has_form(test)
                              ? in_form(trace, test, map->rows[i], map->cols[j])
                              : row[map->cols[j]] >= LINK;
            if (marked)
                marks[map->n_marks++] =
                    (struct heatmap_mark){map->rows[i], map->cols[j]};
        }
    }
    map->marks = marks;
}

void marked_fill(struct call *call, const struct fill *fill, struct heatmap *map)
{
    static const char strong[] = "the row's link, .5 or more";
    const struct trace *trace = fill->trace;
    if (fill->layer < 0 || fill->head < 0) {
        outline(call, fill, map, TESTS);
        map->mark_name = strong;
        return;
    }
    struct kinds kinds = kinds_of(trace, call->arena);
    struct pattern pattern =
        pattern_of(trace, (size_t)fill->layer, (size_t)fill->head, &kinds);
    if (!pattern.shown || pattern.label == PATTERN_MIXED) {
        call_note(
            call,
            "mark: no pattern is recognised here (the nearest, \"%s\", scores %.2f "
            "where chance is %.2f).",
            purpose_test((enum test)pattern.best), pattern.evidence.score,
            pattern.evidence.chance);
        return;
    }
    outline(call, fill, map, pattern.label);
    map->mark_name = has_form(pattern.label) || !pattern.built
                         ? purpose_test((enum test)pattern.label)
                         : map->stack.slices[map->stack.start].name;
    call_note(call, "Outlined: %s (score %.2f, chance %.2f, %zu rows tested).",
              map->mark_name, pattern.evidence.score, pattern.evidence.chance,
              pattern.evidence.rows);
}
