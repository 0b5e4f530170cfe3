/* stream.h - what the residual stream of a hand-built model holds: how wide it is, what
 * each value is called, and which values rules may not write.
 *
 * Every stream begins with the same frame (places, then marks), so that a place kernel
 * reads the same values in all of them. A block is a run of values that only together
 * mean something: a word's spelling, a topic. To add a stream, write its list of values
 * as glass_dims.h does and name it in stream.c. Depends on nothing.
 */
#ifndef ATTN_MODEL_STREAM_H
#define ATTN_MODEL_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    STREAM_MAX_WIDTH = 768, /* C */
    STREAM_MAX_SLOTS = 64   /* D: the width of a query, a key, a value */
};

/* clang-format off */
/* Waves of 8 frequencies, and the plain place / 64 and its square; all 0 on <s>. */
#define STREAM_PLACES(DIM) \
    DIM(sin0, "place, sine wave 0") \
    DIM(sin1, "place, sine wave 1") \
    DIM(sin2, "place, sine wave 2") \
    DIM(sin3, "place, sine wave 3") \
    DIM(sin4, "place, sine wave 4") \
    DIM(sin5, "place, sine wave 5") \
    DIM(sin6, "place, sine wave 6") \
    DIM(sin7, "place, sine wave 7") \
    DIM(cos0, "place, cosine wave 0") \
    DIM(cos1, "place, cosine wave 1") \
    DIM(cos2, "place, cosine wave 2") \
    DIM(cos3, "place, cosine wave 3") \
    DIM(cos4, "place, cosine wave 4") \
    DIM(cos5, "place, cosine wave 5") \
    DIM(cos6, "place, cosine wave 6") \
    DIM(cos7, "place, cosine wave 7") \
    DIM(p, "place") \
    DIM(p2, "place squared")
#define STREAM_MARKS(DIM) \
    DIM(WORD, "is a token of the sentence") \
    DIM(BOS, "is the resting place") \
    DIM(ONE, "any token")
#define STREAM_FRAME(DIM) STREAM_PLACES(DIM) STREAM_MARKS(DIM)
/* clang-format on */

/* The first values of every stream. */
enum stream_frame {
#define STREAM_FRAME_CODE(code, name) FRAME_##code,
    STREAM_FRAME(STREAM_FRAME_CODE)
#undef STREAM_FRAME_CODE
        FRAME_WIDTH
};

/* Who writes a value. */
enum stream_kind {
    STREAM_FREE,  /* words, heads and ramps */
    STREAM_PLACE, /* the model itself; only place kernels read it */
    STREAM_FIXED  /* the model itself: marks, identity, topic */
};

struct stream_block {
    const char *name; /* as rules say it: "word", "subject" */
    size_t first, n;  /* its values; n <= STREAM_MAX_SLOTS */
    bool graded;      /* alike by degrees (a topic); else the same or not */
};

struct stream {
    const char *name;         /* as rules say it: "lesson" */
    size_t width, slots;      /* C and D of its models */
    const char *const *names; /* [C] the readable name of every value */
    const uint8_t *kinds;     /* [C] enum stream_kind */
    const struct stream_block *blocks;
    size_t n_blocks;
};

/* The streams there are, in a fixed order; NULL past the last. */
const struct stream *stream_at(size_t i);

/* NULL where no stream has that name. */
const struct stream *stream_find(const char *name);

/* The block that `dim` lies in, or NULL. */
const struct stream_block *stream_block_of(const struct stream *stream, size_t dim);

#endif
