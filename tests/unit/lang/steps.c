/* steps, qkv, softmax, vectors and dot: whatever prints a number prints the same one,
 * and printed numbers add up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/lang/cells.h"

/* ---- the same numbers everywhere */

/* One word's lines of step 3. */
struct line {
    char word[16];
    double score, scaled, e, weight;
};

struct worked {
    struct line lines[3];
    size_t n;
    double sum, output[4];
    size_t n_outputs;
    bool rounded; /* it says that the last digit can be off */
};

/* Each "2*1 + 0*0 = 2" of the text is what `dot` answers. Returns how many there are.
 */
static size_t check_products(const char *text)
{
    size_t n = 0;
    for (const char *at = text; (at = strchr(at, '*')); at = strchr(at, '\n')) {
        const char *from = at, *end = strchr(at, '\n');
        while (from > text && from[-1] != '\n' && strncmp(from - 2, "  ", 2) != 0)
            from--;
        char spelled[160], cell[400] = "dot", with[160] = "";
        snprintf(spelled, sizeof spelled, "%.*s", (int)(end - from), from);
        if (!strstr(spelled, " = "))
            continue;
        double a, b;
        int used;
        for (const char *part = spelled;
             sscanf(part, "%lf*%lf%n", &a, &b, &used) == 2;) {
            snprintf(cell + strlen(cell), sizeof cell - strlen(cell), " %.10g", a);
            snprintf(with + strlen(with), sizeof with - strlen(with), " %.10g", b);
            part += used;
            part += strncmp(part, " + ", 3) == 0 ? 3 : 0;
        }
        snprintf(cell + strlen(cell), sizeof cell - strlen(cell), " with%s", with);
        char *dot = text_of(cell);
        if (strcmp(dot, spelled) != 0)
            fail_msg("dot says \"%s\", steps \"%s\"", dot, spelled);
        free(dot);
        n++;
    }
    return n;
}

static struct worked read_steps(const char *word)
{
    struct worked worked = {0};
    char cell[64];
    snprintf(cell, sizeof cell, "steps %s", word);
    char *text = text_of(cell);
    size_t products = check_products(text);
    worked.rounded = strstr(text, "Rounded:") != NULL;
    const char *at = strchr(strstr(text, "3 · Softmax"), '\n') + 1;
    for (at = strchr(at, '\n') + 1; worked.n < 3; at = strchr(at, '\n') + 1) {
        struct line *line = &worked.lines[worked.n];
        if (sscanf(at, "%15s %lf %lf %lf %lf", line->word, &line->score, &line->scaled,
                   &line->e, &line->weight) != 5)
            break;
        worked.n++;
    }
    assert_int_equal(products, worked.n);
    assert_int_equal(sscanf(at, "sum %lf", &worked.sum), 1);
    at = strchr(strstr(text, "5 · Output"), '\n') + 1;
    for (at = strchr(at, '\n') + 1; worked.n_outputs < 4; at = strchr(at, '\n') + 1) {
        if (!strstr(at, "number") || strstr(at, "number") > strchr(at, '\n'))
            break;
        double sum = 0, a, b;
        int used = 0;
        const char *part = strstr(at, "number") + 6;
        for (; sscanf(part, "%lf*%lf%n", &a, &b, &used) == 2; part += used + 3)
            sum += a * b;
        part -= 3;
        worked.output[worked.n_outputs] = strtod(part, NULL);
        if (!worked.rounded)
            assert_true(fabs(sum - worked.output[worked.n_outputs]) < 1e-9);
        worked.n_outputs++;
    }
    free(text);
    return worked;
}

static void check_against_look(const char *word, const struct worked *worked)
{
    char cell[64];
    snprintf(cell, sizeof cell, "look %s as json", word);
    char *json = text_of(cell);
    const char *at = strstr(json, "\"weights\"");
    for (size_t j = 0; j < worked->n; j++) {
        at = strstr(at, "\"weight\":") + 9;
        assert_true(fabs(strtod(at, NULL) - worked->lines[j].weight) <= .005001);
    }
    free(json);
}

static void check_against_softmax(const struct worked *worked, const char *options)
{
    char cell[160] = "softmax";
    for (size_t j = 0; j < worked->n; j++)
        snprintf(cell + strlen(cell), sizeof cell - strlen(cell), " %.10g",
                 worked->lines[j].score);
    snprintf(cell + strlen(cell), sizeof cell - strlen(cell), " %s", options);
    char *text = text_of(cell);
    const char *at = strchr(text, ':') + 1;
    for (size_t j = 0; j < worked->n; j++) {
        char *end;
        assert_true(fabs(strtod(at, &end) - worked->lines[j].weight) <= .005501);
        at = end;
    }
    free(text);
}

static void check_word(const char *word, size_t D, const char *softmax_options)
{
    struct worked worked = read_steps(word);
    double weights = 0, e = 0;
    assert_int_equal(worked.n, D - 1);
    assert_int_equal(worked.n_outputs, D);
    for (size_t j = 0; j < worked.n; j++) {
        weights += worked.lines[j].weight;
        e += worked.lines[j].e;
    }
    if (!worked.rounded) {
        assert_true(fabs(weights - 1) < 1e-9);
        assert_true(fabs(e - worked.sum) < 1e-9);
    }
    assert_true(fabs(weights - 1) < .03);
    check_against_look(word, &worked);
    check_against_softmax(&worked, softmax_options);
}

static void check_all_words(const char *more)
{
    char options[64];
    free(text_of("sentence Thinking Machines"));
    snprintf(options, sizeof options, "dk 3 %s", more);
    check_word("Thinking", 3, options);
    check_word("Machines", 3, options);
    free(text_of("sentence I love AI"));
    snprintf(options, sizeof options, "dk 4 %s", more);
    check_word("I", 4, options);
    check_word("love", 4, options);
    check_word("AI", 4, options);
}

static void all_commands_print_the_same_numbers(void **state)
{
    (void)state;
    free(text_of("model toy"));
    check_all_words("");
    free(text_of("set temperature 0.5"));
    check_all_words("temperature 0.5");
    free(text_of("set temperature 2 scale off"));
    check_all_words("");
}

static void the_lessons_digits_are_printed(void **state)
{
    static const char *const numbers[][2] = {
        {"steps Thinking", "2*1 + 0*0 + 1*2 = 4"},
        {"steps Thinking", "2.31      10.07    0.76"},
        {"steps Thinking", "1.15       3.17    0.24"},
        {"steps Thinking", "0.76*2 + 0.24*1           1.76"},
        {"steps Machines", "0.36*0 + 0.64*2           1.28"},
        {"look Machines", "0.64"},
        {"heatmap", ".76      .24"},
        {"qkv Thinking", "▲ q  =    2  0  1"},
        {"qkv Thinking", "■ k  =    1  0  2"},
        {"qkv Machines", "▲ q  =    1  2  0"},
        {"qkv Machines", "■ k  =    0  1  2"},
        {"qkv Machines", "● v  =    0  2  1"},
        {"softmax 4 2 dk 3", "0.760 0.240"},
        {"softmax 4 2", "0.881 0.119"},
        {"softmax 2 4 6 dk 4", "0.090 0.245 0.665"},
        {"softmax 1 2 3 temperature 0.5", "0.016 0.117 0.867"},
        {"softmax 1 2 3 temperature 2", "0.186"},
        {"vectors Thinking layer 0", "+1.76"},
        {"why Thinking", "+2.31"},
    };
    (void)state;
    free(text_of("model toy"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        says(numbers[i][0], numbers[i][1]);
    free(text_of("set scale off"));
    says("steps Thinking", "0.88");
    says("look Thinking as json", "\"weight\":0.880797");
}

/* ---- an exercise hides its answer */

static void what_is_left_empty_is_nowhere(void **state)
{
    static const char *const hidden[][3] = {
        {"steps Machines blank query", "1*1 + 2*0", "1 2 0"},
        {"steps Machines blank match", "= 2", "1.15"},
        {"steps Machines blank softmax", "0.64", "0.36 0.00 0.72"},
        {"steps Machines blank blend", "0.00 1.28 0.64", "0.36 0.00 0.72"},
        {"steps Machines blank output", "1.28\n", "1.36\n"},
    };
    (void)state;
    free(text_of("model toy"));
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        char *text = text_of(hidden[i][0]);
        if (strstr(text, hidden[i][1]) || strstr(text, hidden[i][2]))
            fail_msg("%s gives it away:\n%s", hidden[i][0], text);
        assert_non_null(strstr(text, "Yours"));
        assert_non_null(strstr(text, "?"));
        free(text);
    }
    says("steps Machines blank softmax as json", "\"weights\":null");
    says("steps Machines blank output as json", "\"output\":null");
    refuses("steps Machines blank all", ERR_BAD_VALUE, "softmax");
}

/* ---- any query */

static double number_from(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)((int)(*seed >> 40) % 61 - 30) / 10;
}

static void printed_numbers_add_up_for_any_query(void **state)
{
    uint64_t seed = 5;
    size_t rounded = 0;
    (void)state;
    free(text_of("model toy\nsentence I love AI"));
    for (int i = 0; i < 200; i++) {
        char cell[96];
        double q[4];
        for (size_t d = 0; d < 4; d++)
            q[d] = number_from(&seed);
        snprintf(cell, sizeof cell, "set query love %.1f %.1f %.1f %.1f", q[0], q[1],
                 q[2], q[3]);
        free(text_of(cell));
        check_word("love", 4, "dk 4");
        rounded += read_steps("love").rounded;
    }
    assert_true(rounded < 40); /* most can be printed so that they add up */
}

/* ---- numbers with names */

static void long_vectors_are_told_by_name(void **state)
{
    (void)state;
    says("steps it layer 1 head 5", "is said of something alive");
    says("steps it", "needs something alive × ");
    says("qkv it", "needs something alive 0.97 × 3.39");
    says("vectors it", "is a pronoun              +1.00      0.00     +1.00");
    says("vectors it layer 1", "needs something alive           0.00     +0.97");
    says("vectors it layer 1 as json", "\"at\":1");
    says("vectors as json", "\"at\":\"input\"");
    refuses("vectors it head 0", ERR_UNSUITED, "vectors layer 0");
    refuses("vectors layer 0..1", ERR_UNSUITED, "vectors layer 0");
    refuses("steps layer all", ERR_UNSUITED, "one head");
    refuses("qkv it head mean", ERR_UNSUITED, "one head");
}

/* The last `n` numbers of the line at `at`, in their order; false where it has fewer.
 */
static bool last_numbers(const char *at, size_t n, double *numbers)
{
    const char *end = strchr(at, '\n');
    for (size_t k = n; k-- > 0;) {
        while (end > at && end[-1] == ' ')
            end--;
        const char *from = end;
        while (from > at && from[-1] != ' ')
            from--;
        char *after;
        numbers[k] = strtod(from, &after);
        if (from == end || after != end)
            return false;
        end = from;
    }
    return true;
}

/* Lines of numbers up to the one that begins with `total`, whose numbers are the sums
 * of theirs; lines that have no numbers are skipped. Returns how many were added. */
static size_t check_columns(const char *text, const char *heading, const char *total,
                            size_t columns)
{
    double sums[4] = {0}, numbers[4];
    size_t lines = 0;
    const char *at = strstr(text, heading);
    if (!at)
        fail_msg("no %s in:\n%s", heading, text);
    while (at = strchr(at, '\n') + 1, strncmp(at, total, strlen(total)) != 0) {
        assert_true(*at && *at != '\n');
        if (!last_numbers(at, columns, numbers))
            continue;
        for (size_t k = 0; k < columns; k++)
            sums[k] += numbers[k];
        lines++;
    }
    assert_true(last_numbers(at, columns, numbers));
    for (size_t k = 0; k < columns; k++)
        if (fabs(sums[k] - numbers[k]) > 1e-6)
            fail_msg("%s, column %zu: %.9g, not %.9g:\n%s", heading, k, sums[k],
                     numbers[k], text);
    return lines;
}

/* As many words as the match of step 2 shows. */
static size_t columns_of(const char *text)
{
    size_t n = 0;
    double numbers[8];
    const char *at = strstr(text, "score = q·k, the sum");
    while (n < 4 && last_numbers(at, n + 1, numbers))
        n++;
    return n;
}

/* A number of the output is the sum of what the words bring. */
static size_t check_blend(const char *text)
{
    size_t lines = 0, columns = columns_of(text);
    columns = (columns < 3 ? columns : 3) + 2; /* and the others, and the sum */
    double numbers[8], sum;
    const char *end = strstr(text, "5 · Output");
    for (const char *at = strstr(text, "4 · Blend"); at < end;
         at = strchr(at, '\n') + 1) {
        if (!last_numbers(at, columns, numbers))
            continue;
        sum = 0;
        for (size_t k = 0; k + 1 < columns; k++)
            sum += numbers[k];
        if (fabs(sum - numbers[columns - 1]) > 1e-6)
            fail_msg("a line of step 4 does not add up:\n%s", text);
        lines++;
    }
    return lines;
}

static void sums_of_long_vectors_are_there_as_printed(void **state)
{
    static const char *const words[] = {
        "The",   "old",   "dog", "saw",  "she",    "it",      "because", "was",
        "tired", "and",   "cat", "milk", "poured", "in",      "glass",   "children",
        "who",   "liked", "big", "not",  "they",   "zorblax", "."};
    uint64_t seed = 11;
    size_t blends = 0;
    (void)state;
    for (int i = 0; i < 60; i++) {
        char cell[400] = "sentence \"";
        for (int k = 0; k < 3 + i % 12; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            snprintf(cell + strlen(cell), sizeof cell - strlen(cell), " %s",
                     words[(seed >> 40) % (sizeof words / sizeof *words)]);
        }
        snprintf(cell + strlen(cell), sizeof cell - strlen(cell), "\"");
        free(text_of(cell));
        snprintf(cell, sizeof cell, "steps @%d layer %d head %d mask %s", i % 3, i % 2,
                 i % 6, i % 5 ? "none" : "causal");
        char *text = text_of(cell);
        assert_true(check_columns(text, "2 · Match", "score = q·k", columns_of(text)));
        if (!strstr(text, "Rounded:"))
            assert_true(check_columns(text, "3 · Softmax", "sum", 2));
        blends += check_blend(text);
        free(text);
    }
    if (blends < 30)
        fail_msg("only %zu lines of products were seen", blends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_session, close_session)
        TEST(all_commands_print_the_same_numbers),
        TEST(the_lessons_digits_are_printed),
        TEST(what_is_left_empty_is_nowhere),
        TEST(printed_numbers_add_up_for_any_query),
        TEST(long_vectors_are_told_by_name),
        TEST(sums_of_long_vectors_are_there_as_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
