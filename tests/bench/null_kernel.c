/* A kernel that does nothing: what the wire alone costs, for comparison. It signs and
 * answers kernel_info, execute and shutdown with texts that are always the same, reads
 * no JSON, checks no signature, and belongs nowhere but in this bench. */
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

enum { SHELL, CONTROL, STDIN, IOPUB, HB, SOCKETS, FRAMES_MOST = 32, SIGNED = 4 };

struct null_kernel {
    char key[256];
    void *sockets[SOCKETS];
    long serial, count;
};

/* A request's frames and where its delimiter stands. */
struct request {
    zmq_msg_t frames[FRAMES_MOST];
    int n, delimiter;
};

static const char *const ports[SOCKETS] = {"\"shell_port\"", "\"control_port\"",
                                           "\"stdin_port\"", "\"iopub_port\"",
                                           "\"hb_port\""};

/* What stands behind a name and its colon in a connection file as the bench writes it.
 */
static const char *behind(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at ? at + strlen(name) + strspn(at + strlen(name), ": ") : "";
}

static void send_part(void *socket, const char *text, int flags)
{
    zmq_send(socket, text, strlen(text), flags);
}

static void write_header(struct null_kernel *kernel, const char *type, char *header,
                         size_t size)
{
    struct timespec now;
    struct tm parts;
    char date[32];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(header, size,
             "{\"msg_id\":\"null_%ld\",\"session\":\"null\",\"username\":\"kernel\","
             "\"date\":\"%s.%06ldZ\",\"msg_type\":\"%s\",\"version\":\"5.5\"}",
             ++kernel->serial, date, now.tv_nsec / 1000, type);
}

/* Everything from the delimiter on. */
static void send_message(struct null_kernel *kernel, void *socket, const char *type,
                         struct request *to, const char *content)
{
    char header[256], hex[2 * crypto_auth_hmacsha256_BYTES + 1];
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    zmq_msg_t *parent = &to->frames[to->delimiter + 2];
    write_header(kernel, type, header, sizeof header);
    const char *at[SIGNED] = {header, zmq_msg_data(parent), "{}", content};
    const size_t length[SIGNED] = {strlen(header), zmq_msg_size(parent), 2,
                                   strlen(content)};
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)kernel->key,
                                strlen(kernel->key));
    for (int i = 0; i < SIGNED; i++)
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)at[i], length[i]);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
    send_part(socket, "<IDS|MSG>", ZMQ_SNDMORE);
    send_part(socket, hex, ZMQ_SNDMORE);
    for (int i = 0; i < SIGNED; i++)
        zmq_send(socket, at[i], length[i], i + 1 < SIGNED ? ZMQ_SNDMORE : 0);
}

static void publish(struct null_kernel *kernel, const char *type, struct request *to,
                    const char *content)
{
    send_part(kernel->sockets[IOPUB], "null", ZMQ_SNDMORE);
    send_message(kernel, kernel->sockets[IOPUB], type, to, content);
}

static void reply(struct null_kernel *kernel, void *socket, const char *type,
                  struct request *to, const char *content)
{
    for (int i = 0; i < to->delimiter; i++)
        zmq_send(socket, zmq_msg_data(&to->frames[i]), zmq_msg_size(&to->frames[i]),
                 ZMQ_SNDMORE);
    send_message(kernel, socket, type, to, content);
}

static void run_nothing(struct null_kernel *kernel, void *socket,
                        struct request *request)
{
    char text[128];
    snprintf(text, sizeof text, "{\"code\":\"\",\"execution_count\":%ld}",
             ++kernel->count);
    publish(kernel, "execute_input", request, text);
    snprintf(text, sizeof text,
             "{\"status\":\"ok\",\"execution_count\":%ld,\"user_expressions\":{},"
             "\"payload\":[]}",
             kernel->count);
    reply(kernel, socket, "execute_reply", request, text);
}

static void receive(struct request *request, void *socket)
{
    *request = (struct request){.delimiter = -1};
    for (bool more = true; more && request->n < FRAMES_MOST;) {
        zmq_msg_t *frame = &request->frames[request->n];
        zmq_msg_init(frame);
        if (zmq_msg_recv(frame, socket, 0) < 0)
            exit(EXIT_FAILURE);
        more = zmq_msg_more(frame);
        if (request->delimiter < 0 && zmq_msg_size(frame) == 9 &&
            memcmp(zmq_msg_data(frame), "<IDS|MSG>", 9) == 0)
            request->delimiter = request->n;
        request->n++;
    }
}

/* True when the request's type is `type`: its header names it. */
static bool is(const struct request *request, const char *type)
{
    char header[1024];
    const zmq_msg_t *frame = &request->frames[request->delimiter + 2];
    size_t n = zmq_msg_size(frame);
    n = n < sizeof header ? n : sizeof header - 1;
    memcpy(header, zmq_msg_data((zmq_msg_t *)frame), n);
    header[n] = '\0';
    return strstr(header, type) != NULL;
}

/* False when it was the last. */
static bool serve(struct null_kernel *kernel, void *socket)
{
    struct request request;
    receive(&request, socket);
    bool good = request.delimiter >= 0 && request.n >= request.delimiter + 2 + SIGNED;
    bool last = good && is(&request, "shutdown_request");
    if (good) {
        publish(kernel, "status", &request, "{\"execution_state\":\"busy\"}");
        if (is(&request, "execute_request"))
            run_nothing(kernel, socket, &request);
        else
            reply(kernel, socket, last ? "shutdown_reply" : "kernel_info_reply",
                  &request, "{\"status\":\"ok\"}");
        publish(kernel, "status", &request, "{\"execution_state\":\"idle\"}");
    }
    for (int i = 0; i < request.n; i++)
        zmq_msg_close(&request.frames[i]);
    return !last;
}

static void open_sockets(struct null_kernel *kernel, void *context, const char *file)
{
    const int none = 0, linger = 100;
    for (int i = 0; i < SOCKETS; i++) {
        char url[64];
        void *socket = zmq_socket(context, i == IOPUB ? ZMQ_PUB : ZMQ_ROUTER);
        zmq_setsockopt(socket, ZMQ_SNDHWM, &none, sizeof none);
        zmq_setsockopt(socket, ZMQ_RCVHWM, &none, sizeof none);
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
        snprintf(url, sizeof url, "tcp://127.0.0.1:%d", atoi(behind(file, ports[i])));
        if (zmq_bind(socket, url) != 0)
            exit(EXIT_FAILURE);
        kernel->sockets[i] = socket;
    }
}

int main(int argc, char **argv)
{
    struct null_kernel kernel = {0};
    char text[4096] = "";
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file || fread(text, 1, sizeof text - 1, file) == 0 || sodium_init() < 0)
        return EXIT_FAILURE;
    fclose(file);
    sscanf(behind(text, "\"key\""), "\"%255[^\"]", kernel.key);
    void *context = zmq_ctx_new();
    open_sockets(&kernel, context, text);
    zmq_pollitem_t items[] = {{kernel.sockets[SHELL], 0, ZMQ_POLLIN, 0},
                              {kernel.sockets[CONTROL], 0, ZMQ_POLLIN, 0}};
    for (bool going = true; going;) {
        zmq_poll(items, 2, -1);
        for (int i = 0; i < 2; i++)
            going = (!items[i].revents || serve(&kernel, items[i].socket)) && going;
    }
    for (int i = 0; i < SOCKETS; i++)
        zmq_close(kernel.sockets[i]);
    zmq_ctx_term(context);
    return EXIT_SUCCESS;
}
