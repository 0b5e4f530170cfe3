/* Connection files: each field missing or wrong is named. */
#include "kernel/connection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/install.h"

#define PORTS_AND                                                                      \
    "\"shell_port\":1,\"iopub_port\":\"2\",\"stdin_port\":3,"                          \
    "\"control_port\":4,\"hb_port\":65535,"
#define REST                                                                           \
    "\"ip\":\"127.0.0.1\",\"key\":\"a\\u0000b\","                                      \
    "\"signature_scheme\":\"hmac-sha256\""

static bool parse(struct connection *connection, const char *text, struct err *err)
{
    *err = (struct err){0};
    return connection_parse(connection, text, strlen(text), err);
}

static void a_whole_file_is_read(void **state)
{
    (void)state;
    struct connection connection;
    struct err err;
    char url[CONNECTION_URL_SIZE];
    assert_true(parse(&connection, "{" PORTS_AND REST "}", &err));
    assert_int_equal(connection.ports[PORT_IOPUB], 2);
    assert_int_equal(connection.key_length, 3);
    assert_memory_equal(connection.key, "a\0b", 4);
    connection_url(&connection, PORT_HB, url);
    assert_string_equal(url, "tcp://127.0.0.1:65535");
    assert_true(parse(&connection, "{" PORTS_AND REST ",\"transport\":\"ipc\"}", &err));
    connection_url(&connection, PORT_STDIN, url);
    assert_string_equal(url, "ipc://127.0.0.1-3");
}

static void an_empty_key_needs_no_scheme(void **state)
{
    (void)state;
    struct connection connection;
    struct err err;
    assert_true(parse(&connection, "{" PORTS_AND "\"ip\":\"::1\",\"key\":\"\"}", &err));
    assert_int_equal(connection.key_length, 0);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"", "JSON"},
        {"{", "line 1"},
        {"[]", "object"},
        {"{}", "shell_port"},
        {"{\"shell_port\":\"1x\"," REST "}", "shell_port"},
        {"{\"shell_port\":65536," REST "}", "shell_port"},
        {"{\"shell_port\":1.5," REST "}", "shell_port"},
        {"{\"shell_port\":\"999999\"," REST "}", "shell_port"},
        {"{\"shell_port\":1,\"control_port\":-1," REST "}", "control_port"},
        {"{" PORTS_AND "\"key\":\"\"}", "ip is missing"},
        {"{" PORTS_AND "\"ip\":[],\"key\":\"\"}", "ip must"},
        {"{" PORTS_AND "\"ip\":\"x\"}", "key is missing"},
        {"{" PORTS_AND "\"ip\":\"x\",\"key\":7}", "key must"},
        {"{" PORTS_AND "\"ip\":\"x\",\"key\":\"k\"}", "signature_scheme"},
        {"{" PORTS_AND REST ",\"transport\":\"udp\"}", "udp"},
        {"{" PORTS_AND REST ",\"transport\":\"a long one\"}", "transport"},
        {"{" PORTS_AND REST ",\"curve_publickey\":\"x\"}", "curve_publickey"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct connection connection;
        struct err err;
        assert_false(parse(&connection, wrong[i][0], &err));
        if (!strstr(err.text, wrong[i][1]))
            fail_msg("%s: %s", wrong[i][0], err.text);
    }
}

static void a_missing_file_is_an_error(void **state)
{
    (void)state;
    struct connection connection;
    struct err err = {0};
    assert_false(connection_read(&connection, "/no/such/file", &err));
    assert_int_equal(err.code, ERR_IO);
}

static void kernel_json_quotes_the_path(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, 4096);
    install_write(&text, "/a \"b\"/attn-kernel");
    assert_non_null(
        strstr(text.at, "[\"/a \\\"b\\\"/attn-kernel\",\"{connection_file}\"]"));
    assert_non_null(strstr(text.at, "\"kernel_protocol_version\":\"5.5\""));
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file_is_read),
        cmocka_unit_test(an_empty_key_needs_no_scheme),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(a_missing_file_is_an_error),
        cmocka_unit_test(kernel_json_quotes_the_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
