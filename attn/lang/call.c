/* call.c - what a command's body may ask for and hand out. */
#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "attn/lang/commands.h"
#include "attn/lang/explorer.h"
#include "attn/lang/lex.h"
#include "attn/lang/recordfile.h"
#include "attn/lang/state.h"

enum {
    MOST_JSON = 4 << 20,
    MOST_NOTES = 16,
};

const struct value *call_value(const struct call *call, const char *name)
{
    const struct command *command = call->command;
    for (size_t i = 0; i < COMMAND_MAX_ARGS && command->args[i].name; i++)
        if (strcmp(command->args[i].name, name) == 0)
            return &call->values[i];
    for (size_t i = 0; i < n_view_args; i++)
        if (strcmp(view_args[i].name, name) == 0)
            return &call->options[i];
    assert(!"an arg of this command or a view option");
    return NULL;
}

const struct model *call_model(const struct call *call)
{
    return call->session->state.subject->model->model;
}

const char *call_sentence(const struct call *call)
{
    return call->session->state.subject->sentence;
}

const struct model_info *call_info(const struct call *call)
{
    return model_part(call_model(call), call->settings.which);
}

void call_fit(struct call *call)
{
    struct settings *settings = &call->session->state.settings;
    const struct model_info *info = model_info(call_model(call));
    bool layer = settings->layer.to >= (int)info->L,
         head = settings->head >= (int)info->H;
    if (layer)
        settings->layer = (struct range){PICK_AUTO, PICK_AUTO};
    if (head)
        settings->head = PICK_AUTO;
    if (settings->mask == MASK_NONE && info->causal) {
        settings->mask = MASK_AUTO;
        call_note(call, "The mask is back on auto: this model never sees what comes "
                        "later.");
    }
    if (layer || head)
        call_note(call, "%s is back on auto: this model has fewer.",
                  layer ? "The layer" : "The head");
    call->settings = *settings;
    call->settings.which = attention_default(info);
}

const char *call_attention(const struct call *call)
{
    static const char *const names[] = {"self", "encoder", "decoder", "cross"};
    return names[call->settings.which];
}

const char *call_side(const struct call *call)
{
    return attention_flag(call->settings.which);
}

const struct subject *call_rows(const struct call *call)
{
    return subject_rows(call->session->state.subject, call->settings.which);
}

const struct subject *call_cols(const struct call *call)
{
    return subject_cols(call->session->state.subject, call->settings.which);
}

const struct trace *call_trace(struct call *call, struct err *err)
{
    return session_trace(call->session, &call->settings, call->stop, err);
}

static void keep_note(struct call *call, const char *text, bool of_first)
{
    if (call->n_notes == MOST_NOTES)
        return;
    struct block *notes = arena_new(call->arena, call->n_notes + 1, sizeof *notes);
    if (call->n_notes)
        memcpy(notes, call->notes, call->n_notes * sizeof *notes);
    notes[call->n_notes++] =
        (struct block){.kind = BLOCK_NOTE, .text = text, .of_first = of_first};
    call->notes = notes;
}

void call_note(struct call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    keep_note(call, arena_vprint(call->arena, format, args), false);
    va_end(args);
}

void call_note_first(struct call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    keep_note(call, arena_vprint(call->arena, format, args), true);
    va_end(args);
}

/* ---- JSON */

static const char *measure_name(const struct call *call)
{
    static const char *const names[] = {"weight", "norm", "rollout", "maxflow"};
    return names[call->settings.measure];
}

static bool mask_is_causal(const struct call *call)
{
    bool own = call->settings.which == ATTENTION_SELF ||
               call->settings.which == ATTENTION_ENCODER; /* what `mask` speaks of */
    return (own && call->settings.mask == MASK_CAUSAL) || call_info(call)->causal;
}

struct json_out call_json_plain(struct call *call, struct buf *buf, const char *kind)
{
    buf_init(buf, call->run->most_json ? call->run->most_json : MOST_JSON);
    struct json_out out = json_out_to(buf);
    json_object(&out);
    json_key_int(&out, "schema", 1);
    json_key_text(&out, "kind", kind);
    json_key_text(&out, "model", model_info(call_model(call))->name);
    if (model_info(call_model(call))->recorded)
        json_key_text(&out, "recorded", model_info(call_model(call))->recorded);
    return out;
}

static void json_pick(struct json_out *out, const char *key, int pick)
{
    static const char *const names[] = {"auto", "mean", "max", "all"};
    json_key(out, key);
    if (pick >= 0)
        json_int(out, pick);
    else
        json_text(out, names[-pick - 1]);
}

/* Layer and head; a range as it was typed, and null for a list of heads, which the body
 * writes out. */
static void json_place(const struct call *call, struct json_out *out, int layer,
                       int head)
{
    const struct range *range = &call->settings.layer;
    if (call->command->view && call_value(call, "heads")->given) {
        json_key_text(out, "layer", NULL);
        json_key_text(out, "head", NULL);
        return;
    }
    if (layer == PICK_ALL && range->from >= 0 && range->from < range->to)
        json_key_text(
            out, "layer",
            arena_print(call->arena, "%d..%d", (int)range->from, (int)range->to));
    else
        json_pick(out, "layer", layer);
    json_pick(out, "head", head);
}

struct json_out call_json(struct call *call, struct buf *buf, const char *kind,
                          int layer, int head)
{
    struct json_out out = call_json_plain(call, buf, kind);
    json_key_text(&out, "sentence", call_sentence(call));
    if (call->session->state.subject->second)
        json_key_text(&out, "target", call->session->state.subject->second->sentence);
    json_key_text(&out, "attention", call_attention(call));
    json_place(call, &out, layer, head);
    json_key_text(&out, "mask", mask_is_causal(call) ? "causal" : "none");
    json_key_text(&out, "measure", measure_name(call));
    return out;
}

void call_json_tokens(struct json_out *out, const struct token *tokens, size_t n)
{
    json_array(out);
    for (size_t i = 0; i < n; i++) {
        json_object(out);
        json_key_text(out, "text", tokens[i].text);
        json_key(out, "id");
        if (tokens[i].id < 0) /* a recording that does not say */
            json_null(out);
        else
            json_int(out, tokens[i].id);
        json_key(out, "position");
        if (tokens[i].position < 0)
            json_null(out);
        else
            json_int(out, tokens[i].position);
        json_key_bool(out, "special", (tokens[i].flags & TOKEN_SPECIAL) != 0);
        json_key_int(out, "start", (int64_t)tokens[i].start);
        json_key_int(out, "end", (int64_t)tokens[i].end);
        json_end(out);
    }
    json_end(out);
}

static bool asked_for_json(const struct call *call)
{
    return call->run->want_json || call->form == FORM_JSON;
}

bool call_wants_json(const struct call *call)
{
    return asked_for_json(call) || call->keeps;
}

/* ---- handing out */

static bool put(struct call *call, struct output *output, struct err *err)
{
    output->command = call->command->name;
    if (call->run->record && output->view && call->run->record->length == 0 &&
        !recordfile_write(call, call->run->record, err))
        return false;
    return call->run->sink.put(call->run->sink.context, output, err);
}

/* The view's blocks with the notes after them. */
static void add_notes(struct call *call, struct view *view)
{
    if (call->n_notes == 0)
        return;
    size_t n = view->n_blocks + call->n_notes;
    struct block *blocks = arena_new(call->arena, n, sizeof *blocks);
    if (view->n_blocks)
        memcpy(blocks, view->blocks, view->n_blocks * sizeof *blocks);
    memcpy(blocks + view->n_blocks, call->notes, call->n_notes * sizeof *blocks);
    view->blocks = blocks;
    view->n_blocks = n;
}

/* Where a body wrote no JSON of its own: {"kind":NAME,"text":"…"}; a command of two
 * names says the same under both. */
static void write_plain_json(struct call *call, struct buf *json,
                             const struct view *view, const char *text)
{
    struct json_out out =
        call_json_plain(call, json, view ? view->kind : call->command->name);
    json_key_text(&out, "text", text);
    json_end(&out);
}

static const char *text_of(struct call *call, const struct view *view)
{
    struct buf text;
    buf_init(&text, MOST_JSON);
    view_text(view, &text);
    size_t length = text.length;
    while (length > 0 && text.at[length - 1] == '\n')
        length--;
    const char *copy = arena_copy(call->arena, length ? text.at : "", length);
    buf_free(&text);
    return copy;
}

static bool too_large(const struct call *call, struct err *err)
{
    err_set(err, ERR_TOO_LARGE,
            "The JSON of this answer is over 4 MB. Ask for less of it, or for its "
            "picture, of which save \"answer.json\" then writes the numbers.");
    return err_try(err, "Try:", "%s layer 0 head 0 as json",
                   call->command->view && !call->command->args[0].required
                       ? call->command->name
                       : "look");
}

/* The JSON to hand out: `given`, or the plain one written to `own`; NULL when it is not
 * wanted. False with *err set when it is too large. */
static bool choose_json(struct call *call, const struct buf *given, struct buf *own,
                        const char *text, const struct view *view, const char **json,
                        struct err *err)
{
    *json = NULL;
    if (!asked_for_json(call))
        return true;
    if (!given) {
        write_plain_json(call, own, view, text ? text : text_of(call, view));
        given = own;
    }
    *json = given->at;
    return given->full ? too_large(call, err) : true;
}

static bool has_table(const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind == BLOCK_TABLE)
            return true;
        for (size_t j = 0; j < blocks[i].n_inside; j++)
            if (blocks[i].inside[j].kind == BLOCK_TABLE)
                return true;
    }
    return false;
}

/* `as table`: the picture goes, folded tables open. */
static bool only_tables(struct call *call, struct view *view, struct err *err)
{
    size_t n = 0;
    if (!has_table(view->blocks, view->n_blocks)) {
        err_set(err, ERR_UNSUITED, "%s has no table here.", call->command->name);
        return err_try(err, "Try:", "%s", call->command->examples[0]);
    }
    for (size_t i = 0; i < view->n_blocks; i++)
        n += 1 + view->blocks[i].n_inside;
    struct block *blocks = arena_new(call->arena, n, sizeof *blocks);
    n = 0;
    for (size_t i = 0; i < view->n_blocks; i++) {
        const struct block *block = &view->blocks[i];
        if (block->kind != BLOCK_FOLD)
            blocks[n++] = *block;
        for (size_t j = 0; block->kind == BLOCK_FOLD && j < block->n_inside; j++)
            blocks[n++] = block->inside[j];
    }
    view->scene = NULL;
    view->twin = NULL;
    view->blocks = blocks;
    view->n_blocks = n;
    return true;
}

static bool only_picture(struct call *call, struct view *view, struct err *err)
{
    if (!view->scene) {
        err_set(err, ERR_UNSUITED, "%s has no picture.", call->command->name);
        return err_try(err, "Try:", "%s", call->command->examples[0]);
    }
    view->n_blocks = 0;
    return true;
}

/* Changes the view to the form that the line asked for. */
static bool shape(struct call *call, struct view *view, struct err *err)
{
    view->big = view->big || call->settings.big;
    view->animate = view->animate || call->settings.animate;
    if (call->form == FORM_TABLE && !only_tables(call, view, err))
        return false;
    if (call->form == FORM_PICTURE && !only_picture(call, view, err))
        return false;
    add_notes(call, view);
    return true;
}

void call_shown(struct call *call, struct explorer *explorer)
{
    if (call->shown) /* one view a line: the first */
        explorer_drop(explorer);
    else
        call->shown = explorer ? explorer : explorer_of_line(call);
}

/* Views whose place is known can be drawn again: by their line, of which a caller may
 * have many; an answer that is kept is kept once. */
static bool put_view(struct call *call, struct output *output, const struct buf *json,
                     struct err *err)
{
    if (output->kind == OUTPUT_VIEW && call->run->place)
        output->explorer = explorer_of_line(call);
    bool done = put(call, output, err);
    explorer_drop(output->explorer);
    if (!done || call->run->aside)
        return done;
    call_shown(call, NULL);
    if (call->keeps)
        explorer_hold(call->shown, call, output, json);
    return done;
}

bool call_show(struct call *call, struct view *view, const struct buf *json,
               struct err *err)
{
    struct buf own = {0}; /* begun by call_json_plain() if it is needed */
    struct output output = {.kind = call->form == FORM_JSON   ? OUTPUT_JSON
                                    : call->form == FORM_PAGE ? OUTPUT_PAGE
                                                              : OUTPUT_VIEW,
                            .view = view};
    bool done = shape(call, view, err) &&
                choose_json(call, json, &own, NULL, view, &output.json, err) &&
                put_view(call, &output, json, err);
    buf_free(&own);
    return done;
}

bool call_result(struct call *call, const char *text, struct view *view,
                 const struct buf *json, struct err *err)
{
    struct buf own = {0}; /* begun by call_json_plain() if it is needed */
    struct output output = {
        .kind = OUTPUT_VALUE, .view = view, .result = call->last, .text = text};
    if (call->form == FORM_JSON)
        output.kind = OUTPUT_JSON;
    else if (call->form == FORM_PAGE)
        output.kind = OUTPUT_PAGE;
    struct view plain = {.kind = call->command->name, .finding = text};
    if (!view && call->form != FORM_BEST)
        output.view = view = &plain;
    bool done = !view || shape(call, view, err);
    if (done && !text)
        output.text = text_of(call, view);
    output.length = output.text ? strlen(output.text) : 0;
    done = done &&
           choose_json(call, json, &own, output.text, view, &output.json, err) &&
           put(call, &output, err);
    buf_free(&own);
    return done;
}
