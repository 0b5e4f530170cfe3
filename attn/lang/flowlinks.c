#include "attn/lang/flowlinks.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/render/stack.h"

static const float SHARE = 0.8F, LEAST = 0.05F;

/* The sentence that is looked at, where it is another one. */
static void lay_seen(struct call *call, const struct stack *stack, struct flow *flow)
{
    size_t *seen = arena_new(call->arena, stack->n_cols, sizeof *seen), n = 0;
    for (size_t j = 0; j < stack->n_cols && n < FLOW_WORDS; j++)
        if (!stack->cols[j].special)
            seen[n++] = j;
    flow->others = stack->cols;
    flow->n_others = stack->n_cols;
    flow->seen = seen;
    flow->n_seen = n;
}

void flowlinks_words(struct call *call, const struct fill *fill, struct flow *flow)
{
    const struct stack *stack = &fill->stack;
    const struct value *rows = call_value(call, "rows");
    size_t *words = arena_new(call->arena, stack->n_rows, sizeof *words), n = 0;
    for (size_t i = 0; i < stack->n_rows; i++) {
        int position = stack->rows[i].position;
        if (stack->rows[i].special ||
            (rows->given && (position < rows->range.from || position > rows->range.to)))
            continue;
        words[n++] = i;
    }
    if (n > FLOW_WORDS) {
        int next = stack->rows[words[FLOW_WORDS]].position;
        int last = stack->rows[words[n - 1]].position;
        call_note(call,
                  "Only the first %d of %zu words are drawn. The next ones:  flow rows "
                  "%d..%d",
                  FLOW_WORDS, n, next,
                  last < next + FLOW_WORDS - 1 ? last : next + FLOW_WORDS - 1);
        n = FLOW_WORDS;
    }
    *flow = (struct flow){.tokens = stack->rows,
                          .n_tokens = stack->n_rows,
                          .words = words,
                          .n_words = n,
                          .chosen = SIZE_MAX,
                          .causal = stack->causal,
                          .big = call->settings.big};
    if (fill->trace->attention == ATTENTION_CROSS)
        lay_seen(call, stack, flow);
}

/* ---- heads ------------------------------------------------------------------------
 */

enum { NO_HEAD = -1 };

struct legend {
    struct call *call;
    const struct fill *fill;
    struct flow_head *heads;
    size_t n, colors;
    bool taken[FLOW_HEADS]; /* colours */
    bool dashes;            /* every second head is dashed */
    int *of;                /* [L*H] index in heads, or NO_HEAD */
};

static struct legend legend_for(struct call *call, const struct fill *fill)
{
    size_t n = fill->trace->L * fill->trace->H;
    struct legend legend = {.call = call,
                            .fill = fill,
                            .heads =
                                arena_new(call->arena, n + 1, sizeof *legend.heads),
                            .of = arena_new(call->arena, n, sizeof *legend.of)};
    for (size_t h = 0; h < n; h++)
        legend.of[h] = NO_HEAD;
    return legend;
}

/* A head that tells the story has the same colour in every drawing, where no other
 * took it; the rest take the colours that are left, from the end. */
static size_t color_for(struct legend *legend, const struct head_name *name)
{
    bool tells = name && name->story > 0 && name->story <= FLOW_HEADS;
    size_t first = tells ? (size_t)name->story - 1 : FLOW_HEADS - 1;
    size_t step = tells ? 1 : FLOW_HEADS - 1, at = first;
    while (legend->taken[at])
        at = (at + step) % FLOW_HEADS;
    legend->taken[at] = true;
    legend->colors++;
    return at;
}

/* The legend's entry of a head, made at its first use. */
static size_t legend_head(struct legend *legend, size_t head, bool pale)
{
    const struct trace *trace = legend->fill->trace;
    if (legend->of[head] != NO_HEAD)
        return (size_t)legend->of[head];
    const struct head_name *name = trace->heads ? &trace->heads[head] : NULL;
    struct flow_head *entry = &legend->heads[legend->n];
    *entry = (struct flow_head){
        .name = trace_head_name(trace->heads, trace->H, head, legend->call->arena),
        .does = name ? name->does : NULL,
        .pale = pale || legend->colors >= FLOW_HEADS};
    entry->dashed = legend->dashes && legend->colors % 2 == 1;
    entry->color = entry->pale ? 0 : color_for(legend, name);
    legend->of[head] = (int)legend->n;
    return legend->n++;
}

/* A slice that is no one head's: the mean, rollout. */
static size_t legend_made(struct legend *legend, const struct slice *slice)
{
    if (legend->n == 0)
        legend->heads[legend->n++] =
            (struct flow_head){.name = slice->name, .does = slice->does};
    return 0;
}

/* ---- the story --------------------------------------------------------------------
 */

void flowlinks_story(struct call *call, const struct fill *fill, struct flowlinks *to)
{
    struct story_link *links;
    size_t n = story_links(fill->trace, &fill->story, call->arena, &links);
    struct legend legend = legend_for(call, fill);
    struct flow_link *drawn = arena_new(call->arena, n, sizeof *drawn);
    size_t kept = 0;
    flowlinks_words(call, fill, &to->flow);
    for (size_t k = 0; k < n; k++) {
        if (flow_place(&to->flow, links[k].row) == SIZE_MAX ||
            flow_seen(&to->flow, links[k].col) == SIZE_MAX)
            continue;
        drawn[kept++] = (struct flow_link){
            .row = links[k].row,
            .col = links[k].col,
            .head =
                legend_head(&legend, links[k].layer * fill->trace->H + links[k].head,
                            links[k].pale),
            .weight = links[k].weight,
            .either = links[k].either};
    }
    to->flow.links = drawn;
    to->flow.n_links = kept;
    to->flow.heads = legend.heads;
    to->flow.n_heads = legend.n;
    if (fill->story.kind == STORY_PRONOUN)
        to->flow.chosen = fill->story.row;
}

/* ---- the strongest ----------------------------------------------------------------
 */

struct pile {
    struct flow_link *links;
    size_t n, room;
    struct arena *arena;
    double total, drawn; /* weight between words: all of it, and what links hold */
};

static void pile_add(struct pile *pile, struct flow_link link)
{
    if (pile->n == pile->room) {
        size_t room = pile->room ? 2 * pile->room : 64;
        struct flow_link *links = arena_new(pile->arena, room, sizeof *links);
        if (pile->n)
            memcpy(links, pile->links, pile->n * sizeof *links);
        pile->links = links;
        pile->room = room;
    }
    pile->links[pile->n++] = link;
}

/* What counts as next to nothing: a share of the whole row, resting place included. */
static float least_of(const struct flow *flow, const float *weights)
{
    float sum = 0;
    for (size_t j = 0; j < (flow->others ? flow->n_others : flow->n_tokens); j++)
        sum += weights[j];
    return LEAST * sum;
}

/* The strongest links of one row, until SHARE of what it gives to drawn words is in. */
static void pile_row(struct pile *pile, const struct flow *flow, const float *weights,
                     struct flow_link like, bool self)
{
    const size_t *seen = flow->others ? flow->seen : flow->words;
    size_t n_seen = flow->others ? flow->n_seen : flow->n_words;
    float *left = arena_new(pile->arena, n_seen, sizeof *left);
    size_t *order = arena_new(pile->arena, n_seen, sizeof *order);
    double sum = 0, in = 0;
    float least = least_of(flow, weights);
    for (size_t k = 0; k < n_seen; k++) {
        left[k] = seen[k] == like.row && !self ? 0 : weights[seen[k]];
        sum += (double)left[k];
    }
    size_t n = stack_top(left, n_seen, 12, order);
    for (size_t k = 0; k < n && in < (double)SHARE * sum && left[order[k]] >= least;
         k++) {
        like.col = seen[order[k]];
        like.weight = left[order[k]];
        in += (double)like.weight;
        pile_add(pile, like);
    }
    pile->total += sum;
}

static int by_weight(const void *a, const void *b)
{
    const struct flow_link *one = a, *two = b;
    if (one->weight > two->weight)
        return -1;
    if (one->weight < two->weight)
        return 1;
    if (one->head != two->head)
        return one->head < two->head ? -1 : 1;
    if (one->row != two->row)
        return one->row < two->row ? -1 : 1;
    return one->col < two->col ? -1 : one->col > two->col;
}

static size_t head_of(struct legend *legend, size_t slice, size_t row)
{
    const struct fill *fill = legend->fill;
    const struct slice *at = &fill->stack.slices[slice];
    if (fill->row_head)
        return legend_head(legend, fill->row_head[row], false);
    if (at->layer < 0 || at->head < 0)
        return legend_made(legend, at);
    return legend_head(legend, (size_t)at->layer * fill->trace->H + (size_t)at->head,
                       false);
}

static void pile_slice(struct pile *pile, struct legend *legend,
                       const struct flow *flow, const struct flowlinks_wish *wish,
                       size_t slice)
{
    const struct stack *stack = &legend->fill->stack;
    for (size_t k = 0; k < flow->n_words; k++) {
        size_t row = flow->words[k];
        if (wish->row != SIZE_MAX && wish->row != row)
            continue;
        const float *weights = wish->several
                                   ? stack->slices[slice].weights + row * stack->n_cols
                                   : stack_row(stack, row);
        struct flow_link like = {.row = row, .head = head_of(legend, slice, row)};
        pile_row(pile, flow, weights, like, wish->self);
    }
}

/* What each row gives to special tokens; of several heads the mean. */
static const float *resting(struct call *call, const struct stack *stack, bool several)
{
    if (stack_typed(stack->cols, stack->n_cols) == stack->n_cols)
        return NULL; /* there is no resting place */
    float *rests = arena_new(call->arena, stack->n_rows, sizeof *rests);
    size_t n = several ? stack->n_slices : 1;
    for (size_t i = 0; i < stack->n_rows; i++)
        for (size_t s = 0; s < n; s++)
            rests[i] += stack_resting(stack, several ? stack->slices[s].weights +
                                                           i * stack->n_cols
                                                     : stack_row(stack, i)) /
                        (float)n;
    return rests;
}

bool flowlinks_strongest(struct call *call, const struct fill *fill,
                         const struct flowlinks_wish *wish, struct flowlinks *to,
                         struct err *err)
{
    const struct stack *stack = &fill->stack;
    struct legend legend = legend_for(call, fill);
    struct pile pile = {.arena = call->arena};
    if (wish->several && stack->n_slices > FLOW_HEADS) {
        err_set(err, ERR_TOO_LARGE,
                "%zu heads are too many to tell apart in one drawing; "
                "%d fit.",
                stack->n_slices, FLOW_HEADS);
        return err_try(err, "Try:", "flow layer all");
    }
    legend.dashes = wish->several;
    flowlinks_words(call, fill, &to->flow);
    for (size_t s = 0; s < (wish->several ? stack->n_slices : 1); s++)
        pile_slice(&pile, &legend, &to->flow, wish, wish->several ? s : stack->start);
    if (pile.n)
        qsort(pile.links, pile.n, sizeof *pile.links, by_weight);
    pile.n = pile.n < wish->most ? pile.n : wish->most;
    for (size_t k = 0; k < pile.n; k++)
        pile.drawn += (double)pile.links[k].weight;
    to->flow.links = pile.links;
    to->flow.n_links = pile.n;
    to->flow.heads = legend.heads;
    to->flow.n_heads = legend.n;
    to->flow.rests = resting(call, stack, wish->several);
    to->flow.chosen = wish->row;
    to->hidden = pile.total > 0 ? 1 - pile.drawn / pile.total : 0;
    return true;
}

/* Of a whole layer only what its heads clearly say: links that hold half of a row.
 * Other measures than weights have no such scale: half of the layer's strongest. */
static void keep_clear(struct pile *pile, enum measure measure)
{
    float most = 1;
    size_t kept = 0;
    for (size_t k = 0; measure != MEASURE_WEIGHT && k < pile->n; k++)
        most = k == 0 || pile->links[k].weight > most ? pile->links[k].weight : most;
    for (size_t k = 0; k < pile->n; k++)
        if (pile->links[k].weight >= most / 2)
            pile->links[kept++] = pile->links[k];
    pile->n = kept;
}

void flowlinks_layer(struct call *call, const struct fill *fill, size_t row, int layer,
                     struct flow *flow)
{
    struct legend legend = legend_for(call, fill);
    struct pile pile = {.arena = call->arena};
    const struct value *top = call_value(call, "top");
    struct flowlinks_wish wish = {.row = row, .most = FLOW_LINKS, .several = true};
    if (top->given && top->numbers[0] < FLOW_LINKS)
        wish.most = (size_t)top->numbers[0];
    for (size_t s = 0; s < fill->stack.n_slices; s++)
        if (fill->stack.slices[s].layer == layer)
            pile_slice(&pile, &legend, flow, &wish, s);
    if (row == SIZE_MAX)
        keep_clear(&pile, call->settings.measure);
    if (pile.n)
        qsort(pile.links, pile.n, sizeof *pile.links, by_weight);
    flow->links = pile.links;
    flow->n_links = pile.n < wish.most ? pile.n : wish.most;
    flow->heads = legend.heads;
    flow->n_heads = legend.n;
    flow->chosen = row;
}
