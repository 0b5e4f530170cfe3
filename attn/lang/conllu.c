#include "attn/lang/conllu.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/utf8.h"

enum { COLUMNS = 10, ID = 0, FORM = 1, HEAD = 6, DEPREL = 7, DEPS = 8, MISC = 9 };

/* A column: not NUL-terminated. */
struct column {
    const char *at;
    size_t length;
};

void conllu_init(struct conllu *sheet)
{
    *sheet = (struct conllu){0};
    buf_init(&sheet->text, CORPUS_MOST_SENTENCE);
}

void conllu_free(struct conllu *sheet)
{
    arena_free(&sheet->memory);
    buf_free(&sheet->text);
}

void conllu_begin(struct conllu *sheet)
{
    arena_free(&sheet->memory);
    buf_clear(&sheet->text);
    sheet->n_words = sheet->n_links = sheet->points = sheet->shared_to = 0;
    sheet->glued = true;
    sheet->too_long = false;
}

/* ---- columns ------------------------------------------------------------------- */

static size_t split(const char *line, struct column columns[COLUMNS])
{
    size_t n = 0;
    for (const char *at = line;; at++) {
        size_t length = strcspn(at, "\t");
        if (n < COLUMNS)
            columns[n] = (struct column){at, length};
        n++;
        at += length;
        if (!*at)
            return n;
    }
}

static bool is_text(const struct column *column, const char *text)
{
    return column->length == strlen(text) &&
           memcmp(column->at, text, column->length) == 0;
}

/* Reads digits, at most 6 of them, from *at on; false if there are none. */
static bool take_number(const char **at, size_t *number)
{
    size_t digits = strspn(*at, "0123456789");
    if (digits == 0 || digits > 6)
        return false;
    *number = strtoul(*at, NULL, 10);
    *at += digits;
    return true;
}

bool conllu_looks_so(const char *line)
{
    struct column columns[COLUMNS];
    return *line >= '0' && *line <= '9' && split(line, columns) == COLUMNS;
}

static bool wrong(size_t number, const char *what, struct err *err)
{
    return err_set(err, ERR_BAD_FILE, "Line %zu is not CoNLL-U: %s.", number, what);
}

/* ---- text ---------------------------------------------------------------------- */

static bool has_no_space_after(const struct column *misc)
{
    static const char flag[] = "SpaceAfter=No";
    const char *at = misc->at, *end = misc->at + misc->length;
    while (at < end) {
        size_t length = strcspn(at, "|");
        if (length > (size_t)(end - at))
            length = (size_t)(end - at);
        if (length == sizeof flag - 1 && memcmp(at, flag, length) == 0)
            return true;
        at += length + 1;
    }
    return false;
}

/* Writes a form; where it stands. */
static struct corpus_word write_form(struct conllu *sheet, const struct column *columns)
{
    const struct column *form = &columns[FORM];
    struct corpus_word word;
    if (!sheet->glued) {
        buf_char(&sheet->text, ' ');
        sheet->points++;
    }
    word.start = sheet->points;
    buf_add(&sheet->text, form->at, form->length);
    sheet->points += utf8_count(form->at, form->length);
    word.end = sheet->points;
    sheet->glued = has_no_space_after(&columns[MISC]);
    sheet->too_long = sheet->too_long || sheet->text.full;
    return word;
}

/* ---- relations ----------------------------------------------------------------- */

/* Heads beyond the sentence are found at its end. */
static void add_link(struct conllu *sheet, size_t head, const struct column *relation)
{
    if (head == 0 || sheet->n_links == CORPUS_MOST_LINKS)
        return;
    sheet->links[sheet->n_links++] = (struct corpus_link){
        .dependent = sheet->n_words - 1,
        .head = head - 1,
        .relation = arena_copy(&sheet->memory, relation->at, relation->length)};
}

static bool add_head(struct conllu *sheet, const struct column *columns, size_t number,
                     struct err *err)
{
    const char *at = columns[HEAD].at;
    size_t head;
    if (is_text(&columns[HEAD], "_"))
        return true;
    if (!take_number(&at, &head) || at != columns[HEAD].at + columns[HEAD].length)
        return wrong(number, "its seventh column, the head, is neither a number nor _",
                     err);
    if (!is_text(&columns[DEPREL], "_") && !is_text(&columns[DEPREL], "punct"))
        add_link(sheet, head, &columns[DEPREL]);
    return true;
}

/* Of 4:nsubj|7:coref the second. */
static void add_more(struct conllu *sheet, const struct column *deps)
{
    const char *at = deps->at, *end = deps->at + deps->length;
    while (at < end) {
        const char *next = memchr(at, '|', (size_t)(end - at));
        const char *stop = next ? next : end;
        size_t head;
        if (take_number(&at, &head) && *at == ':') {
            struct column relation = {at + 1, (size_t)(stop - at - 1)};
            if (is_text(&relation, "coref"))
                add_link(sheet, head, &relation);
        }
        at = stop + 1;
    }
}

/* ---- lines --------------------------------------------------------------------- */

static bool add_word(struct conllu *sheet, const struct column *columns, size_t number,
                     struct err *err)
{
    if (sheet->n_words == CORPUS_MOST_WORDS)
        sheet->too_long = true;
    if (sheet->too_long)
        return true;
    size_t id = sheet->n_words + 1;
    sheet->words[sheet->n_words++] =
        id <= sheet->shared_to ? sheet->shared : write_form(sheet, columns);
    add_more(sheet, &columns[DEPS]);
    return add_head(sheet, columns, number, err);
}

/* 3-4: the words that follow are written as one. */
static bool begin_shared(struct conllu *sheet, const struct column *columns,
                         const char *at, size_t from)
{
    size_t to;
    if (!take_number(&at, &to) || at != columns[ID].at + columns[ID].length ||
        from != sheet->n_words + 1 || to < from || from <= sheet->shared_to)
        return false;
    sheet->shared = write_form(sheet, columns);
    sheet->shared_to = to;
    return true;
}

bool conllu_line(struct conllu *sheet, const char *line, size_t number, struct err *err)
{
    struct column columns[COLUMNS];
    const char *at = line;
    size_t id;
    if (sheet->n_words == 0)
        sheet->first = number;
    if (split(line, columns) != COLUMNS)
        return wrong(number, "it has not ten columns between tabs", err);
    if (!take_number(&at, &id))
        return wrong(number, "it does not begin with a word's number", err);
    if (columns[FORM].length == 0)
        return wrong(number, "its second column, the word, is empty", err);
    if (sheet->too_long || *at == '.') /* 8.1: a word that is not written */
        return true;
    if (*at == '-')
        return begin_shared(sheet, columns, at + 1, id) ||
               wrong(number, "its range of words does not fit", err);
    if (at != columns[ID].at + columns[ID].length || id != sheet->n_words + 1)
        return wrong(number, "its words are not numbered 1, 2, 3 …", err);
    return add_word(sheet, columns, number, err);
}

bool conllu_end(struct conllu *sheet, struct corpus_sentence *sentence, struct err *err)
{
    sentence->too_long = sheet->too_long;
    if (sheet->too_long)
        return true;
    for (size_t k = 0; k < sheet->n_links; k++)
        if (sheet->links[k].head >= sheet->n_words ||
            sheet->links[k].head == sheet->links[k].dependent)
            return err_set(err, ERR_BAD_FILE,
                           "The sentence in line %zu is not CoNLL-U: the head of its "
                           "word %zu is none of its other words.",
                           sheet->first, sheet->links[k].dependent + 1);
    sentence->text = sheet->text.at;
    sentence->length = sheet->text.length;
    sentence->words = sheet->words;
    sentence->n_words = sheet->n_words;
    sentence->links = sheet->links;
    sentence->n_links = sheet->n_links;
    return true;
}
