#include "attn/model/lexicon.h"

#include <math.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/model/glass_dims.h"
#include "attn/model/lexicon_read.h"
#include "attn/model/lexicon_table.h"

uint64_t lexicon_hash(const char *word, size_t length)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t at = 0; at < length;) {
        char bytes[4];
        uint32_t c = utf8_lower(utf8_next(word, length, &at));
        size_t n = utf8_put(bytes, c == 0x2018 || c == 0x2019 ? '\'' : c);
        for (size_t i = 0; i < n; i++)
            hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    }
    hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDu;
    hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53u;
    return hash ^ hash >> 33;
}

/* ---- one word
 * -------------------------------------------------------------------------- */

/* Short surnames (Le, Van, Das) are words of other languages as well. */
enum { SURNAME_LETTERS = 4 };

/* Its place in the table, were it typed inside a sentence; SIZE_MAX for a stranger. */
static size_t known_at(const struct lexicon_form *form)
{
    size_t at = form->longer ? SIZE_MAX : lexicon_table_find(form->text, form->length);
    unsigned kind = lexicon_table_kind(at);
    bool name =
        kind & LEXICON_LOWER || (form->capital && kind & LEXICON_GENDER) ||
        (form->capital && kind & LEXICON_SURNAME && form->length >= SURNAME_LETTERS);
    return kind & LEXICON_ENTRY || name ? at : SIZE_MAX;
}

static bool refers_back(size_t at)
{
    static const unsigned third[] = {DIM_wHE, DIM_wSHE, DIM_wIT, DIM_wTHEY};
    for (size_t i = 0; i < sizeof third / sizeof *third; i++)
        if (lexicon_table_value(at, third[i]) > 0)
            return true;
    return false;
}

/* Shorter ones (a, me, no, on) are words of many languages. */
enum { GRAMMAR_LETTERS = 3 };

static bool is_grammar(size_t at, const struct lexicon_form *form)
{
    return lexicon_table_kind(at) & LEXICON_CLOSED && form->length >= GRAMMAR_LETTERS;
}

struct lexicon_entry lexicon_find(const char *word, size_t length)
{
    struct lexicon_form form = lexicon_read_form(word, length);
    size_t at = known_at(&form);
    struct lexicon_entry entry = {
        .id = LEXICON_UNKNOWN + (int64_t)(lexicon_hash(word, length) & 0xFFFFFFFFu)};
    if (!form.letters)
        entry.flags = TOKEN_PUNCTUATION | TOKEN_KNOWN;
    else if (form.digits)
        entry.flags = TOKEN_NUMBER | TOKEN_KNOWN;
    if (!form.longer && lexicon_table_is_english(form.text, form.length))
        entry.flags |= TOKEN_KNOWN;
    if (form.letters && at != SIZE_MAX) {
        entry.id = (int64_t)at + 1;
        entry.flags |= TOKEN_KNOWN | (refers_back(at) ? TOKEN_PRONOUN : 0) |
                       (is_grammar(at, &form) ? TOKEN_GRAMMAR : 0);
    }
    return entry;
}

/* ---- a sentence
 * ------------------------------------------------------------------------- */

static bool ends_sentence(const struct token *token)
{
    return !(token->flags & TOKEN_SPECIAL) && strlen(token->text) == 1 &&
           strchr(".!?", token->text[0]) != NULL;
}

static bool begins_sentence(const struct token *tokens, size_t i)
{
    return i == 0 || tokens[i - 1].flags & TOKEN_SPECIAL ||
           ends_sentence(&tokens[i - 1]);
}

/* What the words are like taken together. */
struct survey {
    size_t known, strangers; /* names inside a sentence are neither; words of English
                                grammar count twice, for nonsense has them too */
    size_t upper, small;     /* words of two letters or more, by case */
};

static struct survey take_survey(const struct token *tokens, size_t n)
{
    struct survey survey = {0};
    for (size_t i = 0; i < n; i++) {
        if (tokens[i].flags & (TOKEN_SPECIAL | TOKEN_PUNCTUATION | TOKEN_NUMBER))
            continue;
        struct lexicon_form form =
            lexicon_read_form(tokens[i].text, strlen(tokens[i].text));
        if (tokens[i].flags & TOKEN_KNOWN)
            survey.known += tokens[i].flags & TOKEN_GRAMMAR ? 2 : 1;
        else if (!form.capital || form.upper || begins_sentence(tokens, i))
            survey.strangers++;
        if (form.length > 1)
            *(form.upper ? &survey.upper : &survey.small) += 1;
    }
    return survey;
}

static void set_identity(const struct token *token, struct lexicon_word *word)
{
    uint64_t hash = lexicon_hash(token->text, strlen(token->text));
    float size = 1 / sqrtf(LEXICON_SIGNS);
    for (size_t i = 0; i < LEXICON_SIGNS; i++)
        word->identity[i] = hash >> i & 1 ? size : -size;
}

void lexicon_describe(const struct token *tokens, size_t n, struct lexicon_word *words)
{
    struct survey survey = take_survey(tokens, n);
    struct lexicon_place place = {
        .shouted = survey.upper > 1 && survey.small == 0,
        .foreign = survey.known < survey.strangers,
    };
    for (size_t i = 0; i < n; i++) {
        words[i] = (struct lexicon_word){0};
        if (tokens[i].flags & TOKEN_SPECIAL)
            continue;
        struct lexicon_form form =
            lexicon_read_form(tokens[i].text, strlen(tokens[i].text));
        place.first = begins_sentence(tokens, i);
        lexicon_table_describe(lexicon_read(&form, place), &words[i]);
        set_identity(&tokens[i], &words[i]);
    }
}
