/* conllu.h - one sentence of CoNLL-U, line by line. What is read of it: corpus.h.
 * Depends on lang/corpus, base.
 */
#ifndef ATTN_LANG_CONLLU_H
#define ATTN_LANG_CONLLU_H

#include "attn/lang/corpus.h"

struct conllu {
    struct arena memory; /* of the sentence's relations */
    struct buf text;
    size_t points; /* code points of text */
    size_t first;  /* number of its first line */
    struct corpus_word words[CORPUS_MOST_WORDS];
    struct corpus_link links[CORPUS_MOST_LINKS];
    size_t n_words, n_links;
    size_t shared_to; /* words up to this number are parts of `shared` */
    struct corpus_word shared;
    bool glued; /* no blank before the next form */
    bool too_long;
};

void conllu_init(struct conllu *sheet);
void conllu_free(struct conllu *sheet);
void conllu_begin(struct conllu *sheet);

/* True for a line of ten columns of which the first is a number. */
bool conllu_looks_so(const char *line);

/* Takes a line that is neither blank nor a comment. ERR_BAD_FILE, naming the line. */
MUST_USE bool conllu_line(struct conllu *sheet, const char *line, size_t number,
                          struct err *err);

/* The sentence, which lives until the next begins. ERR_BAD_FILE where a head is none of
 * its words. */
MUST_USE bool conllu_end(struct conllu *sheet, struct corpus_sentence *sentence,
                         struct err *err);

#endif
