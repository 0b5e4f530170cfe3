/* Few places in a palette: what is frequent stays, and what is rare but unlike it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <png.h>

#include "attn/base/mem.h"
#include "attn/render/pngout.h"

enum { SIDE = 600, SHADES = 150 };

/* Stripes of many shades of orange, and a little ink: black, and grey at its edge. */
static uint32_t *striped(void)
{
    uint32_t *pixels = mem_new(SIDE * SIDE, sizeof *pixels);
    for (size_t k = 0; k < SIDE * SIDE; k++) {
        uint32_t shade = (uint32_t)(k / (SIDE * (SIDE / SHADES)));
        pixels[k] = 0xFF0000 | (255 - shade) << 8 | (255 - shade);
    }
    for (size_t k = 0; k < 20; k++)
        pixels[300 * SIDE + 2 * k] = k % 2 ? 0x111111 : 0x888888;
    return pixels;
}

static void rare_ink_keeps_its_colour(void **state)
{
    (void)state;
    struct buf png;
    struct err err = {0};
    uint32_t *pixels = striped();
    buf_init(&png, 1 << 20);
    assert_true(pngout_write(&(struct pixels){pixels, SIDE, SIDE, SIDE, NULL}, NULL,
                             &png, &err));
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, png.at, png.length));
    image.format = PNG_FORMAT_RGB;
    png_byte *got = mem_new(PNG_IMAGE_SIZE(image), 1);
    assert_true(png_image_finish_read(&image, NULL, got, 0, NULL));
    for (size_t k = 0; k < SIDE * SIDE; k++)
        for (size_t c = 0; c < 3; c++) {
            int want = (int)(pixels[k] >> (16 - 8 * c) & 0xFF);
            if (abs(got[3 * k + c] - want) > 8)
                fail_msg("pixel %zu, channel %zu: %d, not %d", k, c, got[3 * k + c],
                         want);
        }
    free(got);
    free(pixels);
    buf_free(&png);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rare_ink_keeps_its_colour)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
