#include "attn/tensor/ops.h"

#include <float.h>
#include <stdint.h>
#include <string.h>

/* Inner loops run over whole chunks: a compiler turns a loop of known length into
 * vector code even at -O2. */

size_t ops_padded(size_t n)
{
    return (n + OPS_CHUNK - 1) / OPS_CHUNK * OPS_CHUNK;
}

void ops_add(float *restrict y, const float *restrict x, float a, size_t n)
{
    for (size_t at = 0; at < n; at += OPS_CHUNK)
        for (size_t i = 0; i < OPS_CHUNK; i++)
            y[at + i] += a * x[at + i];
}

/* exp of OPS_CHUNK numbers <= 0: 2^k times a polynomial (Cephes expf's coefficients) on
 * [-ln 2 / 2, ln 2 / 2], ln 2 in two parts (Cody and Waite). */
static void exp_chunk(float *restrict x)
{
    static const float round = 12582912.0f; /* 1.5 * 2^23: adding it rounds to whole */
    int32_t bits[OPS_CHUNK];
    float scale[OPS_CHUNK], y[OPS_CHUNK];
    for (size_t i = 0; i < OPS_CHUNK; i++) {
        float v = x[i] < -87.0f ? -87.0f : x[i];
        float k = (v * 1.44269504f + round) - round;
        float r = (v - k * 0.693359375f) + k * 2.12194440e-4f;
        float p = 1.9875691500e-4f;
        p = p * r + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        y[i] = p * r * r + r + 1.0f;
        bits[i] = ((int32_t)k + 127) * (1 << 23);
    }
    memcpy(scale, bits, sizeof scale);
    for (size_t i = 0; i < OPS_CHUNK; i++)
        x[i] = x[i] < -87.0f ? 0.0f : y[i] * scale[i];
}

static float largest(const float *row, size_t n)
{
    float most[OPS_CHUNK];
    memcpy(most, row, sizeof most);
    for (size_t at = OPS_CHUNK; at < n; at += OPS_CHUNK)
        for (size_t i = 0; i < OPS_CHUNK; i++)
            most[i] = row[at + i] > most[i] ? row[at + i] : most[i];
    for (size_t i = 1; i < OPS_CHUNK; i++)
        most[0] = most[i] > most[0] ? most[i] : most[0];
    return most[0];
}

void ops_softmax(float *row, size_t n)
{
    size_t padded = ops_padded(n);
    double sum[OPS_CHUNK] = {0};
    for (size_t i = n; i < padded; i++)
        row[i] = -FLT_MAX;
    float most = largest(row, padded);
    for (size_t at = 0; at < padded; at += OPS_CHUNK) {
        for (size_t i = 0; i < OPS_CHUNK; i++)
            row[at + i] -= most;
        exp_chunk(row + at);
        for (size_t i = 0; i < OPS_CHUNK; i++)
            sum[i] += (double)row[at + i];
    }
    for (size_t i = 1; i < OPS_CHUNK; i++)
        sum[0] += sum[i];
    float by = (float)(1.0 / sum[0]);
    for (size_t at = 0; at < padded; at += OPS_CHUNK)
        for (size_t i = 0; i < OPS_CHUNK; i++)
            row[at + i] *= by;
}
