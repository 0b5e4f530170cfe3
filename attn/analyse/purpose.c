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
    /* of models that only look back */
    {"two back", CATEGORY_OTHER, REACH_LOCAL, TEST_LOCAL, 0, 0},
    {"itself", CATEGORY_OTHER, REACH_LOCAL, TEST_ITSELF, 0, 0},
    {"last few words", CATEGORY_OTHER, REACH_LOCAL, TEST_LOCAL, 0, 0},
    {"noun→determiner", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_NOUN,
     KIND_DETERMINER},
    {"noun→adjective", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_NOUN,
     KIND_ADJECTIVE},
    {"verb→helper", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND,
     KIND_VERB | KIND_ADJECTIVE, KIND_HELPER},
    {"object→preposition", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND,
     KIND_NOUN | KIND_PRONOUN, KIND_PREPOSITION},
    {"object→verb", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_OBJECT,
     KIND_VERB},
    {"object→subject", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_OBJECT,
     KIND_SUBJECT},
    {"verb→verb", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_VERB, KIND_VERB},
    {"connective→verb", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND, KIND_CONNECTIVE,
     KIND_VERB | KIND_ADJECTIVE},
    {"clause start", CATEGORY_SYNTACTIC, REACH_SEMANTIC, TEST_KIND,
     KIND_NOUN | KIND_VERB | KIND_ADJECTIVE | KIND_DETERMINER | KIND_PREPOSITION |
         KIND_HELPER | KIND_PRONOUN,
     KIND_CONNECTIVE | KIND_RELATIVE | KIND_PUNCTUATION},
    {"pronoun→pronoun", CATEGORY_OTHER, REACH_SEMANTIC, TEST_KIND, KIND_PRONOUN,
     KIND_PRONOUN},
    {"predicate→bearer", CATEGORY_OTHER, REACH_SEMANTIC, TEST_KIND,
     KIND_ADJECTIVE | KIND_VERB, KIND_NOUN | KIND_PRONOUN},
    {"induction", CATEGORY_OTHER, REACH_SEMANTIC, TEST_INDUCTION, 0, 0},
};

/* A variant, "previous (soft)", was built for what "previous" was. */
static size_t length_of_base(const char *head)
{
    const char *variant = strstr(head, " (");
    return variant ? (size_t)(variant - head) : strlen(head);
}

const struct purpose *purpose_of(const char *head)
{
    size_t length = head ? length_of_base(head) : 0;
    for (size_t i = 0; head && i < sizeof purposes / sizeof *purposes; i++)
        if (strlen(purposes[i].head) == length &&
            memcmp(purposes[i].head, head, length) == 0)
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
