/* settings.c - what a setting or option does to the settings, and how it reads. */
#include <string.h>

#include "attn/lang/lex.h"
#include "attn/lang/origin.h"
#include "attn/lang/state.h"
#include "attn/lang/words.h"

static const char *const masks[] = {"auto", "none", "causal"};
static const char *const measures[] = {"weight", "norm", "rollout", "maxflow"};
static const char *const hides[] = {"none", "first", "special"};

static int index_in(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return (int)i;
    return 0;
}

static bool set_mask(struct settings *settings, const struct model_info *model,
                     const char *mask, struct err *err)
{
    settings->mask = (enum mask)index_in(masks, 3, mask);
    if (settings->mask == MASK_NONE && model->causal)
        return err_set(err, ERR_UNSUITED,
                       "In %s no word sees what comes later, as in every model that "
                       "writes word by word; its mask cannot be taken away.",
                       model->name);
    return true;
}

static bool set_temperature(struct settings *settings, double temperature,
                            struct err *err)
{
    if (temperature < .01 || temperature > 100)
        return err_set(err, ERR_OUT_OF_RANGE, "temperature goes from 0.01 to 100.");
    settings->temperature = temperature;
    return true;
}

static bool set_words(struct settings *settings, const struct model_info *model,
                      bool on, struct err *err)
{
    settings->words = on;
    if (!on && !model->recorded)
        return err_set(err, ERR_UNSUITED,
                       "The model %s reads whole words; it has no pieces to show.",
                       model->name);
    return true;
}

static bool set_head(struct settings *settings, const struct value *value)
{
    settings->head = value->head;
    if (value->n == 1) /* head L3-H0 names the layer too */
        settings->layer =
            (struct range){(int)value->heads[0].layer, (int)value->heads[0].layer};
    return true;
}

static bool set_later(const char *name, bool wanted, const char *why, struct err *err)
{
    if (wanted)
        return err_set(err, ERR_UNSUITED, "\"%s\" cannot be changed: %s", name, why);
    return true;
}

/* The switches. True when `name` is one of them; *done says how it went. */
static bool apply_switch(struct settings *settings, const struct model_info *model,
                         const char *name, bool on, bool *done, struct err *err)
{
    *done = true;
    if (strcmp(name, "position") == 0)
        settings->position = on;
    else if (strcmp(name, "scale") == 0)
        settings->scale = on;
    else if (strcmp(name, "attention") == 0)
        settings->attention = on;
    else if (strcmp(name, "animate") == 0)
        *done = set_later(name, on, "no picture moves in this version.", err);
    else if (strcmp(name, "words") == 0)
        *done = set_words(settings, model, on, err);
    else if (strcmp(name, "strict") == 0)
        settings->strict = on;
    else if (strcmp(name, "history") == 0)
        settings->history = on;
    else
        return false;
    return true;
}

static void set_query(struct settings *settings, const struct value *value)
{
    settings->query = (struct hand_query){.position = value->position, .n = value->n};
    for (size_t i = 0; i < value->n; i++)
        settings->query.numbers[i] = (float)value->numbers[i];
}

static bool apply(struct settings *settings, const struct model_info *model,
                  const struct arg *arg, const struct value *value, struct err *err)
{
    bool done;
    if (arg->kind == ARG_SWITCH &&
        apply_switch(settings, model, arg->name, value->on, &done, err))
        return done;
    if (strcmp(arg->name, "layer") == 0)
        settings->layer = value->range;
    else if (strcmp(arg->name, "head") == 0)
        return set_head(settings, value);
    else if (strcmp(arg->name, "mask") == 0)
        return set_mask(settings, model, value->text, err);
    else if (strcmp(arg->name, "temperature") == 0)
        return set_temperature(settings, value->numbers[0], err);
    else if (strcmp(arg->name, "measure") == 0)
        settings->measure = (enum measure)index_in(measures, 4, value->text);
    else if (strcmp(arg->name, "query") == 0)
        set_query(settings, value);
    else if (strcmp(arg->name, "hide") == 0)
        settings->hide = (enum hide)index_in(hides, 3, value->text);
    else if (strcmp(arg->name, "size") == 0)
        settings->big = strcmp(value->text, "big") == 0;
    return true; /* the others are the body's affair, or have one value only */
}

bool settings_apply(struct settings *settings, const struct model_info *model,
                    const struct arg *arg, const struct value *value, struct err *err)
{
    return apply(settings, model, arg, value, err) &&
           origin_allows(settings, model, err);
}

static const char *query_text(const struct state *state, struct arena *arena)
{
    const struct hand_query *query = &state->settings.query;
    if (query->position < 0)
        return "none";
    const char *text = word_typed(state->subject, query->position, arena);
    for (size_t i = 0; i < query->n; i++)
        text = arena_print(arena, "%s %.6g", text, (double)query->numbers[i]);
    return text;
}

static const char *pick_name(int pick)
{
    switch (pick) {
    case PICK_AUTO:
        return "auto";
    case PICK_MEAN:
        return "mean";
    case PICK_MAX:
        return "max";
    case PICK_ALL:
        return "all";
    default:
        return NULL;
    }
}

static const char *place(struct range range, struct arena *arena)
{
    if (pick_name(range.from))
        return pick_name(range.from);
    if (range.from == range.to)
        return arena_print(arena, "%d", range.from);
    return arena_print(arena, "%d..%d", range.from, range.to);
}

static const char *on_off(bool on)
{
    return on ? "on" : "off";
}

static const char *switch_value(const struct settings *settings, const char *name)
{
    if (strcmp(name, "position") == 0)
        return on_off(settings->position);
    if (strcmp(name, "scale") == 0)
        return on_off(settings->scale);
    if (strcmp(name, "attention") == 0)
        return on_off(settings->attention);
    if (strcmp(name, "words") == 0)
        return on_off(settings->words);
    if (strcmp(name, "animate") == 0)
        return on_off(settings->animate);
    if (strcmp(name, "strict") == 0)
        return on_off(settings->strict);
    return on_off(settings->history);
}

static const char *target_text(const struct state *state, struct arena *arena)
{
    const struct subject *second = state->subject->second;
    return second ? lex_quote(arena, second->sentence, second->length) : "none";
}

const char *state_value(const struct state *state, const struct arg *arg,
                        struct arena *arena)
{
    const struct settings *settings = &state->settings;
    const char *name = arg->name;
    if (arg->kind == ARG_SWITCH)
        return switch_value(settings, name);
    if (strcmp(name, "sentence") == 0)
        return lex_quote(arena, state->subject->sentence, state->subject->length);
    if (strcmp(name, "model") == 0)
        return state->subject->model->name;
    if (strcmp(name, "layer") == 0)
        return place(settings->layer, arena);
    if (strcmp(name, "head") == 0)
        return place((struct range){settings->head, settings->head}, arena);
    if (strcmp(name, "mask") == 0)
        return masks[settings->mask];
    if (strcmp(name, "temperature") == 0)
        return arena_print(arena, "%.6g", settings->temperature);
    if (strcmp(name, "measure") == 0)
        return measures[settings->measure];
    if (strcmp(name, "query") == 0)
        return query_text(state, arena);
    if (strcmp(name, "hide") == 0)
        return hides[settings->hide];
    if (strcmp(name, "size") == 0)
        return settings->big ? "big" : "normal";
    if (strcmp(name, "color") == 0)
        return "orange";
    return target_text(state, arena);
}
