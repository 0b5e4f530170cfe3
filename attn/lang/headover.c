#include "attn/lang/headover.h"

#include <string.h>

#include "attn/lang/corpus.h"
#include "attn/lang/headset.h"
#include "attn/lang/headtalk.h"
#include "attn/lang/overrelations.h"
#include "attn/lang/table.h"
#include "attn/render/alt.h"
#include "attn/render/tallies.h"

/* ---- which heads --------------------------------------------------------------- */

static bool is_asked_for(const struct call *call, size_t layer, size_t head)
{
    const struct value *heads = call_value(call, "heads");
    const struct value *one = call_value(call, "one");
    const struct range *range = &call->settings.layer;
    if (one->given)
        return one->heads[0].layer == layer && one->heads[0].head == head;
    for (size_t k = 0; heads->given && k < heads->n; k++)
        if (heads->heads[k].layer == layer && heads->heads[k].head == head)
            return true;
    if (heads->given)
        return false;
    return (range->from < 0 ||
            ((long)layer >= range->from && (long)layer <= range->to)) &&
           (call->settings.head < 0 || (size_t)call->settings.head == head);
}

static bool gather(struct call *call, const char *which, struct headover *over,
                   struct err *err)
{
    const struct census *census = &over->count.census;
    over->path = call_value(call, "over")->text;
    if (strlen(over->path) != call_value(call, "over")->length)
        return err_set(err, ERR_BAD_FILE, "No file has a name like that.");
    if (!headcount_read(call, over->path, &over->count, err))
        return false;
    size_t all = census->L * census->H;
    over->patterns = arena_new(call->arena, all, sizeof *over->patterns);
    over->shown = arena_new(call->arena, all, sizeof *over->shown);
    for (size_t h = 0; h < all; h++) {
        over->patterns[h] = census_pattern(census, h);
        if (is_asked_for(call, h / census->H, h % census->H) &&
            headset_is_in(&over->patterns[h], which))
            over->shown[over->n++] = h;
    }
    return over->n || headset_none(call, which, "over these sentences", err);
}

/* ---- in words ------------------------------------------------------------------ */

const char *headover_head(struct call *call, size_t head)
{
    const struct model_info *info = model_info(call_model(call));
    return trace_head_name(info->heads, info->H, head, call->arena);
}

static const char *say_categories(struct call *call, const struct headover *over)
{
    const char *said = "";
    for (int c = 0; c < CATEGORIES; c++) {
        const char *name = purpose_category((enum category)c);
        size_t n = 0;
        for (size_t k = 0; k < over->n; k++)
            n += headset_is_in(&over->patterns[over->shown[k]], name);
        if (n)
            said = arena_print(call->arena, "%s%s%zu %s", said, *said ? ", " : "", n,
                               name);
    }
    return said;
}

static const char *say_over(struct call *call, const struct headover *over)
{
    const struct census *census = &over->count.census;
    return arena_print(
        call->arena, "Over %lld sentence%s (%lld words) of \"%s\": %zu head%s, %s.%s",
        (long long)census->sentences, census->sentences == 1 ? "" : "s",
        (long long)census->words, over->path, over->n, over->n == 1 ? "" : "s",
        say_categories(call, over), overrelations_say(call, over));
}

static void note_passed(struct call *call, const struct headcount *count)
{
    if (count->long_ones.n)
        call_note(call,
                  "Passed over, as longer than %d words: %zu, the first in line %zu.",
                  TRACE_MAX_WORDS, count->long_ones.n, count->long_ones.line);
    if (count->empty.n)
        call_note(call, "Passed over, as without a word: %zu, the first in line %zu.",
                  count->empty.n, count->empty.line);
    if (count->unsuited.n)
        call_note(call,
                  "Passed over, as this model cannot read them: %zu, the first in line "
                  "%zu.",
                  count->unsuited.n, count->unsuited.line);
    if (count->syntax.unheard)
        call_note(
            call,
            "Relations left out, as the model does not see their words as words of "
            "their own: %zu.",
            count->syntax.unheard);
    if (count->syntax.others)
        call_note(call, "Relations left out, beyond the first %d kinds: %zu.",
                  SYNTAX_RELATIONS, count->syntax.others);
}

/* ---- tables -------------------------------------------------------------------- */

static const char *interval_said(struct call *call, const struct interval *interval)
{
    return interval->known ? arena_print(call->arena, "%s to %s",
                                         tallies_figure(interval->low, call->arena),
                                         tallies_figure(interval->high, call->arena))
                           : "–";
}

static void headers(struct sheet *sheet, const char *const *names, size_t n)
{
    for (size_t c = 0; c < n; c++)
        sheet_header(sheet, names[c]);
}

static const struct table *evidence_table(struct call *call,
                                          const struct headover *over)
{
    enum { COLS = 7 };
    static const char *const names[COLS] = {"head", "category", "looks at", "chance",
                                            "lift", "95 %",     "rows"};
    const struct census *census = &over->count.census;
    struct sheet sheet = sheet_begin(call->arena, COLS);
    headers(&sheet, names, COLS);
    for (size_t k = 0; k < over->n; k++) {
        size_t h = over->shown[k];
        const struct pattern *pattern = &over->patterns[h];
        struct interval sure = census_interval(census_behind(census, h, pattern));
        const struct evidence *seen = &pattern->evidence;
        bool tested = seen->rows > 0;
        sheet_header(&sheet, headover_head(call, h));
        sheet_text(&sheet, purpose_category(pattern->category));
        sheet_text(&sheet, headtalk_test(call, pattern, pattern->best));
        sheet_number(&sheet, tested ? tallies_figure(seen->chance, call->arena) : "–");
        sheet_add(&sheet,
                  (struct cell){
                      .text = tested ? tallies_figure(seen->lift, call->arena) : "–",
                      .number = true,
                      .fill = {tested && seen->lift > 0 ? INK_WEIGHT : INK_NONE,
                               (float)seen->lift}});
        sheet_text(&sheet, interval_said(call, &sure));
        sheet_number(&sheet, arena_print(call->arena, "%zu", seen->rows));
    }
    return sheet_end(&sheet, NULL);
}

static struct cell test_cell(struct call *call, const struct headover *over,
                             size_t head, int test)
{
    const struct pattern *pattern = &over->patterns[head];
    const struct evidence *seen = &pattern->tests[test];
    struct interval sure = census_interval(&over->count.census.heads[head].tests[test]);
    if (seen->rows == 0)
        return (struct cell){.text = "–", .number = true};
    return (struct cell){
        .text = tallies_figure(seen->lift, call->arena),
        .title = arena_print(call->arena, "lift %.3f, 95 %%: %s; chance %.3f; %zu rows",
                             seen->lift, interval_said(call, &sure), seen->chance,
                             seen->rows),
        .number = true,
        .strong = pattern->label == test,
        .fill = {seen->lift > 0 ? INK_WEIGHT : INK_NONE, (float)seen->lift}};
}

/* The lift of every test that needs no kinds of words. */
static const struct table *tests_table(struct call *call, const struct headover *over)
{
    static const char *const names[] = {
        "head",         "first",        "previous", "next",   "itself",
        "earlier copy", "after a copy", "within 2", "evenly", "same word"};
    enum { COLS = TEST_SEARCHED + 1 };
    _Static_assert(sizeof names / sizeof *names == COLS, "a name for each test");
    struct sheet sheet = sheet_begin(call->arena, COLS);
    headers(&sheet, names, COLS);
    for (size_t k = 0; k < over->n; k++) {
        sheet_header(&sheet, headover_head(call, over->shown[k]));
        for (int test = 0; test < TEST_SEARCHED; test++)
            sheet_add(&sheet, test_cell(call, over, over->shown[k], test));
    }
    return sheet_end(&sheet, NULL);
}

static void add_fold(struct pile *pile, const char *text, const struct table *table)
{
    struct pile inside = pile_begin(pile->arena);
    pile_table(&inside, table);
    pile_fold(pile, text, &inside);
}

static void add_blocks(struct call *call, const struct headover *over,
                       struct view *view)
{
    struct pile pile = pile_begin(call->arena);
    overrelations_add(call, over, &pile);
    add_fold(&pile, "What each head looks at, with chance and rows tested",
             evidence_table(call, over));
    add_fold(&pile, "Lift of every test for every head", tests_table(call, over));
    pile_add(
        &pile, BLOCK_NOTE,
        "Bars: lift, how far above chance a head does its job (1 always, 0 no more "
        "than by chance), over the rows of all sentences. The line across its end: "
        "95 % confidence, with sentences as the units; from 10 sentences on.");
    pile_end(&pile, view);
}

/* ---- the view ------------------------------------------------------------------ */

static struct tallies tallies_of(struct call *call, const struct headover *over)
{
    const struct census *census = &over->count.census;
    const struct model_info *info = model_info(call_model(call));
    struct tally *items = arena_new(call->arena, over->n, sizeof *items);
    for (size_t k = 0; k < over->n; k++) {
        size_t h = over->shown[k];
        const struct pattern *pattern = &over->patterns[h];
        struct interval sure = census_interval(census_behind(census, h, pattern));
        items[k] =
            (struct tally){.layer = (int)(h / census->H),
                           .head = (int)(h % census->H),
                           .name = info->heads[h].name,
                           .tag = purpose_category(pattern->category),
                           .title = headtalk_says(call, &info->heads[h], pattern),
                           .tested = pattern->evidence.rows > 0,
                           .lift = pattern->evidence.lift,
                           .sure = sure.known,
                           .low = sure.low,
                           .high = sure.high};
    }
    return (struct tallies){.items = items, .n = over->n, .big = call->settings.big};
}

/* What the footer says was counted. */
static const char *footer_of(struct call *call)
{
    const struct range *range = &call->settings.layer;
    const struct value *head = call_value(call, "one");
    bool one = range->from >= 0 && range->from == range->to;
    if (head->given)
        return call_footer(call, (int)head->heads[0].layer, (int)head->heads[0].head);
    return call_footer(call, one ? range->from : PICK_ALL,
                       call->settings.head >= 0 ? call->settings.head : PICK_ALL);
}

bool headover_show(struct call *call, const char *which, struct err *err)
{
    struct headover over = {0};
    struct buf json = {0};
    call->keeps = true; /* the file may change */
    if (!gather(call, which, &over, err)) {
        const struct value *value = call_value(call, "over");
        err_span(err, value->start, value->end);
        return err_try(err, "Try:", "heads");
    }
    struct tallies tallies = tallies_of(call, &over);
    struct view view = {.kind = "heads",
                        .finding = say_over(call, &over),
                        .scene = tallies_draw(&tallies, call->arena),
                        .twin = tallies_twin(&tallies, call->arena),
                        .footer = footer_of(call)};
    view.alt = alt_print(call->arena, "%s A bar for each head.", view.finding);
    add_blocks(call, &over, &view);
    note_passed(call, &over.count);
    if (strcmp(over.path, CORPUS_SAMPLES) == 0 && over.count.unsuited.n == 0 &&
        model_info(call_model(call))->synthetic)
        call_note(call,
                  "The built-in sentences were at hand when this model was built: it "
                  "does well on them. For a test, count other sentences.");
    if (call_wants_json(call))
        headover_json(call, &over, &json);
    bool done = call_show(call, &view, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}
