#include "attn/lang/words.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/suggest.h"

enum { LIST_ROOM = 400 }; /* bytes of a word list in a message */

/* True when two texts are the same but for letter case and the form of the apostrophe.
 */
static bool same_text(const char *a, size_t a_length, const char *b)
{
    size_t b_length = strlen(b), i = 0, j = 0;
    while (i < a_length && j < b_length) {
        uint32_t c = utf8_lower(utf8_next(a, a_length, &i));
        uint32_t d = utf8_lower(utf8_next(b, b_length, &j));
        c = c == 0x2019 ? '\'' : c;
        d = d == 0x2019 ? '\'' : d;
        if (c != d)
            return false;
    }
    return i == a_length && j == b_length;
}

/* The position of the n-th (from 1) such word, or -1; *count: how many there are. */
static int nth(const struct subject *subject, const char *name, size_t length, size_t n,
               size_t *count)
{
    int found = -1;
    *count = 0;
    for (size_t i = 0; i < subject->n_tokens; i++) {
        const struct token *token = &subject->tokens[i];
        if (token->position < 0 || !same_text(name, length, token->text))
            continue;
        if (++*count == n)
            found = token->position;
    }
    return found;
}

/* A whole number of at most six digits that is all of `text`; -1 if it is none. */
static long whole(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n == 0 || n > 6 || text[n] ? -1 : strtol(text, NULL, 10);
}

static struct word at_position(const struct subject *subject, long position)
{
    struct word word = {.result = WORD_NO_POSITION, .position = (int)position};
    if (position < (long)subject->n_words) {
        word.result = WORD_FOUND;
        word.numbered = true;
        word.count = 1;
    }
    return word;
}

struct word word_find(const struct subject *subject, const struct lexeme *item,
                      struct arena *arena)
{
    struct word word = {.name = item->text};
    word.position = nth(subject, item->text, item->length, 1, &word.count);
    if (word.position >= 0)
        return word;
    word.result = WORD_ABSENT;
    if (item->kind == LEX_TEXT)
        return word;
    if (item->text[0] == '@' && whole(item->text + 1) >= 0)
        return at_position(subject, whole(item->text + 1));
    const char *colon = strrchr(item->text, ':');
    long n = colon ? whole(colon + 1) : -1;
    if (n < 0 || colon == item->text)
        return word;
    size_t length = (size_t)(colon - item->text);
    word.name = arena_copy(arena, item->text, length);
    word.numbered = true;
    word.position = nth(subject, item->text, length, (size_t)n, &word.count);
    if (word.position >= 0)
        word.result = WORD_FOUND;
    else if (word.count > 0)
        word.result = WORD_FEWER;
    return word;
}

bool word_stands(const struct subject *subject, const struct lexeme *item)
{
    size_t count;
    return nth(subject, item->text, item->length, 1, &count) >= 0;
}

const char *word_near(const struct subject *subject, const char *typed)
{
    const char **names =
        calloc(subject->n_tokens + 1, sizeof *names); /* at most 514 of them */
    size_t n = 0;
    for (size_t i = 0; names && i < subject->n_tokens; i++)
        if (subject->tokens[i].position >= 0)
            names[n++] = subject->tokens[i].text;
    const char *near = names ? suggest_name(typed, names) : NULL;
    free(names);
    return near;
}

const char *word_list(const struct subject *subject, struct arena *arena)
{
    struct buf list;
    buf_init(&list, LIST_ROOM + 8);
    for (size_t i = 0; i < subject->n_tokens; i++) {
        const struct token *token = &subject->tokens[i];
        if (token->position < 0)
            continue;
        if (list.length + strlen(token->text) + 1 > LIST_ROOM) {
            buf_text(&list, " …");
            break;
        }
        if (list.length)
            buf_char(&list, ' ');
        buf_text(&list, token->text);
    }
    const char *text = arena_copy(arena, list.length ? list.at : "", list.length);
    buf_free(&list);
    return text;
}

int word_telling(const struct subject *subject)
{
    for (size_t i = 0; i < subject->n_tokens; i++)
        if (subject->tokens[i].flags & TOKEN_PRONOUN)
            return subject->tokens[i].position;
    for (size_t i = 0; i < subject->n_tokens; i++)
        if (subject->tokens[i].position >= 0 &&
            !(subject->tokens[i].flags & TOKEN_PUNCTUATION))
            return subject->tokens[i].position;
    return 0;
}

int word_other(const struct subject *subject, int position)
{
    int other = position;
    for (size_t i = 0; i < subject->n_tokens; i++) {
        const struct token *token = &subject->tokens[i];
        if (token->position < 0 || token->position == position)
            continue;
        if (strlen(token->text) >= 4 && !(token->flags & TOKEN_PUNCTUATION))
            return token->position;
        other = other == position ? token->position : other;
    }
    return other;
}

/* True when a word must stand in quotes to be read as one. */
static bool needs_quotes(const char *text)
{
    static const char *const marks[] = {"->", "→", "“", "”", "„", "«", ":"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(text, marks[i]))
            return true;
    return strpbrk(text, " \t\n\"#@") != NULL;
}

const char *word_typed(const struct subject *subject, int position, struct arena *arena)
{
    const char *text = NULL;
    size_t before = 0;
    for (size_t i = 0; i < subject->n_tokens; i++)
        if (subject->tokens[i].position == position)
            text = subject->tokens[i].text;
    if (!text)
        return "@0";
    for (size_t i = 0; i < subject->n_tokens; i++) {
        const struct token *token = &subject->tokens[i];
        if (token->position < 0 || !same_text(text, strlen(text), token->text))
            continue;
        before += token->position <= position;
    }
    if (needs_quotes(text))
        return before > 1 ? arena_print(arena, "@%d", position)
                          : lex_quote(arena, text, strlen(text));
    if (before > 1)
        return arena_print(arena, "%s:%zu", text, before);
    return text;
}
