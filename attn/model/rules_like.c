/* rules_like.c - "like NAME": a head as an earlier one, but for what it says itself. */
#include <string.h>

#include "attn/model/rules.h"
#include "attn/model/rules_state.h"

/* What a head may have from another. What it copies is its own affair: two heads that
 * copied the same value would write it twice. */
static const struct {
    const char *word;
    bool replaced; /* by the head's own line; else both count */
    bool (*read)(struct compiler *c);
} taken[] = {
    {"gain", true, rules_gain},    {"place", true, rules_place},
    {"rest", true, rules_rest},    {"match", false, rules_match},
    {"alike", false, rules_alike},
};

static const struct head_work *last_named(const struct head_work *heads, size_t n,
                                          const struct head_work *but, const char *name)
{
    while (n-- > 0)
        if (&heads[n] != but && strcmp(heads[n].made.label.name, name) == 0)
            return &heads[n];
    return NULL;
}

/* The nearest earlier head of that name, of the kind of the one that stands open. */
static const struct head_work *find_head(const struct compiler *c, const char *name)
{
    const struct head_work *found = NULL;
    for (size_t l = c->glass->L; l-- > 0 && !found;) {
        const struct layer_work *layer = &c->layers[l];
        found = c->head->cross
                    ? last_named(layer->cross, layer->n_cross, c->head, name)
                    : last_named(layer->heads, layer->n_heads, c->head, name);
    }
    return found;
}

bool rules_like(struct compiler *c)
{
    if (c->head->like)
        return rules_fail(&c->in, &c->now, "this head has a like line already.");
    c->head->like = find_head(c, c->now.rest);
    c->head->like_at = c->now;
    return c->head->like ||
           rules_fail(&c->in, &c->now, "no head before this one is called \"%.60s\".",
                      c->now.rest);
}

static bool has_line(const char *const *lines, size_t n, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i < n; i++)
        if (strncmp(lines[i], word, length) == 0 && lines[i][length] == ' ')
            return true;
    return false;
}

/* Reads one line of the other head as if it stood in this one, which has said `own`
 * lines itself. */
static bool take_line(struct compiler *c, const char *line, size_t own)
{
    c->now = c->head->like_at;
    rules_split(&c->in, &c->now, line);
    c->cursor = (struct rules_cursor){&c->in, &c->now, c->now.rest, c->glass->stream};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (strcmp(taken[i].word, c->now.word) != 0)
            continue;
        if (taken[i].replaced && has_line(c->head->lines, own, taken[i].word))
            return true;
        return taken[i].read(c) && rules_keep_line(c);
    }
    return true;
}

bool rules_close_head(struct compiler *c)
{
    const struct head_work *like = c->head->like;
    struct rules_statement now = c->now;
    size_t own = c->head->n_lines;
    bool done = true;
    if (!like)
        return true;
    if (!c->head->made.label.does)
        c->head->made.label.does = like->made.label.does;
    for (size_t i = 0; i < like->n_lines && done; i++)
        done = take_line(c, like->lines[i], own);
    c->now = now;
    return done;
}
