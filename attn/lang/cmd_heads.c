/* heads: what all the heads do, in small; one head's card; who links two words best. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/lang/corpus.h"
#include "attn/lang/headbest.h"
#include "attn/lang/headcluster.h"
#include "attn/lang/headover.h"
#include "attn/lang/headset.h"
#include "attn/lang/headtalk.h"
#include "attn/render/alt.h"
#include "attn/render/grid.h"
#include "attn/render/heatmap.h"
#include "attn/render/stack.h"
#include "attn/render/text_twin.h"

static bool heads_run(struct call *call, struct err *err);

const struct command heads_command = {
    .name = "heads",
    .does = "Shows all heads in small with what each does, or one head's card.",
    .task = "See where words look",
    .lesson = "05",
    .args = {{.name = "category",
              .kind = ARG_WORDY,
              .otherwise = "all",
              .about = "only heads of a category or a pattern",
              .choices = {"previous-token", "first", "bag-of-words", "syntactic",
                          "other", "local", "global", "positional", "semantic"}},
             {.name = "how",
              .kind = ARG_WORDY,
              .about = "which links two words best; which heads look alike",
              .choices = {"best", "cluster"}},
             {.name = "one", .kind = ARG_ONE_HEAD, .about = "one head: its card"},
             {.name = "word", .kind = ARG_WORD, .about = "best: the word that looks"},
             {.name = "to", .kind = ARG_TARGET, .about = "best: the word looked at"},
             {.name = "over",
              .kind = ARG_JOINED,
              .about = "many sentences: a file with one a line, or CoNLL-U with "
                       "relations; \"samples\" is built in",
              .choices = {"\"" CORPUS_SAMPLES "\""}}},
    .view = true,
    .honours = "heads word",
    .examples = {"heads", "heads syntactic", "heads L3-H0", "heads best it -> animal",
                 "heads cluster", "heads over \"samples\""},
    .run = heads_run,
};

/* ---- the grid ------------------------------------------------------------------ */

static size_t count_in(const struct headset *heads, const char *which)
{
    size_t n = 0;
    for (size_t k = 0; k < heads->n; k++)
        n += headset_is_in(&heads->patterns[headset_at(heads, heads->shown[k])], which);
    return n;
}

static size_t count_busy(const struct headset *heads)
{
    size_t n = 0;
    for (size_t k = 0; k < heads->n; k++)
        n += heads->patterns[headset_at(heads, heads->shown[k])].customers > 0;
    return n;
}

/* "1 previous-token, 1 first, 2 bag-of-words, 12 syntactic, 8 other". */
static const char *say_counts(struct call *call, const struct headset *heads)
{
    const char *said = "";
    for (int c = 0; c < CATEGORIES; c++) {
        const char *name = purpose_category((enum category)c);
        size_t n = count_in(heads, name);
        if (n)
            said = arena_print(call->arena, "%s%s%zu %s", said, *said ? ", " : "", n,
                               name);
    }
    return said;
}

/* ": previous, next, neighbours" where these are few. */
static const char *say_names(struct call *call, const struct headset *heads)
{
    enum { FEW = 6 };
    const char *said = "";
    for (size_t k = 0; heads->n <= FEW && k < heads->n; k++) {
        size_t head = headset_at(heads, heads->shown[k]);
        const char *name = headtalk_name(call, heads->fill.trace, head);
        said = arena_print(call->arena, "%s%s%s", said, k ? ", " : ": ",
                           *name ? name : headtalk_full(call, heads->fill.trace, head));
    }
    return said;
}

/* "18 have something to do in this sentence" */
static const char *say_busy(struct call *call, const struct headset *heads)
{
    size_t busy = count_busy(heads);
    if (heads->n == 1)
        return busy ? "It has something to do in this sentence"
                    : "It has nothing to do in this sentence";
    if (busy == heads->n)
        return "All have something to do in this sentence";
    if (busy == 0)
        return "None has anything to do in this sentence";
    return arena_print(call->arena, "%zu %s something to do in this sentence", busy,
                       busy == 1 ? "has" : "have");
}

static const char *say_grid(struct call *call, const struct headset *heads,
                            const char *which)
{
    size_t all = heads->fill.stack.n_slices;
    const char *busy = say_busy(call, heads);
    if (which)
        return arena_print(call->arena, "%zu of %zu heads %s %s%s. %s.", heads->n, all,
                           heads->n == 1 ? "is" : "are", which, say_names(call, heads),
                           busy);
    return arena_print(call->arena, "%zu head%s. %s. By kind: %s.", heads->n,
                       heads->n == 1 ? "" : "s", busy, say_counts(call, heads));
}

/* A line for each head; where a category was asked for, what each does as well. */
static const char *grid_twin(struct call *call, const struct headset *heads, bool wordy)
{
    struct buf twin;
    const struct trace *trace = heads->fill.trace;
    int number = trace->L > 10 || trace->H > 10 ? 9 : 7; /* room for L11-H11 */
    buf_init(&twin, TEXT_TWIN_BYTES);
    for (size_t k = 0; k < heads->n; k++) {
        size_t head = headset_at(heads, heads->shown[k]);
        const struct pattern *pattern = &heads->patterns[head];
        buf_print(
            &twin, "%-*s", number,
            arena_print(call->arena, "L%zu-H%zu", head / trace->H, head % trace->H));
        text_twin_cell(&twin, headtalk_name(call, trace, head), 20, TEXT_START);
        text_twin_cell(&twin, purpose_category(pattern->category), 16, TEXT_START);
        if (pattern->evidence.rows == 0) {
            buf_text(&twin,
                     pattern->customers ? "not testable here\n" : "rests here\n");
        } else {
            text_twin_bar(&twin, (float)pattern->evidence.lift, TEXT_TWIN_BAR);
            buf_print(&twin, " lift %5.2f, %zu row%s\n", pattern->evidence.lift,
                      pattern->evidence.rows, pattern->evidence.rows == 1 ? "" : "s");
        }
        if (wordy)
            buf_print(&twin, "%*s%s\n", number, "",
                      headtalk_does(call, trace, pattern, head));
    }
    return text_twin_end(&twin, call->arena);
}

static const struct scene *draw_grid(struct call *call, const struct headset *heads)
{
    const char **tags = arena_new(call->arena, heads->n, sizeof *tags);
    for (size_t k = 0; k < heads->n; k++)
        tags[k] = purpose_category(
            heads->patterns[headset_at(heads, heads->shown[k])].category);
    struct grid grid = {.stack = heads->fill.stack,
                        .slices = heads->shown,
                        .n = heads->n,
                        .tags = tags,
                        .big = call->settings.big};
    struct grid_part part = grid_pool(&heads->fill.stack, call->arena);
    part.stack.start = headset_large(heads);
    if (part.merged > 1)
        call_note(call,
                  "Each small cell stands for %zu x %zu words and shows the largest of "
                  "their weights. One head in full:  heatmap layer %zu head %zu",
                  part.merged, part.merged, heads->fill.story.layer,
                  heads->fill.story.head);
    return grid_draw(&grid, &part, call->arena);
}

/* A folded list for each category that has heads. */
static const struct block *grid_blocks(struct call *call, const struct headset *heads,
                                       size_t *n)
{
    struct block *blocks = arena_new(call->arena, CATEGORIES + 3, sizeof *blocks);
    *n = 0;
    for (int c = 0; c < CATEGORIES; c++) {
        const char *name = purpose_category((enum category)c);
        size_t found;
        struct block *list = arena_new(call->arena, 1, sizeof *list);
        *list = (struct block){.kind = BLOCK_TABLE,
                               .table = headset_list(call, heads, name, &found)};
        if (found)
            blocks[(*n)++] =
                (struct block){.kind = BLOCK_FOLD,
                               .text = arena_print(call->arena, "%s: %zu", name, found),
                               .inside = list,
                               .n_inside = 1};
    }
    blocks[(*n)++] = (struct block){
        .kind = BLOCK_NOTE,
        .text =
            "Rows look, columns are looked at, grey is the resting place; one scale "
            "for all, 0 to 1. lift: how far above chance a head does its job here "
            "(1 always, 0 no more than by chance)."};
    blocks[(*n)++] = (struct block){
        .kind = BLOCK_NOTE,
        .text = arena_print(call->arena, "One head's card:  heads L%zu-H%zu",
                            heads->fill.story.layer, heads->fill.story.head)};
    return blocks;
}

static bool show_grid(struct call *call, const char *which, struct err *err)
{
    struct headset heads = {0};
    struct buf json = {0};
    if (!headset_gather(call, &heads, which, err))
        return false;
    if (heads.n == 0)
        return headset_none(call, which, "on this sentence", err);
    struct view view = {.kind = "heads",
                        .finding = say_grid(call, &heads, which),
                        .scene = draw_grid(call, &heads),
                        .twin = grid_twin(call, &heads, which != NULL),
                        .footer = call_footer(call, heads.fill.layer, heads.fill.head)};
    view.alt = alt_print(call->arena, "%s A small matrix for each.", view.finding);
    view.blocks = grid_blocks(call, &heads, &view.n_blocks);
    if (call_wants_json(call)) {
        struct json_out out = headset_json(call, &heads, &json);
        for (size_t k = 0; k < heads.n; k++)
            headset_json_item(&out, call, &heads, headset_at(&heads, heads.shown[k]),
                              NULL);
        json_end(&out);
        json_end(&out);
    }
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}

/* ---- one head's card ----------------------------------------------------------- */

/* Asks fill for this one head: what `layer l head h` would give. */
static bool gather_one(struct call *call, struct head_ref one, struct headset *heads,
                       struct err *err)
{
    call->settings.layer = (struct range){(int)one.layer, (int)one.layer};
    call->settings.head = (int)one.head;
    return fill_rows(call, &heads->fill, err) &&
           pattern_all(heads->fill.trace, call->stop, call->arena, &heads->patterns,
                       err);
}

static bool show_card(struct call *call, struct head_ref one, struct err *err)
{
    struct headset heads = {0};
    struct buf json = {0};
    if (!gather_one(call, one, &heads, err))
        return false;
    const struct trace *trace = heads.fill.trace;
    size_t head = one.layer * trace->H + one.head;
    const struct pattern *pattern = &heads.patterns[head];
    struct heatmap map = heatmap_of(&heads.fill.stack, call->settings.big, call->arena);
    map.values = map.n_cols <= HEATMAP_NUMBERS;
    struct view view = {.kind = "heads",
                        .finding = headtalk_verdict(call, trace, pattern, head),
                        .scene = heatmap_draw(&map, call->arena),
                        .twin = heatmap_twin(&map, call->arena),
                        .footer = call_footer(call, heads.fill.layer, heads.fill.head)};
    view.alt = alt_print(call->arena, "Layer %zu head %zu: %s", one.layer, one.head,
                         view.finding);
    view.blocks = headtalk_card(call, trace, pattern, head, &view.n_blocks);
    if (call_wants_json(call)) {
        struct json_out out = headset_json(call, &heads, &json);
        headset_json_item(&out, call, &heads, head, NULL);
        json_end(&out);
        json_end(&out);
    }
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}

/* ---- which of these ------------------------------------------------------------ */

/* Two wishes in one line that do not go together. */
static bool refuse(const struct value *value, const char *what, struct err *err)
{
    err_set(err, ERR_UNSUITED, "%s", what);
    err_span(err, value->start, value->end);
    return err_try(err, "Try:", "heads");
}

static bool check_one(const struct call *call, struct err *err)
{
    static const char *const others[] = {"category", "how", "word", "to"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (call_value(call, others[i])->given)
            return refuse(call_value(call, others[i]),
                          "One head's card takes nothing more.", err);
    return true;
}

static bool check_over(const struct call *call, struct err *err)
{
    static const char *const others[] = {"how", "word", "to"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (call_value(call, others[i])->given)
            return refuse(call_value(call, others[i]),
                          "Over many sentences there is no word to name, and heads are "
                          "not compared.",
                          err);
    return true;
}

static bool check_cluster(const struct call *call, struct err *err)
{
    static const char *const others[] = {"word", "to"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (call_value(call, others[i])->given)
            return refuse(call_value(call, others[i]),
                          "To compare heads takes no word.", err);
    return true;
}

static bool heads_run(struct call *call, struct err *err)
{
    const struct value *category = call_value(call, "category");
    const struct value *how = call_value(call, "how");
    const struct value *one = call_value(call, "one");
    const char *which = category->given ? category->text : NULL;
    if (call_value(call, "over")->given)
        return check_over(call, err) && headover_show(call, which, err);
    if (one->given && one->n > 0)
        return check_one(call, err) && show_card(call, one->heads[0], err);
    if (how->given && strcmp(how->text, "cluster") == 0)
        return check_cluster(call, err) && headcluster_show(call, which, err);
    if (how->given || call_value(call, "word")->given || call_value(call, "to")->given)
        return headbest_show(call, which, err);
    return show_grid(call, which, err);
}
