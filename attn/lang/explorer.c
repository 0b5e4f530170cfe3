#include "attn/lang/explorer.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/lang/assist.h"
#include "attn/lang/commands.h"
#include "attn/lang/words.h"

static const char *const measures[] = {"weight", "norm", "rollout", "maxflow"};
static const char EVERY_WORD[] = "every word";

struct explorer {
    atomic_int users;
    struct state start;      /* in which its lines begin; never changes */
    struct session *session; /* its own: nobody else runs lines in it */
    struct arena memory;     /* of the choices, or of the answer */
    char *line;              /* owned; NULL: what the controls say */
    struct control controls[EXPLORER_CONTROLS];
    size_t n;                         /* of controls */
    atomic_int at[EXPLORER_CONTROLS]; /* where they stood in the last drawing */
    const struct output *held;        /* the answer itself, or NULL */
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
    const struct state *state = &explorer->start;
    const struct subject *subject = subject_rows(state->subject, state->settings.which);
    const struct model_info *info =
        model_part(subject->model->model, state->settings.which);
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
    for (size_t i = 0; i < EXPLORER_CONTROLS; i++) {
        controls[i].value = start[i];
        atomic_init(&explorer->at[i], start[i]);
    }
    explorer->n = EXPLORER_CONTROLS;
}

/* True when the picture goes by what this line says of a setting, not by the state. */
static bool line_says(const struct call *call, const char *setting)
{
    for (size_t i = 0; i < n_view_args; i++)
        if (strcmp(view_args[i].name, setting) == 0)
            return call->options[i].given;
    return strcmp(setting, "history") == 0 || strcmp(setting, "strict") == 0;
}

static struct explorer *freeze(const struct call *call)
{
    struct explorer *explorer = mem_new(1, sizeof *explorer);
    atomic_init(&explorer->users, 1);
    explorer->start = state_copy(&call->session->state);
    for (size_t i = 0; i < n_state_args; i++)
        if (line_says(call, state_args[i].name))
            explorer->start.from[i] = 0;
    return explorer;
}

/* A session in the state that its lines begin in. */
static struct session *session_at(const struct state *start)
{
    struct session *session = session_new();
    session->state = state_copy(start);
    return session;
}

struct explorer *explorer_new(const struct call *call,
                              const int start[EXPLORER_CONTROLS])
{
    struct explorer *explorer = freeze(call);
    struct state *state = &explorer->start;
    state->settings = call->settings;
    describe(explorer, start);
    for (size_t i = 0; i < n_state_args; i++)
        for (size_t c = 0; c < EXPLORER_CONTROLS; c++)
            if (strcmp(state_args[i].name, explorer->controls[c].name) == 0)
                state->from[i] = 0;
    explorer->session = session_at(state);
    return explorer;
}

struct explorer *explorer_of_line(const struct call *call)
{
    struct explorer *explorer = freeze(call);
    explorer->line = mem_copy(call->line, strlen(call->line));
    explorer->session = session_at(&explorer->start);
    return explorer;
}

void explorer_hold(struct explorer *explorer, const struct call *call,
                   const struct output *output, const struct buf *json)
{
    struct output *held = arena_new(call->arena, 1, sizeof *held);
    struct view *view = arena_new(call->arena, 1, sizeof *view);
    *view = *output->view;
    *held = (struct output){
        .kind = OUTPUT_VIEW, .command = call->command->name, .view = view};
    if (json && !json->full)
        held->json = arena_copy(call->arena, json->at, json->length);
    arena_adopt(&explorer->memory, call->arena);
    explorer->held = held;
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
    state_drop(&explorer->start);
    arena_free(&explorer->memory);
    free(explorer->line);
    free(explorer);
}

const struct control *explorer_controls(const struct explorer *explorer, size_t *n)
{
    *n = explorer->n;
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
    if (explorer->line)
        return explorer->line;
    for (size_t i = 0; i < EXPLORER_CONTROLS; i++)
        at[i] = clamped(&explorer->controls[i], values[i]);
    const char *what =
        at[EXPLORER_WORD] == 0
            ? "heatmap"
            : arena_print(arena, "look %s",
                          explorer->controls[EXPLORER_WORD].choices[at[EXPLORER_WORD]]);
    return arena_print(arena, "%s layer %d head %d measure %s%s", what,
                       at[EXPLORER_LAYER], at[EXPLORER_HEAD],
                       measures[at[EXPLORER_MEASURE]],
                       attention_flag(explorer->start.settings.which));
}

bool explorer_try(struct explorer *explorer, const int values[EXPLORER_CONTROLS],
                  const char *form, const struct run *run, struct err *err)
{
    struct arena arena = {0};
    const char *line =
        arena_print(&arena, "%s%s", explorer_line(explorer, values, &arena), form);
    struct run own = *run;
    own.aside = true;
    bool done = session_run(explorer->session, line, strlen(line), &own, err);
    for (size_t i = 0; done && i < explorer->n; i++)
        atomic_store(&explorer->at[i], values[i]);
    session_forget_traces(explorer->session); /* there may be many explorers */
    arena_free(&arena);
    return done;
}

struct ribboned {
    const struct sink *to;
    const char *ribbon;
};

/* Hands views on with the ribbon; nothing else. */
static bool put_ribboned(void *context, const struct output *drawn, struct err *err)
{
    const struct ribboned *ribboned = context;
    if (!drawn->view)
        return true;
    struct view view = *drawn->view;
    struct output output = *drawn;
    view.ribbon = ribboned->ribbon;
    output.view = &view;
    return ribboned->to->put(ribboned->to->context, &output, err);
}

bool explorer_draw(struct explorer *explorer, const int values[EXPLORER_CONTROLS],
                   const char *ribbon, const struct run *run, struct err *err)
{
    struct err why = {0};
    struct arena arena = {0};
    struct ribboned ribboned = {&run->sink, ribbon};
    struct run own = *run;
    own.sink = (struct sink){&ribboned, put_ribboned};
    own.place = NULL;
    if (explorer_try(explorer, values, "", &own, &why))
        return true;
    if (why.code == ERR_INTERRUPTED || why.code == ERR_IO) {
        *err = why;
        return false;
    }
    const struct view view = {.kind = "explore",
                              .finding = session_message(&why, &arena)};
    const struct output output = {
        .kind = OUTPUT_VIEW, .command = "explore", .view = &view};
    bool told = put_ribboned(&ribboned, &output, err);
    arena_free(&arena);
    return told;
}

bool explorer_again(const struct explorer *explorer, const struct run *run,
                    struct err *err)
{
    int at[EXPLORER_CONTROLS];
    struct arena arena = {0};
    struct run own = *run;
    if (explorer->held)
        return run->sink.put(run->sink.context, explorer->held, err);
    for (size_t i = 0; i < EXPLORER_CONTROLS; i++)
        at[i] = atomic_load(&explorer->at[i]);
    struct session *session = session_at(&explorer->start);
    const char *line = explorer_line(explorer, at, &arena);
    own.aside = true;
    own.place = NULL;
    bool done = session_run(session, line, strlen(line), &own, err);
    session_free(session);
    arena_free(&arena);
    return done;
}

const char *explorer_earlier(const struct explorer *explorer, const struct assist *now,
                             const char *place)
{
    const struct state *then = &explorer->start;
    uint64_t from = state_place(place);
    const char *ribbon = NULL;
    struct arena arena = {0};
    for (size_t i = 0; from && !ribbon && i < n_state_args; i++) {
        const struct arg *arg = &state_args[i];
        if (then->from[i] != from || now->state.from[i] != from ||
            strcmp(state_value(then, arg, &arena),
                   state_value(&now->state, arg, &arena)) == 0)
            continue;
        ribbon = strcmp(arg->name, "sentence") == 0
                     ? "of an earlier sentence: run again"
                 : strcmp(arg->name, "model") == 0 ? "of an earlier model: run again"
                                                   : "of earlier settings: run again";
    }
    arena_free(&arena);
    return ribbon;
}
