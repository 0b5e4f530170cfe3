#include "attn/lang/explorer.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/lang/commands.h"
#include "attn/lang/words.h"

static const char *const measures[] = {"weight", "norm", "rollout", "maxflow"};
static const char EVERY_WORD[] = "every word";

struct explorer {
    atomic_int users;
    struct session *session; /* its own: nobody else runs lines in it */
    struct arena memory;     /* of the choices */
    struct control controls[EXPLORER_CONTROLS];
};

/* "every word", then each word as one would type it. */
static const char *const *words_of(const struct subject *subject, struct arena *arena)
{
    const char **words = arena_new(arena, subject->n_words + 1, sizeof *words);
    words[0] = EVERY_WORD;
    for (size_t i = 0; i < subject->n_words; i++)
        words[i + 1] = word_typed(subject, (int)i, arena);
    return words;
}

static void describe(struct explorer *explorer, const int start[EXPLORER_CONTROLS])
{
    const struct subject *subject = explorer->session->state.subject;
    const struct model_info *info = model_info(subject->model->model);
    struct control *controls = explorer->controls;
    controls[EXPLORER_LAYER] =
        (struct control){"layer", CONTROL_SLIDER, .most = (int)info->L - 1};
    controls[EXPLORER_HEAD] =
        (struct control){"head", CONTROL_SLIDER, .most = (int)info->H - 1};
    controls[EXPLORER_WORD] =
        (struct control){"word", CONTROL_CHOICE, .most = (int)subject->n_words,
                         .choices = words_of(subject, &explorer->memory)};
    controls[EXPLORER_MEASURE] =
        (struct control){"measure", CONTROL_CHOICE, .most = 3, .choices = measures};
    for (size_t i = 0; i < EXPLORER_CONTROLS; i++)
        controls[i].value = start[i];
}

struct explorer *explorer_new(const struct session *session,
                              const struct settings *settings,
                              const int start[EXPLORER_CONTROLS])
{
    struct explorer *explorer = mem_new(1, sizeof *explorer);
    atomic_init(&explorer->users, 1);
    explorer->session = session_new();
    explorer->session->state = state_copy(&session->state);
    explorer->session->state.settings = *settings;
    describe(explorer, start);
    return explorer;
}

struct explorer *explorer_keep(struct explorer *explorer)
{
    atomic_fetch_add(&explorer->users, 1);
    return explorer;
}

void explorer_drop(struct explorer *explorer)
{
    if (!explorer || atomic_fetch_sub(&explorer->users, 1) != 1)
        return;
    session_free(explorer->session);
    arena_free(&explorer->memory);
    free(explorer);
}

const struct control *explorer_controls(const struct explorer *explorer, size_t *n)
{
    *n = EXPLORER_CONTROLS;
    return explorer->controls;
}

static int clamped(const struct control *control, int value)
{
    return value < control->least  ? control->least
           : value > control->most ? control->most
                                   : value;
}

const char *explorer_line(const struct explorer *explorer,
                          const int values[EXPLORER_CONTROLS], struct arena *arena)
{
    int at[EXPLORER_CONTROLS];
    for (size_t i = 0; i < EXPLORER_CONTROLS; i++)
        at[i] = clamped(&explorer->controls[i], values[i]);
    const char *what =
        at[EXPLORER_WORD] == 0
            ? "heatmap"
            : arena_print(arena, "look %s",
                          explorer->controls[EXPLORER_WORD].choices[at[EXPLORER_WORD]]);
    return arena_print(arena, "%s layer %d head %d measure %s", what,
                       at[EXPLORER_LAYER], at[EXPLORER_HEAD],
                       measures[at[EXPLORER_MEASURE]]);
}

bool explorer_try(struct explorer *explorer, const int values[EXPLORER_CONTROLS],
                  const char *form, const struct run *run, struct err *err)
{
    struct arena arena = {0};
    const char *line =
        arena_print(&arena, "%s%s", explorer_line(explorer, values, &arena), form);
    bool done = session_run(explorer->session, line, strlen(line), run, err);
    session_forget_traces(explorer->session); /* there may be many explorers */
    arena_free(&arena);
    return done;
}

bool explorer_draw(struct explorer *explorer, const int values[EXPLORER_CONTROLS],
                   const struct run *run, struct err *err)
{
    struct err why = {0};
    struct arena arena = {0};
    if (explorer_try(explorer, values, "", run, &why))
        return true;
    if (why.code == ERR_INTERRUPTED || why.code == ERR_IO) {
        *err = why;
        return false;
    }
    const struct view view = {.kind = "explore",
                              .finding = session_message(&why, &arena)};
    const struct output output = {
        .kind = OUTPUT_VIEW, .command = "explore", .view = &view};
    bool told = run->sink.put(run->sink.context, &output, err);
    arena_free(&arena);
    return told;
}
