/* topics.h - what `explain` can explain: read from text that a teacher can edit.
 *
 * The text (its form is told at the top of topics.txt) may be anybody's: it is bounded
 * and checked, and an error names the line. Topics never change once read. Depends on
 * base.
 */
#ifndef ATTN_LEARN_TOPICS_H
#define ATTN_LEARN_TOPICS_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/err.h"

enum {
    TOPICS_MOST = 128,
    TOPIC_PHRASES = 16, /* of one topic */
    TOPIC_LINES = 4,    /* `here` lines, and related topics, of one */
    SYNONYMS_MOST = 160,
};

struct topic {
    const char *name, *group, *lesson; /* all given */
    const char *says;                  /* the answer in one sentence */
    const char *picture, *try, *mistake, *deeper;
    const char *here[TOPIC_LINES]; /* with slots: numbers of the sentence */
    size_t n_here;
    const char *related[TOPIC_LINES]; /* names of other topics */
    size_t n_related;
    const char *phrases[TOPIC_PHRASES]; /* ways to ask for it */
    size_t n_phrases;
};

/* Words that mean the same to a learner: `from` is read as `to`. */
struct synonym {
    const char *from, *to;
};

struct topics {
    const struct topic *at; /* [n] */
    size_t n;
    const struct synonym *synonyms; /* [n_synonyms] */
    size_t n_synonyms;
};

/* Reads `text`; what *topics points to lives in `arena`. False with ERR_BAD_FILE, whose
 * message names the line. */
MUST_USE bool topics_read(const char *text, size_t length, struct arena *arena,
                          struct topics *topics, struct err *err);

/* The topics that are built in. */
const char *topics_text(void);

/* The topic of that name, letter case aside; NULL if there is none. */
const struct topic *topics_find(const struct topics *topics, const char *name,
                                size_t length);

/* What a slot holds, in the arena or longer-lived; NULL where this sentence has none.
 */
struct slots {
    const char *(*value)(void *context, const char *name, size_t length);
    void *context;
};

/* `line` with each {slot} filled; NULL when one of them has no value. */
const char *topic_fill(const char *line, const struct slots *slots,
                       struct arena *arena);

#endif
