#include "attn/learn/bank.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attn/learn/lines.h"

/* ---- reading ----------------------------------------------------------------------
 */

struct reading {
    struct lines lines;
    struct question *questions;
    size_t n;
};

/* The indented line that explains the one before. */
static const char *explanation(struct reading *in)
{
    const char *line = lines_take(&in->lines);
    if (line && strncmp(line, "  ", 2) == 0 && line[2])
        return line + 2;
    lines_wrong(&in->lines, "here an indented line must say why.");
    return NULL;
}

static bool is_fraction_of(const char *end, double *number)
{
    char *rest;
    double below = strtod(end + 1, &rest);
    if (rest == end + 1 || !(fabs(below) > 0))
        return false;
    *number /= below;
    return *rest == '\0';
}

/* One number as people write it: 0.36, .36, 36%, 9/25, 1,000. */
static bool one_number(const char *word, double *number)
{
    char plain[40], *end;
    size_t n = 0;
    for (const char *c = word; *c; c++) {
        bool digit = *c >= '0' && *c <= '9';
        if (n + 1 >= sizeof plain || (!digit && !strchr("+-.%/,", *c)))
            return false;
        if (*c != ',')
            plain[n++] = *c;
    }
    plain[n] = '\0';
    *number = strtod(plain, &end);
    if (end == plain || fabs(*number) > 1e12)
        return false;
    if (*end == '%' && end[1] == '\0') {
        *number /= 100;
        return true;
    }
    return *end == '/' ? is_fraction_of(end, number) : *end == '\0';
}

/* Numbers with blanks, commas or semicolons between, up to `end` (or the text's). */
static bool numbers_of(const char *text, const char *end, struct numbers *numbers)
{
    *numbers = (struct numbers){.n = 0};
    while (text < end) {
        char word[40];
        size_t gap = strspn(text, " ;\t"), n = strcspn(text + gap, " ;\t:");
        if (text + gap >= end || n == 0)
            break;
        text += gap;
        bool comma = n > 0 && text[n - 1] == ',';
        if (n >= sizeof word || numbers->n == BANK_NUMBERS)
            return false;
        memcpy(word, text, n - comma);
        word[n - comma] = '\0';
        if (!one_number(word, &numbers->at[numbers->n++]))
            return false;
        text += n;
    }
    return numbers->n > 0;
}

static bool add_choice(struct reading *in, struct question *q, const char *text,
                       bool right)
{
    const char *why = explanation(in);
    if (!why)
        return false;
    if (q->n_choices == BANK_CHOICES)
        return lines_wrong(&in->lines, "a question has at most 6 choices.");
    if (right && q->right != SIZE_MAX)
        return lines_wrong(&in->lines, "this question has a right choice already.");
    if (right)
        q->right = q->n_choices;
    q->choices[q->n_choices++] = (struct choice){text, why};
    return true;
}

static bool add_slip(struct reading *in, struct question *q, const char *text)
{
    const char *colon = strstr(text, " : ");
    if (!colon || q->n_slips == BANK_SLIPS)
        return lines_wrong(
            &in->lines, "a slip is numbers, a colon between blanks, and a sentence.");
    struct slip *slip = &q->slips[q->n_slips++];
    slip->what = colon + 3;
    return numbers_of(text, colon, &slip->answer) ||
           lines_wrong(&in->lines, "before the colon of a slip stand numbers.");
}

static bool add_answer(struct reading *in, struct question *q, const char *text)
{
    if (!numbers_of(text, text + strlen(text), &q->answer))
        return lines_wrong(&in->lines, "after number stand one or more numbers.");
    return (q->why = explanation(in)) != NULL;
}

static bool add_hint(struct reading *in, struct question *q, const char *text)
{
    if (q->n_hints == BANK_HINTS)
        return lines_wrong(&in->lines, "a question has at most 4 hints.");
    q->hints[q->n_hints++] = text;
    return true;
}

/* One line of a question. */
static bool read_line(struct reading *in, struct question *q, const char *line)
{
    const char *text;
    if ((text = lines_after(line, "topic")))
        q->topic = text;
    else if ((text = lines_after(line, "lesson")))
        q->lesson = text;
    else if ((text = lines_after(line, "ask")))
        q->ask = text;
    else if ((text = lines_after(line, "choice")))
        return add_choice(in, q, text, false);
    else if ((text = lines_after(line, "right")))
        return add_choice(in, q, text, true);
    else if ((text = lines_after(line, "number")))
        return add_answer(in, q, text);
    else if ((text = lines_after(line, "slip")))
        return add_slip(in, q, text);
    else if ((text = lines_after(line, "hint")))
        return add_hint(in, q, text);
    else
        return lines_wrong(&in->lines,
                           "a line here begins with topic, lesson, ask, choice, right, "
                           "number, slip or hint.");
    return true;
}

/* Whether the question that ends before this line can be asked and marked. */
static bool is_whole(const struct reading *in, const struct question *q)
{
    if (!q->topic || !q->lesson || !q->ask)
        return lines_wrong(
            &in->lines, "the question before this line needs topic, lesson and ask.");
    if (q->n_choices > 0 && (q->right == SIZE_MAX || q->answer.n > 0))
        return lines_wrong(&in->lines,
                           "the question before this line needs one right choice, or "
                           "numbers, not both.");
    if (q->n_choices == 0 && q->answer.n == 0)
        return lines_wrong(&in->lines, "the question before this line has no answer.");
    return true;
}

static bool begin(struct reading *in, const char *id)
{
    struct bank so_far = {in->questions, in->n};
    if (in->n > 0 && !is_whole(in, &in->questions[in->n - 1]))
        return false;
    if (in->n == BANK_MOST)
        return lines_wrong(&in->lines, "a bank has at most 256 questions.");
    if (strchr(id, ' ') || strlen(id) > 16)
        return lines_wrong(&in->lines, "an id is one word of at most 16 letters.");
    if (bank_find(&so_far, id, strlen(id)))
        return lines_wrong(&in->lines, "this id is taken already.");
    in->questions[in->n++] = (struct question){.id = id, .right = SIZE_MAX};
    return true;
}

bool bank_read(const char *text, size_t length, struct arena *arena, struct bank *bank,
               struct err *err)
{
    struct reading in = {
        .lines = {.text = text, .length = length, .arena = arena, .err = err}};
    in.questions = arena_new(arena, BANK_MOST, sizeof *in.questions);
    for (const char *line; (line = lines_take(&in.lines));) {
        const char *id = lines_after(line, "question");
        if (strlen(line) > LINES_MOST)
            return lines_wrong(&in.lines, "a line has at most 600 bytes.");
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (!id && in.n == 0)
            return lines_wrong(&in.lines, "the first thing is a question and its id.");
        if (!(id ? begin(&in, id) : read_line(&in, &in.questions[in.n - 1], line)))
            return false;
    }
    in.lines.line++;
    if (in.n == 0)
        return lines_wrong(&in.lines, "there is no question.");
    *bank = (struct bank){in.questions, in.n};
    return is_whole(&in, &in.questions[in.n - 1]);
}

const struct question *bank_find(const struct bank *bank, const char *id, size_t length)
{
    for (size_t i = 0; i < bank->n; i++)
        if (strlen(bank->questions[i].id) == length &&
            strncmp(bank->questions[i].id, id, length) == 0)
            return &bank->questions[i];
    return NULL;
}

/* ---- marking ----------------------------------------------------------------------
 */

static bool near(double a, double b)
{
    return fabs(a - b) <= fmax(.0101, .005 * fabs(b));
}

static bool same_numbers(const struct numbers *a, const struct numbers *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = near(a->at[i], b->at[i]);
    return same;
}

static double sum_of(const struct numbers *numbers)
{
    double sum = 0;
    for (size_t i = 0; i < numbers->n; i++)
        sum += numbers->at[i];
    return sum;
}

static bool same_text(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        int c = *a >= 'A' && *a <= 'Z' ? *a + 32 : *a;
        int d = *b >= 'A' && *b <= 'Z' ? *b + 32 : *b;
        if (c != d)
            return false;
    }
    return *a == *b;
}

static struct verdict mark_choice(const struct question *q, const char *answer)
{
    for (size_t k = 0; k < q->n_choices; k++) {
        const char letter[] = {(char)('a' + k), '\0'};
        if (same_text(answer, letter) || same_text(answer, q->choices[k].text))
            return (struct verdict){true, k == q->right, q->choices[k].why};
    }
    return (struct verdict){false, false, "I need the letter of one choice."};
}

static struct verdict mark_numbers(const struct question *q, const char *answer)
{
    struct numbers given;
    if (!numbers_of(answer, answer + strlen(answer), &given))
        return (struct verdict){
            false, false,
            "I need numbers here, such as 0.36 or 36%, with blanks between them."};
    if (same_numbers(&given, &q->answer))
        return (struct verdict){true, true, q->why};
    for (size_t k = 0; k < q->n_slips; k++)
        if (same_numbers(&given, &q->slips[k].answer))
            return (struct verdict){true, false, q->slips[k].what};
    if (given.n != q->answer.n)
        return (struct verdict){true, false,
                                given.n < q->answer.n ? "More numbers are asked for."
                                                      : "Fewer numbers are asked for."};
    if (q->answer.n > 1 && near(sum_of(&q->answer), 1) && !near(sum_of(&given), 1))
        return (struct verdict){
            true, false, "These do not add up to 1, as the weights of a row must."};
    return (struct verdict){true, false, "Not these numbers."};
}

struct verdict bank_mark(const struct question *question, const char *answer)
{
    return question->n_choices ? mark_choice(question, answer)
                               : mark_numbers(question, answer);
}
