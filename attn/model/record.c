#include "attn/model/record.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/json_out.h"
#include "attn/tensor/recording.h"

enum { MOST_TENSORS = 16, MOST_NOTES = 40, MOST_NOTE = 2 << 20 };

/* A file in the making. Texts and numbers live in `arena`. */
struct record {
    const struct model *model;
    struct arena *arena;
    struct trace traces[4]; /* by enum attention; L 0: none */
    struct tensor_out tensors[MOST_TENSORS];
    struct tensor_note notes[MOST_NOTES];
    struct tensors_out out;
};

static void note(struct record *record, const char *name, const char *text)
{
    record->notes[record->out.n_notes++] = (struct tensor_note){name, text};
}

static void note_json(struct record *record, const char *name, struct buf *json)
{
    note(record, name, arena_copy(record->arena, json->at, json->length));
    buf_free(json);
}

/* ---- tensors */

static void add_floats(struct record *record, const char *name, const float *numbers,
                       size_t n_dims, const size_t *shape)
{
    struct tensor_out *tensor = &record->tensors[record->out.n];
    if (!numbers)
        return;
    *tensor = (struct tensor_out){.name = name, .floats = numbers, .n_dims = n_dims};
    memcpy(tensor->shape, shape, n_dims * sizeof *shape);
    record->out.n++;
}

static void add_ints(struct record *record, const char *name, const int64_t *numbers,
                     size_t n)
{
    record->tensors[record->out.n++] =
        (struct tensor_out){.name = name, .ints = numbers, .n_dims = 1, .shape = {n}};
}

static void add_ids(struct record *record, const char *name, const struct token *tokens,
                    size_t n)
{
    int64_t *ids = arena_new(record->arena, n, sizeof *ids);
    for (size_t i = 0; i < n; i++)
        ids[i] = tokens[i].id;
    add_ints(record, name, ids, n);
}

static void add_trace(struct record *record, const struct trace *trace,
                      const char *attn, const char *norm)
{
    const size_t weights[] = {trace->L, trace->H, trace->T, trace->S};
    const size_t lengths[] = {trace->L, trace->H, trace->S};
    add_floats(record, attn, trace->weights, 4, weights);
    add_floats(record, norm, trace->value_norm, 3, lengths);
}

static void add_stream(struct record *record, const struct trace *trace,
                       const char *name)
{
    const size_t shape[] = {trace->L + 1, trace->T, trace->C};
    add_floats(record, name, trace->hidden, 3, shape);
}

/* ---- notes about tokens */

static void write_numbers(struct record *record, const char *name,
                          const struct token *tokens, size_t n,
                          int64_t (*of)(const struct token *))
{
    struct buf json;
    buf_init(&json, MOST_NOTE);
    struct json_out out = json_out_to(&json);
    json_array(&out);
    for (size_t i = 0; i < n; i++)
        json_int(&out, of(&tokens[i]));
    json_end(&out);
    note_json(record, name, &json);
}

static int64_t special_of(const struct token *token)
{
    return (token->flags & TOKEN_SPECIAL) != 0;
}

static int64_t start_of(const struct token *token)
{
    return (int64_t)token->start;
}

static int64_t end_of(const struct token *token)
{
    return (int64_t)token->end;
}

static const char *text_of_token(const struct token *token, struct arena *arena)
{
    (void)arena;
    return token->text;
}

static void write_texts(struct record *record, const char *name,
                        const struct token *tokens, size_t n,
                        const char *(*of)(const struct token *, struct arena *))
{
    struct buf json;
    buf_init(&json, MOST_NOTE);
    struct json_out out = json_out_to(&json);
    json_array(&out);
    for (size_t i = 0; i < n; i++)
        json_text(&out, of(&tokens[i], record->arena));
    json_end(&out);
    note_json(record, name, &json);
}

static void note_tokens(struct record *record, const char *prefix,
                        const struct token *tokens, size_t n)
{
    struct arena *arena = record->arena;
    write_texts(record, arena_print(arena, "%stokens", prefix), tokens, n,
                text_of_token);
    write_numbers(record, arena_print(arena, "%sspecial", prefix), tokens, n,
                  special_of);
    write_numbers(record, arena_print(arena, "%sstart", prefix), tokens, n, start_of);
    write_numbers(record, arena_print(arena, "%send", prefix), tokens, n, end_of);
    write_texts(record, arena_print(arena, "%skinds", prefix), tokens, n,
                recording_kinds);
}

/* ---- notes about heads and values */

static void note_heads(struct record *record, const char *name,
                       const struct trace *trace)
{
    struct buf json;
    buf_init(&json, MOST_NOTE);
    struct json_out out = json_out_to(&json);
    json_array(&out);
    for (size_t i = 0; i < trace->L * trace->H; i++) {
        const struct head_name head =
            trace->heads ? trace->heads[i] : (struct head_name){0};
        json_object(&out);
        json_key_text(&out, "name", head.name);
        if (head.does)
            json_key_text(&out, "does", head.does);
        if (head.story)
            json_key_int(&out, "story", head.story);
        json_end(&out);
    }
    json_end(&out);
    note_json(record, name, &json);
}

static void note_dimensions(struct record *record, const char *name,
                            const struct trace *trace)
{
    struct buf json;
    if (!trace->dim_names || !trace->hidden)
        return;
    buf_init(&json, MOST_NOTE);
    struct json_out out = json_out_to(&json);
    json_array(&out);
    for (size_t c = 0; c < trace->C; c++)
        json_text(&out, trace->dim_names[c]);
    json_end(&out);
    note_json(record, name, &json);
}

/* ---- what may come next */

static int by_token(const void *a, const void *b)
{
    const struct next_item *x = a, *y = b;
    int text = strcmp(x->token, y->token);
    return text ? text : (x->id > y->id) - (x->id < y->id);
}

/* Where the item stands among `all`, which by_token() has sorted. */
static size_t place_of(const struct next_item *all, size_t n,
                       const struct next_item *item)
{
    const struct next_item *found = bsearch(item, all, n, sizeof *all, by_token);
    return found ? (size_t)(found - all) : n;
}

/* The words of the last row, in the order of their texts: it knows every word that an
 * earlier one does. */
static struct next_item *vocabulary(struct record *record, const struct trace *trace,
                                    size_t *n, struct err *err)
{
    struct next_ask ask = {.row = trace->T - 1};
    const struct next *last = model_next(record->model, trace, ask, record->arena, err);
    if (!last)
        return NULL;
    struct next_item *all = arena_new(record->arena, last->n, sizeof *all);
    memcpy(all, last->items, last->n * sizeof *all);
    qsort(all, last->n, sizeof *all, by_token);
    *n = last->n;
    return all;
}

static void note_vocabulary(struct record *record, const struct next_item *all,
                            size_t n)
{
    struct buf json;
    int64_t *ids = arena_new(record->arena, n, sizeof *ids);
    buf_init(&json, MOST_NOTE);
    struct json_out out = json_out_to(&json);
    json_array(&out);
    for (size_t i = 0; i < n; i++) {
        ids[i] = all[i].id;
        json_text(&out, all[i].token);
    }
    json_end(&out);
    note_json(record, "vocabulary", &json);
    add_ints(record, "vocabulary_ids", ids, n);
}

static bool fill_logits(struct record *record, const struct trace *trace,
                        const struct next_item *all, size_t n, float *logits,
                        struct err *err)
{
    for (size_t row = 0; row < trace->T; row++) {
        struct arena scratch = {0};
        struct next_ask ask = {.row = row};
        const struct next *next = model_next(record->model, trace, ask, &scratch, err);
        for (size_t i = 0; i < n; i++)
            logits[row * n + i] = RECORDING_NEVER;
        for (size_t i = 0; next && i < next->n; i++) {
            size_t at = place_of(all, n, &next->items[i]);
            if (at < n)
                logits[row * n + at] = next->items[i].logit;
        }
        arena_free(&scratch);
        if (!next)
            return false;
    }
    return true;
}

static bool add_logits(struct record *record, struct err *err)
{
    const struct trace *trace = &record->traces[ATTENTION_SELF];
    size_t n;
    if (!model_info(record->model)->predicts)
        return true;
    struct next_item *all = vocabulary(record, trace, &n, err);
    if (!all)
        return false;
    float *logits = arena_new(record->arena, trace->T * n, sizeof *logits);
    note_vocabulary(record, all, n);
    add_floats(record, "logits", logits, 2, (const size_t[]){trace->T, n});
    return fill_logits(record, trace, all, n, logits, err);
}

/* ---- the file */

static const char *true_or_false(bool value)
{
    return value ? "true" : "false";
}

static void note_model(struct record *record, const struct trace *trace,
                       const char *settings, const char *changed)
{
    const struct model_info *info = model_info(record->model);
    note(record, "attn_trace", "1");
    note(record, "model", info->name);
    note(record, "synthetic", true_or_false(trace->synthetic));
    note(record, "licence", info->licence);
    note(record, "mask", trace->causal ? "causal" : "none");
    if (settings)
        note(record, "settings", settings);
    if (changed && *changed)
        note(record, "changed", changed);
    note(record, "head_width", arena_print(record->arena, "%zu", trace->D));
    if (trace->output_only)
        note(record, "output_only", "true");
}

static void add_single(struct record *record)
{
    const struct trace *trace = &record->traces[ATTENTION_SELF];
    add_ids(record, "ids", trace->rows, trace->T);
    add_trace(record, trace, "attn", "value_norm");
    add_stream(record, trace, "hidden");
    note(record, "sentence", trace->sentence);
    note_tokens(record, "", trace->rows, trace->T);
    note_heads(record, "heads", trace);
    note_dimensions(record, "dimensions", trace);
}

static void add_pair(struct record *record, const char *target)
{
    const struct trace *encoder = &record->traces[ATTENTION_ENCODER];
    const struct trace *decoder = &record->traces[ATTENTION_DECODER];
    const struct trace *cross = &record->traces[ATTENTION_CROSS];
    add_ids(record, "ids", encoder->rows, encoder->T);
    add_ids(record, "target_ids", decoder->rows, decoder->T);
    add_trace(record, encoder, "enc_attn", "enc_value_norm");
    add_trace(record, decoder, "dec_attn", "dec_value_norm");
    add_trace(record, cross, "cross_attn", "cross_value_norm");
    add_stream(record, encoder, "enc_hidden");
    add_stream(record, decoder, "dec_hidden");
    note(record, "sentence", encoder->sentence);
    note(record, "target", target);
    note_tokens(record, "", encoder->rows, encoder->T);
    note_tokens(record, "target_", decoder->rows, decoder->T);
    note_heads(record, "enc_heads", encoder);
    note_heads(record, "dec_heads", decoder);
    note_heads(record, "cross_heads", cross);
    note_dimensions(record, "enc_dimensions", encoder);
    note_dimensions(record, "dec_dimensions", decoder);
}

static bool run_all(struct record *record, const struct model_input *input,
                    const struct model_options *options, struct err *err)
{
    bool pairs = model_info(record->model)->pairs;
    struct model_input one = *input;
    for (int which = pairs; which <= (pairs ? ATTENTION_CROSS : 0); which++) {
        one.attention = (enum attention)which;
        if (!model_run(record->model, &one, options, &record->traces[which], err))
            return false;
    }
    return true;
}

static bool fill(struct record *record, const struct model_input *input, bool pairs,
                 struct err *err)
{
    struct second second = {.text = ""};
    if (!pairs) {
        add_single(record);
        return add_logits(record, err);
    }
    if (!model_second(record->model, input, record->arena, &second, err))
        return false;
    add_pair(record, second.text);
    return true;
}

static bool write_file(const struct record *record, struct buf *to, struct err *err)
{
    safetensors_write(&record->out, to);
    return !to->full ||
           err_set(err, ERR_TOO_LARGE,
                   "This run has more numbers than a file of %d MB holds. Take a "
                   "shorter sentence.",
                   RECORD_MOST_BYTES >> 20);
}

bool model_record(const struct model *model, const struct model_input *input,
                  const struct model_options *options, const char *settings,
                  const char *changed, struct buf *to, struct err *err)
{
    struct arena arena = {0};
    struct record *record = arena_new(&arena, 1, sizeof *record);
    bool pairs = model_info(model)->pairs;
    *record = (struct record){.model = model, .arena = &arena};
    record->out.tensors = record->tensors;
    record->out.notes = record->notes;
    bool done = run_all(record, input, options, err);
    if (done) {
        note_model(record, &record->traces[pairs ? ATTENTION_CROSS : 0], settings,
                   changed);
        done = fill(record, input, pairs, err) && write_file(record, to, err);
    }
    for (size_t i = 0; i < 4; i++)
        trace_free(&record->traces[i]);
    arena_free(&arena);
    return done;
}
