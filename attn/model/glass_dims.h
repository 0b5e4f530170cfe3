/* glass_dims.h - the named values of the teaching model's residual stream.
 *
 * Every position of the 288-wide stream has a short code, which C says as DIM_<code>,
 * and a readable name, which rules, cards and `why` say. Codes: plain capitals are a
 * word's own nature (N, HUM); c… the class that the sentence decides; a… which classes
 * compete, l… by how much; h… what a noun is; n… what a predicate needs, o… what a
 * verb's object is; pv…, nx… copied from the neighbours; g… what governs the word;
 * G… what a pronoun has gathered; k… what a connective has gathered; w… what a pronoun
 * means or wants. Values are 0 … 1 unless said otherwise. A lexicon writes those of the
 * word itself; heads and feed-forwards write the rest. Depends on nothing.
 */
#ifndef ATTN_MODEL_GLASS_DIMS_H
#define ATTN_MODEL_GLASS_DIMS_H

/* clang-format off */
#define GLASS_DIMS(X) \
    /* position: waves of 8 frequencies, and the plain place / 64 and its square; all 0 on <s> */ \
    X(sin0, "place, sine wave 0") \
    X(sin1, "place, sine wave 1") \
    X(sin2, "place, sine wave 2") \
    X(sin3, "place, sine wave 3") \
    X(sin4, "place, sine wave 4") \
    X(sin5, "place, sine wave 5") \
    X(sin6, "place, sine wave 6") \
    X(sin7, "place, sine wave 7") \
    X(cos0, "place, cosine wave 0") \
    X(cos1, "place, cosine wave 1") \
    X(cos2, "place, cosine wave 2") \
    X(cos3, "place, cosine wave 3") \
    X(cos4, "place, cosine wave 4") \
    X(cos5, "place, cosine wave 5") \
    X(cos6, "place, cosine wave 6") \
    X(cos7, "place, cosine wave 7") \
    X(p, "place") \
    X(p2, "place squared") \
    X(WORD, "is a token of the sentence") \
    X(BOS, "is the resting place") \
    X(ONE, "any token") \
    /* identity: +-1/sqrt(20), the same word has product 1 */ \
    X(id0, "spelling 0") \
    X(id1, "spelling 1") \
    X(id2, "spelling 2") \
    X(id3, "spelling 3") \
    X(id4, "spelling 4") \
    X(id5, "spelling 5") \
    X(id6, "spelling 6") \
    X(id7, "spelling 7") \
    X(id8, "spelling 8") \
    X(id9, "spelling 9") \
    X(id10, "spelling 10") \
    X(id11, "spelling 11") \
    X(id12, "spelling 12") \
    X(id13, "spelling 13") \
    X(id14, "spelling 14") \
    X(id15, "spelling 15") \
    X(id16, "spelling 16") \
    X(id17, "spelling 17") \
    X(id18, "spelling 18") \
    X(id19, "spelling 19") \
    /* topic: unit vector, 0 for function words */ \
    X(top0, "topic 0") \
    X(top1, "topic 1") \
    X(top2, "topic 2") \
    X(top3, "topic 3") \
    X(top4, "topic 4") \
    X(top5, "topic 5") \
    X(top6, "topic 6") \
    X(top7, "topic 7") \
    X(top8, "topic 8") \
    X(top9, "topic 9") \
    X(top10, "topic 10") \
    X(top11, "topic 11") \
    X(top12, "topic 12") \
    X(top13, "topic 13") \
    X(top14, "topic 14") \
    X(top15, "topic 15") \
    X(top16, "topic 16") \
    X(top17, "topic 17") \
    X(top18, "topic 18") \
    X(top19, "topic 19") \
    X(top20, "topic 20") \
    X(top21, "topic 21") \
    X(top22, "topic 22") \
    X(top23, "topic 23") \
    /* classes that a word can have, with prior probability */ \
    X(N, "can be a noun") \
    X(V, "can be a verb") \
    X(A, "can be an adjective") \
    X(R, "is an adverb") \
    X(D, "can be a determiner") \
    X(PRO, "is a pronoun") \
    X(POSS, "is a possessive") \
    X(P, "can be a preposition") \
    X(CC, "is and, or, but") \
    X(SUB, "can be because, if, when") \
    X(AUX, "is a helper verb") \
    X(NEG, "says not") \
    X(TO, "can be the to of a verb") \
    X(REL, "can be who, which, that") \
    X(NUM, "is a number") \
    X(PUN, "is punctuation") \
    X(STOP, "ends a sentence or clause") \
    X(PN, "is a name") \
    X(X, "has no known class") \
    X(cN, "is a noun") \
    X(cV, "is a verb") \
    X(cA, "is an adjective") \
    /* ambiguity flags with clipped log-odds in [-3, 3] */ \
    X(aNV, "noun or verb?") \
    X(aAV, "adjective or verb?") \
    X(aAN, "adjective or noun?") \
    X(lNV, "more often noun than verb") \
    X(lAV, "more often adjective than verb") \
    X(lAN, "more often adjective than noun") \
    /* form and kind of helper */ \
    X(vBASE, "is a plain verb form") \
    X(vS, "verb form in -s") \
    X(vED, "verb form in -ed") \
    X(vING, "verb form in -ing") \
    X(BE, "is a form of be") \
    X(HAVE, "is a form of have") \
    X(DO, "is a form of do") \
    X(MOD, "is will, can, must") \
    /* what a noun is */ \
    X(SG, "is singular") \
    X(PL, "is plural") \
    X(MASC, "is male") \
    X(FEM, "is female") \
    X(HUM, "is a person") \
    X(ANI, "is an animal") \
    X(INAN, "is a thing") \
    X(GRP, "is a group") \
    X(ABS, "is an idea or event") \
    X(hFOOD, "is food") \
    X(hLIQ, "is a liquid") \
    X(hCONT, "is a container") \
    X(hPATH, "is a way or obstacle") \
    X(hMACH, "is a machine") \
    X(hTEXT, "is a text") \
    X(hPLACE, "is a place") \
    X(hCLOTH, "is clothing") \
    X(hVEH, "is a vehicle") \
    X(hPLANT, "is a plant") \
    /* pronouns */ \
    X(wHE, "means he") \
    X(wSHE, "means she") \
    X(wIT, "means it") \
    X(wTHEY, "means they") \
    X(REFL, "is himself, herself, itself") \
    X(NOM, "has subject form") \
    X(ACC, "has object form") \
    /* connectives and prepositions */ \
    X(pGOAL, "is to or into") \
    X(pSRC, "is from or off") \
    X(kCAUSE, "gives a cause") \
    X(kUNTIL, "says until") \
    /* closed classes decided */ \
    X(cP, "is a preposition") \
    X(cSUB, "opens a clause") \
    X(cD, "is a determiner") \
    X(cTO, "is the to of a verb") \
    X(cREL, "is a relative pronoun") \
    X(aTO, "preposition or the to of a verb?") \
    X(aTHAT, "that: which kind?") \
    X(aPS, "preposition or clause opener?") \
    X(aHV, "helper or full verb?") \
    /* what a predicate is said of */ \
    X(IC2, "is praising, punishing or helping") \
    X(DISP, "tells somebody's character") \
    X(nANIM, "is said of something alive") \
    X(nHUM, "is said of a person") \
    X(nFOOD, "is said of food") \
    X(nLIQ, "is said of a liquid") \
    X(nCONT, "is said of a container") \
    X(nPATH, "is said of a way") \
    X(nMACH, "is said of a machine") \
    X(nTEXT, "is said of a text") \
    X(nPLACE, "is said of a place") \
    X(nCLOTH, "is said of clothing") \
    X(nVEH, "is said of a vehicle") \
    X(nPLANT, "is said of a plant") \
    X(nINAN, "is said of a thing") \
    X(FULL, "says full") \
    X(EMPTY, "says empty") \
    X(BIG, "says big") \
    X(SMALL, "says small") \
    X(EXT, "says long, wide or high") \
    X(TOO, "is the word too") \
    X(DEG, "is a word of degree") \
    X(FITV, "is about fitting") \
    X(TRANS, "takes an object") \
    /* what a verb wants of its object */ \
    X(oFOOD, "its object is food") \
    X(oLIQ, "its object is a liquid") \
    X(oTEXT, "its object is a text") \
    X(oCLOTH, "its object is clothing") \
    X(oMACH, "its object is a machine") \
    X(oCONT, "its object is a container") \
    X(oHUM, "its object is a person") \
    X(oANIM, "its object is alive") \
    X(oPATH, "its object is a way") \
    X(oPLACE, "its object is a place") \
    X(oINAN, "its object is a thing") \
    X(UNK, "is an unknown word") \
    /* written by layer 0: the previous token */ \
    X(pvN, "previous is a noun") \
    X(pvV, "previous is a verb") \
    X(pvA, "previous is an adjective") \
    X(pvR, "previous is an adverb") \
    X(pvD, "previous is a determiner") \
    X(pvPRO, "previous is a pronoun") \
    X(pvPOSS, "previous is a possessive") \
    X(pvP, "previous is a preposition") \
    X(pvCC, "previous is and, or, but") \
    X(pvSUB, "previous is because, if, when") \
    X(pvAUX, "previous is a helper verb") \
    X(pvNEG, "previous is not") \
    X(pvTO, "previous is to") \
    X(pvREL, "previous is who, which, that") \
    X(pvNUM, "previous is a number") \
    X(pvPUN, "previous is punctuation") \
    X(pvTOO, "previous is too") \
    X(pvDEG, "previous is a word of degree") \
    X(pvBE, "previous is a form of be") \
    X(pvMOD, "previous is will, can, must") \
    X(pvHAVE, "previous is a form of have") \
    /* written by layer 0: the next token */ \
    X(nxN, "next is a noun") \
    X(nxV, "next is a verb") \
    X(nxA, "next is an adjective") \
    X(nxD, "next is a determiner") \
    X(nxPRO, "next is a pronoun") \
    X(nxP, "next is a preposition") \
    X(nxPUN, "next is punctuation") \
    X(nxR, "next is an adverb") \
    X(nxCC, "next is and, or, but") \
    X(nxTO, "next is to") \
    X(nxPOSS, "next is a possessive") \
    X(nxNUM, "next is a number") \
    X(nxAUX, "next is a helper verb") \
    X(nxvBASE, "next is a plain verb form") \
    X(pvBOS, "begins the sentence") \
    /* written by layer 1: what governs me, and roles */ \
    X(gV, "depends on a verb") \
    X(gP, "depends on a preposition") \
    X(gCC, "stands after and, or, but") \
    X(gSUB, "begins a clause") \
    X(gPUN, "stands after punctuation") \
    X(gBOS, "stands at the beginning") \
    X(gAUX, "stands after a helper verb") \
    X(gGOAL, "stands after to or into") \
    X(gSRC, "stands after from or off") \
    X(gREL, "stands after a relative pronoun") \
    X(SUBJ, "subject") \
    X(OBJ, "object") \
    X(POBJ, "object of a preposition") \
    X(GOAL, "is where it goes") \
    X(SRC, "is where it comes from") \
    /* written by layer 1: what a pronoun gathers from its predicate */ \
    X(GANIM, "needs something alive") \
    X(GHUM, "needs a person") \
    X(GFOOD, "needs food") \
    X(GLIQ, "needs a liquid") \
    X(GCONT, "needs a container") \
    X(GPATH, "needs a way") \
    X(GMACH, "needs a machine") \
    X(GTEXT, "needs a text") \
    X(GPLACE, "needs a place") \
    X(GCLOTH, "needs clothing") \
    X(GVEH, "needs a vehicle") \
    X(GPLANT, "needs a plant") \
    X(GINAN, "needs a thing") \
    X(GFULL, "hears full") \
    X(GEMPTY, "hears empty") \
    X(GBIG, "hears big") \
    X(GSMALL, "hears small") \
    X(GEXT, "hears long, wide or high") \
    X(GpvTOO, "hears too") \
    X(GDISP, "hears of somebody's character") \
    X(kFIT, "connects with fitting") \
    X(kNEG, "connects with not") \
    X(kIC2, "connects with praising, punishing or helping") \
    /* written by layer 2: what a pronoun wants */ \
    X(GCAUSE, "follows because") \
    X(GUNTIL, "follows until") \
    X(GFIT, "follows a verb of fitting") \
    X(GIC2, "follows praising, punishing or helping") \
    X(wSUBJ, "wants the subject") \
    X(wROBJ, "wants what something should fit") \
    X(wOBJ2, "wants the object") \
    X(wGOAL, "wants where it goes") \
    X(wSRC, "wants where it comes from") \
    X(wANT, "wants a referent") \
    /* titles and number */ \
    X(tM, "is a title for a man") \
    X(tF, "is a title for a woman") \
    X(PLN, "is a plural noun form") \
    X(pvtM, "previous is a title for a man") \
    X(pvtF, "previous is a title for a woman") \
    X(pvPL, "previous is a plural noun form") \
    X(bag, "how thing-like the sentence is") \
    X(spare0, "spare 0") \
    X(spare1, "spare 1") \
    X(spare2, "spare 2") \
    X(spare3, "spare 3") \
    X(spare4, "spare 4") \
    X(spare5, "spare 5") \
    X(spare6, "spare 6") \
    X(spare7, "spare 7") \
    X(spare8, "spare 8") \
    X(spare9, "spare 9") \
    X(spare10, "spare 10") \
    X(spare11, "spare 11") \
    X(spare12, "spare 12") \
    X(spare13, "spare 13") \
    X(spare14, "spare 14") \
    X(spare15, "spare 15") \
    X(spare16, "spare 16") \
    X(spare17, "spare 17") \
    X(spare18, "spare 18") \
    X(spare19, "spare 19") \
    X(spare20, "spare 20")
/* clang-format on */

enum glass_dim {
#define GLASS_DIM_CODE(code, name) DIM_##code,
    GLASS_DIMS(GLASS_DIM_CODE)
#undef GLASS_DIM_CODE
        GLASS_WIDTH
};

_Static_assert(GLASS_WIDTH == 288, "the stream is 6 heads of 48 values wide");

#endif
