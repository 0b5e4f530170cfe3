/* glass_words.c - a model's own vocabulary. */
#include <stdlib.h>

#include "attn/model/glass.h"

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

int glass_compare_words(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) - lower(*b);
}

static int by_word(const void *key, const void *entry)
{
    return glass_compare_words(key, ((const struct glass_word *)entry)->text);
}

const struct glass_word *glass_find_word(const struct glass *glass, const char *text)
{
    return glass->n_words ? bsearch(text, glass->words, glass->n_words,
                                    sizeof *glass->words, by_word)
                          : NULL;
}
