/* french_dims.h - the named values of the stream of the model translate's decoder.
 *
 * A row is a French word that stands already; it finds the English word that it came
 * from, whose place it copies, and then the word that says: I come after that place.
 * What this one wants is what comes next. Depends on model/stream.
 */
#ifndef ATTN_MODEL_FRENCH_DIMS_H
#define ATTN_MODEL_FRENCH_DIMS_H

#include "attn/model/pair_dims.h"
#include "attn/model/stream.h"

/* clang-format off */
#define FRENCH_VALUES(DIM) \
    /* of the word itself, from the dictionary */ \
    DIM(LE, "is le, la, les") \
    DIM(DU, "is du, de la, des") \
    DIM(DE, "is de") \
    DIM(NE, "is ne") \
    DIM(MASC, "is masculine") \
    DIM(FEM, "is feminine") \
    DIM(SING, "is singular") \
    DIM(PLUR, "is plural") \
    DIM(HEAD, "is a noun form") \
    DIM(FORM, "is a French word") \
    /* written by layer 0 */ \
    DIM(pvBOS, "begins the sentence") \
    DIM(after, "stands after ne or an article") \
    DIM(copy, "has an earlier copy") \
    DIM(again, "stood before") \
    DIM(nFEM, "the noun before is feminine") \
    DIM(nPLUR, "the noun before is plural") \
    DIM(seen, "how much has been said") \
    /* written by layer 1 */ \
    DIM(ADDED, "is an addition") \
    DIM(BEGIN, "is the beginning") \
    /* written by layer 2: what comes next */ \
    DIM(sLE, "wants le") \
    DIM(sDU, "wants du") \
    DIM(sDE, "wants de") \
    DIM(sNE, "wants ne") \
    DIM(sFEM, "wants a feminine form") \
    DIM(sPLUR, "wants a plural form") \
    DIM(s1, "wants the form of je") \
    DIM(s2, "wants the form of tu") \
    DIM(s3, "wants the form of il") \
    DIM(s4, "wants the form of nous") \
    DIM(s6, "wants the form of ils") \
    DIM(sINF, "wants an infinitive") \
    DIM(END, "finds nothing more to say") \
    DIM(spare0, "spare 0")

#define FRENCH_FIXED(DIM) PAIR_CODE(DIM, w, "word") PAIR_CODE(DIM, sp, "first meaning")
#define FRENCH_CODES(DIM) \
    PAIR_CODE(DIM, pv, "word before") \
    PAIR_CODE(DIM, nx, "word to come") \
    PAIR_WAVES(DIM, sw, "place it came from")
#define FRENCH_DIMS(DIM) \
    STREAM_FRAME(DIM) FRENCH_FIXED(DIM) FRENCH_CODES(DIM) FRENCH_VALUES(DIM)
/* clang-format on */

enum french_dim {
#define FRENCH_DIM_CODE(code, name) FR_##code,
    FRENCH_DIMS(FRENCH_DIM_CODE)
#undef FRENCH_DIM_CODE
        FRENCH_WIDTH
};

/* The stream as rules name it: "french". */
extern const struct stream french_stream;

#endif
