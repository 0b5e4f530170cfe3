#include "attn/lang/headover.h"

#include <string.h>

#include "attn/lang/corpus.h"
#include "attn/lang/headset.h"
#include "attn/lang/headtalk.h"
#include "attn/lang/table.h"
#include "attn/render/alt.h"
#include "attn/render/tallies.h"

#define NBSP "\u00a0" /* no line ends within a figure */

static const double POINTS = 0.1; /* so far above the fixed place a head is syntactic */

/* ---- which heads -------------------------------------------------------------------
 */

static bool is_asked_for(const struct call *call, size_t layer, size_t head)
{
    const struct value *heads = call_value(call, "heads");
    const struct range *range = &call->settings.layer;
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

const size_t *headover_relations(const struct headover *over, struct arena *arena,
                                 size_t *n)
{
    const struct syntax *syntax = &over->count.syntax;
    size_t *relations = arena_new(arena, syntax->n + 1, sizeof *relations);
    *n = 0;
    for (size_t r = 0; r < syntax->n; r++)
        if (syntax->relations[r].cases >= HEADOVER_CASES)
            relations[(*n)++] = r;
    return relations;
}

/* ---- in words
 * ------------------------------------------------------------------------ */

static const char *head_said(struct call *call, size_t head)
{
    const struct model_info *info = model_info(call_model(call));
    const char *name = info->heads[head].name;
    return arena_print(call->arena, "L%zu-H%zu%s%s", head / info->H, head % info->H,
                       name ? " " : "", name ? name : "");
}

static int percent(size_t part, size_t whole)
{
    return (int)(100.0 * (double)part / (double)whole + .5);
}

/* "always the next word" */
static const char *place_said(struct call *call, int offset)
{
    if (offset == 0)
        return "the word itself";
    if (offset == -1 || offset == 1)
        return offset < 0 ? "the word before" : "the next word";
    return arena_print(call->arena, "%d words %s", offset < 0 ? -offset : offset,
                       offset < 0 ? "before" : "on");
}

/* What the commonest relations are, for those who have not met their names. */
static const char *relation_said(struct call *call, const char *name)
{
    static const char *const plain[][2] = {
        {"nsubj", "subject"},          {"obj", "object"},
        {"iobj", "indirect object"},   {"det", "determiner"},
        {"amod", "adjective"},         {"case", "preposition"},
        {"aux", "helper verb"},        {"conj", "joined by and"},
        {"cc", "and, or, but"},        {"advmod", "adverb"},
        {"nmod", "noun on a noun"},    {"obl", "noun on a verb"},
        {"mark", "because, that"},     {"cop", "is, was"},
        {"compound", "compound noun"}, {"nsubj:pass", "subject of a passive"},
        {"nmod:poss", "possessor"},    {"coref", "whom a pronoun means"},
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(plain[i][0], name) == 0)
            return arena_print(call->arena, "%s (%s)", name, plain[i][1]);
    return name;
}

/* Of the relations that a head draws clearly better than any fixed place the one that
 * stands out most. */
static const char *say_relation(struct call *call, const struct headover *over)
{
    const struct syntax *syntax = &over->count.syntax;
    size_t n, chosen = SYNTAX_RELATIONS;
    const size_t *relations = headover_relations(over, call->arena, &n);
    double most = POINTS;
    for (size_t k = 0; k < n; k++) {
        struct syntax_best best = syntax_best(syntax, relations[k]);
        double above = ((double)best.right - (double)best.fixed) /
                       (double)syntax->relations[relations[k]].cases;
        if (above >= most) {
            most = above;
            chosen = relations[k];
        }
    }
    if (chosen == SYNTAX_RELATIONS)
        return n ? " No head draws a relation clearly better than a fixed place does."
                 : "";
    struct syntax_best best = syntax_best(syntax, chosen);
    size_t cases = syntax->relations[chosen].cases;
    return arena_print(call->arena,
                       " One relation stands out, %s: %s is right in %d %% of %zu "
                       "cases, the best fixed "
                       "place (%s) in %d %%.",
                       relation_said(call, syntax->relations[chosen].name),
                       head_said(call, best.head), percent(best.right, cases), cases,
                       place_said(call, best.offset), percent(best.fixed, cases));
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
        say_categories(call, over), say_relation(call, over));
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

/* "det 8, conj 2" */
static void note_few(struct call *call, const struct syntax *syntax)
{
    const char *said = "";
    for (size_t r = 0; r < syntax->n; r++)
        if (syntax->relations[r].cases < HEADOVER_CASES)
            said = arena_print(call->arena, "%s%s%s %zu", said, *said ? ", " : "",
                               syntax->relations[r].name, syntax->relations[r].cases);
    if (*said)
        call_note(call, "Relations left out, with fewer than %d cases: %s.",
                  HEADOVER_CASES, said);
}

/* ---- tables
 * --------------------------------------------------------------------------- */

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
        sheet_header(&sheet, head_said(call, h));
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
        const struct pattern *pattern = &over->patterns[over->shown[k]];
        sheet_header(&sheet, head_said(call, over->shown[k]));
        for (int test = 0; test < TEST_SEARCHED; test++) {
            const struct evidence *seen = &pattern->tests[test];
            sheet_add(
                &sheet,
                (struct cell){
                    .text = seen->rows ? tallies_figure(seen->lift, call->arena) : "–",
                    .number = true,
                    .strong = pattern->label == test,
                    .fill = {seen->lift > 0 ? INK_WEIGHT : INK_NONE,
                             (float)seen->lift}});
        }
    }
    return sheet_end(&sheet, NULL);
}

static void relation_row(struct call *call, const struct syntax *syntax, size_t r,
                         struct sheet *sheet)
{
    const struct syntax_relation *relation = &syntax->relations[r];
    struct syntax_best best = syntax_best(syntax, r);
    size_t cases = relation->cases;
    struct interval sure = interval_share((double)best.right, (double)cases);
    bool clear = (double)best.right - (double)best.fixed >= POINTS * (double)cases;
    sheet_header(sheet, relation_said(call, relation->name));
    sheet_number(sheet, arena_print(call->arena, "%zu", cases));
    sheet_text(sheet, arena_print(call->arena, "%s%s", head_said(call, best.head),
                                  best.way ? ", seen from the other end" : ""));
    sheet_add(sheet, (struct cell){.text = arena_print(call->arena, "%d" NBSP "%%",
                                                       percent(best.right, cases)),
                                   .number = true,
                                   .strong = clear});
    sheet_text(sheet, arena_print(call->arena, "%.0f" NBSP "to" NBSP "%.0f" NBSP "%%",
                                  100 * sure.low, 100 * sure.high));
    sheet_text(sheet,
               arena_print(call->arena, "%d" NBSP "%%, %s", percent(best.fixed, cases),
                           place_said(call, best.offset)));
}

static void add_relations(struct call *call, const struct headover *over,
                          struct pile *pile)
{
    enum { COLS = 6 };
    static const char *const names[COLS] = {"relation", "cases", "best head",
                                            "right",    "95 %",  "best fixed place"};
    size_t n;
    const size_t *relations = headover_relations(over, call->arena, &n);
    struct sheet sheet = sheet_begin(call->arena, COLS);
    if (!over->count.has_relations)
        return;
    note_few(call, &over->count.syntax);
    if (n == 0)
        return;
    headers(&sheet, names, COLS);
    for (size_t k = 0; k < n; k++)
        relation_row(call, &over->count.syntax, relations[k], &sheet);
    pile_add(pile, BLOCK_HEADING, "Which head draws a relation best");
    pile_table(pile, sheet_end(&sheet, NULL));
    pile_add(
        pile, BLOCK_NOTE,
        "Right: the dependent looks at its head more than at any other word (or its "
        "head at it). The best of many heads, chosen on the same sentences, flatters "
        "itself; and no head parses a sentence: compare the best fixed place.");
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
    add_relations(call, over, &pile);
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

/* ---- the view
 * ----------------------------------------------------------------------------- */

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
    bool one = range->from >= 0 && range->from == range->to;
    return call_footer(call, one ? range->from : PICK_ALL,
                       call->settings.head >= 0 ? call->settings.head : PICK_ALL);
}

bool headover_show(struct call *call, const char *which, struct err *err)
{
    struct headover over = {0};
    struct buf json = {0};
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
    if (strcmp(over.path, CORPUS_SAMPLES) == 0 &&
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
