/* lesson144_dims.h - the named values of the stream of lesson144: as wide as that of
 * GPT-2 small (12 heads of 64), so that its heads have that model's shape.
 *
 * It begins with all of the teaching model's values (glass_dims.h), at the same places:
 * the same lexicon fills it. A model that only looks back needs more of the past at
 * hand, so the identities of the two words before a word follow. The rest is spare, 0
 * for every word: written rules need far fewer values than learned weights do. Depends
 * on model/glass_dims.
 */
#ifndef ATTN_MODEL_LESSON144_DIMS_H
#define ATTN_MODEL_LESSON144_DIMS_H

#include "attn/model/glass_dims.h"

/* clang-format off */
#define L144_TWICE_TEN(DIM, code, text) \
    DIM(code##0, text " 0") DIM(code##1, text " 1") DIM(code##2, text " 2") \
    DIM(code##3, text " 3") DIM(code##4, text " 4") DIM(code##5, text " 5") \
    DIM(code##6, text " 6") DIM(code##7, text " 7") DIM(code##8, text " 8") \
    DIM(code##9, text " 9") DIM(code##10, text " 10") DIM(code##11, text " 11") \
    DIM(code##12, text " 12") DIM(code##13, text " 13") DIM(code##14, text " 14") \
    DIM(code##15, text " 15") DIM(code##16, text " 16") DIM(code##17, text " 17") \
    DIM(code##18, text " 18") DIM(code##19, text " 19")
#define L144_PAST(DIM) \
    L144_TWICE_TEN(DIM, pid, "previous word's spelling") \
    L144_TWICE_TEN(DIM, ppid, "spelling two words back")
#define L144_SPARE(DIM) \
    L144_TWICE_TEN(DIM, spareA, "spare A") L144_TWICE_TEN(DIM, spareB, "spare B") \
    L144_TWICE_TEN(DIM, spareC, "spare C") L144_TWICE_TEN(DIM, spareD, "spare D") \
    L144_TWICE_TEN(DIM, spareE, "spare E") L144_TWICE_TEN(DIM, spareF, "spare F") \
    L144_TWICE_TEN(DIM, spareG, "spare G") L144_TWICE_TEN(DIM, spareH, "spare H") \
    L144_TWICE_TEN(DIM, spareI, "spare I") L144_TWICE_TEN(DIM, spareJ, "spare J") \
    L144_TWICE_TEN(DIM, spareK, "spare K") L144_TWICE_TEN(DIM, spareL, "spare L") \
    L144_TWICE_TEN(DIM, spareM, "spare M") L144_TWICE_TEN(DIM, spareN, "spare N") \
    L144_TWICE_TEN(DIM, spareO, "spare O") L144_TWICE_TEN(DIM, spareP, "spare P") \
    L144_TWICE_TEN(DIM, spareQ, "spare Q") L144_TWICE_TEN(DIM, spareR, "spare R") \
    L144_TWICE_TEN(DIM, spareS, "spare S") L144_TWICE_TEN(DIM, spareT, "spare T") \
    L144_TWICE_TEN(DIM, spareU, "spare U") L144_TWICE_TEN(DIM, spareV, "spare V")
/* clang-format on */

/* The values after those of enum glass_dim. */
enum lesson144_dim {
    L144_BEFORE_PAST = GLASS_WIDTH - 1,
#define L144_DIM_CODE(code, name) DIM_##code,
    L144_PAST(L144_DIM_CODE) L144_SPARE(L144_DIM_CODE)
#undef L144_DIM_CODE
        L144_WIDTH
};

/* The stream as rules name it: "lesson144". */
extern const struct stream lesson144_stream;

_Static_assert(L144_WIDTH == 768, "the stream is 12 heads of 64 values wide");

#endif
