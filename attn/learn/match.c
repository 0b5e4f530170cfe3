#include "attn/learn/match.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "attn/base/utf8.h"

enum {
    WORDS_MOST = 48, /* of a question or phrasing */
    WORD_BYTES = 24,
    SLOTS = 4096, /* of the table of terms, which is never half full */
    TERMS_MOST = 2000,
};

static const double UNKNOWN = 1.0; /* what an unknown word counts, of a rare one */
static const double STRANGE = .4;  /* how much unknown words count against all */
static const double MISSPELT = .8; /* what a word counts that was led back */
static const double SWAPPED = .1;
static const double LIKE = .5; /* shared trigrams that make one word another */
static const double SURE = .62, UNSURE = .47; /* scores */
static const double AHEAD = .06; /* so far before the next, to be sure of it */
static const double NAMED = .08; /* the question says the topic's very name */

/* Words that say nothing of what is asked. */
static const char SMALL[] =
    " a an the is are was were be been being am do does did done can could will would "
    "shall should may might must of in on at to for from by with about as and or but "
    "if "
    "then than that this these those there here it its he she they them his her their "
    "i me my we us our you your what which who whom whose when where why how s t m re "
    "ve ll d not no dont doesnt cant isnt so very just really please tell show explain "
    "describe define give say says said call called mean means meaning has have had "
    "into up over again also too only same such some any all more "
    "most much get gets got let lets make makes made use used uses using work "
    "works thing things exactly actually idea hear keep know want need word words way "
    "go goes come comes way point plain easy between stand "
    " happen happens difference different because "
    "good like question please thanks people person someone whats whos hows thats "
    "wheres theres something "
    "end one ones instead other thing others ";

/* Words that say little, as stems: common in any English text, however rare here. */
static const char COMMON[] =
    " find found look looks see seen big small number peopl first last next alway "
    "never "
    "tak put add keep start part side tim new old high low long short becom turn chang "
    "model sentenc text still each every other one two three person insid come see "
    "always stack back form mak left right both after before off whole real exactly "
    "possible trust really track choos pick does far near large ";

static const double COMMON_COUNTS = .5;

struct words {
    char at[WORDS_MOST][WORD_BYTES];
    size_t n;
};

/* ---- from text to stems */

static bool is_in(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n)
        if (at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

static bool ends(const char *word, size_t *n, const char *with, size_t least)
{
    size_t k = strlen(with);
    if (*n < least + k || strncmp(word + *n - k, with, k) != 0)
        return false;
    *n -= k;
    return true;
}

/* Takes light endings off: scales, scaled, scaling, scale become one. */
static void stem(char *word)
{
    size_t n = strlen(word);
    bool verb = false;
    if (ends(word, &n, "ies", 3))
        word[n++] = 'y';
    else if (n > 3 && word[n - 1] == 's' && !strchr("suix", word[n - 2]))
        n--;
    verb =
        ends(word, &n, "ing", 4) || ends(word, &n, "ed", 4) || ends(word, &n, "ly", 4);
    if (verb && n > 3 && word[n - 1] == word[n - 2] && !strchr("ls", word[n - 1]))
        n--;
    if (n > 3 && word[n - 1] == 'e')
        n--;
    word[n] = '\0';
}

static void end_word(struct words *words, size_t *length)
{
    if (*length > 0 && words->n < WORDS_MOST) {
        words->at[words->n][*length] = '\0';
        words->n++;
    }
    *length = 0;
}

/* Letters and digits in runs, in lower case; an apostrophe joins and is left out. */
static void split(const char *text, size_t length, struct words *words)
{
    size_t at = 0, n = 0;
    words->n = 0;
    while (at < length && words->n < WORDS_MOST) {
        char bytes[4];
        uint32_t c = utf8_lower(utf8_next(text, length, &at));
        if (c == '\'' || c == 0x2019)
            continue;
        if (!utf8_is_letter(c) && !utf8_is_digit(c)) {
            end_word(words, &n);
            continue;
        }
        size_t size = utf8_put(bytes, c);
        if (n + size >= WORD_BYTES)
            continue; /* a longer word is known by its beginning */
        memcpy(words->at[words->n] + n, bytes, size);
        n += size;
    }
    end_word(words, &n);
}

static bool stands_at(const struct words *words, size_t at, const struct words *what)
{
    if (what->n == 0 || at + what->n > words->n)
        return false;
    for (size_t k = 0; k < what->n; k++)
        if (strcmp(words->at[at + k], what->at[k]) != 0)
            return false;
    return true;
}

/* words[at … at + n) become `to`; what no longer fits is dropped. */
static void replace(struct words *words, size_t at, size_t n, const struct words *to)
{
    struct words old = *words;
    words->n = at;
    for (size_t k = 0; k < to->n && words->n < WORDS_MOST; k++)
        memcpy(words->at[words->n++], to->at[k], WORD_BYTES);
    for (size_t k = at + n; k < old.n && words->n < WORDS_MOST; k++)
        memcpy(words->at[words->n++], old.at[k], WORD_BYTES);
}

static void same_words(const struct topics *topics, struct words *words)
{
    for (size_t s = 0; s < topics->n_synonyms; s++) {
        const struct synonym *synonym = &topics->synonyms[s];
        struct words from, to;
        split(synonym->from, strlen(synonym->from), &from);
        for (size_t i = 0; i < words->n; i++) {
            if (!stands_at(words, i, &from))
                continue;
            split(synonym->to, strlen(synonym->to), &to);
            replace(words, i, from.n, &to);
            i += to.n ? to.n - 1 : 0;
        }
    }
}

/* What a text speaks of: each word once. */
static void read_words(const struct topics *topics, const char *text, size_t length,
                       struct words *words)
{
    struct words all;
    split(text, length, &all);
    same_words(topics, &all);
    words->n = 0;
    for (size_t i = 0; i < all.n; i++) {
        bool there = is_in(SMALL, all.at[i]);
        stem(all.at[i]);
        for (size_t k = 0; k < words->n; k++)
            there = there || strcmp(words->at[k], all.at[i]) == 0;
        if (!there)
            memcpy(words->at[words->n++], all.at[i], WORD_BYTES);
    }
}

/* ---- terms */

struct term {
    char word[WORD_BYTES];
    size_t topics; /* that speak of it */
    size_t last;   /* 1 + the topic that was counted last */
    double weight; /* rare ones count more */
};

struct phrase {
    size_t topic, n;
    size_t terms[WORDS_MOST];
};

struct index {
    struct term *terms;
    size_t n_terms;
    size_t *slots; /* [SLOTS] 1 + a term; 0: free */
    struct phrase *phrases;
    size_t n_phrases;
    bool *speaks; /* [topics, TERMS_MOST] */
    double rarest;
};

static size_t slot_of(const struct index *index, const char *word)
{
    uint32_t hash = 2166136261u;
    for (const char *c = word; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t slot = hash % SLOTS;
    while (index->slots[slot] &&
           strcmp(index->terms[index->slots[slot] - 1].word, word) != 0)
        slot = (slot + 1) % SLOTS;
    return slot;
}

/* The number of a term, SIZE_MAX for one that no topic speaks of. */
static size_t find_term(const struct index *index, const char *word)
{
    size_t slot = slot_of(index, word);
    return index->slots[slot] ? index->slots[slot] - 1 : SIZE_MAX;
}

static size_t keep_term(struct index *index, const char *word)
{
    size_t slot = slot_of(index, word);
    if (!index->slots[slot] && index->n_terms < TERMS_MOST) {
        memcpy(index->terms[index->n_terms].word, word, WORD_BYTES);
        index->slots[slot] = ++index->n_terms;
    }
    return index->slots[slot] ? index->slots[slot] - 1 : SIZE_MAX;
}

static void add_phrase(struct index *index, const struct topics *topics, size_t topic,
                       const char *text)
{
    struct words words;
    struct phrase *phrase = &index->phrases[index->n_phrases++];
    size_t length = strlen(text);
    *phrase = (struct phrase){.topic = topic};
    read_words(topics, text, length < MATCH_BYTES ? length : MATCH_BYTES, &words);
    for (size_t i = 0; i < words.n; i++) {
        size_t t = keep_term(index, words.at[i]);
        if (t == SIZE_MAX)
            continue;
        phrase->terms[phrase->n++] = t;
        index->speaks[topic * TERMS_MOST + t] = true;
        index->terms[t].topics += index->terms[t].last != topic + 1;
        index->terms[t].last = topic + 1;
    }
}

static struct index index_of(const struct topics *topics, struct arena *arena)
{
    size_t room = topics->n * (TOPIC_PHRASES + 1);
    struct index index = {
        .terms = arena_new(arena, TERMS_MOST, sizeof(struct term)),
        .slots = arena_new(arena, SLOTS, sizeof(size_t)),
        .phrases = arena_new(arena, room, sizeof(struct phrase)),
        .speaks = arena_new(arena, topics->n * TERMS_MOST, sizeof(bool)),
        .rarest = log(1 + (double)topics->n),
    };
    for (size_t i = 0; i < topics->n; i++) {
        add_phrase(&index, topics, i, topics->at[i].name);
        for (size_t k = 0; k < topics->at[i].n_phrases; k++)
            add_phrase(&index, topics, i, topics->at[i].phrases[k]);
    }
    for (size_t t = 0; t < index.n_terms; t++) {
        struct term *term = &index.terms[t];
        term->weight = log(1 + (double)topics->n / (double)term->topics);
        if (is_in(COMMON, term->word))
            term->weight *= COMMON_COUNTS;
    }
    return index;
}

/* ---- misspelt words */

/* True when one letter more, less, another, or two that changed places make `b`. */
static bool one_slip(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), i = 0;
    if (n > m)
        return one_slip(b, a);
    if (m - n > 1)
        return false;
    while (i < n && a[i] == b[i])
        i++;
    if (n < m)
        return strcmp(a + i, b + i + 1) == 0;
    if (i == n)
        return true;
    return strcmp(a + i + 1, b + i + 1) == 0 ||
           (i + 1 < n && a[i] == b[i + 1] && a[i + 1] == b[i] &&
            strcmp(a + i + 2, b + i + 2) == 0);
}

/* One slip apart: whether two neighbours changed places. */
static bool swapped(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] && a[i] == b[i])
        i++;
    return a[i] && a[i + 1] && a[i] == b[i + 1] && a[i + 1] == b[i];
}

/* Two words' shared runs of three letters, their ends counted too: 0 … 1. */
static double likeness(const char *a, const char *b)
{
    char one[WORD_BYTES + 3], two[WORD_BYTES + 3];
    size_t n = strlen(a), m = strlen(b), shared = 0;
    one[0] = two[0] = '^';
    memcpy(one + 1, a, n);
    memcpy(two + 1, b, m);
    one[n + 1] = two[m + 1] = '$';
    bool taken[WORD_BYTES + 3] = {false};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            if (!taken[j] && memcmp(one + i, two + j, 3) == 0) {
                taken[j] = true;
                shared++;
                break;
            }
    return n + m ? 2 * (double)shared / (double)(n + m) : 0;
}

/* The term that an unknown word was probably meant to be; SIZE_MAX: none. */
static size_t meant(const struct index *index, const char *word, double *sure)
{
    size_t best = SIZE_MAX;
    *sure = 0;
    for (size_t t = 0; strlen(word) >= 4 && t < index->n_terms; t++) {
        const char *term = index->terms[t].word;
        double like = likeness(word, term);
        if (strlen(term) < 4 || term[0] != word[0] ||
            (like < LIKE && !one_slip(word, term)))
            continue;
        double now = one_slip(word, term) ? MISSPELT + like / 10 : MISSPELT * like;
        if (strlen(word) == strlen(term) && one_slip(word, term) && swapped(word, term))
            now += SWAPPED; /* fingers swap letters more often than they take others */
        if (now > *sure) {
            *sure = now;
            best = t;
        }
    }
    *sure = fmin(*sure, MISSPELT);
    return best;
}

/* ---- scores */

struct asked {
    size_t terms[WORDS_MOST];
    double sure[WORDS_MOST];
    size_t n;
    double sum, length; /* of the weights, unknown words included; root of squares */
    double unknown;     /* of them the unknown words' */
};

static struct asked read_question(const struct index *index, const struct words *words)
{
    struct asked asked = {0};
    double squares = 0;
    for (size_t i = 0; i < words->n; i++) {
        double sure = 1, weight = UNKNOWN * index->rarest;
        if (is_in(COMMON, words->at[i]))
            weight *= COMMON_COUNTS;
        size_t t = find_term(index, words->at[i]);
        if (t == SIZE_MAX)
            t = meant(index, words->at[i], &sure);
        if (t != SIZE_MAX) {
            asked.terms[asked.n] = t;
            asked.sure[asked.n++] = sure;
            weight = index->terms[t].weight;
        }
        asked.unknown += t == SIZE_MAX ? weight : (1 - sure) * weight;
        asked.sum += weight;
        squares += weight * weight;
    }
    asked.length = sqrt(squares);
    return asked;
}

static double cosine(const struct index *index, const struct asked *asked,
                     const struct phrase *phrase)
{
    double product = 0, squares = 0;
    for (size_t k = 0; k < phrase->n; k++) {
        double weight = index->terms[phrase->terms[k]].weight;
        squares += weight * weight;
        for (size_t i = 0; i < asked->n; i++)
            if (asked->terms[i] == phrase->terms[k])
                product += asked->sure[i] * weight * weight;
    }
    return product > 0 ? product / (sqrt(squares) * asked->length) : 0;
}

/* The share of the question that a topic speaks of. */
static double covered(const struct index *index, const struct asked *asked,
                      size_t topic)
{
    double sum = 0;
    for (size_t i = 0; i < asked->n; i++)
        if (index->speaks[topic * TERMS_MOST + asked->terms[i]])
            sum += asked->sure[i] * index->terms[asked->terms[i]].weight;
    return asked->sum > 0 ? sum / asked->sum : 0;
}

/* Each topic's first phrase is its name. */
static double *score_all(const struct index *index, const struct topics *topics,
                         const struct asked *asked, struct arena *arena)
{
    double *scores = arena_new(arena, topics->n, sizeof *scores);
    double *named = arena_new(arena, topics->n, sizeof *named);
    bool *seen = arena_new(arena, topics->n, sizeof *seen);
    double known = 1 - STRANGE * (asked->sum > 0 ? asked->unknown / asked->sum : 0);
    for (size_t p = 0; p < index->n_phrases; p++) {
        const struct phrase *phrase = &index->phrases[p];
        scores[phrase->topic] =
            fmax(scores[phrase->topic], cosine(index, asked, phrase));
        if (seen[phrase->topic])
            continue;
        seen[phrase->topic] = true;
        size_t held = 0;
        for (size_t k = 0; k < phrase->n; k++)
            for (size_t i = 0; i < asked->n; i++)
                held += asked->terms[i] == phrase->terms[k];
        named[phrase->topic] = phrase->n > 0 && held >= phrase->n ? NAMED : 0;
    }
    for (size_t i = 0; i < topics->n; i++) {
        double cover = covered(index, asked, i);
        scores[i] = (.5 * scores[i] + .5 * cover) * known;
        scores[i] += named[i] * cover * cover;
    }
    return scores;
}

struct match match_question(const struct topics *topics, const char *question,
                            size_t length, struct arena *arena)
{
    struct match match = {.level = MATCH_NONE};
    struct words words;
    struct index index = index_of(topics, arena);
    read_words(topics, question, length < MATCH_BYTES ? length : MATCH_BYTES, &words);
    struct asked asked = read_question(&index, &words);
    double *scores = score_all(&index, topics, &asked, arena);
    for (size_t k = 0; k < MATCH_BEST; k++) {
        size_t best = 0;
        for (size_t i = 1; i < topics->n; i++)
            if (scores[i] > scores[best])
                best = i;
        if (!(scores[best] > 0))
            break;
        match.topics[k] = &topics->at[best];
        match.scores[k] = scores[best];
        scores[best] = 0;
    }
    if (match.scores[0] >= UNSURE)
        match.level = MATCH_UNSURE;
    if (match.scores[0] >= SURE && match.scores[0] - match.scores[1] >= AHEAD)
        match.level = MATCH_SURE;
    return match;
}
