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

bool rules_no_places(struct compiler *c, const struct rules_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (c->glass->stream->kinds[list->parts[i].dim] == STREAM_PLACE)
            return rules_fail(
                &c->in, &c->now,
                "\"%s\" is part of a word's place; only a place line uses "
                "it.",
                c->glass->stream->names[list->parts[i].dim]);
    return true;
}

bool rules_may_write(struct compiler *c, size_t dim)
{
    return c->glass->stream->kinds[dim] == STREAM_FREE ||
           rules_fail(&c->in, &c->now, "\"%s\" may be read but not written.",
                      c->glass->stream->names[dim]);
}

bool rules_said(struct compiler *c, const char **text)
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

/* ---- what the whole file is about ---- */

static const char *stream_names(struct compiler *c)
{
    const char *names = "";
    for (size_t i = 0; stream_at(i); i++)
        names = arena_print(c->in.arena, "%s%s%s", names, i ? ", " : "",
                            stream_at(i)->name);
    return names;
}

static bool name_stream(struct compiler *c, const struct stream **stream)
{
    *stream = stream_find(c->now.rest);
    return *stream || rules_fail(&c->in, &c->now,
                                 "I don't know the stream \"%.40s\". There is: %s.",
                                 c->now.rest, stream_names(c));
}

static bool stream_statement(struct compiler *c)
{
    return name_stream(c, &c->glass->stream);
}

static bool source_statement(struct compiler *c)
{
    return name_stream(c, &c->glass->source);
}

static bool causal_statement(struct compiler *c)
{
    c->glass->causal = true;
    return rules_end(&c->cursor);
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

static bool open_head(struct compiler *c, struct head_work *heads, size_t *n)
{
    const char *name;
    if (!rules_said(c, &name))
        return false;
    if (*n == GLASS_MAX_HEADS)
        return rules_fail(&c->in, &c->now, "a layer has at most %d heads.",
                          GLASS_MAX_HEADS);
    c->head = &heads[(*n)++];
    *c->head = (struct head_work){.D = c->glass->stream->slots,
                                  .made = {.gain = 1, .label.name = name}};
    return true;
}

static bool head_statement(struct compiler *c)
{
    return open_head(c, rules_layer(c)->heads, &rules_layer(c)->n_heads);
}

static bool cross_statement(struct compiler *c)
{
    if (!c->glass->source)
        return rules_fail(
            &c->in, &c->now,
            "a cross head looks at another model's words: a line \"source "
            "lesson\" before the first layer names their stream.");
    if (!open_head(c, rules_layer(c)->cross, &rules_layer(c)->n_cross))
        return false;
    c->head->cross = true;
    return true;
}

static bool next_statement(struct compiler *c)
{
    if (c->next)
        return rules_fail(&c->in, &c->now, "there is a \"next\" already.");
    if (c->n_words == 0)
        return rules_fail(
            &c->in, &c->now,
            "what comes next needs words to choose from: lines of \"words\" "
            "before the first layer.");
    c->next = arena_new(c->in.arena, 1, sizeof *c->next);
    *c->next = (struct head_work){.D = GLASS_NEXT_SLOTS,
                                  .made = {.gain = 1, .label.name = "next"}};
    c->head = c->next;
    return rules_end(&c->cursor);
}

static bool says_statement(struct compiler *c)
{
    return rules_said(c, &c->head->made.label.does);
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
    c->head->made.label.story = (int)number;
    return true;
}

/* ---- the table ---- */

static const struct statement {
    const char *word;
    enum place_in_text least, most; /* where it may stand */
    enum place_in_text opens;       /* what stands open after it */
    bool (*read)(struct compiler *c);
} statements[] = {
    {"stream", IN_NOTHING, IN_NOTHING, IN_NOTHING, stream_statement},
    {"source", IN_NOTHING, IN_NOTHING, IN_NOTHING, source_statement},
    {"causal", IN_NOTHING, IN_NOTHING, IN_NOTHING, causal_statement},
    {"words", IN_NOTHING, IN_NOTHING, IN_NOTHING, rules_words},
    {"layer", IN_NOTHING, IN_RAMP, IN_LAYER, layer_statement},
    {"head", IN_LAYER, IN_HEAD, IN_HEAD, head_statement},
    {"cross", IN_LAYER, IN_HEAD, IN_HEAD, cross_statement},
    {"says", IN_HEAD, IN_HEAD, IN_HEAD, says_statement},
    {"story", IN_HEAD, IN_HEAD, IN_HEAD, story_statement},
    {"gain", IN_HEAD, IN_HEAD, IN_HEAD, rules_gain},
    {"like", IN_HEAD, IN_HEAD, IN_HEAD, rules_like},
    {"place", IN_HEAD, IN_HEAD, IN_HEAD, rules_place},
    {"match", IN_HEAD, IN_HEAD, IN_HEAD, rules_match},
    {"alike", IN_HEAD, IN_HEAD, IN_HEAD, rules_alike},
    {"rest", IN_HEAD, IN_HEAD, IN_HEAD, rules_rest},
    {"copy", IN_HEAD, IN_HEAD, IN_HEAD, rules_copy},
    {"ramp", IN_LAYER, IN_RAMP, IN_RAMP, rules_ramp},
    {"only", IN_RAMP, IN_RAMP, IN_RAMP, rules_only},
    {"of", IN_RAMP, IN_RAMP, IN_RAMP, rules_of},
    {"from", IN_RAMP, IN_RAMP, IN_RAMP, rules_from},
    {"adds", IN_RAMP, IN_RAMP, IN_RAMP, rules_adds},
    {"next", IN_LAYER, IN_RAMP, IN_HEAD, next_statement},
};

static bool misplaced(struct compiler *c, const struct statement *statement)
{
    static const char *const inside[] = {"a file", "a layer", "a head", "a ramp"};
    if (statement->most == IN_NOTHING)
        return rules_fail(&c->in, &c->now, "\"%s\" stands before the first layer.",
                          statement->word);
    return rules_fail(&c->in, &c->now, "\"%s\" stands inside %s, but here %s is open.",
                      statement->word, inside[statement->least],
                      c->open == IN_NOTHING ? "nothing" : inside[c->open]);
}

static const struct statement *find_statement(struct compiler *c)
{
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (strcmp(statements[i].word, c->now.word) == 0)
            return &statements[i];
    rules_fail(
        &c->in, &c->now,
        "I don't know \"%.40s\". A line begins with layer, head, says, story, like, "
        "gain, place, match, alike, rest, copy, ramp, only, of, from, adds, cross, "
        "stream, source, causal, words or next.",
        c->now.word);
    return NULL;
}

bool rules_keep_line(struct compiler *c)
{
    if (c->head->n_lines == MOST_LINES)
        return rules_fail(&c->in, &c->now, "a head has at most %d lines.", MOST_LINES);
    build_line(c->head, c->now.whole, c->in.arena);
    return true;
}

/* A head's card quotes what makes its weights: neither its name nor its sentence. */
static bool keep_line(struct compiler *c, const struct statement *statement)
{
    if (statement->least != IN_HEAD || statement->read == says_statement ||
        statement->read == story_statement || statement->read == rules_like)
        return true; /* what a head is like is filled in when it closes */
    return rules_keep_line(c);
}

static bool read_statement(struct compiler *c)
{
    const struct statement *statement = find_statement(c);
    if (!statement)
        return false;
    if (c->open < statement->least || c->open > statement->most)
        return misplaced(c, statement);
    bool ends_ramp = statement->opens != IN_RAMP || statement->read == rules_ramp;
    if (c->open == IN_RAMP && ends_ramp && !rules_close_ramp(c))
        return false;
    if (c->open == IN_HEAD && statement->least != IN_HEAD && !rules_close_head(c))
        return false;
    c->cursor = (struct rules_cursor){&c->in, &c->now, c->now.rest, c->glass->stream};
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

static const struct glass_head *finish_heads(struct compiler *c, struct head_work *work,
                                             size_t n)
{
    struct glass_head *made = arena_new(c->in.arena, n, sizeof *made);
    for (size_t h = 0; h < n; h++) {
        struct head_work *from = &work[h];
        if (from->has_place)
            build_place(from, c->in.arena);
        made[h] = from->made;
        made[h].Q = matrix_of(&from->Q);
        made[h].K = matrix_of(&from->K);
        made[h].V = matrix_of(&from->V);
        made[h].O = matrix_of(&from->O);
        made[h].lines = from->lines;
        made[h].n_lines = from->n_lines;
    }
    return made;
}

static struct glass_layer finish_layer(struct compiler *c, struct layer_work *work)
{
    return (struct glass_layer){.heads = finish_heads(c, work->heads, work->n_heads),
                                .cross = finish_heads(c, work->cross, work->n_cross),
                                .W1 = matrix_of(&work->forward.W1),
                                .W2 = matrix_of(&work->forward.W2),
                                .b = work->forward.b,
                                .ramps = work->forward.ramps,
                                .n_neurons = 2 * work->forward.n};
}

/* All layers have as many heads, and as many cross heads. */
static bool same_heads(struct compiler *c)
{
    const struct layer_work *first = c->layers;
    for (size_t l = 0; l < c->glass->L; l++) {
        const struct layer_work *layer = &c->layers[l];
        struct rules_statement at = {.line = layer->line};
        bool heads = layer->n_heads != first->n_heads;
        if (layer->n_heads == 0)
            return rules_fail(&c->in, &at, "layer %zu has no head.", l);
        if (heads || layer->n_cross != first->n_cross)
            return rules_fail(&c->in, &at,
                              "layer %zu has %zu %sheads, but layer 0 has %zu. All "
                              "layers have as many.",
                              l, heads ? layer->n_heads : layer->n_cross,
                              heads ? "" : "cross ",
                              heads ? first->n_heads : first->n_cross);
    }
    return true;
}

static bool finish(struct compiler *c)
{
    struct rules_statement at = {.line = c->in.line};
    struct glass *glass = c->glass;
    if ((c->open == IN_RAMP && !rules_close_ramp(c)) ||
        (c->open == IN_HEAD && !rules_close_head(c)))
        return false;
    if (glass->L == 0)
        return rules_fail(&c->in, &at, "there is no \"layer 0\" in this text.");
    if (!same_heads(c))
        return false;
    struct glass_layer *made = arena_new(c->in.arena, glass->L, sizeof *made);
    for (size_t l = 0; l < glass->L; l++)
        made[l] = finish_layer(c, &c->layers[l]);
    glass->H = c->layers[0].n_heads;
    glass->X = c->layers[0].n_cross;
    glass->layers = made;
    if (c->next)
        glass->next = finish_heads(c, c->next, 1);
    rules_finish_words(c);
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
    *glass = (struct glass){.stream = stream_at(0)};
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
