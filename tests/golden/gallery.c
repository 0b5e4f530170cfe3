/* gallery DIRECTORY - draws sample views into DIRECTORY: NAME.html and NAME.png each,
 * and index.html with all of them in light and dark, at 600 and 1400 px, to be looked
 * at.
 *
 * The weights are made up by a rule (most words look at one other, some rest), so that
 * the pictures depend on nothing but the render room. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/render/grid.h"
#include "attn/render/heatmap.h"
#include "attn/render/lookview.h"
#include "attn/render/stack.h"
#include "attn/render/strip.h"
#include "attn/render/view.h"
#include "attn/render/whycard.h"

enum { HEADS = 6, MOST_HTML = 4 << 20, MOST_WORDS = 512 };

struct sample {
    struct arena arena;
    struct stack stack;
    size_t *words; /* indices of the typed tokens */
    size_t n_words;
};

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* One row: a favourite, a second, the rest thinly spread, some on the resting place. */
static void fill_row(float *row, size_t n, unsigned *state)
{
    size_t first = next_random(state) % n, second = next_random(state) % n;
    float sum = 0;
    for (size_t j = 0; j < n; j++) {
        row[j] = 0.02F + (float)(next_random(state) % 100) / 4000;
        row[j] += j == first ? 3.F : j == second ? 0.9F : 0;
        sum += row[j];
    }
    for (size_t j = 0; j < n; j++)
        row[j] /= sum;
}

static const struct slice *make_slices(struct sample *sample, size_t n)
{
    static const char *const names[HEADS] = {"previous",           "next",  "same word",
                                             "pronoun→antecedent", "topic", "gist"};
    struct slice *slices = arena_new(&sample->arena, HEADS, sizeof *slices);
    for (size_t k = 0; k < HEADS; k++) {
        unsigned state = (unsigned)(k + 1) * 7919u;
        float *weights = arena_new(&sample->arena, n * n, sizeof *weights);
        for (size_t i = 0; i < n; i++)
            fill_row(weights + i * n, n, &state);
        slices[k] = (struct slice){(int)(k / 3), (int)(k % 3), names[k],
                                   "Looks where a made-up rule says.", weights};
    }
    return slices;
}

/* Words are cut at blanks; a resting place stands before them. */
static struct sample make_sample(const char *sentence, size_t most)
{
    struct sample sample = {0};
    struct axis_token *tokens = arena_new(&sample.arena, most + 1, sizeof *tokens);
    tokens[0] = (struct axis_token){"<s>", -1, true};
    size_t n = 1;
    for (const char *at = sentence; *at && n <= most;) {
        size_t length = strcspn(at, " ");
        tokens[n] = (struct axis_token){arena_copy(&sample.arena, at, length),
                                        (int)n - 1, false};
        n++;
        at += length + (at[length] == ' ');
    }
    sample.n_words = n - 1;
    sample.words = arena_new(&sample.arena, n, sizeof *sample.words);
    for (size_t i = 1; i < n; i++)
        sample.words[i - 1] = i;
    sample.stack = (struct stack){.slices = make_slices(&sample, n),
                                  .n_slices = HEADS,
                                  .start = 3,
                                  .rows = tokens,
                                  .cols = tokens,
                                  .n_rows = n,
                                  .n_cols = n,
                                  .most = 1};
    return sample;
}

/* ---- files ----------------------------------------------------------------------- */

struct gallery {
    const char *directory;
    struct buf index; /* the views' html, one after the other, for one way of looking */
};

static void put_file(const char *directory, const char *name, const struct buf *bytes)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes->at, 1, bytes->length, file) != bytes->length) {
        fprintf(stderr, "gallery: cannot write %s\n", path);
        exit(1);
    }
    fclose(file);
}

static void put_view(struct gallery *gallery, const char *name, const struct view *view)
{
    struct buf html, png, text;
    struct err err = {0};
    char file[128];
    int width, height;
    buf_init(&html, MOST_HTML);
    buf_init(&png, MOST_HTML);
    buf_init(&text, MOST_HTML);
    view_text(view, &text);
    if (!view_html(view, &html, &err) ||
        (view->scene && !view_png(view, 2, NULL, &png, &width, &height, &err))) {
        fprintf(stderr, "gallery: %s: %s\n", name, err.text);
        exit(1);
    }
    printf("%-22s html %7zu  png %7zu\n", name, html.length, png.length);
    snprintf(file, sizeof file, "%s.png", name);
    if (view->scene)
        put_file(gallery->directory, file, &png);
    snprintf(file, sizeof file, "%s.txt", name);
    put_file(gallery->directory, file, &text);
    buf_print(&gallery->index, "<h2>%s</h2>\n", name);
    buf_add(&gallery->index, html.at, html.length);
    buf_clear(&text);
    buf_text(&text, "<!DOCTYPE html><meta charset=\"utf-8\">\n");
    buf_add(&text, html.at, html.length);
    snprintf(file, sizeof file, "%s.html", name);
    put_file(gallery->directory, file, &text);
    buf_free(&html);
    buf_free(&png);
    buf_free(&text);
}

/* One page a shade, shown at two widths by index.html. */
static void put_pages(struct gallery *gallery)
{
    static const char *const pages[][2] = {
        {"light.html", "color-scheme:light;background:#fff;color:#212121"},
        {"dark.html", "color-scheme:dark;background:#111;color:#fff;"
                      "--jp-content-font-color1:#fff;--jp-layout-color0:#111"}};
    struct buf page;
    buf_init(&page, 64 << 20);
    for (int i = 0; i < 2; i++) {
        buf_clear(&page);
        buf_print(&page,
                  "<!DOCTYPE html><html style=\"%s\"><meta charset=\"utf-8\">"
                  "<body style=\"font-family:sans-serif;font-size:14px\">\n",
                  pages[i][1]);
        buf_add(&page, gallery->index.at, gallery->index.length);
        put_file(gallery->directory, pages[i][0], &page);
    }
    buf_clear(&page);
    buf_text(&page, "<!DOCTYPE html><meta charset=\"utf-8\"><title>gallery</title>\n");
    for (int i = 0; i < 2; i++)
        for (int width = 600; width <= 1400; width += 800)
            buf_print(&page,
                      "<h1>%s, %d px</h1><iframe src=\"%s\" width=\"%d\" "
                      "height=\"2400\"></iframe>\n",
                      pages[i][0], width, pages[i][0], width);
    put_file(gallery->directory, "index.html", &page);
    buf_free(&page);
}

/* ---- the views ------------------------------------------------------------------- */

static void sentence_views(struct gallery *gallery, const char *name,
                           const char *sentence, size_t most)
{
    struct sample sample = make_sample(sentence, most);
    struct arena *arena = &sample.arena;
    size_t rest = 0, chosen = sample.n_words > 7 ? 8 : sample.n_words;
    struct strip strip = {.stack = sample.stack};
    struct lookview look = {.stack = sample.stack, .chosen = chosen};
    struct heatmap map = {.stack = sample.stack,
                          .rows = sample.words,
                          .cols = sample.words,
                          .n_rows = sample.n_words,
                          .n_cols = sample.n_words,
                          .rest = &rest,
                          .n_rest = 1,
                          .chosen = chosen,
                          .values = sample.n_words <= HEATMAP_NUMBERS};
    struct block table = {.kind = BLOCK_TABLE};
    struct view view = {.kind = "sentence",
                        .finding = arena_print(arena, "%zu words.", sample.n_words),
                        .alt = strip_alt(&strip, arena),
                        .scene = strip_draw(&strip, arena),
                        .twin = strip_twin(&strip, arena),
                        .footer = "gallery · made-up weights"};
    put_view(gallery, arena_print(arena, "%s-strip", name), &view);
    view.kind = "look";
    view.finding = "Where one word looks.";
    view.scene = lookview_draw(&look, arena);
    view.twin = lookview_twin(&look, arena);
    put_view(gallery, arena_print(arena, "%s-look", name), &view);
    view.kind = "heatmap";
    view.finding = "Who looks where.";
    view.scene = heatmap_draw(&map, arena);
    view.twin = NULL;
    if (sample.n_words <= HEATMAP_TABLE) {
        table.table = heatmap_table(&map, arena);
        view.blocks = &table;
        view.n_blocks = 1;
        view.table_first = sample.n_words <= HEATMAP_NUMBERS;
    }
    put_view(gallery, arena_print(arena, "%s-heatmap", name), &view);
    arena_free(arena);
}

static void causal_view(struct gallery *gallery, const char *name, const char *sentence)
{
    struct sample sample = make_sample(sentence, MOST_WORDS);
    sample.stack.causal = true;
    struct heatmap map = {.stack = sample.stack,
                          .rows = sample.words,
                          .cols = sample.words,
                          .n_rows = sample.n_words,
                          .n_cols = sample.n_words,
                          .chosen = SIZE_MAX,
                          .values = true,
                          .big = true};
    struct view view = {.kind = "heatmap",
                        .finding = "A causal map in big print.",
                        .alt = "A causal map.",
                        .scene = heatmap_draw(&map, &sample.arena),
                        .big = true};
    put_view(gallery, name, &view);
    arena_free(&sample.arena);
}

static void why_view(struct gallery *gallery)
{
    struct arena arena = {0};
    static const struct whycard_term terms[] = {
        {"wants a referent × subject", 7.6, 0},
        {"needs something alive × is alive", 2.5, 0},
        {"singular × singular", 1.25, 1.25},
        {"comes later × is near", -0.5, 0.25}};
    struct whycard card = {.from = "it",
                           .to = "animal",
                           .other = "street",
                           .terms = terms,
                           .n_terms = 4,
                           .score = 10.85,
                           .other_score = 1.5,
                           .weight = .95F,
                           .other_weight = .02F};
    struct block inside[] = {{.kind = BLOCK_TEXT, .text = "Layer 1 head 5 brought it."},
                             {.kind = BLOCK_CODE, .text = "look tired layer 1 head 5"}};
    struct block blocks[] = {
        {.kind = BLOCK_HEADING, .text = "Who brought it"},
        {.kind = BLOCK_NOTE, .text = "Not at its default: nothing."},
        {.kind = BLOCK_FOLD, .text = "The heads", .inside = inside, .n_inside = 2}};
    struct view view = {.kind = "why",
                        .finding = "\"it\" looks at \"animal\" for two reasons.",
                        .alt = "Why it looks at animal.",
                        .scene = whycard_draw(&card, &arena),
                        .twin = whycard_twin(&card, &arena),
                        .blocks = blocks,
                        .n_blocks = 3,
                        .footer = "gallery · made-up weights"};
    put_view(gallery, "why", &view);
    arena_free(&arena);
}

static void grid_view(struct gallery *gallery, const char *sentence)
{
    struct sample sample = make_sample(sentence, MOST_WORDS);
    static const size_t slices[HEADS] = {0, 1, 2, 3, 4, 5};
    struct grid grid = {.stack = sample.stack, .slices = slices, .n = HEADS};
    struct grid_part part = grid_pool(&sample.stack, &sample.arena);
    struct view view = {.kind = "heads",
                        .finding = "All heads.",
                        .alt = "All heads.",
                        .scene = grid_draw(&grid, &part, &sample.arena)};
    put_view(gallery, "heads", &view);
    arena_free(&sample.arena);
}

static const char *repeated(struct arena *arena, const char *words, size_t times)
{
    char *text = arena_new(arena, times, strlen(words) + 1);
    for (size_t i = 0; i < times; i++)
        strcat(strcat(text, i ? " " : ""), words);
    return text;
}

int main(int argc, char **argv)
{
    static const char animal[] =
        "The animal didn't cross the street because it was too tired .";
    struct arena arena = {0};
    if (argc != 2) {
        fprintf(stderr, "usage: gallery DIRECTORY\n");
        return 2;
    }
    struct gallery gallery = {.directory = argv[1]};
    buf_init(&gallery.index, 64 << 20);
    sentence_views(&gallery, "one", "Hello", 1);
    sentence_views(&gallery, "twelve", animal, 12);
    sentence_views(&gallery, "sixty-four", repeated(&arena, animal, 6), 64);
    sentence_views(&gallery, "scripts",
                   "東京 は とても 大きい القطة السوداء תנומה 👩‍👩‍👧 "
                   "🇨🇭 "
                   "Donaudampfschifffahrtsgesellschaftskapitän <b>x</b> naïve",
                   12);
    causal_view(&gallery, "causal-big", "I am going to the market");
    why_view(&gallery);
    grid_view(&gallery, animal);
    sentence_views(&gallery, "long", repeated(&arena, animal, 43), MOST_WORDS);
    put_pages(&gallery);
    buf_free(&gallery.index);
    arena_free(&arena);
    return 0;
}
