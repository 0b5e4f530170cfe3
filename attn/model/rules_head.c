/* rules_head.c - the statements of a head: what makes its score, and what it copies. */
#include "attn/model/rules.h"
#include "attn/model/rules_state.h"

static bool slots_left(struct compiler *c, size_t slots)
{
    return c->head->slots + slots <= c->head->D ||
           rules_fail(&c->in, &c->now,
                      "this head now needs %zu slots, but a query has %zu. Leave out a "
                      "match.",
                      c->head->slots + slots, c->head->D);
}

bool rules_gain(struct compiler *c)
{
    double *gain = &c->head->made.gain;
    if (!rules_number(&c->cursor, "the gain", gain) || !rules_end(&c->cursor))
        return false;
    return (*gain >= 0.01 && *gain <= 10) ||
           rules_fail(&c->in, &c->now, "a gain is between 0.01 and 10.");
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

/* What comes next is a match of the last token with words that have no place. */
static bool is_no_head(struct compiler *c)
{
    return c->head == c->next &&
           !rules_fail(&c->in, &c->now,
                       "\"%s\" is said of heads; under \"next\" stand match and alike.",
                       c->now.word);
}

bool rules_place(struct compiler *c)
{
    if (is_no_head(c))
        return false;
    struct place_shape shape = {
        .fall = 1, .slope = 0.5, .against = 9, .reach = 14, .bend = 0.004};
    if (c->head->has_place)
        return rules_fail(&c->in, &c->now, "this head has a place line already.");
    if (!place_kind(c, &shape) || !place_numbers(c, &shape) ||
        !slots_left(c, build_place_slots(&shape)))
        return false;
    c->head->has_place = true;
    c->head->shape = shape;
    c->head->place_slot = c->head->slots;
    for (size_t i = 0; i < build_place_slots(&shape); i++)
        c->head->made.place_slots |= (uint64_t)1 << c->head->slots++;
    return true;
}

/* ---- match, alike, rest, copy ---- */

static bool joiner(struct compiler *c, const char *sign, const char *plain)
{
    return rules_take(&c->cursor, sign) || rules_take(&c->cursor, plain) ||
           rules_fail(&c->in, &c->now, "between the two sides stands \"%s\".", sign);
}

/* What follows speaks of the word looked at, whose values may be another stream's. */
static void turn_to_key(struct compiler *c)
{
    if (c->head->cross)
        c->cursor.stream = c->glass->source;
}

/* A cross head may compare places by itself: they are of two sentences. */
static bool places_apart(struct compiler *c, const struct rules_list *list)
{
    return c->head->cross || rules_no_places(c, list);
}

bool rules_match(struct compiler *c)
{
    struct rules_list wants, has;
    if (!slots_left(c, 1) || !rules_list(&c->cursor, RULES_MAX_TERMS, &wants) ||
        !joiner(c, "×", "*"))
        return false;
    turn_to_key(c);
    if (!rules_list(&c->cursor, RULES_MAX_TERMS, &has) || !rules_end(&c->cursor) ||
        !places_apart(c, &wants) || !places_apart(c, &has))
        return false;
    build_match(c->head, &wants, &has, c->in.arena);
    return true;
}

/* A block of the stream that is read from; where none comes, the message names them. */
static const struct stream_block *need_block(struct compiler *c)
{
    const struct stream *stream = c->cursor.stream;
    const struct stream_block *block = rules_block(&c->cursor);
    const char *known = "";
    for (size_t i = 0; i < stream->n_blocks && !block; i++)
        known = arena_print(c->in.arena, "%s%s\"%s\"", known,
                            i == 0                      ? ""
                            : i + 1 == stream->n_blocks ? " or "
                                                        : ", ",
                            stream->blocks[i].name);
    if (!block)
        rules_fail(&c->in, &c->now, "%s is said of %s.", c->now.word, known);
    return block;
}

/* "alike word 9", or of two blocks: "alike word with previous word 9". */
bool rules_alike(struct compiler *c)
{
    double factor;
    const struct stream_block *wants = need_block(c), *has = wants;
    if (!wants)
        return false;
    if (rules_take(&c->cursor, "with") || c->head->cross) {
        turn_to_key(c);
        has = need_block(c);
        if (!has)
            return false;
    }
    if (has->n != wants->n)
        return rules_fail(&c->in, &c->now, "\"%s\" and \"%s\" are not of one size.",
                          wants->name, has->name);
    if (!rules_number(&c->cursor, "how much that counts", &factor) ||
        !rules_end(&c->cursor) || !slots_left(c, wants->n))
        return false;
    build_alike(c->head, wants, has, factor, c->in.arena);
    return true;
}

/* A word that is none of the head's customers gives `most` to the resting place, a full
 * customer `least`. */
bool rules_rest(struct compiler *c)
{
    struct rules_list has = {.n = 1, .parts = {{FRAME_BOS, 1}}}, wants, who = {0};
    double most, least = 0;
    if (is_no_head(c))
        return false;
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
    wants.parts[wants.n++] = (struct rules_part){FRAME_ONE, most};
    build_match(c->head, &wants, &has, c->in.arena);
    return true;
}

static bool copies_left(struct compiler *c, size_t copies)
{
    return c->head->copies + copies <= c->head->D ||
           rules_fail(&c->in, &c->now, "a head copies at most %zu values.", c->head->D);
}

/* "copy word → previous word": value by value. */
static bool copy_block(struct compiler *c, const struct stream_block *from)
{
    if (!joiner(c, "→", "->"))
        return false;
    c->cursor.stream = c->glass->stream;
    const struct stream_block *to = need_block(c);
    if (!to || !rules_end(&c->cursor) || !rules_may_write(c, to->first) ||
        !copies_left(c, from->n))
        return false;
    if (to->n != from->n)
        return rules_fail(&c->in, &c->now, "\"%s\" and \"%s\" are not of one size.",
                          from->name, to->name);
    for (size_t i = 0; i < from->n; i++)
        build_copy(c->head, from->first + i, to->first + i, c->in.arena);
    return true;
}

bool rules_copy(struct compiler *c)
{
    struct rules_list from = {.n = 1}, to = {.n = 1};
    if (is_no_head(c))
        return false;
    turn_to_key(c);
    const struct stream_block *block = rules_block(&c->cursor);
    if (block)
        return copy_block(c, block);
    if (!rules_dim(&c->cursor, &from.parts[0].dim) || !joiner(c, "→", "->"))
        return false;
    c->cursor.stream = c->glass->stream;
    if (!rules_dim(&c->cursor, &to.parts[0].dim) || !rules_end(&c->cursor) ||
        !places_apart(c, &from) || !rules_no_places(c, &to) ||
        !rules_may_write(c, to.parts[0].dim) || !copies_left(c, 1))
        return false;
    build_copy(c->head, from.parts[0].dim, to.parts[0].dim, c->in.arena);
    return true;
}
