/* Files are read line by line, and only regular ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "attn/base/file.h"

static FILE *holding(const char *bytes, size_t length)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    rewind(file);
    return file;
}

static void lines_end_in_every_way(void **state)
{
    (void)state;
    static const char text[] = "one\ntwo\r\n\nwith \0 inside\nlast";
    static const char *const wanted[] = {"one", "two", "", "with ", "last"};
    FILE *file = holding(text, sizeof text - 1);
    struct buf line;
    buf_init(&line, 100);
    assert_int_equal(file_size(file), sizeof text - 1);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_true(file_line(file, &line));
        assert_string_equal(line.at, wanted[i]);
        assert_int_equal(line.length, i == 3 ? 13 : strlen(wanted[i]));
        assert_false(line.full);
    }
    assert_false(file_line(file, &line));
    buf_free(&line);
    fclose(file);
}

static void a_long_line_is_told(void **state)
{
    (void)state;
    FILE *file = holding("1234\n12345\n", 11);
    struct buf line;
    buf_init(&line, 4);
    assert_true(file_line(file, &line));
    assert_false(line.full);
    assert_true(file_line(file, &line));
    assert_true(line.full);
    buf_free(&line);
    fclose(file);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/attn-file-XXXXXX", pipe[64];
    struct err err = {0};
    assert_non_null(mkdtemp(folder));
    assert_null(file_open(folder, "a file of sentences", &err));
    assert_int_equal(err.code, ERR_BAD_FILE);
    assert_non_null(strstr(err.text, "is not a file of sentences"));
    err = (struct err){0};
    snprintf(pipe, sizeof pipe, "%s/pipe", folder);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_null(file_open(pipe, "a file", &err)); /* and does not wait for a writer */
    assert_int_equal(err.code, ERR_BAD_FILE);
    unlink(pipe);
    err = (struct err){0};
    assert_null(file_open(pipe, "a file", &err));
    assert_non_null(strstr(err.text, "No such file"));
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_in_every_way),
        cmocka_unit_test(a_long_line_is_told),
        cmocka_unit_test(what_is_no_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
