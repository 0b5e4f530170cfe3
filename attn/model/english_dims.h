/* english_dims.h - the named values of the stream of the model translate's encoder.
 *
 * A word's own values come from the dictionary; neighbours tell which of its readings
 * is meant; then each word finds out what French asks of it: its gender and number, its
 * person, and which word it comes after there. The place of that word is a copy of its
 * waves. Some words bring an addition: not brings ne, a noun without an article brings
 * one. Depends on model/stream.
 */
#ifndef ATTN_MODEL_ENGLISH_DIMS_H
#define ATTN_MODEL_ENGLISH_DIMS_H

#include "attn/model/pair_dims.h"
#include "attn/model/stream.h"

/* clang-format off */
#define ENGLISH_VALUES(DIM) \
    /* of the word itself, from the dictionary */ \
    DIM(NOUN, "can be a noun") \
    DIM(VERB, "can be a verb") \
    DIM(ADJ, "can be an adjective") \
    DIM(DET, "can be a determiner") \
    DIM(PREP, "can be a preposition") \
    DIM(PRO, "can be a subject pronoun") \
    DIM(OBJ, "can be an object pronoun") \
    DIM(NOT, "says not") \
    DIM(BE, "is a form of be") \
    DIM(DO, "is a form of do") \
    DIM(MODAL, "is can, must, will") \
    DIM(TO, "is the word to") \
    DIM(AND, "is and, or, but") \
    DIM(CLAUSE, "opens a clause") \
    DIM(REL, "can be a relative pronoun") \
    DIM(DEG, "is a word of degree") \
    DIM(ADV, "is an adverb") \
    DIM(PUN, "is punctuation") \
    DIM(AFTER, "follows its noun in French") \
    DIM(PRE, "precedes its noun in French") \
    DIM(FEM, "is feminine in French") \
    DIM(PLU, "is a plural form") \
    DIM(ING, "verb form in -ing") \
    DIM(HE, "verb form of he, she, it") \
    DIM(THEY, "verb form of they") \
    DIM(LIKES, "is liking or hating") \
    DIM(BARE, "takes no article after it") \
    DIM(P1, "is I") \
    DIM(P2, "is you") \
    DIM(P3, "is third person") \
    DIM(P4, "is we") \
    DIM(P6, "is third person plural") \
    DIM(NAME, "is a name, number or stranger") \
    DIM(UNK, "is not in the dictionary") \
    DIM(qNV, "noun or verb?") \
    DIM(qAV, "adjective or verb?") \
    DIM(qDO, "her: whose or whom?") \
    DIM(qPO, "you, it: who or whom?") \
    DIM(qTH, "that: which kind?") \
    /* decided by layer 0 */ \
    DIM(cN, "is a noun") \
    DIM(cV, "is a verb") \
    DIM(cA, "is an adjective") \
    DIM(cD, "is a determiner") \
    DIM(cP, "is a preposition") \
    DIM(cPRO, "is a subject pronoun") \
    DIM(cOBJ, "is an object pronoun") \
    DIM(cREL, "is a relative pronoun") \
    DIM(SECOND, "is meant in its second reading") \
    DIM(ONLY, "only helps") \
    DIM(INF, "is an infinitive") \
    DIM(DENIED, "is denied") \
    DIM(WAITS, "waits for its verb") \
    DIM(CLITIC, "has an object before it in French") \
    DIM(NEDOES, "stands after ne") \
    DIM(sHE, "says he, she or it") \
    DIM(sTHEY, "says they") \
    DIM(MANY, "is said of many") \
    /* copied from the neighbours by layer 0 */ \
    DIM(pvNOUN, "previous can be a noun") \
    DIM(pvVERB, "previous can be a verb") \
    DIM(pvADJ, "previous can be an adjective") \
    DIM(pvDET, "previous can be a determiner") \
    DIM(pvPREP, "previous is a preposition") \
    DIM(pvPRO, "previous can be a subject pronoun") \
    DIM(pvOBJ, "previous can be an object pronoun") \
    DIM(pvNOT, "previous is not") \
    DIM(pvBE, "previous is a form of be") \
    DIM(pvDO, "previous is a form of do") \
    DIM(pvMODAL, "previous is can, must, will") \
    DIM(pvTO, "previous is to") \
    DIM(pvAND, "previous is and, or, but") \
    DIM(pvREL, "previous can be a relative pronoun") \
    DIM(pvDEG, "previous is a word of degree") \
    DIM(pvPRE, "previous is an adjective before its noun") \
    DIM(pvAFTER, "previous is an adjective after its noun") \
    DIM(pvHE, "previous is a form of he") \
    DIM(pvTHEY, "previous is a form of they") \
    DIM(pvBOS, "previous is the beginning") \
    DIM(copy, "has an earlier copy") \
    DIM(again, "stood before") \
    DIM(nxNOUN, "next can be a noun") \
    DIM(nxVERB, "next can be a verb") \
    DIM(nxADJ, "next can be an adjective") \
    DIM(nxDET, "next can be a determiner") \
    DIM(nxNOT, "next is not") \
    DIM(nxING, "next is a form in -ing") \
    DIM(nxOBJ, "next can be an object pronoun") \
    DIM(nxPUN, "next is punctuation") \
    DIM(nxAFTER, "next is an adjective after its noun") \
    DIM(nxPREP, "next is a preposition") \
    DIM(bbNOT, "two before is not") \
    DIM(bbBE, "two before is a form of be") \
    DIM(bbDO, "two before is a form of do") \
    DIM(bbMODAL, "two before is can, must, will") \
    DIM(bbHE, "two before is a form of he") \
    DIM(bbTHEY, "two before is a form of they") \
    DIM(aaNOUN, "two after can be a noun") \
    DIM(aaVERB, "two after can be a verb") \
    DIM(aaADJ, "two after can be an adjective") \
    DIM(aaING, "two after is a form in -ing") \
    /* written by layer 1 */ \
    DIM(ATT, "colours a noun") \
    DIM(hasD, "has a determiner") \
    DIM(gOF, "stands after of or without") \
    DIM(gLIKE, "stands after liking") \
    DIM(gV, "stands after a verb") \
    DIM(gP, "stands after a preposition") \
    DIM(gAND, "stands after and, or, but") \
    DIM(gNO, "stands after a denied verb") \
    DIM(gBOS, "stands at the beginning") \
    DIM(gCL, "stands where a clause begins") \
    DIM(TAIL, "has an adjective after it in French") \
    DIM(MOVED, "is moved behind its noun") \
    DIM(BEHIND, "goes behind its noun") \
    DIM(ADD, "has an addition") \
    DIM(needLE, "needs le") \
    DIM(needDU, "needs du") \
    DIM(needDE, "needs de") \
    DIM(needNE, "needs ne") \
    DIM(FIRST, "begins a phrase without an article") \
    DIM(FOLLOWS, "follows a word before it") \
    DIM(BYNE, "goes behind ne") \
    DIM(AFEM, "shall be feminine") \
    DIM(APLU, "shall be plural") \
    /* written by layer 2 */ \
    DIM(A1, "goes with I") \
    DIM(A2, "goes with you") \
    DIM(A3, "goes with he, she or it") \
    DIM(A4, "goes with we") \
    DIM(A6, "goes with they") \
    DIM(found, "comes after the beginning") \
    DIM(found2, "its addition comes after the beginning") \
    DIM(BEGINS, "begins the French sentence") \
    DIM(BEGINS2, "its addition begins the French sentence") \
    DIM(AS, "comes after an addition")

#define ENGLISH_FIXED(DIM) PAIR_CODE(DIM, sf, "second French word")
#define ENGLISH_CODES(DIM) \
    PAIR_CODE(DIM, fr, "French word") \
    PAIR_CODE(DIM, pf, "French word before it") \
    PAIR_CODE(DIM, af, "French word before its addition") \
    PAIR_WAVES(DIM, pw, "place before it") \
    PAIR_WAVES(DIM, aw, "place before its addition")
#define ENGLISH_DIMS(DIM) \
    STREAM_FRAME(DIM) ENGLISH_FIXED(DIM) ENGLISH_CODES(DIM) ENGLISH_VALUES(DIM)
/* clang-format on */

enum english_dim {
#define ENGLISH_DIM_CODE(code, name) EN_##code,
    ENGLISH_DIMS(ENGLISH_DIM_CODE)
#undef ENGLISH_DIM_CODE
        ENGLISH_WIDTH
};

/* The stream as rules name it: "english". */
extern const struct stream english_stream;

#endif
