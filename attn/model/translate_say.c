#include "attn/model/translate_say.h"

#include <string.h>

#include "attn/model/dictionary.h"
#include "attn/model/french_dims.h"

static const double LEMMA = 10, AGREES = 3, PERSON = 5, INFINITIVE = 12, END_BIAS = 6;

static double match(const float *x, size_t lemma)
{
    float code[DICTIONARY_SIGNS];
    double sum = 0;
    dictionary_code(lemma, code);
    for (size_t i = 0; i < DICTIONARY_SIGNS; i++)
        sum += (double)x[FR_nx0 + i] * (double)code[i];
    if (lemma == dictionary_le)
        sum += (double)x[FR_sLE];
    if (lemma == dictionary_du)
        sum += (double)x[FR_sDU];
    if (lemma == dictionary_de)
        sum += (double)x[FR_sDE];
    if (lemma == dictionary_ne)
        sum += (double)x[FR_sNE];
    return LEMMA * sum;
}

/* +1: only the second of the two kinds; -1: only the first; 0: either. */
static double side(unsigned agreement, unsigned first, unsigned second)
{
    return (agreement & second ? 1 : 0) - (agreement & first ? 1 : 0);
}

static double agrees(const float *x, unsigned agreement)
{
    double gender = side(agreement, AGREES_MS | AGREES_MP, AGREES_FS | AGREES_FP);
    double number = side(agreement, AGREES_MS | AGREES_FS, AGREES_MP | AGREES_FP);
    return gender * ((double)x[FR_sFEM] - 0.45) + number * ((double)x[FR_sPLUR] - 0.45);
}

double translate_score(const float *x, size_t form)
{
    static const uint16_t persons[] = {FR_s1, FR_s2, FR_s3, FR_s4, 0, FR_s6};
    const struct dictionary_form *at = dictionary_form_at(form);
    double score = match(x, at->lemma) + AGREES * agrees(x, at->agreement);
    for (size_t p = 0; p < sizeof persons / sizeof *persons; p++)
        if (at->persons >> p & 1 && persons[p])
            score += PERSON * (double)x[persons[p]];
    return score + (at->infinitive ? INFINITIVE * (double)x[FR_sINF] : 0);
}

const char *translate_next(const float *x, const struct token *english, size_t n)
{
    const char *best = NULL;
    double most = LEMMA * (double)x[FR_END] - END_BIAS;
    for (size_t f = 0; f < dictionary_forms(); f++) {
        double score = dictionary_form_at(f)->joined ? most : translate_score(x, f);
        if (score > most) {
            most = score;
            best = dictionary_form_at(f)->text;
        }
    }
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(english[i].text);
        if (english[i].flags & (TOKEN_SPECIAL | TOKEN_KNOWN))
            continue;
        double score = match(x, dictionary_stranger(english[i].text, length));
        if (score > most) {
            most = score;
            best = english[i].text;
        }
    }
    return best;
}
