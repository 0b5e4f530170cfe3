#include "attn/model/english_dims.h"

static const char *const names[ENGLISH_WIDTH] = {
#define NAME(code, name) name,
    ENGLISH_DIMS(NAME)};

static const uint8_t kinds[ENGLISH_WIDTH] = {
#define PLACE(code, name) STREAM_PLACE,
#define FIXED(code, name) STREAM_FIXED,
#define FREE(code, name)  STREAM_FREE,
    STREAM_PLACES(PLACE) STREAM_MARKS(FIXED) ENGLISH_FIXED(FIXED) ENGLISH_CODES(FREE)
        ENGLISH_VALUES(FREE)};

static const struct stream_block blocks[] = {
    {"waves", EN_sin0, PAIR_WAVE_VALUES, false},
    {"second French word", EN_sf0, PAIR_SIGNS, false},
    {"French word", EN_fr0, PAIR_SIGNS, false},
    {"French word before it", EN_pf0, PAIR_SIGNS, false},
    {"French word before its addition", EN_af0, PAIR_SIGNS, false},
    {"place before it", EN_pw0, PAIR_WAVE_VALUES, false},
    {"place before its addition", EN_aw0, PAIR_WAVE_VALUES, false},
};

const struct stream english_stream = {
    .name = "english",
    .width = ENGLISH_WIDTH,
    .slots = 64,
    .names = names,
    .kinds = kinds,
    .blocks = blocks,
    .n_blocks = sizeof blocks / sizeof *blocks,
};
