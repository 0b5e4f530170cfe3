/* Any bytes, as the doors let them in: cut into words, and each word described. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/base/utf8.h"
#include "attn/model/glass_dims.h"
#include "attn/model/lexicon.h"
#include "attn/model/wordlevel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* Tokens stand in order, apart, and say what the text says there. */
static void check_tokens(const struct buf *text, const struct token *tokens, size_t n)
{
    size_t before = 0;
    for (size_t i = 1; i < n; i++) {
        const struct token *t = &tokens[i];
        size_t at = utf8_offset(text->at, text->length, t->start);
        must(t->start >= before && t->end > t->start && t->position == (int)i - 1);
        must(utf8_count(t->text, strlen(t->text)) == t->end - t->start);
        must(memcmp(text->at + at, t->text, strlen(t->text)) == 0);
        before = t->end;
    }
}

static void check_words(const struct lexicon_word *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        must(words[i].n_features <= LEXICON_FEATURES);
        for (size_t k = 0; k < words[i].n_features; k++)
            must(words[i].features[k].dim < GLASS_WIDTH &&
                 fabsf(words[i].features[k].value) <= 6);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const struct token *tokens;
    struct buf text;
    if (size > 20000)
        return 0;
    buf_init(&text, 100000);
    utf8_clean(&text, (const char *)data, size);
    size_t n = wordlevel_cut(text.at, text.length, &arena, &tokens);
    n = 1 + (n < TRACE_MAX_WORDS ? n : TRACE_MAX_WORDS);
    check_tokens(&text, tokens, n);
    struct lexicon_word *words = mem_new(n, sizeof *words);
    lexicon_describe(tokens, n, words);
    check_words(words, n);
    must(utf8_columns(text.at, text.length) <= 2 * text.length);
    free(words);
    arena_free(&arena);
    buf_free(&text);
    return 0;
}
