#include "attn/lang/state.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "attn/base/mem.h"
#include "attn/base/utf8.h"
#include "attn/lang/commands.h"
#include "attn/lang/commons.h"
#include "attn/lang/practice.h"

static const char DEFAULT_MODEL[] = "lesson";
static const char DEFAULT_SENTENCE[] =
    "The animal didn't cross the street because it was too tired";

struct settings settings_default(void)
{
    return (struct settings){
        .layer = {PICK_AUTO, PICK_AUTO},
        .head = PICK_AUTO,
        .position = true,
        .scale = true,
        .attention = true,
        .temperature = 1,
        .query = {.position = -1},
        .words = true,
        .history = true,
    };
}

struct shared_model *shared_model_open(const char *name, struct err *err)
{
    struct model *model = model_open(name, err);
    if (!model)
        return NULL;
    /* A run reads the mute of every head. */
    _Static_assert((int)SETTINGS_HEADS >= (int)MODEL_MOST_HEADS, "each has a setting");
    assert(model_info(model)->L * model_info(model)->H <= SETTINGS_HEADS);
    struct shared_model *shared = mem_new(1, sizeof *shared);
    shared->model = model;
    shared->name = mem_copy(name, strlen(name));
    atomic_init(&shared->users, 1);
    return shared;
}

struct shared_model *shared_model_keep(struct shared_model *model)
{
    atomic_fetch_add(&model->users, 1);
    return model;
}

void shared_model_drop(struct shared_model *model)
{
    if (!model || atomic_fetch_sub(&model->users, 1) != 1)
        return;
    model_close(model->model);
    free(model->name);
    free(model);
}

/* A copy of `text` in which a NUL, which no file or page would keep, is U+FFFD. */
static void copy_without_nul(struct buf *to, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i])
            buf_char(to, text[i]);
        else
            buf_text(to, "\xEF\xBF\xBD");
    }
}

/* The text of a subject, and who holds it; nothing is cut yet. */
static struct subject *subject_begin(struct shared_model *model, const char *text,
                                     size_t length)
{
    struct subject *subject = mem_new(1, sizeof *subject);
    struct buf sentence;
    buf_init(&sentence, 3 * length + 1);
    copy_without_nul(&sentence, text, length);
    subject->sentence = mem_copy(sentence.length ? sentence.at : "", sentence.length);
    subject->length = sentence.length;
    buf_free(&sentence);
    subject->model = shared_model_keep(model);
    atomic_init(&subject->users, 1);
    return subject;
}

static void count_words(struct subject *subject)
{
    for (size_t i = 0; i < subject->n_tokens; i++)
        subject->n_words += subject->tokens[i].position >= 0;
}

/* The second sentence of `subject`: what was typed, without NUL, or as the model makes
 * it. */
static bool add_second(struct subject *subject, const char *to, size_t length,
                       struct err *err)
{
    struct subject *second = subject_begin(subject->model, to ? to : "", length);
    struct model_input input = {.text = subject->sentence,
                                .length = subject->length,
                                .target = to ? second->sentence : NULL,
                                .target_length = second->length};
    struct second made;
    subject->second = second;
    subject->by_hand = to != NULL;
    if (!model_second(subject->model->model, &input, &second->memory, &made, err))
        return false;
    second->tokens = made.tokens;
    second->n_tokens = made.n;
    count_words(second);
    free(second->sentence);
    second->length = strlen(made.text);
    second->sentence = mem_copy(made.text, second->length);
    return true;
}

struct subject *subject_pair(struct shared_model *model, const char *text,
                             size_t length, const char *to, size_t to_length,
                             struct err *err)
{
    struct subject *subject = subject_begin(model, text, length);
    bool done =
        model_tokenize(model->model, subject->sentence, subject->length,
                       &subject->memory, &subject->tokens, &subject->n_tokens, err);
    count_words(subject);
    if (done && (to || model_info(model->model)->pairs))
        done = add_second(subject, to, to_length, err);
    if (done)
        return subject;
    subject_drop(subject);
    return NULL;
}

struct subject *subject_new(struct shared_model *model, const char *text, size_t length,
                            struct err *err)
{
    return subject_pair(model, text, length, NULL, 0, err);
}

struct subject *subject_keep(struct subject *subject)
{
    if (subject)
        atomic_fetch_add(&subject->users, 1);
    return subject;
}

void subject_drop(struct subject *subject)
{
    if (!subject || atomic_fetch_sub(&subject->users, 1) != 1)
        return;
    subject_drop(subject->second);
    shared_model_drop(subject->model);
    arena_free(&subject->memory);
    free(subject->sentence);
    free(subject);
}

struct subject *subject_default(struct err *err)
{
    struct shared_model *model = shared_model_open(DEFAULT_MODEL, err);
    if (!model)
        return NULL;
    struct subject *subject =
        subject_new(model, DEFAULT_SENTENCE, strlen(DEFAULT_SENTENCE), err);
    shared_model_drop(model);
    return subject;
}

const struct subject *subject_rows(const struct subject *subject, enum attention which)
{
    bool second = which == ATTENTION_DECODER || which == ATTENTION_CROSS;
    return second && subject->second ? subject->second : subject;
}

const struct subject *subject_cols(const struct subject *subject, enum attention which)
{
    return which == ATTENTION_DECODER && subject->second ? subject->second : subject;
}

const char *attention_flag(enum attention which)
{
    return which == ATTENTION_ENCODER   ? " encoder"
           : which == ATTENTION_DECODER ? " decoder"
                                        : "";
}

enum attention attention_default(const struct model_info *info)
{
    return info->pairs ? ATTENTION_CROSS : ATTENTION_SELF;
}

struct state state_copy(const struct state *state)
{
    struct state copy = *state;
    copy.subject = subject_keep(state->subject);
    copy.aside = subject_keep(state->aside);
    return copy;
}

void state_drop(struct state *state)
{
    subject_drop(state->subject);
    subject_drop(state->aside);
    state->subject = state->aside = NULL;
}

void state_set_subject(struct state *state, struct subject *subject)
{
    subject_drop(state->subject);
    state->subject = subject;
}

/* FNV-1a, 64 bit (draft-eastlake-fnv). */
uint64_t state_place(const char *name)
{
    uint64_t hash = name ? 14695981039346656037U : 0;
    for (; name && *name; name++)
        hash = (hash ^ (unsigned char)*name) * 1099511628211U;
    return hash;
}

void state_claim(struct call *call, const char *setting)
{
    uint64_t place = state_place(call->run->place);
    for (size_t i = 0; i < n_state_args && i < STATE_MOST; i++)
        if (!setting || strcmp(state_args[i].name, setting) == 0)
            call->session->state.from[i] = place;
}

/* ---- traces */

static void forget(struct kept_trace *kept)
{
    if (kept->subject)
        trace_free(&kept->trace);
    subject_drop(kept->subject);
    *kept = (struct kept_trace){0};
}

static bool same_query(const struct hand_query *a, const struct hand_query *b)
{
    if (a->position != b->position || a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->numbers[i] != b->numbers[i])
            return false;
    return true;
}

static bool same_run(const struct kept_trace *a, const struct kept_trace *b)
{
    return a->subject == b->subject && a->which == b->which && a->causal == b->causal &&
           a->no_position == b->no_position && a->no_scale == b->no_scale &&
           a->no_attention == b->no_attention && a->temperature == b->temperature &&
           same_query(&a->query, &b->query) &&
           memcmp(a->muted, b->muted, sizeof a->muted) == 0;
}

/* The kept trace that equals `wanted`; else the one to give up, which is free or was
 * used longest ago. */
static struct kept_trace *find_kept(struct session *session,
                                    const struct kept_trace *wanted)
{
    struct kept_trace *oldest = &session->traces[0];
    for (size_t i = 0; i < TRACES_KEPT; i++) {
        struct kept_trace *kept = &session->traces[i];
        if (kept->subject && same_run(kept, wanted))
            return kept;
        if (kept->used < oldest->used)
            oldest = kept;
    }
    return oldest;
}

/* A trace that nobody asked for lately gives its memory back: one of 512 words is 50
 * MB, with 144 heads 210 MB; four short ones are little. So a long one is kept only as
 * long as it is the last that was asked for: what compares two runs still reads it. */
static void forget_large(struct session *session)
{
    for (size_t i = 0; i < TRACES_KEPT; i++)
        if (session->traces[i].subject && session->traces[i].trace.T > 128 &&
            session->traces[i].used < session->clock)
            forget(&session->traces[i]);
}

struct model_options session_options(const struct settings *settings,
                                     const atomic_bool *stop)
{
    return (struct model_options){.causal = settings->mask == MASK_CAUSAL,
                                  .no_position = !settings->position,
                                  .no_scale = !settings->scale,
                                  .no_attention = !settings->attention,
                                  .temperature = (float)settings->temperature,
                                  .muted = settings->muted,
                                  .query = &settings->query,
                                  .stop = stop};
}

/* What a trace is kept by. */
static struct kept_trace kept_for(struct subject *subject,
                                  const struct settings *settings)
{
    const struct model_info *info = model_info(subject->model->model);
    struct kept_trace kept = {.subject = subject,
                              .which = settings->which,
                              .causal = info->causal || settings->mask == MASK_CAUSAL,
                              .no_position = !settings->position,
                              .no_scale = !settings->scale,
                              .no_attention = !settings->attention,
                              .temperature = (float)settings->temperature,
                              .query = settings->query};
    memcpy(kept.muted, settings->muted, sizeof kept.muted);
    return kept;
}

const struct trace *session_trace(struct session *session,
                                  const struct settings *settings,
                                  const atomic_bool *stop, struct err *err)
{
    struct subject *subject = session->state.subject;
    const struct model *model = subject->model->model;
    struct kept_trace wanted = kept_for(subject, settings);
    struct kept_trace *kept = find_kept(session, &wanted);
    if (!kept->subject || !same_run(kept, &wanted)) {
        struct model_options options = session_options(settings, stop);
        forget(kept);
        forget_large(session);
        struct model_input input = {.text = subject->sentence,
                                    .length = subject->length,
                                    .attention = settings->which};
        if (subject->second) {
            input.second = subject->second->tokens;
            input.n_second = subject->second->n_tokens;
        }
        if (!model_run(model, &input, &options, &wanted.trace, err))
            return NULL;
        *kept = wanted;
        subject_keep(subject);
    }
    kept->used = ++session->clock;
    return &kept->trace;
}

void session_forget_traces(struct session *session)
{
    for (size_t i = 0; i < TRACES_KEPT; i++)
        forget(&session->traces[i]);
}

struct session *session_new(void)
{
    struct session *session = mem_new(1, sizeof *session);
    session->state.settings = settings_default();
    session->commons = commons_new(&session->state);
    return session;
}

struct session *session_join(const struct session *other)
{
    struct session *session = mem_new(1, sizeof *session);
    session->commons = commons_keep(other->commons);
    session->seen = ULONG_MAX; /* none: the first line takes it */
    session->state.settings = settings_default();
    return session;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    session_forget_traces(session);
    state_drop(&session->state);
    commons_drop(session->commons);
    practice_free(session->practice);
    free(session);
}
