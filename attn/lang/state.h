/* state.h - what a session is made of. Internal to attn/lang.
 *
 * The state of a learner is small and copied before every line, so that a line that
 * fails leaves it as it was. What is large in it (the sentence with its tokens, the
 * model) never changes once made and is shared by count, also with assists in other
 * threads. Depends on lang/command.
 */
#ifndef ATTN_LANG_STATE_H
#define ATTN_LANG_STATE_H

#include <stdatomic.h>
#include <stdint.h>

#include "attn/lang/command.h"

/* An open model, shared. */
struct shared_model {
    struct model *model;
    char *name; /* as it was asked for */
    atomic_int users;
};

/* A sentence as a model cuts it, shared. */
struct subject {
    struct shared_model *model;
    char *sentence; /* NUL-terminated, no NUL in it */
    size_t length;
    struct arena memory; /* of the tokens */
    const struct token *tokens;
    size_t n_tokens;        /* special ones included */
    size_t n_words;         /* typed ones: positions 0 … n_words - 1 */
    struct subject *second; /* of a model that reads pairs the second sentence, which
                               has no second itself; else NULL */
    bool by_hand;           /* `second` was typed; else the model made it */
    atomic_int users;
};

enum { STATE_MOST = 32 }; /* entries of state_args at most */

struct state {
    struct subject *subject; /* never NULL in a session that runs lines */
    struct subject *aside; /* the learner's sentence while the model reads only its own;
                              else NULL */
    struct settings settings;
    uint64_t from[STATE_MOST]; /* parallel to state_args: the place (state_place) that
                                  set it; 0: none, or one without a name */
};

enum { TRACES_KEPT = 4 };

/* A trace and what it was made of. */
struct kept_trace {
    struct subject *subject; /* NULL: free */
    enum attention which;
    bool causal, no_position, no_scale, no_attention;
    float temperature;
    struct hand_query query;
    unsigned char muted[SETTINGS_HEADS];
    unsigned long used; /* when last asked for */
    struct trace trace;
};

struct commons;
struct practice;

enum { FILES_SAVED = 64 };

/* A file that this session saved: hashes of its path and of what was written. */
struct saved {
    uint64_t path, bytes;
};

struct session {
    struct state state;
    struct commons *commons;         /* the state that joined sessions share */
    unsigned long seen;              /* its version that `state` holds */
    struct practice *practice;       /* NULL before the first exercise */
    struct saved saved[FILES_SAVED]; /* of the last ones */
    size_t n_saved;                  /* ever */
    struct kept_trace traces[TRACES_KEPT];
    unsigned long clock; /* counts call_trace()s, to find the trace used longest ago */
};

/* The settings of a new session. */
struct settings settings_default(void);

/* Opens a model by name. NULL with *err set as by model_open(). */
struct shared_model *shared_model_open(const char *name, struct err *err);
struct shared_model *shared_model_keep(struct shared_model *model);
void shared_model_drop(struct shared_model *model);

/* `text` (valid UTF-8; NUL becomes U+FFFD) cut by `model`, which is kept. NULL with
 * *err set as by model_tokenize(). */
struct subject *subject_new(struct shared_model *model, const char *text, size_t length,
                            struct err *err);

/* The same with a second sentence, of a model that reads pairs. Where `to` is NULL the
 * model makes it. NULL with *err set, also as by model_second(). */
struct subject *subject_pair(struct shared_model *model, const char *text,
                             size_t length, const char *to, size_t to_length,
                             struct err *err);

struct subject *subject_keep(struct subject *subject);
void subject_drop(struct subject *subject);

/* The default sentence in the default model. */
struct subject *subject_default(struct err *err);

/* The sentence whose words look, and the one whose words are looked at. */
const struct subject *subject_rows(const struct subject *subject, enum attention which);
const struct subject *subject_cols(const struct subject *subject, enum attention which);

/* What a line needs at its end to show that attention: " encoder", " decoder", or "".
 */
const char *attention_flag(enum attention which);

/* What a model's views show where no flag says which attention. */
enum attention attention_default(const struct model_info *info);

/* A copy that stays as it is while the session goes on, and its end. */
struct state state_copy(const struct state *state);
void state_drop(struct state *state);

/* Makes `subject` (taken over) what the session speaks about. */
void state_set_subject(struct state *state, struct subject *subject);

/* The trace of `state` under `settings`; see call_trace(). */
MUST_USE const struct trace *session_trace(struct session *session,
                                           const struct settings *settings,
                                           const atomic_bool *stop, struct err *err);

/* A number for a place; 0 for NULL. */
uint64_t state_place(const char *name);
/* Notes that this line sets `setting` (a name of state_args; NULL: all of them). */
void state_claim(struct call *call, const char *setting);

/* Gives back the memory of all traces; the next ones are made anew. */
void session_forget_traces(struct session *session);

/* What the settings ask of a run. Borrows the mutes and the query. */
struct model_options session_options(const struct settings *settings,
                                     const atomic_bool *stop);

/* How a setting reads in `set`, as one would type it: "layer 2" gives "2"; in `arena`.
 */
const char *state_value(const struct state *state, const struct arg *arg,
                        struct arena *arena);

/* Puts what was given for a setting or view option into `settings`. Fails with
 * ERR_OUT_OF_RANGE, or ERR_UNSUITED for what this version or this model cannot do. */
MUST_USE bool settings_apply(struct settings *settings, const struct model_info *model,
                             const struct arg *arg, const struct value *value,
                             struct err *err);

#endif
