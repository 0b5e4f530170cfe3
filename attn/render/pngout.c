#include "attn/render/pngout.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

#include "attn/base/mem.h"

enum { COLORS = 256, BUCKETS = 1024 };

/* The colours that occur, found again by hash. */
struct palette {
    png_color color[COLORS];
    size_t n;
    uint32_t key[BUCKETS]; /* colour + 1; 0: empty */
    unsigned char index[BUCKETS];
};

/* The colour's index, or -1 when there is no room for another one. */
static int index_of(struct palette *palette, uint32_t rgb)
{
    uint32_t bucket = (rgb * 2654435761U) >> 22;
    while (palette->key[bucket] && palette->key[bucket] != rgb + 1)
        bucket = (bucket + 1) % BUCKETS;
    if (!palette->key[bucket]) {
        if (palette->n == COLORS)
            return -1;
        palette->key[bucket] = rgb + 1;
        palette->index[bucket] = (unsigned char)palette->n;
        palette->color[palette->n++] =
            (png_color){(png_byte)(rgb >> 16), (png_byte)(rgb >> 8), (png_byte)rgb};
    }
    return palette->index[bucket];
}

/* Writes one byte a pixel to `indices`; false when there are more than 256 colours. */
static bool indexed(const struct pixels *pixels, struct palette *palette,
                    unsigned char *indices)
{
    for (int y = 0; y < pixels->height; y++) {
        const uint32_t *row = pixels->at + (size_t)y * (size_t)pixels->stride;
        uint32_t last = UINT32_MAX;
        int index = 0;
        for (int x = 0; x < pixels->width; x++) {
            uint32_t rgb = row[x] & 0xFFFFFF;
            if (rgb != last && (index = index_of(palette, rgb)) < 0)
                return false;
            last = rgb;
            *indices++ = (unsigned char)index;
        }
    }
    return true;
}

/* Three bytes a pixel. */
static void as_rgb(const struct pixels *pixels, unsigned char *to)
{
    for (int y = 0; y < pixels->height; y++) {
        const uint32_t *row = pixels->at + (size_t)y * (size_t)pixels->stride;
        for (int x = 0; x < pixels->width; x++) {
            *to++ = (unsigned char)(row[x] >> 16);
            *to++ = (unsigned char)(row[x] >> 8);
            *to++ = (unsigned char)row[x];
        }
    }
}

static void append(png_structp png, png_bytep bytes, png_size_t length)
{
    buf_add(png_get_io_ptr(png), bytes, length);
}

static void flush(png_structp png)
{
    (void)png; /* memory needs none */
}

/* What encode() is to write. */
struct image {
    unsigned char *bytes; /* rows of width * channels */
    int width, height, channels;
    struct palette *palette; /* NULL for RGB */
};

/* False when libpng gave up, or *stop was set. */
static bool encode(const struct image *image, const atomic_bool *stop, struct buf *to)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_set_write_fn(png, to, append, flush);
    png_set_compression_level(png, image->palette ? 3 : 1);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, (png_uint_32)image->width, (png_uint_32)image->height, 8,
                 image->palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (image->palette)
        png_set_PLTE(png, info, image->palette->color, (int)image->palette->n);
    png_write_info(png, info);
    size_t row = (size_t)image->width * (size_t)image->channels;
    for (int y = 0; y < image->height; y++) {
        if (stop && atomic_load(stop))
            png_error(png, "stopped");
        png_write_row(png, image->bytes + (size_t)y * row);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return true;
}

bool pngout_write(const struct pixels *pixels, const atomic_bool *stop, struct buf *png,
                  struct err *err)
{
    size_t n = (size_t)pixels->width * (size_t)pixels->height;
    struct palette *palette = mem_new(1, sizeof *palette);
    struct image image = {mem_new(n, 3), pixels->width, pixels->height, 3, NULL};
    if (indexed(pixels, palette, image.bytes)) {
        image.palette = palette;
        image.channels = 1;
    } else {
        as_rgb(pixels, image.bytes);
    }
    bool done = encode(&image, stop, png);
    free(image.bytes);
    free(palette);
    if (png->full)
        return err_set(err, ERR_TOO_LARGE, "The picture needs more than %zu bytes.",
                       png->most);
    if (stop && atomic_load(stop))
        return err_set(err, ERR_INTERRUPTED, "Interrupted.");
    return done || err_set(err, ERR_BUG, "The picture could not be written as PNG.");
}
