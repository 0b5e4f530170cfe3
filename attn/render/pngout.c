#include "attn/render/pngout.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"

enum { LARGE = 250000 /* pixels: */, FEW = 64 /* colours do there */ };
enum { UNLIKE = 4 }; /* one in so many places of a palette is for the unlike */
enum { LONG_RUN = 32, COLORS = 256, MOST_COLORS = 4096, BUCKETS = 4 * MOST_COLORS };

struct color {
    uint32_t rgb;
    uint64_t count;      /* pixels, those of long runs more than others */
    unsigned char index; /* in the palette */
};

/* The colours that occur, found again by hash. */
struct census {
    struct color color[MOST_COLORS];
    size_t n;
    unsigned short bucket[BUCKETS]; /* position in `color` + 1; 0: empty */
};

/* NULL when there is no room for another one. */
static struct color *find(struct census *census, uint32_t rgb)
{
    uint32_t at = (rgb * 2654435761U) % BUCKETS;
    for (; census->bucket[at]; at = (at + 1) % BUCKETS)
        if (census->color[census->bucket[at] - 1].rgb == rgb)
            return &census->color[census->bucket[at] - 1];
    if (census->n == MOST_COLORS)
        return NULL;
    census->color[census->n] = (struct color){.rgb = rgb};
    census->bucket[at] = (unsigned short)++census->n;
    return &census->color[census->n - 1];
}

/* Pixels of one colour side by side, from left to right and from the top down. */
struct runs {
    struct run {
        const struct color *color;
        int length;
    } * at;
    size_t n, room;
};

static void add_run(struct runs *runs, const struct color *color, int length)
{
    if (runs->n == runs->room) {
        runs->room = runs->room ? 2 * runs->room : 4096;
        runs->at = mem_resize(runs->at, runs->room, sizeof *runs->at);
    }
    runs->at[runs->n++] = (struct run){color, length};
}

/* False when there are too many colours. */
static bool count_colors(const struct pixels *pixels, struct census *census,
                         struct runs *runs)
{
    for (int y = 0; y < pixels->height; y++) {
        const uint32_t *row = pixels->at + (size_t)y * (size_t)pixels->stride;
        for (int x = 0, end; x < pixels->width; x = end) {
            for (end = x + 1; end < pixels->width && row[end] == row[x];)
                end++;
            struct color *color = find(census, row[x] & 0xFFFFFF);
            if (!color)
                return false;
            uint64_t run = (uint64_t)(end - x); /* areas before the edges of letters */
            color->count += run * (run < LONG_RUN ? run : LONG_RUN);
            add_run(runs, color, end - x);
        }
    }
    return true;
}

static int more_frequent(const void *left, const void *right)
{
    const struct color *a = *(const struct color *const *)left;
    const struct color *b = *(const struct color *const *)right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return a->rgb < b->rgb ? -1 : a->rgb > b->rgb;
}

static long distance(uint32_t a, uint32_t b)
{
    long red = (long)(a >> 16) - (long)(b >> 16);
    long green = (long)(a >> 8 & 0xFF) - (long)(b >> 8 & 0xFF);
    long blue = (long)(a & 0xFF) - (long)(b & 0xFF);
    return red * red + green * green + blue * blue;
}

static unsigned char nearest(struct color *const *kept, size_t n, uint32_t rgb)
{
    size_t best = 0;
    long least = distance(kept[0]->rgb, rgb);
    for (size_t k = 1; k < n && least > 0; k++) {
        long far = distance(kept[k]->rgb, rgb);
        best = far < least ? k : best;
        least = far < least ? far : least;
    }
    return (unsigned char)best;
}

/* Moves to order[from … to) the colours that differ most from all before them: rare but
 * unlike, as the ink of few letters beside many shades of one hue. */
static void keep_unlike(struct color **order, size_t n, size_t from, size_t to)
{
    long *least = mem_new(n, sizeof *least);
    for (size_t k = from; k < n; k++)
        least[k] =
            distance(order[k]->rgb, order[nearest(order, from, order[k]->rgb)]->rgb);
    for (size_t at = from; at < to; at++) {
        size_t most = at;
        for (size_t k = at + 1; k < n; k++)
            most = least[k] > least[most] ? k : most;
        struct color *chosen = order[most];
        order[most] = order[at];
        least[most] = least[at];
        order[at] = chosen;
        for (size_t k = at + 1; k < n; k++) {
            long far = distance(order[k]->rgb, chosen->rgb);
            least[k] = far < least[k] ? far : least[k];
        }
    }
    free(least);
}

/* The most frequent colours stay exactly as they are, and some that are unlike all of
 * them; what is left are the soft edges of letters, and each becomes the nearest of
 * those. Returns the size of the palette. */
static int choose_palette(struct census *census, size_t most, png_color palette[COLORS])
{
    struct color **order = mem_new(census->n, sizeof *order);
    size_t kept = census->n < most ? census->n : most;
    for (size_t k = 0; k < census->n; k++)
        order[k] = &census->color[k];
    qsort(order, census->n, sizeof *order, more_frequent);
    if (kept < census->n)
        keep_unlike(order, census->n, kept - kept / UNLIKE, kept);
    for (size_t k = 0; k < census->n; k++) {
        uint32_t rgb = order[k]->rgb;
        order[k]->index = k < kept ? (unsigned char)k : nearest(order, kept, rgb);
        if (k < kept)
            palette[k] =
                (png_color){(png_byte)(rgb >> 16), (png_byte)(rgb >> 8), (png_byte)rgb};
    }
    free(order);
    return (int)kept;
}

/* One byte a pixel. */
static void as_indices(const struct runs *runs, unsigned char *to)
{
    for (size_t k = 0; k < runs->n; k++) {
        memset(to, runs->at[k].color->index, (size_t)runs->at[k].length);
        to += runs->at[k].length;
    }
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

/* The caller reports; nothing is printed. */
static void give_up(png_structp png, png_const_charp why)
{
    (void)why;
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp warning)
{
    (void)png;
    (void)warning;
}

/* What encode() is to write. */
struct image {
    unsigned char *bytes; /* rows of width * channels */
    int width, height;
    int colors; /* in the palette; 0: three bytes a pixel */
    const char *software;
    png_color palette[COLORS];
};

/* Says who made the file: a reader of files goes by it. */
static void sign(png_structp png, png_infop info, const char *software)
{
    char key[] = "Software", text[32] = "";
    png_text line = {
        .compression = PNG_TEXT_COMPRESSION_NONE, .key = key, .text = text};
    if (!software)
        return;
    strncpy(text, software, sizeof text - 1);
    line.text_length = strlen(text);
    png_set_text(png, info, &line, 1);
}

/* False when libpng gave up, or *stop was set. */
static bool encode(const struct image *image, const atomic_bool *stop, struct buf *to)
{
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_set_write_fn(png, to, append, flush);
    png_set_compression_level(png, image->colors ? 5 : 1);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, (png_uint_32)image->width, (png_uint_32)image->height, 8,
                 image->colors ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (image->colors)
        png_set_PLTE(png, info, image->palette, image->colors);
    sign(png, info, image->software);
    png_write_info(png, info);
    size_t row = (size_t)image->width * (image->colors ? 1 : 3);
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
    struct census *census = mem_new(1, sizeof *census);
    struct image image = {
        .width = pixels->width, .height = pixels->height, .software = pixels->software};
    struct runs runs = {0};
    bool few = count_colors(pixels, census, &runs);
    image.bytes = mem_new(n, few ? 1 : 3);
    if (few) {
        image.colors = choose_palette(census, n < LARGE ? COLORS : FEW, image.palette);
        as_indices(&runs, image.bytes);
    } else {
        as_rgb(pixels, image.bytes);
    }
    bool done = encode(&image, stop, png);
    free(image.bytes);
    free(runs.at);
    free(census);
    if (png->full)
        return err_set(err, ERR_TOO_LARGE, "The picture needs more than %zu bytes.",
                       png->most);
    if (stop && atomic_load(stop))
        return err_set(err, ERR_INTERRUPTED, "Interrupted.");
    return done || err_set(err, ERR_BUG, "The picture could not be written as PNG.");
}
