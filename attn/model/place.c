#include "attn/model/place.h"

#include <math.h>
#include <stdlib.h>

#include "attn/base/mem.h"

enum {
    FAR = 511, /* the longest distance */
    FINE = 48, /* every distance up to here, every third beyond */
    MOST_ROWS = 512,
    COLS = 2 * PLACE_WAVES + 2, /* cosines, sines, slope, level */
    ROUNDS = 400                /* of the hinge: it settles well before */
};

/* One wished shape over all distances, and the least squares that fit it. */
struct fit {
    size_t n;
    double d[MOST_ROWS], wish[MOST_ROWS], weight[MOST_ROWS];
    bool at_most[MOST_ROWS]; /* to lie below the wish costs nothing */
    double basis[MOST_ROWS][COLS];
    double factor[COLS][COLS]; /* lower Cholesky factor of the normal matrix */
    double x[COLS];
};

double place_frequency(size_t wave)
{
    return 2.4 * pow(0.055 / 2.4, (double)wave / (PLACE_WAVES - 1));
}

static void lay_distances(struct fit *fit)
{
    for (int d = -FAR; d < -FINE; d += 3)
        fit->d[fit->n++] = d;
    for (int d = -FINE; d <= FINE; d++)
        fit->d[fit->n++] = d;
    for (int d = FINE + 3; d <= FAR; d += 3)
        fit->d[fit->n++] = d;
    for (size_t i = 0; i < fit->n; i++) {
        for (size_t k = 0; k < PLACE_WAVES; k++) {
            double angle = place_frequency(k) * fit->d[i];
            fit->basis[i][k] = cos(angle);
            fit->basis[i][PLACE_WAVES + k] = sin(angle);
        }
        fit->basis[i][COLS - 2] = fit->d[i] / 10; /* of the size of the other columns */
        fit->basis[i][COLS - 1] = 1;
    }
}

/* Factors B'W²B + ridge: the same in every round, since the weights are. */
static void factor(struct fit *fit, double ridge)
{
    for (size_t r = 0; r < COLS; r++)
        for (size_t c = 0; c <= r; c++) {
            double sum = r == c ? ridge : 0;
            for (size_t i = 0; i < fit->n; i++)
                sum += fit->basis[i][r] * fit->basis[i][c] * fit->weight[i] *
                       fit->weight[i];
            for (size_t k = 0; k < c; k++)
                sum -= fit->factor[r][k] * fit->factor[c][k];
            fit->factor[r][c] = r == c ? sqrt(sum) : sum / fit->factor[c][c];
        }
}

/* Least squares against `target`. */
static void solve(struct fit *fit, const double *target)
{
    double y[COLS] = {0};
    for (size_t i = 0; i < fit->n; i++)
        for (size_t c = 0; c < COLS; c++)
            y[c] += fit->basis[i][c] * fit->weight[i] * fit->weight[i] * target[i];
    for (size_t r = 0; r < COLS; r++) {
        for (size_t k = 0; k < r; k++)
            y[r] -= fit->factor[r][k] * y[k];
        y[r] /= fit->factor[r][r];
    }
    for (size_t r = COLS; r-- > 0;) {
        for (size_t k = r + 1; k < COLS; k++)
            y[r] -= fit->factor[k][r] * y[k];
        y[r] /= fit->factor[r][r];
    }
    for (size_t c = 0; c < COLS; c++)
        fit->x[c] = y[c];
}

/* Rounds of least squares in which a row that may lie below its wish, and does, asks
 * for no more than it has. */
static void settle(struct fit *fit, double ridge)
{
    double target[MOST_ROWS];
    for (size_t i = 0; i < fit->n; i++)
        target[i] = fit->wish[i];
    factor(fit, ridge);
    for (int round = 0; round < ROUNDS; round++) {
        solve(fit, target);
        for (size_t i = 0; i < fit->n; i++) {
            double y = 0;
            for (size_t c = 0; c < COLS && fit->at_most[i]; c++)
                y += fit->basis[i][c] * fit->x[c];
            target[i] = fit->at_most[i] && y < fit->wish[i] ? y : fit->wish[i];
        }
    }
}

/* The nearest on one side: 0 at distance 1, falling; the other side far below. */
static void wish_near(struct fit *fit, const struct place_shape *shape, size_t i)
{
    double s = shape->ahead ? -fit->d[i] : fit->d[i], far = fabs(s);
    double wish = s >= 1 ? fmax(-shape->slope * (s - 1), -7) : -shape->against;
    double weight = far <= shape->reach ? 1 : 0.5;
    if (far > FINE) {
        wish = -9;
        weight = 0.25;
    }
    if (s >= 1 && s <= 3)
        weight = 4; /* neighbours decide most */
    if (s < 0 && s >= -2)
        weight = 1.5;
    if (s == -1)
        wish = -0.75 * shape->against; /* a kernel this smooth cannot fall faster */
    if (s == 0)
        weight = 0.02;
    fit->wish[i] = wish;
    fit->weight[i] = weight;
    fit->at_most[i] = s <= 0 || s > shape->reach;
}

static void wish_both(struct fit *fit, const struct place_shape *shape, size_t i)
{
    double far = fabs(fit->d[i]);
    fit->wish[i] = far > FINE ? -9 : fmax(-shape->slope * far, -6);
    fit->weight[i] = far > FINE ? 0.25 : 1;
    fit->at_most[i] = far > FINE / 2;
}

static void wish_others(struct fit *fit, const struct place_shape *shape, size_t i)
{
    double far = fabs(fit->d[i]);
    fit->wish[i] = far == 0 ? -shape->against : 0;
    fit->weight[i] = far < 3 ? 1 : far > FINE ? 0.2 : 0.5;
    fit->at_most[i] = false;
}

static void wish(struct fit *fit, const struct place_shape *shape)
{
    for (size_t i = 0; i < fit->n; i++) {
        if (shape->kind == PLACE_NEAR)
            wish_near(fit, shape, i);
        else if (shape->kind == PLACE_BOTH)
            wish_both(fit, shape, i);
        else
            wish_others(fit, shape, i);
        fit->wish[i] += shape->bend * fit->d[i] * fit->d[i];
    }
}

struct place place_fit(const struct place_shape *shape)
{
    struct place place = {.bend = -shape->bend, .waves = true};
    if (shape->kind == PLACE_WINDOW)
        return (struct place){.slope = 2 * shape->fall * shape->at,
                              .bend = -shape->fall,
                              .level = -shape->fall * shape->at * shape->at};
    struct fit *fit = mem_new(1, sizeof *fit);
    lay_distances(fit);
    wish(fit, shape);
    settle(fit, shape->kind == PLACE_NEAR ? 5e-4 : 2e-3);
    for (size_t k = 0; k < PLACE_WAVES; k++) {
        place.a[k] = fit->x[k];
        place.b[k] = fit->x[PLACE_WAVES + k];
    }
    place.slope = fit->x[COLS - 2] / 10;
    place.level = fit->x[COLS - 1];
    free(fit);
    return place;
}

double place_value(const struct place *place, double d)
{
    double sum = place->bend * d * d + place->slope * d + place->level;
    for (size_t k = 0; k < PLACE_WAVES; k++) {
        double angle = place_frequency(k) * d;
        sum += place->a[k] * cos(angle) + place->b[k] * sin(angle);
    }
    return sum;
}
