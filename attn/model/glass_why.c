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
    double scale;       /* of this head: its gain times the trace's */
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
    bool off = sheet->x[DIM_p] == 0;
    if (!sheet->head->place_slots || sheet->row == 0 || sheet->col == 0)
        return;
    add_whole(sheet, "place", off ? "no place" : distance_text(sheet), ORIGIN_POSITION,
              sheet->scale *
                  glass_place_score(sheet->head, sheet->row, sheet->col, off));
}

static bool is_spelling(size_t dim)
{
    return dim >= DIM_id0 && dim <= DIM_id19;
}

static bool is_topic(size_t dim)
{
    return dim >= DIM_top0 && dim <= DIM_top23;
}

/* Cosine of what two rows hold in the dimensions `first` .. `last`. */
static double alike(const struct sheet *sheet, size_t first, size_t last)
{
    double xy = 0, xx = 0, yy = 0;
    for (size_t d = first; d <= last; d++) {
        double x = (double)sheet->x[d], y = (double)sheet->y[d];
        xy += x * y;
        xx += x * x;
        yy += y * y;
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

static void add_content(struct sheet *sheet)
{
    const struct matrix *Q = &sheet->head->Q, *K = &sheet->head->K;
    double spelling = 0, topic = 0;
    for (size_t a = 0; a < Q->n; a++) {
        const struct weight *q = &Q->at[a];
        double x = (double)sheet->x[q->from] * q->value * sheet->scale;
        if (x == 0 || (sheet->head->place_slots >> q->to & 1))
            continue;
        for (size_t b = 0; b < K->n; b++) {
            const struct weight *k = &K->at[b];
            double value =
                k->to == q->to ? x * (double)sheet->y[k->from] * k->value : 0;
            if (value == 0)
                continue;
            if (is_spelling(q->from) && is_spelling(k->from))
                spelling += value;
            else if (is_topic(q->from) && is_topic(k->from))
                topic += value;
            else
                add_pair(sheet, q->from, k->from, value);
        }
    }
    add_whole(sheet, "same word",
              alike(sheet, DIM_id0, DIM_id19) > 0.99 ? "is the same word"
                                                     : "is another word",
              ORIGIN_WORD, spelling);
    add_whole(
        sheet, "same subject",
        arena_print(sheet->arena, "%.2f alike", alike(sheet, DIM_top0, DIM_top23)),
        ORIGIN_WORD, topic);
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
    term.query = glass_dim_names[part->query_dim];
    term.key = glass_dim_names[part->key_dim];
    term.query_dim = part->query_dim;
    term.key_dim = part->key_dim;
    term.query_from = glass_origin(sheet->glass, sheet->trace, sheet->layer, sheet->row,
                                   part->query_dim);
    term.key_from = glass_origin(sheet->glass, sheet->trace, sheet->layer, sheet->col,
                                 part->key_dim);
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
    const float *stream = trace->hidden + at.layer * trace->T * trace->C;
    struct sheet sheet = {.glass = glass,
                          .trace = trace,
                          .head = &glass->layers[at.layer].heads[at.head],
                          .layer = at.layer,
                          .row = at.row,
                          .col = at.col,
                          .x = stream + at.row * trace->C,
                          .y = stream + at.col * trace->C,
                          .arena = arena};
    sheet.scale = sheet.head->gain * trace->score_scale;
    add_content(&sheet);
    add_place(&sheet);
    settle(&sheet, why);
    return true;
}
