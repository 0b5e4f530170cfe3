/* rules.c - the statements of rule text, one function each, in the table at the end. */
#include "attn/model/rules.h"

#include <string.h>

#include "attn/base/utf8.h"
#include "attn/model/rules_state.h"

enum { LONGEST_TEXT = 300, MOST_LINES = 128 };

struct layer_work *rules_layer(struct compiler *c)
{
    return &c->layers[c->glass->L - 1];
}

struct head_work *rules_head(struct compiler *c)
{
    return &rules_layer(c)->heads[rules_layer(c)->n_heads - 1];
}

struct glass_head *rules_glass_head(struct compiler *c)
{
    return &c->glass->layers[c->glass->L - 1].heads[rules_layer(c)->n_heads - 1];
}

/* Values that only the model itself writes. */
static bool is_fixed(size_t dim)
{
    return dim <= DIM_top23;
}

bool rules_no_places(struct compiler *c, const struct rules_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->parts[i].dim < DIM_WORD)
            return rules_fail(
                &c->in, &c->now,
                "\"%s\" is part of a word's place; only a place line uses "
                "it.",
                glass_dim_names[list->parts[i].dim]);
    return true;
}

bool rules_may_write(struct compiler *c, size_t dim)
{
    return !is_fixed(dim) ||
           rules_fail(&c->in, &c->now, "\"%s\" may be read but not written.",
                      glass_dim_names[dim]);
}

static bool text_of(struct compiler *c, const char **text)
{
    size_t length = strlen(c->now.rest);
    if (length == 0)
        return rules_fail(&c->in, &c->now, "\"%s\" needs a text after it.",
                          c->now.word);
    if (length > LONGEST_TEXT)
        return rules_fail(&c->in, &c->now, "this text is longer than %d bytes.",
                          LONGEST_TEXT);
    *text = c->now.rest;
    return true;
}

/* ---- layer, head ---- */

static bool layer_statement(struct compiler *c)
{
    double number;
    size_t next = c->glass->L;
    if (!rules_number(&c->cursor, "the layer", &number) || !rules_end(&c->cursor))
        return false;
    if (next == GLASS_MAX_LAYERS)
        return rules_fail(&c->in, &c->now, "there can be at most %d layers.",
                          GLASS_MAX_LAYERS);
    if (number != (double)next)
        return rules_fail(&c->in, &c->now, "layers come in order: this is layer %zu.",
                          next);
    c->glass->L++;
    rules_layer(c)->line = c->now.line;
    return true;
}

static bool head_statement(struct compiler *c)
{
    const char *name;
    if (!text_of(c, &name))
        return false;
    if (rules_layer(c)->n_heads == GLASS_MAX_HEADS)
        return rules_fail(&c->in, &c->now, "a layer has at most %d heads.",
                          GLASS_MAX_HEADS);
    rules_layer(c)->n_heads++;
    rules_head(c)->line = c->now.line;
    rules_glass_head(c)->gain = 1;
    rules_glass_head(c)->label.name = name;
    return true;
}

static bool says_statement(struct compiler *c)
{
    return text_of(c, &rules_glass_head(c)->label.does);
}

static bool story_statement(struct compiler *c)
{
    double number;
    if (!rules_number(&c->cursor, "the place in the story", &number) ||
        !rules_end(&c->cursor))
        return false;
    if (number < 1 || number > 99 || number != (double)(int)number)
        return rules_fail(&c->in, &c->now,
                          "the place in the story is a whole number from 1 to 99.");
    rules_glass_head(c)->label.story = (int)number;
    return true;
}

static bool gain_statement(struct compiler *c)
{
    double *gain = &rules_glass_head(c)->gain;
    if (!rules_number(&c->cursor, "the gain", gain) || !rules_end(&c->cursor))
        return false;
    return (*gain >= 0.01 && *gain <= 10) ||
           rules_fail(&c->in, &c->now, "a gain is between 0.01 and 10.");
}

/* ---- ramps ---- */

static bool ramp_statement(struct compiler *c)
{
    const char *says;
    if (!text_of(c, &says))
        return false;
    if (rules_layer(c)->forward.n == GLASS_MAX_RAMPS)
        return rules_fail(&c->in, &c->now, "a layer has at most %d ramps.",
                          GLASS_MAX_RAMPS);
    c->ramp_at = c->now;
    c->ramp = (struct ramp){.says = says, .gate = SIZE_MAX};
    c->ramp_from = false;
    return true;
}

static bool only_statement(struct compiler *c)
{
    struct rules_list gate = {.n = 1};
    if (!rules_dim(&c->cursor, &gate.parts[0].dim) || !rules_end(&c->cursor) ||
        !rules_no_places(c, &gate))
        return false;
    c->ramp.gate = gate.parts[0].dim;
    return true;
}

static bool of_statement(struct compiler *c)
{
    return rules_list(&c->cursor, RULES_MAX_LIST, &c->ramp.of) &&
           rules_end(&c->cursor) && rules_no_places(c, &c->ramp.of);
}

static bool from_statement(struct compiler *c)
{
    if (!rules_number(&c->cursor, "where the ramp begins", &c->ramp.from))
        return false;
    if (!rules_take(&c->cursor, "to"))
        return rules_fail(&c->in, &c->now, "between the two numbers stands \"to\".");
    if (!rules_number(&c->cursor, "where the ramp ends", &c->ramp.to) ||
        !rules_end(&c->cursor))
        return false;
    if (c->ramp.to - c->ramp.from < 0.001)
        return rules_fail(&c->in, &c->now, "a ramp ends above where it begins.");
    c->ramp_from = true;
    return true;
}

static bool adds_statement(struct compiler *c)
{
    if (!rules_list(&c->cursor, RULES_MAX_LIST, &c->ramp.adds) ||
        !rules_end(&c->cursor))
        return false;
    for (size_t i = 0; i < c->ramp.adds.n; i++)
        if (!rules_may_write(c, c->ramp.adds.parts[i].dim))
            return false;
    return true;
}

static bool close_ramp(struct compiler *c)
{
    const char *missing = c->ramp.of.n == 0     ? "of"
                          : !c->ramp_from       ? "from"
                          : c->ramp.adds.n == 0 ? "adds"
                                                : NULL;
    if (missing)
        return rules_fail(&c->in, &c->ramp_at, "this ramp has no \"%s\" line.",
                          missing);
    build_ramp(&rules_layer(c)->forward, &c->ramp, c->in.arena);
    return true;
}

/* ---- the table ---- */

static const struct statement {
    const char *word;
    enum place_in_text least, most; /* where it may stand */
    enum place_in_text opens;       /* what stands open after it */
    bool (*read)(struct compiler *c);
} statements[] = {
    {"layer", IN_NOTHING, IN_RAMP, IN_LAYER, layer_statement},
    {"head", IN_LAYER, IN_HEAD, IN_HEAD, head_statement},
    {"says", IN_HEAD, IN_HEAD, IN_HEAD, says_statement},
    {"story", IN_HEAD, IN_HEAD, IN_HEAD, story_statement},
    {"gain", IN_HEAD, IN_HEAD, IN_HEAD, gain_statement},
    {"place", IN_HEAD, IN_HEAD, IN_HEAD, rules_place},
    {"match", IN_HEAD, IN_HEAD, IN_HEAD, rules_match},
    {"alike", IN_HEAD, IN_HEAD, IN_HEAD, rules_alike},
    {"rest", IN_HEAD, IN_HEAD, IN_HEAD, rules_rest},
    {"copy", IN_HEAD, IN_HEAD, IN_HEAD, rules_copy},
    {"ramp", IN_LAYER, IN_RAMP, IN_RAMP, ramp_statement},
    {"only", IN_RAMP, IN_RAMP, IN_RAMP, only_statement},
    {"of", IN_RAMP, IN_RAMP, IN_RAMP, of_statement},
    {"from", IN_RAMP, IN_RAMP, IN_RAMP, from_statement},
    {"adds", IN_RAMP, IN_RAMP, IN_RAMP, adds_statement},
};

static bool misplaced(struct compiler *c, const struct statement *statement)
{
    static const char *const inside[] = {"a file", "a layer", "a head", "a ramp"};
    return rules_fail(&c->in, &c->now, "\"%s\" stands inside %s, but here %s is open.",
                      statement->word, inside[statement->least],
                      c->open == IN_NOTHING ? "nothing" : inside[c->open]);
}

static const struct statement *find_statement(struct compiler *c)
{
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (strcmp(statements[i].word, c->now.word) == 0)
            return &statements[i];
    rules_fail(&c->in, &c->now,
               "I don't know \"%.40s\". A line begins with layer, head, says, story, "
               "gain, place, match, alike, rest, copy, ramp, only, of, from or adds.",
               c->now.word);
    return NULL;
}

/* A head's card quotes what makes its weights: neither its name nor its sentence. */
static bool keep_line(struct compiler *c, const struct statement *statement)
{
    if (statement->least != IN_HEAD || statement->read == says_statement ||
        statement->read == story_statement)
        return true;
    if (rules_head(c)->n_lines == MOST_LINES)
        return rules_fail(&c->in, &c->now, "a head has at most %d lines.", MOST_LINES);
    build_line(rules_head(c), c->now.whole, c->in.arena);
    return true;
}

static bool read_statement(struct compiler *c)
{
    const struct statement *statement = find_statement(c);
    if (!statement)
        return false;
    if (c->open < statement->least || c->open > statement->most)
        return misplaced(c, statement);
    bool ends_ramp = statement->opens != IN_RAMP || statement->read == ramp_statement;
    if (c->open == IN_RAMP && ends_ramp && !close_ramp(c))
        return false;
    c->cursor = (struct rules_cursor){&c->in, &c->now, c->now.rest};
    if (!statement->read(c))
        return false;
    c->open = statement->opens;
    return keep_line(c, statement);
}

/* ---- the whole ---- */

static struct matrix matrix_of(const struct weight_list *list)
{
    return (struct matrix){list->at, list->n};
}

static void finish_layer(struct compiler *c, size_t l)
{
    struct layer_work *work = &c->layers[l];
    struct glass_layer *done = &c->glass->layers[l];
    for (size_t h = 0; h < work->n_heads; h++) {
        struct head_work *from = &work->heads[h];
        struct glass_head *to = &done->heads[h];
        if (from->has_place)
            build_place(from, c->in.arena);
        to->Q = matrix_of(&from->Q);
        to->K = matrix_of(&from->K);
        to->V = matrix_of(&from->V);
        to->O = matrix_of(&from->O);
        to->lines = from->lines;
        to->n_lines = from->n_lines;
    }
    done->W1 = matrix_of(&work->forward.W1);
    done->W2 = matrix_of(&work->forward.W2);
    done->b = work->forward.b;
    done->ramps = work->forward.ramps;
    done->n_neurons = 2 * work->forward.n;
}

static bool finish(struct compiler *c)
{
    struct rules_statement at = {.line = c->in.line};
    if (c->open == IN_RAMP && !close_ramp(c))
        return false;
    if (c->glass->L == 0)
        return rules_fail(&c->in, &at, "there is no \"layer 0\" in this text.");
    c->glass->H = c->layers[0].n_heads;
    for (size_t l = 0; l < c->glass->L; l++) {
        at.line = c->layers[l].line;
        if (c->layers[l].n_heads == 0)
            return rules_fail(&c->in, &at, "layer %zu has no head.", l);
        if (c->layers[l].n_heads != c->glass->H)
            return rules_fail(
                &c->in, &at,
                "layer %zu has %zu heads, but layer 0 has %zu. All layers "
                "have as many.",
                l, c->layers[l].n_heads, c->glass->H);
    }
    for (size_t l = 0; l < c->glass->L; l++)
        finish_layer(c, l);
    return true;
}

/* Control characters could make a name that a screen obeys. */
static bool is_plain(const char *text, size_t length)
{
    if (!utf8_valid(text, length))
        return false;
    for (size_t at = 0; at < length;) {
        uint32_t c = utf8_next(text, length, &at);
        if (utf8_is_control(c) && c != '\n' && c != '\r' && c != '\t')
            return false;
    }
    return true;
}

bool rules_compile(const char *text, size_t length, struct arena *arena,
                   struct glass *glass, struct err *err)
{
    struct compiler c = {.in = {text, length, 0, 1, arena, err}, .glass = glass};
    *glass = (struct glass){0};
    if (length > RULES_MAX_BYTES)
        return err_set(err, ERR_TOO_LARGE, "A rule file has at most %d bytes, not %zu.",
                       RULES_MAX_BYTES, length);
    if (!is_plain(text, length))
        return err_set(err, ERR_BAD_RULE,
                       "A rule file is plain text in UTF-8; this is not.");
    c.layers = arena_new(arena, GLASS_MAX_LAYERS, sizeof *c.layers);
    while (rules_next(&c.in, &c.now))
        if (!read_statement(&c))
            return false;
    return finish(&c);
}
