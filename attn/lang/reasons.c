#include "attn/lang/reasons.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/lang/fill.h"
#include "attn/render/stack.h"

enum { DEPTH = 6, TOLD = 6 };

static const float BROUGHT = .15f; /* a smaller share of a row brings next to nothing */

/* ---- joining */

/* The same part of a score: the same two values, or both the place, the spelling … */
static bool same_match(const struct score_term *a, const struct score_term *b)
{
    if (a->query_dim != b->query_dim || a->key_dim != b->key_dim)
        return false;
    return a->query_dim != SIZE_MAX || strcmp(a->query, b->query) == 0;
}

static const char *name_of(struct arena *arena, const struct score_term *term,
                           const struct score_term *other)
{
    if (term->query_dim != SIZE_MAX)
        return arena_print(arena, "%s × %s", term->query, term->key);
    if (other && strcmp(term->key, other->key) != 0)
        return arena_print(arena, "%s: %s / %s", term->query, term->key, other->key);
    return arena_print(arena, "%s: %s", term->query, term->key);
}

static const struct score_term *match_in(const struct score *score,
                                         const struct score_term *term)
{
    for (size_t i = 0; score && i < score->n_terms; i++)
        if (same_match(&score->terms[i], term))
            return &score->terms[i];
    return NULL;
}

static double telling(const struct reason *reason)
{
    return fmax(fabs(reason->value), fabs(reason->other));
}

static int most_telling_first(const void *a, const void *b)
{
    double one = telling(a), other = telling(b);
    if (one != other)
        return one < other ? 1 : -1;
    return strcmp(((const struct reason *)a)->name, ((const struct reason *)b)->name);
}

/* The last reasons become one, so that the sum stays what it is. */
static void sum_up(struct arena *arena, struct reasons *reasons, size_t most)
{
    size_t seen = 0; /* those that print as more than 0.00 */
    while (seen < reasons->n && telling(&reasons->at[seen]) >= .005)
        seen++;
    if (reasons->n <= most && seen + 1 >= reasons->n)
        return;
    most = seen + 1 < most ? seen + 1 : most;
    struct reason rest = {.name = ""};
    for (size_t i = most - 1; i < reasons->n; i++) {
        rest.value += reasons->at[i].value;
        rest.other += reasons->at[i].other;
    }
    reasons->smaller = reasons->n - (most - 1);
    rest.name = arena_print(arena, "and %zu smaller terms", reasons->smaller);
    rest.term = (struct score_term){.query = "", .key = "", .query_dim = SIZE_MAX};
    reasons->at[most - 1] = rest;
    reasons->n = most;
}

struct reasons reasons_join(struct arena *arena, const struct score *score,
                            const struct score *other, size_t most)
{
    size_t room = score->n_terms + (other ? other->n_terms : 0);
    struct reasons reasons = {.at = arena_new(arena, room + 1, sizeof *reasons.at)};
    for (size_t i = 0; i < score->n_terms; i++) {
        const struct score_term *term = &score->terms[i], *same = match_in(other, term);
        reasons.at[reasons.n++] =
            (struct reason){.name = name_of(arena, term, same),
                            .value = (double)term->value,
                            .other = same ? (double)same->value : 0,
                            .term = *term};
    }
    for (size_t i = 0; other && i < other->n_terms; i++) {
        const struct score_term *term = &other->terms[i];
        if (match_in(score, term))
            continue;
        reasons.at[reasons.n++] = (struct reason){.name = name_of(arena, term, NULL),
                                                  .other = (double)term->value,
                                                  .term = *term,
                                                  .of_other = true};
    }
    if (reasons.n > 0)
        qsort(reasons.at, reasons.n, sizeof *reasons.at, most_telling_first);
    sum_up(arena, &reasons, most);
    return reasons;
}

/* ---- who brought it */

struct search {
    struct call *call;
    const struct trace *trace;
    struct bringer *at;
    size_t n, most;
};

static const char *word(const struct search *search, size_t token)
{
    const struct trace *trace = search->trace;
    return stack_word(search->call->arena,
                      fill_tokens(search->call->arena, trace->rows, trace->T), trace->T,
                      token);
}

/* The word that a head brought something from: of the other sentence, where it looks
 * across. */
static const char *source(const struct search *search, size_t token)
{
    const struct trace *trace = search->trace;
    return stack_word(search->call->arena,
                      fill_tokens(search->call->arena, trace->cols, trace->S), trace->S,
                      token);
}

static void add_bringer(struct search *search, const struct origin *origin,
                        size_t token, const char *what)
{
    struct arena *arena = search->call->arena;
    const struct trace *trace = search->trace;
    for (size_t k = 0; k < search->n; k++)
        if (search->at[k].layer == origin->layer &&
            search->at[k].head == origin->head && strcmp(search->at[k].what, what) == 0)
            return;
    if (search->n == search->most)
        return;
    const char *name = trace->heads
                           ? trace->heads[origin->layer * trace->H + origin->head].name
                           : NULL;
    search->at[search->n++] = (struct bringer){
        .what = what,
        .how = arena_print(arena, "\"%s\" got it from \"%s\" (%.2f)%s%s",
                           word(search, token), source(search, origin->token),
                           (double)origin->share, name ? ": " : "", name ? name : ""),
        .line = arena_print(arena, "look %s layer %zu head %zu%s", word(search, token),
                            origin->layer, origin->head, call_side(search->call)),
        .layer = origin->layer,
        .head = origin->head,
    };
}

static const char *dim_name(const struct trace *trace, size_t dim)
{
    return trace->dim_names && dim < trace->C ? trace->dim_names[dim] : "a value";
}

/* A value (`part`) and what it was made of, down to the heads; `what` is what all of it
 * is for. Rules lie in lower and lower layers, so the search ends; `depth` makes sure.
 */
static void follow(struct search *search, const struct origin *origin, size_t token,
                   const char *part, const char *what, int depth)
{
    if (origin->kind == ORIGIN_HEAD && origin->share >= BROUGHT)
        add_bringer(search, origin, token,
                    part ? arena_print(search->call->arena, "%s (for: %s)", part, what)
                         : what);
    if (origin->kind != ORIGIN_FFN || depth == 0)
        return;
    for (size_t k = 0; k < origin->n_dims; k++) {
        struct origin from = model_origin(call_model(search->call), search->trace,
                                          origin->layer + 1, token, origin->dims[k]);
        if (from.kind == ORIGIN_FFN && from.layer >= origin->layer)
            continue;
        follow(search, &from, token, dim_name(search->trace, origin->dims[k]), what,
               depth - 1);
    }
}

void reasons_bringers(struct call *call, const struct trace *trace,
                      const struct reasons *reasons, const size_t ends[3],
                      struct bringers *bringers)
{
    struct search search = {call, trace, bringers->at, 0, bringers->most};
    for (size_t i = 0; i < reasons->n && i < TOLD; i++) {
        const struct reason *reason = &reasons->at[i];
        const struct score_term *term = &reason->term;
        if (term->query_dim == SIZE_MAX)
            continue;
        follow(&search, &term->query_from, ends[0], NULL, term->query, DEPTH);
        follow(&search, &term->key_from, ends[reason->of_other ? 2 : 1], NULL,
               term->key, DEPTH);
    }
    bringers->n = search.n;
}
