/* sign.h - HMAC-SHA256 over the four JSON frames of a message, as lower-case hex.
 *
 * Depends on libsodium.
 */
#ifndef KERNEL_SIGN_H
#define KERNEL_SIGN_H

#include <sodium/crypto_auth_hmacsha256.h>
#include <stdbool.h>
#include <stddef.h>

enum { SIGN_BYTES = 32, SIGN_HEX = 64, SIGN_FRAMES = 4 };

/* Bytes that belong to somebody else. */
struct frame {
    const void *at;
    size_t length;
};

struct sign {
    bool on;                            /* false: the key is empty, nothing is signed */
    crypto_auth_hmacsha256_state keyed; /* the state once the key has gone in */
};

/* A key of any length. */
void sign_init(struct sign *sign, const char *key, size_t length);

/* The signature of header, parent_header, metadata, content; "" without a key. */
void sign_hex(const struct sign *sign, const struct frame parts[SIGN_FRAMES],
              char hex[SIGN_HEX + 1]);

/* True when `given` is the signature of `parts`, compared in constant time; `mac` then
 * holds its bytes. Always true without a key, and `mac` is then zero. */
bool sign_check(const struct sign *sign, const struct frame parts[SIGN_FRAMES],
                struct frame given, unsigned char mac[SIGN_BYTES]);

#endif
