/* What `evolve` says of its rows. */
#include <stdint.h>
#include <string.h>

#include "attn/base/buf.h"
#include "attn/lang/evolve.h"
#include "attn/render/alt.h"
#include "attn/render/stack.h"

static const float MOSTLY = .5f, MOST = .3f;

enum { GROUPS_SAID = 6, HEADS_SAID = 4, TEXT_MOST = 1 << 14 };

/* What a row comes to. */
enum says { SAYS_NOTHING, SAYS_FAINT, SAYS_LITTLE, SAYS_WORD };

static float weight_of(const struct evolve *evolve, size_t k)
{
    size_t best = evolve->rows[k].best;
    return best == SIZE_MAX ? 0 : evolveview_row(&evolve->view, k)[best];
}

static float rests(const struct evolve *evolve, size_t k)
{
    return stack_resting(&evolve->view.stack, evolveview_row(&evolve->view, k));
}

static enum says says_what(const struct evolve *evolve, size_t k)
{
    const struct evolveview *view = &evolve->view;
    float best = weight_of(evolve, k);
    if (evolveview_is_quiet(view, k) || !(best > 0))
        return SAYS_NOTHING;
    if (!evolve->largest && rests(evolve, k) > best)
        return SAYS_FAINT;
    return best < MOST ? SAYS_LITTLE : SAYS_WORD;
}

static const char *word_at(struct call *call, const struct evolve *evolve, size_t col)
{
    const struct stack *stack = &evolve->view.stack;
    size_t row = evolve->view.rows[evolve->view.chosen];
    if (!stack->apart && stack->cols[col].position == stack->rows[row].position)
        return "itself";
    return arena_print(call->arena, "\"%s\"",
                       alt_word(call->arena, stack->cols, stack->n_cols, col));
}

/* "animal" (0.91) · "tired" (0.16; 0.63 rests) · a little of many words · nothing */
static const char *say_row(struct call *call, const struct evolve *evolve, size_t k)
{
    const struct evolve_row *row = &evolve->rows[k];
    switch (says_what(evolve, k)) {
    case SAYS_NOTHING:
        return "nothing";
    case SAYS_FAINT:
        return arena_print(call->arena, "%s (%.2f; %.2f rests)",
                           word_at(call, evolve, row->best),
                           (double)weight_of(evolve, k), (double)rests(evolve, k));
    case SAYS_LITTLE:
        return "a little of many words";
    default:
        break;
    }
    const char *said =
        arena_print(call->arena, "%s (%.2f)", word_at(call, evolve, row->best),
                    (double)weight_of(evolve, k));
    if (!row->either || row->second == SIZE_MAX)
        return said;
    return arena_print(call->arena, "%s or %s (%.2f)", said,
                       word_at(call, evolve, row->second),
                       (double)evolveview_row(&evolve->view, k)[row->second]);
}

static const char *looking_word(struct call *call, const struct evolve *evolve)
{
    const struct stack *stack = &evolve->view.stack;
    return alt_word(call->arena, stack->rows, stack->n_rows,
                    evolve->view.rows[evolve->view.chosen]);
}

/* ---- layer by layer -------------------------------------------------------------- */

/* Rows that follow each other and say the same. */
static size_t same_from(const struct evolve *evolve, size_t k, size_t end)
{
    enum says first = says_what(evolve, k);
    bool plain = first == SAYS_NOTHING || first == SAYS_LITTLE; /* no word, no number */
    size_t to = k + 1;
    while (plain && to < end && says_what(evolve, to) == first)
        to++;
    return to;
}

/* The number in a row's title: titles count layers that may begin anywhere. */
static const char *layers_text(struct call *call, const struct evolve *evolve,
                               size_t from, size_t to)
{
    const char *first = evolve->view.strips[from].title + strlen("layer ");
    if (to - from == 1)
        return arena_print(call->arena, "layer %s", first);
    return arena_print(call->arena, "layers %s %s %s", first,
                       to - from == 2 ? "and" : "to",
                       evolve->view.strips[to - 1].title + strlen("layer "));
}

/* What rows from … to collect, one after the other; rows that look at `but` are left
 * out. "" where there are none. */
static const char *say_others(struct call *call, const struct evolve *evolve,
                              size_t from, size_t to, size_t but)
{
    struct buf said;
    size_t groups = 0;
    buf_init(&said, TEXT_MOST);
    for (size_t k = from, next; k < to; k = next) {
        next = same_from(evolve, k, to);
        if (says_what(evolve, k) == SAYS_WORD && evolve->rows[k].best == but)
            continue;
        if (++groups > GROUPS_SAID)
            continue;
        buf_print(&said, "%sin %s %s", groups > 1 ? ", " : "",
                  layers_text(call, evolve, k, next), say_row(call, evolve, k));
    }
    if (groups > GROUPS_SAID)
        buf_text(&said, ", and so on");
    const char *text = arena_copy(call->arena, said.length ? said.at : "", said.length);
    buf_free(&said);
    return text;
}

/* The row whose word the finding is about: of a head that tells the story before
 * others, then one that looks mostly at a word, then at another than itself; the last
 * of equals. SIZE_MAX: none. */
static size_t telling_row(struct call *call, const struct evolve *evolve)
{
    size_t best = SIZE_MAX;
    int rank = 0;
    for (size_t k = 0; k < evolve->view.n; k++) {
        if (says_what(evolve, k) != SAYS_WORD)
            continue;
        bool mostly = weight_of(evolve, k) >= MOSTLY;
        bool other = strcmp(word_at(call, evolve, evolve->rows[k].best), "itself") != 0;
        int now =
            1 + (other ? 1 : 0) + (mostly ? 2 : 0) + (evolve->rows[k].story ? 4 : 0);
        if (now >= rank) {
            rank = now;
            best = k;
        }
    }
    return best;
}

static bool looks_there(const struct evolve *evolve, size_t k, size_t col)
{
    return says_what(evolve, k) == SAYS_WORD && evolve->rows[k].best == col;
}

/* "only in layer 3", "from layer 2 on", "in layers 1, 3 and 5" */
static const char *say_where(struct call *call, const struct evolve *evolve, size_t col,
                             size_t *first, size_t *last, bool *unbroken)
{
    size_t n = 0, rows = evolve->view.n;
    const char *list = "", *next = "";
    for (size_t k = 0; k < rows; k++) {
        if (!looks_there(evolve, k, col))
            continue;
        if (n >= 2)
            list = arena_print(call->arena, "%s, %s", list, next);
        else if (n == 1)
            list = next;
        *first = n++ ? *first : k;
        *last = k;
        next = evolve->view.strips[k].title + strlen("layer ");
    }
    *unbroken = *last - *first + 1 == n;
    if (n == rows && rows > 1)
        return "in every layer";
    if (n == 1)
        return arena_print(call->arena, "%sin layer %s", rows > 1 ? "only " : "", next);
    if (*unbroken && *last == rows - 1)
        return arena_print(call->arena, "from layer %s on",
                           evolve->view.strips[*first].title + strlen("layer "));
    return arena_print(call->arena, "in layers %s and %s", list, next);
}

static const char *say_no_word(struct call *call, const struct evolve *evolve)
{
    const char *word = looking_word(call, evolve);
    size_t n = evolve->view.n;
    bool silent = true;
    for (size_t k = 0; k < n; k++)
        silent = silent && says_what(evolve, k) == SAYS_NOTHING;
    if (silent)
        return arena_print(call->arena,
                           "\"%s\" rests in %s: no head drawn here has anything to say "
                           "about it.",
                           word, n == 1 ? evolve->view.strips[0].title : "every layer");
    return arena_print(call->arena, "\"%s\" looks at no word in particular: %s.", word,
                       say_others(call, evolve, 0, n, SIZE_MAX));
}

static const char *say_layers(struct call *call, const struct evolve *evolve)
{
    size_t telling = telling_row(call, evolve), n = evolve->view.n, first = 0, last = 0;
    bool unbroken;
    if (telling == SIZE_MAX)
        return say_no_word(call, evolve);
    size_t col = evolve->rows[telling].best;
    float weight = weight_of(evolve, telling);
    const char *where = say_where(call, evolve, col, &first, &last, &unbroken);
    const char *most = weight >= MOSTLY ? "mostly" : "most";
    const char *said =
        evolve->rows[telling].either
            ? arena_print(call->arena, "\"%s\" could be either in %s: %s.",
                          looking_word(call, evolve),
                          evolve->view.strips[telling].title,
                          say_row(call, evolve, telling))
            : arena_print(call->arena, "\"%s\" looks %s at %s %s (%.2f%s%s).",
                          looking_word(call, evolve), most, word_at(call, evolve, col),
                          where, (double)weight, first == last ? "" : " in ",
                          first == last ? "" : evolve->view.strips[telling].title);
    if (!unbroken) {
        const char *others = say_others(call, evolve, 0, n, col);
        return arena_print(call->arena, "%s The other layers collect: %s.", said,
                           others);
    }
    const char *before = say_others(call, evolve, 0, first, col);
    const char *after = say_others(call, evolve, last + 1, n, col);
    if (*before)
        said = arena_print(call->arena, "%s Before that its heads collect: %s.", said,
                           before);
    return *after ? arena_print(call->arena, "%s After that: %s.", said, after) : said;
}

/* ---- the heads of a layer -------------------------------------------------------- */

/* Rows that say something, the strongest first; returns how many. */
static size_t speakers(struct call *call, const struct evolve *evolve, size_t **order)
{
    size_t n = 0;
    *order = arena_new(call->arena, evolve->view.n, sizeof **order);
    for (size_t k = 0; k < evolve->view.n; k++) {
        if (says_what(evolve, k) <= SAYS_FAINT)
            continue;
        size_t at = n++;
        for (; at > 0 && weight_of(evolve, k) > weight_of(evolve, (*order)[at - 1]);
             at--)
            (*order)[at] = (*order)[at - 1];
        (*order)[at] = k;
    }
    return n;
}

/* "6 heads of layer 3" */
static const char *heads_drawn(struct call *call, const struct evolve *evolve)
{
    if (call_value(call, "heads")->given || evolve->layer < 0)
        return arena_print(call->arena, "%zu heads", evolve->view.n);
    return arena_print(call->arena, "%zu heads of layer %d", evolve->view.n,
                       evolve->layer);
}

static const char *say_one_head(struct call *call, const struct evolve *evolve)
{
    const char *head = evolveview_slice(&evolve->view, 0)->name;
    const char *word = looking_word(call, evolve);
    if (says_what(evolve, 0) <= SAYS_FAINT)
        return arena_print(call->arena, "%s has nothing to say about \"%s\".", head,
                           word);
    return arena_print(call->arena, "%s: \"%s\" looks at %s.", head, word,
                       say_row(call, evolve, 0));
}

/* The strongest of those that speak. */
static const char *say_speakers(struct call *call, const struct evolve *evolve,
                                const size_t *order, size_t n)
{
    const char *said = "";
    for (size_t k = 0; k < n && k < HEADS_SAID; k++)
        said = arena_print(call->arena, "%s%s%s %s", said, k ? ", " : "",
                           evolveview_slice(&evolve->view, order[k])->name,
                           say_row(call, evolve, order[k]));
    return n > HEADS_SAID ? arena_print(call->arena, "%s, and more", said) : said;
}

static const char *say_heads(struct call *call, const struct evolve *evolve)
{
    size_t *order, n = speakers(call, evolve, &order), all = evolve->view.n;
    const char *word = looking_word(call, evolve), *of = heads_drawn(call, evolve);
    if (all == 1)
        return say_one_head(call, evolve);
    if (n == 0)
        return arena_print(call->arena,
                           "None of the %s has anything to say about \"%s\": it rests.",
                           of, word);
    const char *which = n < all    ? arena_print(call->arena, "%zu of the %s", n, of)
                        : all == 2 ? "Both heads"
                                   : arena_print(call->arena, "All %s", of);
    const char *others = n == all       ? ""
                         : all - n == 1 ? " The other one rests."
                                        : " The others rest.";
    return arena_print(call->arena, "%s %s something to say about \"%s\": %s.%s", which,
                       n == 1 ? "has" : "have", word,
                       say_speakers(call, evolve, order, n), others);
}

const char *evolve_say(struct call *call, const struct evolve *evolve)
{
    return evolve->of == EVOLVE_HEADS ? say_heads(call, evolve)
                                      : say_layers(call, evolve);
}
