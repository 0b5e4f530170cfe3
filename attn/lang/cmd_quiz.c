/* cmd_quiz.c - quiz: a few questions, to answer with check or, live, one by one. */
#include <math.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/practice.h"
#include "attn/lang/state.h"
#include "attn/lang/suggest.h"
#include "attn/lang/table.h"

enum { USUAL = 3, MOST_ASKED = 20, MOST_HEARD = 1 << 16 };

static bool quiz_run(struct call *call, struct err *err);

const struct command quiz_command = {
    .name = "quiz",
    .does = "Asks a few questions; what went wrong before, and what was not asked yet, "
            "comes first.",
    .task = "Practise",
    .lesson = "11",
    .args = {{"live", ARG_WORDY, .about = "asks one by one and waits for answers",
              .choices = {"live"}},
             {"n", ARG_ONE_NUMBER, .otherwise = "3", .about = "how many"},
             {"topic", ARG_NAME, .otherwise = "all", .about = "a topic, or all"}},
    .examples = {"quiz", "quiz softmax", "quiz all 5"},
    .run = quiz_run,
};

/* ---- which ones */

static bool is_topic(const struct question *question, const struct value *topic)
{
    return !topic->given || same_word(topic->text, topic->length, "all") ||
           same_word(topic->text, topic->length, question->topic);
}

/* Lower comes first: wrong before, then the least often shown, then those of lessons
 * that there are, then the bank's order. */
static unsigned long rank(const struct practice *practice, size_t at)
{
    enum { WRONG = 100000000, SHOWN = 10000, LESSON = SHOWN / 2 };
    _Static_assert((int)BANK_MOST < (int)LESSON, "order in the bank counts least");
    const struct record *record = &practice->records[at];
    unsigned long shown = record->shown < 1000 ? record->shown : 1000;
    return (record->wrong ? 0 : WRONG) + SHOWN * (shown + (record->right ? 2 : 0)) +
           (lesson_is_there(practice->bank.questions[at].lesson) ? 0 : LESSON) + at;
}

/* The `n` questions to ask next. Returns how many there are. */
static size_t choose(struct practice *practice, const struct value *topic, size_t n,
                     const struct question **chosen)
{
    size_t found = 0;
    bool taken[BANK_MOST] = {false};
    while (found < n) {
        size_t best = practice->bank.n;
        for (size_t i = 0; i < practice->bank.n; i++)
            if (!taken[i] && is_topic(&practice->bank.questions[i], topic) &&
                (best == practice->bank.n || rank(practice, i) < rank(practice, best)))
                best = i;
        if (best == practice->bank.n)
            break;
        taken[best] = true;
        chosen[found++] = &practice->bank.questions[best];
    }
    return found;
}

static bool no_topic(const struct practice *practice, const struct value *topic,
                     struct err *err)
{
    const char *names[BANK_MOST + 1] = {0};
    for (size_t i = 0; i < practice->bank.n; i++)
        names[i] = practice->bank.questions[i].topic;
    const char *near = suggest_name(topic->text, names);
    err_set(err, ERR_BAD_VALUE, "There are no questions about \"%.40s\".", topic->text);
    err_span(err, topic->start, topic->end);
    return near ? err_try(err, "Did you mean:", "quiz %s", near)
                : err_try(err, "Try:", "quiz all");
}

static bool how_many(struct call *call, size_t *n, struct err *err)
{
    const struct value *given = call_value(call, "n");
    *n = USUAL;
    if (!given->given)
        return true;
    double number = given->numbers[0];
    if (number >= 1 && number <= MOST_ASKED && number == floor(number)) {
        *n = (size_t)number;
        return true;
    }
    err_set(err, ERR_OUT_OF_RANGE, "quiz asks from 1 to %d questions at a time.",
            MOST_ASKED);
    err_span(err, given->start, given->end);
    return err_try(err, "Try:", "quiz all %d", USUAL);
}

/* ---- on paper */

static bool show_all(struct call *call, struct practice *practice,
                     const struct question *const *asked, size_t n, struct err *err)
{
    struct pile pile = pile_begin(call->arena);
    struct view view = {
        .kind = "quiz",
        .finding = arena_print(call->arena, "%zu question%s.", n, n == 1 ? "" : "s")};
    for (size_t k = 0; k < n; k++) {
        struct view one = {0};
        practice_show(asked[k], call->arena, &one);
        pile_add(&pile, BLOCK_HEADING, one.finding);
        for (size_t b = 0; b < one.n_blocks; b++)
            pile_add(&pile, one.blocks[b].kind, one.blocks[b].text);
    }
    pile_end(&pile, &view);
    if (!call_result(call, NULL, &view, NULL, err))
        return false;
    for (size_t k = 0; k < n; k++)
        practice_record(practice, asked[k])->shown++;
    return true;
}

/* ---- live */

static bool say(struct call *call, const char *text, struct err *err)
{
    const char *line = arena_print(call->arena, "%s\n", text);
    struct output output = {.kind = OUTPUT_STREAM,
                            .command = call->command->name,
                            .text = line,
                            .length = strlen(line)};
    return call->run->sink.put(call->run->sink.context, &output, err);
}

/* What was typed, without the blanks around it; NULL with *err set. */
static const char *hear(struct call *call, const char *prompt, struct err *err)
{
    struct buf heard;
    const struct asker *asker = &call->run->asker;
    buf_init(&heard, MOST_HEARD);
    if (!asker->ask) {
        err_set(err, ERR_NO_INPUT, "Nobody can be asked here.");
        err_try(err, "Try:", "quiz");
        return NULL;
    }
    const char *text = NULL;
    if (asker->ask(asker->context, prompt, &heard, err)) {
        const char *from = heard.length ? heard.at : "";
        size_t length = heard.length;
        while (length && strchr(" \t\r\n", from[length - 1]))
            length--;
        size_t skip = strspn(from, " \t");
        text = arena_copy(call->arena, from + (skip < length ? skip : length),
                          length - (skip < length ? skip : length));
    }
    buf_free(&heard);
    return text;
}

/* One question until it is right, skipped, or out of tries. */
static bool ask_one(struct call *call, struct practice *practice,
                    const struct question *question, bool *right, struct err *err)
{
    enum { TRIES = 3 };
    struct record *record = practice_record(practice, question);
    const char *prompt = practice_prompt(question, call->arena);
    record->shown++;
    for (size_t tries = 0, hints = 0; tries < TRIES;) {
        const char *answer = hear(call, prompt, err);
        if (!answer)
            return false;
        if (same_word(answer, strlen(answer), "skip"))
            return say(call, "Skipped.", err);
        if (same_word(answer, strlen(answer), "hint")) {
            const char *hint = hints < question->n_hints ? question->hints[hints++]
                                                         : "There is no other hint.";
            if (!say(call, hint, err))
                return false;
            continue;
        }
        struct verdict verdict = bank_mark(question, answer);
        tries += verdict.understood;
        record->tries += verdict.understood;
        record->right = record->right || verdict.right;
        record->wrong = verdict.understood ? !verdict.right : record->wrong;
        *right = verdict.right;
        if (!say(call, practice_verdict(&verdict, call->arena), err))
            return false;
        if (verdict.right)
            return true;
    }
    return say(call,
               arena_print(call->arena, "The answer:  check %s show", question->id),
               err);
}

static bool ask_all(struct call *call, struct practice *practice,
                    const struct question *const *asked, size_t n, struct err *err)
{
    size_t right = 0;
    for (size_t k = 0; k < n; k++) {
        bool one = false;
        if (!ask_one(call, practice, asked[k], &one, err))
            return false;
        right += one;
    }
    return call_result(
        call,
        arena_print(call->arena, "%zu of %zu right. How it stands:  check", right, n),
        NULL, NULL, err);
}

static bool quiz_run(struct call *call, struct err *err)
{
    const struct question *asked[MOST_ASKED];
    const struct value *topic = call_value(call, "topic");
    struct practice *practice = practice_of(call->session, err);
    size_t n;
    if (!practice || !how_many(call, &n, err))
        return false;
    n = choose(practice, topic, n, asked);
    if (n == 0)
        return no_topic(practice, topic, err);
    return call_value(call, "live")->given ? ask_all(call, practice, asked, n, err)
                                           : show_all(call, practice, asked, n, err);
}
