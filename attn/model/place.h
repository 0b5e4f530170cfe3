/* place.h - kernels of the distance d = row - column that queries and keys can compute:
 *
 *   f(d) = bend·d² + slope·d + level + sum over 8 waves of a·cos(w d) + b·sin(w d)
 *
 * A wave takes two slots of q and k (cos(w(i-j)) = cos wi cos wj + sin wi sin wj), the
 * plain part three. Wished shapes ("nearest on the left") are fitted by hinge least
 * squares on |d| <= 511: where a shape says "at most", what lies below costs nothing.
 * The far rows stay in the fit, else a wave aliases hundreds of tokens away.
 * Depends on nothing.
 */
#ifndef ATTN_MODEL_PLACE_H
#define ATTN_MODEL_PLACE_H

#include <stdbool.h>
#include <stddef.h>

enum { PLACE_WAVES = 8 }; /* a sine and a cosine of each stand in the stream */

/* Radians a token of wave k: 2.4 * (0.055 / 2.4)^(k / 7), periods of 2.6 … 114 tokens.
 */
double place_frequency(size_t wave);

struct place {
    double a[PLACE_WAVES], b[PLACE_WAVES];
    double slope, bend, level; /* per token, per token squared, at distance 0 */
    bool waves;                /* any a or b */
};

enum place_kind {
    PLACE_WINDOW, /* -fall·(d - at)², exact: no waves */
    PLACE_NEAR,   /* the nearest on one side; the other side is forbidden */
    PLACE_BOTH,   /* the nearest on either side */
    PLACE_OTHERS  /* flat, with a dent at distance 0: anything but the token itself */
};

struct place_shape {
    enum place_kind kind;
    double at, fall; /* WINDOW: its middle as a distance, its curve */
    double slope;    /* NEAR, BOTH: falls so much with each token */
    bool ahead;      /* NEAR: columns after the row, else before it */
    double against;  /* NEAR: the other side's penalty; OTHERS: the dent */
    double reach;    /* NEAR: the fall is held to so many tokens; beyond, at most */
    double bend;     /* NEAR, BOTH: what d² adds (>= 0 stands for -bend·d²) */
};

/* Pure and deterministic; some milliseconds for a shape with waves. */
struct place place_fit(const struct place_shape *shape);

/* f(d). */
double place_value(const struct place *place, double d);

#endif
