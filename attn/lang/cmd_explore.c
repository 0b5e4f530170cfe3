/* explore: layer, head, word and measure by mouse. What is drawn is what `look` and
 * `heatmap` draw, so that everything found by mouse can be typed. */
#include "attn/lang/explorer.h"
#include "attn/lang/fill.h"

static bool explore_run(struct call *call, struct err *err);

const struct command explore_command = {
    .name = "explore",
    .does = "Lets you choose layer, head, word and measure by mouse.",
    .task = "See where words look",
    .lesson = "05",
    .args = {{.name = "word",
              .kind = ARG_WORD,
              .otherwise = "auto",
              .about = "the word to begin with"}},
    .view = true,
    .honours = "word measure",
    .examples = {"explore", "explore animal", "explore layer 0 head 0"},
    .run = explore_run,
};

/* Where the controls start: at the word and the head that `look` would draw. */
static bool find_start(struct call *call, int start[EXPLORER_CONTROLS], struct err *err)
{
    struct fill fill;
    size_t row;
    struct settings *settings = &call->settings;
    start[EXPLORER_MEASURE] = (int)settings->measure;
    settings->measure = MEASURE_WEIGHT;
    if (settings->layer.from != settings->layer.to || settings->layer.from < 0)
        settings->layer = (struct range){PICK_AUTO, PICK_AUTO};
    if (settings->head < 0)
        settings->head = PICK_AUTO;
    if (!fill_word(call, call_value(call, "word"), &fill, &row, err))
        return false;
    start[EXPLORER_LAYER] = fill.layer;
    start[EXPLORER_HEAD] = fill.head;
    start[EXPLORER_WORD] = fill.trace->rows[row].position + 1;
    return true;
}

struct showing {
    struct call *call;
    struct explorer *explorer;
    const char *line;
};

/* Hands the picture on, with the controls where it is one. */
static bool show(void *context, const struct output *drawn, struct err *err)
{
    const struct showing *showing = context;
    const struct call *call = showing->call;
    struct output output = *drawn;
    output.command = call->command->name;
    if (call->form == FORM_BEST && drawn->kind == OUTPUT_VIEW) {
        output.kind = OUTPUT_EXPLORE;
        output.explorer = showing->explorer;
        output.text =
            arena_print(call->arena, "Where there are no controls to move, type:  %s",
                        showing->line);
    }
    return call->run->sink.put(call->run->sink.context, &output, err);
}

static bool explore_run(struct call *call, struct err *err)
{
    int start[EXPLORER_CONTROLS];
    static const char *const forms[] = {"", " as json", " as table", " as picture",
                                        " as page"};
    if (!find_start(call, start, err))
        return false;
    struct showing showing = {
        .call = call,
        .explorer = explorer_new(call, start),
    };
    showing.line = explorer_line(showing.explorer, start, call->arena);
    const struct run run = {.sink = {&showing, show},
                            .stop = call->stop,
                            .want_json = call->run->want_json};
    bool done =
        call->form == FORM_BEST
            ? explorer_draw(showing.explorer, start, NULL, &run, err)
            : explorer_try(showing.explorer, start, forms[call->form], &run, err);
    if (done)
        call_shown(call, explorer_keep(showing.explorer));
    err->has_span = false; /* it is of a line that nobody has typed */
    explorer_drop(showing.explorer);
    return done;
}
