/* corpus.h - many sentences from a file, one after the other.
 *
 * The file is untrusted: a regular file of at most CORPUS_MOST_BYTES, UTF-8, in one of
 * two forms, told apart by the first line that says something:
 *   text     a sentence a line; blank lines and lines that begin with # are passed over
 *   CoNLL-U  ten columns between tabs, of which ID, FORM, HEAD, DEPREL, DEPS and MISC
 *            are read (universaldependencies.org/format.html): a sentence ends with a
 *            blank line; its text is the forms, with a blank after each that has not
 *            SpaceAfter=No. Relations: DEPREL to HEAD where HEAD is a word, but punct;
 *            of DEPS those named coref alone, as the others repeat the tree.
 * Only one sentence is held at a time. Depends on base/{file,utf8}, lang/samples.
 */
#ifndef ATTN_LANG_CORPUS_H
#define ATTN_LANG_CORPUS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "attn/base/arena.h"
#include "attn/base/buf.h"
#include "attn/base/err.h"

#define CORPUS_SAMPLES "samples" /* the name of what is built in */

enum {
    CORPUS_MOST_BYTES = 1 << 30,
    CORPUS_MOST_LINE = 64 << 10,      /* bytes of a line */
    CORPUS_MOST_SENTENCE = 256 << 10, /* bytes of a sentence of CoNLL-U as text */
    CORPUS_MOST_WORDS = 512,          /* of CoNLL-U */
    CORPUS_MOST_LINKS = 4 * CORPUS_MOST_WORDS,
};

/* A word of CoNLL-U: where it stands in the sentence, in code points, half-open. Parts
 * of one written word (du = de + le) share its place. */
struct corpus_word {
    size_t start, end;
};

struct corpus_link {
    size_t dependent, head; /* words from 0 */
    const char *relation;
};

/* Borrowed until the next sentence is read. */
struct corpus_sentence {
    size_t line; /* where it begins, from 1 */
    const char *text;
    size_t length;
    bool
        too_long; /* over CORPUS_MOST_WORDS or _SENTENCE: nothing more is known of it */
    const struct corpus_word *words; /* CoNLL-U alone */
    size_t n_words;
    const struct corpus_link *links;
    size_t n_links;
};

struct corpus; /* opened object */

/* Opens a file, or what is built in. *stop (may be NULL) is tested at every line from
 * then on. NULL with ERR_BAD_FILE or ERR_TOO_LARGE. */
MUST_USE struct corpus *corpus_open(const char *path, const atomic_bool *stop,
                                    struct err *err);
void corpus_close(struct corpus *corpus); /* NULL is allowed */

/* The next sentence; *more is false at the end. False with ERR_BAD_FILE, which names
 * the line, ERR_TOO_LARGE or ERR_INTERRUPTED. */
MUST_USE bool corpus_next(struct corpus *corpus, struct corpus_sentence *sentence,
                          bool *more, struct err *err);

/* The share of the file that has been read: 0 … 1. */
double corpus_share(const struct corpus *corpus);

#endif
