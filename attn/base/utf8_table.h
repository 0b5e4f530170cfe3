/* utf8_table.h - the form of the generated tables in utf8_table.c; for utf8.c alone.
 * Depends on nothing.
 */
#ifndef ATTN_BASE_UTF8_TABLE_H
#define ATTN_BASE_UTF8_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* Both ends in. */
struct utf8_span {
    uint32_t first, last;
};

/* Sorted, no two touch. */
struct utf8_set {
    const struct utf8_span *spans;
    size_t n;
};

/* Each `step`-th character from first to last maps to itself + delta. */
struct utf8_shift {
    uint32_t first, last, step;
    int32_t delta;
};

struct utf8_map {
    const struct utf8_shift *shifts;
    size_t n;
};

extern const struct utf8_set utf8_table_letter, utf8_table_mark, utf8_table_digit,
    utf8_table_space, utf8_table_control, utf8_table_zero, utf8_table_wide;
extern const struct utf8_map utf8_table_lower, utf8_table_upper;

#endif
