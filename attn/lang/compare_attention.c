/* compare_attention.c - compare self with cross: two attentions of a model that reads
 * two sentences. */
#include <string.h>

#include "attn/lang/compare.h"
#include "attn/lang/state.h"
#include "attn/render/alt.h"
#include "attn/render/heatmap.h"
#include "attn/render/pair.h"
#include "attn/render/stack.h"

/* One of the two: what is drawn, and how it is called. */
struct side {
    enum attention which;
    const char *title, *key; /* key: as JSON says it */
    struct fill fill;
    struct heatmap map;
};

/* "self" is the decoder's own attention: its rows are those of cross. */
static struct side side_named(const char *name)
{
    if (strcmp(name, "cross") == 0)
        return (struct side){.which = ATTENTION_CROSS,
                             .key = "cross",
                             .title = "cross: French looks at English"};
    if (strcmp(name, "encoder") == 0)
        return (struct side){.which = ATTENTION_ENCODER,
                             .key = "encoder",
                             .title = "encoder: English looks at English"};
    return (struct side){.which = ATTENTION_DECODER,
                         .key = "decoder",
                         .title = "decoder self: French looks at French"};
}

/* Each row from the head that has most to say about it. */
static bool fill_side(struct call *call, struct side *side, struct err *err)
{
    call->settings.which = side->which;
    call->settings.layer = (struct range){PICK_AUTO, PICK_AUTO};
    call->settings.head = PICK_AUTO;
    if (!fill_rows(call, &side->fill, err))
        return false;
    side->map = compare_map(call, &side->fill);
    return true;
}

/* ---- what is said */

static size_t strongest(const struct stack *stack, size_t row)
{
    size_t best = 0;
    const float *weights = stack_row(stack, row);
    for (size_t j = 1; j < stack->n_cols; j++)
        if (weights[j] > weights[best])
            best = j;
    return best;
}

/* A row that shows the difference: a word that has moved, best one that came from
 * further ahead (noir, behind its noun), else the last. */
static size_t telling_row(const struct side *a, const struct side *b)
{
    size_t n = a->fill.stack.n_rows, found = n - 1;
    for (size_t i = n; i-- > 1;) {
        size_t p = strongest(&a->fill.stack, i), q = strongest(&b->fill.stack, i);
        bool look = !a->fill.stack.cols[p].special && !b->fill.stack.cols[q].special;
        bool better = found == n - 1 || q < i;
        if (look && p != i && q != i && better)
            found = i;
    }
    return found;
}

static const char *looks(struct call *call, const struct side *side, size_t row)
{
    const struct stack *stack = &side->fill.stack;
    size_t best = strongest(stack, row);
    float weight = stack_row(stack, row)[best];
    if (stack->cols[best].special)
        return arena_print(call->arena, "rests (%.2f)", (double)weight);
    return arena_print(call->arena, "looks at \"%s\" (%.2f, %s)",
                       stack_word(call->arena, stack->cols, stack->n_cols, best),
                       (double)weight, stack_slice(stack, row)->name);
}

/* French words look in both, or English ones. */
static bool same_rows(const struct side *a, const struct side *b)
{
    return (a->which == ATTENTION_ENCODER) == (b->which == ATTENTION_ENCODER);
}

static const char *name_of(const struct side *side)
{
    return side->which == ATTENTION_CROSS     ? "cross-attention"
           : side->which == ATTENTION_ENCODER ? "the encoder"
                                              : "the decoder's own attention";
}

static const char *say(struct call *call, const struct side *a, const struct side *b)
{
    struct arena *arena = call->arena;
    if (!same_rows(a, b))
        return arena_print(arena, "%s: %s. %s: %s.", a->key,
                           alt_links(arena, &a->fill.stack, 3), b->key,
                           alt_links(arena, &b->fill.stack, 3));
    size_t row = telling_row(a, b);
    return arena_print(arena, "The same word, \"%s\", twice: in %s it %s, in %s it %s.",
                       stack_word(arena, a->fill.stack.rows, a->fill.stack.n_rows, row),
                       name_of(a), looks(call, a, row), name_of(b),
                       looks(call, b, row));
}

/* Where queries, keys and values come from. */
static const char *made_of(const struct side *side)
{
    switch (side->which) {
    case ATTENTION_CROSS:
        return "Cross: queries come from the French words, keys and values from the "
               "encoder's English words; nothing is masked.";
    case ATTENTION_ENCODER:
        return "Encoder: queries, keys and values all come from the English words; "
               "every word sees every word.";
    default:
        return "Decoder: queries, keys and values all come from the French words; a "
               "word sees itself and what stands before it.";
    }
}

/* Row by row: where it looks in both, and by which head. */
static const struct table *rows_table(struct call *call, const struct side sides[2])
{
    enum { COLS = 3 };
    const struct stack *rows = &sides[0].fill.stack;
    struct cell *cells =
        arena_new(call->arena, (rows->n_rows + 1) * COLS, sizeof *cells);
    size_t n = 1;
    cells[0] = (struct cell){.text = "looks", .header = true};
    cells[1] = (struct cell){.text = sides[0].key, .header = true};
    cells[2] = (struct cell){.text = sides[1].key, .header = true};
    for (size_t i = 0; i < rows->n_rows; i++) {
        if (rows->rows[i].special)
            continue;
        struct cell *row = &cells[n++ * COLS];
        row[0] =
            (struct cell){.text = stack_word(call->arena, rows->rows, rows->n_rows, i),
                          .header = true};
        row[1] = (struct cell){.text = looks(call, &sides[0], i)};
        row[2] = (struct cell){.text = looks(call, &sides[1], i)};
    }
    struct table *table = arena_new(call->arena, 1, sizeof *table);
    *table = (struct table){.cells = cells, .rows = n, .cols = COLS};
    return table;
}

/* ---- JSON */

static void write_side(struct json_out *out, const char *key, const struct side *side)
{
    json_key(out, key);
    json_object(out);
    json_key_text(out, "attention", side->key);
    json_key(out, "rows");
    call_json_tokens(out, side->fill.trace->rows, side->fill.trace->T);
    json_key(out, "cols");
    call_json_tokens(out, side->fill.trace->cols, side->fill.trace->S);
    json_key(out, "row_heads");
    fill_json_row_heads(out, &side->fill);
    json_key(out, "weights");
    fill_json_weights(out, &side->fill.stack);
    json_end(out);
}

/* Their columns are other words, so there is no difference to take. */
static void write_json(struct call *call, const struct side sides[2], struct buf *json)
{
    struct json_out out = call_json_plain(call, json, "compare");
    json_key_text(&out, "sentence", call_sentence(call));
    json_key_text(&out, "target", call->session->state.subject->second->sentence);
    write_side(&out, "a", &sides[0]);
    write_side(&out, "b", &sides[1]);
    json_end(&out);
}

/* ---- running */

/* Where the model reads one sentence: another that reads two, on an example. */
static struct subject *example(struct call *call, struct err *err)
{
    static const char sentence[] = "The black cat sleeps";
    struct shared_model *model = shared_model_open("translate", err);
    if (!model)
        return NULL;
    struct subject *subject = subject_new(model, sentence, strlen(sentence), err);
    shared_model_drop(model);
    call_note(call,
              "The model %s reads one sentence, so this is the model translate on an "
              "example. On your own sentence:  model translate",
              model_info(call_model(call))->name);
    return subject;
}

static bool show(struct call *call, struct side sides[2], struct err *err)
{
    struct arena *arena = call->arena;
    float most = sides[0].map.stack.most > sides[1].map.stack.most
                     ? sides[0].map.stack.most
                     : sides[1].map.stack.most;
    for (size_t k = 0; k < 2; k++)
        sides[k].map.stack.most = most;
    sides[1].map.bare = true;
    const struct picture_pair pair = {
        .parts = {{sides[0].title, heatmap_draw(&sides[0].map, arena)},
                  {sides[1].title, heatmap_draw(&sides[1].map, arena)}},
        .big = call->settings.big};
    struct block *blocks = arena_new(arena, 3, sizeof *blocks);
    for (size_t k = 0; k < 2; k++)
        blocks[k] = (struct block){.kind = BLOCK_TEXT, .text = made_of(&sides[k])};
    if (same_rows(&sides[0], &sides[1]))
        blocks[2] =
            (struct block){.kind = BLOCK_TABLE, .table = rows_table(call, sides)};
    call->settings.which = ATTENTION_SELF; /* the footer is about both */
    struct view view = {.kind = "compare",
                        .finding = say(call, &sides[0], &sides[1]),
                        .scene = pair_draw(&pair, arena),
                        .blocks = blocks,
                        .n_blocks = same_rows(&sides[0], &sides[1]) ? 3 : 2,
                        .footer = call_footer(call, PICK_AUTO, PICK_AUTO)};
    view.twin = arena_print(arena, "%s\n%s\n%s\n%s", sides[0].title,
                            heatmap_twin(&sides[0].map, arena), sides[1].title,
                            heatmap_twin(&sides[1].map, arena));
    view.alt = alt_print(arena, "%s Two heatmaps: %s; %s.", view.finding,
                         sides[0].title, sides[1].title);
    struct buf json = {0};
    if (call_wants_json(call))
        write_json(call, sides, &json);
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}

static bool compare_two(struct call *call, struct side sides[2], struct err *err)
{
    return fill_side(call, &sides[0], err) && fill_side(call, &sides[1], err) &&
           show(call, sides, err);
}

bool compare_is_attention(const char *name)
{
    static const char *const names[] = {"self", "cross", "encoder", "decoder"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

bool compare_same_attention(const char *a, const char *b)
{
    return side_named(a).which == side_named(b).which;
}

/* The state is as before afterwards. */
bool compare_attentions(struct call *call, const char *a, const char *b,
                        struct err *err)
{
    struct side sides[2] = {side_named(a), side_named(b)};
    struct state *state = &call->session->state;
    struct subject *own = state->subject;
    if (own->second)
        return compare_two(call, sides, err);
    struct subject *other = example(call, err);
    if (!other)
        return false;
    state->subject = other;
    bool done = compare_two(call, sides, err);
    state->subject = own;
    subject_drop(other);
    return done;
}
