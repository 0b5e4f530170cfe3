/* connection.h - the connection file that a client hands over: where to listen, the
 * key.
 *
 * Format: jupyter_client docs/kernels.rst, "Connection files". Untrusted: each field is
 * checked, and what is missing or wrong is named. Depends on jansson, libzmq.
 */
#ifndef KERNEL_CONNECTION_H
#define KERNEL_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "attn/base/err.h"

enum connection_port {
    PORT_SHELL,
    PORT_CONTROL,
    PORT_STDIN,
    PORT_IOPUB,
    PORT_HB,
    PORTS
};

enum {
    CONNECTION_IP_SIZE = 128,
    CONNECTION_KEY_SIZE = 1024,
    CONNECTION_URL_SIZE = CONNECTION_IP_SIZE + 32,
    CONNECTION_FILE_MOST = 65536, /* bytes */
};

struct connection {
    bool ipc; /* else tcp */
    char ip[CONNECTION_IP_SIZE];
    char key[CONNECTION_KEY_SIZE]; /* may hold NUL */
    size_t key_length;             /* 0: nothing is signed */
    int ports[PORTS];
};

/* "shell_port" for PORT_SHELL. */
const char *connection_port_name(enum connection_port port);

MUST_USE bool connection_parse(struct connection *connection, const char *text,
                               size_t length, struct err *err);
MUST_USE bool connection_read(struct connection *connection, const char *path,
                              struct err *err);

/* "tcp://127.0.0.1:5555", "ipc://kernel-ipc-1". */
/* Lets a socket of libzmq listen there. *err names the port that is taken: over ipc
 * too, where libzmq by itself would put itself in the place of whoever listens. */
MUST_USE bool connection_listen(const struct connection *connection,
                                enum connection_port port, void *socket,
                                struct err *err);

void connection_url(const struct connection *connection, enum connection_port port,
                    char url[CONNECTION_URL_SIZE]);

#endif
