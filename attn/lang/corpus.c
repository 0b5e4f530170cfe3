#include "attn/lang/corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/file.h"
#include "attn/base/mem.h"
#include "attn/base/utf8.h"
#include "attn/lang/conllu.h"
#include "attn/lang/samples.h"

enum notation { NOT_SEEN, PLAIN_TEXT, CONLLU };

struct corpus {
    FILE *file; /* NULL: what is built in */
    char *path; /* owned */
    enum notation notation;
    size_t size, used; /* bytes */
    size_t number;     /* of the line that was read last, from 1 */
    struct buf line;
    struct conllu sheet;
    const atomic_bool *stop;
};

struct corpus *corpus_open(const char *path, const atomic_bool *stop, struct err *err)
{
    struct corpus *corpus = mem_new(1, sizeof *corpus);
    buf_init(&corpus->line, CORPUS_MOST_LINE);
    conllu_init(&corpus->sheet);
    corpus->stop = stop;
    corpus->path = mem_copy(path, strlen(path));
    if (strcmp(path, CORPUS_SAMPLES) == 0) {
        for (size_t i = 0; samples_line(i); i++)
            corpus->size += strlen(samples_line(i));
        return corpus;
    }
    corpus->file = file_open(path, "a file of sentences", err);
    corpus->size = corpus->file ? file_size(corpus->file) : 0;
    if (corpus->size > CORPUS_MOST_BYTES)
        err_set(err, ERR_TOO_LARGE, "\"%s\" is too large: I read at most %d MB.", path,
                CORPUS_MOST_BYTES >> 20);
    else if (corpus->file)
        return corpus;
    corpus_close(corpus);
    return NULL;
}

void corpus_close(struct corpus *corpus)
{
    if (!corpus)
        return;
    if (corpus->file)
        fclose(corpus->file);
    buf_free(&corpus->line);
    conllu_free(&corpus->sheet);
    free(corpus->path);
    free(corpus);
}

double corpus_share(const struct corpus *corpus)
{
    return corpus->size ? (double)corpus->used / (double)corpus->size : 1;
}

/* ---- lines --------------------------------------------------------------------- */

static bool take_sample(struct corpus *corpus)
{
    const char *line = samples_line(corpus->number);
    buf_clear(&corpus->line);
    if (line)
        buf_add(&corpus->line, line, strlen(line) - 1);
    return line != NULL;
}

static void drop_mark(struct buf *line)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* as some editors begin a file */
    if (line->length >= 3 && memcmp(line->at, mark, 3) == 0) {
        memmove(line->at, line->at + 3, line->length - 2);
        line->length -= 3;
    }
}

/* The next line, checked: valid UTF-8 without NUL, at most CORPUS_MOST_LINE bytes. */
static bool next_line(struct corpus *corpus, bool *more, struct err *err)
{
    struct buf *line = &corpus->line;
    *more = true;
    if (corpus->stop && atomic_load_explicit(corpus->stop, memory_order_relaxed))
        return err_set(err, ERR_INTERRUPTED, "Stopped while sentences were read.");
    *more = corpus->file ? file_line(corpus->file, line) : take_sample(corpus);
    if (!*more)
        return !(corpus->file && ferror(corpus->file)) ||
               err_set(err, ERR_BAD_FILE, "I cannot read \"%s\".", corpus->path);
    corpus->number++;
    corpus->used += line->length + 1;
    if (corpus->number == 1)
        drop_mark(line);
    if (corpus->used > CORPUS_MOST_BYTES)
        return err_set(err, ERR_TOO_LARGE, "\"%s\" grows while it is read.",
                       corpus->path);
    if (line->full)
        return err_set(
            err, ERR_BAD_FILE,
            "Line %zu of \"%s\" is longer than %d kB: one sentence a line is "
            "wanted.",
            corpus->number, corpus->path, CORPUS_MOST_LINE >> 10);
    if (!utf8_valid(line->at, line->length) || memchr(line->at, '\0', line->length))
        return err_set(err, ERR_BAD_FILE, "Line %zu of \"%s\" is not text in UTF-8.",
                       corpus->number, corpus->path);
    return true;
}

static bool is_blank(const struct buf *line)
{
    for (size_t at = 0; at < line->length;)
        if (!utf8_is_space(utf8_next(line->at, line->length, &at)))
            return false;
    return true;
}

/* Moves to the next line that says something. */
static bool next_said(struct corpus *corpus, bool *more, struct err *err)
{
    do {
        if (!next_line(corpus, more, err))
            return false;
    } while (*more && (corpus->line.at[0] == '#' || is_blank(&corpus->line)));
    return true;
}

/* ---- sentences ----------------------------------------------------------------- */

static bool read_conllu(struct corpus *corpus, struct corpus_sentence *sentence,
                        struct err *err)
{
    bool more = true;
    conllu_begin(&corpus->sheet);
    sentence->line = corpus->number;
    while (more && !is_blank(&corpus->line)) {
        if (corpus->line.at[0] != '#' &&
            !conllu_line(&corpus->sheet, corpus->line.at, corpus->number, err))
            return false;
        if (!next_line(corpus, &more, err))
            return false;
    }
    return conllu_end(&corpus->sheet, sentence, err);
}

bool corpus_next(struct corpus *corpus, struct corpus_sentence *sentence, bool *more,
                 struct err *err)
{
    *sentence = (struct corpus_sentence){0};
    if (!next_said(corpus, more, err) || !*more)
        return err->code == ERR_NONE;
    if (corpus->notation == NOT_SEEN)
        corpus->notation = conllu_looks_so(corpus->line.at) ? CONLLU : PLAIN_TEXT;
    if (corpus->notation == CONLLU)
        return read_conllu(corpus, sentence, err);
    sentence->line = corpus->number;
    sentence->text = corpus->line.at;
    sentence->length = corpus->line.length;
    return true;
}
