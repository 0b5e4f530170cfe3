/* cmd_check.c - check: marks an answer, gives hints, shows how it stands. */
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/practice.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"

static bool check_run(struct call *call, struct err *err);

const struct command check_command = {
    .name = "check",
    .does =
        "Marks an answer and says what happened; check 3.3 hint helps, check 3.3 show "
        "tells; alone it shows how it stands.",
    .task = "Practise",
    .lesson = "11",
    .args = {{"answer", ARG_REST,
              .about = "the question's number and your answer, hint "
                       "or show"}},
    .examples = {"check 3.3", "check 3.3 0.36 0.64", "check 4.3 hint", "check"},
    .run = check_run,
};

/* ---- how it stands */

static const char *state_of(const struct record *record)
{
    if (record->tries == 0)
        return record->shown ? "asked" : "";
    if (!record->right)
        return "not yet";
    return record->wrong ? "right before, not now" : "right";
}

static bool show_progress(struct call *call, const struct practice *practice,
                          struct err *err)
{
    struct sheet sheet = sheet_begin(call->arena, 4);
    struct pile pile = pile_begin(call->arena);
    static const char *const heads[] = {"question", "about", "tries", "how it went"};
    size_t right = 0;
    const char *done = "";
    for (size_t k = 0; k < 4; k++)
        sheet_header(&sheet, heads[k]);
    for (size_t i = 0; i < practice->bank.n; i++) {
        const struct record *record = &practice->records[i];
        const struct question *question = &practice->bank.questions[i];
        sheet_header(&sheet, question->id);
        sheet_text(&sheet, question->topic);
        sheet_number(
            &sheet, record->tries ? arena_print(call->arena, "%u", record->tries) : "");
        sheet_text(&sheet, state_of(record));
        if (record->right)
            done = arena_print(call->arena, "%s %s", done, question->id);
        right += record->right;
    }
    struct view view = {.kind = "check",
                        .finding = arena_print(call->arena, "%zu of %zu right.", right,
                                               practice->bank.n)};
    pile_table(&pile, sheet_end(&sheet, NULL));
    pile_add(&pile, BLOCK_NOTE,
             right ? arena_print(call->arena, "To hand in: attn, right:%s", done)
                   : "It is kept as long as this notebook's kernel runs. Begin:  quiz");
    pile_end(&pile, &view);
    return call_result(call, NULL, &view, NULL, err);
}

/* ---- one question */

static bool unknown(struct call *call, const struct value *value, const char *id,
                    struct err *err)
{
    (void)call;
    err_set(err, ERR_BAD_VALUE, "There is no question \"%.20s\".", id);
    err_span(err, value->start, value->end);
    return err_try(err, "Try:", "quiz");
}

static bool show_question(struct call *call, struct practice *practice,
                          const struct question *question, struct err *err)
{
    struct view view = {.kind = "check"};
    practice_show(question, call->arena, &view);
    practice_record(practice, question)->shown++;
    return call_result(call, NULL, &view, NULL, err);
}

static bool show_hint(struct call *call, struct practice *practice,
                      const struct question *question, struct err *err)
{
    struct record *record = practice_record(practice, question);
    if (question->n_hints == 0)
        return call_result(call, "There is no hint for this one.", NULL, NULL, err);
    size_t at =
        record->hints < question->n_hints ? record->hints : question->n_hints - 1;
    record->hints++;
    return call_result(call, question->hints[at], NULL, NULL, err);
}

static const char *answer_of(const struct question *question, struct arena *arena)
{
    const char *text = "";
    if (question->n_choices)
        return arena_print(arena, "%c) %s. %s", (char)('a' + question->right),
                           question->choices[question->right].text,
                           question->choices[question->right].why);
    for (size_t k = 0; k < question->answer.n; k++)
        text =
            arena_print(arena, "%s%s%.10g", text, k ? " " : "", question->answer.at[k]);
    return arena_print(arena, "%s. %s", text, question->why);
}

static bool mark(struct call *call, struct practice *practice,
                 const struct question *question, const char *answer, struct err *err)
{
    struct verdict verdict = bank_mark(question, answer);
    struct record *record = practice_record(practice, question);
    const char *said = practice_verdict(&verdict, call->arena);
    struct buf json = {0};
    if (verdict.understood) {
        record->tries++;
        record->wrong = !verdict.right;
        record->right = record->right || verdict.right;
    }
    if (call->settings.strict && !verdict.right) {
        err_set(err, ERR_WRONG_ANSWER, "%s", said);
        return err_try(err, "Try:", "check %s hint", question->id);
    }
    if (call_wants_json(call)) {
        struct json_out out = call_json_plain(call, &json, "check");
        json_key_text(&out, "id", question->id);
        json_key_bool(&out, "right", verdict.right);
        json_key_text(&out, "message", said);
        json_end(&out);
    }
    bool done = call_result(call, said, NULL, json.at ? &json : NULL, err);
    buf_free(&json);
    return done;
}

/* `as json` at the end belongs to the line, not to the answer. */
static void take_form(struct call *call, char *text)
{
    static const char end[] = " as json";
    size_t n = strlen(text), m = sizeof end - 1;
    if (n < m || strcmp(text + n - m, end) != 0)
        return;
    text[n - m] = '\0';
    call->form = FORM_JSON;
}

static bool check_run(struct call *call, struct err *err)
{
    const struct value *value = call_value(call, "answer");
    struct practice *practice = practice_of(call->session, err);
    if (!practice)
        return false;
    char *text = arena_copy(call->arena, value->given ? value->text : "",
                            value->given ? value->length : 0);
    take_form(call, text);
    text += strspn(text, " ");
    size_t length = strcspn(text, " ");
    if (length == 0)
        return show_progress(call, practice, err);
    const char *id = arena_copy(call->arena, text, length);
    const struct question *question = bank_find(&practice->bank, id, length);
    if (!question)
        return unknown(call, value, id, err);
    const char *answer = text + length + strspn(text + length, " ");
    if (*answer == '\0')
        return show_question(call, practice, question, err);
    if (same_word(answer, strlen(answer), "hint"))
        return show_hint(call, practice, question, err);
    if (same_word(answer, strlen(answer), "show"))
        return call_result(call, answer_of(question, call->arena), NULL, NULL, err);
    return mark(call, practice, question, answer, err);
}
