#include "kernel/connection.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

static const char *const port_names[PORTS] = {
    [PORT_SHELL] = "shell_port", [PORT_CONTROL] = "control_port",
    [PORT_STDIN] = "stdin_port", [PORT_IOPUB] = "iopub_port",
    [PORT_HB] = "hb_port",
};

const char *connection_port_name(enum connection_port port)
{
    return port_names[port];
}

/* A port may stand there as a number or as a text of digits. */
static json_int_t port_value(const json_t *value)
{
    char *end = NULL;
    if (json_is_integer(value))
        return json_integer_value(value);
    const char *text = json_string_value(value);
    if (!text || !*text || strlen(text) > 5)
        return -1;
    long number = strtol(text, &end, 10);
    return *end ? -1 : number;
}

static bool read_ports(struct connection *connection, const json_t *file,
                       struct err *err)
{
    for (size_t i = 0; i < PORTS; i++) {
        const json_t *value = json_object_get(file, port_names[i]);
        json_int_t port = value ? port_value(value) : 0;
        if (!value)
            return err_set(err, ERR_MISSING, "%s is missing", port_names[i]);
        if (port < 1 || port > 65535)
            return err_set(err, ERR_BAD_VALUE, "%s must be a number from 1 to 65535",
                           port_names[i]);
        connection->ports[i] = (int)port;
    }
    return true;
}

/* A text field of fewer than `size` bytes, NUL-terminated in `to`. */
static bool read_text(const json_t *file, const char *name, char *to, size_t size,
                      size_t *length, struct err *err)
{
    const json_t *value = json_object_get(file, name);
    if (!value)
        return err_set(err, ERR_MISSING, "%s is missing", name);
    if (!json_is_string(value))
        return err_set(err, ERR_BAD_VALUE, "%s must be a text", name);
    *length = json_string_length(value);
    if (*length >= size)
        return err_set(err, ERR_TOO_LARGE, "%s is longer than %zu bytes", name,
                       size - 1);
    memcpy(to, json_string_value(value), *length + 1);
    return true;
}

static bool read_transport(struct connection *connection, const json_t *file,
                           struct err *err)
{
    char transport[8] = "tcp";
    size_t length = 0;
    if (json_object_get(file, "transport") &&
        !read_text(file, "transport", transport, sizeof transport, &length, err))
        return false;
    connection->ipc = strcmp(transport, "ipc") == 0;
    if (!connection->ipc && strcmp(transport, "tcp") != 0)
        return err_set(err, ERR_BAD_VALUE, "transport \"%s\" is neither tcp nor ipc",
                       transport);
    return true;
}

static bool read_key(struct connection *connection, const json_t *file, struct err *err)
{
    char scheme[32] = "";
    size_t length = 0;
    if (!read_text(file, "key", connection->key, sizeof connection->key,
                   &connection->key_length, err))
        return false;
    if (connection->key_length == 0)
        return true;
    if (!read_text(file, "signature_scheme", scheme, sizeof scheme, &length, err))
        return false;
    if (strcmp(scheme, "hmac-sha256") != 0)
        return err_set(err, ERR_BAD_VALUE,
                       "signature_scheme \"%s\" is not hmac-sha256, the only one here",
                       scheme);
    return true;
}

static bool read_fields(struct connection *connection, const json_t *file,
                        struct err *err)
{
    size_t length = 0;
    if (json_object_get(file, "curve_publickey") ||
        json_object_get(file, "curve_secretkey"))
        return err_set(err, ERR_UNSUITED,
                       "curve_publickey asks for encryption, which is not spoken here");
    return read_ports(connection, file, err) &&
           read_text(file, "ip", connection->ip, sizeof connection->ip, &length, err) &&
           read_transport(connection, file, err) && read_key(connection, file, err);
}

bool connection_parse(struct connection *connection, const char *text, size_t length,
                      struct err *err)
{
    json_error_t why;
    *connection = (struct connection){0};
    json_t *file = json_loadb(text, length, JSON_ALLOW_NUL, &why);
    if (!file)
        return err_set(err, ERR_BAD_FILE, "it is no JSON: line %d: %s", why.line,
                       why.text);
    bool good = json_is_object(file)
                    ? read_fields(connection, file, err)
                    : err_set(err, ERR_BAD_FILE, "it is no JSON object");
    json_decref(file);
    return good;
}

bool connection_read(struct connection *connection, const char *path, struct err *err)
{
    char text[CONNECTION_FILE_MOST];
    FILE *file = fopen(path, "rb");
    if (!file)
        return err_set(err, ERR_IO, "%s", strerror(errno));
    size_t length = fread(text, 1, sizeof text, file);
    bool failed = ferror(file);
    fclose(file);
    if (failed)
        return err_set(err, ERR_IO, "it cannot be read");
    if (length == sizeof text)
        return err_set(err, ERR_TOO_LARGE, "it is larger than %zu bytes",
                       sizeof text - 1);
    return connection_parse(connection, text, length, err);
}

void connection_url(const struct connection *connection, enum connection_port port,
                    char url[CONNECTION_URL_SIZE])
{
    snprintf(url, CONNECTION_URL_SIZE, connection->ipc ? "ipc://%s-%d" : "tcp://%s:%d",
             connection->ip, connection->ports[port]);
}

/* True when somebody listens on the ipc socket `path`; a file that a dead process has
 * left there is no hindrance. */
static bool is_taken(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return false; /* binding will say so */
    strcpy(address.sun_path, path);
    int probe = socket(AF_UNIX, SOCK_STREAM, 0);
    if (probe < 0)
        return false;
    bool taken = connect(probe, (const struct sockaddr *)&address, sizeof address) == 0;
    close(probe);
    return taken;
}

bool connection_listen(const struct connection *connection, enum connection_port port,
                       void *socket, struct err *err)
{
    char url[CONNECTION_URL_SIZE];
    connection_url(connection, port, url);
    if (connection->ipc && is_taken(url + strlen("ipc://")))
        return err_set(err, ERR_IO, "%s: cannot listen on %s: %s", port_names[port],
                       url, strerror(EADDRINUSE));
    return zmq_bind(socket, url) == 0 ||
           err_set(err, ERR_IO, "%s: cannot listen on %s: %s", port_names[port], url,
                   zmq_strerror(zmq_errno()));
}
