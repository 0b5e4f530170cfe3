#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "attn/base/buf.h"
#include "attn/base/mem.h"
#include "attn/base/utf8.h"
#include "attn/model/lexicon.h"
#include "attn/model/wordlevel.h"

/* The words of `text` with | between them, in `out`. */
static size_t cut(const char *text, struct buf *out)
{
    struct arena arena = {0};
    const struct token *tokens;
    size_t n = wordlevel_cut(text, strlen(text), &arena, &tokens);
    for (size_t i = 1; i <= n && i <= TRACE_MAX_WORDS; i++) {
        buf_text(out, i > 1 ? "|" : "");
        buf_text(out, tokens[i].text);
    }
    arena_free(&arena);
    return n;
}

static const char *const cases[][2] = {
    {"The animal didn't cross.", "The|animal|didn't|cross|."},
    {"I'm sure the dog's tail won't wag", "I|'m|sure|the|dog|'s|tail|won't|wag"},
    {"don’t we’ll", "don’t|we|’ll"},
    {"CAN'T WE'LL", "CAN'T|WE|'LL"},
    {"the dogs' owner", "the|dogs|'|owner"},
    {"'quoted' 'tis", "'|quoted|'|'|tis"},
    {"at five o'clock, O'Brien", "at|five|o'clock|,|O'Brien"},
    {"a well-known two-year-old", "a|well-known|two-year-old"},
    {"no - really -- yes-", "no|-|really|-|-|yes|-"},
    {"Mr. Smith and Dr. Jones.", "Mr.|Smith|and|Dr.|Jones|."},
    {"The Dr.", "The|Dr|."},
    {"3.14 and 1,000, or 7.", "3.14|and|1,000|,|or|7|."},
    {"v1.2.3 a.b", "v1|.|2.3|a|.|b"},
    {"x_1 = f(a[0]);", "x_1|=|f|(|a|[|0|]|)|;"},
    {"ngl 😂😂 👍🏽!", "ngl|😂|😂|👍🏽|!"},
    {"👩‍👩‍👧‍👦🇫🇷🇩🇪",
     "👩‍👩‍👧‍👦|🇫🇷|🇩🇪"},
    {"1️⃣ ❤️", "1️⃣|❤️"},
    {"我喜欢猫。", "我|喜|欢|猫|。"},
    {"東京タワー", "東|京|タ|ワ|ー"},
    {"한국어", "한|국|어"},
    {"हिन्दी में", "हिन्दी|में"},
    {"العَرَبِيَّة لغة", "العَرَبِيَّة|لغة"},
    {"cafe\u0301 naïve", "cafe\u0301|naïve"},
    {"Привет, мир!", "Привет|,|мир|!"},
    {"می\u200cخواهم", "می\u200cخواهم"}, /* a joiner inside a word */
    {"a\x01"
     "b\xE2\x80\xAE"
     "c",
     "a|b|c"},
    {"", ""},
    {" \n\t\xC2\xA0", ""},
    {"…", "…"},
};

static void words_are_cut_as_a_reader_sees_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        buf_init(&out, 10000);
        cut(cases[i][0], &out);
        assert_string_equal(out.at, cases[i][1]);
        buf_free(&out);
    }
}

static void a_token_says_where_it_stands(void **state)
{
    const char *text = "Ça va,  猫 didn't";
    struct arena arena = {0};
    const struct token *t;
    (void)state;
    assert_int_equal(wordlevel_cut(text, strlen(text), &arena, &t), 5);
    assert_string_equal(t[0].text, "<s>");
    assert_int_equal(t[0].position, -1);
    assert_int_equal(t[0].flags, TOKEN_SPECIAL);
    assert_int_equal(t[0].id, LEXICON_BEGIN_ID);
    for (size_t i = 1; i <= 5; i++) {
        size_t start = utf8_offset(text, strlen(text), t[i].start);
        size_t end = utf8_offset(text, strlen(text), t[i].end);
        assert_int_equal(t[i].position, i - 1);
        assert_int_equal(end - start, strlen(t[i].text));
        assert_memory_equal(text + start, t[i].text, end - start);
    }
    assert_int_equal(t[4].start, 8);
    assert_int_equal(t[3].flags, TOKEN_PUNCTUATION | TOKEN_KNOWN);
    arena_free(&arena);
}

static void nul_bytes_separate(void **state)
{
    struct arena arena = {0};
    const struct token *t;
    (void)state;
    assert_int_equal(wordlevel_cut("a\0b", 3, &arena, &t), 2);
    assert_string_equal(t[2].text, "b");
    assert_int_equal(t[2].start, 2);
    arena_free(&arena);
}

static void more_words_than_fit_are_counted(void **state)
{
    struct arena arena = {0};
    const struct token *t;
    struct buf text;
    (void)state;
    buf_init(&text, 100000);
    for (int i = 0; i < 1000; i++)
        buf_print(&text, "w%d ", i);
    assert_int_equal(wordlevel_cut(text.at, text.length, &arena, &t), 1000);
    assert_string_equal(t[TRACE_MAX_WORDS].text, "w511");
    buf_free(&text);
    arena_free(&arena);
}

/* Long runs of every kind that the cutter looks ahead in: quadratic work would take
 * minutes here. */
static void long_text_takes_linear_time(void **state)
{
    static const char *const parts[] = {"a",       "a-", "a'", "1,", "🇫",
                                        "👩\u200D", "n'", "'",  "猫", "e\u0301\u0301"};
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct arena arena = {0};
        const struct token *t;
        struct buf text;
        buf_init(&text, 4000000);
        while (text.length < 1000000)
            buf_text(&text, parts[i]);
        clock_t start = clock();
        assert_true(wordlevel_cut(text.at, text.length, &arena, &t) >= 1);
        assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
        struct lexicon_word *words = mem_new(2, sizeof *words);
        lexicon_describe(t, 2, words);
        free(words);
        buf_free(&text);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut_as_a_reader_sees_them),
        cmocka_unit_test(a_token_says_where_it_stands),
        cmocka_unit_test(nul_bytes_separate),
        cmocka_unit_test(more_words_than_fit_are_counted),
        cmocka_unit_test(long_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
