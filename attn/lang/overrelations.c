#include "attn/lang/overrelations.h"

#include <string.h>

#include "attn/lang/table.h"

static const double POINTS = 0.1; /* so far above the fixed place a head is syntactic */

const size_t *overrelations_counted(const struct headover *over, struct arena *arena,
                                    size_t *n)
{
    const struct syntax *syntax = &over->count.syntax;
    size_t *relations = arena_new(arena, syntax->n + 1, sizeof *relations);
    *n = 0;
    for (size_t r = 0; r < syntax->n; r++)
        if (syntax->relations[r].cases >= OVERRELATIONS_CASES)
            relations[(*n)++] = r;
    return relations;
}

/* ---- in words -------------------------------------------------------------------- */

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
const char *overrelations_say(struct call *call, const struct headover *over)
{
    const struct syntax *syntax = &over->count.syntax;
    size_t n, chosen = SYNTAX_RELATIONS;
    const size_t *relations = overrelations_counted(over, call->arena, &n);
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
                       headover_head(call, best.head), percent(best.right, cases),
                       cases, place_said(call, best.offset),
                       percent(best.fixed, cases));
}

/* "det 8, conj 2" */
static void note_few(struct call *call, const struct syntax *syntax)
{
    const char *said = "";
    for (size_t r = 0; r < syntax->n; r++)
        if (syntax->relations[r].cases < OVERRELATIONS_CASES)
            said = arena_print(call->arena, "%s%s%s %zu", said, *said ? ", " : "",
                               syntax->relations[r].name, syntax->relations[r].cases);
    if (*said)
        call_note(call, "Relations left out, with fewer than %d cases: %s.",
                  OVERRELATIONS_CASES, said);
}

/* ---- the table ------------------------------------------------------------------- */

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
    sheet_text(sheet, arena_print(call->arena, "%s%s", headover_head(call, best.head),
                                  best.way ? ", seen from the other end" : ""));
    sheet_add(sheet,
              (struct cell){.text = arena_print(call->arena, "%d" HEADOVER_NBSP "%%",
                                                percent(best.right, cases)),
                            .number = true,
                            .strong = clear});
    sheet_text(sheet, arena_print(call->arena,
                                  "%.0f" HEADOVER_NBSP "to" HEADOVER_NBSP
                                  "%.0f" HEADOVER_NBSP "%%",
                                  100 * sure.low, 100 * sure.high));
    sheet_text(sheet,
               arena_print(call->arena, "%d" HEADOVER_NBSP "%%, %s",
                           percent(best.fixed, cases), place_said(call, best.offset)));
}

void overrelations_add(struct call *call, const struct headover *over,
                       struct pile *pile)
{
    enum { COLS = 6 };
    static const char *const names[COLS] = {"relation", "cases", "best head",
                                            "right",    "95 %",  "best fixed place"};
    size_t n;
    const size_t *relations = overrelations_counted(over, call->arena, &n);
    struct sheet sheet = sheet_begin(call->arena, COLS);
    if (!over->count.has_relations)
        return;
    note_few(call, &over->count.syntax);
    if (n == 0)
        return;
    for (size_t c = 0; c < COLS; c++)
        sheet_header(&sheet, names[c]);
    for (size_t k = 0; k < n; k++)
        relation_row(call, &over->count.syntax, relations[k], &sheet);
    pile_add(pile, BLOCK_HEADING, "Which of all heads draws a relation best");
    pile_table(pile, sheet_end(&sheet, NULL));
    pile_add(
        pile, BLOCK_NOTE,
        "Right: the dependent looks at its head more than at any other word (or its "
        "head at it). The best of many heads, chosen on the same sentences, flatters "
        "itself; and no head parses a sentence: compare the best fixed place.");
}
