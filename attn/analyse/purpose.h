/* purpose.h - what a named head of a hand-built model was built for, as something that
 * can be tested: from which kind of word it should look to which.
 *
 * A head with few customers says nothing on most sentences. Where it is known what it
 * was built for, that is the hypothesis and the sentence the test; where it is not,
 * pattern.h searches. Names are those of the teaching model. Depends on analyse/kinds.
 */
#ifndef ATTN_ANALYSE_PURPOSE_H
#define ATTN_ANALYSE_PURPOSE_H

#include <stddef.h>

/* The five categories of head dashboards. */
enum category {
    CATEGORY_PREVIOUS,
    CATEGORY_FIRST,
    CATEGORY_BAG,
    CATEGORY_SYNTACTIC,
    CATEGORY_OTHER,
    CATEGORIES
};

/* What decides where a head looks. */
enum reach {
    REACH_LOCAL,      /* near words, whatever they are */
    REACH_GLOBAL,     /* the whole sentence */
    REACH_POSITIONAL, /* a fixed place */
    REACH_SEMANTIC,   /* what the words are and mean */
    REACHES
};

/* A test says for each row which columns it should look at. */
enum test {
    TEST_FIRST,     /* column 0 */
    TEST_PREVIOUS,  /* the token before */
    TEST_NEXT,      /* the token after */
    TEST_ITSELF,    /* its own place */
    TEST_DUPLICATE, /* earlier tokens of the same text */
    TEST_INDUCTION, /* the token after an earlier one of the same text */
    TEST_LOCAL,     /* at most TEST_WINDOW away */
    TEST_BROAD,     /* an even spread: scored by entropy, has no columns */
    TEST_SAME_WORD, /* every token of the same text, itself too */
    TEST_KIND,    /* words of one kind look at words of another (purpose.rows, .cols) */
    TEST_MEANING, /* words that name the same sort of thing */
    TEST_TOPIC,   /* words whose topics are alike */
    TESTS,
    TEST_SEARCHED = TEST_KIND /* those before it need no kinds of words */
};

enum { TEST_WINDOW = 2 };

struct purpose {
    const char *head; /* its name */
    enum category category;
    enum reach reach;
    enum test test;
    unsigned rows, cols; /* TEST_KIND: enum word_kind of the words at either end */
};

/* By name; NULL for a name that is not known, and for NULL. */
const struct purpose *purpose_of(const char *head);

const char *purpose_category(enum category category); /* "previous-token" */
const char *purpose_reach(enum reach reach);          /* "local" */
/* A test in words that go on "It looks at …": "the word before". */
const char *purpose_test(enum test test);

#endif
