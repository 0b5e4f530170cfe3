/* Signatures, replay, and what makes a message of frames. */
#include "kernel/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium/core.h>

#include "kernel/json_in.h"

#define HEADER "{\"msg_id\":\"1\",\"msg_type\":\"execute_request\",\"x\":[1]}"

static struct frame text(const char *at)
{
    return (struct frame){at, strlen(at)};
}

/* A whole message, signed with the wire's key. */
struct example {
    char signature[SIGN_HEX + 1];
    struct frame frames[8]; /* two identities, delimiter, signature, four parts */
};

static void build(struct example *example, const struct wire *wire, const char *header,
                  const char *metadata, const char *content)
{
    example->frames[0] = text("id");
    example->frames[1] = (struct frame){"\0\xFF", 2};
    example->frames[2] = text(WIRE_DELIMITER);
    example->frames[4] = text(header);
    example->frames[5] = text("{}");
    example->frames[6] = text(metadata);
    example->frames[7] = text(content);
    sign_hex(&wire->sign, example->frames + 4, example->signature);
    example->frames[3] = text(example->signature);
}

static struct message *decode(struct wire *wire, const struct example *example)
{
    struct err err = {0};
    return wire_decode(wire, example->frames, 8, &err);
}

static void signatures_match_rfc_4231(void **state)
{
    (void)state; /* test case 2, its data spread over the four frames */
    struct sign sign;
    char hex[SIGN_HEX + 1];
    const struct frame parts[] = {text("what do ya"), text(" want "), text("for "),
                                  text("nothing?")};
    sign_init(&sign, "Jefe", 4);
    sign_hex(&sign, parts, hex);
    assert_string_equal(
        hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void a_signed_message_is_read(void **state)
{
    (void)state;
    struct wire wire;
    struct example example;
    wire_init(&wire, "key", 3);
    build(&example, &wire, HEADER, "{}", "{\"code\":\"look\"}");
    struct message *message = decode(&wire, &example);
    assert_non_null(message);
    assert_string_equal(message->type, "execute_request");
    assert_string_equal(message->id, "1");
    assert_int_equal(message->n_identities, 2);
    assert_memory_equal(message->identities[1].at, "\0\xFF", 2);
    assert_int_equal(message->header.length, strlen(HEADER));
    assert_memory_equal(message->header.at, HEADER, strlen(HEADER));
    assert_string_equal(json_in_word(message->content, "code"), "look");
    wire_free_message(message);
    assert_null(decode(&wire, &example)); /* a replay */
    wire_free(&wire);
}

static void parent_cell_and_buffers_are_kept(void **state)
{
    (void)state;
    struct wire wire;
    struct example example;
    struct frame frames[10];
    struct err err = {0};
    wire_init(&wire, "", 0);
    build(&example, &wire, HEADER, "{\"cellId\":\"c-1\"}", "{}");
    memcpy(frames, example.frames, sizeof example.frames);
    frames[5] = text("{\"msg_id\":\"asked\"}");
    frames[8] = (struct frame){"\0x", 2};
    frames[9] = (struct frame){NULL, 0};
    struct message *message = wire_decode(&wire, frames, 10, &err);
    assert_string_equal(message->parent, "asked");
    assert_string_equal(message->cell, "c-1");
    assert_int_equal(message->n_buffers, 2);
    assert_int_equal(message->buffers[0].length, 2);
    assert_memory_equal(message->buffers[0].at, "\0x", 2);
    assert_int_equal(message->buffers[1].length, 0);
    wire_free_message(message);
    frames[5] = text("{\"msg_id\":7}");
    frames[6] = text("{\"cellId\":null}");
    frames[8] = (struct frame){"", WIRE_BUFFERS_MOST + 1}; /* never looked into */
    message = wire_decode(&wire, frames, 10, &err);
    assert_null(message->parent);
    assert_null(message->cell);
    assert_int_equal(message->n_buffers, 0);
    assert_int_equal(message->fault.code, ERR_TOO_LARGE);
    wire_free_message(message);
    wire_free(&wire);
}

static void what_is_not_signed_is_nothing(void **state)
{
    (void)state;
    struct wire wire, other;
    struct example example;
    wire_init(&wire, "key", 3);
    wire_init(&other, "kez", 3);
    build(&example, &other, HEADER, "{}", "{}");
    assert_null(decode(&wire, &example));
    build(&example, &wire, HEADER, "{}", "{}");
    example.frames[7] = text("{ }");
    assert_null(decode(&wire, &example));
    build(&example, &wire, HEADER, "{}", "{}");
    example.frames[3].length--;
    assert_null(decode(&wire, &example));
    example.frames[3] = (struct frame){NULL, 0};
    assert_null(decode(&wire, &example));
    wire_free(&wire);
    wire_free(&other);
}

static void every_cut_message_is_refused(void **state)
{
    (void)state;
    struct wire wire;
    struct example example;
    wire_init(&wire, "", 0); /* nothing stands in the way but the count */
    build(&example, &wire, HEADER, "{}", "{}");
    for (size_t n = 0; n < 8; n++) {
        struct err err = {0};
        assert_null(wire_decode(&wire, example.frames, n, &err));
        assert_int_not_equal(err.code, ERR_NONE);
    }
    struct message *message = decode(&wire, &example);
    assert_non_null(message);
    wire_free_message(message);
    wire_free(&wire);
}

static void a_bad_body_is_a_fault_that_can_be_answered(void **state)
{
    (void)state;
    static const char *const junk[] = {"", "[]", "{", "null", "{\"a\":1e999}"};
    struct wire wire;
    struct example example;
    wire_init(&wire, "", 0);
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++) {
        build(&example, &wire, HEADER, "{}", junk[i]);
        struct message *message = decode(&wire, &example);
        assert_non_null(message);
        assert_null(message->content);
        assert_non_null(strstr(message->fault.text, "content"));
        wire_free_message(message);
        build(&example, &wire, HEADER, junk[i], "{}");
        message = decode(&wire, &example);
        assert_non_null(strstr(message->fault.text, "metadata"));
        wire_free_message(message);
        build(&example, &wire, junk[i], "{}", "{}");
        assert_null(decode(&wire, &example));
    }
    wire_free(&wire);
}

static void odd_text_is_mended(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"{\"a\":\"x\\ud83d\"}", "x\xEF\xBF\xBD"},
        {"{\"a\":\"\\ud83d\\ud83d\\ude00\"}", "\xEF\xBF\xBD\xF0\x9F\x98\x80"},
        {"{\"a\":\"\\ude00x\"}", "\xEF\xBF\xBDx"},
        {"{\"a\":\"\\\\ud83d\\ud83d\"}", "\\ud83d\xEF\xBF\xBD"},
        {"{\"a\":\"\xFFx\"}", "\xEF\xBF\xBDx"},
        {"{\"a\":\"\xED\xA0\x80\"}", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct err err = {0};
        struct buf mended;
        buf_init(&mended, 1000);
        struct json_t *value =
            json_in_object(pairs[i][0], strlen(pairs[i][0]), &mended, &err);
        assert_non_null(value);
        assert_string_equal(json_in_word(value, "a"), pairs[i][1]);
        assert_true(mended.length > 0);
        json_in_free(value);
        buf_free(&mended);
    }
}

static void fields_are_checked(void **state)
{
    (void)state;
    static const char object[] = "{\"t\":\"a\\u0000b\",\"b\":true,\"n\":-7,\"r\":1e300,"
                                 "\"null\":null,\"o\":{}}";
    struct err err = {0};
    struct json_t *value = json_in_object(object, strlen(object), NULL, &err);
    const char *to = NULL;
    size_t length = 0;
    int64_t number = 0;
    bool flag = false;
    assert_true(json_in_text(value, "t", NULL, &to, &length, &err));
    assert_int_equal(length, 3);
    assert_null(json_in_word(value, "t"));
    assert_true(json_in_text(value, "null", "x", &to, &length, &err));
    assert_string_equal(to, "x");
    assert_true(json_in_int(value, "n", 0, &number, &err));
    assert_int_equal(number, -7);
    assert_true(json_in_int(value, "r", 0, &number, &err));
    assert_true(number == INT64_MAX);
    assert_true(json_in_bool(value, "b", false, &flag, &err) && flag);
    assert_true(json_in_bool(value, "none", true, &flag, &err) && flag);
    assert_int_equal(err.code, ERR_NONE);
    assert_false(json_in_text(value, "none", NULL, &to, &length, &err));
    assert_int_equal(err.code, ERR_MISSING);
    err = (struct err){0};
    assert_false(json_in_int(value, "t", 0, &number, &err));
    assert_non_null(strstr(err.text, "\"t\""));
    assert_false(json_in_bool(value, "n", false, &flag, &err));
    assert_false(json_in_text(value, "n", "x", &to, &length, &err));
    json_in_free(value);
}

static void the_ring_forgets_the_oldest(void **state)
{
    (void)state;
    enum { RING = 1 << 16 };
    struct replay *replay = replay_new();
    unsigned char mac[SIGN_BYTES] = {0};
    for (uint64_t i = 0; i < 3 * RING; i++) {
        uint64_t key = i % 3 ? i : i << 16; /* many share a chain */
        memcpy(mac, &key, sizeof key);
        if (key < RING)
            continue;
        assert_true(replay_accept(replay, mac));
        assert_false(replay_accept(replay, mac));
    }
    uint64_t first = (uint64_t)3 << 16, last = 3 * RING - 1;
    memcpy(mac, &last, sizeof last);
    assert_false(replay_accept(replay, mac));
    memcpy(mac, &first, sizeof first);
    assert_true(replay_accept(replay, mac));
    replay_free(replay);
}

static void headers_differ_and_name_the_version(void **state)
{
    (void)state;
    struct wire wire;
    char one[WIRE_HEADER_SIZE], two[WIRE_HEADER_SIZE];
    struct err err = {0};
    wire_init(&wire, "key", 3);
    size_t length = wire_header(&wire, "status", one);
    wire_header(&wire, "status", two);
    assert_string_not_equal(one, two);
    struct json_t *value = json_in_object(one, length, NULL, &err);
    assert_string_equal(json_in_word(value, "version"), "5.5");
    assert_string_equal(json_in_word(value, "msg_type"), "status");
    assert_string_equal(json_in_word(value, "session"), wire.session);
    assert_int_equal(strlen(json_in_word(value, "date")), 27);
    json_in_free(value);
    wire_free(&wire);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_match_rfc_4231),
        cmocka_unit_test(a_signed_message_is_read),
        cmocka_unit_test(parent_cell_and_buffers_are_kept),
        cmocka_unit_test(what_is_not_signed_is_nothing),
        cmocka_unit_test(every_cut_message_is_refused),
        cmocka_unit_test(a_bad_body_is_a_fault_that_can_be_answered),
        cmocka_unit_test(odd_text_is_mended),
        cmocka_unit_test(fields_are_checked),
        cmocka_unit_test(the_ring_forgets_the_oldest),
        cmocka_unit_test(headers_differ_and_name_the_version),
    };
    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
