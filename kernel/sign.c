#include "kernel/sign.h"

#include <sodium/utils.h>
#include <string.h>

void sign_init(struct sign *sign, const char *key, size_t length)
{
    sign->on = length > 0;
    crypto_auth_hmacsha256_init(&sign->keyed, (const unsigned char *)key, length);
}

static void compute(const struct sign *sign, const struct frame parts[SIGN_FRAMES],
                    unsigned char mac[SIGN_BYTES])
{
    crypto_auth_hmacsha256_state state = sign->keyed;
    for (size_t i = 0; i < SIGN_FRAMES; i++)
        crypto_auth_hmacsha256_update(&state, parts[i].at, parts[i].length);
    crypto_auth_hmacsha256_final(&state, mac);
}

void sign_hex(const struct sign *sign, const struct frame parts[SIGN_FRAMES],
              char hex[SIGN_HEX + 1])
{
    unsigned char mac[SIGN_BYTES];
    hex[0] = '\0';
    if (!sign->on)
        return;
    compute(sign, parts, mac);
    sodium_bin2hex(hex, SIGN_HEX + 1, mac, sizeof mac);
}

bool sign_check(const struct sign *sign, const struct frame parts[SIGN_FRAMES],
                struct frame given, unsigned char mac[SIGN_BYTES])
{
    char hex[SIGN_HEX + 1];
    memset(mac, 0, SIGN_BYTES);
    if (!sign->on)
        return true;
    if (given.length != SIGN_HEX)
        return false;
    compute(sign, parts, mac);
    sodium_bin2hex(hex, sizeof hex, mac, SIGN_BYTES);
    return sodium_memcmp(hex, given.at, SIGN_HEX) == 0;
}
