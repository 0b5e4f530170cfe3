/* recordfile.h - the run that a line shows, as the bytes of a .safetensors file: what
 * `save "NAME.safetensors"` writes. Depends on lang/command, model/record.
 */
#ifndef ATTN_LANG_RECORDFILE_H
#define ATTN_LANG_RECORDFILE_H

#include "attn/lang/command.h"
#include "attn/model/record.h"

/* Runs the session's sentence under call->settings, every attention of the model, and
 * appends the file to `to` (begin it with buf_init(to, RECORD_MOST_BYTES)). Fails as
 * model_record() does. */
MUST_USE bool recordfile_write(struct call *call, struct buf *to, struct err *err);

#endif
