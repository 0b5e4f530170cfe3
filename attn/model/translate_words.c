#include "attn/model/translate_words.h"

#include <string.h>

#include "attn/base/buf.h"
#include "attn/base/utf8.h"
#include "attn/model/dictionary.h"
#include "attn/model/embedding.h"
#include "attn/model/english_dims.h"
#include "attn/model/french_dims.h"
#include "attn/model/lexicon.h"
#include "attn/model/wordlevel.h"

enum { ROOM = TRANSLATE_MOST_WORDS + 1 };

/* ---- cutting */

/* Tokens in the making: never more than ROOM are kept, all are counted. */
struct row {
    struct token *at;
    size_t n;
};

static bool is_name(const char *text)
{
    size_t at = 0;
    return utf8_is_upper(utf8_next(text, strlen(text), &at));
}

/* A piece of a token: `from` and `to` in code points of its text. */
static struct token piece(const struct token *whole, size_t from, size_t to,
                          struct arena *arena)
{
    size_t length = strlen(whole->text);
    size_t start = utf8_offset(whole->text, length, from);
    size_t end = utf8_offset(whole->text, length, to);
    struct token token = *whole;
    token.text = arena_copy(arena, whole->text + start, end - start);
    token.start = whole->start + from;
    token.end = whole->start + to;
    return token;
}

static void keep(struct row *row, struct token token)
{
    token.position = (int)row->n - 1;
    if (row->n < ROOM)
        row->at[row->n] = token;
    row->n++;
}

static struct token english_token(struct token token)
{
    const struct dictionary_entry *entry =
        dictionary_find(token.text, strlen(token.text));
    size_t length = strlen(token.text);
    token.flags &= TOKEN_PUNCTUATION | TOKEN_NUMBER;
    if (entry)
        token.flags |= TOKEN_KNOWN;
    token.id = entry ? 1 + entry->first
                     : LEXICON_UNKNOWN +
                           (int64_t)(lexicon_hash(token.text, length) & 0xFFFFFFFFu);
    return token;
}

/* Where the n't of a token begins, in code points; 0: it has none. */
static size_t with_not(const char *text)
{
    size_t length = strlen(text), points = utf8_count(text, length);
    if (points < 4 || (text[length - 1] | 0x20) != 't')
        return 0;
    size_t n = utf8_offset(text, length, points - 3), at = n + 1;
    uint32_t mark = utf8_next(text, length, &at);
    return (text[n] | 0x20) == 'n' && (mark == '\'' || mark == 0x2019) ? points - 3 : 0;
}

size_t translate_cut_english(const char *text, size_t length, struct arena *arena,
                             const struct token **tokens)
{
    const struct token *words;
    struct row row = {.at = arena_new(arena, ROOM, sizeof *row.at), .n = 1};
    size_t n = wordlevel_cut(text, length, arena, &words);
    size_t cut = n < TRACE_MAX_WORDS ? n : TRACE_MAX_WORDS;
    row.at[0] = words[0];
    for (size_t i = 1; i <= cut; i++) {
        size_t not_at = with_not(words[i].text);
        size_t points = words[i].end - words[i].start;
        if (not_at)
            keep(&row, english_token(piece(&words[i], 0, not_at, arena)));
        keep(&row, english_token(piece(&words[i], not_at, points, arena)));
    }
    *tokens = row.at;
    return row.n - 1 + n - cut;
}

struct token translate_token(const char *text, int position)
{
    size_t first, length = strlen(text);
    bool known = dictionary_form_find(text, length, &first) > 0;
    return (struct token){
        .text = text,
        .position = position,
        .id = known ? 1 + (int64_t)first
                    : LEXICON_UNKNOWN +
                          (int64_t)(lexicon_hash(text, length) & 0xFFFFFFFFu),
        .flags = known ? TOKEN_KNOWN : 0};
}

static bool is_form(const char *text)
{
    size_t first;
    return dictionary_form_find(text, strlen(text), &first) > 0;
}

static void keep_french(struct row *row, struct token token)
{
    struct token made = translate_token(token.text, 0);
    made.start = token.start;
    made.end = token.end;
    made.flags |= token.flags & (TOKEN_PUNCTUATION | TOKEN_NUMBER);
    keep(row, made);
}

/* Where the l' or qu' of a token ends, in code points; 0: it has none. What stands
 * there must be a French word, unless `any`. */
static size_t elided(const char *text, bool any, struct arena *arena)
{
    size_t length = strlen(text), point = 0;
    for (size_t at = 0; at < length; point++) {
        uint32_t c = utf8_next(text, length, &at);
        if ((c == '\'' || c == 0x2019) && at < length &&
            (any || is_form(arena_copy(arena, text, at))))
            return point + 1;
    }
    return 0;
}

/* "au" is à and le, as far as the model goes. */
static const char *const opened[][3] = {{"au", "à", "le"}, {"aux", "à", "les"}};

static void cut_french_word(struct row *row, const struct token *word,
                            struct arena *arena)
{
    size_t points = word->end - word->start;
    size_t end = is_form(word->text) ? 0 : elided(word->text, false, arena);
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++)
        if (strcmp(word->text, opened[i][0]) == 0) {
            struct token part = *word;
            part.text = opened[i][1];
            keep_french(row, part);
            part.text = opened[i][2];
            keep_french(row, part);
            return;
        }
    if (end)
        keep_french(row, piece(word, 0, end, arena));
    keep_french(row, piece(word, end, points, arena));
}

/* "parce" and "que" are one word: neither half of it is a form. */
static bool join_two(struct row *row, const struct token *one, const struct token *two,
                     struct arena *arena)
{
    struct token both = *one;
    size_t end = elided(two->text, true, arena),
           points = end ? end : two->end - two->start;
    if (is_form(one->text))
        return false;
    both.text =
        arena_print(arena, "%s %s", one->text, piece(two, 0, points, arena).text);
    both.end = two->start + points;
    if (!is_form(both.text))
        return false;
    keep_french(row, both);
    if (end)
        keep_french(row, piece(two, end, two->end - two->start, arena));
    return true;
}

size_t translate_cut_french(const char *text, size_t length, struct arena *arena,
                            const struct token **tokens)
{
    const struct token *words;
    struct row row = {.at = arena_new(arena, ROOM, sizeof *row.at), .n = 1};
    size_t n = wordlevel_cut(text, length, arena, &words);
    size_t cut = n < TRACE_MAX_WORDS ? n : TRACE_MAX_WORDS;
    row.at[0] = words[0];
    for (size_t i = 1; i <= cut; i++) {
        if (i < cut && join_two(&row, &words[i], &words[i + 1], arena))
            i++;
        else
            cut_french_word(&row, &words[i], arena);
    }
    *tokens = row.at;
    return row.n - 1 + n - cut;
}

/* ---- writing */

const char *translate_write(const struct token *tokens, size_t n, struct arena *arena)
{
    struct buf text;
    buf_init(&text, 1 << 20);
    for (size_t i = 1; i < n; i++) {
        const char *word = tokens[i].text, *both = NULL;
        char last = text.length ? text.at[text.length - 1] : ' ';
        bool closes = tokens[i].flags & TOKEN_PUNCTUATION && strchr(".,", word[0]);
        if (i + 1 < n)
            both = dictionary_contract(word, tokens[i + 1].text);
        if (text.length && last != '\'' && !closes)
            buf_char(&text, ' ');
        buf_text(&text, both ? both : word);
        i += both != NULL;
    }
    const char *copy = arena_copy(arena, text.length ? text.at : "", text.length);
    buf_free(&text);
    return copy;
}

/* ---- the embedding */

static void add_code(size_t lemma, float factor, float *to)
{
    float code[DICTIONARY_SIGNS];
    dictionary_code(lemma, code);
    for (size_t i = 0; i < DICTIONARY_SIGNS; i++)
        to[i] += factor * code[i];
}

/* What each mark of the dictionary writes. */
static const uint16_t mark_dims[MARKS] = {
    EN_NOUN,  EN_VERB, EN_ADJ,   EN_DET, EN_PREP, EN_PRO,    EN_OBJ, EN_NOT,
    EN_BE,    EN_DO,   EN_MODAL, EN_TO,  EN_AND,  EN_CLAUSE, EN_REL, EN_DEG,
    EN_ADV,   EN_PUN,  EN_AFTER, EN_FEM, EN_PLU,  EN_ING,    EN_HE,  EN_THEY,
    EN_LIKES, EN_BARE, EN_P1,    EN_P2,  EN_P3,   EN_P4,     EN_P6};

/* A word with two readings: what asks which, and the class that holds at first. */
static const struct {
    unsigned marks[2];
    uint16_t asks, first;
} readings[] = {
    {{MARK_NOUN, MARK_VERB}, EN_qNV, EN_cN},
    {{MARK_ADJECTIVE, MARK_VERB}, EN_qAV, EN_cA},
    {{MARK_DETERMINER, MARK_OBJECT}, EN_qDO, EN_cD},
    {{MARK_PRONOUN, MARK_OBJECT}, EN_qPO, EN_cPRO},
    {{MARK_DETERMINER, MARK_RELATIVE}, EN_qTH, EN_cD},
};

static void fill_class(const float *from, bool two, float *row)
{
    static const uint16_t classes[][2] = {
        {EN_NOUN, EN_cN}, {EN_VERB, EN_cV},  {EN_ADJ, EN_cA},   {EN_DET, EN_cD},
        {EN_PREP, EN_cP}, {EN_PRO, EN_cPRO}, {EN_OBJ, EN_cOBJ}, {EN_REL, EN_cREL}};
    for (size_t i = 0; two && i < sizeof readings / sizeof *readings; i++)
        if (from[mark_dims[readings[i].marks[0]]] > 0 &&
            from[mark_dims[readings[i].marks[1]]] > 0) {
            row[readings[i].asks] = 1;
            row[readings[i].first] = 1;
            return;
        }
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        row[classes[i][1]] = from[classes[i][0]];
}

/* Words of no dictionary: copied as they stand, nouns without a gender. */
static void fill_stranger(const struct token *token, float *row)
{
    size_t length = strlen(token->text);
    row[EN_UNK] = 1;
    if (token->flags & TOKEN_PUNCTUATION) {
        row[EN_PUN] = 1;
        return;
    }
    row[EN_NOUN] = row[EN_cN] = 1;
    row[EN_NAME] = 1;
    row[EN_PLU] = !is_name(token->text) && length > 3 && token->text[length - 1] == 's';
}

/* Who is spoken of, and what agrees with a noun. */
static void fill_person(float *row)
{
    bool plural = row[EN_PLU] > 0, noun = row[EN_NOUN] > 0;
    static const uint16_t persons[] = {EN_P1, EN_P2, EN_P3, EN_P4, EN_P6};
    for (size_t i = 0; i < sizeof persons / sizeof *persons; i++)
        row[persons[i]] *= noun ? 0 : 1;
    if (row[EN_cOBJ] > 0)
        row[EN_APLU] = row[EN_PLU];
    if (!noun)
        return;
    row[plural ? EN_P6 : EN_P3] = .5F; /* less sure than a pronoun */
    row[EN_AFEM] = row[EN_FEM];
    row[EN_APLU] = row[EN_PLU];
}

static void fill_english_word(const struct token *token, float *row)
{
    const struct dictionary_entry *entry =
        dictionary_find(token->text, strlen(token->text));
    row[EN_WORD] = 1;
    for (size_t m = 0; entry && m < MARKS; m++)
        row[mark_dims[m]] = entry->marks >> m & 1;
    row[EN_PRE] = row[EN_ADJ] > 0 && row[EN_AFTER] == 0;
    if (entry)
        fill_class(row, entry->second >= 0, row);
    else
        fill_stranger(token, row);
    fill_person(row);
    add_code(translate_lemma(token), 1, row + EN_fr0);
    if (!entry || entry->second < 0)
        return;
    add_code((size_t)entry->second, 1, row + EN_sf0);
    add_code((size_t)entry->first, -1, row + EN_sf0);
}

size_t translate_lemma(const struct token *english)
{
    size_t length = strlen(english->text);
    const struct dictionary_entry *entry = dictionary_find(english->text, length);
    return entry ? (size_t)entry->first : dictionary_stranger(english->text, length);
}

void translate_fill_english(const struct token *tokens, size_t n, bool no_position,
                            float *x)
{
    for (size_t i = 0; i < n; i++) {
        float *row = x + i * ENGLISH_WIDTH;
        row[EN_ONE] = 1;
        if (tokens[i].flags & TOKEN_SPECIAL)
            row[EN_BOS] = 1;
        else
            fill_english_word(&tokens[i], row);
        if (!no_position)
            embedding_place(i, row);
    }
}

/* Adds what one form of a text says; a text may be several (le: the, him). */
static void fill_form(const struct dictionary_form *form, float *row)
{
    bool masculine = form->agreement & (AGREES_MS | AGREES_MP);
    bool feminine = form->agreement & (AGREES_FS | AGREES_FP);
    bool singular = form->agreement & (AGREES_MS | AGREES_FS);
    bool plural = form->agreement & (AGREES_MP | AGREES_FP);
    add_code(form->lemma, 1, row + FR_w0);
    row[FR_LE] += form->lemma == dictionary_le;
    row[FR_DU] += form->lemma == dictionary_du;
    row[FR_DE] += form->lemma == dictionary_de;
    row[FR_NE] += form->lemma == dictionary_ne;
    row[FR_MASC] += masculine && !feminine;
    row[FR_FEM] += feminine && !masculine;
    row[FR_SING] += singular && !plural;
    row[FR_PLUR] += plural && !singular;
    row[FR_HEAD] = row[FR_HEAD] > 0 || form->noun;
}

static void fill_french_word(const struct token *token, float *row)
{
    size_t first, length = strlen(token->text);
    size_t n = dictionary_form_find(token->text, length, &first);
    row[FR_WORD] = 1;
    row[FR_FORM] = 1;
    for (size_t i = 0; i < n; i++)
        fill_form(dictionary_form_at(first + i), row);
    size_t stranger = dictionary_stranger(token->text, length);
    if (n == 0)
        add_code(stranger, 1, row + FR_w0);
    add_code(n ? dictionary_form_at(first)->lemma : stranger, 1, row + FR_sp0);
}

void translate_fill_french(const struct token *tokens, size_t n, bool no_position,
                           float *x)
{
    for (size_t i = 0; i < n; i++) {
        float *row = x + i * FRENCH_WIDTH;
        row[FR_ONE] = 1;
        if (tokens[i].flags & TOKEN_SPECIAL)
            row[FR_BOS] = 1;
        else
            fill_french_word(&tokens[i], row);
        if (!no_position)
            embedding_place(i, row);
    }
}
