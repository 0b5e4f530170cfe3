#include "attn/render/flow.h"

#include <stdint.h>
#include <string.h>

#include "attn/base/buf.h"
#include "attn/render/stack.h"
#include "attn/render/text.h"
#include "attn/render/text_twin.h"

static const char ARROWS[] = "An arrow points at the word that looks.";
static const char EITHER[] = "Dashed: two candidates, could be either.";
static const char RESTS[] = "Grey stub: what a word gives to the resting place.";
static const char CAUSAL[] = "Words see only what stands before them.";

size_t flow_place(const struct flow *flow, size_t token)
{
    for (size_t k = 0; k < flow->n_words; k++)
        if (flow->words[k] == token)
            return k;
    return SIZE_MAX;
}

size_t flow_seen(const struct flow *flow, size_t token)
{
    for (size_t k = 0; flow->others && k < flow->n_seen; k++)
        if (flow->seen[k] == token)
            return k;
    return flow->others ? SIZE_MAX : flow_place(flow, token);
}

static const char *word(const struct flow *flow, size_t token, struct arena *arena)
{
    return stack_word(arena, flow->tokens, flow->n_tokens, token);
}

const char *flow_looked_at(const struct flow *flow, size_t token, struct arena *arena)
{
    return flow->others ? stack_word(arena, flow->others, flow->n_others, token)
                        : word(flow, token, arena);
}

const char *flow_title(const struct flow *flow, const struct flow_link *link,
                       struct arena *arena)
{
    return arena_print(arena, "%s looks at %s: %.3f (%s)%s",
                       word(flow, link->row, arena),
                       flow_looked_at(flow, link->col, arena), (double)link->weight,
                       flow->heads[link->head].name,
                       link->either ? ", one of two: could be either" : "");
}

static struct paint ink_of(const struct flow_head *head)
{
    return head->pale ? (struct paint){INK_MUTED, 0.55F}
                      : (struct paint){INK_HEAD, (float)head->color};
}

struct item flow_line(const struct flow *flow, const struct flow_link *link,
                      struct arena *arena)
{
    const struct flow_head *head = &flow->heads[link->head];
    float scale = flow->big ? 1.5F : 1;
    float thick = head->pale ? 1.1F : 1.2F + 2.2F * link->weight;
    return (struct item){.kind = ITEM_LINE,
                         .stroke = ink_of(head),
                         .thickness = thick * scale,
                         .dashed = link->either || head->dashed,
                         .arrow = true,
                         .looks = link->row + 1,
                         .seen = link->col + 1,
                         .title = flow_title(flow, link, arena)};
}

/* ---- legend ------------------------------------------------------------------------
 */

struct pen {
    float x, y, left, right, line;
};

static void make_room(struct pen *pen, float width)
{
    if (pen->x > pen->left && pen->x + width > pen->right) {
        pen->x = pen->left;
        pen->y += pen->line;
    }
}

static bool is_used(const struct flow *flow, size_t head)
{
    for (size_t k = 0; k < flow->n_links; k++)
        if (flow->links[k].head == head)
            return true;
    return false;
}

static void legend_head(struct sketch *sketch, const struct flow_head *head,
                        struct pen *pen, const struct theme *theme)
{
    float sample = 2 * theme->small;
    struct type type = {.size = theme->small};
    const char *name =
        text_fit(sketch->arena, head->name, type, pen->right - pen->left - sample - 8);
    float width = sample + 6 + text_width(name, type);
    struct point *at = arena_new(sketch->arena, 2, sizeof *at);
    make_room(pen, width);
    at[0] = (struct point){pen->x, pen->y - 0.35F * theme->small};
    at[1] = (struct point){pen->x + sample, at[0].y};
    scene_item(sketch, (struct item){.kind = ITEM_LINE,
                                     .stroke = ink_of(head),
                                     .thickness = head->pale ? 1.2F : 3,
                                     .dashed = head->dashed,
                                     .at = at,
                                     .n_points = 2});
    scene_item(sketch, (struct item){.kind = ITEM_TEXT,
                                     .fill = {INK_TEXT, 0},
                                     .text = name,
                                     .size = theme->small,
                                     .title = head->does,
                                     .box = {pen->x + sample + 6, pen->y, 0, 0}});
    pen->x += width + 1.6F * theme->small;
}

/* A sentence, word by word, so that it wraps. */
static void legend_text(struct sketch *sketch, const char *text, struct pen *pen,
                        const struct theme *theme)
{
    struct type type = {.size = theme->small};
    float blank = text_width(" ", type);
    while (*text) {
        size_t length = 0, end = 0;
        float width = 0;
        for (;;) { /* as many words as fit */
            end = length + strspn(text + length, " ");
            end += strcspn(text + end, " ");
            float more = text_width(arena_copy(sketch->arena, text, end), type);
            if (length > 0 && pen->left + more > pen->right)
                break;
            width = more;
            length = end;
            if (!text[length])
                break;
        }
        make_room(pen, width);
        scene_item(sketch,
                   (struct item){.kind = ITEM_TEXT,
                                 .fill = {INK_MUTED, 0},
                                 .text = arena_copy(sketch->arena, text, length),
                                 .size = theme->small,
                                 .box = {pen->x, pen->y, 0, 0}});
        pen->x += width + 2 * blank;
        text += length + strspn(text + length, " ");
        if (*text) {
            pen->x = pen->left;
            pen->y += pen->line;
        }
    }
}

static struct pen pen_in(struct box box, const struct theme *theme)
{
    float left = box.x + theme->pad;
    return (struct pen){left, box.y + theme->small, left, box.x + box.width,
                        1.5F * theme->small};
}

float flow_legend_heads(struct sketch *sketch, const struct flow *flow, struct box box)
{
    struct theme theme = theme_for(flow->big);
    struct pen pen = pen_in(box, &theme);
    bool heads = false;
    for (size_t h = 0; h < flow->n_heads; h++)
        if (is_used(flow, h)) {
            legend_head(sketch, &flow->heads[h], &pen, &theme);
            heads = true;
        }
    return heads ? pen.y + 0.5F * theme.small : box.y;
}

float flow_legend_notes(struct sketch *sketch, const struct flow *flow, struct box box)
{
    struct theme theme = theme_for(flow->big);
    struct pen pen = pen_in(box, &theme);
    bool either = false;
    for (size_t k = 0; k < flow->n_links; k++)
        either = either || flow->links[k].either;
    if (flow->n_links > 0)
        legend_text(sketch, ARROWS, &pen, &theme);
    if (either)
        legend_text(sketch, EITHER, &pen, &theme);
    if (flow->rests)
        legend_text(sketch, RESTS, &pen, &theme);
    if (flow->causal)
        legend_text(sketch, CAUSAL, &pen, &theme);
    return pen.y + 0.6F * theme.small;
}

float flow_legend(struct sketch *sketch, const struct flow *flow, float top,
                  float right)
{
    top = flow_legend_heads(sketch, flow, (struct box){0, top, right, 0});
    return flow_legend_notes(sketch, flow, (struct box){0, top, right, 0});
}

/* ---- in words ----------------------------------------------------------------------
 */

static bool by_weight(const struct flow *flow, size_t a, size_t b)
{
    return flow->links[a].weight > flow->links[b].weight;
}

/* The chosen word's links before the others', phrases last. */
static bool by_interest(const struct flow *flow, size_t a, size_t b)
{
    const struct flow_link *one = &flow->links[a], *other = &flow->links[b];
    bool chosen = one->row == flow->chosen, pale = flow->heads[one->head].pale;
    if (chosen != (other->row == flow->chosen))
        return chosen;
    if (pale != flow->heads[other->head].pale)
        return !pale;
    return one->weight > other->weight;
}

/* Indices of the links in an order; the earlier of equals first. */
static size_t *sorted(const struct flow *flow, struct arena *arena,
                      bool (*before)(const struct flow *, size_t, size_t))
{
    size_t *order = arena_new(arena, flow->n_links, sizeof *order);
    for (size_t k = 0; k < flow->n_links; k++) {
        size_t at = k;
        for (; at > 0 && before(flow, k, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = k;
    }
    return order;
}

const char *flow_twin(const struct flow *flow, struct arena *arena)
{
    enum { WORD_COLUMNS = 18 };
    struct buf twin;
    size_t *order = sorted(flow, arena, by_weight);
    buf_init(&twin, TEXT_TWIN_BYTES);
    if (flow->n_links > 0) {
        text_twin_cell(&twin, "looks", WORD_COLUMNS, TEXT_END);
        buf_text(&twin, "    is looked at\n");
    }
    for (size_t k = 0; k < flow->n_links; k++) {
        const struct flow_link *link = &flow->links[order[k]];
        const char *from = word(flow, link->row, arena);
        const char *to = flow_looked_at(flow, link->col, arena);
        text_twin_cell(&twin, from, WORD_COLUMNS, TEXT_END);
        buf_text(&twin, " -> ");
        text_twin_cell(&twin, to, WORD_COLUMNS, TEXT_START);
        buf_print(&twin, " %.2f  %s%s\n", (double)link->weight,
                  flow->heads[link->head].name,
                  link->either ? "  (could be either)" : "");
    }
    if (flow->n_links == 0)
        buf_text(&twin, "no link is strong enough to draw\n");
    return text_twin_end(&twin, arena);
}

/* A word in quotes. One that is written from right to left stands between marks
 * of the other direction (U+200E), or it would turn the sentence around it. */
static const char *quoted(const char *text, struct arena *arena)
{
    return arena_print(arena, text_runs_left(text) ? "\u200E\"%s\"\u200E" : "\"%s\"",
                       text);
}

const char *flow_say(const struct flow *flow, size_t most, struct arena *arena)
{
    size_t *order = sorted(flow, arena, by_interest);
    const char *said = "";
    for (size_t k = 0; k < flow->n_links && k < most; k++) {
        const struct flow_link *link = &flow->links[order[k]];
        said = arena_print(arena, "%s%s%s %s %s (%.2f)", said, k ? ", " : "",
                           quoted(word(flow, link->row, arena), arena),
                           k ? "at" : "looks at",
                           quoted(flow_looked_at(flow, link->col, arena), arena),
                           (double)link->weight);
    }
    return said;
}
