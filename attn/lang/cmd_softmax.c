/* cmd_softmax.c - softmax n n n: scores to shares, each step of it. */
#include <math.h>

#include "attn/lang/command.h"
#include "attn/lang/numbers.h"
#include "attn/lang/table.h"
#include "attn/render/alt.h"
#include "attn/render/bars.h"

enum { LEAST_PLACES = 3, MOST_PLACES = 6, LARGE_POWER = 12 };

/* One softmax worked through. */
struct softmax {
    struct arena *arena;
    size_t n;
    const double *scores;
    double *scaled, *exps, *weights;
    double root, temperature; /* what the scores are divided by: √dk, or 1 */
    double dk;                /* 0: not given */
    double sum;
    bool divided, relative; /* the scores; the exponentials to the largest */
    int places;
    bool exact;
};

static bool check_options(const struct value *dk, const struct value *temperature,
                          struct err *err)
{
    if (dk->given && dk->numbers[0] < 1) {
        err_set(err, ERR_OUT_OF_RANGE, "dk is how many numbers a key has: 1 or more.");
        err_span(err, dk->start, dk->end);
        return err_try(err, "Try:", "softmax 4 2 dk 3");
    }
    if (temperature->given &&
        (temperature->numbers[0] < .01 || temperature->numbers[0] > 100)) {
        err_set(err, ERR_OUT_OF_RANGE, "temperature goes from 0.01 to 100.");
        err_span(err, temperature->start, temperature->end);
        return err_try(err, "Try:", "softmax 1 2 3 temperature 0.5");
    }
    return true;
}

static void work_out(struct softmax *work)
{
    double most = -INFINITY, least = INFINITY;
    for (size_t i = 0; i < work->n; i++) {
        work->scaled[i] = work->scores[i] / work->root / work->temperature;
        most = fmax(most, work->scaled[i]);
        least = fmin(least, work->scaled[i]);
    }
    work->relative = most > LARGE_POWER || least < -LARGE_POWER;
    for (size_t i = 0; i < work->n; i++) {
        work->exps[i] = exp(work->scaled[i] - (work->relative ? most : 0));
        work->sum += work->exps[i];
    }
    for (size_t i = 0; i < work->n; i++)
        work->weights[i] = work->exps[i] / work->sum;
    const int range[] = {LEAST_PLACES, MOST_PLACES};
    int a = number_places(work->exps, work->n, work->sum, range, &work->exact);
    int b = number_places(work->weights, work->n, 1, range, &work->exact);
    work->places = work->exact ? (a > b ? a : b) : LEAST_PLACES;
}

static struct softmax open_work(struct call *call)
{
    const struct value *scores = call_value(call, "scores");
    const struct value *dk = call_value(call, "dk");
    const struct value *temperature = call_value(call, "temperature");
    struct softmax work = {.arena = call->arena,
                           .n = scores->n,
                           .scores = scores->numbers,
                           .root = 1,
                           .exact = true};
    work.scaled = arena_new(call->arena, work.n, sizeof *work.scaled);
    work.exps = arena_new(call->arena, work.n, sizeof *work.exps);
    work.weights = arena_new(call->arena, work.n, sizeof *work.weights);
    work.dk = dk->given ? dk->numbers[0] : 0;
    if (dk->given && call->settings.scale)
        work.root = sqrt(work.dk);
    else if (dk->given)
        call_note(call,
                  "scale is off, so nothing is divided by √%g. Back on:  set "
                  "scale on",
                  work.dk);
    work.temperature =
        temperature->given ? temperature->numbers[0] : call->settings.temperature;
    if (!temperature->given && work.temperature != 1)
        call_note(call, "temperature is set to %g. Back:  set temperature 1",
                  work.temperature);
    work.divided = work.root != 1 || work.temperature != 1;
    return work;
}

static const char *divisor(const struct softmax *work)
{
    const char *root =
        work->root != 1 ? arena_print(work->arena, "÷ √%g", work->dk) : "";
    if (work->temperature == 1)
        return root;
    return arena_print(work->arena, "%s%s÷ %g", root, *root ? " " : "",
                       work->temperature);
}

static const char *const *texts_of(const struct softmax *work, const double *values,
                                   int places)
{
    const char **texts = arena_new(work->arena, work->n, sizeof *texts);
    for (size_t i = 0; i < work->n; i++)
        texts[i] = places < 0 ? number_plain(work->arena, values[i], 10)
                              : number_fixed(work->arena, values[i], places);
    return texts;
}

static const struct table *table_of(const struct softmax *work)
{
    struct sheet sheet = sheet_begin(work->arena, work->divided ? 4 : 3);
    const char *const *scores = texts_of(work, work->scores, -1);
    const char *const *scaled = texts_of(work, work->scaled, work->places);
    const char *const *exps = texts_of(work, work->exps, work->places);
    const char *const *weights = texts_of(work, work->weights, work->places);
    sheet_header(&sheet, "score");
    if (work->divided)
        sheet_header(&sheet, divisor(work));
    sheet_header(&sheet, work->relative ? "e to that minus the largest" : "e to that");
    sheet_header(&sheet, "weight");
    for (size_t i = 0; i < work->n; i++) {
        sheet_number(&sheet, scores[i]);
        if (work->divided)
            sheet_number(&sheet, scaled[i]);
        sheet_number(&sheet, exps[i]);
        sheet_add(&sheet, (struct cell){.text = weights[i],
                                        .number = true,
                                        .fill = {INK_WEIGHT, (float)work->weights[i]}});
    }
    sheet_add(&sheet, (struct cell){.text = "sum", .number = true, .strong = true});
    if (work->divided)
        sheet_text(&sheet, "");
    sheet_number(&sheet, number_fixed(work->arena, work->sum, work->places));
    sheet_add(&sheet, (struct cell){.text = number_fixed(work->arena, 1, work->places),
                                    .number = true,
                                    .strong = true});
    return sheet_end(&sheet, NULL);
}

static struct bars bars_of(const struct softmax *work, bool big)
{
    const char *const *scores = texts_of(work, work->scores, -1);
    struct bars bars = {.big = big, .n = work->n, .n_columns = 1};
    const char **names = arena_new(work->arena, work->n, sizeof *names);
    for (size_t i = 0; i < work->n; i++)
        names[i] = arena_print(work->arena, "score %s", scores[i]);
    bars.names = names;
    bars.columns[0] =
        (struct bars_column){.heading = "weight",
                             .values = work->weights,
                             .texts = texts_of(work, work->weights, work->places)};
    if (!work->divided)
        return bars;
    /* before beside after, for one to compare */
    double *plain = arena_new(work->arena, work->n, sizeof *plain);
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < work->n; i++)
        most = fmax(most, work->scores[i]);
    for (size_t i = 0; i < work->n; i++)
        sum += plain[i] = exp(work->scores[i] - most);
    for (size_t i = 0; i < work->n; i++)
        plain[i] /= sum;
    bars.columns[1] = bars.columns[0];
    bars.columns[1].heading = arena_print(work->arena, "weight, %s", divisor(work));
    bars.columns[0] = (struct bars_column){.heading = "not divided",
                                           .values = plain,
                                           .texts = texts_of(work, plain, work->places),
                                           .plus = INK_REST};
    bars.one_scale = true;
    bars.n_columns = 2;
    return bars;
}

static bool softmax_run(struct call *call, struct err *err)
{
    if (!check_options(call_value(call, "dk"), call_value(call, "temperature"), err))
        return false;
    struct softmax work = open_work(call);
    work_out(&work);
    struct bars bars = bars_of(&work, call->settings.big);
    struct view view = {
        .kind = "softmax",
        .finding =
            arena_print(call->arena, "The scores become shares: %s.",
                        number_list(call->arena, work.weights, work.n, work.places)),
        .scene = bars_draw(&bars, call->arena),
        .twin = bars_twin(&bars, call->arena)};
    view.alt = alt_print(call->arena, "%s", view.finding);
    struct pile pile = pile_begin(call->arena);
    pile_table(&pile, table_of(&work));
    if (!work.exact)
        pile_add(&pile, BLOCK_NOTE,
                 "Rounded: added up as printed, the last digit can be off.");
    pile_end(&pile, &view);
    return call_show(call, &view, NULL, err);
}

const struct command softmax_command = {
    .name = "softmax",
    .does =
        "Turns scores into weights that add up to 1: e to each, divided by the sum.",
    .task = "Do the arithmetic",
    .lesson = "03",
    .args = {{"scores", ARG_NUMBERS, .about = "scores", .required = true},
             {"dk", ARG_NUMBER, .about = "divides by the root of a key's length"},
             {"temperature", ARG_NUMBER, .otherwise = "1",
              .about = "under 1 sharper, over 1 flatter"}},
    .examples = {"softmax 4 2 dk 3", "softmax 4 2", "softmax 1 2 3 temperature 0.5"},
    .run = softmax_run,
};
