#include "attn/lang/change.h"

#include <string.h>

#include "attn/lang/lex.h"
#include "attn/lang/muted.h"
#include "attn/lang/origin.h"

static struct state *state_of(struct call *call)
{
    return &call->session->state;
}

static const struct model_info *info_of(const struct subject *subject)
{
    return model_info(subject->model->model);
}

static void take(struct call *call, struct subject *subject)
{
    state_set_subject(state_of(call), subject);
    state_of(call)->settings.query = (struct hand_query){.position = -1};
    call->settings.query = state_of(call)->settings.query;
    call->settings.which = attention_default(info_of(subject));
}

bool change_sentence(struct call *call, const char *text, size_t length,
                     struct err *err)
{
    struct subject *subject =
        subject_new(state_of(call)->subject->model, text, length, err);
    if (subject)
        take(call, subject);
    return subject != NULL;
}

/* The model for two sentences: the one in use, or the first that reads them. Owned. */
static struct shared_model *reads_two(struct call *call, struct err *err)
{
    static const char model[] = "translate";
    struct shared_model *now = state_of(call)->subject->model;
    if (model_info(now->model)->pairs)
        return shared_model_keep(now);
    call_note(call,
              "Switched to the model %s: the model %s reads one sentence. Back:  model "
              "%s",
              model, now->name, now->name);
    return shared_model_open(model, err);
}

bool change_pair(struct call *call, const struct pair_of_texts *pair, struct err *err)
{
    struct shared_model *model = reads_two(call, err);
    if (!model)
        return false;
    struct subject *subject =
        subject_pair(model, pair->text, pair->length, pair->to, pair->to_length, err);
    shared_model_drop(model);
    if (!subject)
        return false;
    subject_drop(state_of(call)->aside);
    state_of(call)->aside = NULL; /* this sentence is the learner's own */
    take(call, subject);
    return true;
}

/* The learner's own sentence, also while it is put aside. */
static const struct subject *own_sentence(const struct state *state)
{
    return state->aside ? state->aside : state->subject;
}

static struct subject *subject_in(struct call *call, struct shared_model *model,
                                  struct err *err)
{
    const char *const *sentences = model_info(model->model)->sentences;
    const struct subject *own = own_sentence(state_of(call));
    return sentences ? subject_new(model, sentences[0], strlen(sentences[0]), err)
                     : subject_new(model, own->sentence, own->length, err);
}

/* A model's name as one types it: a path in quotes. */
static const char *typed_name(struct call *call, const char *name)
{
    return strpbrk(name, "./ ") ? lex_quote(call->arena, name, strlen(name)) : name;
}

/* Puts the learner's sentence aside, or takes it up again, before `subject` is spoken
 * of. */
static void put_aside(struct call *call, const struct subject *subject)
{
    struct state *state = state_of(call);
    const char *now = lex_quote(call->arena, subject->sentence,
                                subject->length < 80 ? subject->length : 0);
    if (info_of(subject)->sentences && !state->aside) {
        state->aside = subject_keep(state->subject);
        call_note(call,
                  "The sentence is now %s. Yours comes back with the model you left:  "
                  "model %s",
                  now, typed_name(call, state->subject->model->name));
    } else if (info_of(subject)->recorded) {
        call_note(call, "The sentence is now %s.", now);
    } else if (!info_of(subject)->sentences && state->aside) {
        subject_drop(state->aside);
        state->aside = NULL;
        if (subject->length < 80)
            call_note(call, "Your sentence is back: %s", now);
        else
            call_note(call, "Your sentence is back.");
    }
}

/* The heads that were muted are another model's. */
static void unmute(struct call *call)
{
    if (muted_count(&call->settings) > 0)
        call_note(call, "The muted heads were another model's: none is muted now.");
    muted_clear(&call->settings);
    muted_clear(&state_of(call)->settings);
}

/* A recording is shown as it was made, whatever was set before. */
static void fit_recording(struct call *call, const struct subject *subject)
{
    const struct model_info *info = info_of(subject);
    bool changed = origin_fit(&call->settings, info);
    if (origin_fit(&state_of(call)->settings, info) || changed)
        call_note(call,
                  "A recording is shown as it was made: mask, temperature and what "
                  "else it cannot change are back at their defaults.");
}

bool change_model(struct call *call, const char *name, struct err *err)
{
    struct shared_model *model = shared_model_open(name, err);
    if (!model)
        return false;
    struct subject *subject = subject_in(call, model, err);
    shared_model_drop(model);
    if (!subject)
        return false;
    if (strcmp(state_of(call)->subject->model->name, subject->model->name) != 0)
        unmute(call);
    put_aside(call, subject);
    fit_recording(call, subject);
    take(call, subject);
    return true;
}
