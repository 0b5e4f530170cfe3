#include "attn/lang/practice.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"

struct practice *practice_of(struct session *session, struct err *err)
{
    if (session->practice)
        return session->practice;
    struct practice *practice = mem_new(1, sizeof *practice);
    const char *text = bank_text();
    if (bank_read(text, strlen(text), &practice->memory, &practice->bank, err))
        return session->practice = practice;
    practice_free(practice);
    return NULL;
}

void practice_free(struct practice *practice)
{
    if (!practice)
        return;
    arena_free(&practice->memory);
    free(practice);
}

struct record *practice_record(struct practice *practice,
                               const struct question *question)
{
    return &practice->records[question - practice->bank.questions];
}

/* "a) each column" */
static const char *lettered(const struct question *question, size_t k,
                            struct arena *arena)
{
    return arena_print(arena, "%c) %s", (char)('a' + k), question->choices[k].text);
}

void practice_show(const struct question *question, struct arena *arena,
                   struct view *view)
{
    struct pile pile = pile_begin(arena);
    view->finding = arena_print(arena, "%s  %s", question->id, question->ask);
    for (size_t k = 0; k < question->n_choices; k++)
        pile_add(&pile, BLOCK_TEXT, lettered(question, k, arena));
    pile_add(&pile, BLOCK_NOTE,
             question->n_choices
                 ? arena_print(arena, "Answer:  check %s  and a letter, a to %c",
                               question->id, (char)('a' + question->n_choices - 1))
                 : arena_print(
                       arena, "Answer with numbers in the place of the 0s:  check %s%s",
                       question->id,
                       question->answer.n == 1   ? " 0"
                       : question->answer.n == 2 ? " 0 0"
                                                 : " 0 0 0"));
    if (question->n_hints)
        pile_add(&pile, BLOCK_NOTE,
                 arena_print(arena, "A hint:  check %s hint", question->id));
    pile_end(&pile, view);
}

const char *practice_prompt(const struct question *question, struct arena *arena)
{
    const char *text = arena_print(arena, "%s  %s\n", question->id, question->ask);
    for (size_t k = 0; k < question->n_choices; k++)
        text = arena_print(arena, "%s  %s\n", text, lettered(question, k, arena));
    return arena_print(arena, "%sYour answer (or: hint, skip): ", text);
}

const char *practice_verdict(const struct verdict *verdict, struct arena *arena)
{
    if (!verdict->understood)
        return verdict->why;
    return arena_print(arena, "%s %s", verdict->right ? "Right." : "Not yet.",
                       verdict->why);
}
