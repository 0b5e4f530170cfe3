#include "attn/lang/numbers.h"

#include <math.h>

#include "attn/base/buf.h"

enum { PLAIN_DIGITS = 6, MOST_TEXT = 1 << 16 };

double number_rounded(double value, int places)
{
    double unit = pow(10, places), rounded = round(value * unit) / unit;
    return rounded == 0 ? 0 : rounded;
}

const char *number_plain(struct arena *arena, double value, int digits)
{
    return arena_print(arena, "%.*g", digits, value == 0 ? 0 : value);
}

const char *number_fixed(struct arena *arena, double value, int places)
{
    return arena_print(arena, "%.*f", places, number_rounded(value, places));
}

const char *number_signed(struct arena *arena, double value, int places)
{
    double shown = places < 0 ? value : number_rounded(value, places);
    const char *text = places < 0 ? number_plain(arena, value, PLAIN_DIGITS)
                                  : number_fixed(arena, value, places);
    return shown > 0 ? arena_print(arena, "+%s", text) : text;
}

/* What was written, in the arena. */
static const char *settled(struct buf *text, struct arena *arena)
{
    const char *copy = arena_copy(arena, text->length ? text->at : "", text->length);
    buf_free(text);
    return copy;
}

const char *number_list(struct arena *arena, const double *values, size_t n, int places)
{
    struct buf text;
    buf_init(&text, MOST_TEXT);
    for (size_t i = 0; i < n; i++)
        buf_print(&text, "%s%s", i ? " " : "",
                  places < 0 ? number_plain(arena, values[i], PLAIN_DIGITS)
                             : number_fixed(arena, values[i], places));
    return settled(&text, arena);
}

const char *number_dot(struct arena *arena, const double *a, const double *b, size_t n,
                       int digits)
{
    struct buf text;
    double sum = 0;
    buf_init(&text, MOST_TEXT);
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
        buf_print(&text, "%s%s*%s", i ? " + " : "", number_plain(arena, a[i], digits),
                  number_plain(arena, b[i], digits));
    }
    buf_print(&text, " = %s", number_plain(arena, sum, digits));
    return settled(&text, arena);
}

size_t number_rank(const double *values, size_t n, uint64_t skip, size_t *order)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t place = kept;
        if (fabs(values[i]) < 1e-9 || (i < 64 && (skip >> i & 1)))
            continue;
        for (; place > 0 && fabs(values[order[place - 1]]) < fabs(values[i]); place--)
            order[place] = order[place - 1];
        order[place] = i;
        kept++;
    }
    return kept;
}

int number_places(const double *values, size_t n, double total, const int range[2],
                  bool *exact)
{
    for (int places = range[0]; places <= range[1]; places++) {
        double sum = 0, half = .25 * pow(10, -places);
        for (size_t i = 0; i < n; i++)
            sum += number_rounded(values[i], places);
        if (fabs(sum - number_rounded(total, places)) < half)
            return places;
    }
    *exact = false;
    return range[0];
}
