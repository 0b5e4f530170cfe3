#include "attn/tensor/recording.h"

#include <math.h>
#include <string.h>

enum { NAME_MOST = 120, SAYS_MOST = 600, SETTINGS_MOST = 4000 };

/* The names of what belongs to each attention. */
static const char *const attn_names[] = {"attn", "enc_attn", "dec_attn", "cross_attn"};
static const char *const norm_names[] = {"value_norm", "enc_value_norm",
                                         "dec_value_norm", "cross_value_norm"};
static const char *const head_names[] = {"heads", "enc_heads", "dec_heads",
                                         "cross_heads"};

/* ---- shapes */

static const char *shape_text(const struct tensor_entry *entry, struct arena *arena)
{
    const char *text = "[";
    for (size_t i = 0; i < entry->n_dims; i++)
        text = arena_print(arena, "%s%s%llu", text, i ? ", " : "",
                           (unsigned long long)entry->shape[i]);
    return arena_print(arena, "%s]", text);
}

static bool has_shape(const struct tensor_entry *entry, size_t n_dims,
                      const size_t *wanted)
{
    bool same = entry->n_dims == n_dims;
    for (size_t i = 0; i < n_dims && same; i++)
        same = entry->shape[i] == wanted[i];
    return same;
}

static bool wrong_shape(const struct tensor_entry *entry, const char *wanted,
                        struct arena *arena, struct err *err)
{
    const char *batch = entry->n_dims == 5 && entry->shape[1] == 1
                            ? " (torch.stack(…)[:, 0] takes the batch away)"
                            : "";
    return err_set(err, ERR_BAD_FILE, "its tensor \"%s\" is %s; it should be %s%s.",
                   entry->name, shape_text(entry, arena), wanted, batch);
}

static size_t rows_of(const struct recording *of, enum attention which)
{
    bool second = which == ATTENTION_DECODER || which == ATTENTION_CROSS;
    return of->tokens[second].n;
}

static size_t cols_of(const struct recording *of, enum attention which)
{
    return of->tokens[which == ATTENTION_DECODER].n;
}

/* The attention's shape, and that it is not too much. */
static bool size_part(const struct tensor_entry *entry, struct recording *to,
                      enum attention which, struct arena *arena, struct err *err)
{
    struct recording_part *part = &to->parts[which];
    size_t T = rows_of(to, which), S = cols_of(to, which);
    if (entry->n_dims != 4 || entry->shape[2] != T || entry->shape[3] != S ||
        !entry->shape[0] || !entry->shape[1])
        return wrong_shape(entry,
                           arena_print(arena,
                                       "[layers, heads, %zu, %zu], as there are %zu "
                                       "tokens%s",
                                       T, S, T,
                                       T != S ? arena_print(arena, " and %zu", S) : ""),
                           arena, err);
    if (entry->shape[0] > RECORDING_MOST_HEADS ||
        entry->shape[1] > RECORDING_MOST_HEADS ||
        entry->shape[0] * entry->shape[1] > RECORDING_MOST_HEADS)
        return err_set(err, ERR_TOO_LARGE,
                       "it has %llu layers of %llu heads; at most %d heads are shown.",
                       (unsigned long long)entry->shape[0],
                       (unsigned long long)entry->shape[1], RECORDING_MOST_HEADS);
    part->L = (size_t)entry->shape[0];
    part->H = (size_t)entry->shape[1];
    part->T = T;
    part->S = S;
    return true;
}

/* ---- weights */

/* How far a row's sum may be from 1. BF16 keeps 8 bits of each weight. */
static double slack(enum tensor_type type)
{
    return type == TENSOR_BF16 ? 5e-3 : 1e-3;
}

static const char *row_place(const struct recording_part *part, size_t row,
                             struct arena *arena)
{
    return arena_print(arena, "row %zu of L%zu-H%zu", row % part->T,
                       row / part->T / part->H, row / part->T % part->H);
}

static bool check_row(const struct tensor_entry *entry,
                      const struct recording_part *part, size_t row,
                      struct arena *arena, struct err *err)
{
    const float *weights = part->weights + row * part->S;
    double sum = 0;
    for (size_t j = 0; j < part->S; j++) {
        if (!(weights[j] >= 0 && weights[j] <= 2))
            return err_set(err, ERR_BAD_FILE,
                           "its tensor \"%s\" holds %.6g in %s, which is no weight: "
                           "weights go from 0 to 1.",
                           entry->name, (double)weights[j],
                           row_place(part, row, arena));
        sum += (double)weights[j];
    }
    if (fabs(sum - 1) <= slack(entry->type))
        return true;
    return err_set(err, ERR_BAD_FILE,
                   "%s in its tensor \"%s\" sums to %.6g, not to 1: weights are what "
                   "softmax gives, one row a token that looks.",
                   row_place(part, row, arena), entry->name, sum);
}

/* No weight on what comes later, anywhere: then a mask made it so. */
static bool is_causal(const struct recording_part *part)
{
    if (part->T != part->S || part->T < 2)
        return false;
    for (size_t row = 0; row < part->L * part->H * part->T; row++)
        for (size_t j = row % part->T + 1; j < part->S; j++)
            if (part->weights[row * part->S + j] > 0)
                return false;
    return true;
}

static bool read_weights(const struct safetensors *from,
                         const struct tensor_entry *entry, struct recording_part *part,
                         struct arena *arena, struct err *err)
{
    float *weights = arena_new(arena, (size_t)entry->n, sizeof *weights);
    part->weights = weights;
    if (!safetensors_floats(from, entry, weights, err))
        return false;
    for (size_t row = 0; row < part->L * part->H * part->T; row++)
        if (!check_row(entry, part, row, arena, err))
            return false;
    part->causal = is_causal(part);
    return true;
}

/* ---- other numbers */

/* A tensor that may be there, of that shape, every number finite; *to is NULL where it
 * is not. */
static bool read_numbers(const struct safetensors *from, const char *name,
                         size_t n_dims, const size_t *shape, struct arena *arena,
                         float **to, struct err *err)
{
    const struct tensor_entry *entry = safetensors_find(from, name);
    *to = NULL;
    if (!entry)
        return true;
    if (!has_shape(entry, n_dims, shape)) {
        const char *wanted = "[";
        for (size_t i = 0; i < n_dims; i++)
            wanted = arena_print(arena, "%s%s%zu", wanted, i ? ", " : "", shape[i]);
        return wrong_shape(entry, arena_print(arena, "%s]", wanted), arena, err);
    }
    if (entry->n > RECORDING_MOST_OTHERS)
        return err_set(err, ERR_TOO_LARGE,
                       "its tensor \"%s\" has more than %d numbers.", name,
                       RECORDING_MOST_OTHERS);
    float *numbers = arena_new(arena, (size_t)entry->n, sizeof *numbers);
    if (!safetensors_floats(from, entry, numbers, err))
        return false;
    for (size_t i = 0; i < entry->n; i++)
        if (!isfinite(numbers[i]))
            return err_set(err, ERR_BAD_FILE,
                           "its tensor \"%s\" holds what is no finite number.", name);
    *to = numbers;
    return true;
}

static bool read_names(const struct safetensors *from, const char *name,
                       struct arena *arena, struct recording_stream *stream,
                       struct err *err)
{
    const struct json *list;
    if (!recording_list(from, name, stream->C, arena, &list, err) || !list)
        return err->code == ERR_NONE;
    const char **names = arena_new(arena, stream->C, sizeof *names);
    size_t i = 0;
    for (const struct json *at = list->first; at; at = at->next, i++)
        names[i] = at->kind == JSON_TEXT && strlen(at->text) <= NAME_MOST
                       ? recording_clean(at->text, arena)
                       : "a value";
    stream->names = names;
    return true;
}

static bool read_stream(const struct safetensors *from, struct recording *to,
                        int second, struct arena *arena, struct err *err)
{
    static const char *const tensors[] = {"hidden", "enc_hidden", "dec_hidden"};
    static const char *const names[] = {"dimensions", "enc_dimensions",
                                        "dec_dimensions"};
    struct recording_stream *stream = &to->streams[second];
    int which = to->target ? 1 + second : 0;
    const struct tensor_entry *entry = safetensors_find(from, tensors[which]);
    if (!entry || entry->n_dims != 3 || entry->shape[2] > RECORDING_MOST_OTHERS ||
        !entry->shape[2])
        return !entry || wrong_shape(entry, "[layers + 1, tokens, width]", arena, err);
    stream->C = (size_t)entry->shape[2];
    const size_t shape[] = {to->parts[which].L + 1, to->tokens[second].n, stream->C};
    return read_numbers(from, tensors[which], 3, shape, arena, &stream->hidden, err) &&
           read_names(from, names[which], arena, stream, err);
}

/* ---- heads */

/* A name alone, or {"name", "does", "story"}. */
static void read_head(const struct json *from, struct head_name *to,
                      struct arena *arena)
{
    const struct json *name =
        from->kind == JSON_OBJECT ? json_member(from, "name") : from;
    const struct json *does = json_member(from, "does"),
                      *story = json_member(from, "story");
    if (name && name->kind == JSON_TEXT && strlen(name->text) <= NAME_MOST)
        to->name = recording_clean(name->text, arena);
    if (does && does->kind == JSON_TEXT && strlen(does->text) <= SAYS_MOST)
        to->does = recording_clean(does->text, arena);
    if (story && story->kind == JSON_INT && story->integer > 0 &&
        story->integer <= RECORDING_MOST_HEADS)
        to->story = (int)story->integer;
}

static bool read_heads(const struct safetensors *from, const char *name,
                       struct recording_part *part, struct arena *arena,
                       struct err *err)
{
    size_t n = part->L * part->H, i = 0;
    const struct json *list;
    struct head_name *heads = arena_new(arena, n, sizeof *heads);
    part->heads = heads;
    if (!recording_list(from, name, n, arena, &list, err))
        return false;
    for (const struct json *at = list ? list->first : NULL; at; at = at->next)
        read_head(at, &heads[i++], arena);
    return true;
}

/* ---- all of an attention */

static bool read_part(const struct safetensors *from, struct recording *to,
                      enum attention which, struct arena *arena, struct err *err)
{
    struct recording_part *part = &to->parts[which];
    const struct tensor_entry *entry = safetensors_find(from, attn_names[which]);
    if (!entry)
        return err_set(err, ERR_BAD_FILE,
                       "it has no tensor \"%s\" [layers, heads, rows, columns].",
                       attn_names[which]);
    return size_part(entry, to, which, arena, err) &&
           read_weights(from, entry, part, arena, err) &&
           read_heads(from, head_names[which], part, arena, err) &&
           read_numbers(from, norm_names[which], 3,
                        (const size_t[]){part->L, part->H, part->S}, arena,
                        &part->value_norm, err);
}

static bool sizes_fit(const struct safetensors *from, const struct recording *to,
                      struct err *err)
{
    uint64_t all = 0;
    for (int which = 0; which < 4; which++) {
        const struct tensor_entry *entry = safetensors_find(from, attn_names[which]);
        bool read = to->target ? which > 0 : which == 0;
        if (entry && read && entry->n > RECORDING_MOST_WEIGHTS - all)
            return err_set(err, ERR_TOO_LARGE,
                           "it holds more than %d weights: take fewer words or layers.",
                           RECORDING_MOST_WEIGHTS);
        all += entry && read ? entry->n : 0;
    }
    return true;
}

static bool read_parts(const struct safetensors *from, struct recording *to,
                       struct arena *arena, struct err *err)
{
    if (!sizes_fit(from, to, err))
        return false;
    if (!to->target)
        return read_part(from, to, ATTENTION_SELF, arena, err) &&
               read_stream(from, to, 0, arena, err);
    for (int which = ATTENTION_ENCODER; which <= ATTENTION_CROSS; which++)
        if (!read_part(from, to, (enum attention)which, arena, err))
            return false;
    if (to->parts[ATTENTION_CROSS].L != to->parts[ATTENTION_DECODER].L)
        return err_set(err, ERR_BAD_FILE,
                       "its dec_attn and cross_attn differ in layers.");
    return read_stream(from, to, 0, arena, err) && read_stream(from, to, 1, arena, err);
}

/* ---- what may come next */

static bool read_logits(const struct safetensors *from, struct recording *to,
                        struct arena *arena, struct err *err)
{
    const struct json *list;
    if (!recording_list(from, "vocabulary", 0, arena, &list, err))
        return false;
    if (!list || list->n < 2 || !safetensors_find(from, "logits"))
        return true; /* numbers of words without names tell nothing */
    const size_t rows = to->tokens[to->target != NULL].n;
    const char **words = arena_new(arena, list->n, sizeof *words);
    int64_t *ids = arena_new(arena, list->n, sizeof *ids);
    to->vocabulary = list->n;
    to->words = words;
    to->word_ids = ids;
    size_t i = 0;
    for (const struct json *at = list->first; at; at = at->next, i++) {
        if (at->kind != JSON_TEXT)
            return err_set(err, ERR_BAD_FILE, "its vocabulary is not a list of texts.");
        words[i] = recording_clean(at->text, arena);
        ids[i] = (int64_t)i;
    }
    const struct tensor_entry *entry = safetensors_find(from, "vocabulary_ids");
    if (entry && has_shape(entry, 1, &to->vocabulary) &&
        !safetensors_ints(from, entry, ids, err))
        return false;
    return read_numbers(from, "logits", 2, (const size_t[]){rows, to->vocabulary},
                        arena, &to->logits, err);
}

/* ---- what the file says of itself */

static bool is_said(const struct safetensors *from, const char *name)
{
    const char *text = safetensors_text(from, name);
    return text && strcmp(text, "true") == 0;
}

static bool read_about(const struct safetensors *from, struct recording *to,
                       struct arena *arena, struct err *err)
{
    const char *version = safetensors_text(from, "attn_trace");
    const char *width = safetensors_text(from, "head_width");
    if (version && strcmp(version, "1") != 0)
        return err_set(err, ERR_BAD_FILE,
                       "it was written by a later attn (trace %.20s); this one reads "
                       "trace 1.",
                       version);
    const char *model = recording_text(from, "model", NAME_MOST, arena);
    to->model = model && *model ? model : "unnamed";
    to->synthetic = is_said(from, "synthetic");
    to->output_only = is_said(from, "output_only");
    to->licence = recording_text(from, "licence", SAYS_MOST, arena);
    to->real = recording_text(from, "real", SAYS_MOST, arena);
    to->settings = recording_text(from, "settings", SETTINGS_MOST, arena);
    to->changed = recording_text(from, "changed", SETTINGS_MOST, arena);
    for (size_t i = 0; width && i < 6 && width[i] >= '0' && width[i] <= '9'; i++)
        to->D = to->D * 10 + (size_t)(width[i] - '0');
    return true;
}

bool recording_read(const struct safetensors *from, struct arena *arena,
                    struct recording *to, struct err *err)
{
    *to = (struct recording){0};
    if (!read_about(from, to, arena, err) ||
        !recording_read_words(from, arena, to, err) ||
        !read_parts(from, to, arena, err) || !read_logits(from, to, arena, err))
        return false;
    if (to->D > to->streams[0].C) /* what a head puts out stands in the stream */
        to->D = to->streams[0].C;
    to->output_only = to->output_only && to->streams[0].hidden && to->D > 0;
    return true;
}
