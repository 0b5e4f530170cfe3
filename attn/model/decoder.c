#include "attn/model/decoder.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/model/decoder_dims.h"
#include "attn/model/embedding.h"
#include "attn/model/glass_dims.h"
#include "attn/model/lexicon.h"

enum { LONGEST_WORD = 64 };

/* The classes of the lexicon, of which the surest is a stranger's only one. */
static const struct class
{
    uint16_t dim, turns_to;
} classes[] = {
    {DIM_N, DEC_NOUN},    {DIM_V, DEC_PLAIN}, {DIM_A, DEC_ADJ},    {DIM_R, DEC_ADV},
    {DIM_D, DEC_DET},     {DIM_PRO, DEC_NOM}, {DIM_POSS, DEC_DET}, {DIM_P, DEC_PREP},
    {DIM_CC, DEC_CC},     {DIM_SUB, DEC_SUB}, {DIM_AUX, DEC_MOD},  {DIM_NEG, DEC_NEG},
    {DIM_TO, DEC_TO},     {DIM_REL, DEC_REL}, {DIM_NUM, DEC_NUM},  {DIM_PUN, DEC_COMMA},
    {DIM_STOP, DEC_STOP}, {DIM_PN, DEC_NAME},
};

/* What else the lexicon knows that means the same here. */
static const struct class others[] = {
    {DIM_SG, DEC_SG},       {DIM_PL, DEC_PL},       {DIM_HUM, DEC_HUM},
    {DIM_ANI, DEC_ANI},     {DIM_INAN, DEC_INAN},   {DIM_hFOOD, DEC_FOOD},
    {DIM_hLIQ, DEC_LIQ},    {DIM_hTEXT, DEC_TEXT},  {DIM_hPLACE, DEC_PLACE},
    {DIM_hPATH, DEC_PATH},  {DIM_hMACH, DEC_MACH},  {DIM_oFOOD, DEC_oFOOD},
    {DIM_oLIQ, DEC_oLIQ},   {DIM_oTEXT, DEC_oTEXT}, {DIM_oPLACE, DEC_oPLACE},
    {DIM_oPATH, DEC_oPATH}, {DIM_oMACH, DEC_oMACH}, {DIM_oHUM, DEC_oHUM},
    {DIM_nANIM, DEC_nANIM}, {DIM_nHUM, DEC_nANIM},  {DIM_nINAN, DEC_nINAN},
    {DIM_BE, DEC_BE},       {DIM_HAVE, DEC_HAVE},   {DIM_DO, DEC_DO},
    {DIM_NEG, DEC_NEG},
};

static float feature(const struct lexicon_word *word, size_t dim)
{
    for (size_t i = 0; i < word->n_features; i++)
        if (word->features[i].dim == dim)
            return word->features[i].value;
    return 0;
}

static void set_class(const struct lexicon_word *word, float *row)
{
    const struct class *best = NULL;
    float most = 0;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (feature(word, classes[i].dim) > most) {
            most = feature(word, classes[i].dim);
            best = &classes[i];
        }
    if (best)
        row[best->turns_to] = 1;
}

/* A verb's form and its object; a helper that is be, have or do is no will. */
static void settle_verb(const struct lexicon_word *word, float *row)
{
    static const struct class forms[] = {
        {DIM_vS, DEC_VS}, {DIM_vED, DEC_VED}, {DIM_vING, DEC_VING}};
    if (row[DEC_MOD] > 0 && row[DEC_BE] + row[DEC_HAVE] + row[DEC_DO] > 0)
        row[DEC_MOD] = 0;
    if (row[DEC_PLAIN] == 0)
        return;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (feature(word, forms[i].dim) > 0) {
            row[DEC_PLAIN] = 0;
            row[forms[i].turns_to] = 1;
            break;
        }
    row[DEC_TRANS] = row[DEC_INTR] = 0.5F;
}

/* What the lexicon says of a word that is not in the vocabulary. */
static void fill_stranger(const struct lexicon_word *word, float *row)
{
    set_class(word, row);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (feature(word, others[i].dim) > row[others[i].turns_to])
            row[others[i].turns_to] = feature(word, others[i].dim);
    settle_verb(word, row);
    if ((row[DEC_NOUN] > 0 || row[DEC_NAME] > 0) && row[DEC_PL] < 0.5F)
        row[DEC_SG] = 1;
    row[DEC_STRANGE] = 1;
}

/* The vocabulary is written with straight apostrophes. */
static const struct glass_word *find(const struct glass *glass, const char *text)
{
    static const char curly[] = "\xE2\x80\x99";
    char plain[LONGEST_WORD];
    size_t n = 0;
    while (*text && n + 1 < sizeof plain) {
        bool apostrophe = strncmp(text, curly, strlen(curly)) == 0;
        plain[n++] = apostrophe ? '\'' : *text;
        text += apostrophe ? strlen(curly) : 1;
    }
    plain[n] = '\0';
    return *text ? NULL : glass_find_word(glass, plain);
}

void decoder_fill(const struct glass *glass, const struct token *tokens, size_t n,
                  bool no_position, float *x)
{
    struct lexicon_word *strangers = mem_new(n, sizeof *strangers);
    lexicon_describe(tokens, n, strangers);
    for (size_t i = 0; i < n; i++) {
        float *row = x + i * glass->stream->width;
        const struct glass_word *word = find(glass, tokens[i].text);
        if (tokens[i].flags & TOKEN_SPECIAL) {
            row[FRAME_BOS] = row[FRAME_ONE] = 1;
            continue;
        }
        glass_word_row(glass, tokens[i].text, word, row);
        if (!word)
            fill_stranger(&strangers[i], row);
        if (!no_position)
            embedding_place(i, row);
    }
    free(strangers);
}
