#include "attn/analyse/story.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The teaching models' heads that the rule R* speaks of, by what they are called. */
static const char PRONOUN[] = "pronoun→antecedent";
static const char SUBJECT[] = "verb→subject";
static const char PREVIOUS[] = "previous", SAME_WORD[] = "same word";
static const char INDUCTION[] = "induction";
static const char *const PHRASES[] = {
    "determiner→noun",    "adjective→noun",     "helper→verb",
    "preposition→object", "noun→determiner",    "noun→adjective",
    "verb→helper",        "object→preposition", "who governs me?"};

static const float RESTS = 0.5f; /* more than this on special tokens: no customer */
static const float MOSTLY_RESTS = .8f; /* more than this: the row would look empty */
static const float AS_GOOD = 0.05f;
static const float LINK = 0.5f;
static const float EITHER_GAP = 0.35f, EITHER_LEAST = 0.15f;

enum { NONE = -1 };

static int head_named(const struct trace *trace, const char *name)
{
    for (size_t h = 0; trace->heads && h < trace->L * trace->H; h++)
        if (trace->heads[h].name && strcmp(trace->heads[h].name, name) == 0)
            return (int)h;
    return NONE;
}

static int story_order(const struct trace *trace, size_t head)
{
    return trace->heads ? trace->heads[head].story : 0;
}

/* `previous` tells places, not a story. */
static bool tells_places(const struct trace *trace, size_t head)
{
    const char *name = trace->heads ? trace->heads[head].name : NULL;
    return name && strcmp(name, PREVIOUS) == 0;
}

/* Phrase heads are background to the story: true, and rarely what one came to see. */
static bool tells_phrases(const struct trace *trace, size_t head)
{
    const char *name = trace->heads ? trace->heads[head].name : NULL;
    for (size_t i = 0; name && i < sizeof PHRASES / sizeof *PHRASES; i++)
        if (strcmp(name, PHRASES[i]) == 0)
            return true;
    return false;
}

static const float *row_of(const struct trace *trace, size_t head, size_t row)
{
    return trace_row(trace, head / trace->H, head % trace->H, row);
}

/* How much of a row lies on special tokens. */
static float resting(const struct trace *trace, size_t head, size_t row)
{
    const float *weights = row_of(trace, head, row);
    float sum = 0;
    for (size_t j = 0; j < trace->S; j++)
        sum += trace->cols[j].flags & TOKEN_SPECIAL ? weights[j] : 0;
    return sum;
}

/* The column of a typed word with most weight but for `skip`; SIZE_MAX if there is
 * none. */
static size_t best_column(const struct trace *trace, const float *weights, size_t skip)
{
    size_t best = SIZE_MAX;
    for (size_t j = 0; j < trace->S; j++) {
        if (j == skip || trace->cols[j].flags & TOKEN_SPECIAL)
            continue;
        if (best == SIZE_MAX || weights[j] > weights[best])
            best = j;
    }
    return best;
}

/* Of the story heads from `first` to before `end`, but for those for places, the one
 * that rests least in `row`; NONE if all rest. */
static int speaker_among(const struct trace *trace, size_t row, size_t first,
                         size_t end)
{
    int best = NONE;
    float best_rest = RESTS;
    for (size_t h = first; h < end; h++) {
        int order = story_order(trace, h);
        if (order == 0 || tells_places(trace, h))
            continue;
        float rest = resting(trace, h, row);
        bool earlier = best != NONE && order < story_order(trace, (size_t)best);
        float bar = best == NONE ? RESTS : best_rest + (earlier ? AS_GOOD : -AS_GOOD);
        if (rest < bar) {
            best = (int)h;
            best_rest = rest;
        }
    }
    return best;
}

static int speaker_for(const struct trace *trace, size_t row)
{
    return speaker_among(trace, row, 0, trace->L * trace->H);
}

size_t story_head_in_layer(const struct trace *trace, size_t layer, size_t row)
{
    size_t first = layer * trace->H, best = first;
    int speaker = speaker_among(trace, row, first, first + trace->H);
    if (speaker != NONE)
        return (size_t)speaker - first;
    for (size_t h = first + 1; h < first + trace->H; h++)
        if (resting(trace, h, row) < resting(trace, best, row))
            best = h;
    return best - first;
}

static size_t least_resting(const struct trace *trace, size_t row)
{
    size_t best = 0;
    for (size_t h = 1; h < trace->L * trace->H; h++)
        if (resting(trace, h, row) <= resting(trace, best, row))
            best = h;
    return best;
}

static size_t head_for(const struct trace *trace, size_t row)
{
    int head = speaker_for(trace, row);
    if (head == NONE)
        head = head_named(trace, PREVIOUS);
    return head == NONE ? least_resting(trace, row) : (size_t)head;
}

void story_head_for(const struct trace *trace, size_t row, size_t *layer, size_t *head)
{
    size_t best = head_for(trace, row);
    *layer = best / trace->H;
    *head = best % trace->H;
}

/* "git commit -m": a dash between a blank and a letter begins an option. */
static bool is_option(const char *sentence, const char *c)
{
    bool letter = (c[1] >= 'a' && c[1] <= 'z') || c[1] == '-';
    return *c == '-' && letter && c > sentence && c[-1] == ' ';
}

/* Program text: at least two of the characters that prose does not use. */
static bool looks_like_code(const char *sentence)
{
    int marks = strstr(sentence, "&&") ? 2 : 0;
    for (const char *c = sentence; *c; c++)
        marks += strchr("(){}[]=;<>_|", *c) != NULL || is_option(sentence, c);
    return marks >= 2;
}

/* Words of English grammar count twice: "the gloppy snorf blimmed a tiny wug" is
 * nonsense, but English nonsense. */
static bool mostly_unknown(const struct trace *trace)
{
    size_t words = 0, known = 0;
    for (size_t i = 0; i < trace->T; i++) {
        if (trace->rows[i].flags & (TOKEN_SPECIAL | TOKEN_PUNCTUATION | TOKEN_NUMBER))
            continue;
        size_t counts = trace->rows[i].flags & TOKEN_GRAMMAR ? 2 : 1;
        words += counts;
        known += trace->rows[i].flags & TOKEN_KNOWN ? counts : 0;
    }
    return words > 0 && known * 2 < words;
}

/* The row that rests least in `head` (the first of equals within AS_GOOD) among those
 * with a flag of `flags` (0: any); SIZE_MAX when all rest. */
static size_t busiest_row(const struct trace *trace, int head, unsigned flags)
{
    size_t best = SIZE_MAX;
    float best_rest = RESTS;
    for (size_t i = 0; head != NONE && i < trace->T; i++) {
        if (trace->rows[i].flags & TOKEN_SPECIAL ||
            (flags && !(trace->rows[i].flags & flags)))
            continue;
        float rest = resting(trace, (size_t)head, i);
        if (rest < best_rest - (best == SIZE_MAX ? 0 : AS_GOOD)) {
            best = i;
            best_rest = rest;
        }
    }
    return best;
}

static size_t first_word(const struct trace *trace)
{
    for (size_t i = 0; i < trace->T; i++)
        if (!(trace->rows[i].flags & TOKEN_SPECIAL))
            return i;
    return 0;
}

/* The last word that has another before it: what a head for places can show. */
static size_t last_word(const struct trace *trace)
{
    for (size_t i = trace->T; i-- > 0;)
        if (!(trace->rows[i].flags & (TOKEN_SPECIAL | TOKEN_PUNCTUATION)))
            return i;
    return first_word(trace);
}

static void choose(struct story *story, const struct trace *trace, int head, size_t row)
{
    size_t h = head == NONE ? least_resting(trace, row) : (size_t)head;
    story->layer = h / trace->H;
    story->head = h % trace->H;
    story->row = row;
}

/* Where `same word` finds another copy of the row's word: the strongest, of equals the
 * nearest before it, else the nearest after; SIZE_MAX where there is none. Brackets and
 * dots repeat too, but tell nothing. */
static size_t other_copy(const struct trace *trace, int same, size_t row)
{
    if (same == NONE || trace->rows[row].flags & (TOKEN_SPECIAL | TOKEN_PUNCTUATION) ||
        resting(trace, (size_t)same, row) >= RESTS)
        return SIZE_MAX;
    const float *weights = row_of(trace, (size_t)same, row);
    size_t best = best_column(trace, weights, SIZE_MAX);
    if (best == SIZE_MAX || best == row || weights[best] < EITHER_LEAST)
        return SIZE_MAX;
    float least = weights[best] - AS_GOOD;
    for (size_t j = row; j-- > 0;)
        if (j < trace->S && weights[j] >= least &&
            !(trace->cols[j].flags & TOKEN_SPECIAL))
            return j;
    return best;
}

/* The last word in code that stands there before: a name that is used again. */
static size_t used_again(const struct trace *trace, int same)
{
    for (size_t i = trace->T; i-- > 0;)
        if (other_copy(trace, same, i) < i)
            return i;
    return SIZE_MAX;
}

/* The last row that finds itself in a pattern seen before; SIZE_MAX if none does. */
static size_t last_repeated(const struct trace *trace)
{
    int induction = head_named(trace, INDUCTION);
    for (size_t i = trace->T; induction != NONE && i-- > 0;)
        if (resting(trace, (size_t)induction, i) < RESTS)
            return i;
    return SIZE_MAX;
}

/* Position heads only: in code a name that is used again, else the word before. */
static void tell_places(struct story *story, const struct trace *trace)
{
    size_t repeated = last_repeated(trace);
    if (repeated != SIZE_MAX) {
        story->kind = STORY_REPEAT;
        choose(story, trace, head_named(trace, INDUCTION), repeated);
        return;
    }
    int head = head_named(trace, SAME_WORD);
    size_t row = story->kind == STORY_CODE ? used_again(trace, head) : SIZE_MAX;
    if (row == SIZE_MAX) {
        head = head_named(trace, PREVIOUS);
        row = last_word(trace);
    }
    choose(story, trace, head, row);
}

/* A decoder, which has no such heads: what stands last decides what comes next, so
 * the last row that looks at another word is told. SIZE_MAX where there is none. */
static size_t last_that_looks(const struct trace *trace)
{
    for (size_t row = trace->T; row-- > 0;) {
        int head = speaker_for(trace, row);
        bool special = trace->rows[row].flags & TOKEN_SPECIAL;
        if (head == NONE || special || tells_phrases(trace, (size_t)head))
            continue;
        if (best_column(trace, row_of(trace, (size_t)head, row), SIZE_MAX) != row)
            return row;
    }
    return SIZE_MAX;
}

static bool has_names(const struct trace *trace)
{
    for (size_t h = 0; trace->heads && h < trace->L * trace->H; h++)
        if (trace->heads[h].name)
            return true;
    return false;
}

/* A learned model, whose heads have no names: the first pronoun for which a head of the
 * story speaks. SIZE_MAX where there is none. */
static size_t pronoun_that_looks(const struct trace *trace)
{
    for (size_t row = 0; row < trace->T; row++)
        if (trace->rows[row].flags & TOKEN_PRONOUN && speaker_for(trace, row) != NONE)
            return row;
    return SIZE_MAX;
}

static void tell_words(struct story *story, const struct trace *trace)
{
    int pronoun = head_named(trace, PRONOUN), subject = head_named(trace, SUBJECT);
    size_t row = busiest_row(trace, pronoun, TOKEN_PRONOUN);
    if (row != SIZE_MAX) {
        story->kind = STORY_PRONOUN;
        choose(story, trace, pronoun, row);
        return;
    }
    row = busiest_row(trace, subject, 0);
    if (row != SIZE_MAX) {
        story->kind = STORY_CLAUSE;
        choose(story, trace, subject, row);
        return;
    }
    row = has_names(trace) ? SIZE_MAX : pronoun_that_looks(trace);
    if (row != SIZE_MAX) {
        story->kind = STORY_PHRASE;
        choose(story, trace, speaker_for(trace, row), row);
        return;
    }
    row = trace->causal && subject == NONE ? last_that_looks(trace) : SIZE_MAX;
    if (row != SIZE_MAX) {
        story->kind = STORY_PHRASE;
        choose(story, trace, speaker_for(trace, row), row);
        return;
    }
    for (row = first_word(trace); row < trace->T; row++) {
        int head = speaker_for(trace, row);
        if (head != NONE) {
            story->kind = STORY_PHRASE;
            choose(story, trace, head, row);
            return;
        }
    }
    story->kind = STORY_POSITION;
    choose(story, trace, head_named(trace, PREVIOUS), last_word(trace));
}

/* The head for one row in a story that knows places only. In prose of an unknown
 * language a repeated word is mostly an article: there only places speak. */
static size_t place_head_for(const struct trace *trace, enum story_kind kind,
                             size_t row)
{
    int same = head_named(trace, SAME_WORD), previous = head_named(trace, PREVIOUS);
    int induction = kind == STORY_REPEAT ? head_named(trace, INDUCTION) : NONE;
    if (induction != NONE && resting(trace, (size_t)induction, row) < RESTS)
        return (size_t)induction;
    if (kind == STORY_CODE && other_copy(trace, same, row) != SIZE_MAX)
        return (size_t)same;
    return previous == NONE ? least_resting(trace, row) : (size_t)previous;
}

struct story story_of(const struct trace *trace, struct arena *arena)
{
    struct story story = {.kind = STORY_POSITION};
    if (looks_like_code(trace->sentence))
        story.kind = STORY_CODE;
    else if (mostly_unknown(trace))
        story.kind = STORY_UNKNOWN;
    bool places = story.kind != STORY_POSITION;
    if (places)
        tell_places(&story, trace);
    else
        tell_words(&story, trace);
    story.row_head = arena_new(arena, trace->T, sizeof *story.row_head);
    story.row_rests = arena_new(arena, trace->T, sizeof *story.row_rests);
    for (size_t i = 0; i < trace->T; i++) {
        size_t head =
            places ? place_head_for(trace, story.kind, i) : head_for(trace, i);
        story.row_head[i] = head;
        story.row_rests[i] = resting(trace, head, i) > MOSTLY_RESTS;
    }
    return story;
}

bool story_could_be_either(const struct trace *trace, size_t layer, size_t head,
                           size_t row, size_t *best, size_t *second)
{
    const float *weights = trace_row(trace, layer, head, row);
    *best = best_column(trace, weights, SIZE_MAX);
    *second = *best == SIZE_MAX ? SIZE_MAX : best_column(trace, weights, *best);
    bool itself = trace->rows == trace->cols && (*best == row || *second == row);
    return *second != SIZE_MAX && !itself && weights[*second] >= EITHER_LEAST &&
           weights[*best] - weights[*second] <= EITHER_GAP;
}

struct link_list {
    struct arena *arena;
    struct story_link *at;
    size_t n, room;
};

static void add_link(struct link_list *list, struct story_link link)
{
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 32;
        struct story_link *at = arena_new(list->arena, room, sizeof *at);
        if (list->n)
            memcpy(at, list->at, list->n * sizeof *at);
        list->at = at;
        list->room = room;
    }
    list->at[list->n++] = link;
}

/* The links of one row of one head: its best column, or its two candidates. */
static void link_row(struct link_list *list, const struct trace *trace, size_t head,
                     size_t row, bool pale)
{
    size_t best, second, layer = head / trace->H;
    const float *weights = row_of(trace, head, row);
    bool either =
        story_could_be_either(trace, layer, head % trace->H, row, &best, &second);
    either = either && !pale && resting(trace, head, row) < RESTS &&
             weights[best] + weights[second] >= LINK; /* else it looks everywhere */
    if (best == SIZE_MAX || best == row || (weights[best] < LINK && !either))
        return;
    struct story_link link = {.layer = layer,
                              .head = head % trace->H,
                              .row = row,
                              .col = best,
                              .weight = weights[best],
                              .pale = pale,
                              .either = either};
    add_link(list, link);
    if (!either)
        return;
    link.col = second;
    link.weight = weights[second];
    add_link(list, link);
}

static void link_head(struct link_list *list, const struct trace *trace, size_t head,
                      bool pale)
{
    for (size_t i = 0; i < trace->T; i++)
        if (!(trace->rows[i].flags & TOKEN_SPECIAL))
            link_row(list, trace, head, i, pale);
}

/* Code: each use of a name is linked to the one before, a chain that reads well. */
static void link_copies(struct link_list *list, const struct trace *trace)
{
    int same = head_named(trace, SAME_WORD);
    for (size_t i = 0; i < trace->T; i++) {
        size_t copy = other_copy(trace, same, i);
        struct story_link link = {.row = i, .col = copy};
        if (copy >= i)
            continue;
        link.layer = (size_t)same / trace->H;
        link.head = (size_t)same % trace->H;
        link.weight = row_of(trace, (size_t)same, i)[copy];
        add_link(list, link);
    }
}

static int pale_last_strong_first(const void *a, const void *b)
{
    const struct story_link *one = a, *other = b;
    if (one->pale != other->pale)
        return one->pale ? 1 : -1;
    if (one->weight > other->weight)
        return -1;
    if (one->weight < other->weight)
        return 1;
    if (one->row != other->row)
        return one->row < other->row ? -1 : 1;
    return one->col < other->col ? -1 : one->col > other->col;
}

size_t story_links(const struct trace *trace, const struct story *story,
                   struct arena *arena, struct story_link **links)
{
    struct link_list list = {.arena = arena};
    bool words = story->kind == STORY_PRONOUN || story->kind == STORY_CLAUSE ||
                 story->kind == STORY_PHRASE;
    for (size_t h = 0; words && h < trace->L * trace->H; h++)
        if (story_order(trace, h) > 0 && !tells_places(trace, h))
            link_head(&list, trace, h, tells_phrases(trace, h));
    if (story->kind == STORY_CODE)
        link_copies(&list, trace);
    if (list.n == 0)
        link_head(&list, trace, story->layer * trace->H + story->head, false);
    if (list.n)
        qsort(list.at, list.n, sizeof *list.at, pale_last_strong_first);
    *links = list.at;
    return list.n;
}
