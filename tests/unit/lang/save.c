/* save: what the last view showed, whatever came after it; and whose files it replaces.
 */
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

enum { MOST = 4 << 20 };

static char folder[] = "/tmp/attn-save-XXXXXX";

static int setup(void **state)
{
    strcpy(folder, "/tmp/attn-save-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    *state = session_new();
    return 0;
}

static int teardown(void **state)
{
    char line[64];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    session_free(*state);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(system(line), 0); /* NOLINT: a fixed line */
    return 0;
}

/* The last output of a cell: its text, and what can be drawn again. */
struct seen {
    struct buf text;
    struct explorer *explorer;
};

static bool keep(void *context, const struct output *output, struct err *err)
{
    (void)err;
    struct seen *seen = context;
    buf_clear(&seen->text);
    if (output->kind == OUTPUT_JSON)
        buf_text(&seen->text, output->json);
    else if (output->text)
        buf_add(&seen->text, output->text, output->length);
    if (output->explorer && !seen->explorer)
        seen->explorer = explorer_keep(output->explorer);
    return true;
}

static bool try(struct session *session, const char *cell, struct seen *seen,
                struct err *err)
{
    const struct run how = {.sink = {seen, keep}};
    *err = (struct err){0};
    if (!seen->text.most)
        buf_init(&seen->text, MOST);
    return session_run(session, cell, strlen(cell), &how, err);
}

static void run(struct session *session, const char *cell)
{
    struct seen seen = {0};
    struct err err;
    if (!try(session, cell, &seen, &err))
        fail_msg("%s: %s", cell, err.text);
    explorer_drop(seen.explorer);
    buf_free(&seen.text);
}

static void fails(struct session *session, const char *cell, enum err_code code,
                  const char *hint)
{
    struct seen seen = {0};
    struct err err;
    if (try(session, cell, &seen, &err))
        fail_msg("%s ran", cell);
    assert_int_equal(err.code, code);
    if (!strstr(err.hint, hint))
        fail_msg("%s: %s", cell, err.hint);
    explorer_drop(seen.explorer);
    buf_free(&seen.text);
}

static struct buf bytes_of(const char *path)
{
    struct buf bytes;
    char part[4096];
    size_t n;
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is not there", path);
    buf_init(&bytes, MOST);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        buf_add(&bytes, part, n);
    fclose(file);
    return bytes;
}

static void same_files(const char *one, const char *two)
{
    struct buf a = bytes_of(one), b = bytes_of(two);
    assert_true(a.length > 0);
    if (a.length != b.length || memcmp(a.at, b.at, a.length) != 0)
        fail_msg("%s and %s differ", one, two);
    buf_free(&a);
    buf_free(&b);
}

static void file_is(const char *path, const char *wanted)
{
    struct buf bytes = bytes_of(path);
    assert_string_equal(bytes.at, wanted);
    buf_free(&bytes);
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char *const forms[] = {"svg", "png", "pdf", "html", "csv", "json"};
enum { FORMS = sizeof forms / sizeof *forms };

static void save_all(struct session *session, const char *name)
{
    char line[64];
    for (size_t i = 0; i < FORMS; i++) {
        snprintf(line, sizeof line, "save \"%s.%s\"", name, forms[i]);
        run(session, line);
    }
}

static void all_same(const char *one, const char *two)
{
    char a[64], b[64];
    for (size_t i = 0; i < FORMS; i++) {
        snprintf(a, sizeof a, "%s.%s", one, forms[i]);
        snprintf(b, sizeof b, "%s.%s", two, forms[i]);
        same_files(a, b);
    }
}

/* Nor do an error, the settings, or a command that shows no view. */
static void what_came_after_changes_nothing(void **state)
{
    run(*state, "set head 0 layer 3\nlook it");
    save_all(*state, "before");
    run(*state, "sentence \"Zebras graze\"\nset layer 1 size big");
    run(*state, "mute L0-H0\nhelp\ndot 1 with 2\nset\nmodel");
    fails(*state, "look it", ERR_NO_SUCH_WORD, "look");
    run(*state, "model translate");
    save_all(*state, "after");
    all_same("before", "after");
}

static void every_run_gives_the_same_bytes(void **state)
{
    static const char *const views[] = {
        "heatmap",
        "flow",
        "heads",
        "swap \"tired\" \"wide\"",
        "steps it",
        "why it",
        "heatmap layer all head all",
    };
    struct session *other = session_new();
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        run(*state, views[i]);
        run(other, views[i]);
        save_all(*state, "one");
        save_all(other, "two");
        all_same("one", "two");
    }
    session_free(other);
}

static void json_is_what_as_json_gives(void **state)
{
    struct seen seen = {0};
    struct err err;
    run(*state, "heatmap\nsave \"map.json\"");
    assert_true(try(*state, "heatmap as json", &seen, &err));
    buf_char(&seen.text, '\n');
    file_is("map.json", seen.text.at);
    buf_free(&seen.text);
}

/* The answer is kept where the file that it comes from may have changed. */
static void sentences_of_a_file_are_not_read_again(void **state)
{
    put("few.txt", "The dog saw it and it barked .\nThe cat sleeps .\n");
    run(*state, "heads over \"few.txt\"");
    save_all(*state, "before");
    assert_int_equal(unlink("few.txt"), 0);
    run(*state, "sentence \"Zebras graze\"\nmodel decoder");
    save_all(*state, "after");
    all_same("before", "after");
}

static void what_controls_show_now_is_saved(void **state)
{
    int values[EXPLORER_CONTROLS] = {2, 0, 3, 0}; /* layer 2 head 0, "didn't" */
    struct seen seen = {0};
    struct err err = {0};
    assert_true(try(*state, "explore", &seen, &err));
    assert_non_null(seen.explorer);
    const struct run how = {.sink = {&seen, keep}};
    run(*state, "save \"first.csv\"");
    assert_true(explorer_draw(seen.explorer, values, NULL, &how, &err));
    run(*state, "save \"moved.csv\"");
    run(*state, "look didn't layer 2 head 0\nsave \"typed.csv\"");
    same_files("moved.csv", "typed.csv");
    run(*state, "look it\nsave \"it.csv\"");
    same_files("first.csv", "it.csv");
    explorer_drop(seen.explorer);
    buf_free(&seen.text);
}

static void joined_sessions_show_to_one_notebook(void **state)
{
    struct session *other = session_join(*state);
    run(other, "look it");
    run(*state, "save \"one.svg\"");
    run(other, "save \"two.svg\"");
    same_files("one.svg", "two.svg");
    session_free(other);
}

static void only_its_own_files_are_replaced(void **state)
{
    char line[64], mine[64];
    run(*state, "look it");
    for (size_t i = 0; i < FORMS; i++) {
        snprintf(mine, sizeof mine, "mine.%s", forms[i]);
        snprintf(line, sizeof line, "save \"mine.%s\"", forms[i]);
        put(mine, "I wrote this about attn, tEXtSoftware and svg.\n");
        fails(*state, line, ERR_BAD_FILE, "replace");
        file_is(mine, "I wrote this about attn, tEXtSoftware and svg.\n");
        put(mine, "");
        fails(*state, line, ERR_BAD_FILE, "replace");
        file_is(mine, "");
        snprintf(line, sizeof line, "save \"mine.%s\" replace", forms[i]);
        run(*state, line);
        snprintf(line, sizeof line, "heatmap\nsave \"mine.%s\"\nlook it", forms[i]);
        run(*state, line); /* its own by now, with other bytes */
    }
}

/* A file says who made it, also to a session that did not; csv cannot. */
static void its_own_files_are_known_later(void **state)
{
    struct session *later = session_new();
    run(*state, "look it");
    save_all(*state, "it");
    run(later, "look animal");
    for (size_t i = 0; i < FORMS; i++) {
        char line[64];
        snprintf(line, sizeof line, "save \"it.%s\"", forms[i]);
        if (strcmp(forms[i], "csv") == 0)
            fails(later, line, ERR_BAD_FILE, "replace");
        else
            run(later, line);
    }
    run(later, "look it\nsave \"it.csv\""); /* the same bytes: nothing is lost */
    session_free(later);
}

static void a_changed_table_is_no_longer_its_own(void **state)
{
    run(*state, "look it\nsave \"it.csv\"\nheatmap\nsave \"it.csv\"");
    put("it.csv", "word,mark\r\nit,good\r\n");
    fails(*state, "save \"it.csv\"", ERR_BAD_FILE, "replace");
    file_is("it.csv", "word,mark\r\nit,good\r\n");
}

static void nothing_is_written_when_stopped(void **state)
{
    atomic_bool stop = true;
    struct seen seen = {0};
    struct err err = {0};
    run(*state, "look it");
    buf_init(&seen.text, MOST);
    const struct run how = {.sink = {&seen, keep}, .stop = &stop};
    assert_false(session_run(*state, "save \"it.svg\"", 13, &how, &err));
    assert_int_equal(err.code, ERR_INTERRUPTED);
    assert_int_equal(access("it.svg", F_OK), -1);
    buf_free(&seen.text);
}

static bool in_file(const char *path, const char *wanted)
{
    struct buf bytes = bytes_of(path);
    size_t n = strlen(wanted);
    bool found = false;
    for (size_t i = 0; !found && i + n <= bytes.length; i++)
        found = memcmp(bytes.at + i, wanted, n) == 0;
    buf_free(&bytes);
    return found;
}

/* Who made them and what they show; not when, nor where. */
static void files_say_what_they_are(void **state)
{
    run(*state, "look it");
    save_all(*state, "it");
    assert_true(in_file("it.pdf", "/Creator (attn)"));
    assert_true(in_file("it.pdf", "/FontFile"));
    assert_false(in_file("it.pdf", "Date"));
    assert_true(in_file("it.png", "Software"));
    assert_false(in_file("it.png", "tIME"));
    assert_true(in_file("it.svg", "<title>&quot;it&quot; looks mostly at"));
    assert_true(in_file("it.html", "<!doctype html>\n<html lang=\"en\">"));
    assert_true(in_file("it.html", "default-src 'none'"));
    assert_true(in_file("it.html", "</main>\n</body>\n</html>\n"));
    for (size_t i = 0; i < FORMS; i++) {
        char path[64];
        snprintf(path, sizeof path, "it.%s", forms[i]);
        assert_false(in_file(path, folder));
    }
}

static void a_first_view_is_needed(void **state)
{
    fails(*state, "save \"it.svg\"", ERR_UNSUITED, "Try:  look");
    run(*state, "sentence \"Zebras graze\"");
    fails(*state, "save \"it.svg\"", ERR_UNSUITED, "Try:  look");
    assert_int_equal(access("it.svg", F_OK), -1);
    run(*state, "tokens");
    fails(*state, "save \"it.svg\"", ERR_UNSUITED, "save \"it.html\"");
    run(*state, "save \"it.html\"");
}

/* RFC 4180, and the data as they are. */
static void tables_are_quoted(void **state)
{
    run(*state, "sentence \"a,b \\\"c\\\" =1+1 the the\"\nlook @0\nsave \"w.csv\"");
    struct buf bytes = bytes_of("w.csv");
    assert_non_null(strstr(bytes.at, "word,position,weight\r\n<s>,,"));
    assert_non_null(strstr(bytes.at, "\r\n\"\"\"\",") /* a quote of its own */);
    assert_non_null(strstr(bytes.at, "\r\nthe:2,"));
    buf_free(&bytes);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_came_after_changes_nothing),
        TEST(every_run_gives_the_same_bytes),
        TEST(json_is_what_as_json_gives),
        TEST(sentences_of_a_file_are_not_read_again),
        TEST(what_controls_show_now_is_saved),
        TEST(joined_sessions_show_to_one_notebook),
        TEST(only_its_own_files_are_replaced),
        TEST(its_own_files_are_known_later),
        TEST(a_changed_table_is_no_longer_its_own),
        TEST(nothing_is_written_when_stopped),
        TEST(files_say_what_they_are),
        TEST(a_first_view_is_needed),
        TEST(tables_are_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
