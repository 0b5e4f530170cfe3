#include "attn/lang/recordfile.h"

#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/muted.h"
#include "attn/lang/state.h"

/* Settings that change a run; all others only change how it is shown. */
static bool changes_run(const char *name)
{
    static const char *const names[] = {"mask",      "position",    "scale",
                                        "attention", "temperature", "query"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* As one types them after `set`: all of them, or those not at their default. */
static const char *settings_text(struct call *call, bool all)
{
    struct subject *subject = call->session->state.subject;
    struct state normal = {.settings = settings_default(), .subject = subject};
    struct state now = {.settings = call->settings, .subject = subject};
    const char *text = "";
    for (size_t i = 0; i < n_state_args; i++) {
        const struct arg *arg = &state_args[i];
        const char *value = state_value(&now, arg, call->arena);
        if (changes_run(arg->name) &&
            (all || strcmp(value, state_value(&normal, arg, call->arena)) != 0))
            text = arena_print(call->arena, "%s%s%s %s", text, *text ? " " : "",
                               arg->name, value);
    }
    const char *muted =
        muted_list(&call->settings, model_info(call_model(call))->H, call->arena);
    return *muted
               ? arena_print(call->arena, "%s%smuted %s", text, *text ? " " : "", muted)
               : text;
}

bool recordfile_write(struct call *call, struct buf *to, struct err *err)
{
    const struct subject *subject = call->session->state.subject;
    const struct model_info *info = model_info(call_model(call));
    const struct model_options options = session_options(&call->settings, call->stop);
    struct model_input input = {.text = subject->sentence, .length = subject->length};
    if (subject->second) {
        input.second = subject->second->tokens;
        input.n_second = subject->second->n_tokens;
        input.target = subject->second->sentence;
        input.target_length = subject->second->length;
    }
    if (info->recorded) /* its own settings stay with it */
        return model_record(call_model(call), &input, &options, info->settings,
                            info->changed, to, err);
    return model_record(call_model(call), &input, &options, settings_text(call, true),
                        settings_text(call, false), to, err);
}
