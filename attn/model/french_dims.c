#include "attn/model/french_dims.h"

static const char *const names[FRENCH_WIDTH] = {
#define NAME(code, name) name,
    FRENCH_DIMS(NAME)};

static const uint8_t kinds[FRENCH_WIDTH] = {
#define PLACE(code, name) STREAM_PLACE,
#define FIXED(code, name) STREAM_FIXED,
#define FREE(code, name)  STREAM_FREE,
    STREAM_PLACES(PLACE) STREAM_MARKS(FIXED) FRENCH_FIXED(FIXED) FRENCH_CODES(FREE)
        FRENCH_VALUES(FREE)};

static const struct stream_block blocks[] = {
    {"waves", FR_sin0, PAIR_WAVE_VALUES, false},
    {"word", FR_w0, PAIR_SIGNS, false},
    {"first meaning", FR_sp0, PAIR_SIGNS, false},
    {"word before", FR_pv0, PAIR_SIGNS, false},
    {"word to come", FR_nx0, PAIR_SIGNS, false},
    {"place it came from", FR_sw0, PAIR_WAVE_VALUES, false},
};

const struct stream french_stream = {
    .name = "french",
    .width = FRENCH_WIDTH,
    .slots = 64,
    .names = names,
    .kinds = kinds,
    .blocks = blocks,
    .n_blocks = sizeof blocks / sizeof *blocks,
};
