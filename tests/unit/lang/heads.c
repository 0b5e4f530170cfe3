/* heads cluster and heads over, as a session answers them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "attn/lang/session.h"

struct seen {
    struct buf json, stream;
    size_t views, streams;
    atomic_bool *stop_at_stream; /* set when the first words of progress come */
};

static bool keep(void *context, const struct output *output, struct err *err)
{
    struct seen *seen = context;
    (void)err;
    if (output->json)
        buf_text(&seen->json, output->json);
    if (output->kind == OUTPUT_STREAM) {
        buf_add(&seen->stream, output->text, output->length);
        seen->streams++;
        if (seen->stop_at_stream)
            atomic_store(seen->stop_at_stream, true);
    }
    seen->views += output->view != NULL;
    return true;
}

static bool run(const char *cell, struct seen *seen, const atomic_bool *stop,
                struct err *err)
{
    struct session *session = session_new();
    struct run how = {
        .sink = {.context = seen, .put = keep}, .stop = stop, .want_json = true};
    buf_init(&seen->json, 4 << 20);
    buf_init(&seen->stream, 1 << 16);
    bool done = session_run(session, cell, strlen(cell), &how, err);
    session_free(session);
    return done;
}

static void forget(struct seen *seen)
{
    buf_free(&seen->json);
    buf_free(&seen->stream);
}

static void holds(const char *cell, const char *const *parts)
{
    struct seen seen = {0};
    struct err err = {0};
    if (!run(cell, &seen, NULL, &err))
        fail_msg("%s: %s", cell, err.text);
    for (; *parts; parts++)
        if (!strstr(seen.json.at, *parts))
            fail_msg("%s: no %s in %.900s", cell, *parts, seen.json.at);
    assert_int_equal(seen.streams, 0); /* nothing to tell where it is quick */
    forget(&seen);
}

static void fails(const char *cell, enum err_code code, const char *said)
{
    struct seen seen = {0};
    struct err err = {0};
    if (run(cell, &seen, NULL, &err))
        fail_msg("%s ran", cell);
    assert_int_equal(err.code, code);
    if (!strstr(err.text, said))
        fail_msg("%s: \"%s\" does not say \"%s\"", cell, err.text, said);
    forget(&seen);
}

#define PARTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void clusters_in_json(void **state)
{
    (void)state;
    holds("heads cluster layer 0",
          PARTS("\"layers\":4,\"heads\":6,\"items\":[{", "\"cluster\":0",
                "\"cluster\":5", "\"apart\":0.17328679", "\"merges\":[[0,4,0."));
    /* The same word and its earlier mention look alike on the default sentence. */
    holds("heads cluster heads L0-H2 L3-H5",
          PARTS("\"layer\":3,\"head\":5,\"name\":\"earlier mention\"", "\"cluster\":0",
                "\"merges\":[[0,1,0."));
    holds("heads syntactic cluster", PARTS("\"category\":\"syntactic\"", "\"merges\""));
}

static void one_head_is_like_nobody(void **state)
{
    (void)state;
    fails("heads cluster heads L0-H0", ERR_UNSUITED, "takes two of them");
    fails("heads cluster L0-H0", ERR_UNSUITED, "takes nothing more");
    fails("heads cluster it", ERR_UNSUITED, "takes no word");
}

static void a_file_of_sentences(void **state)
{
    (void)state;
    holds("heads over \"tests/data/heads/sentences.txt\"",
          PARTS("\"over\":\"tests/data/heads/sentences.txt\"", "\"sentences\":4",
                "\"skipped\":0", "\"tests\":[{\"test\":\"first\"", "\"low\":null",
                "\"relations\":[]"));
    holds("heads over \"samples\" layer 2",
          PARTS("\"sentences\":92", "\"layer\":2,\"head\":0,\"name\":\"verb→subject\"",
                "\"relation\":\"nsubj\",\"cases\":41", "\"relation\":\"coref\""));
    holds("heads previous-token over \"samples\"",
          PARTS("\"items\":[{\"layer\":0,\"head\":0,\"name\":\"previous\""));
}

static void a_model_counts_what_it_can_read(void **state)
{
    (void)state;
    holds("model toy\nheads over \"samples\"",
          PARTS("\"sentences\":2", "\"skipped\":90", "\"layers\":1"));
    fails("model toy\nheads over \"tests/data/heads/sentences.txt\"", ERR_UNSUITED,
          "cannot read the sentences");
    fails("model toy\nheads cluster", ERR_UNSUITED, "takes two of them");
}

static void what_cannot_be_counted(void **state)
{
    (void)state;
    fails("heads over \"no such file\"", ERR_BAD_FILE, "No such file");
    fails("heads over \"tests\"", ERR_BAD_FILE, "is not a file of sentences");
    fails("heads over \"build/attn\"", ERR_BAD_FILE, "not text in UTF-8");
    fails("heads over \"a\\u{0}b\"", ERR_BAD_FILE, "a name like that");
    fails("heads over \"samples\" cluster", ERR_UNSUITED, "no word to name");
    fails("heads over \"samples\" it -> animal", ERR_UNSUITED, "no word to name");
}

/* ---- long files ---------------------------------------------------------------- */

static void write_long(char *path, size_t sentences)
{
    int fd = mkstemp(path);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    assert_non_null(file);
    for (size_t k = 0; k < sentences; k++)
        fputs("Birds fly.\n", file);
    fclose(file);
}

static void a_long_file_tells_how_far_it_is(void **state)
{
    (void)state;
    char path[] = "/tmp/attn-heads-XXXXXX", cell[64];
    struct seen seen = {0};
    struct err err = {0};
    write_long(path, 2500);
    snprintf(cell, sizeof cell, "heads over \"%s\"", path);
    assert_true(run(cell, &seen, NULL, &err));
    assert_string_equal(seen.stream.at, "1000 sentences, 40 % of the file\n"
                                        "2000 sentences, 80 % of the file\n");
    assert_int_equal(seen.views, 1);
    forget(&seen);
    unlink(path);
}

static void it_can_be_interrupted(void **state)
{
    (void)state;
    char path[] = "/tmp/attn-heads-XXXXXX", cell[64];
    atomic_bool stop = false;
    struct seen seen = {.stop_at_stream = &stop};
    struct err err = {0};
    write_long(path, 2500);
    snprintf(cell, sizeof cell, "heads over \"%s\"", path);
    assert_false(run(cell, &seen, &stop, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    assert_int_equal(seen.streams, 1);
    assert_int_equal(seen.views, 0);
    forget(&seen);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_in_json),
        cmocka_unit_test(one_head_is_like_nobody),
        cmocka_unit_test(a_file_of_sentences),
        cmocka_unit_test(a_model_counts_what_it_can_read),
        cmocka_unit_test(what_cannot_be_counted),
        cmocka_unit_test(a_long_file_tells_how_far_it_is),
        cmocka_unit_test(it_can_be_interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
