#include "attn/model/embedding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/model/lesson144_dims.h"
#include "attn/model/lexicon.h"
#include "attn/model/place.h"

void embedding_place(size_t at, float *row)
{
    double place = (double)at / EMBEDDING_PLACE;
    if (at == 0)
        return;
    for (size_t k = 0; k < PLACE_WAVES; k++) {
        double angle = place_frequency(k) * (double)at;
        row[FRAME_sin0 + k] = (float)sin(angle);
        row[FRAME_cos0 + k] = (float)cos(angle);
    }
    row[FRAME_p] = (float)place;
    row[FRAME_p2] = (float)(place * place);
}

static void fill_word(const struct lexicon_word *word, float *row)
{
    for (size_t i = 0; i < word->n_features; i++)
        row[word->features[i].dim] = word->features[i].value;
    memcpy(row + DIM_id0, word->identity, sizeof word->identity);
    if (word->has_topic)
        memcpy(row + DIM_top0, word->topic, sizeof word->topic);
    row[DIM_WORD] = 1;
}

static void fill(const struct token *tokens, size_t n, bool no_position, size_t width,
                 float *x)
{
    struct lexicon_word *words = mem_new(n, sizeof *words);
    lexicon_describe(tokens, n, words);
    for (size_t i = 0; i < n; i++) {
        float *row = x + i * width;
        if (tokens[i].flags & TOKEN_SPECIAL)
            row[DIM_BOS] = 1;
        else
            fill_word(&words[i], row);
        row[DIM_ONE] = 1;
        if (!no_position)
            embedding_place(i, row);
    }
    free(words);
}

void embedding_fill(const struct token *tokens, size_t n, bool no_position, float *x)
{
    fill(tokens, n, no_position, GLASS_WIDTH, x);
}

void embedding_fill_144(const struct token *tokens, size_t n, bool no_position,
                        float *x)
{
    fill(tokens, n, no_position, L144_WIDTH, x);
}
