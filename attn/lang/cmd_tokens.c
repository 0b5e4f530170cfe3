/* cmd_tokens.c - tokens: the text as the model's pieces, their ids and places. */
#include <string.h>

#include "attn/base/utf8.h"
#include "attn/lang/command.h"
#include "attn/lang/state.h"
#include "attn/lang/table.h"

/* Arrows, signs, pictures: what stands beyond the marks of any script. */
static bool is_symbol(const char *text)
{
    size_t at = 0;
    uint32_t c = utf8_next(text, strlen(text), &at);
    return (c >= 0x2100 && c < 0x2E00) || c >= 0x1F000;
}

static const char *kind_of(const struct token *token)
{
    if (token->flags & TOKEN_SPECIAL)
        return "special: nobody typed it; a place to rest on";
    if (token->flags & TOKEN_PUNCTUATION)
        return is_symbol(token->text) ? "symbol" : "punctuation";
    if (token->flags & TOKEN_NUMBER)
        return "number";
    return token->flags & TOKEN_KNOWN ? "known word"
                                      : "unknown word, guessed by its form";
}

static const struct table *token_table(struct call *call, const struct subject *subject)
{
    struct sheet sheet = sheet_begin(call->arena, 5);
    sheet_header(&sheet, "position");
    sheet_header(&sheet, "token");
    sheet_header(&sheet, "id");
    sheet_header(&sheet, "characters");
    sheet_header(&sheet, "kind");
    for (size_t i = 0; i < subject->n_tokens; i++) {
        const struct token *token = &subject->tokens[i];
        bool typed = token->position >= 0;
        sheet_number(&sheet,
                     typed ? arena_print(call->arena, "%d", token->position) : "–");
        sheet_add(&sheet, (struct cell){.text = token->text, .strong = typed});
        sheet_number(&sheet, token->id < 0 ? "–" /* a recording that does not say */
                                           : arena_print(call->arena, "%lld",
                                                         (long long)token->id));
        sheet_number(&sheet, typed ? arena_print(call->arena, "%zu..%zu", token->start,
                                                 token->end)
                                   : "–");
        sheet_text(&sheet, kind_of(token));
    }
    return sheet_end(&sheet, NULL);
}

/* The second sentence, where a model reads two. */
static void add_second(struct call *call, const struct subject *second,
                       struct pile *pile, struct json_out *out)
{
    json_key_text(out, "target", second->sentence);
    json_key(out, "target_tokens");
    call_json_tokens(out, second->tokens, second->n_tokens);
    pile_add(pile, BLOCK_HEADING, "The second sentence");
    pile_table(pile, token_table(call, second));
}

static bool tokens_run(struct call *call, struct err *err)
{
    const struct subject *subject = call->session->state.subject;
    struct buf json;
    struct pile pile = pile_begin(call->arena);
    struct json_out out = call_json_plain(call, &json, "tokens");
    json_key_text(&out, "sentence", subject->sentence);
    json_key(&out, "tokens");
    call_json_tokens(&out, subject->tokens, subject->n_tokens);
    pile_table(&pile, token_table(call, subject));
    if (subject->second)
        add_second(call, subject->second, &pile, &out);
    json_end(&out);
    size_t special = subject->n_tokens - subject->n_words;
    struct view view = {.kind = "tokens"};
    view.finding = arena_print(
        call->arena, "The model reads %zu tokens: %zu %s%s.", subject->n_tokens,
        subject->n_words,
        model_info(call_model(call))->recorded ? "of the text" : "that you typed",
        special == 1 ? " and one of its own"
        : special    ? " and some of its own"
                     : "");
    pile_add(&pile, BLOCK_NOTE,
             "The id is the number that stands for the token in the model; a larger id "
             "means nothing more. Characters count from 0.");
    pile_end(&pile, &view);
    bool done = call_show(call, &view, &json, err);
    buf_free(&json);
    return done;
}

const struct command tokens_command = {
    .name = "tokens",
    .does = "Shows the text as the model reads it: tokens, their ids and places.",
    .task = "Begin with a sentence",
    .lesson = "02",
    .examples = {"tokens", "tokens as json"},
    .run = tokens_run,
};
