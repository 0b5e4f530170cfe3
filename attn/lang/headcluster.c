#include "attn/lang/headcluster.h"

#include <string.h>

#include "attn/analyse/cluster.h"
#include "attn/lang/headset.h"
#include "attn/lang/headtalk.h"
#include "attn/lang/table.h"
#include "attn/render/alt.h"
#include "attn/render/grid.h"
#include "attn/render/text_twin.h"

static const double APART = 0.25 * 0.69314718055994531; /* a quarter of ln 2 */
static const double RESTS = 0.5; /* a group that rests more than this says so */

/* Heads by their place in `heads.shown`, group by group. */
struct clustering {
    struct headset heads;
    size_t *at;      /* [n] layer*H + head */
    double *between; /* [n,n] */
    struct cluster_merge *merges;
    size_t *group; /* [n] */
    size_t *size;  /* [n_groups] */
    size_t n_groups;
    size_t *order; /* [n] as shown: groups, then those that are like no other */
    size_t n_alone;
};

/* The largest group first, those of one size in the order of their numbers. */
static void put_in_order(struct arena *arena, struct clustering *all)
{
    size_t n = all->heads.n, put = 0;
    all->size = arena_new(arena, all->n_groups, sizeof *all->size);
    all->order = arena_new(arena, n, sizeof *all->order);
    for (size_t k = 0; k < n; k++)
        all->size[all->group[k]]++;
    for (size_t size = n; size > 0; size--)
        for (size_t g = 0; g < all->n_groups; g++)
            for (size_t k = 0; all->size[g] == size && k < n; k++)
                if (all->group[k] == g)
                    all->order[put++] = k;
    for (size_t g = 0; g < all->n_groups; g++)
        all->n_alone += all->size[g] == 1;
}

static bool gather(struct call *call, const char *which, struct clustering *all,
                   struct err *err)
{
    if (!headset_gather(call, &all->heads, which, err))
        return false;
    size_t n = all->heads.n;
    if (n < 2) {
        err_set(err, ERR_UNSUITED,
                "To see which heads are alike takes two of them; here %s.",
                n ? "is one" : "is none");
        const struct trace *trace = all->heads.fill.trace;
        return err_try(err,
                       "Try:", trace->L * trace->H > 1 ? "heads cluster" : "heads");
    }
    all->at = arena_new(call->arena, n, sizeof *all->at);
    all->between = arena_new(call->arena, n * n, sizeof *all->between);
    all->merges = arena_new(call->arena, n, sizeof *all->merges);
    all->group = arena_new(call->arena, n, sizeof *all->group);
    for (size_t k = 0; k < n; k++)
        all->at[k] = headset_at(&all->heads, all->heads.shown[k]);
    if (!cluster_distances(all->heads.fill.trace, all->at, n, call->stop, all->between,
                           err) ||
        !cluster_join(all->between, n, call->stop, all->merges, err))
        return false;
    all->n_groups = cluster_count(all->merges, n, APART);
    cluster_groups(all->merges, n, all->n_groups, all->group);
    put_in_order(call->arena, all);
    return true;
}

/* ---- in words -------------------------------------------------------------------- */

static const char *head_said(struct call *call, const struct clustering *all, size_t k)
{
    const struct trace *trace = all->heads.fill.trace;
    return trace_head_name(trace->heads, trace->H, all->at[k], call->arena);
}

/* The mean share that its heads leave on special tokens. */
static double resting(const struct clustering *all, size_t group)
{
    double sum = 0;
    for (size_t k = 0; k < all->heads.n; k++)
        if (all->group[k] == group)
            sum += all->heads.patterns[all->at[k]].resting;
    return sum / (double)all->size[group];
}

static double mean_distance(const struct clustering *all, size_t k)
{
    double sum = 0;
    for (size_t j = 0; j < all->heads.n; j++)
        if (all->group[j] == all->group[k])
            sum += all->between[k * all->heads.n + j];
    return sum / (double)(all->size[all->group[k]] - 1);
}

/* "14 alike, resting most of the time: like L1-H5 pronoun→predicate", "2 alike: L0-H2
 * same word, L3-H5 earlier mention". */
static const char *group_said(struct call *call, const struct clustering *all,
                              size_t group)
{
    enum { NAMED = 3 };
    const char *said = arena_print(
        call->arena, "%zu alike%s: ", all->size[group],
        resting(all, group) > RESTS ? ", most of their weight at rest" : "");
    if (all->size[group] > NAMED)
        return arena_print(
            call->arena, "%smost typical %s", said,
            head_said(call, all,
                      cluster_typical(all->between, all->heads.n, all->group, group)));
    bool first = true;
    for (size_t k = 0; k < all->heads.n; k++) {
        if (all->group[k] != group)
            continue;
        said = arena_print(call->arena, "%s%s%s", said, first ? "" : ", ",
                           head_said(call, all, k));
        first = false;
    }
    return said;
}

/* What stands above the k-th shown head where something new begins there, else NULL. In
 * the picture, where the names stand below, in few words. */
static const char *heading(struct call *call, const struct clustering *all, size_t k,
                           bool few_words)
{
    size_t group = all->group[all->order[k]];
    size_t shared = all->heads.n - all->n_alone;
    if (k >= shared)
        return k > shared          ? NULL
               : all->n_alone == 1 ? "like no other"
                                   : "each like no other";
    if (k > 0 && all->group[all->order[k - 1]] == group)
        return NULL;
    return few_words
               ? arena_print(call->arena, "%zu alike%s", all->size[group],
                             resting(all, group) > RESTS ? ", mostly at rest" : "")
               : group_said(call, all, group);
}

static const char *say_clusters(struct call *call, const struct clustering *all)
{
    struct arena *arena = call->arena;
    size_t groups = all->n_groups - all->n_alone;
    const char *alone = all->n_alone == 0
                            ? ""
                            : arena_print(arena, "%zu %s like no other", all->n_alone,
                                          all->n_alone == 1 ? "is" : "are");
    if (groups == 0)
        return arena_print(arena,
                           "No two of these %zu heads look at the same places here.",
                           all->heads.n);
    const char *sizes = "";
    for (size_t k = 0, seen = 0; seen < groups;
         k += all->size[all->group[all->order[k]]])
        sizes = arena_print(arena, "%s%s%zu", sizes,
                            seen++ == 0      ? ""
                            : seen == groups ? " and "
                                             : ", ",
                            all->size[all->group[all->order[k]]]);
    return arena_print(arena,
                       "%zu heads: %zu group%s that look%s at the same places here, of "
                       "%s heads%s%s.",
                       all->heads.n, groups, groups == 1 ? "" : "s",
                       groups == 1 ? "s" : "", sizes, *alone ? "; " : "", alone);
}

static const char *twin_of(struct call *call, const struct clustering *all)
{
    struct buf twin;
    const struct trace *trace = all->heads.fill.trace;
    buf_init(&twin, TEXT_TWIN_BYTES);
    for (size_t k = 0; k < all->heads.n; k++) {
        size_t at = all->order[k], head = all->at[at];
        const char *above = heading(call, all, k, false);
        if (above)
            buf_print(&twin, "%s\n", above);
        buf_print(&twin, "  L%zu-H%zu  ", head / trace->H, head % trace->H);
        text_twin_cell(&twin, headtalk_name(call, trace, head), 20, TEXT_START);
        const char *category = purpose_category(all->heads.patterns[head].category);
        size_t size = all->size[all->group[at]];
        if (size == 1) {
            buf_print(&twin, "%s\n", category);
            continue;
        }
        text_twin_cell(&twin, category, 16, TEXT_START);
        buf_print(&twin, "%.3f from the other%s\n", mean_distance(all, at),
                  size == 2 ? "" : "s");
    }
    return text_twin_end(&twin, call->arena);
}

/* ---- the picture and the tables ------------------------------------------------ */

static const struct scene *draw(struct call *call, const struct clustering *all)
{
    size_t n = all->heads.n;
    const char **tags = arena_new(call->arena, n, sizeof *tags);
    const char **headings = arena_new(call->arena, n, sizeof *headings);
    size_t *slices = arena_new(call->arena, n, sizeof *slices);
    for (size_t k = 0; k < n; k++) {
        slices[k] = all->heads.shown[all->order[k]];
        tags[k] =
            purpose_category(all->heads.patterns[all->at[all->order[k]]].category);
        headings[k] = heading(call, all, k, true);
    }
    struct grid grid = {.stack = all->heads.fill.stack,
                        .slices = slices,
                        .n = n,
                        .tags = tags,
                        .headings = headings,
                        .big = call->settings.big};
    struct grid_part part = grid_pool(&all->heads.fill.stack, call->arena);
    part.stack.start = headset_large(&all->heads);
    return grid_draw(&grid, &part, call->arena);
}

/* "L1-H1 and 13 more" of the group that a step joins: named by its lowest member. */
static const char *joined(struct call *call, const struct clustering *all, size_t group,
                          const size_t *lowest, const size_t *size)
{
    const char *first = head_said(call, all, lowest[group]);
    return size[group] == 1
               ? first
               : arena_print(call->arena, "%s and %zu more", first, size[group] - 1);
}

static const struct table *steps_table(struct call *call, const struct clustering *all)
{
    size_t n = all->heads.n;
    size_t *lowest = arena_new(call->arena, 2 * n, sizeof *lowest);
    size_t *size = arena_new(call->arena, 2 * n, sizeof *size);
    struct sheet sheet = sheet_begin(call->arena, 4);
    static const char *const names[] = {"step", "joins", "with", "distance"};
    for (size_t c = 0; c < sizeof names / sizeof *names; c++)
        sheet_header(&sheet, names[c]);
    for (size_t k = 0; k < n; k++) {
        lowest[k] = k;
        size[k] = 1;
    }
    for (size_t step = 0; step + 1 < n; step++) {
        const struct cluster_merge *merge = &all->merges[step];
        sheet_header(&sheet, arena_print(call->arena, "%zu", step + 1));
        sheet_text(&sheet, joined(call, all, merge->a, lowest, size));
        sheet_text(&sheet, joined(call, all, merge->b, lowest, size));
        sheet_add(&sheet, (struct cell){
                              .text = arena_print(call->arena, "%.3f", merge->distance),
                              .number = true,
                              .strong = merge->distance < APART});
        lowest[n + step] = lowest[merge->a];
        size[n + step] = size[merge->a] + size[merge->b];
    }
    return sheet_end(&sheet, NULL);
}

static const struct block *blocks_of(struct call *call, const struct clustering *all,
                                     size_t *n)
{
    enum { BLOCKS = 2 };
    struct block *blocks = arena_new(call->arena, BLOCKS, sizeof *blocks);
    struct block *steps = arena_new(call->arena, 1, sizeof *steps);
    *steps = (struct block){.kind = BLOCK_TABLE, .table = steps_table(call, all)};
    *n = 0;
    blocks[(*n)++] = (struct block){
        .kind = BLOCK_FOLD,
        .text = "The nearest joined first; the steps up to .173 were taken",
        .inside = steps,
        .n_inside = 1};
    blocks[(*n)++] = (struct block){
        .kind = BLOCK_NOTE,
        .text =
            "Distance: how differently two heads spread the weight of a word "
            "(Jensen-Shannon, mean over the words; 0 alike, .693 nothing in common). "
            "The two nearest heads or groups are joined, and so on, up to .173: a "
            "quarter of the weight at different words. Another sentence may group "
            "them otherwise."};
    return blocks;
}

static void write_json(struct call *call, const struct clustering *all,
                       struct buf *json)
{
    struct json_out out = headset_json(call, &all->heads, json);
    for (size_t k = 0; k < all->heads.n; k++)
        headset_json_item(
            &out, call, &all->heads, all->at[k],
            &(struct headset_more){.cluster = (int64_t)all->group[k], .weight = -1});
    json_end(&out);
    json_key_float(&out, "apart", APART);
    json_key(&out, "merges");
    json_array(&out);
    for (size_t step = 0; step + 1 < all->heads.n; step++) {
        json_array(&out);
        json_int(&out, (int64_t)all->merges[step].a);
        json_int(&out, (int64_t)all->merges[step].b);
        json_float(&out, all->merges[step].distance);
        json_end(&out);
    }
    json_end(&out);
    json_end(&out);
}

bool headcluster_show(struct call *call, const char *which, struct err *err)
{
    struct clustering all = {0};
    struct buf json = {0};
    if (!gather(call, which, &all, err))
        return false;
    struct view view = {
        .kind = "heads",
        .finding = say_clusters(call, &all),
        .scene = draw(call, &all),
        .twin = twin_of(call, &all),
        .footer = call_footer(call, all.heads.fill.layer, all.heads.fill.head)};
    view.alt = alt_print(call->arena, "%s A small matrix for each, group by group.",
                         view.finding);
    view.blocks = blocks_of(call, &all, &view.n_blocks);
    if (call_wants_json(call))
        write_json(call, &all, &json);
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}
