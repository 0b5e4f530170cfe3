/* cmd_sentence.c - sentence: sets the text that every later command speaks about. */
#include <string.h>

#include "attn/analyse/story.h"
#include "attn/lang/change.h"
#include "attn/lang/command.h"
#include "attn/lang/fill.h"
#include "attn/lang/lex.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"
#include "attn/lang/words.h"
#include "attn/render/strip.h"

enum { MOST_UNKNOWN = 8, HINT_ROOM = 500 };

/* `with` and `to`: no model here reads two sequences. */
static bool refuse_second(struct call *call, const struct value *text,
                          const struct value *second, struct err *err)
{
    err_set(err, ERR_UNSUITED,
            "A second sentence needs a model that reads two: a translator, with "
            "cross-attention, or one for pairs. There is none in this version; the "
            "model %s reads one sentence.",
            model_info(call_model(call))->name);
    err_span(err, second->start, second->end);
    if (!text->given || text->length > HINT_ROOM)
        return err_try(err, "Try:", "sentence");
    return err_try(err, "Try:", "sentence %s",
                   lex_quote(call->arena, text->text, text->length));
}

static bool set_sentence(struct call *call, const struct value *text, struct err *err)
{
    if (change_sentence(call, text->text, text->length, err))
        return true;
    err_span(err, text->start, text->end);
    return err_try(err, "Try:", "%s", call->command->examples[0]);
}

static void note_unknown(struct call *call, const struct subject *subject, bool foreign)
{
    const char *list = "";
    size_t n = 0;
    for (size_t i = 0; i < subject->n_tokens; i++) {
        const struct token *token = &subject->tokens[i];
        unsigned no_word =
            TOKEN_SPECIAL | TOKEN_KNOWN | TOKEN_PUNCTUATION | TOKEN_NUMBER;
        if (token->flags & no_word || n++ >= MOST_UNKNOWN)
            continue;
        list = arena_print(call->arena, "%s%s%s", list, *list ? ", " : "", token->text);
    }
    if (n == 0)
        return;
    if (foreign)
        call_note(call, "I only know English words; the heads that go by the place of "
                        "words still work.");
    else
        call_note(call, "New to the model: %s%s. It goes by the look of %s.", list,
                  n > MOST_UNKNOWN ? ", …" : "", n == 1 ? "the word" : "such words");
}

static struct strip make_strip(struct call *call, const struct fill *fill)
{
    return (struct strip){.big = call->settings.big, .stack = fill->stack};
}

/* The line under the notes: the word that has most to say. */
static const char *try_line(struct call *call, const struct fill *fill)
{
    const struct token *token = &fill->trace->rows[fill->story.row];
    const struct subject *subject = call->session->state.subject;
    if (token->position < 0)
        return "Try:  look";
    return arena_print(call->arena, "Try:  look %s",
                       word_typed(subject, token->position, call->arena));
}

static bool show(struct call *call, struct err *err)
{
    const struct subject *subject = call->session->state.subject;
    const struct model_info *info = model_info(call_model(call));
    struct fill fill = {0};
    if (!fill_rows(call, &fill, err))
        return false;
    call->n_notes = 0; /* which heads colour the words is not asked yet */
    note_unknown(call, subject, fill.story.kind == STORY_UNKNOWN);
    call_note(call, "model %s (%s)", info->name,
              info->synthetic ? "hand-built, synthetic" : "weights as published");
    call_note(call, "%s", try_line(call, &fill));
    struct strip strip = make_strip(call, &fill);
    struct view view = {.kind = "tokens",
                        .scene = strip_draw(&strip, call->arena),
                        .twin = strip_twin(&strip, call->arena),
                        .alt = strip_alt(&strip, call->arena)};
    struct buf json;
    struct json_out out = call_json_plain(call, &json, "tokens");
    json_key_text(&out, "sentence", subject->sentence);
    json_key(&out, "tokens");
    call_json_tokens(&out, subject->tokens, subject->n_tokens);
    json_end(&out);
    bool done = call_show(call, &view, &json, err);
    buf_free(&json);
    return done;
}

static bool sentence_run(struct call *call, struct err *err)
{
    const struct value *text = call_value(call, "text");
    const struct value *with = call_value(call, "with"), *to = call_value(call, "to");
    if (with->given || to->given)
        return refuse_second(call, text, to->given ? to : with, err);
    if (text->given && !set_sentence(call, text, err))
        return false;
    if (text->given)
        state_claim(call, "sentence");
    return show(call, err);
}

const struct command sentence_command = {
    .name = "sentence",
    .does =
        "Sets the text that every later command speaks about, and shows its tokens.",
    .task = "Begin with a sentence",
    .lesson = "00",
    .args = {{"text", ARG_REST, .about = "the text, with or without quotes"},
             {"with", ARG_JOINED, .about = "the second text of a pair"},
             {"to", ARG_JOINED, .about = "the translation's side"}},
    .examples = {"sentence \"The animal didn't cross the street because it was too "
                 "tired\"",
                 "sentence \"She poured water into the glass because it was empty.\"",
                 "sentence I love pizza"},
    .run = sentence_run,
};
