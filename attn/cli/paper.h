/* paper.h - where `attn` writes outputs: standard output, and a folder. Depends on
 * lang/session.
 */
#ifndef ATTN_CLI_PAPER_H
#define ATTN_CLI_PAPER_H

#include "attn/lang/session.h"

struct paper {
    const char *folder; /* or NULL: write no files */
    bool json;          /* print JSON, one object a line, in place of text */
    unsigned count;     /* outputs so far; names the files */
};

/* A sink's put; its context is a struct paper. Fails with ERR_IO. */
bool paper_put(void *context, const struct output *output, struct err *err);

#endif
