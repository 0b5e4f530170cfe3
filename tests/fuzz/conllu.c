/* Any lines as a sentence of CoNLL-U: an error that names a line, or words that stand
 * in the text and relations between them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check(const struct corpus_sentence *sentence)
{
    size_t points = utf8_count(sentence->text, sentence->length);
    must(utf8_valid(sentence->text, sentence->length));
    must(sentence->n_words <= CORPUS_MOST_WORDS);
    for (size_t w = 0; w < sentence->n_words; w++) {
        must(sentence->words[w].start < sentence->words[w].end);
        must(sentence->words[w].end <= points);
        must(w == 0 || sentence->words[w - 1].start <= sentence->words[w].start);
    }
    must(sentence->n_links <= CORPUS_MOST_LINKS);
    for (size_t k = 0; k < sentence->n_links; k++) {
        must(sentence->links[k].dependent < sentence->n_words);
        must(sentence->links[k].head < sentence->n_words);
        must(sentence->links[k].relation != NULL);
    }
}

/* A line as corpus.c lets it in: text in UTF-8 without NUL, neither blank nor a
 * comment. False at what is no CoNLL-U. */
static bool take(struct conllu *sheet, const char *line, size_t length, size_t number)
{
    struct err err = {0};
    if (length == 0 || *line == '#' || !utf8_valid(line, length) ||
        memchr(line, '\0', length))
        return true;
    char *copy = malloc(length + 1); /* its own memory: reading past it is seen */
    must(copy != NULL);
    memcpy(copy, line, length);
    copy[length] = '\0';
    (void)conllu_looks_so(copy);
    bool done = conllu_line(sheet, copy, number, &err);
    must(done == (err.code == ERR_NONE));
    free(copy);
    return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct conllu *sheet = malloc(sizeof *sheet);
    struct corpus_sentence sentence = {0};
    struct err err = {0};
    bool done = true;
    must(sheet != NULL);
    conllu_init(sheet);
    conllu_begin(sheet);
    for (size_t at = 0, number = 1; done && at < size; number++) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t length = end ? (size_t)(end - text) - at : size - at;
        done = take(sheet, text + at, length, number);
        at += length + 1;
    }
    if (done && conllu_end(sheet, &sentence, &err) && !sentence.too_long)
        check(&sentence);
    conllu_free(sheet);
    free(sheet);
    return 0;
}
