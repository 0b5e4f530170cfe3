#include "attn/model/lexicon_spell.h"

#include <stdint.h>
#include <string.h>

#include "attn/model/lexicon_table.h"

enum {
    SHORTEST = 5, /* below that every second word is near another */
    LONGEST = 20,
};
static const float LEAST = 3; /* the least common word that is offered */

struct search {
    const char *word;
    size_t length;
    char trial[LONGEST + 1];
    size_t best;
    float score; /* of best */
};

/* Takes `n` bytes of the trial for the best if it is a more common word. A swap is the
 * likeliest slip, a wrong first letter the unlikeliest. */
static void consider(struct search *s, size_t n, bool swapped)
{
    if (!lexicon_table_sieve(s->trial, n))
        return;
    size_t at = lexicon_table_find(s->trial, n);
    float score = lexicon_table_weight(at);
    if (score <= 0)
        return;
    if (swapped)
        score = score * 4 + 6;
    if (s->trial[0] != s->word[0])
        score *= .1F;
    if (score > s->score) {
        s->best = at;
        s->score = score;
    }
}

static void try_swaps(struct search *s)
{
    memcpy(s->trial, s->word, s->length);
    for (size_t i = 0; i + 1 < s->length; i++) {
        s->trial[i] = s->word[i + 1];
        s->trial[i + 1] = s->word[i];
        consider(s, s->length, true);
        s->trial[i] = s->word[i];
        s->trial[i + 1] = s->word[i + 1];
    }
}

static void try_without(struct search *s)
{
    for (size_t i = 0; i < s->length; i++) {
        memcpy(s->trial, s->word, i);
        memcpy(s->trial + i, s->word + i + 1, s->length - i - 1);
        consider(s, s->length - 1, false);
    }
}

static void try_with_one_more(struct search *s)
{
    for (size_t i = 0; i <= s->length; i++) {
        memcpy(s->trial, s->word, i);
        memcpy(s->trial + i + 1, s->word + i, s->length - i);
        for (int c = 'a'; c <= 'z'; c++) {
            s->trial[i] = (char)c;
            consider(s, s->length + 1, false);
        }
    }
}

/* "soooo" as "so", then as "soo"; SIZE_MAX where no letter comes three times. */
static size_t shortened(const char *word, size_t length)
{
    for (size_t most = 1; most <= 2; most++) {
        char trial[LONGEST];
        size_t n = 0, run = 0;
        bool drawn_out = false;
        for (size_t i = 0; i < length; i++) {
            run = i > 0 && word[i] == word[i - 1] ? run + 1 : 1;
            bool long_run =
                run >= 3 ||
                (i + 2 < length && word[i] == word[i + 1] && word[i] == word[i + 2]) ||
                (run == 2 && i + 1 < length && word[i] == word[i + 1]);
            drawn_out |= long_run;
            if (!long_run || run <= most)
                trial[n++] = word[i];
        }
        size_t at = drawn_out ? lexicon_table_find(trial, n) : SIZE_MAX;
        if (lexicon_table_kind(at) & LEXICON_ENTRY)
            return at;
    }
    return SIZE_MAX;
}

size_t lexicon_spell(const char *word, size_t length)
{
    if (length > LONGEST)
        return SIZE_MAX;
    size_t at = shortened(word, length);
    if (at != SIZE_MAX || length < SHORTEST)
        return at;
    struct search s = {
        .word = word, .length = length, .best = SIZE_MAX, .score = LEAST};
    try_swaps(&s);
    try_without(&s);
    try_with_one_more(&s);
    return s.best;
}
