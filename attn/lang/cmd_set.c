/* cmd_set.c - set: shows and changes the state. */
#include <string.h>

#include "attn/lang/change.h"
#include "attn/lang/command.h"
#include "attn/lang/commands.h"
#include "attn/lang/lex.h"
#include "attn/lang/muted.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"
#include "attn/lang/words.h"

static struct state *state_of(struct call *call)
{
    return &call->session->state;
}

/* Layer and head were checked against the model in use before. */
static bool still_fits(struct call *call, struct err *err)
{
    const struct model_info *info = call_info(call);
    if (info->causal && call->settings.mask == MASK_NONE)
        call->settings.mask = MASK_AUTO; /* it has no other */
    if (call->settings.layer.to < (int)info->L && call->settings.head < (int)info->H)
        return true;
    err_set(err, ERR_OUT_OF_RANGE, "%s has %zu layer%s of %zu head%s.", info->name,
            info->L, info->L == 1 ? "" : "s", info->H, info->H == 1 ? "" : "s");
    return err_try(err, "Try:", "set layer auto head auto");
}

/* The second sentence, by hand. */
static bool set_target(struct call *call, const struct value *value, struct err *err)
{
    const struct subject *now = state_of(call)->subject;
    struct pair_of_texts pair = {now->sentence, value->text, now->length,
                                 value->length};
    return change_pair(call, &pair, err);
}

static bool set_pair(struct call *call, const struct pair *pair, struct err *err)
{
    const struct value *value = &pair->value;
    bool done = true;
    if (strcmp(pair->of->name, "sentence") == 0)
        done = change_sentence(call, value->text, value->length, err);
    else if (strcmp(pair->of->name, "model") == 0)
        done = change_model(call, value->text, err) && still_fits(call, err);
    else if (strcmp(pair->of->name, "target") == 0)
        done = set_target(call, value, err) && still_fits(call, err);
    if (!done)
        err_span(err, value->start, value->end);
    return done || err_try(err, "Try:", "set %s", pair->of->name);
}

static bool reset(struct call *call, struct err *err)
{
    struct subject *subject = subject_default(err);
    if (!subject)
        return false;
    state_drop(state_of(call));
    state_of(call)->subject = subject;
    call->settings = settings_default();
    return true;
}

/* ---- what it answers */

static bool was_set(const struct value *pairs, const struct arg *arg)
{
    for (size_t i = 0; i < pairs->n; i++)
        if (pairs->pairs[i].of == arg && pairs->pairs[i].value.given)
            return true;
    return false;
}

static const struct table *state_table(struct call *call, const struct value *pairs)
{
    struct sheet sheet = sheet_begin(call->arena, 3);
    sheet_header(&sheet, "setting");
    sheet_header(&sheet, "now");
    sheet_header(&sheet, "what it is");
    for (size_t i = 0; i < n_state_args; i++) {
        const struct arg *arg = &state_args[i];
        sheet_header(&sheet, arg->name);
        sheet_add(&sheet,
                  (struct cell){.text = state_value(state_of(call), arg, call->arena),
                                .strong = was_set(pairs, arg)});
        sheet_text(&sheet, arg->about);
    }
    const char *muted = muted_list(&state_of(call)->settings,
                                   model_info(call_model(call))->H, call->arena);
    sheet_header(&sheet, "muted");
    sheet_text(&sheet, *muted ? muted : "none");
    sheet_text(&sheet, "heads that are changed:  mute");
    return sheet_end(&sheet, NULL);
}

static void json_place(struct json_out *out, const char *key, const char *value)
{
    json_key(out, key);
    if (value[strspn(value, "0123456789")] == '\0')
        json_raw(out, value, strlen(value));
    else
        json_text(out, value);
}

static void json_query(struct call *call, struct json_out *out)
{
    const struct hand_query *query = &state_of(call)->settings.query;
    json_key(out, "query");
    if (query->position < 0) {
        json_null(out);
        return;
    }
    json_object(out);
    json_key_text(out, "word",
                  word_typed(state_of(call)->subject, query->position, call->arena));
    json_key_int(out, "position", query->position);
    json_key(out, "numbers");
    json_array(out);
    for (size_t i = 0; i < query->n; i++)
        json_float(out, (double)query->numbers[i]);
    json_end(out);
    json_end(out);
}

static void write_json(struct call *call, struct buf *json)
{
    const struct state *state = state_of(call);
    const struct model_info *info = model_info(call_model(call));
    struct json_out out = call_json_plain(call, json, "set");
    json_key(&out, "state");
    json_object(&out);
    for (size_t i = 0; i < n_state_args; i++) {
        const struct arg *arg = &state_args[i];
        const char *value = state_value(state, arg, call->arena);
        if (strcmp(arg->name, "sentence") == 0)
            json_key_text(&out, arg->name, state->subject->sentence);
        else if (strcmp(arg->name, "target") == 0)
            json_key_text(&out, arg->name,
                          state->subject->second ? state->subject->second->sentence
                                                 : NULL);
        else if (arg->kind == ARG_QUERY)
            json_query(call, &out);
        else if (arg->kind == ARG_SWITCH)
            json_key_bool(&out, arg->name, strcmp(value, "on") == 0);
        else if (arg->kind == ARG_NUMBER)
            json_key_float(&out, arg->name, state->settings.temperature);
        else
            json_place(&out, arg->name, value);
    }
    muted_json(&out, &state->settings, info->H);
    json_key_int(&out, "layers", (int64_t)info->L);
    json_key_int(&out, "heads", (int64_t)info->H);
    json_end(&out);
    json_end(&out);
}

/* "layer 2 head 0": what was asked for or changed, as one types it; NULL for all. */
static const char *said(struct call *call, const struct value *pairs)
{
    const char *text = NULL;
    for (size_t i = 0; i < pairs->n; i++) {
        const struct arg *arg = pairs->pairs[i].of;
        const char *value = state_value(state_of(call), arg, call->arena);
        text = arena_print(call->arena, "%s%s%s %s", text ? text : "", text ? " " : "",
                           arg->name, value);
    }
    return text;
}

/* ---- what a mask hides */

/* How much of what the typed words give to words lies ahead of them, 0 … 1; 0 where
 * they mostly rest. */
static float share_ahead(const struct trace *trace, size_t head)
{
    float ahead = 0, words = 0, all = 0;
    for (size_t i = 0; i < trace->T; i++) {
        const float *row = trace_row(trace, head / trace->H, head % trace->H, i);
        if (trace->rows[i].flags & TOKEN_SPECIAL)
            continue;
        all += 1;
        for (size_t j = 0; j < trace->S; j++) {
            words += trace->cols[j].flags & TOKEN_SPECIAL ? 0 : row[j];
            ahead += j > i ? row[j] : 0;
        }
    }
    return words > .05f * all ? ahead / words : 0;
}

/* Which heads a causal mask takes most from in this sentence, as a note. */
static bool note_hidden(struct call *call, struct err *err)
{
    struct settings open = state_of(call)->settings;
    open.mask = MASK_NONE;
    const struct trace *trace = session_trace(call->session, &open, call->stop, err);
    const char *list = "";
    if (!trace)
        return false;
    for (size_t head = 0; head < trace->L * trace->H; head++)
        if (trace->heads && trace->heads[head].name && share_ahead(trace, head) > .5f)
            list = arena_print(call->arena, "%s%s%s", list, *list ? ", " : "",
                               trace->heads[head].name);
    call_note(call, "No word sees what comes later now.%s%s%s See it:  heatmap",
              *list ? " In this sentence that takes most from: " : "", list,
              *list ? "." : "");
    return true;
}

static bool masks_now(struct call *call, const struct value *pairs)
{
    const struct arg *mask = arg_find(state_args, n_state_args, "mask", 4);
    return was_set(pairs, mask) && state_of(call)->settings.mask == MASK_CAUSAL &&
           !call_info(call)->causal;
}

static bool answer(struct call *call, const struct value *pairs, struct err *err)
{
    struct buf json;
    struct pile pile = pile_begin(call->arena);
    struct view view = {.kind = "set"};
    pile_table(&pile, state_table(call, pairs));
    size_t last = model_info(call_model(call))->L - 1;
    pile_add(
        &pile, BLOCK_NOTE,
        arena_print(call->arena,
                    "Change one:  set layer %zu    All as at the start:  set reset",
                    last < 2 ? last : 2));
    pile_end(&pile, &view);
    write_json(call, &json);
    bool done = call_result(call, said(call, pairs), &view, &json, err);
    buf_free(&json);
    return done;
}

static bool set_run(struct call *call, struct err *err)
{
    const struct value *pairs = call_value(call, "settings");
    if (call_value(call, "reset")->given) {
        if (!reset(call, err))
            return false;
        state_claim(call, NULL);
    }
    for (size_t i = 0; i < pairs->n; i++) {
        if (!pairs->pairs[i].value.given)
            continue;
        if (!set_pair(call, &pairs->pairs[i], err))
            return false;
        state_claim(call, pairs->pairs[i].of->name);
    }
    state_of(call)->settings = call->settings;
    /* How many numbers a query needs, the run knows. */
    if (call->settings.query.position >= 0 && !call_trace(call, err))
        return false;
    if (masks_now(call, pairs) && !note_hidden(call, err))
        return false;
    return answer(call, pairs, err);
}

const struct command set_command = {
    .name = "set",
    .does = "Shows the state, or changes it for all that follows.",
    .task = "Choose and set",
    .lesson = "05",
    .args = {{"reset", ARG_WORDY, .about = "all as at the start", .choices = {"reset"}},
             {"settings", ARG_SETTINGS, .about = "names and values"}},
    .examples = {"set", "set layer 2", "set mask causal temperature 0.5", "set reset"},
    .run = set_run,
};
