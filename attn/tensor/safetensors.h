/* safetensors.h - files of named tensors: 8 bytes that say how long the header is, the
 * header as JSON, the numbers, little-endian and row-major.
 *
 * Read without trust: nothing is allocated by a length that the file states before that
 * length is known to lie inside the file. Tensors that nobody asks for are not read.
 * Depends on base/file, base/json_tree, base/json_out.
 */
#ifndef ATTN_TENSOR_SAFETENSORS_H
#define ATTN_TENSOR_SAFETENSORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "attn/base/arena.h"
#include "attn/base/buf.h"
#include "attn/base/json_tree.h"

enum {
    SAFETENSORS_MOST_HEADER = 2 << 20, /* bytes; the format would allow 100,000,000 */
    SAFETENSORS_DIMS = 8,
};

enum tensor_type {
    TENSOR_BOOL,
    TENSOR_U8,
    TENSOR_I8,
    TENSOR_F8_E5M2,
    TENSOR_F8_E4M3,
    TENSOR_I16,
    TENSOR_U16,
    TENSOR_F16,
    TENSOR_BF16,
    TENSOR_I32,
    TENSOR_U32,
    TENSOR_F32,
    TENSOR_F64,
    TENSOR_I64,
    TENSOR_U64,
    TENSOR_C64,
    TENSOR_TYPES
};

struct tensor_entry {
    const char *name;
    enum tensor_type type;
    size_t n_dims;
    uint64_t shape[SAFETENSORS_DIMS];
    uint64_t n;          /* numbers in it: the product of the shape */
    uint64_t begin, end; /* bytes after the header, half-open */
};

/* An opened file; entries and metadata live in the arena that it was opened in. */
struct safetensors {
    FILE *file;                         /* borrowed; NULL: `bytes` hold it */
    const unsigned char *bytes;         /* borrowed */
    size_t size;                        /* of the whole file */
    size_t data;                        /* where the numbers begin */
    const struct tensor_entry *entries; /* [n] in the order of the header */
    size_t n;
    const struct json *metadata; /* an object of texts; NULL: there is none */
};

/* Reads the header of an open file, or of `size` bytes in memory. False with
 * ERR_BAD_FILE or ERR_TOO_LARGE set; the message is a clause that ends a sentence. */
MUST_USE bool safetensors_open(struct safetensors *from, FILE *file,
                               struct arena *arena, struct err *err);
MUST_USE bool safetensors_open_bytes(struct safetensors *from, const void *bytes,
                                     size_t size, struct arena *arena, struct err *err);

/* The tensor of that name; NULL where there is none. */
const struct tensor_entry *safetensors_find(const struct safetensors *from,
                                            const char *name);
/* The text of that name in the metadata; NULL where there is none. */
const char *safetensors_text(const struct safetensors *from, const char *name);

const char *tensor_type_name(enum tensor_type type);

/* All numbers of a tensor to `to` [entry->n], from F16, BF16, F32 or F64; from whole
 * numbers of 32 or 64 bits. False with ERR_BAD_FILE: another type, or the file cannot
 * be read. */
MUST_USE bool safetensors_floats(const struct safetensors *from,
                                 const struct tensor_entry *entry, float *to,
                                 struct err *err);
MUST_USE bool safetensors_ints(const struct safetensors *from,
                               const struct tensor_entry *entry, int64_t *to,
                               struct err *err);

/* ---- writing */

/* A tensor to write: F32 or I64, one of the two. */
struct tensor_out {
    const char *name;
    const float *floats;
    const int64_t *ints;
    size_t n_dims, shape[SAFETENSORS_DIMS];
};

/* A name and its text in the metadata. */
struct tensor_note {
    const char *name, *text;
};

struct tensors_out {
    const struct tensor_out *tensors; /* [n] in the order in which they are written */
    size_t n;
    const struct tensor_note *notes; /* [n_notes] */
    size_t n_notes;
};

/* Appends the whole file; the same input gives the same bytes. `to` is full where it
 * does not fit. */
void safetensors_write(const struct tensors_out *from, struct buf *to);

#endif
