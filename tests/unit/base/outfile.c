/* Files are written below the working directory, and nowhere else. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "attn/base/outfile.h"

/* A world of its own: outside/ holds what nobody may touch, work/ is worked in. */
static char world[] = "/tmp/attn-outfile-XXXXXX";

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
    (void)state;
    strcpy(world, "/tmp/attn-outfile-XXXXXX");
    assert_non_null(mkdtemp(world));
    assert_int_equal(chdir(world), 0);
    assert_int_equal(mkdir("outside", 0700) + mkdir("work", 0700), 0);
    put("outside/kept.svg", "kept");
    assert_int_equal(chdir("work"), 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    char line[64];
    snprintf(line, sizeof line, "rm -rf %s", world);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(system(line), 0); /* NOLINT: a fixed line */
    return 0;
}

static void holds(const char *path, const char *wanted)
{
    char text[64] = "";
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    (void)!fread(text, 1, sizeof text - 1, file);
    fclose(file);
    assert_string_equal(text, wanted);
}

/* Writes; true when it went well. */
static bool writes(const char *path, const char *text, bool replace, struct err *err)
{
    struct outfile file;
    struct buf bytes;
    *err = (struct err){0};
    buf_init(&bytes, 1000);
    buf_text(&bytes, text);
    bool done =
        outfile_open(&file, path, err) && outfile_write(&file, &bytes, replace, err);
    outfile_close(&file);
    buf_free(&bytes);
    return done;
}

static void refused(const char *path, enum err_code code)
{
    struct err err;
    if (writes(path, "x", true, &err))
        fail_msg("%s was written", path);
    if (err.code != code)
        fail_msg("%s: %s (%s)", path, err_name(err.code), err.text);
    assert_int_equal(err.text[strlen(err.text) - 1], '.');
}

static void a_file_is_written_with_its_rights(void **state)
{
    (void)state;
    struct err err;
    struct stat about;
    assert_int_equal(mkdir("a", 0700) + mkdir("a/b c", 0700), 0);
    assert_true(writes("a/b c/\xC3\xA9.svg", "one", false, &err));
    holds("a/b c/\xC3\xA9.svg", "one");
    assert_int_equal(chmod("a/b c/\xC3\xA9.svg", 0600), 0);
    assert_true(writes("a/b c/\xC3\xA9.svg", "two", true, &err));
    holds("a/b c/\xC3\xA9.svg", "two");
    assert_int_equal(stat("a/b c/\xC3\xA9.svg", &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(rmdir("a/b c"), -1); /* only the file is in it: */
    assert_int_equal(unlink("a/b c/\xC3\xA9.svg") + rmdir("a/b c"), 0);
}

static void paths_that_lead_away_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",          "/x.svg",      "/tmp/x.svg",  "../x.svg",        "..",
        ".",         "a/../../x",   "./x.svg",     "a/./x",           "a//x",
        "x/",        "a/..",        ".hidden",     ".git/config",     "a/.b/c",
        "tab\there", "line\nbreak", "nul\x7F.svg", "\xE2\x80\xAEgvs", "\xFF.svg",
        "...",       "..x/y",
    };
    char part[300], path[OUTFILE_MOST_PATH + 10];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(bad[i], ERR_BAD_VALUE);
    memset(part, 'a', sizeof part);
    part[sizeof part - 1] = '\0';
    refused(part, ERR_BAD_VALUE);
    for (size_t i = 0; i < sizeof path; i++)
        path[i] = i % 2 ? '/' : 'a';
    path[sizeof path - 1] = '\0';
    refused(path, ERR_BAD_VALUE);
    refused("no folder/x.svg", ERR_BAD_FILE);
}

static void links_are_not_followed(void **state)
{
    (void)state;
    assert_int_equal(symlink("../outside", "out"), 0);
    assert_int_equal(symlink("../outside/kept.svg", "link.svg"), 0);
    assert_int_equal(symlink("nowhere", "dangling.svg"), 0);
    assert_int_equal(mkdir("in", 0700), 0);
    assert_int_equal(symlink("../../outside", "in/out"), 0);
    refused("out/x.svg", ERR_BAD_FILE);
    refused("out/kept.svg", ERR_BAD_FILE);
    refused("in/out/x.svg", ERR_BAD_FILE);
    refused("link.svg", ERR_BAD_FILE);
    refused("dangling.svg", ERR_BAD_FILE);
    holds("../outside/kept.svg", "kept");
    assert_int_equal(access("../outside/x.svg", F_OK), -1);
    assert_int_equal(access("nowhere", F_OK), -1);
}

static void what_is_no_file_is_left_alone(void **state)
{
    (void)state;
    struct sockaddr_un at = {.sun_family = AF_UNIX, .sun_path = "socket.svg"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(mkdir("folder.svg", 0700) + mkfifo("pipe.svg", 0600), 0);
    assert_int_equal(bind(fd, (const struct sockaddr *)&at, sizeof at), 0);
    put("file", "text");
    refused("folder.svg", ERR_BAD_FILE);
    refused("pipe.svg", ERR_BAD_FILE); /* and does not wait for a reader */
    refused("socket.svg", ERR_BAD_FILE);
    refused("file/x.svg", ERR_BAD_FILE);
    close(fd);
}

static void nothing_is_replaced_unasked(void **state)
{
    (void)state;
    struct err err = {0};
    struct outfile file;
    struct buf bytes;
    buf_init(&bytes, 1000);
    buf_text(&bytes, "new");
    assert_true(outfile_open(&file, "x.svg", &err));
    assert_false(file.taken);
    put("x.svg", "came meanwhile");
    assert_false(outfile_write(&file, &bytes, false, &err));
    assert_int_equal(err.code, ERR_IO);
    holds("x.svg", "came meanwhile");
    outfile_close(&file);
    err = (struct err){0};
    assert_true(outfile_open(&file, "x.svg", &err));
    assert_true(file.taken);
    buf_clear(&bytes);
    assert_true(outfile_read(&file, &bytes));
    assert_string_equal(bytes.at, "came meanwhile");
    struct buf small;
    buf_init(&small, 3);
    assert_false(outfile_read(&file, &small));
    buf_free(&small);
    outfile_close(&file);
    buf_free(&bytes);
}

/* As on a full disk: only so many bytes go into a file. */
static void what_breaks_off_leaves_what_was_there(void **state)
{
    (void)state;
    struct err err;
    struct rlimit all, few;
    put("x.svg", "old");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
    few = all;
    few.rlim_cur = 5;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &few), 0);
    bool replaced = writes("x.svg", "longer than that", true, &err);
    bool written = !replaced && writes("y.svg", "longer than that", false, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
    assert_false(replaced || written);
    assert_int_equal(err.code, ERR_IO);
    holds("x.svg", "old");
    assert_int_equal(access("y.svg", F_OK), -1);
    assert_int_equal(access(".attn-save-0.part", F_OK), -1);
}

/* No file can be made beside it. */
static void what_cannot_be_written_leaves_all(void **state)
{
    (void)state;
    struct err err;
    char name[64];
    put("x.svg", "old");
    for (int i = 0; i < 100; i++) { /* every name for the file beside it is taken */
        snprintf(name, sizeof name, ".attn-save-%d.part", i);
        put(name, "");
    }
    assert_false(writes("x.svg", "new", true, &err));
    assert_int_equal(err.code, ERR_IO);
    holds("x.svg", "old");
    assert_int_equal(unlink(".attn-save-7.part"), 0);
    assert_true(writes("x.svg", "new", true, &err));
    holds("x.svg", "new");
    assert_int_equal(access(".attn-save-7.part", F_OK), -1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_written_with_its_rights),
        TEST(paths_that_lead_away_are_none),
        TEST(links_are_not_followed),
        TEST(what_is_no_file_is_left_alone),
        TEST(nothing_is_replaced_unasked),
        TEST(what_breaks_off_leaves_what_was_there),
        TEST(what_cannot_be_written_leaves_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
