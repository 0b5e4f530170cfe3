/* heatmap: token x token. */
#include <stdint.h>
#include <string.h>

#include "attn/lang/fill.h"
#include "attn/lang/marked.h"
#include "attn/render/alt.h"
#include "attn/render/heatmap.h"
#include "attn/render/stack.h"

enum {
    NUMBERS_MOST = 40,     /* words across that have room for numbers */
    SEVERAL_MOST = 150000, /* weights of one picture of many heads */
    LINKS_SAID = 3,
};

static bool heatmap_run(struct call *call, struct err *err);

const struct command heatmap_command = {
    .name = "heatmap",
    .does = "Draws attention as a matrix: a row for each word that looks.",
    .task = "See where words look",
    .lesson = "04",
    .view = true,
    .honours = "heads word rows cols top values sums mark measure",
    .examples = {"heatmap", "heatmap layer 3 head 0", "heatmap word it values",
                 "heatmap rows 6..7 cols 0..5", "heatmap sums on"},
    .run = heatmap_run,
};

/* ---- JSON */

static void write_axes(struct json_out *out, const struct trace *trace)
{
    json_key(out, "rows");
    call_json_tokens(out, trace->rows, trace->T);
    json_key(out, "cols");
    call_json_tokens(out, trace->cols, trace->S);
}

static void write_json(struct call *call, const struct fill *fill, struct buf *json)
{
    struct json_out out = call_json(call, json, "heatmap", fill->layer, fill->head);
    write_axes(&out, fill->trace);
    if (fill->row_head) {
        json_key(&out, "row_heads");
        fill_json_row_heads(&out, fill);
    }
    json_key(&out, "weights");
    fill_json_weights(&out, &fill->stack);
    json_end(&out);
}

static void write_several_json(struct call *call, const struct fill *fill,
                               struct buf *json)
{
    struct json_out out = call_json(call, json, "heatmap", fill->layer, fill->head);
    write_axes(&out, fill->trace);
    fill_json_several(&out, &fill->stack, call_value(call, "heads")->given);
    json_end(&out);
}

/* ---- which rows and columns */

/* Typed tokens within the range, if one is given. */
static size_t *shown(struct arena *arena, const struct axis_token *tokens,
                     size_t n_tokens, const struct value *range, size_t *n)
{
    size_t *at = arena_new(arena, n_tokens, sizeof *at);
    *n = 0;
    for (size_t i = 0; i < n_tokens; i++) {
        int position = tokens[i].position;
        if (tokens[i].special || (range->given && (position < range->range.from ||
                                                   position > range->range.to)))
            continue;
        at[(*n)++] = i;
    }
    return at;
}

/* The special columns that `hide` has left. */
static size_t *resting(struct call *call, const struct fill *fill, size_t *n)
{
    const struct stack *stack = &fill->stack;
    size_t *at = arena_new(call->arena, stack->n_cols, sizeof *at);
    *n = 0;
    for (size_t j = 0; j < stack->n_cols; j++)
        if (stack->cols[j].special && call->settings.hide != HIDE_SPECIAL &&
            !(call->settings.hide == HIDE_FIRST && j == 0))
            at[(*n)++] = j;
    return at;
}

static struct heatmap map_of(struct call *call, const struct fill *fill)
{
    const struct stack *stack = &fill->stack;
    const struct value *word = call_value(call, "word");
    struct heatmap map = {
        .big = call->settings.big, .stack = *stack, .chosen = SIZE_MAX};
    map.rows = shown(call->arena, stack->rows, stack->n_rows, call_value(call, "rows"),
                     &map.n_rows);
    map.cols = shown(call->arena, stack->cols, stack->n_cols, call_value(call, "cols"),
                     &map.n_cols);
    map.rest = resting(call, fill, &map.n_rest);
    if (word->given)
        map.chosen = trace_row_at(fill->trace, word->position);
    map.sums = call_value(call, "sums")->given && call_value(call, "sums")->on;
    return map;
}

/* Numbers in the cells: as asked for, else where there are few. */
static void choose_values(struct call *call, struct heatmap *map)
{
    const struct value *values = call_value(call, "values");
    size_t n = map->n_rows > map->n_cols ? map->n_rows : map->n_cols;
    map->values = values->given ? values->on : n <= HEATMAP_NUMBERS;
    if (!map->values || n <= NUMBERS_MOST)
        return;
    map->values = false;
    call_note(
        call,
        "Numbers need room: up to %d words across. Some of them:  heatmap rows 0..%d "
        "cols 0..%d values on",
        NUMBERS_MOST, HEATMAP_NUMBERS - 1, HEATMAP_NUMBERS - 1);
}

/* `top n`: in each row only the n strongest cells are drawn, of every slice, so that a
 * page that switches heads keeps to it. */
static void keep_top(struct call *call, struct heatmap *map, size_t top)
{
    struct stack *stack = &map->stack;
    struct slice *slices = arena_new(call->arena, stack->n_slices, sizeof *slices);
    size_t *best = arena_new(call->arena, stack->n_cols, sizeof *best);
    top = top < stack->n_cols ? top : stack->n_cols;
    for (size_t s = 0; s < stack->n_slices; s++) {
        slices[s] = stack->slices[s];
        float *kept =
            arena_new(call->arena, stack->n_rows * stack->n_cols, sizeof *kept);
        for (size_t i = 0; i < stack->n_rows; i++) {
            const float *row = slices[s].weights + i * stack->n_cols;
            size_t n = stack_top(row, stack->n_cols, top, best);
            for (size_t k = 0; k < n; k++)
                kept[i * stack->n_cols + best[k]] = row[best[k]];
        }
        slices[s].weights = kept;
    }
    stack->slices = slices;
    call_note(call, "Only the %zu strongest of each row are drawn.", top);
}

/* ---- what is said */

/* The strongest links, at most `most`; in words where words look at themselves alone.
 */
static const char *say_links(struct call *call, const struct stack *stack, size_t most)
{
    const char *links = alt_links(call->arena, stack, most);
    return *links ? links : "none to another word";
}

/* How much of the drawn rows rests, and which of them do not. */
static const char *say_head(struct call *call, const struct heatmap *map)
{
    const struct stack *stack = &map->stack;
    const struct slice *slice = &stack->slices[stack->start];
    struct buf speakers;
    float rest = 0;
    size_t n = 0;
    buf_init(&speakers, 2048);
    for (size_t i = 0; i < map->n_rows; i++) {
        const float *row = stack_row(stack, map->rows[i]);
        float rests = stack_resting(stack, row);
        rest += rests / (float)map->n_rows;
        if (rests < .5f && n++ < 6)
            buf_print(
                &speakers, "%s\"%s\"", n > 1 ? ", " : "",
                stack_word(call->arena, stack->rows, stack->n_rows, map->rows[i]));
    }
    const char *said;
    if (rest < .5f || slice->head < 0)
        said = arena_print(call->arena, "Strongest links of %s: %s.", slice->name,
                           say_links(call, stack, LINKS_SAID));
    else if (n == 0)
        said = arena_print(
            call->arena,
            "Every word rests: %.2f of the weight lies on the resting place, "
            "because %s %s.",
            (double)rest, slice->name,
            stack->causal ? "finds nothing among the words before"
                          : "has nothing to say about this sentence");
    else
        said = arena_print(
            call->arena,
            "The head %s speaks only for %s%s: %s. The other words rest (%.2f of all "
            "weight), because it %s.",
            slice->name, speakers.at, n > 6 ? " and some more" : "",
            say_links(call, stack, n < LINKS_SAID ? n : LINKS_SAID), (double)rest,
            stack->causal ? "finds nothing for them among the words before"
                          : "has nothing to say about them");
    buf_free(&speakers);
    return said;
}

/* What one row says, as `look` has it. */
static const char *say_word(struct call *call, const struct fill *fill,
                            const struct heatmap *map, size_t row)
{
    const struct slice *slice = stack_slice(&map->stack, row);
    size_t best, second;
    bool either = call->settings.measure == MEASURE_WEIGHT && slice->layer >= 0 &&
                  slice->head >= 0 &&
                  story_could_be_either(fill->trace, (size_t)slice->layer,
                                        (size_t)slice->head, row, &best, &second) &&
                  stack_resting(&map->stack, stack_row(&map->stack, row)) <
                      stack_row(&map->stack, row)[best];
    return alt_finding(call->arena, &map->stack, row, either);
}

static const char *say(struct call *call, const struct fill *fill,
                       const struct heatmap *map)
{
    if (map->chosen != SIZE_MAX)
        return say_word(call, fill, map, map->chosen);
    if (!fill->row_head)
        return say_head(call, map);
    const char *links = alt_links(call->arena, &map->stack, LINKS_SAID);
    if (!*links) /* one word, or only words that look at themselves */
        return say_word(call, fill, map, fill->story.row);
    if (fill->story.kind == STORY_UNKNOWN && map->stack.n_rows > 0 &&
        call_rows(call) != call_cols(call))
        return arena_print(call->arena,
                           "Most of these French words are in no dictionary here: %s.",
                           links);
    if (fill->story.kind == STORY_UNKNOWN)
        return arena_print(
            call->arena,
            "I only know English words; the heads that go by the place of "
            "words still work: %s.",
            links);
    const char *pronoun = fill->story.kind == STORY_PRONOUN
                              ? say_word(call, fill, map, fill->story.row)
                              : NULL;
    return pronoun ? pronoun : arena_print(call->arena, "Strongest: %s.", links);
}

static const char *alt_of(struct call *call, const struct fill *fill,
                          const struct heatmap *map)
{
    const struct slice *slice = &map->stack.slices[map->stack.start];
    const char *head = fill->row_head ? "each row from its own head"
                       : slice->layer >= 0 && slice->head >= 0
                           ? arena_print(call->arena, "layer %d head %d %s",
                                         slice->layer, slice->head, slice->name)
                           : slice->name;
    return alt_print(call->arena, "%s Heatmap of %zu words by %zu, %s. Strongest: %s.",
                     say(call, fill, map), map->n_rows, map->n_cols, head,
                     say_links(call, &map->stack, 5));
}

/* ---- blocks */

static size_t write_blocks(struct call *call, const struct fill *fill,
                           const struct heatmap *map, struct block *blocks)
{
    size_t n = 0;
    const struct slice *slice = &map->stack.slices[map->stack.start];
    size_t words = map->n_rows > map->n_cols ? map->n_rows : map->n_cols;
    struct block table = {.kind = BLOCK_TABLE};
    if (words <= HEATMAP_TABLE)
        table.table = heatmap_table(map, call->arena);
    if (words <= HEATMAP_NUMBERS) {
        blocks[n++] = table;
    } else if (words <= HEATMAP_TABLE) {
        struct block *inside = arena_new(call->arena, 1, sizeof *inside);
        *inside = table;
        blocks[n++] = (struct block){.kind = BLOCK_FOLD,
                                     .of_first = true,
                                     .text = "The numbers, as a table",
                                     .inside = inside,
                                     .n_inside = 1};
    }
    if (!fill->row_head && slice->does)
        blocks[n++] = (struct block){
            .kind = BLOCK_NOTE,
            .of_first = true,
            .text = arena_print(call->arena, "%s: %s", slice->name, slice->does)};
    return n;
}

static bool show(struct call *call, struct view *view, struct buf *json,
                 struct err *err)
{
    bool done = call_show(call, view, json->at ? json : NULL, err);
    buf_free(json);
    return done;
}

static void note_heads(struct call *call, const struct fill *fill)
{
    size_t H = fill->trace->H, T = fill->trace->T, one = SIZE_MAX, others = 0;
    for (size_t i = 0; i < T; i++) {
        if (fill->trace->rows[i].position < 0)
            continue;
        one = one == SIZE_MAX ? fill->row_head[i] : one;
        others += fill->row_head[i] != one;
    }
    if (one == SIZE_MAX || others)
        call_note_first(
            call,
            "Rows come from different heads. One whole head:  heatmap layer %zu "
            "head %zu%s",
            fill->story.layer, fill->story.head, call_side(call));
    else
        call_note_first(call, "All rows come from one head, L%zu-H%zu.", one / H,
                        one % H);
}

static bool show_one(struct call *call, struct err *err)
{
    struct fill fill;
    struct buf json = {0};
    const struct value *top = call_value(call, "top"), *mark = call_value(call, "mark");
    if (!fill_rows(call, &fill, err))
        return false;
    if (fill.row_head)
        note_heads(call, &fill);
    struct heatmap map = map_of(call, &fill);
    if (map.n_rows > HEATMAP_TABLE || map.n_cols > HEATMAP_TABLE)
        call_note(call, "A part of it, larger:  heatmap rows 0..%d cols 0..%d",
                  HEATMAP_NUMBERS - 1, HEATMAP_NUMBERS - 1);
    choose_values(call, &map);
    const char *finding = say(call, &fill, &map), *alt = alt_of(call, &fill, &map);
    if (mark->given && mark->on)
        marked_fill(call, &fill, &map);
    if (call_wants_json(call))
        write_json(call, &fill, &json);
    if (top->given)
        keep_top(call, &map, (size_t)top->numbers[0]);
    struct block *blocks = arena_new(call->arena, 3, sizeof *blocks);
    struct view view = {
        .kind = "heatmap",
        .finding = finding,
        .alt = alt,
        .scene = heatmap_draw(&map, call->arena),
        .blocks = blocks,
        .n_blocks = write_blocks(call, &fill, &map, blocks),
        .footer = call_footer(call, fill.layer, fill.head),
        .twin = heatmap_twin(&map, call->arena),
    };
    view.table_first = view.n_blocks > 0 && blocks[0].kind == BLOCK_TABLE;
    return show(call, &view, &json, err);
}

/* ---- several heads */

static const char *several_twin(struct call *call, const struct stack *stack)
{
    struct buf twin;
    buf_init(&twin, 1 << 20);
    for (size_t s = 0; s < stack->n_slices; s++) {
        struct stack one = *stack;
        one.start = s;
        one.row_slice = NULL;
        const char *links = alt_links(call->arena, &one, LINKS_SAID);
        buf_print(&twin, "%s: %s\n", stack_head(call->arena, &stack->slices[s]),
                  *links ? links : "rests everywhere");
    }
    const char *text = arena_copy(call->arena, twin.at, twin.length);
    buf_free(&twin);
    return text;
}

static bool show_several(struct call *call, struct err *err)
{
    struct fill fill;
    struct buf json = {0};
    if (!fill_several(call, &fill, err))
        return false;
    size_t weights = fill.stack.n_slices * fill.stack.n_rows * fill.stack.n_cols;
    if (weights > SEVERAL_MOST && call->form != FORM_JSON) {
        err_set(err, ERR_TOO_LARGE,
                "%zu heads of %zu × %zu words are too much for one picture.",
                fill.stack.n_slices, fill.stack.n_rows, fill.stack.n_cols);
        return err_try(err, "Try:", "heatmap layer %d head %d",
                       fill.stack.slices[0].layer, fill.stack.slices[0].head);
    }
    struct heatmap map = map_of(call, &fill);
    if (call_wants_json(call))
        write_several_json(call, &fill, &json);
    struct view view = {
        .kind = "heatmap",
        .finding = arena_print(
            call->arena, "%zu heads on the same sentence: each looks in its own way.",
            fill.stack.n_slices),
        .scene = call->form == FORM_JSON ? NULL : heatmap_draw_all(&map, call->arena),
        .footer = call_footer(call, fill.layer, fill.head),
        .twin = several_twin(call, &fill.stack),
    };
    view.alt = alt_print(call->arena, "%zu heads as small heatmaps of %zu words. %s",
                         fill.stack.n_slices, map.n_rows, view.twin);
    return show(call, &view, &json, err);
}

static bool heatmap_run(struct call *call, struct err *err)
{
    return fill_is_several(call) ? show_several(call, err) : show_one(call, err);
}
