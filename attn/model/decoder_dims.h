/* decoder_dims.h - the named values of the decoder's residual stream.
 *
 * DEC_<code> in C, the readable name in rules and cards. Three blocks of spelling are
 * filled by heads, so that a word knows what stood before it; the rest are what a word
 * is (from the rules' words, or the lexicon for any other word), what its neighbours
 * are, and what the sentence waits for. Values are 0 … 1. Depends on model/stream.
 */
#ifndef ATTN_MODEL_DECODER_DIMS_H
#define ATTN_MODEL_DECODER_DIMS_H

#include "attn/model/stream.h"

enum { DECODER_SIGNS = 44 }; /* length of a word's identity */

/* clang-format off */
#define DECODER_TEN(DIM, code, name, d) \
    DIM(code##d##0, name " " #d "0") DIM(code##d##1, name " " #d "1") \
    DIM(code##d##2, name " " #d "2") DIM(code##d##3, name " " #d "3") \
    DIM(code##d##4, name " " #d "4") DIM(code##d##5, name " " #d "5") \
    DIM(code##d##6, name " " #d "6") DIM(code##d##7, name " " #d "7") \
    DIM(code##d##8, name " " #d "8") DIM(code##d##9, name " " #d "9")
#define DECODER_SIGNS_OF(DIM, code, name) \
    DECODER_TEN(DIM, code, name, 0) DECODER_TEN(DIM, code, name, 1) \
    DECODER_TEN(DIM, code, name, 2) DECODER_TEN(DIM, code, name, 3) \
    DIM(code##40, name " 40") DIM(code##41, name " 41") \
    DIM(code##42, name " 42") DIM(code##43, name " 43")

/* identity: +-1/sqrt(44), the same word has product 1; what heads copied of it */
#define DECODER_SPELLING(DIM) DECODER_SIGNS_OF(DIM, id, "spelling")
#define DECODER_HEARD(DIM) \
    DECODER_SIGNS_OF(DIM, pw, "previous spelling") \
    DECODER_SIGNS_OF(DIM, bw, "spelling two back") \
    DECODER_SIGNS_OF(DIM, cw, "copied spelling")

#define DECODER_VALUES(DIM) \
    /* what a word is */ \
    DIM(NOUN, "is a noun") \
    DIM(NAME, "is a name") \
    DIM(PLAIN, "is a plain verb form") \
    DIM(VS, "verb form in -s") \
    DIM(VED, "verb form in -ed") \
    DIM(VING, "verb form in -ing") \
    DIM(ADJ, "is an adjective") \
    DIM(ADV, "is an adverb") \
    DIM(DET, "is a determiner") \
    DIM(NOM, "has subject form") \
    DIM(ACC, "has object form") \
    DIM(BE, "is a form of be") \
    DIM(HAVE, "is a form of have") \
    DIM(DO, "is a form of do") \
    DIM(MOD, "is will, can, must") \
    DIM(NEG, "says not") \
    DIM(TO, "is the to of a verb") \
    DIM(PREP, "is a preposition") \
    DIM(CC, "is and, or, but") \
    DIM(SUB, "opens a clause") \
    DIM(REL, "is who, which, that") \
    DIM(NUM, "is a number") \
    DIM(STOP, "ends a sentence") \
    DIM(COMMA, "is a comma") \
    DIM(DEG, "is a word of degree") \
    /* verbs: what follows, and whom they do not suit */ \
    DIM(TRANS, "takes an object") \
    DIM(INTR, "takes no object") \
    DIM(MOTION, "is about going") \
    DIM(oneV, "does not suit he, she, it") \
    DIM(manyV, "does not suit they") \
    DIM(meV, "does not suit I") \
    /* nouns and determiners: number */ \
    DIM(SG, "is singular") \
    DIM(PL, "is plural") \
    DIM(MASS, "is uncountable") \
    DIM(BARE, "needs no determiner") \
    DIM(ME, "means I") \
    DIM(wantONE, "wants one thing") \
    DIM(wantMANY, "wants many things") \
    /* what a noun is */ \
    DIM(HUM, "is a person") \
    DIM(ANI, "is an animal") \
    DIM(INAN, "is a thing") \
    DIM(FOOD, "is food") \
    DIM(LIQ, "is a liquid") \
    DIM(TEXT, "is a text") \
    DIM(PLACE, "is a place") \
    DIM(PATH, "is a way") \
    DIM(MACH, "is a machine") \
    DIM(PLAY, "is played") \
    /* what a verb's object, or an adjective's noun, is */ \
    DIM(oHUM, "its object is a person") \
    DIM(oFOOD, "its object is food") \
    DIM(oLIQ, "its object is a liquid") \
    DIM(oTEXT, "its object is a text") \
    DIM(oPLACE, "its object is a place") \
    DIM(oPATH, "its object is a way") \
    DIM(oMACH, "its object is a machine") \
    DIM(oPLAY, "its object is played") \
    DIM(nANIM, "is said of something alive") \
    DIM(nINAN, "is said of a thing") \
    /* the word as such */ \
    DIM(VOWEL, "begins with a vowel") \
    DIM(COMMON, "is common") \
    DIM(STRANGE, "is not in the vocabulary") \
    /* written by layer 0: the neighbours */ \
    DIM(pvBOS, "begins the sentence") \
    DIM(pvDET, "previous is a determiner") \
    DIM(pvBE, "previous is a form of be") \
    DIM(pvHAVE, "previous is a form of have") \
    DIM(pvDEG, "previous is a word of degree") \
    DIM(pvNEG, "previous is not") \
    DIM(pvMOD, "previous is will, can, must") \
    DIM(pvDO, "previous is a form of do") \
    DIM(pvMOTION, "previous is about going") \
    DIM(pvSUBJ, "previous is a subject") \
    DIM(pvONE, "previous wants one thing") \
    DIM(pvMANY, "previous wants many things") \
    /* written by layer 0: what governs the word */ \
    DIM(gV, "depends on a verb") \
    DIM(gP, "depends on a preposition") \
    DIM(gAND, "stands after and") \
    DIM(gSUB, "begins a clause") \
    DIM(gBOS, "stands at the beginning") \
    DIM(SEEN, "its clause has a verb") \
    /* written by layer 0's ramps: what the sentence waits for */ \
    DIM(aNOUN, "awaits a noun") \
    DIM(aVERB, "awaits a verb") \
    DIM(aPLAIN, "awaits a plain verb") \
    DIM(aPLACE, "awaits a place") \
    DIM(aOBJ, "awaits an object") \
    DIM(aDESC, "awaits a description") \
    DIM(aEND, "could end here") \
    /* written by layer 1 */ \
    DIM(REPEAT, "a pattern repeats") \
    DIM(sSG, "subject is singular") \
    DIM(sPL, "subject is plural") \
    DIM(sME, "subject is I") \
    DIM(sANIM, "subject is alive") \
    DIM(sINAN, "subject is a thing") \
    DIM(eHUM, "expects a person") \
    DIM(eFOOD, "expects food") \
    DIM(eLIQ, "expects a liquid") \
    DIM(eTEXT, "expects a text") \
    DIM(ePLACE, "expects a place") \
    DIM(ePATH, "expects a way") \
    DIM(eMACH, "expects a machine") \
    DIM(ePLAY, "expects something to play") \
    /* words that others like to follow */ \
    DIM(w_i, "the word I") \
    DIM(w_am, "the word am") \
    DIM(w_going, "the word going") \
    DIM(w_to, "the word to") \
    DIM(w_the, "the word the") \
    DIM(w_a, "the word a") \
    DIM(w_an, "the word an") \
    DIM(w_and, "the word and") \
    DIM(w_in, "the word in") \
    DIM(w_on, "the word on") \
    DIM(w_at, "the word at") \
    DIM(w_with, "the word with") \
    DIM(w_of, "the word of") \
    DIM(w_home, "the word home") \
    DIM(w_school, "the word school") \
    DIM(w_bed, "the word bed") \
    DIM(w_sleep, "the word sleep") \
    DIM(w_sat, "the word sat") \
    DIM(w_was, "the word was") \
    DIM(w_black, "the word black") \
    DIM(w_cat, "the word cat") \
    DIM(w_good, "the word good") \
    DIM(w_morning, "the word morning") \
    DIM(w_love, "the word love") \
    DIM(w_you, "the word you") \
    DIM(w_ai, "the word AI") \
    DIM(w_harry, "the word Harry") \
    DIM(w_potter, "the word Potter") \
    DIM(w_not, "the word not")

#define DECODER_DIMS(DIM) \
    STREAM_FRAME(DIM) DECODER_SPELLING(DIM) DECODER_HEARD(DIM) DECODER_VALUES(DIM)
/* clang-format on */

enum decoder_dim {
#define DECODER_CODE(code, name) DEC_##code,
    DECODER_DIMS(DECODER_CODE)
#undef DECODER_CODE
        DECODER_WIDTH
};

/* The stream as rules name it: "decoder". */
extern const struct stream decoder_stream;

_Static_assert((int)DECODER_WIDTH <= (int)STREAM_MAX_WIDTH,
               "the stream is not too wide");

#endif
