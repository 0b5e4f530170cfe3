#include "attn/model/mute.h"

#include <stdint.h>

/* splitmix64: the next of a fixed row of numbers that look random (Steele, Lea and
 * Flood, Fast splittable pseudorandom number generators, 2014). */
static uint64_t next_number(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* Fisher and Yates. */
static void shuffle(float *row, size_t n, uint64_t state)
{
    for (size_t i = n; i-- > 1;) {
        size_t j = next_number(&state) % (i + 1);
        float weight = row[i];
        row[i] = row[j];
        row[j] = weight;
    }
}

void mute_row(enum mute mute, float *row, size_t n, size_t seed)
{
    if (mute == MUTE_SHUFFLED)
        shuffle(row, n, seed);
    for (size_t j = 0; j < n && mute == MUTE_UNIFORM; j++)
        row[j] = 1 / (float)n;
}
