#include "attn/analyse/syntax.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct syntax syntax_new(size_t L, size_t H, struct arena *arena)
{
    return (struct syntax){.L = L, .H = H, .arena = arena};
}

/* The relation of that name, made where it is new; NULL beyond the limit. */
static struct syntax_relation *relation_named(struct syntax *syntax, const char *name)
{
    char cut[SYNTAX_NAME];
    snprintf(cut, sizeof cut, "%s", name);
    for (size_t r = 0; r < syntax->n; r++)
        if (strcmp(syntax->relations[r].name, cut) == 0)
            return &syntax->relations[r];
    if (syntax->n == SYNTAX_RELATIONS)
        return NULL;
    struct syntax_relation *made = &syntax->relations[syntax->n++];
    memcpy(made->name, cut, sizeof cut);
    made->right =
        arena_new(syntax->arena, syntax->L * syntax->H * SYNTAX_WAYS, sizeof(size_t));
    return made;
}

/* What one sentence is worked out in. */
struct sheet {
    const struct trace *trace;
    const struct syntax_words *words;
    size_t *tokens; /* [n] of each word */
    float *between; /* [n, n] word looks at word */
};

/* Weights between tokens become weights between words. */
static void fill_words(struct sheet *sheet, size_t layer, size_t head)
{
    const struct trace *trace = sheet->trace;
    const size_t *of = sheet->words->of;
    size_t n = sheet->words->n;
    memset(sheet->between, 0, n * n * sizeof *sheet->between);
    for (size_t i = 0; i < trace->T; i++) {
        const float *weights = trace_row(trace, layer, head, i);
        for (size_t j = 0; of[i] != SIZE_MAX && j < trace->S; j++)
            if (of[j] != SIZE_MAX)
                sheet->between[of[i] * n + of[j]] +=
                    weights[j] / (float)sheet->tokens[of[i]];
    }
}

/* The word that `word` is tied to most: looks at (way 0) or is looked at by (way 1). */
static size_t strongest(const struct sheet *sheet, size_t word, int way)
{
    size_t n = sheet->words->n, best = SIZE_MAX;
    float most = 0;
    for (size_t j = 0; j < n; j++) {
        float weight = sheet->between[way == 0 ? word * n + j : j * n + word];
        if (j == word || sheet->tokens[j] == 0 || (best != SIZE_MAX && weight <= most))
            continue;
        most = weight;
        best = j;
    }
    return best;
}

static bool is_heard(const struct sheet *sheet, const struct syntax_case *one)
{
    return sheet->tokens[one->dependent] && sheet->tokens[one->head];
}

static void count_fixed(struct syntax_relation *relation, const struct syntax_case *one)
{
    long offset = (long)one->head - (long)one->dependent - SYNTAX_FIRST_OFFSET;
    relation->cases++;
    if (offset >= 0 && offset < SYNTAX_OFFSETS)
        relation->fixed[offset]++;
}

/* The relation of each case; NULL where it does not count. */
static struct syntax_relation **
sort_cases(struct syntax *syntax, const struct sheet *sheet, struct arena *scratch)
{
    const struct syntax_words *words = sheet->words;
    struct syntax_relation **of = arena_new(scratch, words->n_cases, sizeof(void *));
    for (size_t c = 0; c < words->n_cases; c++) {
        const struct syntax_case *one = &words->cases[c];
        if (!is_heard(sheet, one)) {
            syntax->unheard++;
            continue;
        }
        of[c] = relation_named(syntax, one->relation);
        if (of[c])
            count_fixed(of[c], one);
        else
            syntax->others++;
    }
    return of;
}

static bool is_stopped(const atomic_bool *stop)
{
    return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

bool syntax_add(struct syntax *syntax, const struct trace *trace,
                const struct syntax_words *words, const atomic_bool *stop,
                struct err *err)
{
    struct arena scratch = {0};
    bool done = true;
    struct sheet sheet = {.trace = trace,
                          .words = words,
                          .tokens = arena_new(&scratch, words->n, sizeof(size_t)),
                          .between =
                              arena_new(&scratch, words->n * words->n, sizeof(float))};
    for (size_t i = 0; i < trace->T; i++)
        if (words->of[i] != SIZE_MAX)
            sheet.tokens[words->of[i]]++;
    struct syntax_relation **of = sort_cases(syntax, &sheet, &scratch);
    for (size_t h = 0; done && h < trace->L * trace->H; h++) {
        fill_words(&sheet, h / trace->H, h % trace->H);
        for (size_t c = 0; c < words->n_cases; c++)
            for (int way = 0; of[c] && way < SYNTAX_WAYS; way++)
                of[c]->right[h * SYNTAX_WAYS + (size_t)way] +=
                    strongest(&sheet, words->cases[c].dependent, way) ==
                    words->cases[c].head;
        done = !is_stopped(stop) ||
               err_set(err, ERR_INTERRUPTED, "Stopped while relations were counted.");
    }
    arena_free(&scratch);
    return done;
}

struct syntax_best syntax_best(const struct syntax *syntax, size_t relation)
{
    const struct syntax_relation *of = &syntax->relations[relation];
    struct syntax_best best = {.offset = SYNTAX_FIRST_OFFSET, .fixed = of->fixed[0]};
    best.right = of->right[0];
    for (size_t k = 1; k < syntax->L * syntax->H * SYNTAX_WAYS; k++)
        if (of->right[k] > best.right) {
            best.right = of->right[k];
            best.head = k / SYNTAX_WAYS;
            best.way = (int)(k % SYNTAX_WAYS);
        }
    for (int k = 1; k < SYNTAX_OFFSETS; k++)
        if (of->fixed[k] > best.fixed) {
            best.fixed = of->fixed[k];
            best.offset = k + SYNTAX_FIRST_OFFSET;
        }
    return best;
}
