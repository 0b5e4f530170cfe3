/* usage.h - what the process takes of the machine, as ipykernel's usage_reply tells it.
 *
 * Read from /proc. Depends on base/json_out.
 */
#ifndef KERNEL_USAGE_H
#define KERNEL_USAGE_H

#include "attn/base/json_out.h"

/* When usage was last asked for; zero-initialise one. */
struct usage {
    double wall, cpu; /* seconds */
};

/* Writes the whole content. kernel_cpu is the share of one core since the last call, in
 * percent; memory is in bytes. */
void usage_write(struct usage *usage, struct json_out *out);

#endif
