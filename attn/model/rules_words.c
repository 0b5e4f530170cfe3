/* rules_words.c - the statement of a model's own words: what each of them is. */
#include <stdlib.h>
#include <string.h>

#include "attn/model/rules.h"
#include "attn/model/rules_state.h"

enum { LONGEST_WORD = 40, MOST_VALUES = 24 };

static struct word_work *find_word(struct compiler *c, const char *text)
{
    for (size_t i = 0; i < c->n_words; i++)
        if (glass_compare_words(c->words[i].text, text) == 0)
            return &c->words[i];
    return NULL;
}

static bool add_value(struct compiler *c, struct word_work *word, size_t dim,
                      double value)
{
    for (size_t i = 0; i < word->n; i++)
        if (word->at[i].dim == dim) {
            word->at[i].value = (float)value;
            return true;
        }
    if (word->n == MOST_VALUES)
        return rules_fail(&c->in, &c->now, "\"%s\" has more than %d values.",
                          word->text, MOST_VALUES);
    word->at[word->n++] = (struct word_value){(uint16_t)dim, (float)value};
    return true;
}

static bool add_named(struct compiler *c, struct word_work *word, const char *name)
{
    const struct stream *stream = c->glass->stream;
    for (size_t d = FRAME_WIDTH; d < stream->width; d++)
        if (strcmp(stream->names[d], name) == 0)
            return add_value(c, word, d, 1);
    return true; /* this stream has no use for it */
}

/* What a word has by its spelling alone: "the word to", "begins with a vowel". */
static bool name_itself(struct compiler *c, struct word_work *word)
{
    bool vowel = strchr("aeiouAEIOU", word->text[0]) != NULL;
    const char *name = arena_print(c->in.arena, "the word %s", word->text);
    return add_named(c, word, name) &&
           (!vowel || add_named(c, word, "begins with a vowel"));
}

static struct word_work *new_word(struct compiler *c, const char *text)
{
    if (!c->words)
        c->words = arena_new(c->in.arena, GLASS_MAX_WORDS, sizeof *c->words);
    if (c->n_words == GLASS_MAX_WORDS) {
        (void)rules_fail(&c->in, &c->now, "a model has at most %d words.",
                         GLASS_MAX_WORDS);
        return NULL;
    }
    struct word_work *word = &c->words[c->n_words++];
    word->text = text;
    word->at = arena_new(c->in.arena, MOST_VALUES, sizeof *word->at);
    return name_itself(c, word) ? word : NULL;
}

static bool give_values(struct compiler *c, const char *text,
                        const struct rules_list *values)
{
    struct word_work *word = find_word(c, text);
    if (strlen(text) > LONGEST_WORD)
        return rules_fail(&c->in, &c->now, "\"%.40s…\" is too long for a word.", text);
    if (!word && !(word = new_word(c, text)))
        return false;
    for (size_t i = 0; i < values->n; i++)
        if (!add_value(c, word, values->parts[i].dim, values->parts[i].value))
            return false;
    return true;
}

/* words LIST : WORD WORD ... - each of them has these values; a later line wins. */
bool rules_words(struct compiler *c)
{
    struct rules_list values;
    if (!rules_list(&c->cursor, MOST_VALUES, &values) || !rules_no_places(c, &values))
        return false;
    for (size_t i = 0; i < values.n; i++)
        if (!rules_may_write(c, values.parts[i].dim))
            return false;
    if (!rules_take(&c->cursor, ":"))
        return rules_fail(&c->in, &c->now,
                          "between the values and the words stands \":\".");
    const char *at = c->cursor.at;
    if (at[strspn(at, " ")] == '\0')
        return rules_fail(&c->in, &c->now, "after \":\" stand the words.");
    for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        bool word = length != 1 || *at != '+'; /* a + only joins two lines */
        if (word && !give_values(c, arena_copy(c->in.arena, at, length), &values))
            return false;
        at += length;
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    const struct glass_word *x = a, *y = b;
    return glass_compare_words(x->text, y->text);
}

void rules_finish_words(struct compiler *c)
{
    struct glass_word *words = arena_new(c->in.arena, c->n_words, sizeof *words);
    for (size_t i = 0; i < c->n_words; i++)
        words[i] = (struct glass_word){c->words[i].text, c->words[i].at, c->words[i].n};
    if (c->n_words > 0)
        qsort(words, c->n_words, sizeof *words, by_text);
    c->glass->words = words;
    c->glass->n_words = c->n_words;
}
