/* arena and mem: what comes is zeroed, aligned, apart, and keeps its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attn/base/arena.h"
#include "attn/base/mem.h"

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    struct arena arena = {0};
    unsigned char *before = NULL;
    size_t before_size = 0;
    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        size_t size = i * 37 % 301;
        unsigned char *at = arena_new(&arena, size, 1);
        assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(at[k], 0);
        memset(at, 0xAA, size);
        for (size_t k = 0; before && k < before_size; k++)
            assert_int_equal(before[k], 0xAA);
        before = at;
        before_size = size;
    }
    arena_free(&arena);
}

static void a_piece_may_be_larger_than_a_block(void **state)
{
    struct arena arena = {0};
    (void)state;
    char *small = arena_copy(&arena, "small", 5);
    char *large = arena_new(&arena, 1000, 1000);
    large[999999] = 'x';
    assert_string_equal(small, "small");
    assert_true(arena.total >= 1000000);
    arena_free(&arena);
    assert_int_equal(arena.total, 0);
    assert_string_equal(arena_copy(&arena, "again and on", 5), "again");
    arena_free(&arena);
    arena_free(&arena);
}

static void one_may_take_over_from_another(void **state)
{
    struct arena arena = {0}, from = {0}, empty = {0};
    (void)state;
    char *first = arena_copy(&arena, "first", 5);
    char *second = arena_copy(&from, "second", 6);
    arena_new(&from, 1000, 1000);
    arena_adopt(&arena, &from);
    arena_adopt(&arena, &empty);
    assert_true(from.last == NULL && from.total == 0);
    assert_true(arena.total >= 1000000);
    assert_string_equal(arena_copy(&arena, "third", 5), "third");
    assert_string_equal(first, "first");
    assert_string_equal(second, "second");
    arena_adopt(&empty, &arena);
    assert_string_equal(second, "second");
    arena_free(&empty);
    arena_free(&from);
}

static void it_prints(void **state)
{
    struct arena arena = {0};
    (void)state;
    assert_string_equal(arena_print(&arena, "L%d-H%d %s", 3, 0, "ok"), "L3-H0 ok");
    assert_string_equal(arena_copy(&arena, NULL, 0), "");
    arena_free(&arena);
}

static void mem_is_zeroed_and_never_null(void **state)
{
    (void)state;
    int *numbers = mem_new(100, sizeof *numbers);
    for (int i = 0; i < 100; i++)
        assert_int_equal(numbers[i], 0);
    numbers[99] = 7;
    numbers = mem_resize(numbers, 1000, sizeof *numbers);
    assert_int_equal(numbers[99], 7);
    free(numbers);
    void *nothing = mem_new(0, 8);
    assert_non_null(nothing);
    nothing = mem_resize(nothing, 0, 0);
    assert_non_null(nothing);
    free(nothing);
    char *copy = mem_copy("abcdef", 3);
    assert_string_equal(copy, "abc");
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(a_piece_may_be_larger_than_a_block),
        cmocka_unit_test(one_may_take_over_from_another),
        cmocka_unit_test(it_prints),
        cmocka_unit_test(mem_is_zeroed_and_never_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
