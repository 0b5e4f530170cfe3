/* cmd_model.c - model: which model looks, and what there is. */
#include <string.h>
#include <strings.h>

#include "attn/lang/change.h"
#include "attn/lang/command.h"
#include "attn/lang/state.h"
#include "attn/lang/suggest.h"
#include "attn/lang/table.h"

enum { MOST_MODELS = 31 };

/* The model's name nearest to what was typed, else the first. */
static const char *near_model(const char *typed)
{
    const char *names[MOST_MODELS + 1] = {0};
    for (size_t i = 0; i < model_count() && i < MOST_MODELS; i++)
        names[i] = model_name(i);
    const char *near = suggest_name(typed, names);
    return near ? near : names[0];
}

static bool not_here(const struct value *name, struct err *err)
{
    err_set(err, ERR_MODEL_MISSING, "%.60s is not installed.", name->text);
    err_span(err, name->start, name->end);
    if (strncasecmp(name->text, "gpt", 3) == 0)
        return err_try(err, "Its shape, hand-built:", "model lesson144");
    return err_try(err, "What is here:", "model %s", near_model(name->text));
}

static bool change(struct call *call, const struct value *name, struct err *err)
{
    struct err why = {0};
    if (change_model(call, name->text, &why)) {
        call_fit(call);
        return true;
    }
    if (why.code == ERR_MODEL_MISSING)
        return not_here(name, err);
    *err = why;
    err_span(err, name->start, name->end);
    return err_try(err, "Try:", "model %s", near_model(""));
}

/* 1234567 as "1,234,567" */
static const char *grouped(size_t n, struct arena *arena)
{
    if (n < 1000)
        return arena_print(arena, "%zu", n);
    return arena_print(arena, "%s,%03zu", grouped(n / 1000, arena), n % 1000);
}

static void fact(struct sheet *sheet, const char *name, const char *value)
{
    sheet_header(sheet, name);
    sheet_text(sheet, value);
}

/* "these only: "Thinking Machines", "I love AI"", or more of them a row each. */
static void add_sentences(const struct model_info *info, struct sheet *sheet)
{
    enum { FEW = 2 };
    const char *list = "these only:";
    size_t n = 0;
    while (info->sentences[n])
        n++;
    for (size_t i = 0; i < n && n <= FEW; i++)
        list = arena_print(sheet->arena, "%s%s \"%s\"", list, i ? "," : "",
                           info->sentences[i]);
    fact(sheet, "sentences",
         n <= FEW ? list : arena_print(sheet->arena, "these %zu only:", n));
    for (size_t i = 0; i < n && n > FEW; i++)
        fact(sheet, "", info->sentences[i]);
}

static void single_facts(struct call *call, const struct model_info *info,
                         struct sheet *sheet)
{
    fact(sheet, "layers", arena_print(call->arena, "%zu, numbered from 0", info->L));
    fact(sheet, "heads",
         arena_print(call->arena, "%zu in each layer, numbered from 0", info->H));
    fact(sheet, "mask",
         info->causal ? "causal: a word sees itself and what stands before it"
                      : "none: every word sees every word");
}

/* Three attentions, each with heads of its own. */
static void pair_facts(struct call *call, struct sheet *sheet)
{
    static const struct {
        enum attention which;
        const char *name, *mask;
    } parts[] = {
        {ATTENTION_ENCODER, "encoder", "every word sees every word"},
        {ATTENTION_DECODER, "decoder", "a word sees itself and what stands before it"},
        {ATTENTION_CROSS, "cross",
         "every word of the second sentence sees every word "
         "of the first; never masked"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct model_info *part = model_part(call_model(call), parts[i].which);
        fact(sheet, parts[i].name,
             arena_print(call->arena, "%zu layers of %zu heads, numbered from 0; %s",
                         part->L, part->H, parts[i].mask));
    }
}

/* A recording has no parameters that anybody here could count. */
static void recorded_facts(struct call *call, const struct model_info *info,
                           struct sheet *sheet)
{
    struct arena *arena = call->arena;
    fact(sheet, "recorded",
         arena_print(arena, "%s: %s", info->recorded,
                     info->synthetic ? "hand-built, synthetic" : "not hand-built"));
    if (info->settings)
        fact(sheet, "made with", info->settings);
    fact(sheet, "what it holds",
         arena_print(arena, "attention%s%s%s; no queries, keys and values",
                     info->no_stream ? "" : ", the words' vectors after each layer",
                     info->no_lengths ? "" : ", lengths of what heads bring",
                     info->predicts ? ", logits of the next word" : ""));
}

static const struct table *facts(struct call *call, const struct model_info *info)
{
    struct sheet sheet = sheet_begin(call->arena, 2);
    struct arena *arena = call->arena;
    fact(&sheet, "architecture", info->architecture);
    if (info->pairs)
        pair_facts(call, &sheet);
    else
        single_facts(call, info, &sheet);
    if (info->recorded)
        recorded_facts(call, info, &sheet);
    else
        fact(&sheet, "parameters",
             arena_print(arena, "%s, of them not zero: %s",
                         grouped(info->parameters, arena),
                         grouped(info->nonzero, arena)));
    if (info->sentences)
        add_sentences(info, &sheet);
    else
        fact(&sheet, "longest sentence",
             arena_print(arena, "%zu words", info->max_words));
    fact(&sheet, "what is real", info->real);
    fact(&sheet, "licence", info->licence);
    return sheet_end(&sheet, NULL);
}

static void write_json(struct call *call, const struct model_info *info,
                       struct buf *json)
{
    struct json_out out = call_json_plain(call, json, "model");
    json_key_text(&out, "name", info->name);
    json_key_int(&out, "layers", (int64_t)info->L);
    json_key_int(&out, "heads", (int64_t)info->H);
    json_key_int(&out, "width", (int64_t)info->C);
    json_key(&out, "parameters");
    if (info->recorded)
        json_null(&out); /* nobody here can count them */
    else
        json_int(&out, (int64_t)info->parameters);
    json_key_bool(&out, "synthetic", info->synthetic);
    json_key_text(&out, "architecture", info->architecture);
    json_key_text(&out, "mask", info->causal ? "causal" : "none");
    json_key_bool(&out, "pairs", info->pairs);
    json_key_text(&out, "real", info->real);
    json_key_text(&out, "licence", info->licence);
    json_end(&out);
}

static const struct table *list_models(struct call *call, struct err *err)
{
    struct sheet sheet = sheet_begin(call->arena, 3);
    sheet_header(&sheet, "model");
    sheet_header(&sheet, "what it is");
    sheet_header(&sheet, "");
    const char *now = call->session->state.subject->model->name;
    for (size_t i = 0; i < model_count(); i++) {
        struct shared_model *model = shared_model_open(model_name(i), err);
        if (!model)
            return NULL;
        const char *line = arena_print(call->arena, "model %s", model_name(i));
        sheet_add(&sheet, (struct cell){.text = line, .code = true});
        sheet_text(&sheet,
                   arena_print(call->arena, "%s", model_info(model->model)->does));
        sheet_text(&sheet, strcmp(now, model_name(i)) == 0 ? "in use" : "");
        shared_model_drop(model);
    }
    return sheet_end(&sheet, NULL);
}

static bool model_run_command(struct call *call, struct err *err)
{
    const struct value *name = call_value(call, "name");
    if (name->given && !change(call, name, err))
        return false;
    if (name->given)
        state_claim(call, "model");
    const struct model_info *info = model_info(call_model(call));
    struct view view = {.kind = "model", .finding = info->does};
    struct pile pile = pile_begin(call->arena);
    pile_table(&pile, facts(call, info));
    if (!name->given) {
        const struct table *models = list_models(call, err);
        if (!models)
            return false;
        pile_add(&pile, BLOCK_HEADING, "What is there");
        pile_table(&pile, models);
    }
    pile_end(&pile, &view);
    struct buf json;
    write_json(call, info, &json);
    bool done = call_result(call, NULL, &view, &json, err);
    buf_free(&json);
    return done;
}

const struct command model_command = {
    .name = "model",
    .does = "Chooses the model that looks; alone it shows which there are.",
    .task = "Choose and set",
    .lesson = "09",
    .args = {{"name", ARG_NAME, .otherwise = "lesson",
              .about = "a model's name, or a file in quotes"}},
    .examples = {"model", "model lesson", "model toy", "model translate",
                 "model minilm-recorded"},
    .run = model_run_command,
};
