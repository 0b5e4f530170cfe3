/* install.h - makes the kernel known to Jupyter: writes kernel.json, with the program's
 * absolute path, into share/jupyter/kernels/attn. Needs neither Python nor Jupyter.
 *
 * Depends on base/json_out.
 */
#ifndef KERNEL_INSTALL_H
#define KERNEL_INSTALL_H

#include "attn/base/buf.h"

/* `attn-kernel install …`: the arguments after "install". Returns the exit status. */
int install_main(int n, char **arguments);

/* Writes kernel.json for a program at `path`. */
void install_write(struct buf *to, const char *path);

#endif
