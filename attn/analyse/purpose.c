#include "attn/analyse/purpose.h"

#include <string.h>

#include "attn/analyse/kinds.h"

static const struct purpose purposes[] = {
    {"previous", CATEGORY_PREVIOUS, REACH_LOCAL, TEST_PREVIOUS, 0, 0},
    {"next", CATEGORY_OTHER, REACH_LOCAL, TEST_NEXT, 0, 0},
    {"same word", CATEGORY_OTHER, REACH_SEMANTIC, TEST_SAME_WORD, 0, 0},
    {"first token", CATEGORY_FIRST, REACH_POSITIONAL, TEST_FIRST, 0, 0},
    {"neighbours", CATEGORY_OTHER, REACH_LOCAL, TEST_LOCAL, 0, 0},
    {"bag of words", CATEGORY_BAG, REACH_GLOBAL, TEST_BROAD, 0, 0},
    {"determiner→noun", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_DETERMINER,
     KIND_NOUN},
    {"adjective→noun", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_ADJECTIVE,
     KIND_NOUN},
    {"helper→verb", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_HELPER,
     KIND_VERB | KIND_ADJECTIVE},
    {"preposition→object", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND,
     KIND_PREPOSITION, KIND_NOUN | KIND_PRONOUN},
    {"who governs me?", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND,
     KIND_NOUN | KIND_PRONOUN | KIND_RELATIVE | KIND_CONNECTIVE,
     KIND_VERB | KIND_PREPOSITION | KIND_HELPER | KIND_CONNECTIVE | KIND_RELATIVE |
         KIND_PUNCTUATION},
    {"pronoun→predicate", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_PRONOUN,
     KIND_VERB | KIND_ADJECTIVE | KIND_NOUN},
    {"verb→subject", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND,
     KIND_VERB | KIND_HELPER | KIND_ADJECTIVE, KIND_SUBJECT | KIND_RELATIVE},
    {"verb→object", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_VERB,
     KIND_OBJECT},
    {"pronoun→connective", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_PRONOUN,
     KIND_CONNECTIVE},
    {"joined by and", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND,
     KIND_NOUN | KIND_VERB | KIND_ADJECTIVE | KIND_PRONOUN,
     KIND_NOUN | KIND_VERB | KIND_ADJECTIVE | KIND_PRONOUN},
    {"topic", CATEGORY_OTHER, REACH_SEMANTIC, TEST_TOPIC, 0, 0},
    {"relative→noun", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_RELATIVE,
     KIND_NOUN},
    {"pronoun→antecedent", CATEGORY_OTHER, REACH_SEMANTIC, TEST_KIND, KIND_PRONOUN,
     KIND_NOUN | KIND_PRONOUN},
    {"cause link", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_CONNECTIVE,
     KIND_VERB | KIND_ADJECTIVE},
    {"same kind", CATEGORY_OTHER, REACH_SEMANTIC, TEST_MEANING, 0, 0},
    {"gist", CATEGORY_BAG, REACH_GLOBAL, TEST_BROAD, 0, 0},
    {"full stop", CATEGORY_OTHER, REACH_SEMANTIC, TEST_KIND, KIND_PUNCTUATION,
     KIND_NOUN | KIND_VERB | KIND_ADJECTIVE},
    {"earlier mention", CATEGORY_OTHER, REACH_SEMANTIC, TEST_DUPLICATE, 0, 0},
};

const struct purpose *purpose_of(const char *head)
{
    for (size_t i = 0; head && i < sizeof purposes / sizeof *purposes; i++)
        if (strcmp(purposes[i].head, head) == 0)
            return &purposes[i];
    return NULL;
}

const char *purpose_category(enum category category)
{
    static const char *const names[CATEGORIES] = {"previous-token", "first",
                                                  "bag-of-words", "syntactic", "other"};
    return names[category];
}

const char *purpose_reach(enum reach reach)
{
    static const char *const names[REACHES] = {"local", "global", "positional",
                                               "semantic"};
    return names[reach];
}

const char *purpose_test(enum test test)
{
    static const char *const names[TESTS] = {
        [TEST_FIRST] = "the first token",
        [TEST_PREVIOUS] = "the word before",
        [TEST_NEXT] = "the word after",
        [TEST_ITSELF] = "itself",
        [TEST_DUPLICATE] = "the same word earlier",
        [TEST_INDUCTION] = "what followed the same word earlier",
        [TEST_LOCAL] = "words at most 2 away",
        [TEST_BROAD] = "many words evenly",
        [TEST_SAME_WORD] = "the same word, wherever it stands",
        [TEST_KIND] = "one kind of word",
        [TEST_MEANING] = "words for the same sort of thing",
        [TEST_TOPIC] = "words of the same subject",
    };
    return names[test];
}
