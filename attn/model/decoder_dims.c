#include "attn/model/decoder_dims.h"

static const char *const names[DECODER_WIDTH] = {
#define NAME_OF(code, name) name,
    DECODER_DIMS(NAME_OF)};

static const uint8_t kinds[DECODER_WIDTH] = {
#define IS_PLACE(code, name) STREAM_PLACE,
#define IS_FIXED(code, name) STREAM_FIXED,
#define IS_FREE(code, name)  STREAM_FREE,
    STREAM_PLACES(IS_PLACE) STREAM_MARKS(IS_FIXED) DECODER_SPELLING(IS_FIXED)
        DECODER_HEARD(IS_FREE) DECODER_VALUES(IS_FREE)};

static const struct stream_block blocks[] = {
    {"word", DEC_id00, DECODER_SIGNS, false},
    {"previous word", DEC_pw00, DECODER_SIGNS, false},
    {"word two back", DEC_bw00, DECODER_SIGNS, false},
    {"copied word", DEC_cw00, DECODER_SIGNS, false},
};

const struct stream decoder_stream = {
    .name = "decoder",
    .width = DECODER_WIDTH,
    .slots = 64,
    .names = names,
    .kinds = kinds,
    .blocks = blocks,
    .n_blocks = sizeof blocks / sizeof *blocks,
};
