/* glass_dims.h - the named values of the teaching model's residual stream.
 *
 * Every position of the 288-wide stream has a short code, which C says as DIM_<code>,
 * and a readable name, which rules, cards and `why` say. Codes: plain capitals are a
 * word's own nature (N, HUM); c… the class that the sentence decides; a… which classes
 * compete, l… by how much; h… what a noun is; n… what a predicate needs, o… what a
 * verb's object is; pv…, nx… copied from the neighbours; g… what governs the word;
 * G… what a pronoun has gathered; k… what a connective has gathered; w… what a pronoun
 * means or wants. Values are 0 … 1 unless said otherwise. A lexicon writes those of the
 * word itself; heads and feed-forwards write the rest. Depends on model/stream.
 */
#ifndef ATTN_MODEL_GLASS_DIMS_H
#define ATTN_MODEL_GLASS_DIMS_H

#include "attn/model/stream.h"

/* clang-format off */
/* identity: +-1/sqrt(20), the same word has product 1 */
#define GLASS_SPELLING(DIM) \
    DIM(id0, "spelling 0") \
    DIM(id1, "spelling 1") \
    DIM(id2, "spelling 2") \
    DIM(id3, "spelling 3") \
    DIM(id4, "spelling 4") \
    DIM(id5, "spelling 5") \
    DIM(id6, "spelling 6") \
    DIM(id7, "spelling 7") \
    DIM(id8, "spelling 8") \
    DIM(id9, "spelling 9") \
    DIM(id10, "spelling 10") \
    DIM(id11, "spelling 11") \
    DIM(id12, "spelling 12") \
    DIM(id13, "spelling 13") \
    DIM(id14, "spelling 14") \
    DIM(id15, "spelling 15") \
    DIM(id16, "spelling 16") \
    DIM(id17, "spelling 17") \
    DIM(id18, "spelling 18") \
    DIM(id19, "spelling 19")

/* topic: unit vector, 0 for function words */
#define GLASS_TOPICS(DIM) \
    DIM(top0, "topic 0") \
    DIM(top1, "topic 1") \
    DIM(top2, "topic 2") \
    DIM(top3, "topic 3") \
    DIM(top4, "topic 4") \
    DIM(top5, "topic 5") \
    DIM(top6, "topic 6") \
    DIM(top7, "topic 7") \
    DIM(top8, "topic 8") \
    DIM(top9, "topic 9") \
    DIM(top10, "topic 10") \
    DIM(top11, "topic 11") \
    DIM(top12, "topic 12") \
    DIM(top13, "topic 13") \
    DIM(top14, "topic 14") \
    DIM(top15, "topic 15") \
    DIM(top16, "topic 16") \
    DIM(top17, "topic 17") \
    DIM(top18, "topic 18") \
    DIM(top19, "topic 19") \
    DIM(top20, "topic 20") \
    DIM(top21, "topic 21") \
    DIM(top22, "topic 22") \
    DIM(top23, "topic 23")

#define GLASS_VALUES(DIM) \
    /* classes that a word can have, with prior probability */ \
    DIM(N, "can be a noun") \
    DIM(V, "can be a verb") \
    DIM(A, "can be an adjective") \
    DIM(R, "is an adverb") \
    DIM(D, "can be a determiner") \
    DIM(PRO, "is a pronoun") \
    DIM(POSS, "is a possessive") \
    DIM(P, "can be a preposition") \
    DIM(CC, "is and, or, but") \
    DIM(SUB, "can be because, if, when") \
    DIM(AUX, "is a helper verb") \
    DIM(NEG, "says not") \
    DIM(TO, "can be the to of a verb") \
    DIM(REL, "can be who, which, that") \
    DIM(NUM, "is a number") \
    DIM(PUN, "is punctuation") \
    DIM(STOP, "ends a sentence or clause") \
    DIM(PN, "is a name") \
    DIM(X, "has no known class") \
    DIM(cN, "is a noun") \
    DIM(cV, "is a verb") \
    DIM(cA, "is an adjective") \
    /* ambiguity flags with clipped log-odds in [-3, 3] */ \
    DIM(aNV, "noun or verb?") \
    DIM(aAV, "adjective or verb?") \
    DIM(aAN, "adjective or noun?") \
    DIM(lNV, "more often noun than verb") \
    DIM(lAV, "more often adjective than verb") \
    DIM(lAN, "more often adjective than noun") \
    /* form and kind of helper */ \
    DIM(vBASE, "is a plain verb form") \
    DIM(vS, "verb form in -s") \
    DIM(vED, "verb form in -ed") \
    DIM(vING, "verb form in -ing") \
    DIM(BE, "is a form of be") \
    DIM(HAVE, "is a form of have") \
    DIM(DO, "is a form of do") \
    DIM(MOD, "is will, can, must") \
    /* what a noun is */ \
    DIM(SG, "is singular") \
    DIM(PL, "is plural") \
    DIM(MASC, "is male") \
    DIM(FEM, "is female") \
    DIM(HUM, "is a person") \
    DIM(ANI, "is an animal") \
    DIM(INAN, "is a thing") \
    DIM(GRP, "is a group") \
    DIM(ABS, "is an idea or event") \
    DIM(hFOOD, "is food") \
    DIM(hLIQ, "is a liquid") \
    DIM(hCONT, "is a container") \
    DIM(hPATH, "is a way or obstacle") \
    DIM(hMACH, "is a machine") \
    DIM(hTEXT, "is a text") \
    DIM(hPLACE, "is a place") \
    DIM(hCLOTH, "is clothing") \
    DIM(hVEH, "is a vehicle") \
    DIM(hPLANT, "is a plant") \
    /* pronouns */ \
    DIM(wHE, "means he") \
    DIM(wSHE, "means she") \
    DIM(wIT, "means it") \
    DIM(wTHEY, "means they") \
    DIM(REFL, "is himself, herself, itself") \
    DIM(NOM, "has subject form") \
    DIM(ACC, "has object form") \
    /* connectives and prepositions */ \
    DIM(pGOAL, "is to or into") \
    DIM(pSRC, "is from or off") \
    DIM(kCAUSE, "gives a cause") \
    DIM(kUNTIL, "says until") \
    /* closed classes decided */ \
    DIM(cP, "is a preposition") \
    DIM(cSUB, "opens a clause") \
    DIM(cD, "is a determiner") \
    DIM(cTO, "is the to of a verb") \
    DIM(cREL, "is a relative pronoun") \
    DIM(aTO, "preposition or the to of a verb?") \
    DIM(aTHAT, "that: which kind?") \
    DIM(aPS, "preposition or clause opener?") \
    DIM(aHV, "helper or full verb?") \
    /* what a predicate is said of */ \
    DIM(IC2, "is praising, punishing or helping") \
    DIM(DISP, "tells somebody's character") \
    DIM(nANIM, "is said of something alive") \
    DIM(nHUM, "is said of a person") \
    DIM(nFOOD, "is said of food") \
    DIM(nLIQ, "is said of a liquid") \
    DIM(nCONT, "is said of a container") \
    DIM(nPATH, "is said of a way") \
    DIM(nMACH, "is said of a machine") \
    DIM(nTEXT, "is said of a text") \
    DIM(nPLACE, "is said of a place") \
    DIM(nCLOTH, "is said of clothing") \
    DIM(nVEH, "is said of a vehicle") \
    DIM(nPLANT, "is said of a plant") \
    DIM(nINAN, "is said of a thing") \
    DIM(FULL, "says full") \
    DIM(EMPTY, "says empty") \
    DIM(BIG, "says big") \
    DIM(SMALL, "says small") \
    DIM(EXT, "says long, wide or high") \
    DIM(TOO, "is the word too") \
    DIM(DEG, "is a word of degree") \
    DIM(FITV, "is about fitting") \
    DIM(TRANS, "takes an object") \
    /* what a verb wants of its object */ \
    DIM(oFOOD, "its object is food") \
    DIM(oLIQ, "its object is a liquid") \
    DIM(oTEXT, "its object is a text") \
    DIM(oCLOTH, "its object is clothing") \
    DIM(oMACH, "its object is a machine") \
    DIM(oCONT, "its object is a container") \
    DIM(oHUM, "its object is a person") \
    DIM(oANIM, "its object is alive") \
    DIM(oPATH, "its object is a way") \
    DIM(oPLACE, "its object is a place") \
    DIM(oINAN, "its object is a thing") \
    DIM(UNK, "is an unknown word") \
    /* written by layer 0: the previous token */ \
    DIM(pvN, "previous is a noun") \
    DIM(pvV, "previous is a verb") \
    DIM(pvA, "previous is an adjective") \
    DIM(pvR, "previous is an adverb") \
    DIM(pvD, "previous is a determiner") \
    DIM(pvPRO, "previous is a pronoun") \
    DIM(pvPOSS, "previous is a possessive") \
    DIM(pvP, "previous is a preposition") \
    DIM(pvCC, "previous is and, or, but") \
    DIM(pvSUB, "previous is because, if, when") \
    DIM(pvAUX, "previous is a helper verb") \
    DIM(pvNEG, "previous is not") \
    DIM(pvTO, "previous is to") \
    DIM(pvREL, "previous is who, which, that") \
    DIM(pvNUM, "previous is a number") \
    DIM(pvPUN, "previous is punctuation") \
    DIM(pvTOO, "previous is too") \
    DIM(pvDEG, "previous is a word of degree") \
    DIM(pvBE, "previous is a form of be") \
    DIM(pvMOD, "previous is will, can, must") \
    DIM(pvHAVE, "previous is a form of have") \
    /* written by layer 0: the next token */ \
    DIM(nxN, "next is a noun") \
    DIM(nxV, "next is a verb") \
    DIM(nxA, "next is an adjective") \
    DIM(nxD, "next is a determiner") \
    DIM(nxPRO, "next is a pronoun") \
    DIM(nxP, "next is a preposition") \
    DIM(nxPUN, "next is punctuation") \
    DIM(nxR, "next is an adverb") \
    DIM(nxCC, "next is and, or, but") \
    DIM(nxTO, "next is to") \
    DIM(nxPOSS, "next is a possessive") \
    DIM(nxNUM, "next is a number") \
    DIM(nxAUX, "next is a helper verb") \
    DIM(nxvBASE, "next is a plain verb form") \
    DIM(pvBOS, "begins the sentence") \
    /* written by layer 1: what governs me, and roles */ \
    DIM(gV, "depends on a verb") \
    DIM(gP, "depends on a preposition") \
    DIM(gCC, "stands after and, or, but") \
    DIM(gSUB, "begins a clause") \
    DIM(gPUN, "stands after punctuation") \
    DIM(gBOS, "stands at the beginning") \
    DIM(gAUX, "stands after a helper verb") \
    DIM(gGOAL, "stands after to or into") \
    DIM(gSRC, "stands after from or off") \
    DIM(gREL, "stands after a relative pronoun") \
    DIM(SUBJ, "subject") \
    DIM(OBJ, "object") \
    DIM(POBJ, "object of a preposition") \
    DIM(GOAL, "is where it goes") \
    DIM(SRC, "is where it comes from") \
    /* written by layer 1: what a pronoun gathers from its predicate */ \
    DIM(GANIM, "needs something alive") \
    DIM(GHUM, "needs a person") \
    DIM(GFOOD, "needs food") \
    DIM(GLIQ, "needs a liquid") \
    DIM(GCONT, "needs a container") \
    DIM(GPATH, "needs a way") \
    DIM(GMACH, "needs a machine") \
    DIM(GTEXT, "needs a text") \
    DIM(GPLACE, "needs a place") \
    DIM(GCLOTH, "needs clothing") \
    DIM(GVEH, "needs a vehicle") \
    DIM(GPLANT, "needs a plant") \
    DIM(GINAN, "needs a thing") \
    DIM(GFULL, "hears full") \
    DIM(GEMPTY, "hears empty") \
    DIM(GBIG, "hears big") \
    DIM(GSMALL, "hears small") \
    DIM(GEXT, "hears long, wide or high") \
    DIM(GpvTOO, "hears too") \
    DIM(GDISP, "hears of somebody's character") \
    DIM(kFIT, "connects with fitting") \
    DIM(kNEG, "connects with not") \
    DIM(kIC2, "connects with praising, punishing or helping") \
    /* written by layer 2: what a pronoun wants */ \
    DIM(GCAUSE, "follows because") \
    DIM(GUNTIL, "follows until") \
    DIM(GFIT, "follows a verb of fitting") \
    DIM(GIC2, "follows praising, punishing or helping") \
    DIM(wSUBJ, "wants the subject") \
    DIM(wROBJ, "wants what something should fit") \
    DIM(wOBJ2, "wants the object") \
    DIM(wGOAL, "wants where it goes") \
    DIM(wSRC, "wants where it comes from") \
    DIM(wANT, "wants a referent") \
    /* titles and number */ \
    DIM(tM, "is a title for a man") \
    DIM(tF, "is a title for a woman") \
    DIM(PLN, "is a plural noun form") \
    DIM(pvtM, "previous is a title for a man") \
    DIM(pvtF, "previous is a title for a woman") \
    DIM(pvPL, "previous is a plural noun form") \
    DIM(bag, "how thing-like the sentence is") \
    DIM(nWEA, "is said of the weather") \
    DIM(nFOL, "can be said of what follows") \
    DIM(nxTHAT, "next is that") \
    DIM(sFOL, "is said of what follows") \
    DIM(GWEA, "hears of the weather") \
    DIM(GFOL, "hears of what follows") \
    DIM(tPRE, "tells of its subject") \
    DIM(WH, "is what, who, which") \
    DIM(wASK, "is asked for") \
    DIM(fAUX, "is a helper verb in front") \
    DIM(sREL, "is the subject of its clause") \
    DIM(nxPN, "next is a name") \
    /* written by layer 3: what a pronoun stands for */ \
    DIM(for0, "stands for a person") \
    DIM(for1, "stands for an animal") \
    DIM(for2, "stands for a thing") \
    DIM(for3, "stands for a place") \
    DIM(for4, "stands for food") \
    DIM(for5, "stands for a group") \
    DIM(for6, "stands for several") \
    DIM(for7, "stands for an idea or event") \
    DIM(spare0, "spare 0")

#define GLASS_DIMS(DIM) \
    STREAM_FRAME(DIM) GLASS_SPELLING(DIM) GLASS_TOPICS(DIM) GLASS_VALUES(DIM)
/* clang-format on */

enum glass_dim {
#define GLASS_DIM_CODE(code, name) DIM_##code,
    GLASS_DIMS(GLASS_DIM_CODE)
#undef GLASS_DIM_CODE
        GLASS_WIDTH
};

/* The stream as rules name it: "lesson". */
extern const struct stream lesson_stream;

_Static_assert(GLASS_WIDTH == 288, "the stream is 6 heads of 48 values wide");

#endif
