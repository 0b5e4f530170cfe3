/* safetensors_write.c - the other way: tensors and notes become bytes. */
#include <string.h>

#include "attn/base/json_out.h"
#include "attn/tensor/safetensors.h"

static size_t count(const struct tensor_out *tensor)
{
    size_t n = 1;
    for (size_t i = 0; i < tensor->n_dims; i++)
        n *= tensor->shape[i];
    return n;
}

static size_t bytes_of(const struct tensor_out *tensor)
{
    return count(tensor) * (tensor->floats ? sizeof(float) : sizeof(int64_t));
}

static void write_notes(const struct tensors_out *from, struct json_out *out)
{
    json_key(out, "__metadata__");
    json_object(out);
    for (size_t i = 0; i < from->n_notes; i++)
        json_key_text(out, from->notes[i].name, from->notes[i].text);
    json_end(out);
}

static void write_entry(const struct tensor_out *tensor, size_t *at,
                        struct json_out *out)
{
    json_key(out, tensor->name);
    json_object(out);
    json_key_text(out, "dtype", tensor->floats ? "F32" : "I64");
    json_key(out, "shape");
    json_array(out);
    for (size_t i = 0; i < tensor->n_dims; i++)
        json_int(out, (int64_t)tensor->shape[i]);
    json_end(out);
    json_key(out, "data_offsets");
    json_array(out);
    json_int(out, (int64_t)*at);
    *at += bytes_of(tensor);
    json_int(out, (int64_t)*at);
    json_end(out);
    json_end(out);
}

/* `size` bytes of a number, the least first, whatever this machine does. */
static void put_little(struct buf *to, uint64_t bits, size_t size)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(bits >> (8 * i));
    buf_add(to, bytes, size);
}

static void write_numbers(const struct tensor_out *tensor, struct buf *to)
{
    size_t n = count(tensor);
    uint32_t bits;
    for (size_t i = 0; i < n && !to->full; i++) {
        if (!tensor->floats) {
            put_little(to, (uint64_t)tensor->ints[i], sizeof *tensor->ints);
            continue;
        }
        memcpy(&bits, &tensor->floats[i], sizeof bits);
        put_little(to, bits, sizeof bits);
    }
}

void safetensors_write(const struct tensors_out *from, struct buf *to)
{
    struct buf header;
    size_t at = 0;
    buf_init(&header, SAFETENSORS_MOST_HEADER - 8);
    struct json_out out = json_out_to(&header);
    json_object(&out);
    write_notes(from, &out);
    for (size_t i = 0; i < from->n; i++)
        write_entry(&from->tensors[i], &at, &out);
    json_end(&out);
    while (header.length % 8)
        buf_char(&header, ' ');
    to->full = to->full || header.full;
    put_little(to, header.length, 8);
    buf_add(to, header.at, header.length);
    for (size_t i = 0; i < from->n; i++)
        write_numbers(&from->tensors[i], to);
    buf_free(&header);
}
