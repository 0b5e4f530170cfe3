/* glass_why.c - a score taken apart: every product of a query value and a key value is
 * a term with two readable names; together they are the score. */
#include <math.h>
#include <stdlib.h>

#include "attn/model/glass.h"

/* A term with its value in float64, for adding up. */
struct part {
    size_t query_dim, key_dim; /* SIZE_MAX: a whole; then the names stand in `whole` */
    double value;
    struct score_term whole;
};

/* The parts of one score while they are collected. */
struct sheet {
    const struct glass *glass;
    const struct trace *trace;
    const struct glass_head *head;
    size_t layer, row, col;
    const float *x, *y; /* the stream of the row's and of the column's token */
    const struct stream *own, *other; /* what the values of x and y are called */
    double scale;                     /* of this head: its gain times the trace's */
    struct arena *arena;
    struct part *parts;
    size_t n, room;
};

static struct part *add_part(struct sheet *sheet, double value)
{
    if (sheet->n == sheet->room) {
        size_t room = sheet->room ? 2 * sheet->room : 64;
        struct part *parts = arena_new(sheet->arena, room, sizeof *parts);
        for (size_t i = 0; i < sheet->n; i++)
            parts[i] = sheet->parts[i];
        sheet->parts = parts;
        sheet->room = room;
    }
    struct part *part = &sheet->parts[sheet->n++];
    *part = (struct part){.query_dim = SIZE_MAX, .key_dim = SIZE_MAX, .value = value};
    return part;
}

/* A term for many slots at once: a place kernel, a same-word or a topic match. */
static void add_whole(struct sheet *sheet, const char *query, const char *key,
                      enum origin_kind from, double value)
{
    if (value == 0)
        return;
    add_part(sheet, value)->whole = (struct score_term){.query = query,
                                                        .key = key,
                                                        .query_dim = SIZE_MAX,
                                                        .key_dim = SIZE_MAX,
                                                        .query_from = {.kind = from},
                                                        .key_from = {.kind = from}};
}

static const char *distance_text(const struct sheet *sheet)
{
    size_t row = sheet->row, col = sheet->col;
    if (row == col)
        return "its own place";
    size_t words = row > col ? row - col : col - row;
    return arena_print(sheet->arena, "%zu word%s %s", words, words == 1 ? "" : "s",
                       row > col ? "back" : "ahead");
}

static void add_place(struct sheet *sheet)
{
    bool off = sheet->x[FRAME_p] == 0;
    if (!sheet->head->place_slots || sheet->row == 0 || sheet->col == 0)
        return;
    add_whole(sheet, "place", off ? "no place" : distance_text(sheet), ORIGIN_POSITION,
              sheet->scale *
                  glass_place_score(sheet->head, sheet->row, sheet->col, off));
}

/* Cosine of what two rows hold in two blocks of one size. */
static double alike(const float *x, const float *y, size_t n)
{
    double xy = 0, xx = 0, yy = 0;
    for (size_t d = 0; d < n; d++) {
        xy += (double)x[d] * (double)y[d];
        xx += (double)x[d] * (double)x[d];
        yy += (double)y[d] * (double)y[d];
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

static void add_pair(struct sheet *sheet, size_t query_dim, size_t key_dim,
                     double value)
{
    struct part *part = add_part(sheet, value);
    part->query_dim = query_dim;
    part->key_dim = key_dim;
}

/* What the values of two blocks, matched with each other, add to the score. */
struct likeness {
    const struct stream_block *query, *key;
    double value;
};

enum { MOST_LIKENESSES = 8 };

/* Adds to the likeness of both blocks; false where the values lie in none. */
static bool add_likeness(const struct sheet *sheet, struct likeness *all, size_t q,
                         size_t k, double value)
{
    const struct stream_block *query = stream_block_of(sheet->own, q);
    const struct stream_block *key = stream_block_of(sheet->other, k);
    for (size_t i = 0; i < MOST_LIKENESSES && query && key; i++)
        if (!all[i].query || (all[i].query == query && all[i].key == key)) {
            all[i].query = query;
            all[i].key = key;
            all[i].value += value;
            return true;
        }
    return false;
}

static void name_likeness(struct sheet *sheet, const struct likeness *of)
{
    const char *query = arena_print(sheet->arena, "same %s", of->query->name), *key;
    double cosine =
        alike(sheet->x + of->query->first, sheet->y + of->key->first, of->query->n);
    if (of->query->graded)
        key = arena_print(sheet->arena, "%.2f alike", cosine);
    else if (of->query == of->key)
        key = arena_print(sheet->arena, "is %s %s",
                          cosine > 0.99 ? "the same" : "another", of->key->name);
    else
        key = arena_print(sheet->arena, "its %s is %s", of->key->name,
                          cosine > 0.7 ? "the same" : "another");
    add_whole(sheet, query, key, ORIGIN_WORD, of->value);
}

static bool is_place(const struct stream *stream, size_t dim)
{
    return stream->kinds[dim] == STREAM_PLACE;
}

/* How far apart the numbers of two words are, each in its own sentence. */
static const char *apart_text(const struct sheet *sheet)
{
    size_t row = sheet->row, col = sheet->col;
    size_t words = row > col ? row - col : col - row;
    if (words == 0 || row == 0 || col == 0)
        return "as far from the beginning";
    return arena_print(sheet->arena, "%zu word%s nearer to the %s", words,
                       words == 1 ? "" : "s", col < row ? "beginning" : "end");
}

static void add_content(struct sheet *sheet)
{
    const struct matrix *Q = &sheet->head->Q, *K = &sheet->head->K;
    struct likeness likenesses[MOST_LIKENESSES] = {0};
    double places = 0; /* of a cross head: what compares places, as one term */
    for (size_t a = 0; a < Q->n; a++) {
        const struct weight *q = &Q->at[a];
        double x = (double)sheet->x[q->from] * q->value * sheet->scale;
        if (x == 0 || (sheet->head->place_slots >> q->to & 1))
            continue;
        for (size_t b = 0; b < K->n; b++) {
            const struct weight *k = &K->at[b];
            double value =
                k->to == q->to ? x * (double)sheet->y[k->from] * k->value : 0;
            if (value == 0 || add_likeness(sheet, likenesses, q->from, k->from, value))
                continue;
            if (sheet->trace->source &&
                (is_place(sheet->own, q->from) || is_place(sheet->other, k->from)))
                places += value;
            else
                add_pair(sheet, q->from, k->from, value);
        }
    }
    for (size_t i = 0; i < MOST_LIKENESSES && likenesses[i].query; i++)
        name_likeness(sheet, &likenesses[i]);
    if (places != 0)
        add_whole(sheet, "place", apart_text(sheet), ORIGIN_POSITION, places);
}

static int by_size(const void *a, const void *b)
{
    const struct score_term *x = a, *y = b;
    float p = fabsf(x->value), q = fabsf(y->value);
    if (p != q)
        return p < q ? 1 : -1;
    if (x->query_dim != y->query_dim)
        return x->query_dim < y->query_dim ? -1 : 1;
    return (x->key_dim > y->key_dim) - (x->key_dim < y->key_dim);
}

static int by_dims(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->query_dim != y->query_dim)
        return x->query_dim < y->query_dim ? -1 : 1;
    if (x->key_dim != y->key_dim)
        return x->key_dim < y->key_dim ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static struct score_term term_of(const struct sheet *sheet, const struct part *part)
{
    struct score_term term = part->whole;
    term.value = (float)part->value;
    if (part->query_dim == SIZE_MAX || term.value == 0)
        return term;
    term.query = sheet->own->names[part->query_dim];
    term.key = sheet->other->names[part->key_dim];
    term.query_dim = part->query_dim;
    term.key_dim = part->key_dim;
    term.query_from = glass_origin(sheet->glass, sheet->trace, sheet->layer, sheet->row,
                                   part->query_dim);
    term.key_from = sheet->trace->source /* another model made it: its word */
                        ? (struct origin){.kind = ORIGIN_WORD}
                        : glass_origin(sheet->glass, sheet->trace, sheet->layer,
                                       sheet->col, part->key_dim);
    return term;
}

/* Parts of the same two values become one term; zeros go, the largest comes first. */
static void settle(struct sheet *sheet, struct score *why)
{
    struct score_term *terms = arena_new(sheet->arena, sheet->n, sizeof *terms);
    double sum = 0;
    if (sheet->n > 0)
        qsort(sheet->parts, sheet->n, sizeof *sheet->parts, by_dims);
    for (size_t i = 0; i < sheet->n;) {
        struct part part = sheet->parts[i++];
        while (i < sheet->n && part.query_dim != SIZE_MAX &&
               sheet->parts[i].query_dim == part.query_dim &&
               sheet->parts[i].key_dim == part.key_dim)
            part.value += sheet->parts[i++].value;
        sum += part.value;
        terms[why->n_terms] = term_of(sheet, &part);
        why->n_terms += terms[why->n_terms].value != 0;
    }
    if (why->n_terms > 0)
        qsort(terms, why->n_terms, sizeof *terms, by_size);
    why->terms = terms;
    why->score = (float)sum;
}

bool glass_why(const struct glass *glass, const struct trace *trace, struct score_at at,
               struct arena *arena, struct score *why, struct err *err)
{
    *why = (struct score){0};
    if (at.layer >= trace->L || at.head >= trace->H || at.row >= trace->T ||
        at.col >= trace->S)
        return err_set(err, ERR_OUT_OF_RANGE, "There is no such head or word here.");
    const float *x = trace->hidden + at.layer * trace->T * trace->C;
    const float *y = trace->source ? trace->source + at.col * trace->source_C
                                   : x + at.col * trace->C;
    struct sheet sheet = {.glass = glass,
                          .trace = trace,
                          .head = glass_head_of(glass, trace, at.layer, at.head),
                          .layer = at.layer,
                          .row = at.row,
                          .col = at.col,
                          .x = x + at.row * trace->C,
                          .y = y,
                          .own = glass->stream,
                          .other = trace->source ? glass->source : glass->stream,
                          .arena = arena};
    sheet.scale = sheet.head->gain * trace->score_scale;
    add_content(&sheet);
    add_place(&sheet);
    settle(&sheet, why);
    return true;
}
