/* rules_head.c - the statements of a head: what makes its score, and what it copies. */
#include "attn/model/rules.h"
#include "attn/model/rules_state.h"

static bool slots_left(struct compiler *c, size_t slots)
{
    return rules_head(c)->slots + slots <= GLASS_SLOTS ||
           rules_fail(&c->in, &c->now,
                      "this head now needs %zu slots, but a query has %d. Leave out a "
                      "match.",
                      rules_head(c)->slots + slots, GLASS_SLOTS);
}

/* ---- place ---- */

static bool side(struct compiler *c, bool *ahead)
{
    *ahead = rules_take(&c->cursor, "after");
    return *ahead || rules_take(&c->cursor, "before") ||
           rules_fail(&c->in, &c->now, "here stands \"before\" or \"after\".");
}

/* The "word number" pairs after a shape's first words. */
static bool place_numbers(struct compiler *c, struct place_shape *shape)
{
    const struct {
        const char *word;
        double *value, least, most;
    } known[] = {{"slope", &shape->slope, 0, 20},
                 {"falls", &shape->fall, 0.001, 20},
                 {"against", &shape->against, 0, 100},
                 {"reach", &shape->reach, 1, 511},
                 {"bend", &shape->bend, 0, 1}};
    size_t n = sizeof known / sizeof *known, i = 0;
    while (i < n) {
        for (i = 0; i < n && !rules_take(&c->cursor, known[i].word); i++)
            continue;
        if (i == n)
            break;
        if (!rules_number(&c->cursor, known[i].word, known[i].value))
            return false;
        if (*known[i].value < known[i].least || *known[i].value > known[i].most)
            return rules_fail(&c->in, &c->now, "%s is between %g and %g.",
                              known[i].word, known[i].least, known[i].most);
    }
    return rules_end(&c->cursor);
}

static bool place_kind(struct compiler *c, struct place_shape *shape)
{
    if (rules_take(&c->cursor, "nearest")) {
        shape->kind = rules_take(&c->cursor, "around") ? PLACE_BOTH : PLACE_NEAR;
        if (shape->kind == PLACE_BOTH)
            shape->bend = 0.002;
        return shape->kind == PLACE_BOTH || side(c, &shape->ahead);
    }
    if (rules_take(&c->cursor, "others")) {
        shape->kind = PLACE_OTHERS;
        shape->bend = 0;
        return true;
    }
    if (!rules_take(&c->cursor, "window"))
        return rules_fail(&c->in, &c->now,
                          "a place is \"nearest before\", \"nearest after\", \"nearest "
                          "around\", \"window\" or \"others\".");
    shape->kind = PLACE_WINDOW;
    bool ahead;
    if (!rules_number(&c->cursor, "the middle of the window", &shape->at))
        return false;
    if (shape->at != 0 && !side(c, &ahead))
        return false;
    if (shape->at != 0 && ahead)
        shape->at = -shape->at;
    return true;
}

bool rules_place(struct compiler *c)
{
    struct place_shape shape = {
        .fall = 1, .slope = 0.5, .against = 9, .reach = 14, .bend = 0.004};
    if (rules_head(c)->has_place)
        return rules_fail(&c->in, &c->now, "this head has a place line already.");
    if (!place_kind(c, &shape) || !place_numbers(c, &shape) ||
        !slots_left(c, build_place_slots(&shape)))
        return false;
    rules_head(c)->has_place = true;
    rules_head(c)->shape = shape;
    rules_head(c)->place_slot = rules_head(c)->slots;
    for (size_t i = 0; i < build_place_slots(&shape); i++)
        rules_glass_head(c)->place_slots |= (uint64_t)1 << rules_head(c)->slots++;
    return true;
}

/* ---- match, alike, rest, copy ---- */

static bool joiner(struct compiler *c, const char *sign, const char *plain)
{
    return rules_take(&c->cursor, sign) || rules_take(&c->cursor, plain) ||
           rules_fail(&c->in, &c->now, "between the two sides stands \"%s\".", sign);
}

bool rules_match(struct compiler *c)
{
    struct rules_list wants, has;
    if (!slots_left(c, 1) || !rules_list(&c->cursor, RULES_MAX_TERMS, &wants) ||
        !joiner(c, "×", "*") || !rules_list(&c->cursor, RULES_MAX_TERMS, &has) ||
        !rules_end(&c->cursor) || !rules_no_places(c, &wants) ||
        !rules_no_places(c, &has))
        return false;
    build_match(rules_head(c), &wants, &has, c->in.arena);
    return true;
}

bool rules_alike(struct compiler *c)
{
    double factor;
    size_t first = DIM_id0, last = DIM_id19;
    if (rules_take(&c->cursor, "subject")) {
        first = DIM_top0;
        last = DIM_top23;
    } else if (!rules_take(&c->cursor, "word"))
        return rules_fail(&c->in, &c->now, "alike is said of \"word\" or \"subject\".");
    if (!rules_number(&c->cursor, "how much that counts", &factor) ||
        !rules_end(&c->cursor) || !slots_left(c, last - first + 1))
        return false;
    build_alike(rules_head(c), first, last, factor, c->in.arena);
    return true;
}

/* A word that is none of the head's customers gives `most` to the resting place, a full
 * customer `least`. */
bool rules_rest(struct compiler *c)
{
    struct rules_list has = {.n = 1, .parts = {{DIM_BOS, 1}}}, wants, who = {0};
    double most, least = 0;
    if (!slots_left(c, 1) || !rules_number(&c->cursor, "the resting score", &most))
        return false;
    if (rules_take(&c->cursor, "but") &&
        (!rules_number(&c->cursor, "the resting score", &least) ||
         !(rules_take(&c->cursor, "for") ||
           rules_fail(&c->in, &c->now, "after the number stands \"for\".")) ||
         !rules_list(&c->cursor, RULES_MAX_TERMS - 1, &who)))
        return false;
    if (!rules_end(&c->cursor) || !rules_no_places(c, &who))
        return false;
    wants = who;
    for (size_t i = 0; i < who.n; i++)
        wants.parts[i].value *= least - most;
    wants.parts[wants.n++] = (struct rules_part){DIM_ONE, most};
    build_match(rules_head(c), &wants, &has, c->in.arena);
    return true;
}

bool rules_copy(struct compiler *c)
{
    struct rules_list pair = {.n = 2};
    if (!rules_dim(&c->cursor, &pair.parts[0].dim) || !joiner(c, "→", "->") ||
        !rules_dim(&c->cursor, &pair.parts[1].dim) || !rules_end(&c->cursor) ||
        !rules_no_places(c, &pair) || !rules_may_write(c, pair.parts[1].dim))
        return false;
    if (rules_head(c)->copies == GLASS_SLOTS)
        return rules_fail(&c->in, &c->now, "a head copies at most %d values.",
                          GLASS_SLOTS);
    build_copy(rules_head(c), pair.parts[0].dim, pair.parts[1].dim, c->in.arena);
    return true;
}
