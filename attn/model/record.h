/* record.h - writes a run down: a .safetensors file that model_open() opens again, and
 * that any program which reads such files can use.
 *
 * Tensors, F32 and little-endian: attn, or enc_attn, dec_attn and cross_attn
 * [layers, heads, n, m]; hidden, or enc_hidden and dec_hidden [layers+1, n, width];
 * value_norm (also enc_, dec_, cross_) [layers, heads, m]; logits [n, vocabulary] of a
 * model that predicts, -1e30 where a word cannot come; I64: ids, target_ids and
 * vocabulary_ids. In __metadata__: tokens and all else that one needs to know of them,
 * of the heads and of the settings. The same run gives the same bytes. Depends on
 * model/model, tensor/safetensors.
 */
#ifndef ATTN_MODEL_RECORD_H
#define ATTN_MODEL_RECORD_H

#include "attn/base/buf.h"
#include "attn/model/model.h"

enum { RECORD_MOST_BYTES = 512 << 20 };

/* What every such file holds after the length of its header, and no other's. */
#define RECORD_BEGINS "{\"__metadata__\":{\"attn_trace\":\"1\""

/* Runs `input` (every attention of the model, whatever input->attention says) under
 * `options` and appends the file to `to`. `settings`: what the run was made under, as
 * one types it; `changed`: those of them that are not at their default, or "". Fails as
 * model_run() does, or with ERR_TOO_LARGE past what `to` holds. */
MUST_USE bool model_record(const struct model *model, const struct model_input *input,
                           const struct model_options *options, const char *settings,
                           const char *changed, struct buf *to, struct err *err);

#endif
