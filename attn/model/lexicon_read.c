#include "attn/model/lexicon_read.h"

#include <stdint.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/model/lexicon_spell.h"

enum { RIGHT_QUOTE = 0x2019, LEFT_QUOTE = 0x2018 };

/* ---- the form
 * ------------------------------------------------------------------------ */

/* Adds one character; once there is no room the oldest bytes go. */
static void form_add(struct lexicon_form *form, uint32_t c)
{
    char bytes[4];
    size_t n = utf8_put(bytes, c);
    if (form->length + n > LEXICON_LONGEST) {
        size_t drop = form->length + n - LEXICON_LONGEST;
        memmove(form->text, form->text + drop, form->length - drop);
        form->length -= drop;
        form->longer = true;
    }
    memcpy(form->text + form->length, bytes, n);
    form->length += n;
}

struct lexicon_form lexicon_read_form(const char *word, size_t length)
{
    struct lexicon_form form = {.ascii = true};
    bool small = false, capitals = false;
    for (size_t at = 0; at < length;) {
        bool first = at == 0;
        uint32_t c = utf8_next(word, length, &at);
        if (c == RIGHT_QUOTE || c == LEFT_QUOTE)
            c = '\'';
        bool upper = utf8_is_upper(c);
        capitals |= upper;
        small |= !upper && utf8_upper(c) != c;
        form.capital |= first && upper;
        form.digits |= first && utf8_is_digit(c);
        form.letters |= (utf8_is_letter(c) && !utf8_is_mark(c)) || utf8_is_digit(c);
        form.ascii &= c < 0x80;
        form_add(&form, utf8_lower(c));
    }
    form.upper = capitals && !small;
    return form;
}

static bool ends(const struct lexicon_form *form, const char *ending)
{
    size_t n = strlen(ending);
    return form->length >= n && memcmp(form->text + form->length - n, ending, n) == 0;
}

static bool ends_in_any(const struct lexicon_form *form, const char *const *endings)
{
    for (; *endings; endings++)
        if (ends(form, *endings))
            return true;
    return false;
}

static bool is(const struct lexicon_form *form, const char *word)
{
    return form->length == strlen(word) && ends(form, word);
}

static size_t key(const char *name)
{
    return lexicon_table_find(name, strlen(name));
}

/* ---- what is no word
 * ------------------------------------------------------------------ */

/* "Mr." and its like, whose gender the name after it takes; SIZE_MAX for other words.
 */
static size_t read_title(const struct lexicon_form *form)
{
    static const struct {
        const char *title, *key;
    } titles[] = {
        {"mr", "*title-m"},  {"mr.", "*title-m"},  {"mister", "*title-m"},
        {"mrs", "*title-f"}, {"mrs.", "*title-f"}, {"ms", "*title-f"},
        {"ms.", "*title-f"}, {"dr", "*title"},     {"dr.", "*title"},
        {"prof.", "*title"},
    };
    if (!form->capital)
        return SIZE_MAX;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (is(form, titles[i].title))
            return key(titles[i].key);
    return SIZE_MAX;
}

static size_t read_punctuation(const struct lexicon_form *form)
{
    static const char *const stops[] = {".",  "!",  "?",  ";", ":",
                                        "。", "！", "？", NULL};
    return key(ends_in_any(form, stops) ? "*stop" : "*punctuation");
}

/* 10th, 2nd: an ordinal; all else that begins with a digit is a number. */
static size_t read_number(const struct lexicon_form *form)
{
    static const char *const ordinals[] = {"1st", "2nd", "3rd", "th", NULL};
    return key(form->length > 2 && ends_in_any(form, ordinals) ? "third" : "*number");
}

/* ---- strangers
 * ------------------------------------------------------------------------ */

/* What a stranger's ending says, in the order of lexicon.py. */
static size_t guess(const struct lexicon_form *form)
{
    static const char *const endings[] = {
        "*-ly",   "*-ous", "*-ful",  "*-ish",  "*-ive",  "*-able", "*-ible", "*-less",
        "*-ic",   "*-al",  "*-ary",  "*-ness", "*-ment", "*-tion", "*-sion", "*-ity",
        "*-ship", "*-ism", "*-ance", "*-ence", "*-hood", "*-ing",  "*-ed",
    };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends(form, endings[i] + 2))
            return key(endings[i]);
    return key(ends(form, "s") && !ends(form, "ss") ? "*-s" : "*-");
}

/* snowwoman, milkman, firemen */
static size_t read_compound(const struct lexicon_form *form)
{
    static const char *const keys[] = {"*-woman", "*-women", "*-man", "*-men"};
    for (size_t i = 0; form->length > 4 && i < sizeof keys / sizeof *keys; i++)
        if (ends(form, keys[i] + 2))
            return key(keys[i]);
    return SIZE_MAX;
}

static bool is_plain(const struct lexicon_form *form)
{
    for (size_t i = 0; i < form->length; i++)
        if (form->text[i] < 'a' || form->text[i] > 'z')
            return false;
    return true;
}

/* The word that was meant: `ice-cream` is a kind of `cream`, `anmial` an animal. An
 * ending that makes words (-ness) is better evidence than a near word. */
static size_t repaired(const struct lexicon_form *form)
{
    static const char *const endings[] = {"ly",   "ing", "ed", "ness", "ment",
                                          "tion", "ism", "s",  NULL};
    if (form->longer || !form->ascii)
        return SIZE_MAX;
    const char *hyphen = strrchr(form->text, '-');
    if (hyphen) {
        size_t at = key(hyphen + 1);
        unsigned kind = lexicon_table_kind(at);
        return kind & LEXICON_ENTRY && !(kind & LEXICON_CLOSED) ? at : SIZE_MAX;
    }
    if (ends_in_any(form, endings) || !is_plain(form) ||
        lexicon_table_is_english(form->text, form->length))
        return SIZE_MAX;
    return lexicon_spell(form->text, form->length);
}

static size_t read_stranger(const struct lexicon_form *form, struct lexicon_place place)
{
    size_t at = place.foreign ? SIZE_MAX : read_compound(form);
    if (at != SIZE_MAX)
        return at;
    if (!form->ascii || place.foreign)
        return key("*foreign");
    return guess(form);
}

/* ---- words
 * ---------------------------------------------------------------------------- */

/* A name by the lists; SIZE_MAX if it is none there. */
static size_t read_listed_name(const struct lexicon_form *form, unsigned kind,
                               struct lexicon_place place)
{
    static const char *const keys[] = {NULL, "*name-m", "*name-f", "*name-e"};
    unsigned gender = kind & LEXICON_GENDER;
    if (!form->capital || place.shouted)
        return gender && kind & LEXICON_LOWER ? key(keys[gender]) : SIZE_MAX;
    if (gender)
        return !place.first || kind & LEXICON_FIRST ? key(keys[gender]) : SIZE_MAX;
    if (kind & LEXICON_SURNAME && !form->upper &&
        (!place.first || !(kind & LEXICON_ENTRY)))
        return key("*surname");
    return SIZE_MAX;
}

/* A name by its capital inside a sentence: NASA, Zorblax; Spanish by its ending. */
static size_t read_capital(const struct lexicon_form *form, unsigned kind,
                           struct lexicon_place place)
{
    static const char *const nations[] = {"an", "ish", "ese", "ic", NULL};
    bool known = kind & LEXICON_ENTRY;
    if (!form->capital || place.shouted || (place.foreign && !known))
        return SIZE_MAX;
    if (!known && form->length > 4 && ends_in_any(form, nations))
        return key("*nation");
    return !place.first && (!known || form->upper) ? key("*proper") : SIZE_MAX;
}

/* A word that is neither grammar nor punctuation. `at` may be SIZE_MAX. */
static size_t read_open(const struct lexicon_form *form, size_t at,
                        struct lexicon_place place)
{
    unsigned kind = lexicon_table_kind(at);
    bool named = kind & (LEXICON_GENDER | LEXICON_SURNAME);
    bool capital = form->capital && !place.shouted;
    if (!(kind & LEXICON_ENTRY) && !named && !place.foreign &&
        (!capital || place.first || form->upper)) {
        size_t meant = repaired(form);
        if (meant != SIZE_MAX)
            return meant;
    }
    size_t name = read_listed_name(form, kind, place);
    if (name == SIZE_MAX)
        name = read_capital(form, kind, place);
    if (name != SIZE_MAX)
        return name;
    return kind & LEXICON_ENTRY ? at : read_stranger(form, place);
}

size_t lexicon_read(const struct lexicon_form *form, struct lexicon_place place)
{
    if (!form->letters)
        return read_punctuation(form);
    if (form->digits)
        return read_number(form);
    size_t at = read_title(form);
    if (at != SIZE_MAX)
        return at;
    if (!form->longer)
        at = lexicon_table_find(form->text, form->length);
    if (lexicon_table_kind(at) & LEXICON_CLOSED)
        return at;
    if (ends(form, "n't"))
        return key("*n't");
    return read_open(form, at, place);
}
