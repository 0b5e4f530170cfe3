#include "attn/model/lesson144_dims.h"

static const char *const names[L144_WIDTH] = {
#define NAME_OF(code, name) name,
    GLASS_DIMS(NAME_OF) L144_PAST(NAME_OF) L144_SPARE(NAME_OF)};

static const uint8_t kinds[L144_WIDTH] = {
#define IS_PLACE(code, name) STREAM_PLACE,
#define IS_FIXED(code, name) STREAM_FIXED,
#define IS_FREE(code, name)  STREAM_FREE,
    STREAM_PLACES(IS_PLACE) STREAM_MARKS(IS_FIXED) GLASS_SPELLING(IS_FIXED)
        GLASS_TOPICS(IS_FIXED) GLASS_VALUES(IS_FREE) L144_PAST(IS_FREE)
            L144_SPARE(IS_FREE)};

static const struct stream_block blocks[] = {
    {"word", DIM_id0, DIM_id19 - DIM_id0 + 1, false},
    {"subject", DIM_top0, DIM_top23 - DIM_top0 + 1, true},
    {"previous word", DIM_pid0, DIM_pid19 - DIM_pid0 + 1, false},
    {"word two back", DIM_ppid0, DIM_ppid19 - DIM_ppid0 + 1, false},
};

const struct stream lesson144_stream = {
    .name = "lesson144",
    .width = L144_WIDTH,
    .slots = 64,
    .names = names,
    .kinds = kinds,
    .blocks = blocks,
    .n_blocks = sizeof blocks / sizeof *blocks,
};
