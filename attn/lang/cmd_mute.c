/* mute: changes heads for what follows, and says what becomes of the sentence. */
#include <string.h>

#include "attn/lang/changes.h"
#include "attn/lang/muted.h"
#include "attn/lang/origin.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"

static bool mute_run(struct call *call, struct err *err);

/* Heads of one stack; those of an encoder, a decoder and between them have the same
 * numbers. */
static bool has_one_stack(const struct model *model, struct err *err)
{
    if (!model_info(model)->pairs)
        return origin_runs(model, err);
    err_set(err, ERR_UNSUITED,
            "mute switches heads off in models of one sentence; the model %s has an "
            "encoder and a decoder.",
            model_info(model)->name);
    return err_try(err, "Try:", "model lesson");
}

const struct command mute_command = {
    .name = "mute",
    .does = "Switches heads off for what follows, and says what that changes.",
    .task = "Ask why",
    .lesson = "05",
    .suits = has_one_stack,
    .args = {{"heads", ARG_SOME_HEADS, .about = "the heads: L1-H5 L2-H0"},
             {"all", ARG_WORDY, .about = "none: every head works again",
              .choices = {"none"}},
             {"as", ARG_CHOICE, .otherwise = "zero",
              .about = "zero: it brings nothing; uniform: it looks evenly; shuffled: "
                       "its weights in another order",
              .choices = {"zero", "uniform", "shuffled"}}},
    .examples = {"mute L1-H5", "mute none", "mute", "mute L1-H5 as uniform",
                 "mute L2-H0 L2-H1 as shuffled"},
    .run = mute_run,
};

/* What a muted sentence looks like, beside the same with every head at work. */
struct effect {
    struct call *call;
    const struct trace *trace; /* as it is now */
    struct trace whole;        /* owned */
    struct changed changed;
};

/* ---- the state */

static enum mute how_named(const char *name)
{
    for (int how = MUTE_ZERO; how <= MUTE_SHUFFLED; how++)
        if (strcmp(muted_word((enum mute)how), name) == 0)
            return (enum mute)how;
    return MUTE_ZERO;
}

static bool change_state(struct call *call, struct err *err)
{
    const struct value *heads = call_value(call, "heads"), *as = call_value(call, "as");
    const struct model_info *info = model_info(call_model(call));
    struct settings *settings = &call->session->state.settings;
    if (heads->given && call_value(call, "all")->given) {
        err_set(err, ERR_BAD_VALUE, "\"none\" takes back every mute.");
        return err_try(err, "Try:", "mute none");
    }
    if (as->given && !heads->given) {
        err_set(err, ERR_MISSING, "\"as\" says how; say which heads too,");
        return err_try(err, "e.g.", "mute L1-H5 as %s", as->text);
    }
    if (call_value(call, "all")->given)
        muted_clear(settings);
    for (size_t i = 0; i < heads->n; i++) {
        size_t at = heads->heads[i].layer * info->H + heads->heads[i].head;
        if (at >= SETTINGS_HEADS)
            return err_set(err, ERR_UNSUITED, "Only the first %d heads can be muted.",
                           SETTINGS_HEADS);
        settings->muted[at] = as->given ? how_named(as->text) : MUTE_ZERO;
    }
    memcpy(call->settings.muted, settings->muted, sizeof settings->muted);
    return true;
}

static bool find_effect(struct call *call, struct effect *effect, struct err *err)
{
    struct settings whole = call->settings;
    const char *sentence = call_sentence(call);
    struct model_input input = {.text = sentence, .length = strlen(sentence)};
    muted_clear(&whole);
    struct model_options options = session_options(&whole, call->stop);
    *effect = (struct effect){.call = call, .trace = call_trace(call, err)};
    if (!effect->trace ||
        !model_run(call_model(call), &input, &options, &effect->whole, err))
        return false;
    effect->changed =
        changed_find(&effect->whole, effect->trace, call->settings.muted, call->arena);
    return true;
}

/* ---- in words */

static const char *head_text(const struct effect *effect, size_t head)
{
    return changes_head(effect->trace, head, effect->call->arena);
}

/* "L1-H5 pronoun→predicate and L2-H0 verb→subject (uniform)" */
static const char *who_is_muted(const struct effect *effect)
{
    const struct settings *settings = &effect->call->settings;
    struct arena *arena = effect->call->arena;
    const char *list = "";
    size_t n = muted_count(settings), done = 0;
    for (size_t i = 0; i < effect->trace->L * effect->trace->H; i++) {
        enum mute how = (enum mute)settings->muted[i];
        if (how == MUTE_NOT)
            continue;
        list = arena_print(arena, "%s%s%s%s%s%s", list,
                           done == 0       ? ""
                           : done + 1 == n ? " and "
                                           : ", ",
                           head_text(effect, i), how == MUTE_ZERO ? "" : " (",
                           how == MUTE_ZERO ? "" : muted_word(how),
                           how == MUTE_ZERO ? "" : ")");
        done++;
    }
    return list;
}

static struct changes changes_of(const struct effect *effect)
{
    return (struct changes){.changed = &effect->changed,
                            .before = &effect->whole,
                            .after = effect->trace,
                            .then = "with every head",
                            .now = "now",
                            .heads = "Heads downstream, most changed first"};
}

static const char *say(const struct effect *effect)
{
    struct arena *arena = effect->call->arena;
    const struct changed *changed = &effect->changed;
    if (muted_count(&effect->call->settings) == 0)
        return "No head is muted: every head works.";
    const char *muted = arena_print(arena, "Muted: %s.", who_is_muted(effect));
    if (changed->n_heads == 0)
        return arena_print(arena, "%s Nothing downstream changed in this sentence.",
                           muted);
    if (changed->n_flips == 0) {
        const struct changed_head *most = changed->heads;
        return arena_print(
            arena,
            "%s No word changes where it looks most; what moved most is the row of "
            "\"%s\" in %s (%.2f of it).",
            muted, effect->trace->rows[most->row].text, head_text(effect, most->head),
            (double)most->change);
    }
    struct changes changes = changes_of(effect);
    const struct changed_flip *flip = changes_first(&changes);
    return arena_print(
        arena,
        "%s In %s, \"%s\" now looks mostly at %s (%.2f); with every "
        "head at work it is %s (%.2f).",
        muted, head_text(effect, flip->head), effect->trace->rows[flip->row].text,
        changes_word(&effect->trace->cols[flip->after], arena), (double)flip->is,
        changes_word(&effect->trace->cols[flip->before], arena), (double)flip->was);
}

static void write_blocks(const struct effect *effect, struct view *view)
{
    const struct changed *changed = &effect->changed;
    struct pile pile = pile_begin(effect->call->arena);
    struct changes changes = changes_of(effect);
    changes_tables(&changes, &pile);
    if (changed->n_heads)
        pile_add(&pile, BLOCK_NOTE,
                 "moved: the share of a row's weight that lies elsewhere than with "
                 "every head at work, 0 to 1.");
    if (muted_count(&effect->call->settings))
        pile_add(&pile, BLOCK_NOTE,
                 "It stays so for what follows. Every head again:  mute none");
    else
        pile_add(&pile, BLOCK_NOTE, "Switch one off:  mute L1-H5");
    pile_end(&pile, view);
}

static void write_json(const struct effect *effect, struct buf *json)
{
    const struct trace *trace = effect->trace;
    struct json_out out = call_json_plain(effect->call, json, "mute");
    json_key_text(&out, "sentence", trace->sentence);
    muted_json(&out, &effect->call->settings, trace->H);
    struct changes changes = changes_of(effect);
    changes_json(&changes, &out);
    json_end(&out);
}

static bool mute_run(struct call *call, struct err *err)
{
    struct effect effect = {0};
    struct buf json = {0};
    struct view view = {.kind = "mute"};
    bool done = change_state(call, err) && find_effect(call, &effect, err);
    if (done) {
        view.finding = say(&effect);
        view.footer = call_footer(call, PICK_ALL, PICK_ALL);
        write_blocks(&effect, &view);
        if (call_wants_json(call))
            write_json(&effect, &json);
        done = call_result(call, NULL, &view, json.at ? &json : NULL, err);
    }
    buf_free(&json);
    trace_free(&effect.whole);
    return done;
}
