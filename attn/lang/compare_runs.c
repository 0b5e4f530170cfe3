/* compare_runs.c - two runs beside each other: two heads, sentences, models, or two
 * values of a setting. Rows and columns of the second are put in the order of the first
 * where both have the same words, so that "dog bites man" can be held against "man
 * bites dog". */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "attn/lang/changes.h"
#include "attn/lang/compare.h"
#include "attn/lang/lex.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"
#include "attn/render/alt.h"
#include "attn/render/marks.h"
#include "attn/render/pair.h"
#include "attn/render/stack.h"

enum { ROWS_MOST = 12, TITLE_MOST = 44 };

static const float SAME = .005f; /* of a row; less prints as 0.00 */

struct side {
    const struct value *value;
    const char *title, *go_on; /* go_on: the line that would make the state so */
    struct subject *subject;   /* owned; NULL: the learner's own */
    struct fill fill;
    struct heatmap map;
};

struct comparison {
    struct call *call;
    struct side sides[2];
    const size_t *match; /* [T of the first] the row of the second; NULL: none fits */
    bool in_place;       /* each row of the first is that row of the second */
    float *moved;        /* [T] how much of a row lies elsewhere, 0 … 1 */
};

/* ---- the two sides */

static const char *setting_text(const struct value *side, struct arena *arena)
{
    const struct pair *pair = &side->pairs[0];
    const struct value *value = &pair->value;
    if (value->numbers)
        return arena_print(arena, "%s %g", pair->of->name, value->numbers[0]);
    if (value->text)
        return arena_print(arena, "%s %s", pair->of->name, value->text);
    return arena_print(arena, "%s %s", pair->of->name, value->on ? "on" : "off");
}

static bool open_text(struct call *call, struct side *side, struct err *err)
{
    struct subject *own = call->session->state.subject;
    const struct value *value = side->value;
    side->title = arena_print(call->arena, "\"%.*s\"%s", TITLE_MOST, value->text,
                              value->length > TITLE_MOST ? " …" : "");
    side->go_on = arena_print(call->arena, "sentence %s",
                              lex_quote(call->arena, value->text, value->length));
    side->subject = subject_new(own->model, value->text, value->length, err);
    return side->subject || err_span(err, value->start, value->end);
}

static bool open_model(struct call *call, struct side *side, struct err *err)
{
    const char *text = call_sentence(call), *name = side->value->text;
    struct shared_model *model = shared_model_open(name, err);
    if (!model)
        return err_span(err, side->value->start, side->value->end);
    side->title = side->go_on = arena_print(call->arena, "model %s", name);
    if (model_info(model->model)->pairs) {
        err_set(err, ERR_UNSUITED,
                "%s reads two sentences; models are compared on one.", name);
        (void)err_try(err, "Try:", "compare lesson with decoder");
    } else {
        side->subject = subject_new(model, text, strlen(text), err);
    }
    shared_model_drop(model);
    return side->subject || err_span(err, side->value->start, side->value->end);
}

static bool open_setting(struct call *call, struct side *side, struct err *err)
{
    const struct pair *pair = &side->value->pairs[0];
    side->title = setting_text(side->value, call->arena);
    side->go_on = arena_print(call->arena, "set %s", side->title);
    return settings_apply(&call->settings, call_info(call), pair->of, &pair->value,
                          err) ||
           err_span(err, side->value->start, side->value->end);
}

static void open_head(struct call *call, struct side *side)
{
    struct head_ref head = side->value->heads[0];
    const struct model_info *info = call_info(call);
    side->title = trace_head_name(info->heads, info->H,
                                  head.layer * info->H + head.head, call->arena);
    side->go_on =
        arena_print(call->arena, "heatmap layer %zu head %zu", head.layer, head.head);
    call->settings.layer = (struct range){(int)head.layer, (int)head.layer};
    call->settings.head = (int)head.head;
}

static bool open_side(struct call *call, struct side *side, struct err *err)
{
    const struct value *value = side->value;
    if (value->heads) {
        open_head(call, side);
        return true;
    }
    if (value->pairs)
        return open_setting(call, side, err);
    return value->on ? open_text(call, side, err) : open_model(call, side, err);
}

/* The weights of one side, under the line's settings and its own. */
static bool fill_side(struct call *call, struct side *side, struct err *err)
{
    struct settings settings = call->settings;
    struct subject *own = call->session->state.subject;
    bool done = open_side(call, side, err);
    if (done && side->subject)
        call->session->state.subject = side->subject;
    done = done && fill_rows(call, &side->fill, err);
    if (done)
        side->map = compare_map(call, &side->fill);
    call->session->state.subject = own;
    call->settings = settings;
    return done;
}

/* ---- which row is which */

static size_t same_word_in(const struct stack *a, size_t i, const struct stack *b)
{
    for (size_t j = 0; j < b->n_rows; j++)
        if (a->rows[i].special == b->rows[j].special &&
            strcmp(a->rows[i].text, b->rows[j].text) == 0 &&
            stack_occurrence(a->rows, a->n_rows, i) ==
                stack_occurrence(b->rows, b->n_rows, j))
            return j;
    return SIZE_MAX;
}

static void match_rows(struct comparison *two)
{
    const struct stack *a = &two->sides[0].fill.stack, *b = &two->sides[1].fill.stack;
    size_t *match = arena_new(two->call->arena, a->n_rows, sizeof *match);
    bool words = true, in_place = true;
    if (a->n_rows != b->n_rows || a->n_cols != a->n_rows || b->n_cols != b->n_rows)
        return;
    for (size_t i = 0; i < a->n_rows && words; i++) {
        match[i] = same_word_in(a, i, b);
        words = match[i] != SIZE_MAX;
        in_place = in_place && match[i] == i;
    }
    for (size_t i = 0; i < a->n_rows && !words; i++)
        match[i] = i;
    two->match = match;
    two->in_place = in_place || !words;
}

static float weight_of(const struct comparison *two, size_t side, size_t i, size_t j)
{
    const struct stack *stack = &two->sides[side].fill.stack;
    size_t row = side ? two->match[i] : i, col = side ? two->match[j] : j;
    return stack_row(stack, row)[col];
}

static void measure(struct comparison *two)
{
    size_t n = two->sides[0].fill.stack.n_rows;
    two->moved = arena_new(two->call->arena, n, sizeof *two->moved);
    for (size_t i = 0; two->match && i < n; i++)
        for (size_t j = 0; j < n; j++)
            two->moved[i] +=
                fabsf(weight_of(two, 1, i, j) - weight_of(two, 0, i, j)) / 2;
}

/* ---- what is said */

static const char *looks(const struct comparison *two, size_t side, size_t i)
{
    struct arena *arena = two->call->arena;
    const struct stack *stack = &two->sides[side].fill.stack;
    size_t row = side && two->match ? two->match[i] : i, best = 0;
    const float *weights = stack_row(stack, row);
    for (size_t j = 1; j < stack->n_cols; j++)
        if (weights[j] > weights[best])
            best = j;
    if (stack->cols[best].special)
        return arena_print(arena, "rests (%.2f)", (double)weights[best]);
    return arena_print(arena, "looks at \"%s\" (%.2f)",
                       stack_word(arena, stack->cols, stack->n_cols, best),
                       (double)weights[best]);
}

/* The typed rows, the most moved first; returns how many. */
static size_t most_moved(const struct comparison *two, size_t *order)
{
    const struct stack *stack = &two->sides[0].fill.stack;
    size_t n = 0;
    for (size_t i = 0; i < stack->n_rows; i++) {
        if (stack->rows[i].special)
            continue;
        size_t at = n++;
        for (; at > 0 && two->moved[i] > two->moved[order[at - 1]]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return n;
}

static const char *say(const struct comparison *two, const size_t *order, size_t n)
{
    struct arena *arena = two->call->arena;
    const struct side *a = &two->sides[0], *b = &two->sides[1];
    const char *in = a->value->pairs ? "with" : "in";
    if (!two->match)
        return arena_print(arena, "%s: %s. %s: %s.", a->title,
                           alt_links(arena, &a->fill.stack, 3), b->title,
                           alt_links(arena, &b->fill.stack, 3));
    if (n == 0 || two->moved[order[0]] < SAME)
        return "No difference: every word looks where it looked, with the same "
               "weights.";
    return arena_print(
        arena, "They differ most at \"%s\": %s %s it %s, %s %s it %s.",
        stack_word(arena, a->fill.stack.rows, a->fill.stack.n_rows, order[0]), in,
        a->title, looks(two, 0, order[0]), in, b->title, looks(two, 1, order[0]));
}

static const struct table *rows_table(const struct comparison *two, const size_t *order,
                                      size_t n)
{
    struct arena *arena = two->call->arena;
    const struct stack *stack = &two->sides[0].fill.stack;
    struct sheet sheet = sheet_begin(arena, 4);
    sheet_header(&sheet, "word");
    sheet_header(&sheet, two->sides[0].title);
    sheet_header(&sheet, two->sides[1].title);
    sheet_header(&sheet, "moved");
    for (size_t k = 0; k < n && k < ROWS_MOST && two->moved[order[k]] >= SAME; k++) {
        sheet_header(&sheet, stack_word(arena, stack->rows, stack->n_rows, order[k]));
        sheet_text(&sheet, looks(two, 0, order[k]));
        sheet_text(&sheet, looks(two, 1, order[k]));
        sheet_number(&sheet, arena_print(arena, "%.2f", (double)two->moved[order[k]]));
    }
    return sheet_end(&sheet, NULL);
}

/* The second minus the first, orange where it is more, blue where it is less. */
static const struct table *difference(const struct comparison *two)
{
    struct arena *arena = two->call->arena;
    const struct heatmap *map = &two->sides[0].map;
    const struct stack *stack = &two->sides[0].fill.stack;
    struct sheet sheet = sheet_begin(arena, map->n_cols + 1);
    sheet_header(&sheet, "");
    for (size_t j = 0; j < map->n_cols; j++)
        sheet_header(&sheet,
                     stack_label(arena, stack->cols, stack->n_cols, map->cols[j]));
    for (size_t i = 0; i < map->n_rows; i++) {
        sheet_header(&sheet,
                     stack_label(arena, stack->rows, stack->n_rows, map->rows[i]));
        for (size_t j = 0; j < map->n_cols; j++) {
            float more = weight_of(two, 1, map->rows[i], map->cols[j]) -
                         weight_of(two, 0, map->rows[i], map->cols[j]);
            char number[MARKS_NUMBER_SIZE];
            const char *sign = more < 0 ? "−" : "+";
            marks_number(fabsf(more), number);
            sheet_add(
                &sheet,
                (struct cell){
                    .text = arena_print(arena, "%s%s", *number ? sign : "", number),
                    .number = true,
                    .fill = {more < 0 ? INK_MINUS : INK_PLUS, fabsf(more)}});
        }
    }
    struct table *table = arena_new(arena, 1, sizeof *table);
    *table =
        *sheet_end(&sheet, "The second minus the first: orange is more, blue less.");
    table->grid = true;
    return table;
}

static void write_blocks(const struct comparison *two, const struct changes *changes,
                         const size_t *order, size_t n, struct view *view)
{
    struct arena *arena = two->call->arena;
    struct pile pile = pile_begin(arena);
    const struct heatmap *map = &two->sides[0].map;
    if (two->match && n > 0 && two->moved[order[0]] >= SAME) {
        pile_table(&pile, rows_table(two, order, n));
        if (map->n_rows <= HEATMAP_NUMBERS) {
            struct pile inside = pile_begin(arena);
            pile_table(&inside, difference(two));
            pile_fold(&pile, "The difference, cell by cell", &inside);
        }
    }
    if (changes)
        changes_tables(changes, &pile);
    if (!two->match)
        pile_add(&pile, BLOCK_NOTE,
                 "They have not as many words as each other, so no row can be held "
                 "against another.");
    pile_add(&pile, BLOCK_NOTE,
             arena_print(arena, "All stays as it was. To go on with the second:  %s",
                         two->sides[1].go_on));
    pile_end(&pile, view);
}

/* ---- JSON */

static void write_side(struct json_out *out, const char *key, const struct side *side)
{
    json_key(out, key);
    json_object(out);
    json_key_text(out, "is", side->title);
    json_key_text(out, "sentence", side->fill.trace->sentence);
    json_key(out, "rows");
    call_json_tokens(out, side->fill.trace->rows, side->fill.trace->T);
    json_key(out, "cols");
    call_json_tokens(out, side->fill.trace->cols, side->fill.trace->S);
    json_key(out, "weights");
    fill_json_weights(out, &side->map.stack);
    json_end(out);
}

static void write_json(const struct comparison *two, const struct changes *changes,
                       struct buf *json)
{
    struct json_out out = call_json_plain(two->call, json, "compare");
    size_t n = two->sides[0].fill.stack.n_rows;
    write_side(&out, "a", &two->sides[0]);
    write_side(&out, "b", &two->sides[1]);
    json_key(&out, "difference");
    if (!two->match)
        json_null(&out);
    else {
        json_array(&out);
        for (size_t i = 0; i < n; i++) {
            json_array(&out);
            for (size_t j = 0; j < n; j++)
                json_float(&out,
                           (double)(weight_of(two, 1, i, j) - weight_of(two, 0, i, j)));
            json_end(&out);
        }
        json_end(&out);
    }
    if (changes)
        changes_json(changes, &out);
    json_end(&out);
}

/* ---- showing */

static const struct scene *draw(struct comparison *two)
{
    struct side *sides = two->sides;
    float most = fmaxf(sides[0].map.stack.most, sides[1].map.stack.most);
    for (size_t k = 0; k < 2; k++)
        sides[k].map.stack.most = most;
    sides[1].map.bare = true;
    const struct picture_pair pair = {
        .parts = {{sides[0].title, heatmap_draw(&sides[0].map, two->call->arena)},
                  {sides[1].title, heatmap_draw(&sides[1].map, two->call->arena)}},
        .big = two->call->settings.big};
    return pair_draw(&pair, two->call->arena);
}

/* Two runs of one model over the same words: then heads can be held against each other.
 */
static bool have_same_heads(const struct comparison *two)
{
    const struct trace *a = two->sides[0].fill.trace, *b = two->sides[1].fill.trace;
    return a != b && two->match && two->in_place && a->L == b->L && a->H == b->H &&
           a->T == b->T && a->S == b->S && a->attention == b->attention;
}

static bool show(struct comparison *two, struct err *err)
{
    struct call *call = two->call;
    const struct side *a = &two->sides[0], *b = &two->sides[1];
    size_t *order = arena_new(call->arena, a->fill.stack.n_rows, sizeof *order);
    size_t n = most_moved(two, order);
    struct changed changed = {0};
    struct changes changes = {.changed = &changed,
                              .before = a->fill.trace,
                              .after = b->fill.trace,
                              .then = a->title,
                              .now = b->title,
                              .heads = "Heads, most changed first"};
    bool same = have_same_heads(two);
    if (same)
        changed = changed_find(a->fill.trace, b->fill.trace, NULL, call->arena);
    struct view view = {.kind = "compare",
                        .finding = say(two, order, n),
                        .scene = draw(two),
                        .footer = call_footer_of(call, "two beside each other")};
    view.twin = arena_print(call->arena, "%s\n%s\n%s\n%s", a->title,
                            heatmap_twin(&a->map, call->arena), b->title,
                            heatmap_twin(&b->map, call->arena));
    view.alt = alt_print(call->arena, "%s Two heatmaps: %s; %s.", view.finding,
                         a->title, b->title);
    write_blocks(two, same ? &changes : NULL, order, n, &view);
    struct buf json = {0};
    if (call_wants_json(call))
        write_json(two, same ? &changes : NULL, &json);
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}

bool compare_runs(struct call *call, const struct value *a, const struct value *b,
                  struct err *err)
{
    struct comparison two = {.call = call, .sides = {{.value = a}, {.value = b}}};
    bool done =
        fill_side(call, &two.sides[0], err) && fill_side(call, &two.sides[1], err);
    if (done) {
        match_rows(&two);
        measure(&two);
        done = show(&two, err);
    }
    for (size_t k = 0; k < 2; k++)
        if (two.sides[k].subject)
            subject_drop(two.sides[k].subject);
    return done;
}
