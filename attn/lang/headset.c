#include "attn/lang/headset.h"

#include <string.h>

#include "attn/lang/headtalk.h"
#include "attn/lang/state.h"

size_t headset_at(const struct headset *heads, size_t slice)
{
    const struct slice *at = &heads->fill.stack.slices[slice];
    return (size_t)at->layer * heads->fill.trace->H + (size_t)at->head;
}

bool headset_is_in(const struct pattern *pattern, const char *which)
{
    return !which || strcmp(which, purpose_category(pattern->category)) == 0 ||
           strcmp(which, purpose_reach(pattern->reach)) == 0;
}

bool headset_gather(struct call *call, struct headset *heads, const char *which,
                    struct err *err)
{
    if (!fill_several(call, &heads->fill, err) ||
        !pattern_all(heads->fill.trace, call->stop, call->arena, &heads->patterns, err))
        return false;
    heads->shown =
        arena_new(call->arena, heads->fill.stack.n_slices, sizeof *heads->shown);
    for (size_t s = 0; s < heads->fill.stack.n_slices; s++)
        if (headset_is_in(&heads->patterns[headset_at(heads, s)], which))
            heads->shown[heads->n++] = s;
    return true;
}

size_t headset_large(const struct headset *heads)
{
    const struct fill *fill = &heads->fill;
    size_t story = fill->story.layer * fill->trace->H + fill->story.head;
    size_t first = heads->shown[0];
    for (size_t k = heads->n; k-- > 0;) {
        size_t head = headset_at(heads, heads->shown[k]);
        if (head == story)
            return heads->shown[k];
        if (heads->patterns[head].customers > 0)
            first = heads->shown[k];
    }
    return first;
}

bool headset_none(const struct call *call, const char *which, const char *where,
                  struct err *err)
{
    err_set(err, ERR_UNSUITED, "No head here is %s %s.", which, where);
    const struct value *value = call_value(call, "category");
    if (value->given)
        err_span(err, value->start, value->end);
    return err_try(err, "Try:", "heads");
}

/* ---- JSON ---------------------------------------------------------------------- */

void headset_json_item(struct json_out *out, struct call *call,
                       const struct headset *heads, size_t head,
                       const struct headset_more *more)
{
    const struct trace *trace = heads->fill.trace;
    const struct pattern *pattern = &heads->patterns[head];
    json_object(out);
    json_key_int(out, "layer", (int64_t)(head / trace->H));
    json_key_int(out, "head", (int64_t)(head % trace->H));
    json_key_text(out, "name", trace->heads ? trace->heads[head].name : NULL);
    json_key_text(out, "category", purpose_category(pattern->category));
    json_key_text(out, "pattern", purpose_reach(pattern->reach));
    json_key_float(out, "score", pattern->evidence.score);
    json_key_float(out, "chance", pattern->evidence.chance);
    json_key_float(out, "lift", pattern->evidence.lift);
    json_key_int(out, "rows", (int64_t)pattern->evidence.rows);
    if (more && more->weight >= 0)
        json_key_float(out, "weight", more->weight);
    if (more && more->cluster >= 0)
        json_key_int(out, "cluster", more->cluster);
    json_key_text(out, "description", headtalk_does(call, trace, pattern, head));
    json_end(out);
}

struct json_out headset_json(struct call *call, const struct headset *heads,
                             struct buf *json)
{
    struct json_out out = call_json_plain(call, json, "heads");
    if (call->session->state.subject->second)
        json_key_text(&out, "attention", call_attention(call));
    json_key_int(&out, "layers", (int64_t)heads->fill.trace->L);
    json_key_int(&out, "heads", (int64_t)heads->fill.trace->H);
    json_key(&out, "items");
    json_array(&out);
    return out;
}

/* ---- lists --------------------------------------------------------------------- */

static struct cell header(const char *text)
{
    return (struct cell){.text = text, .header = true};
}

/* The lift; without one, why there is none in this sentence. */
static struct cell lift_of(struct arena *arena, const struct pattern *pattern)
{
    const char *text = pattern->evidence.rows > 0
                           ? arena_print(arena, "%.2f", pattern->evidence.lift)
                       : pattern->customers > 0 ? "not testable"
                                                : "rests";
    return (struct cell){.text = text, .number = true};
}

static void list_row(struct call *call, const struct headset *heads, size_t head,
                     struct cell *row)
{
    const struct trace *trace = heads->fill.trace;
    const struct pattern *pattern = &heads->patterns[head];
    const struct evidence *seen = &pattern->evidence;
    bool tested = seen->rows > 0;
    row[0] =
        header(arena_print(call->arena, "L%zu-H%zu", head / trace->H, head % trace->H));
    row[1] = (struct cell){.text = headtalk_name(call, trace, head)};
    row[2] = (struct cell){.text = purpose_reach(pattern->reach)};
    row[3] = lift_of(call->arena, pattern);
    row[3].title = headtalk_verdict(call, trace, pattern, head);
    if (tested && seen->lift > 0)
        row[3].fill = (struct paint){INK_WEIGHT, (float)seen->lift};
    row[4] = (struct cell){.text = arena_print(call->arena, "%zu", seen->rows),
                           .number = true};
    row[5] = (struct cell){.text = headtalk_does(call, trace, pattern, head)};
}

/* The heads of one category; NULL takes all. *n of them. */
const struct table *headset_list(struct call *call, const struct headset *heads,
                                 const char *which, size_t *n)
{
    enum { COLS = 6 };
    struct cell *cells = arena_new(call->arena, (heads->n + 1) * COLS, sizeof *cells);
    static const char *const names[COLS] = {"head", "name", "pattern",
                                            "lift", "rows", "what it does"};
    for (size_t c = 0; c < COLS; c++)
        cells[c] = header(names[c]);
    *n = 0;
    for (size_t k = 0; k < heads->n; k++) {
        size_t head = headset_at(heads, heads->shown[k]);
        if (headset_is_in(&heads->patterns[head], which))
            list_row(call, heads, head, &cells[++*n * COLS]);
    }
    struct table *table = arena_new(call->arena, 1, sizeof *table);
    *table = (struct table){.cells = cells, .rows = *n + 1, .cols = COLS};
    return table;
}
