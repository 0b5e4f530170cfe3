#include "attn/model/glass_dims.h"

static const char *const names[GLASS_WIDTH] = {
#define NAME_OF(code, name) name,
    GLASS_DIMS(NAME_OF)};

static const uint8_t kinds[GLASS_WIDTH] = {
#define IS_PLACE(code, name) STREAM_PLACE,
#define IS_FIXED(code, name) STREAM_FIXED,
#define IS_FREE(code, name)  STREAM_FREE,
    STREAM_PLACES(IS_PLACE) STREAM_MARKS(IS_FIXED) GLASS_SPELLING(IS_FIXED)
        GLASS_TOPICS(IS_FIXED) GLASS_VALUES(IS_FREE)};

static const struct stream_block blocks[] = {
    {"word", DIM_id0, DIM_id19 - DIM_id0 + 1, false},
    {"subject", DIM_top0, DIM_top23 - DIM_top0 + 1, true},
};

const struct stream lesson_stream = {
    .name = "lesson",
    .width = GLASS_WIDTH,
    .slots = 48,
    .names = names,
    .kinds = kinds,
    .blocks = blocks,
    .n_blocks = sizeof blocks / sizeof *blocks,
};
