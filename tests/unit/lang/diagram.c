/* Every drawing, of every model, with sentences that strain it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attn/base/utf8.h"
#include "attn/lang/drawings.h"
#include "tests/unit/apart.h"
#include "tests/unit/lang/cells.h"

static const float WIDEST = 584; /* what a window of 600 px leaves */
static const float SMALLEST = 11;

enum { ALT_LONGEST = 300, TWIN_COLUMNS = 80 };

static const char *const sentences[] = {
    "The animal didn't cross the street because it was too tired",
    "Hello",
    "Hello world",
    "I saw her there .",
    "The old teacher who lived near the river told the children that the small dog "
    "which had followed them home was hungry because nobody had given it any food, and "
    "they asked her whether they could keep it until somebody came. The old teacher "
    "who "
    "lived near the river told the children that the small dog which had followed them "
    "home was hungry because nobody had given it",
    "The Donaudampfschifffahrtsgesellschaftskapitän praised "
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch because it was "
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "東京 は とても 大きい ので 彼女 は 東京 が 好き です",
    "القطة السوداء نامت لأنها كانت متعبة שלום עולם",
    "My 🐶 loves 🍕 because it 😋 is 👩‍👩‍👧 tasty 🇨🇭",
    "the the the the the the the the",
    "{word} and {sentence} } { {n} <b> & \\\\",
    "WWWWWWWWWWWW MMMMMMMMMMMM WWWWWWWWWWWW MMMMMMMMMMMM WWWWWWWWWWWW",
};

static const char *const models[] = {"lesson", "decoder", "translate", "lesson144"};

struct seen {
    size_t views;
    float widest;
    bool whole; /* no text may be cut */
};

static void check_twin(const char *twin)
{
    while (*twin) {
        size_t length = strcspn(twin, "\n");
        assert_true(utf8_columns(twin, length) <= TWIN_COLUMNS);
        twin += length + (twin[length] == '\n');
    }
}

static void check_whole(const struct scene *scene)
{
    struct arena arena = {0};
    for (size_t i = 0; i < scene->n_items; i++) {
        const struct item *item = &scene->items[i];
        if (item->kind != ITEM_TEXT)
            continue;
        struct type type = {item->size, item->bold, item->mono};
        assert_string_equal(text_fit(&arena, item->text, type, item->box.width),
                            item->text);
        const char *cut = strstr(item->text, "…");
        if (cut && cut != item->text)
            apart_fail("cut", item);
    }
    arena_free(&arena);
}

static bool look_at(void *context, const struct output *output, struct err *err)
{
    struct seen *seen = context;
    const struct view *view = output->view;
    (void)err;
    if (strcmp(output->command, "diagram") != 0 || !view->scene)
        return true;
    apart_check(view->scene, SMALLEST);
    assert_true(view->scene->width <= seen->widest);
    assert_non_null(view->finding);
    assert_true(utf8_count(view->alt, strlen(view->alt)) <= ALT_LONGEST);
    assert_null(strstr(view->twin, "{of"));
    check_twin(view->twin);
    if (seen->whole) {
        check_whole(view->scene);
        assert_null(strstr(view->alt, "…"));
    }
    seen->views++;
    return true;
}

static void draw(const char *cell, struct seen *seen)
{
    struct err err = {0};
    struct run how = {.sink = {.context = seen, .put = look_at}};
    if (!session_run(session, cell, strlen(cell), &how, &err))
        fail_msg("%s: %s", cell, err.text);
}

static void draw_all(const char *options, struct seen *seen)
{
    char cell[200];
    for (size_t i = 0; i < n_drawings; i++) {
        size_t before = seen->views;
        snprintf(cell, sizeof cell, "diagram %s%s", drawings[i].name, options);
        draw(cell, seen);
        assert_int_equal(seen->views, before + 1);
    }
}

static void set_sentence(const char *sentence, struct seen *seen)
{
    char cell[4000] = "sentence \"";
    size_t at = strlen(cell);
    for (; *sentence && at < sizeof cell - 3; sentence++) {
        if (*sentence == '"')
            cell[at++] = '\\';
        cell[at++] = *sentence;
    }
    memcpy(cell + at, "\"", 2);
    draw(cell, seen);
}

static void nothing_lies_on_anything_else(void **state)
{
    (void)state;
    struct seen seen = {.widest = WIDEST};
    char cell[100];
    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        snprintf(cell, sizeof cell, "model %s", models[m]);
        draw("set reset", &seen);
        draw(cell, &seen);
        for (size_t s = 0; s < sizeof sentences / sizeof *sentences; s++) {
            if (strcmp(models[m], "translate") == 0 && strlen(sentences[s]) > 300)
                continue; /* it reads 64 words */
            set_sentence(sentences[s], &seen);
            draw_all("", &seen);
        }
    }
    draw("set reset\nmodel toy", &seen);
    draw_all("", &seen);
    draw("sentence \"I love AI\"", &seen);
    draw_all("", &seen);
}

static void on_the_first_sentence_nothing_is_cut(void **state)
{
    (void)state;
    struct seen seen = {.widest = WIDEST, .whole = true};
    char cell[100];
    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        snprintf(cell, sizeof cell, "set reset\nmodel %s", models[m]);
        draw(cell, &seen);
        draw_all("", &seen);
    }
    draw("set reset", &seen);
    draw_all(" layer 0 head 2 word animal", &seen);
    draw_all(" mask causal", &seen);
    seen.widest = 1.5F * WIDEST;
    draw_all(" size big", &seen);
}

static void settings_for_other_views_do_not_stop_it(void **state)
{
    (void)state;
    struct seen seen = {.widest = WIDEST};
    static const char *const lines[] = {
        "set head mean",       "set layer all", "set hide first",
        "set attention off",   "set scale off", "set position off",
        "set temperature 0.1", "mute L3-H0",    "set measure norm",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        draw("set reset", &seen);
        draw(lines[i], &seen);
        draw_all("", &seen);
    }
    draw("set reset", &seen);
}

static void braces_of_the_sentence_stay_as_they_are(void **state)
{
    (void)state;
    struct buf text;
    struct err err;
    assert_true(run("sentence \"{word} sees {n}\"\ndiagram flow", &text, &err));
    assert_non_null(strstr(text.at, "{word} sees {n}"));
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_lies_on_anything_else),
        cmocka_unit_test(on_the_first_sentence_nothing_is_cut),
        cmocka_unit_test(settings_for_other_views_do_not_stop_it),
        cmocka_unit_test(braces_of_the_sentence_stay_as_they_are),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
