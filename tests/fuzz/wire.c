/* Frames as a client could send them: the input is cut at each 0xFE byte. The first
 * byte chooses whether the cut frames come unsigned, or signed as whoever has the key
 * would. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/wire.h"

enum { FRAMES = 32 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t cut(const uint8_t *data, size_t size, struct frame *frames)
{
    size_t n = 0;
    while (n < FRAMES) {
        const uint8_t *end = size ? memchr(data, 0xFE, size) : NULL;
        size_t length = end ? (size_t)(end - data) : size;
        frames[n++] = (struct frame){data, length};
        if (!end)
            break;
        data += length + 1;
        size -= length + 1;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct frame frames[FRAMES];
    struct wire wire;
    struct err err = {0};
    char signature[SIGN_HEX + 1];
    if (!size)
        return 0;
    size_t n = cut(data + 1, size - 1, frames);
    wire_init(&wire, "key", 3);
    if (data[0] & 1 && n >= 6) {
        sign_hex(&wire.sign, frames + n - 4, signature);
        frames[n - 5] = (struct frame){signature, SIGN_HEX};
        frames[n - 6] = (struct frame){WIRE_DELIMITER, strlen(WIRE_DELIMITER)};
    }
    struct message *message = wire_decode(&wire, frames, n, &err);
    if (!message && !err.code)
        abort(); /* refused without a word */
    if (message && !message->content && !message->fault.code)
        abort();
    wire_free_message(message);
    wire_free(&wire);
    return 0;
}
