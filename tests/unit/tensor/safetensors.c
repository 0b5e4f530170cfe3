/* Files of tensors: whole ones are read, broken ones are refused, what is written is
 * read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "attn/base/file.h"
#include "attn/tensor/half.h"
#include "attn/tensor/safetensors.h"

static bool opens(const char *name, struct err *err)
{
    char path[512];
    struct arena arena = {0};
    struct safetensors from;
    snprintf(path, sizeof path, "tests/data/safetensors/%s", name);
    FILE *file = file_open(path, "a file", err);
    assert_non_null(file);
    bool done = safetensors_open(&from, file, &arena, err);
    fclose(file);
    arena_free(&arena);
    return done;
}

static void each_file_is_read_or_refused(void **state)
{
    (void)state;
    size_t n = 0;
    DIR *folder = opendir("tests/data/safetensors");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)); n++) {
        struct err err = {0};
        if (!strstr(entry->d_name, ".safetensors"))
            continue;
        bool done = opens(entry->d_name, &err);
        if (done != (strncmp(entry->d_name, "ok", 2) == 0))
            fail_msg("%s: %s", entry->d_name, done ? "was read" : err.text);
        assert_true(done || (err.text[0] &&
                             (err.code == ERR_BAD_FILE || err.code == ERR_TOO_LARGE)));
    }
    closedir(folder);
    assert_true(n > 25);
}

static void refuses(const char *header, const char *part)
{
    struct arena arena = {0};
    struct safetensors from;
    struct err err = {0};
    unsigned char bytes[1024] = {0};
    size_t length = strlen(header);
    bytes[0] = (unsigned char)length;
    bytes[1] = (unsigned char)(length >> 8);
    memcpy(bytes + 8, header, length);
    assert_false(safetensors_open_bytes(&from, bytes, length + 16, &arena, &err));
    if (!strstr(err.text, part))
        fail_msg("%s: %s", header, err.text);
    arena_free(&arena);
}

static void it_says_what_is_wrong(void **state)
{
    (void)state;
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "fit");
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "before");
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "follow");
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "twice");
    refuses("{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}", "F99");
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],"
            "\"data_offsets\":[0,0]}}",
            "larger");
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,16]}}",
            "beyond");
    refuses("{\"__metadata__\":{\"a\":1}}", "text");
    refuses("[]", "object");
    refuses("{\"a\":\"\\ud800\"}", "half");
    refuses(" {}", "object");
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    const float floats[] = {0, -1.5F, 3e-39F, 0.1F, 1e30F, 7};
    const int64_t ints[] = {-1, INT64_MAX, INT64_MIN};
    const struct tensor_out tensors[] = {
        {.name = "ids", .ints = ints, .n_dims = 1, .shape = {3}},
        {.name = "x", .floats = floats, .n_dims = 2, .shape = {2, 3}}};
    const struct tensor_note notes[] = {
        {"q\"\\", "line\nnext <é 👩‍👩‍👧>"}};
    struct arena arena = {0};
    struct safetensors from;
    struct err err = {0};
    struct buf bytes;
    float back[6];
    int64_t whole[3];
    buf_init(&bytes, 4096);
    safetensors_write(&(struct tensors_out){tensors, 2, notes, 1}, &bytes);
    assert_int_equal(bytes.at[0] % 8, 0);
    assert_true(safetensors_open_bytes(&from, bytes.at, bytes.length, &arena, &err));
    assert_int_equal(from.n, 2);
    assert_string_equal(safetensors_text(&from, "q\"\\"), notes[0].text);
    assert_null(safetensors_text(&from, "other"));
    assert_true(safetensors_floats(&from, safetensors_find(&from, "x"), back, &err));
    assert_memory_equal(back, floats, sizeof floats);
    assert_true(safetensors_ints(&from, safetensors_find(&from, "ids"), whole, &err));
    assert_memory_equal(whole, ints, sizeof ints);
    assert_false(safetensors_ints(&from, safetensors_find(&from, "x"), whole, &err));
    for (size_t cut = 0; cut < bytes.length; cut++) {
        struct err unsaid = {0};
        assert_false(safetensors_open_bytes(&from, bytes.at, cut, &arena, &unsaid));
    }
    buf_free(&bytes);
    arena_free(&arena);
}

static void a_buffer_that_is_too_small_is_full(void **state)
{
    (void)state;
    const float floats[64] = {0};
    const struct tensor_out tensor = {
        .name = "x", .floats = floats, .n_dims = 1, .shape = {64}};
    struct buf bytes;
    buf_init(&bytes, 200);
    safetensors_write(&(struct tensors_out){&tensor, 1, NULL, 0}, &bytes);
    assert_true(bytes.full);
    buf_free(&bytes);
}

static void halves(void **state)
{
    (void)state;
    assert_true(half_float(0x3C00) == 1 && half_float(0xC000) == -2);
    assert_true(half_float(0x3555) == 0.333251953125F);
    assert_true(half_float(0x0001) == 0x1p-24F &&
                half_float(0x03FF) == 1023 * 0x1p-24F);
    assert_true(half_float(0x0400) == 0x1p-14F && half_float(0x7BFF) == 65504);
    assert_true(isinf(half_float(0x7C00)) && isnan(half_float(0x7E00)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_is_read_or_refused),
        cmocka_unit_test(it_says_what_is_wrong),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(a_buffer_that_is_too_small_is_full),
        cmocka_unit_test(halves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
