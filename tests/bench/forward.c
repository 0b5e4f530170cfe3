/* The forward pass beside a yardstick of the same run: the multiply-adds that the
 * scores and blends of dense heads would take, done by a plain loop. Trust the ratio.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "attn/base/mem.h"
#include "attn/model/model.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double run_once(const struct model *model, const char *text)
{
    const struct model_options options = {0};
    struct err err = {0};
    struct trace trace;
    double start = now();
    if (!model_run(model, &(struct model_input){.text = text, .length = strlen(text)},
                   &options, &trace, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    double time = now() - start;
    trace_free(&trace);
    return time;
}

/* heads x T x T x D multiply-adds, twice. */
static double yardstick(const struct model_info *info, size_t T)
{
    float *x = mem_new(T * info->D, sizeof *x), *y = mem_new(T * info->D, sizeof *y);
    volatile float keep = 0;
    for (size_t i = 0; i < T * info->D; i++)
        x[i] = y[i] = (float)(i % 7);
    double start = now();
    for (size_t h = 0; h < 2 * info->L * info->H; h++)
        for (size_t i = 0; i < T; i++)
            for (size_t j = 0; j < T; j++) {
                float sum = 0;
                for (size_t d = 0; d < info->D; d++)
                    sum += x[i * info->D + d] * y[j * info->D + d];
                keep = sum;
            }
    double time = now() - start + 0 * (double)keep;
    free(x);
    free(y);
    return time;
}

static void measure(const struct model *model, size_t words, int times)
{
    static const char *const some[] = {"the", "dog",     "saw", "a",
                                       "cat", "because", "it"};
    struct arena arena = {0};
    char *text = arena_new(&arena, words * 8 + 1, 1);
    double best = 1e9, least = 1e9;
    for (size_t i = 0; i < words; i++)
        strcat(strcat(text, some[i % 7]), " ");
    for (int i = 0; i < times; i++) {
        double time = run_once(model, text),
               other = yardstick(model_info(model), words);
        best = time < best ? time : best;
        least = other < least ? other : least;
    }
    printf("%-9s %3zu words   %8.2f ms   dense loop %8.2f ms   ratio %.2f\n",
           model_info(model)->name, words, best, least, best / least);
    arena_free(&arena);
}

static bool measure_model(const char *name)
{
    struct err err = {0};
    double start = now();
    struct model *model = model_open(name, &err);
    if (!model) {
        fprintf(stderr, "%s\n", err.text);
        return false;
    }
    printf("%-9s opened      %8.2f ms\n", name, now() - start);
    measure(model, 16, 50);
    measure(model, 512, 3);
    model_close(model);
    return true;
}

int main(void)
{
    return measure_model("lesson") && measure_model("lesson144") ? 0 : 1;
}
