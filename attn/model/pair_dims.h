/* pair_dims.h - groups of values that both streams of the model translate have.
 * Depends on nothing.
 */
#ifndef ATTN_MODEL_PAIR_DIMS_H
#define ATTN_MODEL_PAIR_DIMS_H

enum { PAIR_SIGNS = 24, PAIR_WAVE_VALUES = 16 };

/* clang-format off */
/* A block of 24 values, the code of a French word; and one of 16, the waves of a place. */
#define PAIR_CODE(DIM, code, name) \
    DIM(code##0, name " 0") \
    DIM(code##1, name " 1") \
    DIM(code##2, name " 2") \
    DIM(code##3, name " 3") \
    DIM(code##4, name " 4") \
    DIM(code##5, name " 5") \
    DIM(code##6, name " 6") \
    DIM(code##7, name " 7") \
    DIM(code##8, name " 8") \
    DIM(code##9, name " 9") \
    DIM(code##10, name " 10") \
    DIM(code##11, name " 11") \
    DIM(code##12, name " 12") \
    DIM(code##13, name " 13") \
    DIM(code##14, name " 14") \
    DIM(code##15, name " 15") \
    DIM(code##16, name " 16") \
    DIM(code##17, name " 17") \
    DIM(code##18, name " 18") \
    DIM(code##19, name " 19") \
    DIM(code##20, name " 20") \
    DIM(code##21, name " 21") \
    DIM(code##22, name " 22") \
    DIM(code##23, name " 23")
#define PAIR_WAVES(DIM, code, name) \
    DIM(code##0, name " 0") \
    DIM(code##1, name " 1") \
    DIM(code##2, name " 2") \
    DIM(code##3, name " 3") \
    DIM(code##4, name " 4") \
    DIM(code##5, name " 5") \
    DIM(code##6, name " 6") \
    DIM(code##7, name " 7") \
    DIM(code##8, name " 8") \
    DIM(code##9, name " 9") \
    DIM(code##10, name " 10") \
    DIM(code##11, name " 11") \
    DIM(code##12, name " 12") \
    DIM(code##13, name " 13") \
    DIM(code##14, name " 14") \
    DIM(code##15, name " 15")
/* clang-format on */

#endif
