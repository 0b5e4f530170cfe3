#include "attn/model/stream.h"

#include <strings.h>

#include "attn/model/decoder_dims.h"
#include "attn/model/english_dims.h"
#include "attn/model/french_dims.h"
#include "attn/model/glass_dims.h"
#include "attn/model/lesson144_dims.h"

static const struct stream *const streams[] = {&lesson_stream, &decoder_stream,
                                               &lesson144_stream, &english_stream,
                                               &french_stream};

const struct stream *stream_at(size_t i)
{
    return i < sizeof streams / sizeof *streams ? streams[i] : NULL;
}

const struct stream *stream_find(const char *name)
{
    for (size_t i = 0; stream_at(i); i++)
        if (strcasecmp(stream_at(i)->name, name) == 0)
            return stream_at(i);
    return NULL;
}

const struct stream_block *stream_block_of(const struct stream *stream, size_t dim)
{
    for (size_t i = 0; i < stream->n_blocks; i++)
        if (dim - stream->blocks[i].first < stream->blocks[i].n)
            return &stream->blocks[i];
    return NULL;
}
