/* match.h - which topic a question asks for.
 *
 * A pure function of text. The question's words (small words left out, endings taken
 * off, same words made one, misspelt ones led back) are compared with the phrasings of
 * every topic. What the topics never speak of counts against them all, so that a
 * question about something else is declined. Depends on learn/topics.
 */
#ifndef ATTN_LEARN_MATCH_H
#define ATTN_LEARN_MATCH_H

#include "attn/learn/topics.h"

enum {
    MATCH_BEST = 4,    /* of the nearest topics, this many are told */
    MATCH_BYTES = 600, /* of a question at most so much is read */
};

enum match_level {
    MATCH_NONE,   /* none of them: say so, and name the nearest */
    MATCH_UNSURE, /* probably the first: say how it was read */
    MATCH_SURE,
};

struct match {
    enum match_level level;
    const struct topic
        *topics[MATCH_BEST];   /* nearest first; NULL at the end if fewer */
    double scores[MATCH_BEST]; /* 0 … 1 */
};

/* Any bytes are allowed; scratch memory comes from `arena`. */
struct match match_question(const struct topics *topics, const char *question,
                            size_t length, struct arena *arena);

#endif
