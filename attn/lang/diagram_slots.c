/* diagram_slots.c - the boxes whose number the sentence and the model decide. */
#include <stdint.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/diagram.h"
#include "attn/lang/numbers.h"
#include "attn/lang/state.h"
#include "attn/render/stack.h"

enum {
    SHOWN_TOKENS = 6,
    SHOWN_SCORES = 3,
    SHOWN_WORDS = 5,
    FIRST_WORDS = 3, /* of more: then …, then the last */
    SHOWN_HEADS = 9,
    HEADS_IN_ROW = 3,
    SHOWN_OUTPUTS = 12,
    CLOSE_OUTPUTS = 8,
    SHOWN_NEXT = 3,
};

static const float LINKED = .05F;
static const float LEFT_COLUMN = .85F; /* as wide as the names of the steps */

void diagram_add(struct diagram *diagram, struct boxes_part part)
{
    if (diagram->n == diagram->room) {
        diagram->room = diagram->room ? 2 * diagram->room : 64;
        struct boxes_part *parts =
            arena_new(diagram->call->arena, diagram->room, sizeof *parts);
        if (diagram->n)
            memcpy(parts, diagram->parts, diagram->n * sizeof *parts);
        diagram->parts = parts;
    }
    diagram->parts[diagram->n++] = part;
}

static void add_kind(struct diagram *diagram, enum boxes_kind kind)
{
    diagram_add(diagram, (struct boxes_part){.kind = kind});
}

static void add_more(struct diagram *diagram, size_t n, const char *what)
{
    diagram_add(
        diagram,
        (struct boxes_part){.kind = BOXES_BOX,
                            .look = BOXES_BARE,
                            .text = arena_print(diagram->call->arena, "… %zu more %s%s",
                                                n, what, n == 1 ? "" : "s")});
}

/* The typed tokens, in order. */
static size_t *typed(const struct diagram *diagram, size_t *n)
{
    size_t *list = arena_new(diagram->call->arena, diagram->n_tokens + 1, sizeof *list);
    *n = 0;
    for (size_t i = 0; i < diagram->n_tokens; i++)
        if (!diagram->tokens[i].special)
            list[(*n)++] = i;
    return list;
}

static const char *label(const struct diagram *diagram, size_t token)
{
    return stack_label(diagram->call->arena, diagram->tokens, diagram->n_tokens, token);
}

/* ---- flow */

/* A box is as wide as its word, within reason. */
static float share_for(const char *word)
{
    size_t columns = utf8_columns(word, strlen(word));
    return 2 + (float)(columns < 3 ? 3 : columns > 10 ? 10 : columns);
}

static void tokens(struct diagram *diagram)
{
    size_t n, *list = typed(diagram, &n);
    size_t shown = n <= SHOWN_TOKENS ? n : SHOWN_TOKENS - 1;
    for (size_t i = 0; i < shown; i++) {
        const char *word = diagram->tokens[list[i]].text;
        diagram_add(diagram, (struct boxes_part){.kind = BOXES_BOX,
                                                 .title = word,
                                                 .share = share_for(word)});
    }
    if (n > shown) {
        add_more(diagram, n - shown, "token");
        diagram->parts[diagram->n - 1].share = 8;
    }
}

static void next_word(struct diagram *diagram)
{
    struct call *call = diagram->call;
    const struct model *model = call_model(call);
    struct err none = {0};
    struct next_ask ask = {.row = diagram->trace->T - 1,
                           .temperature = (float)call->settings.temperature};
    const struct next *next =
        model_info(model)->predicts
            ? model_next(model, diagram->trace, ask, call->arena, &none)
            : NULL;
    if (!next || next->n == 0) {
        diagram_add(diagram,
                    (struct boxes_part){
                        .kind = BOXES_BOX,
                        .look = BOXES_QUIET,
                        .title = "Next word",
                        .text = arena_print(call->arena,
                                            "%s predicts none; one that does: decoder",
                                            model_info(model)->name)});
        return;
    }
    const char *text = "most probable:";
    for (size_t i = 0; i < next->n && i < SHOWN_NEXT; i++)
        text = arena_print(call->arena, "%s%s %s %.2f", text, i ? " ·" : "",
                           diagram_quoted(diagram, next->items[i].token),
                           (double)next->items[i].probability);
    diagram_add(diagram, (struct boxes_part){
                             .kind = BOXES_BOX, .title = "Next word", .text = text});
}

/* ---- one word's row */

static const char *column_name(const struct diagram *diagram, size_t col)
{
    const struct onerow *row = &diagram->row;
    return row->cols[col].special
               ? row->cols[col].text
               : stack_word(row->call->arena, row->cols, row->trace->S, col);
}

static void step_name(struct diagram *diagram, const char *title, const char *text)
{
    diagram_add(diagram, (struct boxes_part){.kind = BOXES_BOX,
                                             .look = BOXES_BARE,
                                             .share = LEFT_COLUMN,
                                             .title = title,
                                             .text = text});
}

static void scores(struct diagram *diagram)
{
    const struct onerow *row = &diagram->row;
    size_t n = diagram->n_top < SHOWN_SCORES ? diagram->n_top : SHOWN_SCORES;
    step_name(diagram, "Scores",
              arena_print(row->call->arena, "query · key\n%s", onerow_scale(row)));
    for (size_t k = 0; k < n; k++) {
        size_t col = diagram->top[k];
        diagram_add(diagram,
                    (struct boxes_part){
                        .kind = BOXES_BOX,
                        .look = BOXES_KEY,
                        .share = (float)SHOWN_SCORES / (float)n,
                        .title = number_fixed(row->call->arena, row->scaled[col], 2),
                        .text = arena_print(row->call->arena, "■\u00A0k\u00A0%s",
                                            column_name(diagram, col))});
    }
}

static void weights(struct diagram *diagram)
{
    const struct onerow *row = &diagram->row;
    size_t n = diagram->n_top < SHOWN_SCORES ? diagram->n_top : SHOWN_SCORES;
    step_name(diagram, "Softmax", "shares that add up to 1");
    for (size_t k = 0; k < n; k++) {
        size_t col = diagram->top[k];
        diagram_add(diagram,
                    (struct boxes_part){
                        .kind = BOXES_BOX,
                        .share = (float)SHOWN_SCORES / (float)n,
                        .title = number_fixed(row->call->arena, row->weights[col], 2),
                        .text = column_name(diagram, col),
                        .weighed = true,
                        .weight = (float)row->weights[col]});
    }
}

static void entry(struct diagram *diagram, size_t col)
{
    const struct onerow *row = &diagram->row;
    struct arena *arena = row->call->arena;
    const char *name = column_name(diagram, col);
    add_kind(diagram, BOXES_ROW);
    diagram_add(diagram, (struct boxes_part){
                             .kind = BOXES_BOX,
                             .look = BOXES_KEY,
                             .text = arena_print(arena, "■\u00A0k\u00A0%s", name)});
    diagram_add(diagram,
                (struct boxes_part){.kind = BOXES_BOX,
                                    .arrow = true,
                                    .text = number_fixed(arena, row->weights[col], 2),
                                    .weighed = true,
                                    .weight = (float)row->weights[col]});
    diagram_add(diagram, (struct boxes_part){
                             .kind = BOXES_BOX,
                             .look = BOXES_VALUE,
                             .arrow = true,
                             .text = arena_print(arena, "●\u00A0v\u00A0%s", name)});
}

static void entries(struct diagram *diagram)
{
    const struct onerow *row = &diagram->row;
    struct arena *arena = row->call->arena;
    size_t hidden = 0, others = row->trace->S - diagram->n_top;
    double left = 1;
    for (size_t k = 0; k < diagram->n_top; k++) {
        entry(diagram, diagram->top[k]);
        left -= row->weights[diagram->top[k]];
    }
    for (size_t j = 0; j < row->trace->S; j++)
        hidden += row->masked[j];
    others -= hidden;
    if (others > 0)
        diagram_add(diagram,
                    (struct boxes_part){
                        .kind = BOXES_TEXT,
                        .text = arena_print(arena,
                                            "… and %zu more %s, %.2f of the weight "
                                            "between them",
                                            others, others == 1 ? "entry" : "entries",
                                            left > 0 ? left : 0)});
    if (hidden > 0)
        diagram_add(
            diagram,
            (struct boxes_part){
                .kind = BOXES_TEXT,
                .text = arena_print(arena, "%s hidden: the mask hides what comes later",
                                    diagram_count(diagram, hidden, "word"))});
}

/* ---- the heads of a layer */

/* The strongest link of a head between typed words: "it → animal 0.95". */
static const char *head_link(const struct diagram *diagram, size_t head)
{
    const struct trace *trace = diagram->trace;
    struct arena *arena = diagram->call->arena;
    const float *weights = trace_head(trace, diagram->row.layer, head);
    size_t best = SIZE_MAX;
    float most = LINKED;
    for (size_t i = 0; i < trace->T * trace->S; i++) {
        size_t from = i / trace->S, to = i % trace->S;
        bool special =
            (trace->rows[from].flags | trace->cols[to].flags) & TOKEN_SPECIAL;
        if (special || weights[i] <= most)
            continue;
        best = i;
        most = weights[i];
    }
    if (best == SIZE_MAX)
        return "rests here";
    return arena_print(arena, "%s → %s %.2f",
                       diagram_short(diagram, trace->rows[best / trace->S].text),
                       diagram_short(diagram, trace->cols[best % trace->S].text),
                       (double)most);
}

static void heads(struct diagram *diagram)
{
    const struct trace *trace = diagram->trace;
    struct arena *arena = diagram->call->arena;
    size_t H = trace->H, shown = H <= SHOWN_HEADS ? H : SHOWN_HEADS - 1;
    for (size_t h = 0; h < shown; h++) {
        size_t at = diagram->row.layer * H + h;
        const char *name = trace->heads ? trace->heads[at].name : NULL;
        if (h && h % HEADS_IN_ROW == 0)
            add_kind(diagram, BOXES_ROW);
        diagram_add(diagram,
                    (struct boxes_part){
                        .kind = BOXES_BOX,
                        .look = BOXES_HEAD,
                        .level = (float)h,
                        .title = arena_print(arena, "L%zu-H%zu", diagram->row.layer, h),
                        .text = arena_print(arena, "%s\n%s", name ? name : "",
                                            head_link(diagram, h))});
    }
    if (shown < H)
        add_more(diagram, H - shown, "head");
}

/* Many stand so close that bold print would not fit. */
static void outputs(struct diagram *diagram, bool joined)
{
    struct arena *arena = diagram->call->arena;
    size_t H = diagram->trace->H, shown = H <= SHOWN_OUTPUTS ? H : SHOWN_OUTPUTS - 1;
    bool close = shown > CLOSE_OUTPUTS;
    for (size_t h = 0; h < shown; h++) {
        const char *name = arena_print(arena, "H%zu", h);
        const char *size = arena_print(arena, "%zu", diagram->trace->D);
        diagram_add(
            diagram,
            (struct boxes_part){.kind = BOXES_BOX,
                                .look = BOXES_HEAD,
                                .level = (float)h,
                                .tight = joined && h > 0,
                                .title = close ? NULL : name,
                                .text = close ? arena_print(arena, "%s\n%s", name, size)
                                              : size});
    }
    if (shown < H)
        add_more(diagram, H - shown, "");
}

/* ---- a chain, or straight ways */

/* The words to show: all of a few, else the first, …, the last. */
static size_t some_words(const struct diagram *diagram, size_t *shown, bool *cut)
{
    size_t n, *list = typed(diagram, &n);
    *cut = n > SHOWN_WORDS;
    size_t first = *cut ? FIRST_WORDS : n;
    for (size_t i = 0; i < first; i++)
        shown[i] = list[i];
    if (*cut)
        shown[first++] = list[n - 1];
    return first;
}

static void word_row(struct diagram *diagram, const char *const *names, bool states)
{
    size_t shown[SHOWN_WORDS];
    bool cut;
    size_t n = some_words(diagram, shown, &cut);
    struct arena *arena = diagram->call->arena;
    for (size_t i = 0; i < n; i++) {
        bool last = cut && i + 1 == n;
        struct boxes_part box = {.kind = BOXES_BOX,
                                 .name = names[i == 0       ? 0
                                               : i + 1 == n ? 1
                                                            : 2],
                                 .title = label(diagram, shown[i])};
        if (last) /* the gap that the … stands in, as wide as the chain's */
            diagram_add(diagram, (struct boxes_part){.kind = BOXES_BOX,
                                                     .look = BOXES_BARE,
                                                     .text = "…",
                                                     .share = .4F,
                                                     .arrow = true});
        box.arrow = i > 0;
        if (states) {
            box.look = BOXES_TONED;
            box.title =
                arena_print(arena, "state %zu", last ? diagram->n_words - 1 : i);
        }
        diagram_add(diagram, box);
    }
}

/* Boxes one below the other stand apart alike, arrows between them or not. */
static void no_arrows(struct diagram *diagram, size_t from)
{
    for (size_t i = from; i < diagram->n; i++)
        if (diagram->parts[i].arrow) {
            diagram->parts[i].arrow = false;
            diagram->parts[i].apart = true;
        }
}

static void chain(struct diagram *diagram)
{
    static const char *const none[] = {NULL, NULL, NULL};
    size_t from = diagram->n;
    word_row(diagram, none, false);
    no_arrows(diagram, from);
    add_kind(diagram, BOXES_STRAIGHT);
    word_row(diagram, none, true);
}

static void direct(struct diagram *diagram)
{
    static const char *const above[] = {"first", "last", NULL};
    size_t from = diagram->n;
    word_row(diagram, above, false);
    diagram_add(diagram,
                (struct boxes_part){.kind = BOXES_ALL,
                                    .name = diagram->n_words > 1 ? "last" : NULL,
                                    .to = "first",
                                    .back = diagram->trace->causal});
    word_row(diagram, above, false);
    no_arrows(diagram, from);
}

bool diagram_fill(struct diagram *diagram, const char *slot, struct err *err)
{
    if (strcmp(slot, "tokens") == 0)
        tokens(diagram);
    else if (strcmp(slot, "next") == 0)
        next_word(diagram);
    else if (strcmp(slot, "scores") == 0)
        scores(diagram);
    else if (strcmp(slot, "weights") == 0)
        weights(diagram);
    else if (strcmp(slot, "entries") == 0)
        entries(diagram);
    else if (strcmp(slot, "heads") == 0)
        heads(diagram);
    else if (strcmp(slot, "outputs") == 0 || strcmp(slot, "joined") == 0)
        outputs(diagram, slot[0] == 'j');
    else if (strcmp(slot, "chain") == 0)
        chain(diagram);
    else if (strcmp(slot, "direct") == 0)
        direct(diagram);
    else
        return diagram_types(diagram, err);
    return true;
}
