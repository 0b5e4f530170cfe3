/* gold.h - reading the sets of tests/data/glass: sentences with the links that a
 * careful reader draws (see the README there). For the tests of rooms model and lang.
 */
#ifndef TESTS_GOLD_H
#define TESTS_GOLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "attn/base/utf8.h"
#include "attn/model/model.h"

/* The jobs of the sets, and the head that does each. */
static const struct job {
    const char *name, *head;
} jobs[] = {
    {"prev", "previous"},
    {"next", "next"},
    {"same", "same word"},
    {"first", "first token"},
    {"det", "determiner→noun"},
    {"adj", "adjective→noun"},
    {"aux", "helper→verb"},
    {"prep", "preposition→object"},
    {"subj", "verb→subject"},
    {"pred", "verb→subject"},
    {"obj", "verb→object"},
    {"conj", "joined by and"},
    {"topic", "topic"},
    {"rel", "relative→noun"},
    {"coref", "pronoun→antecedent"},
    {"corefx", "pronoun→antecedent"},
};
enum { JOBS = sizeof jobs / sizeof *jobs };

static inline size_t find_job(const char *name)
{
    for (size_t i = 0; i < JOBS; i++)
        if (strcmp(jobs[i].name, name) == 0)
            return i;
    fail_msg("no head is known for %s", name);
    return 0;
}

static inline size_t find_head(const struct trace *trace, const char *name)
{
    for (size_t i = 0; i < trace->L * trace->H; i++)
        if (trace->heads[i].name && strcmp(trace->heads[i].name, name) == 0)
            return i;
    fail_msg("the model has no head %s", name);
    return 0;
}

/* The code point where token `wanted` of the set begins: the sets were cut by another
 * tokenizer, which knew no "Mr." and wrote straight apostrophes. */
static inline size_t token_start(const char *sentence, const json_t *tokens,
                                 size_t wanted)
{
    struct buf straight;
    buf_init(&straight, 100000);
    for (const char *s = sentence; *s;) {
        bool curly = strncmp(s, "\xE2\x80\x99", 3) == 0;
        buf_char(&straight, curly ? '\'' : *s);
        s += curly ? 3 : 1;
    }
    const char *at = straight.at;
    for (size_t i = 0; at && i <= wanted; i++) {
        const char *token = json_string_value(json_array_get(tokens, i));
        at = strstr(at, token);
        if (at && i < wanted)
            at += strlen(token);
    }
    assert_non_null(at);
    size_t start = utf8_count(straight.at, (size_t)(at - straight.at));
    buf_free(&straight);
    return start;
}

/* The row of a [position, "word"] of the set; [-1, "<s>"] is row 0. */
static inline size_t row_of(const struct trace *trace, const json_t *item,
                            const json_t *place)
{
    json_int_t position = json_integer_value(json_array_get(place, 0));
    if (position < 0)
        return 0;
    size_t start =
        token_start(trace->sentence, json_object_get(item, "tokens"), (size_t)position);
    for (size_t i = 1; i < trace->T; i++)
        if (trace->rows[i].start <= start && start < trace->rows[i].end)
            return i;
    fail_msg("no token at %zu of: %s", start, trace->sentence);
    return 0;
}

static inline bool is_right(const struct trace *trace, const json_t *item,
                            const json_t *link, size_t best)
{
    const json_t *alt = json_object_get(link, "alt");
    if (best == row_of(trace, item, json_object_get(link, "to")))
        return true;
    for (size_t i = 0; i < json_array_size(alt); i++)
        if (best == row_of(trace, item, json_array_get(alt, i)))
            return true;
    return false;
}

/* The column that a row weighs most, the resting place included. */
static inline size_t best_of(const struct trace *trace, size_t head, size_t row)
{
    const float *weights = trace_row(trace, head / trace->H, head % trace->H, row);
    size_t best = 0;
    for (size_t j = 1; j < trace->S; j++)
        if (weights[j] > weights[best])
            best = j;
    return best;
}

/* Several honest answers: the item or the link says so. */
static inline bool is_ambiguous(const json_t *item, const json_t *link)
{
    return json_is_true(json_object_get(link, "ambiguous")) ||
           json_is_true(json_object_get(item, "ambiguous"));
}

static inline const char *kind_of(const json_t *item)
{
    const char *kind = json_string_value(json_object_get(item, "kind"));
    return kind ? kind : "";
}

/* Runs each sentence of a set through the model and hands it to `judge`. */
static inline void gold_each(const char *path,
                             void (*judge)(const struct trace *trace,
                                           const json_t *item, void *context),
                             void *context)
{
    struct err err = {0};
    json_error_t why;
    const struct model_options options = {0};
    json_t *set = json_load_file(path, 0, &why);
    struct model *model = model_open("lesson", &err);
    if (!set || !model)
        fail_msg("%s: %s%s", path, set ? "" : why.text, err.text);
    for (size_t i = 0; i < json_array_size(set); i++) {
        const json_t *item = json_array_get(set, i);
        const char *sentence = json_string_value(json_object_get(item, "sentence"));
        struct trace trace = {0};
        const struct model_input input = {.text = sentence, .length = strlen(sentence)};
        if (!model_run(model, &input, &options, &trace, &err))
            fail_msg("%s: %s", sentence, err.text);
        judge(&trace, item, context);
        trace_free(&trace);
    }
    model_close(model);
    json_decref(set);
}

#endif
