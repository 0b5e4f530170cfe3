/* Any bytes as a connection file: read, or an error with a text; never ports out of
 * range. */
#include <stdint.h>
#include <stdlib.h>

#include "kernel/connection.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct connection connection;
    struct err err = {0};
    bool good = connection_parse(&connection, (const char *)data, size, &err);
    if (good == (err.text[0] != '\0'))
        abort();
    for (int i = 0; good && i < PORTS; i++) {
        char url[CONNECTION_URL_SIZE];
        connection_url(&connection, (enum connection_port)i, url);
        if (connection.ports[i] < 1 || connection.ports[i] > 65535)
            abort();
    }
    return 0;
}
