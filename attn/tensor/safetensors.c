#include "attn/tensor/safetensors.h"

#include <stdlib.h>
#include <string.h>

#include "attn/base/file.h"
#include "attn/base/mem.h"
#include "attn/tensor/half.h"

static const struct {
    const char *name;
    unsigned bytes;
} types[TENSOR_TYPES] = {
    [TENSOR_BOOL] = {"BOOL", 1},       [TENSOR_U8] = {"U8", 1},
    [TENSOR_I8] = {"I8", 1},           [TENSOR_F8_E5M2] = {"F8_E5M2", 1},
    [TENSOR_F8_E4M3] = {"F8_E4M3", 1}, [TENSOR_I16] = {"I16", 2},
    [TENSOR_U16] = {"U16", 2},         [TENSOR_F16] = {"F16", 2},
    [TENSOR_BF16] = {"BF16", 2},       [TENSOR_I32] = {"I32", 4},
    [TENSOR_U32] = {"U32", 4},         [TENSOR_F32] = {"F32", 4},
    [TENSOR_F64] = {"F64", 8},         [TENSOR_I64] = {"I64", 8},
    [TENSOR_U64] = {"U64", 8},         [TENSOR_C64] = {"C64", 8},
};

const char *tensor_type_name(enum tensor_type type)
{
    return types[type].name;
}

static uint64_t little(const unsigned char *bytes, size_t n)
{
    uint64_t value = 0;
    for (size_t i = n; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

/* ---- bytes of the file */

static bool read_at(const struct safetensors *from, size_t at, void *to, size_t n,
                    struct err *err)
{
    if (at > from->size || n > from->size - at)
        return err_set(err, ERR_BAD_FILE, "it ends too early.");
    if (!from->file) {
        if (n)
            memcpy(to, from->bytes + at, n);
        return true;
    }
    return (fseek(from->file, (long)at, SEEK_SET) == 0 &&
            fread(to, 1, n, from->file) == n) ||
           err_set(err, ERR_BAD_FILE, "it cannot be read.");
}

/* ---- the header */

static bool wrong(struct err *err, const struct tensor_entry *entry, const char *what)
{
    return err_set(err, ERR_BAD_FILE, "its tensor \"%.60s\" %s.", entry->name, what);
}

static bool read_type(const struct json *type, struct tensor_entry *entry,
                      struct err *err)
{
    if (!type || type->kind != JSON_TEXT)
        return wrong(err, entry, "has no dtype");
    for (int i = 0; i < TENSOR_TYPES; i++)
        if (strcmp(types[i].name, type->text) == 0) {
            entry->type = (enum tensor_type)i;
            return true;
        }
    return err_set(err, ERR_BAD_FILE,
                   "its tensor \"%.60s\" is of the unknown dtype %.20s.", entry->name,
                   type->text);
}

/* The product of the shape is checked at every step. */
static bool read_shape(const struct json *shape, struct tensor_entry *entry,
                       struct err *err)
{
    if (!shape || shape->kind != JSON_LIST)
        return wrong(err, entry, "has no shape");
    if (shape->n > SAFETENSORS_DIMS)
        return wrong(err, entry, "has more than 8 dimensions");
    entry->n = 1;
    for (const struct json *dim = shape->first; dim; dim = dim->next) {
        if (dim->kind != JSON_INT || dim->integer < 0)
            return wrong(err, entry, "has a shape that is not of whole numbers from 0");
        uint64_t size = (uint64_t)dim->integer;
        if (size && entry->n > UINT64_MAX / 8 / size)
            return wrong(err, entry, "is larger than any file");
        entry->n *= size;
        entry->shape[entry->n_dims++] = size;
    }
    return true;
}

static bool read_offsets(const struct json *offsets, uint64_t data,
                         struct tensor_entry *entry, struct err *err)
{
    const struct json *begin = offsets && offsets->kind == JSON_LIST && offsets->n == 2
                                   ? offsets->first
                                   : NULL;
    if (!begin || begin->kind != JSON_INT || begin->next->kind != JSON_INT ||
        begin->integer < 0 || begin->next->integer < begin->integer)
        return wrong(err, entry, "has no data_offsets [begin, end]");
    entry->begin = (uint64_t)begin->integer;
    entry->end = (uint64_t)begin->next->integer;
    if (entry->end > data)
        return wrong(err, entry, "lies beyond the end of the file");
    return entry->end - entry->begin == entry->n * types[entry->type].bytes ||
           wrong(err, entry, "has data_offsets that do not fit its shape");
}

static bool read_entry(const struct json *value, uint64_t data,
                       struct tensor_entry *entry, struct err *err)
{
    entry->name = value->key;
    if (value->kind != JSON_OBJECT)
        return wrong(err, entry, "is not described");
    return read_type(json_member(value, "dtype"), entry, err) &&
           read_shape(json_member(value, "shape"), entry, err) &&
           read_offsets(json_member(value, "data_offsets"), data, entry, err);
}

static bool read_metadata(const struct json *value, struct safetensors *from,
                          struct err *err)
{
    if (value->kind != JSON_OBJECT)
        return err_set(err, ERR_BAD_FILE, "its __metadata__ is not an object.");
    for (const struct json *at = value->first; at; at = at->next)
        if (at->kind != JSON_TEXT)
            return err_set(err, ERR_BAD_FILE,
                           "its metadata \"%.60s\" is not a text in quotes.", at->key);
    from->metadata = value;
    return true;
}

static int by_begin(const void *a, const void *b)
{
    const struct tensor_entry *one = *(const struct tensor_entry *const *)a;
    const struct tensor_entry *other = *(const struct tensor_entry *const *)b;
    if (one->begin != other->begin)
        return one->begin < other->begin ? -1 : 1;
    return one->end < other->end ? -1 : one->end > other->end;
}

/* Each begins where the last ended, the first at 0, the last ends with the file. */
static bool is_seamless(const struct safetensors *from, struct err *err)
{
    uint64_t end = 0;
    bool done = true;
    const struct tensor_entry **order = mem_new(from->n + 1, sizeof *order);
    for (size_t i = 0; i < from->n; i++)
        order[i] = &from->entries[i];
    qsort(order, from->n, sizeof *order, by_begin);
    for (size_t i = 0; i < from->n && done; i++) {
        if (order[i]->begin != end)
            done =
                wrong(err, order[i],
                      order[i]->begin < end ? "overlaps another one"
                                            : "has bytes before it that are no one's");
        end = order[i]->end;
    }
    free(order);
    if (done && end != from->size - from->data)
        done = err_set(err, ERR_BAD_FILE, "bytes follow its last tensor.");
    return done;
}

static bool read_entries(struct safetensors *from, const struct json *header,
                         struct arena *arena, struct err *err)
{
    struct tensor_entry *entries = arena_new(arena, header->n, sizeof *entries);
    from->entries = entries;
    for (const struct json *at = header->first; at; at = at->next) {
        bool done =
            strcmp(at->key, "__metadata__") == 0
                ? read_metadata(at, from, err)
                : read_entry(at, from->size - from->data, &entries[from->n++], err);
        if (!done)
            return false;
    }
    return is_seamless(from, err);
}

static bool read_header(struct safetensors *from, struct arena *arena, struct err *err)
{
    unsigned char prefix[8];
    if (from->size < sizeof prefix)
        return err_set(err, ERR_BAD_FILE,
                       "it is shorter than the 8 bytes that begin each such file.");
    if (!read_at(from, 0, prefix, sizeof prefix, err))
        return false;
    uint64_t length = little(prefix, sizeof prefix);
    if (length > from->size - sizeof prefix)
        return err_set(err, ERR_BAD_FILE,
                       "its first 8 bytes promise a longer header than the file has.");
    if (length > SAFETENSORS_MOST_HEADER)
        return err_set(err, ERR_TOO_LARGE,
                       "its header has %llu bytes; at most %d are read.",
                       (unsigned long long)length, SAFETENSORS_MOST_HEADER);
    char *text = mem_new((size_t)length + 1, 1);
    from->data = sizeof prefix + (size_t)length;
    const struct json *header = read_at(from, sizeof prefix, text, (size_t)length, err)
                                    ? json_read(text, (size_t)length, arena, err)
                                    : NULL;
    bool object = header && header->kind == JSON_OBJECT && text[0] == '{';
    free(text);
    if (!header)
        return false;
    return object ? read_entries(from, header, arena, err)
                  : err_set(err, ERR_BAD_FILE, "its header is not a JSON object.");
}

bool safetensors_open(struct safetensors *from, FILE *file, struct arena *arena,
                      struct err *err)
{
    *from = (struct safetensors){.file = file, .size = file_size(file)};
    return read_header(from, arena, err);
}

bool safetensors_open_bytes(struct safetensors *from, const void *bytes, size_t size,
                            struct arena *arena, struct err *err)
{
    *from = (struct safetensors){.bytes = bytes, .size = size};
    return read_header(from, arena, err);
}

const struct tensor_entry *safetensors_find(const struct safetensors *from,
                                            const char *name)
{
    for (size_t i = 0; i < from->n; i++)
        if (strcmp(from->entries[i].name, name) == 0)
            return &from->entries[i];
    return NULL;
}

const char *safetensors_text(const struct safetensors *from, const char *name)
{
    const struct json *value = json_member(from->metadata, name);
    return value ? value->text : NULL;
}

/* ---- numbers */

enum { BLOCK = 1 << 16 };

static float float_of(enum tensor_type type, const unsigned char *at)
{
    uint64_t bits = little(at, types[type].bytes);
    uint32_t half = (uint32_t)bits;
    float single;
    double wide;
    if (type == TENSOR_F16)
        return half_float((uint16_t)bits);
    if (type == TENSOR_F64) {
        memcpy(&wide, &bits, sizeof wide);
        return (float)wide;
    }
    if (type == TENSOR_BF16)
        half <<= 16;
    memcpy(&single, &half, sizeof single);
    return single;
}

static int64_t int_of(enum tensor_type type, const unsigned char *at)
{
    uint64_t bits = little(at, types[type].bytes);
    return type == TENSOR_I32 ? (int64_t)(int32_t)(uint32_t)bits : (int64_t)bits;
}

/* All numbers, block by block, to `floats` or `ints`. */
static bool convert(const struct safetensors *from, const struct tensor_entry *entry,
                    float *floats, int64_t *ints, struct err *err)
{
    unsigned char *block = mem_new(BLOCK, 1);
    size_t size = types[entry->type].bytes, n = (size_t)entry->n;
    bool done = true;
    for (size_t i = 0; i < n && done;) {
        size_t now = n - i < BLOCK / size ? n - i : BLOCK / size;
        done = read_at(from, from->data + (size_t)entry->begin + i * size, block,
                       now * size, err);
        for (size_t k = 0; k < now && done; k++, i++) {
            if (floats)
                floats[i] = float_of(entry->type, block + k * size);
            else
                ints[i] = int_of(entry->type, block + k * size);
        }
    }
    free(block);
    return done;
}

bool safetensors_floats(const struct safetensors *from,
                        const struct tensor_entry *entry, float *to, struct err *err)
{
    enum tensor_type type = entry->type;
    if (type != TENSOR_F16 && type != TENSOR_BF16 && type != TENSOR_F32 &&
        type != TENSOR_F64)
        return err_set(err, ERR_BAD_FILE,
                       "its tensor \"%.60s\" is of dtype %s; F32, F16, BF16 and F64 "
                       "are read.",
                       entry->name, types[type].name);
    return convert(from, entry, to, NULL, err);
}

bool safetensors_ints(const struct safetensors *from, const struct tensor_entry *entry,
                      int64_t *to, struct err *err)
{
    enum tensor_type type = entry->type;
    if (type != TENSOR_I32 && type != TENSOR_U32 && type != TENSOR_I64 &&
        type != TENSOR_U64)
        return err_set(err, ERR_BAD_FILE,
                       "its tensor \"%.60s\" is of dtype %s; I64 and I32 are read.",
                       entry->name, types[type].name);
    return convert(from, entry, NULL, to, err);
}
