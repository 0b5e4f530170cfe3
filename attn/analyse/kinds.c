#include "attn/analyse/kinds.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const float IS = 0.4F; /* values are 0 … 1; a decided one is near 1 */

struct named_kind {
    const char *dim;
    unsigned bit;
};

static const struct named_kind words[] = {
    {"is a noun", KIND_NOUN},
    {"is a verb", KIND_VERB},
    {"is an adjective", KIND_ADJECTIVE},
    {"is a determiner", KIND_DETERMINER},
    {"is a possessive", KIND_DETERMINER},
    {"is a number", KIND_DETERMINER},
    {"is a preposition", KIND_PREPOSITION},
    {"is a helper verb", KIND_HELPER},
    {"says not", KIND_HELPER},
    {"is the to of a verb", KIND_HELPER},
    {"is a pronoun", KIND_PRONOUN},
    {"opens a clause", KIND_CONNECTIVE},
    {"is and, or, but", KIND_CONNECTIVE},
    {"is a relative pronoun", KIND_RELATIVE},
    {"is punctuation", KIND_PUNCTUATION},
    {"subject", KIND_SUBJECT},
    {"object", KIND_OBJECT},
};

static const struct named_kind meanings[] = {
    {"is a person", 1 << 0},
    {"is an animal", 1 << 1},
    {"is food", 1 << 2},
    {"is a container", 1 << 3},
    {"is a way or obstacle", 1 << 4},
    {"is a place", 1 << 5},
    {"is a machine", 1 << 6},
    {"is a text", 1 << 7},
};

static size_t dim_named(const struct trace *trace, const char *name)
{
    for (size_t c = 0; c < trace->C; c++)
        if (trace->dim_names[c] && strcmp(trace->dim_names[c], name) == 0)
            return c;
    return SIZE_MAX;
}

static float value_at(const struct trace *trace, size_t row, size_t dim)
{
    return trace->hidden[(trace->L * trace->T + row) * trace->C + dim];
}

static const unsigned *read_bits(const struct trace *trace,
                                 const struct named_kind *kinds, size_t n,
                                 struct arena *arena)
{
    unsigned *bits = arena_new(arena, trace->T, sizeof *bits);
    for (size_t k = 0; k < n; k++) {
        size_t dim = dim_named(trace, kinds[k].dim);
        for (size_t i = 0; dim != SIZE_MAX && i < trace->T; i++)
            if (value_at(trace, i, dim) > IS && !(trace->rows[i].flags & TOKEN_SPECIAL))
                bits[i] |= kinds[k].bit;
    }
    return bits;
}

static const float *read_topics(const struct trace *trace, struct arena *arena)
{
    float *topic = arena_new(arena, trace->T * KINDS_TOPICS, sizeof *topic);
    for (size_t t = 0; t < KINDS_TOPICS; t++) {
        char name[32];
        snprintf(name, sizeof name, "topic %zu", t);
        size_t dim = dim_named(trace, name);
        for (size_t i = 0; dim != SIZE_MAX && i < trace->T; i++)
            topic[i * KINDS_TOPICS + t] = value_at(trace, i, dim);
    }
    return topic;
}

struct kinds kinds_of(const struct trace *trace, struct arena *arena)
{
    if (!trace->dim_names || !trace->hidden)
        return (struct kinds){0};
    return (struct kinds){
        .known = true,
        .word = read_bits(trace, words, sizeof words / sizeof *words, arena),
        .meaning =
            read_bits(trace, meanings, sizeof meanings / sizeof *meanings, arena),
        .topic = read_topics(trace, arena),
    };
}

const char *kinds_say(unsigned bits, struct arena *arena)
{
    static const char *const names[] = {"nouns",       "verbs",        "adjectives",
                                        "determiners", "prepositions", "helpers",
                                        "pronouns",    "connectives",  "relatives",
                                        "punctuation", "subjects",     "objects"};
    const char *said = "";
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        if (!(bits & 1u << k))
            continue;
        const char *before = !*said ? "" : bits >> (k + 1) ? ", " : " or ";
        said = arena_print(arena, "%s%s%s", said, before, names[k]);
    }
    return said;
}

double kinds_likeness(const struct kinds *kinds, size_t a, size_t b)
{
    const float *one = kinds->topic + a * KINDS_TOPICS;
    const float *other = kinds->topic + b * KINDS_TOPICS;
    double product = 0, length = 0, length2 = 0;
    for (size_t t = 0; t < KINDS_TOPICS; t++) {
        product += (double)one[t] * (double)other[t];
        length += (double)one[t] * (double)one[t];
        length2 += (double)other[t] * (double)other[t];
    }
    return length > 0 && length2 > 0 ? product / sqrt(length * length2) : 0;
}
