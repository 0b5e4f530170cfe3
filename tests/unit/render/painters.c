/* Scenes in every form: nothing of a text becomes markup, the same bytes each time, the
 * weights as they are, and no more bytes than promised. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attn/render/canvas.h"
#include "attn/render/html.h"
#include "attn/render/payload.h"
#include "attn/render/svg.h"
#include "attn/render/view.h"
#include "tests/unit/render/injections.h"

enum { MOST = 4 << 20 };

/* A scene in which every text slot holds `text`. */
static struct scene scene_of(struct arena *arena, const char *text)
{
    static const struct box boxes[2] = {{0, 0, 40, 20}, {50, 0, 40, 20}};
    static const struct point from[2] = {{0, 90}, {50, 90}};
    static float weights[4] = {.25F, .75F, 1, 0};
    const char **labels = arena_new(arena, 2, sizeof *labels);
    struct axis_token *tokens = arena_new(arena, 2, sizeof *tokens);
    struct slice *slice = arena_new(arena, 1, sizeof *slice);
    labels[0] = labels[1] = text;
    tokens[0] = tokens[1] = (struct axis_token){text, 0, false};
    tokens[1].position = 1;
    *slice = (struct slice){0, 0, text, text, weights, false};
    struct stack stack = {.slices = slice,
                          .n_slices = 1,
                          .rows = tokens,
                          .cols = tokens,
                          .n_rows = 2,
                          .n_cols = 2,
                          .causal = true,
                          .most = 1};
    struct field field = {.kind = FIELD_CELLS,
                          .n_rows = 2,
                          .n_cols = 2,
                          .values = true,
                          .gap = 2,
                          .box = {0, 100, 80, 80},
                          .boxes = boxes,
                          .labels = labels,
                          .size = 12,
                          .from = from,
                          .to = from,
                          .shape = LINE_ARC,
                          .thickest = 4,
                          .ink = {INK_HEAD, 1}};
    struct sketch sketch = scene_begin(arena);
    for (int kind = FIELD_CELLS; kind <= FIELD_BARS; kind++) {
        field.kind = (enum field_kind)kind;
        scene_field(&sketch, field);
    }
    static const size_t row_slice[2] = {0, 0}, rows[2] = {0, 1};
    field.kind = FIELD_CELLS; /* a strip */
    field.rows = rows;
    field.row_slice = row_slice;
    field.title = text;
    scene_field(&sketch, field);
    scene_item(&sketch, (struct item){.kind = ITEM_TEXT,
                                      .text = text,
                                      .title = text,
                                      .fill = {INK_TEXT, 0},
                                      .size = 12,
                                      .box = {5, 50, 0, 0}});
    scene_item(&sketch, (struct item){.kind = ITEM_LINE,
                                      .stroke = {INK_LINE, 0},
                                      .at = from,
                                      .n_points = 2,
                                      .arrow = true,
                                      .title = text});
    return scene_end(&sketch, 200, 200, &stack);
}

/* `scene` may be NULL. */
static struct view view_of(struct arena *arena, const char *text,
                           const struct scene *scene)
{
    struct cell *cells = arena_new(arena, 4, sizeof *cells);
    for (int i = 0; i < 4; i++)
        cells[i] = (struct cell){.text = text,
                                 .title = text,
                                 .fill = {INK_WEIGHT, .5F},
                                 .header = i < 2,
                                 .number = i == 3,
                                 .code = i == 2};
    struct table *table = arena_new(arena, 1, sizeof *table);
    *table = (struct table){text, cells, 2, 2, false};
    struct block *blocks = arena_new(arena, 6, sizeof *blocks);
    for (int kind = BLOCK_HEADING; kind <= BLOCK_FOLD; kind++)
        blocks[kind] = (struct block){.kind = (enum block_kind)kind, .text = text};
    blocks[BLOCK_TABLE].table = table;
    blocks[BLOCK_FOLD].inside = blocks;
    blocks[BLOCK_FOLD].n_inside = 5;
    return (struct view){.kind = text,
                         .finding = text,
                         .alt = text,
                         .scene = scene,
                         .blocks = blocks,
                         .n_blocks = 6,
                         .footer = text,
                         .twin = text};
}

/* The tags of `html` in order, attributes without their values: what a text could have
 * added to. */
static void skeleton(const char *html, struct buf *out)
{
    for (bool quoted = false, tag = false; *html; html++) {
        /* Words of a line to copy stand apart; how many there are is the text's. */
        while (!tag &&
               (strncmp(html, "<bdi>", 5) == 0 || strncmp(html, "</bdi>", 6) == 0))
            html = strchr(html, '>') + 1;
        if (!tag && *html == '<')
            tag = true;
        if (tag && (!quoted || *html == '"'))
            buf_char(out, *html);
        if (tag && *html == '"')
            quoted = !quoted;
        if (tag && !quoted && *html == '>')
            tag = false;
    }
}

static void html_of(const char *text, bool with_scene, struct buf *html)
{
    struct arena arena = {0};
    struct scene scene = scene_of(&arena, text);
    struct view view = view_of(&arena, text, with_scene ? &scene : NULL);
    struct err err = {0};
    assert_true(view_html(&view, html, &err));
    arena_free(&arena);
}

static void no_text_becomes_markup(void **state)
{
    (void)state;
    struct buf plain, other, tags, wanted;
    buf_init(&plain, MOST);
    buf_init(&other, MOST);
    buf_init(&tags, MOST);
    buf_init(&wanted, MOST);
    html_of("word", false, &plain);
    skeleton(plain.at, &wanted);
    assert_non_null(strstr(wanted.at, "<summary"));
    assert_non_null(strstr(wanted.at, "<th"));
    for (size_t i = 0; i < sizeof injections / sizeof *injections; i++) {
        buf_clear(&other);
        buf_clear(&tags);
        html_of(injections[i], false, &other);
        skeleton(other.at, &tags);
        assert_string_equal(tags.at, wanted.at);
        assert_null(strchr(other.at, '\x01'));
        assert_null(strstr(other.at, "\u202E"));
    }
    buf_free(&plain);
    buf_free(&other);
    buf_free(&tags);
    buf_free(&wanted);
}

static void no_text_becomes_markup_in_pictures(void **state)
{
    (void)state;
    struct buf plain, wanted, svg, tags;
    buf_init(&plain, MOST);
    buf_init(&wanted, MOST);
    buf_init(&svg, MOST);
    buf_init(&tags, MOST);
    struct arena arena = {0};
    struct scene scene = scene_of(&arena, "word");
    svg_write(&scene, &plain);
    skeleton(plain.at, &wanted);
    assert_non_null(strstr(wanted.at, "<text"));
    for (size_t i = 0; i < sizeof injections / sizeof *injections; i++) {
        buf_clear(&svg);
        buf_clear(&tags);
        scene = scene_of(&arena, injections[i]);
        svg_write(&scene, &svg);
        skeleton(svg.at, &tags);
        /* textLength depends on the text, and is written by us. */
        assert_null(strstr(tags.at, "<b"));
        assert_null(strstr(tags.at, "<script"));
        assert_null(strstr(tags.at, "<img"));
        assert_null(strstr(tags.at, " on"));
        for (const char *at = svg.at; *at; at++)
            assert_true((unsigned char)*at >= 0x20);
    }
    arena_free(&arena);
    buf_free(&plain);
    buf_free(&wanted);
    buf_free(&svg);
    buf_free(&tags);
}

static void no_text_leaves_the_script_element(void **state)
{
    (void)state;
    struct buf json;
    buf_init(&json, MOST);
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof injections / sizeof *injections; i++) {
        struct scene scene = scene_of(&arena, injections[i]);
        buf_clear(&json);
        payload_write(&scene, &json);
        assert_null(strchr(json.at, '<'));
        assert_false(json.full);
    }
    arena_free(&arena);
    buf_free(&json);
}

static void the_same_view_gives_the_same_bytes(void **state)
{
    (void)state;
    struct buf one, other;
    buf_init(&one, MOST);
    buf_init(&other, MOST);
    html_of("it", true, &one);
    html_of("it", true, &other);
    assert_string_equal(one.at, other.at);
    assert_int_equal(one.at[one.length - 1], '\n');
    assert_null(strstr(one.at, " id="));
    for (const char *at = one.at; (at = strstr(at, "http")); at++)
        assert_memory_equal(at, "http://www.w3.org/2000/svg",
                            26); /* a name, no request */
    buf_free(&one);
    buf_free(&other);
}

static void script_and_style_are_small(void **state)
{
    (void)state;
    struct buf html;
    buf_init(&html, MOST);
    html_of("it", true, &html);
    const char *style = strstr(html.at, "<script type=\"text/css\">");
    assert_non_null(style);
    assert_true(html.at + html.length - style <= 40 * 1000);
    assert_null(strstr(style, "\n "));
    buf_free(&html);
}

static void too_much_html_is_an_error(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct view view = view_of(&arena, "a long text", NULL);
    struct buf html;
    struct err err = {0};
    buf_init(&html, 500);
    assert_false(view_html(&view, &html, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    buf_free(&html);
    arena_free(&arena);
}

/* ---- weights --------------------------------------------------------------------- */

static int digit(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = strchr(digits, c);
    return c && at ? (int)(at - digits) : -1;
}

static size_t from_base64(const char *text, unsigned char *bytes)
{
    size_t n = 0;
    unsigned held = 0, bits = 0;
    for (; digit(*text) >= 0; text++) {
        held = held << 6 | (unsigned)digit(*text);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes[n++] = (unsigned char)(held >> bits);
        }
    }
    return n;
}

static size_t next_number(const unsigned char *bytes, size_t *at)
{
    size_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char byte = bytes[(*at)++];
        value |= (size_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
}

/* As weights.js reads them: both ways of printing come out as C's printf has them. */
static void weights_print_as_c_prints_them(void **state)
{
    (void)state;
    enum { N = 2000 };
    struct arena arena = {0};
    struct scene scene = scene_of(&arena, "x");
    float *weights = arena_new(&arena, N, sizeof *weights);
    unsigned char *bytes = arena_new(&arena, N, 8);
    for (int i = 0; i < N; i++)
        weights[i] = i % 7 == 3 ? 0 : (float)i / 1999 + 1e-4F * (float)(i % 11);
    struct slice slice = {0, 0, "x", NULL, weights, false};
    struct axis_token row = {"x", 0, false};
    struct axis_token *cols = arena_new(&arena, N, sizeof *cols);
    for (int i = 0; i < N; i++)
        cols[i] = (struct axis_token){"x", i, false};
    scene.stack = (struct stack){.slices = &slice,
                                 .n_slices = 1,
                                 .rows = &row,
                                 .cols = cols,
                                 .n_rows = 1,
                                 .n_cols = N,
                                 .most = 1};
    struct field field = {.kind = FIELD_CELLS, .follows = true};
    scene.fields = &field;
    scene.n_fields = 1;
    struct buf json;
    buf_init(&json, MOST);
    payload_write(&scene, &json);
    const char *text = strstr(json.at, "\"weights\":[\"");
    assert_non_null(text);
    from_base64(text + strlen("\"weights\":[\""), bytes);
    for (size_t i = 0, at = 0; i < N;) {
        size_t code = next_number(bytes, &at);
        for (size_t run = code ? 1 : next_number(bytes, &at); run > 0; run--, i++) {
            long hundredths = (long)((code >> 1) + 5) / 10 - (long)(code & 1);
            assert_int_equal(code >> 1, lroundf(weights[i] * 1000));
            assert_int_equal(hundredths, lroundf(weights[i] * 100));
        }
    }
    buf_free(&json);
    arena_free(&arena);
}

/* ---- png and text ---------------------------------------------------------------- */

static void png_has_the_stated_size(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct scene scene = scene_of(&arena, "it 東京 👩‍👩‍👧");
    struct view view = view_of(&arena, "it", &scene);
    struct buf png, again;
    struct err err = {0};
    int width = 0, height = 0;
    buf_init(&png, MOST);
    buf_init(&again, MOST);
    assert_true(view_png(&view, 2, NULL, &png, &width, &height, &err));
    assert_true(view_png(&view, 2, NULL, &again, &width, &height, &err));
    assert_int_equal(width, 200);
    assert_memory_equal(png.at, "\x89PNG\r\n\x1A\n", 8);
    assert_memory_equal(png.at + 16, "\0\0\1\x90\0\0\1\x90", 8); /* 400 × 400 */
    assert_int_equal(png.length, again.length);
    assert_memory_equal(png.at, again.at, png.length);
    buf_free(&png);
    buf_free(&again);
    arena_free(&arena);
}

static void png_stops_when_told(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct scene scene = scene_of(&arena, "it");
    struct canvas_look look = {2, SHADE_LIGHT, NULL};
    atomic_bool stop = true;
    struct buf png;
    struct err err = {0};
    buf_init(&png, MOST);
    assert_false(canvas_png(&scene, &look, &stop, &png, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    buf_free(&png);
    arena_free(&arena);
}

static void png_refuses_what_is_too_large(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct scene scene = scene_of(&arena, "it");
    struct canvas_look look = {2, SHADE_LIGHT, NULL};
    static const float sizes[][2] = {{1e9F, 10}, {20000, 20000}, {0, 5}, {NAN, 5}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buf png;
        struct err err = {0};
        buf_init(&png, MOST);
        scene.width = sizes[i][0];
        scene.height = sizes[i][1];
        assert_false(canvas_png(&scene, &look, NULL, &png, &err));
        assert_int_equal(err.code, ERR_TOO_LARGE);
        buf_free(&png);
    }
    arena_free(&arena);
}

static void text_lines_up_and_has_no_escapes(void **state)
{
    (void)state;
    static const struct cell cells[] = {{.text = "word", .header = true},
                                        {.text = "weight", .header = true},
                                        {.text = "東京"},
                                        {.text = "0.95", .number = true},
                                        {.text = "a\x1B[31m"},
                                        {.text = "0.5", .number = true}};
    static const struct table table = {"Weights", cells, 3, 2, false};
    static const struct block inside = {.kind = BLOCK_TEXT, .text = "two\nlines"};
    static const struct block blocks[] = {
        {.kind = BLOCK_TABLE, .table = &table},
        {.kind = BLOCK_CODE, .text = "look it"},
        {.kind = BLOCK_FOLD, .text = "More", .inside = &inside, .n_inside = 1}};
    struct view view = {.kind = "x",
                        .finding = "Found.",
                        .twin = "it -> animal",
                        .blocks = blocks,
                        .n_blocks = 3,
                        .footer = "model lesson"};
    struct buf text;
    buf_init(&text, MOST);
    view_text(&view, &text);
    assert_string_equal(text.at, "Found.\n"
                                 "it -> animal\n"
                                 "Weights\n"
                                 "word    weight\n"
                                 "東京      0.95\n"
                                 "a\uFFFD[31m     0.5\n"
                                 "    look it\n"
                                 "model lesson\n");
    buf_free(&text);
    view.twin = NULL; /* then what is folded away is all there is */
    buf_init(&text, MOST);
    view_text(&view, &text);
    assert_non_null(strstr(text.at, "    look it\n"
                                    "More\n"
                                    "  two\n"
                                    "  lines\n"));
    buf_free(&text);
}

static void text_keeps_to_a_line(void **state)
{
    (void)state;
    static const struct cell cells[] = {
        {.text = "what", .header = true},
        {.text = "how", .header = true},
        {.text = "type", .header = true},
        {.text = "a value that needs quite a few words to be named at all"},
        {.text = "and how it came about, which takes even more words to tell"},
        {.text = "look it layer 1 head 5", .strong = true}};
    static const struct table table = {NULL, cells, 2, 3, false};
    static const struct block block = {.kind = BLOCK_TABLE, .table = &table};
    struct view view = {.kind = "x", .blocks = &block, .n_blocks = 1};
    view.finding = "A finding of so many words that no terminal of eighty columns has "
                   "room for it in a single line.";
    struct buf text;
    buf_init(&text, MOST);
    view_text(&view, &text);
    assert_non_null(strstr(text.at, "  look it layer 1 head 5\n"));
    assert_non_null(strstr(text.at, " it in\na single line.\n"));
    for (const char *line = text.at; *line; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 80);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_becomes_markup),
        cmocka_unit_test(no_text_becomes_markup_in_pictures),
        cmocka_unit_test(no_text_leaves_the_script_element),
        cmocka_unit_test(the_same_view_gives_the_same_bytes),
        cmocka_unit_test(script_and_style_are_small),
        cmocka_unit_test(too_much_html_is_an_error),
        cmocka_unit_test(weights_print_as_c_prints_them),
        cmocka_unit_test(png_has_the_stated_size),
        cmocka_unit_test(png_stops_when_told),
        cmocka_unit_test(png_refuses_what_is_too_large),
        cmocka_unit_test(text_lines_up_and_has_no_escapes),
        cmocka_unit_test(text_keeps_to_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
