/* Sentences from files: both forms, and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "attn/base/mem.h"
#include "attn/lang/corpus.h"

static struct corpus *opened(const char *path)
{
    struct err err = {0};
    struct corpus *corpus = corpus_open(path, NULL, &err);
    if (!corpus)
        fail_msg("%s", err.text);
    return corpus;
}

static struct corpus_sentence next(struct corpus *corpus)
{
    struct corpus_sentence sentence;
    struct err err = {0};
    bool more;
    if (!corpus_next(corpus, &sentence, &more, &err))
        fail_msg("%s", err.text);
    assert_true(more);
    return sentence;
}

static void ends(struct corpus *corpus)
{
    struct corpus_sentence sentence;
    struct err err = {0};
    bool more;
    assert_true(corpus_next(corpus, &sentence, &more, &err));
    assert_false(more);
    corpus_close(corpus);
}

static void a_sentence_a_line(void **state)
{
    (void)state;
    struct corpus *corpus = opened("tests/data/heads/sentences.txt");
    struct corpus_sentence sentence = next(corpus);
    assert_string_equal(sentence.text,
                        "The animal didn't cross the street because it was too tired.");
    assert_int_equal(sentence.line, 3);
    assert_int_equal(sentence.n_words, 0);
    assert_string_equal(next(corpus).text, "I love pizza");
    sentence = next(corpus);
    assert_string_equal(sentence.text, "Der Hund läuft. Ça va?");
    assert_int_equal(sentence.line, 8);
    assert_true(corpus_share(corpus) > .8 && corpus_share(corpus) < 1);
    assert_string_equal(next(corpus).text, "猫 と 犬");
    ends(corpus);
}

static void linked(const struct corpus_sentence *sentence, size_t k, size_t dependent,
                   size_t head, const char *relation)
{
    assert_true(k < sentence->n_links);
    assert_int_equal(sentence->links[k].dependent, dependent);
    assert_int_equal(sentence->links[k].head, head);
    assert_string_equal(sentence->links[k].relation, relation);
}

static void conllu_with_relations(void **state)
{
    (void)state;
    struct corpus *corpus = opened("tests/data/heads/relations.conllu");
    struct corpus_sentence sentence = next(corpus);
    assert_string_equal(sentence.text, "The dog chased the cat because it ran.");
    assert_int_equal(sentence.n_words, 9);
    assert_int_equal(sentence.words[7].start, 34);
    assert_int_equal(sentence.words[7].end, 37);
    assert_int_equal(sentence.words[8].start, 37); /* no blank before the stop */
    assert_int_equal(sentence.n_links, 8);         /* neither root nor punct */
    linked(&sentence, 0, 0, 1, "det");
    linked(&sentence, 5, 6, 4, "coref");
    linked(&sentence, 6, 6, 7, "nsubj");
    linked(&sentence, 7, 7, 2, "advcl");
    sentence = next(corpus);
    assert_string_equal(sentence.text, "didn't go home!");
    assert_int_equal(sentence.n_words, 5);
    assert_int_equal(sentence.words[0].end, 6); /* both parts stand at didn't */
    assert_int_equal(sentence.words[1].start, 0);
    assert_int_equal(sentence.words[1].end, 6);
    assert_int_equal(sentence.words[4].start, 14);
    assert_int_equal(sentence.n_links, 3);
    linked(&sentence, 2, 3, 2, "advmod");
    sentence = next(corpus);
    assert_string_equal(sentence.text, "Ça va");
    assert_int_equal(sentence.words[1].start, 3); /* code points, not bytes */
    assert_int_equal(sentence.line, 24);
    ends(corpus);
}

static void the_samples_are_whole(void **state)
{
    (void)state;
    struct corpus *corpus = opened(CORPUS_SAMPLES);
    size_t links = 0;
    struct corpus_sentence sentence = next(corpus);
    assert_string_equal(sentence.text, "The man bites the dog.");
    for (size_t k = 1; k < 92; k++) {
        sentence = next(corpus);
        assert_true(sentence.n_words > 0);
        links += sentence.n_links;
    }
    assert_true(links > 150);
    assert_true(corpus_share(corpus) == 1);
    ends(corpus);
}

/* ---- what is wrong ------------------------------------------------------------- */

static char *written(const char *bytes, size_t length)
{
    static const char name[] = "/tmp/attn-corpus-XXXXXX";
    char *path = mem_copy(name, sizeof name - 1);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), length);
    close(fd);
    return path;
}

/* Reads a file of these bytes to its end, or to what is wrong with it. */
static struct err trouble(const char *bytes, size_t length, size_t *sentences)
{
    char *path = written(bytes, length);
    struct corpus_sentence sentence;
    struct err err = {0};
    struct corpus *corpus = opened(path);
    bool more = true;
    *sentences = 0;
    while (more && corpus_next(corpus, &sentence, &more, &err))
        *sentences += more;
    corpus_close(corpus);
    unlink(path);
    free(path);
    return err;
}

static void wrong(const char *bytes, const char *said)
{
    size_t sentences;
    struct err err = trouble(bytes, strlen(bytes), &sentences);
    assert_int_equal(err.code, ERR_BAD_FILE);
    if (!strstr(err.text, said))
        fail_msg("\"%s\" does not say \"%s\"", err.text, said);
}

#define REST "\t_\t_\t_\t_"

static void what_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    wrong("Birds fly.\n\n\xFF\n", "Line 3 of");
    wrong("1\ta" REST "\t0\troot\t_\t_\n2\tb\n", "Line 2 is not CoNLL-U");
    wrong("1\ta" REST "\t0\troot\t_\t_\n3\tb" REST "\t1\tx\t_\t_\n",
          "not numbered 1, 2, 3");
    wrong("1\ta" REST "\tx\troot\t_\t_\n", "seventh column");
    wrong("1\ta" REST "\t-1\troot\t_\t_\n", "seventh column");
    wrong("1\ta" REST "\t9999999\troot\t_\t_\n", "seventh column");
    wrong("# x\n1\ta" REST "\t2\tx\t_\t_\n", "The sentence in line 2");
    wrong("1\ta" REST "\t1\tx\t_\t_\n", "none of its other words");
    wrong("1\t" REST "\t1\tx\t_\t_\n", "is empty");
    wrong("1\ta" REST "\t0\tx\t_\t_\nhello" REST "\t1\tx\t_\t_\t_\n",
          "begin with a word's number");
    wrong("1\ta" REST "\t0\tx\t_\t_\n5-4\tb" REST "\t_\t_\t_\t_\n", "range of words");
}

static void a_nul_is_no_text(void **state)
{
    (void)state;
    size_t sentences;
    struct err err = trouble("Birds\0fly\n", 10, &sentences);
    assert_int_equal(err.code, ERR_BAD_FILE);
}

static void an_endless_line_is_refused(void **state)
{
    (void)state;
    size_t n = CORPUS_MOST_LINE + 1, sentences;
    char *text = mem_new(n, 1);
    memset(text, 'a', n);
    struct err err = trouble(text, n, &sentences);
    assert_int_equal(err.code, ERR_BAD_FILE);
    assert_non_null(strstr(err.text, "longer than 64 kB"));
    free(text);
}

/* 600 words, then two. */
static void a_long_sentence_is_passed_over(void **state)
{
    (void)state;
    struct buf text;
    struct err err = {0};
    buf_init(&text, 1 << 20);
    for (int k = 1; k <= 600; k++)
        buf_print(&text, "%d\tword" REST "\t%d\tx\t_\t_\n", k, k == 600 ? 1 : k + 1);
    buf_text(&text, "\n1\tBirds" REST "\t2\tnsubj\t_\t_\n2\tfly" REST "\t0\tx\t_\t_\n");
    char *path = written(text.at, text.length);
    struct corpus *corpus = corpus_open(path, NULL, &err);
    assert_true(next(corpus).too_long);
    struct corpus_sentence sentence = next(corpus);
    assert_false(sentence.too_long);
    assert_string_equal(sentence.text, "Birds fly");
    ends(corpus);
    unlink(path);
    free(path);
    buf_free(&text);
}

static void a_stop_is_heard(void **state)
{
    (void)state;
    struct err err = {0};
    atomic_bool stop = true;
    struct corpus_sentence sentence;
    bool more;
    struct corpus *corpus = corpus_open(CORPUS_SAMPLES, &stop, &err);
    assert_non_null(corpus);
    assert_false(corpus_next(corpus, &sentence, &more, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    corpus_close(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_a_line),
        cmocka_unit_test(conllu_with_relations),
        cmocka_unit_test(the_samples_are_whole),
        cmocka_unit_test(what_is_wrong_is_named_with_its_line),
        cmocka_unit_test(a_nul_is_no_text),
        cmocka_unit_test(an_endless_line_is_refused),
        cmocka_unit_test(a_long_sentence_is_passed_over),
        cmocka_unit_test(a_stop_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
