/* A run is written down and opened again: every view says the same; what a recording
 * cannot do it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "attn/lang/origin.h"
#include "attn/lang/recordfile.h"
#include "attn/lang/state.h"
#include "tests/unit/lang/cells.h"

static char path[64];

static int open_all(void **state)
{
    snprintf(path, sizeof path, "/tmp/attn-recorded-%ld.safetensors", (long)getpid());
    return open_session(state);
}

static int close_all(void **state)
{
    unlink(path);
    return close_session(state);
}

/* The bytes of the session's run; buf_free() it. */
static struct buf written(void)
{
    struct arena arena = {0};
    struct run how = {0};
    struct call call = {.session = session, .arena = &arena, .run = &how};
    struct err err = {0};
    struct buf bytes;
    call.settings = session->state.settings;
    buf_init(&bytes, RECORD_MOST_BYTES);
    if (!recordfile_write(&call, &bytes, &err))
        fail_msg("%s", err.text);
    arena_free(&arena);
    return bytes;
}

static void write_down(void)
{
    struct buf bytes = written();
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.length, file), bytes.length);
    assert_int_equal(fclose(file), 0);
    buf_free(&bytes);
}

static void open_again(void)
{
    char line[128];
    snprintf(line, sizeof line, "model \"%s\"", path);
    free(text_of(line));
}

/* The text without what says that it was recorded. */
static void drop_origin(char *text)
{
    char *from = strstr(text, "\"recorded\":");
    char *end = from ? strchr(from, ',') : NULL;
    if (end)
        memmove(from, end + 1, strlen(end + 1) + 1);
}

/* The same text, but that numbers may differ by 1e-6: float32 survives bit by bit, what
 * is worked out of it need not. */
static bool is_same(const char *one, const char *other)
{
    while (*one && *other) {
        char *one_end, *other_end;
        bool number = strchr("-0123456789", *one) && strchr("-0123456789", *other);
        if (!number && *one++ != *other++)
            return false;
        if (!number)
            continue;
        double a = strtod(one, &one_end), b = strtod(other, &other_end);
        if (!(fabs(a - b) <= 1e-6) || (one_end == one && *one != *other))
            return false;
        one = one_end > one ? one_end : one + 1;
        other = other_end > other ? other_end : other + 1;
    }
    return *one == *other;
}

static void same_after(const char *before, const char *const *lines)
{
    char *first[16];
    size_t n = 0;
    free(text_of(before));
    for (; lines[n]; n++)
        first[n] = text_of(lines[n]);
    write_down();
    open_again();
    for (size_t i = 0; i < n; i++) {
        char *again = text_of(lines[i]);
        drop_origin(again);
        if (!is_same(first[i], again))
            fail_msg("%s, %s:\n%.2000s\nis now\n%.2000s", before, lines[i], first[i],
                     again);
        free(first[i]);
        free(again);
    }
    free(text_of("set reset"));
}

static const char *const lines[] = {"heatmap as json",
                                    "look as json",
                                    "heads as json",
                                    "tokens as json",
                                    "flow as json",
                                    "heatmap layer all head all as json",
                                    "heatmap measure rollout as json",
                                    "look layer 0 head 0 as json",
                                    "vectors layer 0 as json",
                                    "heatmap measure norm layer 0 head 0 as json",
                                    "heads cluster as json",
                                    NULL};

static void lesson_comes_back(void **state)
{
    (void)state;
    same_after("model lesson\nsentence \"The animal didn't cross the street because it "
               "was too tired\"",
               lines);
    same_after("sentence \"日本語 and שלום met a 👩‍👩‍👧 at @home, "
               "\\\"quoted\\\" "
               "<b>.\"",
               lines);
    same_after("sentence \"one\"", lines);
}

static void decoder_comes_back(void **state)
{
    (void)state;
    static const char *const more[] = {
        "heatmap as json", "look as json", "heads as json",  "next as json",
        "next 5 as json",  "flow as json", "tokens as json", NULL};
    same_after("model decoder\nsentence \"The gloppy cat sat on the\"", more);
}

static void toy_comes_back(void **state)
{
    (void)state;
    static const char *const more[] = {"heatmap as json",
                                       "look as json",
                                       "heads as json",
                                       "vectors as json",
                                       "tokens as json",
                                       "vectors layer 0 as json",
                                       NULL};
    same_after("model toy", more);
    same_after("model toy\nsentence \"I love AI\"", more);
}

static void lesson144_comes_back(void **state)
{
    (void)state;
    same_after("model lesson144", lines);
}

static void translation_comes_back(void **state)
{
    (void)state;
    static const char *const more[] = {
        "heatmap as json",       "heatmap encoder as json", "heatmap decoder as json",
        "look as json",          "look decoder as json",    "heads as json",
        "heads encoder as json", "heads decoder as json",   "flow as json",
        "tokens as json",        "flow decoder as json",    NULL};
    same_after("model translate\nsentence \"The black cat sleeps\"", more);
    same_after("sentence \"The black cat sleeps\" to \"Le chat noir dort\"", more);
}

static void the_same_run_gives_the_same_bytes(void **state)
{
    (void)state;
    struct buf one = written(), other = written();
    assert_int_equal(one.length, other.length);
    assert_memory_equal(one.at, other.at, one.length);
    buf_free(&one);
    buf_free(&other);
}

static void written_again_it_is_the_same_file(void **state)
{
    (void)state;
    free(text_of("set temperature 0.5\nmute L0-H1"));
    struct buf one = written();
    write_down();
    free(text_of("set temperature 1\nmute none"));
    open_again();
    struct buf other = written();
    assert_int_equal(one.length, other.length);
    assert_memory_equal(one.at, other.at, one.length);
    buf_free(&one);
    buf_free(&other);
    free(text_of("set reset"));
}

static void it_says_what_it_is(void **state)
{
    (void)state;
    free(text_of("model lesson\nset temperature 0.5"));
    write_down();
    says("set temperature 1\nmodel lesson\nheatmap",
         "model lesson (hand-built, synthetic)");
    open_again();
    says("look", "made with temperature 0.5)");
    says("look", "(recorded: attn-recorded-");
    says("model", "made with");
    says("model as json", "\"parameters\":null");
    free(text_of("set reset"));
}

static void what_it_cannot_do(void **state)
{
    (void)state;
    free(text_of("model lesson"));
    write_down();
    open_again();
    refuses("sentence I love AI", ERR_UNSUITED, "A recording knows one sentence");
    refuses("sentence I love AI", ERR_UNSUITED, "model lesson");
    refuses("why", ERR_UNSUITED, "no queries, keys");
    refuses("steps it", ERR_UNSUITED, "no queries, keys");
    refuses("qkv it", ERR_UNSUITED, "no queries, keys");
    refuses("mute L0-H0", ERR_UNSUITED, "cannot be run again");
    refuses("swap \"tired\" \"wide\"", ERR_UNSUITED, "cannot be run again");
    refuses("next", ERR_UNSUITED, "comes next");
    refuses("set temperature 2", ERR_UNSUITED, "another temperature");
    refuses("heatmap mask causal", ERR_UNSUITED, "another mask");
    refuses("set position off", ERR_UNSUITED, "leaving a part out");
    refuses("set words off", ERR_UNSUITED, "pieces");
    says("sentence \"The animal didn't cross the street because it was too tired\"",
         "recorded");
    free(text_of("set reset"));
}

static void the_learners_sentence_comes_back(void **state)
{
    (void)state;
    free(text_of("model decoder"));
    write_down();
    free(text_of(
        "model lesson\nsentence \"My own cat sat\"\nset temperature 2 position off"));
    open_again();
    says("set temperature", "temperature 1");
    says("set position", "position on");
    says("model lesson", "Your sentence is back: \"My own cat sat\"");
    free(text_of("set reset"));
}

/* ---- recordings of others */

static void says_of(const char *name, const char *part)
{
    char line[160];
    snprintf(line, sizeof line, "model \"tests/data/traces/%s.safetensors\"", name);
    refuses(line,
            strcmp(name, "bad-tokens-many") && strcmp(name, "bad-heads")
                ? ERR_BAD_FILE
                : ERR_TOO_LARGE,
            part);
}

static void broken_recordings_are_refused(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"bad-sum", "row 2 of L0-H1 in its tensor \"attn\" sums to 1.5"},
        {"bad-nan", "nan in row 2 of L0-H1"},
        {"bad-inf", "inf in row 2 of L0-H1"},
        {"bad-negative", "-0.25 in row 2 of L0-H1"},
        {"bad-rows", "[layers, heads, 2, 2]"},
        {"bad-batch-one", "takes the batch away"},
        {"bad-batch", "[layers, heads, 3, 3]"},
        {"bad-dtype", "dtype I64"},
        {"bad-no-attn", "no tensor \"attn\""},
        {"bad-no-tokens", "no \"tokens\""},
        {"bad-tokens", "not a JSON list"},
        {"bad-tokens-numbers", "list of short texts"},
        {"bad-tokens-many", "515 tokens"},
        {"bad-special", "all its tokens are special"},
        {"bad-special-short", "\"special\" has 1 items"},
        {"bad-span", "token 2 does not stand"},
        {"bad-ids", "not 3 numbers"},
        {"bad-hidden", "should be [2, 3, 4]"},
        {"bad-hidden-inf", "no finite number"},
        {"bad-heads", "1025 heads"},
        {"bad-version", "later attn"},
        {"bad-pair", "no tensor \"enc_attn\""}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        says_of(files[i][0], files[i][1]);
    says("set model", "model lesson");
}

static void pieces_are_put_together(void **state)
{
    (void)state;
    says("model tests/data/traces/bytes.safetensors",
         "The cat sat downstairs, na\xC3\xAFve");
    says("tokens", "na ");
    says("model tests/data/traces/bars.safetensors",
         "The cat sat downstairs it was tired");
    says("model tests/data/traces/minimal.safetensors", "the cat sat downstairs");
    says("model tests/data/traces/sentence.safetensors", "The cat sat downstairs");
    says("tokens", "16..22");
    free(text_of("set reset"));
}

/* ---- a real model */

/* What heads.json of the reference says of single heads, over several sentences. */
static void the_real_model_is_labelled_as_it_was_measured(void **state)
{
    (void)state;
    says("model minilm-recorded\nheads L0-H2", "the word before");
    says("heads L0-H2 as json", "\"category\":\"previous-token\"");
    says("heads L2-H7 as json", "\"category\":\"first\"");
    says("heads L4-H5 as json", "\"category\":\"first\"");
    says("heads L1-H8", "the word after");
    says("heads best it -> animal", "L3-H1 is strongest, with 0.69");
    says("look it", "animal");
    refuses("sentence I like it", ERR_UNSUITED, "12 sentences");
    refuses("sentence I like it", ERR_UNSUITED,
            "She poured water into the glass because");
    refuses("steps it", ERR_UNSUITED, "no queries");
    free(text_of("set reset"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lesson_comes_back),
        cmocka_unit_test(decoder_comes_back),
        cmocka_unit_test(toy_comes_back),
        cmocka_unit_test(lesson144_comes_back),
        cmocka_unit_test(translation_comes_back),
        cmocka_unit_test(the_same_run_gives_the_same_bytes),
        cmocka_unit_test(written_again_it_is_the_same_file),
        cmocka_unit_test(it_says_what_it_is),
        cmocka_unit_test(what_it_cannot_do),
        cmocka_unit_test(the_learners_sentence_comes_back),
        cmocka_unit_test(broken_recordings_are_refused),
        cmocka_unit_test(pieces_are_put_together),
        cmocka_unit_test(the_real_model_is_labelled_as_it_was_measured),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
