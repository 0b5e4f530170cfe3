/* practice.h - the exercises of a session: the bank of questions, and how it went.
 *
 * Progress lives as long as the session and outlasts `set reset`. Internal to
 * attn/lang: what quiz and check share. Depends on learn/bank, lang/command.
 */
#ifndef ATTN_LANG_PRACTICE_H
#define ATTN_LANG_PRACTICE_H

#include "attn/lang/command.h"
#include "attn/learn/bank.h"

/* How often a question was shown and tried, and how it went. */
struct record {
    unsigned shown, tries, hints;
    bool right, wrong; /* ever answered so; wrong: the last answer was */
};

struct practice {
    struct arena memory; /* of the bank */
    struct bank bank;
    struct record records[BANK_MOST]; /* parallel to the bank's questions */
};

/* The session's practice, made when first asked for; practice_free() ends it (NULL is
 * allowed). NULL with *err set. */
MUST_USE struct practice *practice_of(struct session *session, struct err *err);
void practice_free(struct practice *practice);

struct record *practice_record(struct practice *practice,
                               const struct question *question);

/* "3.3  Which …", its choices a line each, how to answer: as blocks of a card. */
void practice_show(const struct question *question, struct arena *arena,
                   struct view *view);
/* The same as plain text, for a prompt. */
const char *practice_prompt(const struct question *question, struct arena *arena);

/* What is said of an answer: "Right. …" or "Not yet. …". */
const char *practice_verdict(const struct verdict *verdict, struct arena *arena);

#endif
