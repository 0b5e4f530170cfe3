/* cmd_sentence.c - sentence: sets the text that every later command speaks about. */
#include <string.h>

#include "attn/analyse/story.h"
#include "attn/lang/change.h"
#include "attn/lang/command.h"
#include "attn/lang/fill.h"
#include "attn/lang/lex.h"
#include "attn/lang/origin.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"
#include "attn/lang/words.h"
#include "attn/render/alt.h"
#include "attn/render/pair.h"
#include "attn/render/strip.h"

enum { MOST_UNKNOWN = 8, HINT_ROOM = 500 };

/* `with`: no model here reads two texts as one sequence. */
static bool refuse_pair(struct call *call, const struct value *text,
                        const struct value *with, struct err *err)
{
    err_set(err, ERR_UNSUITED,
            "\"with\" joins two texts into one sequence, as models such as BERT read "
            "pairs; there is none in this version. The other side of a translation is "
            "said with \"to\".");
    err_span(err, with->start, with->end);
    if (!text->given || text->length > HINT_ROOM)
        return err_try(err, "Try:", "sentence");
    return err_try(err, "Try:", "sentence %s",
                   lex_quote(call->arena, text->text, text->length));
}

static bool needs_first(struct err *err)
{
    err_set(err, ERR_MISSING, "The first sentence is missing before \"to\".");
    return err_try(
        err, "Try:", "sentence \"The black cat sleeps\" to \"Le chat noir dort\"");
}

static bool set_sentence(struct call *call, const struct value *text,
                         const struct value *to, struct err *err)
{
    struct pair_of_texts pair = {text->text, to->text, text->length, to->length};
    bool done = to->given ? change_pair(call, &pair, err)
                          : change_sentence(call, text->text, text->length, err);
    if (done && to->given)
        call_fit(call);
    if (done)
        return true;
    err_span(err, text->start, to->given ? to->end : text->end);
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

/* ---- two sentences */

/* Words that no dictionary has: they are copied, not guessed. */
static void note_copied(struct call *call, const struct subject *subject,
                        const char *which, const char *what)
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
    if (n > 0)
        call_note(call, "Not in the %s dictionary: %s%s. %s", which, list,
                  n > MOST_UNKNOWN ? ", …" : "", what);
}

static const struct scene *chips(struct call *call, const struct subject *subject)
{
    struct strip strip = {
        .big = call->settings.big,
        .stack = {.cols = fill_tokens(call->arena, subject->tokens, subject->n_tokens),
                  .n_cols = subject->n_tokens}};
    return strip_draw(&strip, call->arena);
}

static void write_pair_json(struct json_out *out, const struct subject *subject)
{
    const struct subject *second = subject->second;
    json_key_text(out, "target", second->sentence);
    json_key_bool(out, "target_by_hand", subject->by_hand);
    json_key(out, "target_tokens");
    call_json_tokens(out, second->tokens, second->n_tokens);
}

static void note_pair(struct call *call, const struct subject *subject)
{
    const struct subject *second = subject->second;
    const struct model_info *info = model_info(call_model(call));
    if (info->recorded) {
        call_note(call, "model %s (%s)", info->name, origin_of(info, call->arena));
        call_note(call, "Try:  heatmap cross");
        return;
    }
    note_copied(call, subject, "English",
                "Such words are copied, not guessed, and take no article.");
    if (subject->by_hand)
        note_copied(call, second, "French", "They find no English word to look at.");
    call_note(call, "model %s (hand-built, synthetic), %s",
              model_info(call_model(call))->name,
              subject->by_hand ? "reading a French sentence that you gave it"
                               : "word by word, the likeliest each time");
    call_note(call, "Try:  heatmap cross");
}

/* The translation, and the words of both sentences. */
static struct view pair_view(struct call *call, const struct subject *subject)
{
    const struct subject *second = subject->second;
    struct arena *arena = call->arena;
    bool any = model_info(call_model(call))->recorded; /* of whatever languages */
    const char *first = any ? "First" : "English", *other = any ? "Second" : "French";
    const struct picture_pair pair = {
        .parts = {{first, chips(call, subject)}, {other, chips(call, second)}},
        .stacked = true,
        .big = call->settings.big};
    struct view view = {
        .kind = "tokens",
        .finding = arena_print(arena, "%s → %s", subject->sentence, second->sentence),
        .scene = pair_draw(&pair, arena)};
    struct strip one = {.stack = pair.parts[0].scene->stack},
                 two = {.stack = pair.parts[1].scene->stack};
    one.stack.cols = fill_tokens(arena, subject->tokens, subject->n_tokens);
    one.stack.n_cols = subject->n_tokens;
    two.stack.cols = fill_tokens(arena, second->tokens, second->n_tokens);
    two.stack.n_cols = second->n_tokens;
    view.twin =
        arena_print(arena, "%s\n%s", strip_twin(&one, arena), strip_twin(&two, arena));
    view.alt = alt_print(arena, "%s. %s: %s %s: %s", view.finding, first,
                         strip_alt(&one, arena), other, strip_alt(&two, arena));
    return view;
}

/* ---- one sentence */

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

/* 'The cat': these marks are letters, as in didn't; most people mean quotes. */
static void note_marks(struct call *call, const char *text)
{
    size_t n = strlen(text);
    if (n > 2 && text[0] == '\'' && text[n - 1] == '\'')
        call_note(call,
                  "The marks ' belong to the text here. Without them:  sentence %s",
                  lex_quote(call->arena, text + 1, n - 2));
}

static bool single_view(struct call *call, const struct subject *subject,
                        struct view *view, struct err *err)
{
    const struct model_info *info = model_info(call_model(call));
    struct fill fill = {0};
    if (!fill_rows(call, &fill, err))
        return false;
    call->n_notes = 0; /* which heads colour the words is not asked yet */
    note_marks(call, subject->sentence);
    note_unknown(call, subject, fill.story.kind == STORY_UNKNOWN);
    call_note(call, "model %s (%s)", info->name, origin_of(info, call->arena));
    call_note(call, "%s", try_line(call, &fill));
    struct strip strip = {.big = call->settings.big, .stack = fill.stack};
    *view = (struct view){.kind = "tokens",
                          .scene = strip_draw(&strip, call->arena),
                          .twin = strip_twin(&strip, call->arena),
                          .alt = strip_alt(&strip, call->arena)};
    return true;
}

static bool show(struct call *call, struct err *err)
{
    const struct subject *subject = call->session->state.subject;
    struct view view;
    struct buf json;
    if (subject->second) {
        note_pair(call, subject);
        view = pair_view(call, subject);
    } else if (!single_view(call, subject, &view, err)) {
        return false;
    }
    struct json_out out = call_json_plain(call, &json, "tokens");
    json_key_text(&out, "sentence", subject->sentence);
    json_key(&out, "tokens");
    call_json_tokens(&out, subject->tokens, subject->n_tokens);
    if (subject->second)
        write_pair_json(&out, subject);
    json_end(&out);
    bool done = call_show(call, &view, &json, err);
    buf_free(&json);
    return done;
}

static bool sentence_run(struct call *call, struct err *err)
{
    const struct value *text = call_value(call, "text");
    const struct value *with = call_value(call, "with"), *to = call_value(call, "to");
    if (with->given)
        return refuse_pair(call, text, with, err);
    if (to->given && !text->given)
        return needs_first(err);
    if (text->given && !set_sentence(call, text, to, err))
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
                 "sentence I love pizza",
                 "sentence \"The black cat sleeps\" to \"Le chat noir dort\""},
    .run = sentence_run,
};
