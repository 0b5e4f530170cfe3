#include "attn/model/dictionary.h"

#include <math.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/model/dictionary_data.h"
#include "attn/model/lexicon.h"

enum { LONGEST = 48 };

/* Lower case with straight apostrophes; 0 for what is longer than any word here. */
static size_t fold(const char *word, size_t length, char to[LONGEST])
{
    size_t n = 0;
    for (size_t at = 0; at < length;) {
        char bytes[4];
        uint32_t c = utf8_lower(utf8_next(word, length, &at));
        size_t size = utf8_put(bytes, c == 0x2018 || c == 0x2019 ? '\'' : c);
        if (n + size >= LONGEST)
            return 0;
        memcpy(to + n, bytes, size);
        n += size;
    }
    to[n] = '\0';
    return n;
}

const struct dictionary_entry *dictionary_find(const char *word, size_t length)
{
    char text[LONGEST];
    size_t low = 0, high = dictionary_english_n;
    if (fold(word, length, text) == 0)
        return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(dictionary_english[middle].text, text);
        if (order == 0)
            return &dictionary_english[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

size_t dictionary_size(void)
{
    return dictionary_english_n;
}

size_t dictionary_lemma_count(void)
{
    return dictionary_lemmas;
}

size_t dictionary_forms(void)
{
    return dictionary_french_n;
}

const struct dictionary_form *dictionary_form_at(size_t i)
{
    return &dictionary_french[i];
}

size_t dictionary_form_find(const char *word, size_t length, size_t *first)
{
    char text[LONGEST];
    size_t low = 0, high = dictionary_french_n, n = 0;
    if (fold(word, length, text) == 0)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(dictionary_french[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (low + n < dictionary_french_n &&
           strcmp(dictionary_french[low + n].text, text) == 0)
        n++;
    return n;
}

/* The extended Golay code: 12 bits, the rest of their division by its generator
 * polynomial x^11 + x^10 + x^6 + x^5 + x^4 + x^2 + 1, and a bit that evens them out. */
static uint32_t golay(uint32_t message)
{
    enum { GENERATOR = 0xC75 };
    uint32_t rest = message << 11, word, odd = 0;
    for (uint32_t bit = 22; bit >= 11; bit--)
        if (rest >> bit & 1)
            rest ^= (uint32_t)GENERATOR << (bit - 11);
    word = message << 11 | rest;
    for (uint32_t bits = word; bits; bits &= bits - 1)
        odd ^= 1;
    return word << 1 | odd;
}

void dictionary_code(size_t lemma, float signs[DICTIONARY_SIGNS])
{
    uint32_t word = golay((uint32_t)(lemma % DICTIONARY_CODES));
    float size = 1 / sqrtf(DICTIONARY_SIGNS);
    for (size_t i = 0; i < DICTIONARY_SIGNS; i++)
        signs[i] = word >> i & 1 ? size : -size;
}

size_t dictionary_stranger(const char *word, size_t length)
{
    return DICTIONARY_STRANGER +
           lexicon_hash(word, length) % (DICTIONARY_CODES - DICTIONARY_STRANGER);
}

const char *dictionary_before(const char *text)
{
    for (size_t i = 0; i < dictionary_before_vowel_n; i++)
        if (strcmp(dictionary_before_vowel[i].before, text) == 0)
            return dictionary_before_vowel[i].becomes;
    return NULL;
}

bool dictionary_vowel(const char *text, size_t length)
{
    static const char vowels[] = "aeiouàâéèêëîïôûùœæ"; /* h: names are said with it */
    size_t first, at = 0;
    if (dictionary_form_find(text, length, &first) > 0)
        return dictionary_french[first].vowel;
    uint32_t c = length ? utf8_lower(utf8_next(text, length, &at)) : 0;
    for (size_t v = 0; v < sizeof vowels - 1;)
        if (utf8_next(vowels, sizeof vowels - 1, &v) == c)
            return true;
    return false;
}

const char *dictionary_contract(const char *text, const char *after)
{
    for (size_t i = 0; i < dictionary_contracted_n; i++)
        if (strcmp(dictionary_contracted[i].before, text) == 0 &&
            strcmp(dictionary_contracted[i].after, after) == 0)
            return dictionary_contracted[i].becomes;
    return NULL;
}
